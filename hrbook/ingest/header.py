"""Finding the heading row of a sheet and binding its columns to the fields of the data dictionary."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hrbook.core.fault import Fault
from hrbook.core.source import Scalar, column_letters
from hrbook.ingest.dictionary import Field, SheetSpec, bare_header_key, header_key
from hrbook.ingest.values import read_text
from hrbook.ingest.workbook import Sheet

SEARCHED_ROWS = 30
CLOSE = 0.5


@dataclass(frozen=True, slots=True)
class Binding:
    """Field -> 0-based column, with the headings as written. `row` is the 0-based last row of the heading, `top` its first.

    `second` are columns that mean a field which a better heading already has, `extra` those that mean none."""

    row: int
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    second: tuple[int, ...]
    extra: tuple[int, ...]
    texts: tuple[str, ...]
    top: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    texts: tuple[str, ...]
    columns: Mapping[str, int]
    twice: tuple[tuple[str, int, int], ...]
    top: int = 0


Given = Callable[[int], Collection[str]]  # the fields that a caption above a 0-based row gives


def nothing_given(row: int) -> Collection[str]:
    """No caption says anything."""
    return ()


class Headings:
    """How the headings of one kind of sheet are found. `mapped` gives a field the city's own heading, before all others."""

    def __init__(self, spec: SheetSpec, mapped: Mapping[str, str]) -> None:
        self.spec, self.mapped = spec, mapped
        self.accepted = {f.id: _accepted(f, mapped) for f in spec.fields}
        self.words = frozenset(word for group in self.accepted.values() for word in group)

    def bind(self, file: str, sheet: Sheet, given: Given = nothing_given) -> Binding:
        """The first heading of `sheet` that has what is needed.

        Raises Fault: no heading found, a heading twice, a required column missing (with near misses)."""
        found = self.first(sheet, given)
        if found is not None:
            return found
        best = self._closest(sheet)
        if best is None:
            expected = ", ".join(f.header for f in self.spec.fields if f.required)
            raise Fault("header_missing", file=file, sheet=sheet.name, cell="A1", rows=SEARCHED_ROWS, expected=expected)
        if best.twice:
            _, one, other = best.twice[0]
            cells = [f"{column_letters(c)}{best.row + 1}" for c in (one, other)]
            raise Fault("header_twice", file=file, sheet=sheet.name, cell=cells[0], other=cells[1], found=best.texts[one])
        known = set(best.columns.values())
        extra = [c for c, text in enumerate(best.texts) if text and c not in known and header_key(text) not in self.words]
        _check_required(file, sheet, self.spec, best, extra, self.mapped, given(best.top))
        return self._binding(best)

    def closest(self, sheet: Sheet) -> Binding | None:
        """What comes nearest to a heading among the first rows, whatever it lacks; None where no text names a field."""
        best = self._closest(sheet)
        return None if best is None else self._binding(best)

    def likely(self, binding: Binding) -> Iterator[tuple[str, int]]:
        """For the fields that a heading lacks, the column whose unknown text resembles an accepted one most, each column
        once, the surest first: proposals for a person to confirm."""
        scored = [
            (-closeness(field, binding.texts[column]), self.spec.fields.index(field), column)
            for field in self.spec.fields
            if field.id not in binding.columns
            for column in binding.extra
        ]
        fields: set[int] = set()
        columns: set[int] = set()
        for score, place, column in sorted(scored):
            if -score >= CLOSE and place not in fields and column not in columns:
                fields.add(place)
                columns.add(column)
                yield self.spec.fields[place].id, column

    def _closest(self, sheet: Sheet) -> _Candidate | None:
        best: _Candidate | None = None
        for candidate in _candidates(sheet, self.accepted):
            if best is None or len(candidate.columns) > len(best.columns):
                best = candidate
        return best if best is not None and best.columns else None

    def first(self, sheet: Sheet, given: Given = nothing_given) -> Binding | None:
        """The first heading among the first rows that has what is needed; None where there is none."""
        for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
            found = self.at(sheet, row, given)
            if found is not None:
                return found
        return None

    def at(self, sheet: Sheet, row: int, given: Given = nothing_given) -> Binding | None:
        """The heading that begins in a row, of one row or of two, whichever finds more; None where it lacks something."""
        found: _Candidate | None = None
        for candidate in _at(sheet, row, self.accepted):
            whole = not candidate.twice and not self._lacking(candidate, given(row))
            if whole and (found is None or len(candidate.columns) > len(found.columns)):
                found = candidate
        return None if found is None else self._binding(found)

    def fields_in(self, sheet: Sheet, row: int) -> int:
        """How many fields the texts of a row name."""
        return sum(1 for cell in sheet.rows[row] if type(cell) is str and header_key(_text(cell)) in self.words)

    def places(self, sheet: Sheet, row: int, field: str) -> list[int]:
        """The columns of a row that name a field."""
        return [
            c for c, cell in enumerate(sheet.rows[row]) if type(cell) is str and header_key(_text(cell)) in self.accepted[field]
        ]

    def _lacking(self, candidate: _Candidate, given: Collection[str]) -> bool:
        groups = [(f.id,) for f in self.spec.fields if f.required] + list(self.spec.one_of)
        return not candidate.columns or any(
            not any(field in candidate.columns or field in given for field in group) for group in groups
        )

    def _binding(self, found: _Candidate) -> Binding:
        known = set(found.columns.values())
        rest = [c for c, text in enumerate(found.texts) if text and c not in known]
        second = tuple(c for c in rest if header_key(found.texts[c]) in self.words)
        extra = tuple(c for c in rest if c not in second)
        headers = {field: found.texts[column] for field, column in found.columns.items()}
        return Binding(found.row, found.columns, headers, second, extra, found.texts, found.top)


def _accepted(field: Field, mapped: Mapping[str, str]) -> tuple[str, ...]:
    own = mapped.get(field.id)
    return (header_key(own), *field.accepted) if own else field.accepted


def _candidates(sheet: Sheet, accepted: Mapping[str, tuple[str, ...]]) -> Iterable[_Candidate]:
    """The headings that may begin in any of the first rows."""
    for row in range(min(SEARCHED_ROWS, len(sheet.rows))):
        yield from _at(sheet, row, accepted)


def _at(sheet: Sheet, row: int, accepted: Mapping[str, tuple[str, ...]]) -> Iterable[_Candidate]:
    """The row alone, then with the one below it, so that a pair must find more than its row alone."""
    own = tuple(_text(cell) for cell in sheet.rows[row][:-1])
    if not any(own):
        return
    yield _match(row, row, own, accepted)
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else ()
    if any(type(cell) is str for cell in below) and all(cell is None or type(cell) is str for cell in below):
        lower = tuple(_text(cell) for cell in below[:-1])
        words = {word for group in accepted.values() for word in group}
        yield _match(row, row + 1, _joined(_spread(sheet, row, own), own, lower, words), accepted)


def _text(cell: Scalar) -> str:
    return read_text(cell).replace("_x000D_", "").replace("\r", "") if type(cell) is str else read_text(cell)


def _spread(sheet: Sheet, index: int, texts: Sequence[str]) -> list[str]:
    """The texts of a row, each over the whole width of its merged cell, never beyond it."""
    wide = list(texts)
    for (top, left), (bottom, right) in sheet.merges:
        if top <= index <= bottom and left < len(wide):
            for column in range(left + 1, min(right + 1, len(wide))):
                wide[column] = wide[left]
    return wide


def _joined(top: Sequence[str], own: Sequence[str], below: Sequence[str], words: set[str]) -> tuple[str, ...]:
    joined: list[str] = []
    for upper, here, lower in zip(top, own, below, strict=True):
        if not lower:
            joined.append(here)
        elif header_key(lower) in words or not upper:
            joined.append(lower)
        else:
            joined.append(upper + lower if header_key(upper + lower) in words else lower)
    return tuple(joined)


def _match(top: int, row: int, texts: tuple[str, ...], accepted: Mapping[str, tuple[str, ...]]) -> _Candidate:
    columns: dict[str, int] = {}
    twice: list[tuple[str, int, int]] = []
    taken: set[int] = set()
    for fold in (header_key, bare_header_key):
        places: dict[str, list[int]] = {}
        for column, text in enumerate(texts):
            if text and column not in taken:
                places.setdefault(fold(text), []).append(column)
        for field, words in accepted.items():
            if field in columns:
                continue
            found = next((places[word] for word in words if word in places and places[word][0] not in taken), None)
            if found:
                columns[field] = found[0]
                taken.add(found[0])
                if len(found) > 1:
                    twice.append((field, found[0], found[1]))
    return _Candidate(row, texts, columns, tuple(twice), top)


def _check_required(
    file: str,
    sheet: Sheet,
    spec: SheetSpec,
    found: _Candidate,
    extra: Sequence[int],
    mapped: Mapping[str, str],
    given: Collection[str],
) -> None:
    groups = [(f.id,) for f in spec.fields if f.required] + list(spec.one_of)
    for group in groups:
        if any(field in found.columns or field in given for field in group):
            continue
        fields = [spec.field(field) for field in group]
        wanted = [mapped.get(f.id, f.header) for f in fields]
        near = ", ".join(_near(fields, [(c, found.texts[c]) for c in extra], found.row))
        raise Fault(
            "column_missing_near" if near else "column_missing",
            file=file,
            sheet=sheet.name,
            cell=f"A{found.row + 1}",
            expected=" / ".join(wanted),
            found=", ".join(text for text in found.texts if text),
            near=near,
        )


def closeness(field: Field, text: str) -> float:
    """How much a heading resembles the accepted ones of a field, 0 to 1."""
    return max(difflib.SequenceMatcher(None, bare_header_key(text), word).ratio() for word in field.accepted)


def _near(fields: Sequence[Field], extra: Sequence[tuple[int, str]], row: int) -> list[str]:
    """Headings of unknown columns that resemble an accepted one, the closest first, each with its cell."""
    scored: list[tuple[float, int, str]] = []
    for column, text in extra:
        close = max(closeness(field, text) for field in fields)
        if close >= CLOSE:
            scored.append((-close, column, f"{text} ({column_letters(column)}{row + 1})"))
    return [label for *_, label in sorted(scored)[:3]]
