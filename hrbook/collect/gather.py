"""All files that came back so far: those of the folder, and those received earlier; each read once, repetitions refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hrbook.collect.examine import Examined, Known, Opened, examine
from hrbook.collect.find import Found, find
from hrbook.collect.issued import Issued
from hrbook.collect.memory import Memory
from hrbook.collect.sealed import Passwords
from hrbook.collect.today import Today
from hrbook.collect.values import Reader
from hrbook.core.fault import Fault
from hrbook.core.fold import fold
from hrbook.core.receipts import FileState, Receipt
from hrbook.core.reconcile import Seen
from hrbook.guard.manifest import content_digest, sha256
from hrbook.guard.record import Record, read_record
from hrbook.sheets.form_fields import FormField
from hrbook.words import LANGUAGES, load_labels

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every file received so far with what it says. By SHA-256 of those that were read: `files` are their bytes as they
    came, `books` what was made of each."""

    receipts: tuple[Receipt, ...]
    seen: tuple[Seen, ...]
    files: Mapping[str, bytes]
    books: Mapping[str, Examined]


def known_of(
    folders: Sequence[Path], issued: Issued, fields: Mapping[str, FormField], today: Today, passwords: Passwords
) -> Known:
    """What recognising needs. `folders` are those of the issued runs: other runs are looked for beside them."""
    words = [load_labels(language) for language in LANGUAGES]
    learning = today.loaded.reading.policy.learning
    reader = Reader(fields, load_labels(issued.language), issued.year, learning)
    sheets = frozenset(one("collect.marked.sheet") for one in words)
    comments = tuple(one("collect.marked.comment") for one in words)
    people = {e.staff_id for e in today.loaded.assessment.roster.employees} | {one.staff_id for one in issued.forms.values()}
    years = {number: record.year for number, record in _other_runs(folders).items()}
    return Known(issued, reader, frozenset(people), years, sheets, comments, passwords)


def past_runs(gathered: Gathered, folders: Sequence[Path], year: int) -> tuple[Path, ...]:
    """Folders of earlier runs of the year that refused files come from."""
    others = _other_runs(folders)
    asked = {str(r.facts.get("run")) for r in gathered.receipts if r.state is FileState.OTHER_RUN}
    return tuple(others[number].folder for number in sorted(asked & set(others)) if others[number].year == year)


def _other_runs(folders: Sequence[Path]) -> dict[str, Record]:
    """Other finished runs near the issued ones, by the first letters of their number."""
    found: dict[str, Record] = {}
    for folder in folders:
        for path in sorted([*folder.parent.glob("*/manifest.json"), *folder.parent.glob("history/*/manifest.json")]):
            try:
                record = read_record(path.parent)
            except Fault:
                continue
            found[record.run_id[:8]] = record
    return found


def gather(folder: Path, store: Path, known: Known, earlier: Memory, tell: Tell) -> Gathered:
    """Files of the folder and files received earlier (in `store`), each read once; repetitions are refused by name. Raises
    Fault where a file that was read earlier can no longer be opened, so that nothing of it is lost."""
    found = [*find(folder)]
    here = {sha256(one.data) for one in found if one.data}
    for receipt in earlier.receipts:
        path = store / f"{receipt.sha256}.xlsx"
        if receipt.read and receipt.sha256 not in here and path.is_file():
            found.append(Found(receipt.name, path.read_bytes(), receipt.saved))
    taken = {receipt.sha256 for receipt in earlier.receipts if receipt.read}
    receipts: list[Receipt] = []
    seen: list[Seen] = []
    files: dict[str, bytes] = {}
    books: dict[str, Examined] = {}
    first: dict[object, str] = {}  # by digest of the bytes, of the content, and by what is said

    def repeated(one: Found, receipt: Receipt, *keys: object) -> bool:
        """Whether one of the keys was there before; then the file is refused by name."""
        other = next((first[key] for key in keys if key in first), None)
        for key in keys:
            first.setdefault(key, one.name)
        if other is not None:
            facts = {"file": one.name, "other": other}
            receipts.append(replace(receipt, state=FileState.DUPLICATE, fault="returned_duplicate", facts=facts))
        return other is not None

    for number, opened in enumerate(_ahead(sorted(found, key=lambda f: (f.name, f.saved)), known.passwords), start=1):
        one = opened.found
        tell("files", number, len(found))
        digest = sha256(one.data) if one.data else ""
        if digest and repeated(one, Receipt(one.name, digest, one.saved, FileState.DUPLICATE), digest):
            continue
        examined = examine(opened, known)
        if examined is None:
            continue
        receipt, things = examined.receipt, examined.seen
        if receipt.state is FileState.ENCRYPTED and digest in taken:
            raise Fault("received_sealed", file=one.name)
        if receipt.read:
            said = frozenset(replace(t, origin=replace(t.origin, file="", sha256="", saved="")) for t in things)
            if repeated(one, receipt, content_digest(examined.data), *((said,) if said else ())):
                continue
        receipts.append(receipt if receipt.read or receipt.sender else replace(receipt, sender=_by_name(receipt, known.issued)))
        if receipt.read:
            files[receipt.sha256] = one.data
            books[receipt.sha256] = examined
            seen.extend(things)
    told = {(r.name, r.sha256) for r in receipts}
    receipts.extend(r for r in earlier.receipts if not r.read and (r.name, r.sha256) not in told)
    return Gathered(tuple(sorted(receipts, key=lambda r: (r.name, r.sha256))), tuple(seen), files, books)


def _ahead(found: Sequence[Found], passwords: Passwords) -> Iterator[Opened]:
    """Every file, opened while the one before it is examined."""
    coming: Opened | None = None
    for one in found:
        coming, ready = Opened(one, passwords), coming
        if ready is not None:
            yield ready
    if coming is not None:
        yield coming


def _by_name(receipt: Receipt, issued: Issued) -> str:
    """The department that a refused file seems to come from: only its name can tell."""
    name = fold(receipt.name)
    hits = sorted((b for b in issued.current() if fold(b.title) in name), key=lambda b: -len(b.title))
    return hits[0].department if hits else ""
