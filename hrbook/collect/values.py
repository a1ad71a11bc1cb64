"""Cells of a field -> what the manager meant, or why that is not clear. Nothing is guessed without being asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrbook.collect.grid import said
from hrbook.core.calendar import first_day, last_day
from hrbook.core.learning_policy import LearningPolicy
from hrbook.core.source import Scalar
from hrbook.ingest.dates import read_date
from hrbook.ingest.learning import by_words
from hrbook.ingest.vocabulary import DateWords, key, load_vocabulary
from hrbook.ingest.workbook import Broken
from hrbook.sheets.form_fields import FormField
from hrbook.words import Labels

MONTH_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Value:
    """A field's content: `value` as understood, `code` the number of the choice, `problem` why it must be asked."""

    value: str
    code: str = ""
    problem: str = ""


class Reader:
    """Reads fields of one fiscal year. `labels` are the words that the issued books were made with, `learning` the policy's
    lists; a field of a list that the policy lacks takes any text."""

    def __init__(self, fields: Mapping[str, FormField], labels: Labels, year: int, learning: LearningPolicy) -> None:
        self.fields = fields
        self.year = year
        self._dates: DateWords = load_vocabulary().dates
        self.words = {
            f.id: {str(n): labels(f"interview.choice.{f.id}.{n}") for n in range(1, f.choices + 1)} for f in fields.values()
        }
        self._spelt = {
            f.id: {key(word): n for n, own in self.words[f.id].items() for word in (*f.spelt.get(n, ()), own)}
            for f in fields.values()
        }
        for f in fields.values():
            if f.listed:
                self.words[f.id] = {one.id: one.name for one in f.of_policy(learning)}
                self._spelt[f.id] = dict(by_words(f.of_policy(learning)))

    def read(self, field: str, cells: Sequence[Scalar], from_1904: bool) -> Value:
        """The meaning of the cells of one field, which hold at least one value."""
        found = self.fields[field]
        texts = list(dict.fromkeys(said(cell) for cell in cells))
        text = "\n".join(texts)
        if any(isinstance(cell, Broken) for cell in cells):
            return Value(text, problem="broken")
        if found.kind == "text" or (found.listed and not self.words[field]):
            return Value(text)
        if len(texts) > 1:
            return Value(text, problem="several_values")
        return self._choice(field, text) if found.kind == "choice" else self._date(found, cells[0], text, from_1904)

    def _choice(self, field: str, text: str) -> Value:
        code = self._spelt[field].get(key(text))
        if code is not None:
            return Value(self.words[field][code], code)
        return Value(text, problem="not_in_list")

    def _date(self, field: FormField, cell: Scalar, text: str, from_1904: bool) -> Value:
        first, last = first_day(self.year), last_day(self.year + field.years - 1)
        day, _ = read_date(cell, self._dates, from_1904)
        if isinstance(day, date):
            return Value(day.isoformat(), problem="" if first <= day <= last else "date_outside")
        inside = self._without_year(text, first, last)
        if inside is not None:
            return Value(inside.isoformat(), problem="date_without_year")
        return Value(text, problem="date_unreadable")

    def _without_year(self, text: str, first: date, last: date) -> date | None:
        """The one day of the years in question that a month and a day can mean."""
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        plain = plain.replace(self._dates.month, "/").removesuffix(self._dates.day)
        match = MONTH_DAY.fullmatch(plain)
        if match is None:
            return None
        month, day = map(int, match.groups())
        found = []
        for year in range(first.year, last.year + 1):
            try:
                found.append(date(year, month, day))
            except ValueError:
                continue
        inside = [one for one in found if first <= one <= last]
        return inside[0] if len(inside) == 1 else None
