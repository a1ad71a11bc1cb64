"""Rows on learning: who trains whom at the workplace, what people learn by themselves, and the themes that they wish for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from hrbook.core.learning_policy import LearningChoice
from hrbook.core.policy import Policy
from hrbook.core.roster import Qualification, Trainer
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.desk import Desk, day_key
from hrbook.ingest.staff_ids import StaffIds
from hrbook.ingest.table import Table
from hrbook.ingest.values import read_text, read_yes
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import Broken

QUALIFICATION = ("staff_id", "name", "on", "subsidy", "kind")
JOINED = ", "  # between words that a finding names
TRAINER = ("staff_id", "name", "trainer", "trainer_name", "start", "end")


def by_words(choices: Iterable[LearningChoice]) -> Mapping[str, str]:
    """Id by every spelling of a policy's kinds or themes; the first of two that share one."""
    return {key(word): one.id for one in reversed(tuple(choices)) for word in (*one.words, one.id, one.name)}


class LearningReader:
    """Reads the sheets of trainers and of self-study, and the cell of wished themes, under one policy."""

    def __init__(self, policy: Policy, ids: StaffIds, desk: Desk) -> None:
        self._ids, self._desk = ids, desk
        self._kinds, self._themes = by_words(policy.learning.kinds), by_words(policy.learning.themes)

    def qualifications(self, table: Table, into: dict[str, list[Qualification]]) -> int:
        """Qualifications and self-study by person; returns the number of data rows."""
        desk, count = self._desk, 0
        who, name_at, on_at, subsidy_at, kind_at = table.columns(QUALIFICATION)
        for ref in table.rows(desk.words, desk.findings):
            count += 1
            staff_id = self._ids.find(ref.raw[who], ref, desk.findings)
            if not staff_id:
                continue
            name = desk.required_text(ref.raw[name_at], ref, "name", staff_id)
            on = desk.date(ref.raw[on_at], ref, "on", staff_id)
            kind, cell = self.kind(ref.raw[kind_at], ref, "kind", staff_id), ref.raw[subsidy_at]
            into[staff_id].append(Qualification(name, on, read_text(cell), ref, kind, self._paid(cell)))
        return count

    def kind(self, cell: Scalar, ref: RowRef, field: str, staff_id: str) -> str | None:
        """The kind of learning that a cell names. Blank is none; so is, with a finding, a word that the policy does not know."""
        if not read_text(cell) or isinstance(cell, Broken) or not self._kinds:
            return None
        kind = self._kinds.get(key(read_text(cell)))
        if kind is None:
            self._desk.findings.append(codes.LEARNING_UNKNOWN.at(ref, field, staff_id=staff_id))
        return kind

    def _paid(self, cell: Scalar) -> bool:
        """Whether a cell says that the city paid: yes, or an amount or a word that is not no."""
        text, words = key(read_text(cell)), self._desk.words
        return bool(text) and not isinstance(cell, Broken) and read_yes(cell, words) is not False and text not in words.none

    def themes(self, cell: Scalar, ref: RowRef, staff_id: str) -> tuple[str, ...]:
        """The policy's themes that a cell lists; each word that is none of them is a finding."""
        if cell is None or not self._themes:
            return ()
        found: dict[str, None] = {}
        unknown: list[str] = []
        for written in self._parts(read_text(cell)):
            theme = self._themes.get(key(written))
            if theme is None:
                unknown.append(written)
            else:
                found[theme] = None
        if unknown:
            facts = {"words": JOINED.join(unknown)}
            self._desk.findings.append(codes.THEME_UNKNOWN.at(ref, "themes", staff_id=staff_id, facts=facts))
        return tuple(found)

    def _parts(self, text: str) -> Iterator[str]:
        """The themes that a text lists. Names of themes hold separators themselves, so the longest run of parts that is a
        known theme is one; any other part stands alone."""
        cuts = [(0, 0), *(cut.span() for cut in self._desk.words.separators.finditer(text)), (len(text), len(text))]
        pieces = [(before[1], after[0]) for before, after in pairwise(cuts)]
        first = 0
        while first < len(pieces):
            ends = range(len(pieces) - 1, first, -1)
            last = next((end for end in ends if key(text[pieces[first][0] : pieces[end][1]]) in self._themes), first)
            if written := text[pieces[first][0] : pieces[last][1]].strip():
                yield written
            first = last + 1

    def trainers(self, table: Table, into: dict[str, list[Trainer]]) -> int:
        """Trainers by newcomer. A row that names nobody known, or the newcomer, as the trainer is not used, with a finding."""
        desk, count = self._desk, 0
        who, name_at, trainer_at, trainer_name_at, start_at, end_at = table.columns(TRAINER)
        for ref in table.rows(desk.words, desk.findings):
            count += 1
            raw = ref.raw
            staff_id = self._ids.find(raw[who], ref, desk.findings)
            if not staff_id or not desk.same_person(raw[name_at], ref, staff_id):
                continue
            if raw[trainer_at] is None:
                desk.findings.append(codes.REQUIRED_BLANK.at(ref, "trainer", staff_id=staff_id))
                continue
            trainer = self._ids.find(raw[trainer_at], ref, desk.findings, "trainer")
            if not trainer or not desk.same_person(raw[trainer_name_at], ref, trainer, "trainer_name"):
                continue
            if trainer == staff_id:
                desk.findings.append(codes.TRAINER_IS_NEWCOMER.at(ref, "trainer", staff_id=staff_id))
                continue
            start, end = desk.date(raw[start_at], ref, "start", staff_id), desk.date(raw[end_at], ref, "end", staff_id)
            if isinstance(start, date) and isinstance(end, date) and end < start:
                desk.findings.append(codes.DATES_REVERSED.at(ref, "end", staff_id=staff_id))
            into[staff_id].append(Trainer(trainer, start, end, ref))
        return count


def qualification_key(row: Qualification) -> tuple[int | str, ...]:
    """Canonical order: by day, name, subsidy, kind."""
    return (day_key(row.on), row.name, row.subsidy, row.kind or "")


def trainer_key(row: Trainer) -> tuple[int | str, ...]:
    """Canonical order: by days, then the trainer."""
    return (day_key(row.start), day_key(row.end), row.trainer)
