"""One returned form: recognised by its hidden keys whatever it is called, refused by name, or read into answers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hrbook.collect.find import Found
from hrbook.core.fault import Fault
from hrbook.core.safe_aggregates import Unit
from hrbook.core.source import Scalar
from hrbook.core.survey import Answers
from hrbook.guard.manifest import sha256
from hrbook.ingest.workbook import WORK, Broken, Row, Workbook, workbook_of
from hrbook.safe.child import Child
from hrbook.sheets.survey.form import TOKEN, answer_text, unit_key
from hrbook.survey.record import Issue

Key = tuple[str, str, str]  # survey, department, question


@dataclass(frozen=True, slots=True)
class Refused:
    """A file, or a sheet or cell of it, that could not be counted; `key` names the wording ("fault.<key>")."""

    file: str
    key: str
    facts: Mapping[str, Scalar]

    @property
    def fault(self) -> Fault:
        """The same as a fault."""
        fault = Fault(self.key)
        fault.facts = dict(self.facts)
        return fault


@dataclass(frozen=True, slots=True)
class Returned:
    """What one file says: answers with their department, what was refused, and the file's digest."""

    file: str
    sha256: str
    answers: tuple[tuple[Unit, Answers], ...] = ()
    refused: tuple[Refused, ...] = ()


class Opened:
    """A returned file that is read in a process of its own while the one before it is looked at."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self._child: Child | None = None
        self._fault = found.fault
        if found.fault is None:
            try:
                self._child = Child(WORK, found.data, found.name)
            except Fault as fault:
                self._fault = fault

    def result(self) -> Workbook:
        """Raises Fault where the file cannot be read."""
        if self._child is None:
            raise self._fault or Fault("file_crashes", file=self.found.name, found="")
        return workbook_of(self._child.result(), self.found.data, self.found.name)


class Reader:
    """Reads the forms of one issued survey."""

    def __init__(self, issue: Issue) -> None:
        self._issue = issue
        self._units = {unit_key(issue.number, unit): unit for unit in issue.asked}
        self._places = {question.id: place for place, question in enumerate(issue.survey.questions)}
        self._texts = {_plain(question.text) for question in issue.survey.questions}
        self._choices: dict[str, int] = {}
        for value, words in issue.survey.choices.items():
            self._choices |= {_plain(text): value for text in (str(value), words, answer_text(value, words))}

    def read(self, opened: Opened) -> Returned:
        """What became of a file; every sheet with the keys of a form is one person's answers."""
        name, digest = opened.found.name, sha256(opened.found.data) if opened.found.data else ""
        try:
            book = opened.result()
        except Fault as fault:
            return Returned(name, digest, (), (Refused(name, fault.key, fault.facts),))
        answers: list[tuple[Unit, Answers]] = []
        refused: list[Refused] = []
        for sheet in book.sheets:
            keyed = list(_keyed(sheet.rows))
            if keyed:
                read = self._sheet(name, sheet.name, keyed, refused)
                if read is not None:
                    answers.append(read)
        if not answers and not refused:
            refused.append(Refused(name, "survey_foreign", {"file": name}))
        return Returned(name, digest, tuple(answers), tuple(refused))

    def _sheet(
        self, file: str, sheet: str, keyed: Sequence[tuple[int, Key, Row]], refused: list[Refused]
    ) -> tuple[Unit, Answers] | None:
        """The answers of one sheet; None, and a reason more, where it cannot be counted."""
        facts: dict[str, Scalar] = {"file": file, "sheet": sheet}
        numbers = {survey for _, (survey, _, _), _ in keyed}
        if numbers != {self._issue.number}:
            other = min(numbers - {self._issue.number})
            refused.append(Refused(file, "survey_other", {**facts, "found": other, "expected": self._issue.number}))
            return None
        units = {self._units.get(unit) for _, (_, unit, _), _ in keyed}
        unit = next(iter(units))
        if len(units) != 1 or unit is None:
            refused.append(Refused(file, "survey_mixed", facts))
            return None
        given: dict[int, set[int]] = {}
        unread: set[int] = set()
        for row, (_, _, question), cells in keyed:
            place = self._places.get(question)
            if place is None:
                continue
            for text in self._said(cells, question):
                value = self._choices.get(text)
                if value is None:
                    unread.add(place)
                    refused.append(Refused(file, "survey_unread", {**facts, "row": row, "found": text[:40]}))
                else:
                    given.setdefault(place, set()).add(value)
        for place, values in sorted(given.items()):
            if len(values) > 1:
                unread.add(place)
                found = ", ".join(map(str, sorted(values)))
                refused.append(Refused(file, "survey_twice", {**facts, "row": place + 1, "found": found}))
        answers = tuple(
            min(given[place]) if place in given and place not in unread else None for place in range(len(self._places))
        )
        if all(value is None for value in answers):
            if not unread:
                refused.append(Refused(file, "survey_blank", facts))
            return None
        return unit, answers

    def _said(self, cells: Row, question: str) -> Iterator[str]:
        """What stands in a row beside what was printed there: its key, its number, its text."""
        number, asked = self._places[question] + 1, False
        for cell in cells:
            if cell is None or isinstance(cell, bool):
                continue
            if isinstance(cell, str) and _plain(cell) in self._texts:
                asked = True
            if not asked and not isinstance(cell, str) and cell == number:
                continue  # the printed number stands before the question
            text = _plain(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
            if isinstance(cell, Broken) or (text and text not in self._texts and not TOKEN.match(str(cell).strip())):
                yield text


def _keyed(rows: Sequence[Row]) -> Iterator[tuple[int, Key, Row]]:
    """Rows that say in one of their cells which question they are: number as Excel shows it, key, cells."""
    for number, row in enumerate(rows, start=1):
        for cell in row:
            match = TOKEN.match(cell.strip()) if isinstance(cell, str) else None
            if match:
                yield number, (match[1], match[2], match[3]), row
                break


def _plain(text: str) -> str:
    """Full-width digits, blanks, dots and brackets make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in ".,()")
