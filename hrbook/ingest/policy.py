"""Door of the policy: templates/policy/<name>.toml, or a file of one's own -> Policy; all faults of a file at once."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hrbook import resources
from hrbook.core.fault import Fault
from hrbook.core.policy import Policy
from hrbook.ingest.policy_book import PolicyBook, is_policy_book, read_policy_book
from hrbook.ingest.policy_links import find, link_flaws
from hrbook.ingest.shape import Flaw, shaped
from hrbook.ingest.workbook import read_workbook
from hrbook.words import Labels, load_labels

SUFFIX = ".toml"
BOOKS = (".xlsx", ".xlsm")
CELL_KINDS = ("truth", "list", "table", "day")  # worded in another way for cells


@dataclass(frozen=True, slots=True)
class PolicySource:
    """Which file the policy came from. `place`: "folder" or "package" (templates/ of either), or "file" (a path)."""

    name: str
    sha256: str
    place: str


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy as it was read: its tables, its text, where it came from, and the workbook's cells where it is one."""

    raw: Mapping[str, Any]
    text: str
    source: PolicySource
    book: PolicyBook | None = None

    def policy(self) -> Policy:
        """The policy itself. Raises Fault policy_invalid."""
        return policy_from(self.raw, self.source.name, self.book)


def load_policy(name_or_path: str) -> tuple[Policy, PolicySource]:
    """The policy that is named ("tachikawa-3") or that stands in a .toml file or in its workbook, and where it came from.

    Raises Fault: policy_missing, policy_encoding (not UTF-8), policy_unreadable (not TOML), policy_no_book (a workbook
    of something else), policy_invalid (its facts: file, place and found of the first flaw, count, and `list` /
    `list_en`, one line for each flaw; the place is the cell where the policy is a workbook).
    """
    found = read_policy(name_or_path)
    return found.policy(), found.source


def read_policy(name_or_path: str) -> PolicyText:
    """The tables of a policy, not yet judged to be one."""
    if Path(name_or_path).suffix.lower() in BOOKS:
        return _read_book(Path(name_or_path))
    return _parsed(*_read(name_or_path))


def policy_text(data: bytes, name: str) -> PolicyText:
    """The tables of a policy file that is at hand as bytes."""
    return _parsed(data, PolicySource(name, hashlib.sha256(data).hexdigest(), "file"))


def _parsed(data: bytes, source: PolicySource) -> PolicyText:
    try:
        text = data.decode("utf-8")
        raw = tomllib.loads(text.removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise Fault("policy_encoding", file=source.name) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Fault("policy_unreadable", file=source.name, found=str(error)) from error
    return PolicyText(raw, text, source)


def _read_book(path: Path) -> PolicyText:
    book = read_workbook(path)
    if not is_policy_book(book):
        raise Fault("policy_no_book", file=book.file)
    found = read_policy_book(book)
    return PolicyText(found.raw, found.base, PolicySource(book.file, book.sha256, "file"), found)


def policy_from(raw: Mapping[str, Any], file: str, book: PolicyBook | None = None) -> Policy:
    """The policy of parsed TOML, or of a workbook's tables; `file` is named in the fault policy_invalid."""
    tables = _completed(raw)
    policy, flaws = shaped(Policy, tables)
    flaws += [Flaw(loc, "unexpected", found="id") for loc, _ in find(raw, "clauses.*.id")]
    flaws += link_flaws(tables)
    if book is not None:
        flaws = [*book.flaws, *(_in_cells(flaw, book) for flaw in flaws)]
    if policy is None or flaws:
        raise Fault(
            "policy_invalid",
            file=file,
            place=flaws[0].place,
            found=flaws[0].found,
            count=len(flaws),
            list=_listed(flaws, tables, load_labels("ja")),
            list_en=_listed(flaws, tables, load_labels("en")),
        )
    return policy


def _in_cells(flaw: Flaw, book: PolicyBook) -> Flaw:
    """A flaw at its cell; the other place that it names is a cell too."""
    kind = f"{flaw.kind}_cell" if flaw.kind in CELL_KINDS else flaw.kind
    other = next((cell for loc, cell in book.cells.items() if Flaw(loc, "").place == flaw.expected), flaw.expected)
    return replace(flaw, kind=kind, expected=other, at=book.place(flaw.loc) or flaw.place)


def _read(name_or_path: str) -> tuple[bytes, PolicySource]:
    path = Path(name_or_path)
    if path.name != name_or_path or path.suffix == SUFFIX:
        try:
            data = path.read_bytes() if path.is_file() else None
        except OSError as error:
            raise _missing(name_or_path) from error
        if data is None:
            raise _missing(name_or_path)
        return data, PolicySource(path.name, hashlib.sha256(data).hexdigest(), "file")
    name = f"{name_or_path}{SUFFIX}"
    if name not in resources.names("policy", SUFFIX):
        raise _missing(name_or_path)
    data = resources.read_bytes(f"policy/{name}")
    place, sha256 = resources.used()[f"policy/{name}"]
    return data, PolicySource(name, sha256, place)


def _missing(found: str) -> Fault:
    known = ", ".join(name.removesuffix(SUFFIX) for name in resources.names("policy", SUFFIX))
    return Fault("policy_missing", found=found, known=known)


def _completed(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The file's tables with what it leaves out because it can be told: a clause's id is its key, a mark may stand as
    its symbol, a course's own name is one of its names. A wrong shape stays as it is, for the door to name."""
    tables = dict(raw)
    clauses = tables.get("clauses")
    if isinstance(clauses, dict):
        tables["clauses"] = {key: _with(entry, id=key) for key, entry in clauses.items()}
    competency = tables.get("competency")
    if isinstance(competency, dict):
        ids = _mark_ids(competency.get("marks"))
        abilities = [_marked(entry, ids) for entry in _list(competency, "abilities")]
        tables["competency"] = {**competency, **({"abilities": abilities} if abilities else {})}
    training = tables.get("training")
    if isinstance(training, dict):
        courses = [_named(entry) for entry in _list(training, "courses")]
        tables["training"] = {**training, **({"courses": courses} if courses else {})}
    return tables


def _list(table: Mapping[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def _with(entry: Any, **more: Any) -> Any:
    return {**entry, **more} if isinstance(entry, dict) else entry


def _mark_ids(marks: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for mark in marks if isinstance(marks, list) else []:
        if isinstance(mark, dict) and isinstance(mark.get("id"), str):
            found |= {symbol: mark["id"] for symbol in _list(mark, "symbols") if isinstance(symbol, str)}
    return found


def _marked(ability: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(ability, dict) and "marks" not in ability:
        return {**ability, "marks": {}}  # the policy lists it without saying for whom
    if not isinstance(ability, dict) or not isinstance(ability.get("marks"), dict):
        return ability
    marks = {rank: ids.get(mark, mark) if isinstance(mark, str) else mark for rank, mark in ability["marks"].items()}
    return {**ability, "marks": marks}


def _named(course: Any) -> Any:
    """The course's own name comes last among its names, so that the places of the others are those of the file."""
    names = course.get("names", []) if isinstance(course, dict) else None
    if not isinstance(names, list):
        return course
    own = course.get("name")
    listed = any(isinstance(entry, dict) and entry.get("name") == own for entry in names)
    return {**course, "names": names if listed or not isinstance(own, str) else [*names, {"name": own}]}


def _listed(flaws: list[Flaw], tables: Mapping[str, Any], labels: Labels) -> str:
    lines = []
    for flaw in flaws:
        text = labels(f"flaw.{flaw.kind}", found=flaw.found, expected=flaw.expected)
        item = flaw.item(tables)
        line = "flaw.line_of_item" if item else "flaw.line"
        lines.append(labels(line, place=flaw.place, item=item, text=text))
    return "\n".join(lines)
