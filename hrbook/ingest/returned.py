"""The door of the returned data set (returned.xlsx): what `collect` accepted -> entries with their origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.policy import Policy
from hrbook.core.returned import Entry, Group, Origin
from hrbook.core.roster import Employee, Roster, Score, Wish
from hrbook.core.source import RowRef, SheetSource
from hrbook.ingest import codes
from hrbook.ingest.dictionary import Field, field_of
from hrbook.ingest.learning import by_words
from hrbook.ingest.registers import SCORES
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import Sheet, Workbook, read_workbook
from hrbook.resources import load_toml

FILE = "returned.toml"
NAMES = "returned*.xlsx"
THEMES, WAY = ("theme_1", "theme_2"), "way"  # fields
SCORE_FIELDS = {"own_score": "own", "manager_score": "manager"}  # field of the form -> part of a score


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """One data set: file name, SHA-256, bytes, entries in canonical order with the row that each stands in."""

    file: str
    sha256: str
    data: bytes
    entries: tuple[tuple[Entry, RowRef], ...]


def returned_beside(roster: Path) -> tuple[Path, ...]:
    """The data sets that stand in the roster's folder, by name."""
    return tuple(sorted(roster.parent.glob(NAMES)))


def columns() -> tuple[Field, ...]:
    """The columns that every sheet of the data set has."""
    return tuple(field_of(column) for column in words()["column"])


def words() -> Mapping[str, Any]:
    """The words of the data set that are no headings."""
    found: Mapping[str, Any] = load_toml(FILE)["data"]
    return found


def load_returned(path: Path, findings: list[Finding]) -> ReturnedFile:
    """Read one data set. Raises Fault where it is no data set; rows that cannot be used become findings.

    A machine wrote it, so it is read as it stands: heading in row 1, one value a row, no layout to be guessed."""
    book = read_workbook(path)
    groups = {name: Group(group) for group, name in words()["sheets"].items()}
    known = {entry["id"] for entry in load_toml(FILE)["field"]}
    fields = columns()
    found: list[tuple[Entry, RowRef]] = []
    seen = False
    for sheet in book.sheets:
        if sheet.name not in groups or not sheet.rows:
            continue
        seen = True
        source = _source(book, sheet, fields)
        for number, row in enumerate(sheet.rows[1:], start=2):
            ref = RowRef(source, number, row)
            entry = _entry(groups[sheet.name], ref, fields)
            if entry is not None and entry.field in known:
                found.append((entry, ref))
            elif any(read_text(cell) for cell in row):
                findings.append(codes.ROW_NOT_USED.at(ref, "field"))
    if not seen:
        raise Fault("returned_no_sheet", file=path.name, expected=", ".join(groups))
    return ReturnedFile(book.file, book.sha256, book.data, tuple(sorted(found, key=lambda pair: pair[0].order)))


def _source(book: Workbook, sheet: Sheet, known: tuple[Field, ...]) -> SheetSource:
    """The columns of a sheet by their headings. Raises Fault where one that is needed is missing."""
    headings = {read_text(cell): col for col, cell in reversed(list(enumerate(sheet.rows[0])))}
    for column in known:
        if column.required and column.header not in headings:
            told = ", ".join(text for text in headings if text)
            raise Fault("column_missing", file=book.file, sheet=sheet.name, cell="A1", expected=column.header, found=told)
    places = {column.id: headings[column.header] for column in known if column.header in headings}
    places |= dict.fromkeys(SCORE_FIELDS.values(), places["value"])  # where the evidence of a score looks for its cell
    return SheetSource(book.file, book.sha256, sheet.name, places, {column.id: column.header for column in known})


def _entry(group: Group, ref: RowRef, fields: tuple[Field, ...]) -> Entry | None:
    text = {column.id: read_text(ref.raw_of(column.id)) for column in fields}
    if not (text["staff_id"] and text["year"].isdigit() and text["field"] and text["value"]):
        return None
    origin = Origin(text["file"], text["sheet"], text["cell"], text["sha256"], text["saved"], text["sender"])
    decided = text["decided"] == words()["by_hand"]
    return Entry(
        text["staff_id"], int(text["year"]), group, text["field"], text["item"], text["code"], text["value"], origin, decided
    )


def with_returned(roster: Roster, files: Iterable[ReturnedFile], findings: list[Finding], policy: Policy) -> Roster:
    """The roster with what came back: entries by person, their wishes as self-declarations of that year, their scores as
    assessments of it. `policy` has the themes and ways that are counted, and every name of an ability that forms print.
    Entries of people who are not on the roster become findings."""
    by_person: dict[str, list[tuple[Entry, RowRef]]] = defaultdict(list)
    for file in files:
        for entry, ref in file.entries:
            by_person[entry.staff_id].append((entry, ref))
    if not by_person:
        return roster
    known = {employee.staff_id for employee in roster.employees}
    for staff_id in sorted(set(by_person) - known):
        entry, ref = by_person[staff_id][0]
        findings.append(codes.PERSON_UNKNOWN.at(ref, "staff_id", staff_id=staff_id))
    words = _Words(by_words(policy.learning.themes), by_words(policy.learning.kinds), policy.competency.ids_by_name())
    employees = tuple(_with(e, by_person[e.staff_id], words) if e.staff_id in by_person else e for e in roster.employees)
    return replace(roster, employees=employees)


@dataclass(frozen=True, slots=True)
class _Words:
    """Ids of the policy's themes and ways of learning and of its abilities, by what is written for them."""

    themes: Mapping[str, str]
    ways: Mapping[str, str]
    abilities: Mapping[str, str]


def _with(employee: Employee, found: list[tuple[Entry, RowRef]], words: _Words) -> Employee:
    wishes = [*employee.wishes]
    said: dict[tuple[int, str], dict[str, tuple[str, RowRef]]] = defaultdict(dict)
    for entry, ref in found:
        if entry.group is Group.WISH:
            said[entry.year, entry.origin.sender].setdefault(entry.field, (entry.value, ref))
    for (year, _), fields in sorted(said.items()):
        value = {name: text for name, (text, _) in fields.items()}
        separator = "\u3000"
        wants = separator.join(value[name] for name in ("move", "when") if name in value)
        where = separator.join(value[name] for name in ("field_1", "field_2") if name in value)
        learn = separator.join(value[name] for name in (*THEMES, WAY) if name in value)
        known = dict.fromkeys(words.themes[key(value[name])] for name in THEMES if key(value.get(name, "")) in words.themes)
        ref = next(iter(fields.values()))[1]
        way = words.ways.get(key(value.get(WAY, "")))
        wishes.append(Wish(year, wants, where, value.get("own_words", ""), learn, "", ref, tuple(known), way))
    scores = _scores(employee, found, words.abilities)
    return replace(employee, wishes=tuple(wishes), scores=scores, returned=tuple(entry for entry, _ in found))


def _scores(employee: Employee, found: list[tuple[Entry, RowRef]], abilities: Mapping[str, str]) -> tuple[Score, ...]:
    """Scores of the roster and of the forms, by year and ability. The roster's own sheet is the record: a form fills in only
    what is blank there. Of two departments that gave a score, the last in canonical order counts; both stand among the
    entries."""
    given: dict[tuple[int, str], dict[str, tuple[int, RowRef]]] = defaultdict(dict)
    for entry, ref in found:
        points = int(entry.value) if entry.field in SCORE_FIELDS and entry.value.isdecimal() else 0
        if SCORES[0] <= points <= SCORES[1]:
            given[entry.year, abilities.get(entry.item, entry.item)][SCORE_FIELDS[entry.field]] = (points, ref)
    made = []
    for score in employee.scores:
        said = given.pop((score.year or 0, abilities.get(score.ability, score.ability)), {})
        own = said.get("own", (None, None))[0] if score.own is None else score.own
        manager = said.get("manager", (None, None))[0] if score.manager is None else score.manager
        made.append(replace(score, own=own, manager=manager))
    for (year, ability), values in sorted(given.items()):
        own, manager = (values.get(who, (None, None))[0] for who in ("own", "manager"))
        made.append(Score(year, ability, own, manager, values["manager" if "manager" in values else "own"][1]))
    return tuple(made)
