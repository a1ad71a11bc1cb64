"""Rows of the smaller sheets: organisation, wishes, scores, registered reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hrbook.core.policy import Policy
from hrbook.core.roster import MaybeDate, OrgRow, Reason, Score, Wish
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.dates import read_year
from hrbook.ingest.desk import Desk, day_key
from hrbook.ingest.learning import LearningReader
from hrbook.ingest.staff_ids import StaffIds
from hrbook.ingest.table import Table
from hrbook.ingest.values import read_integer, read_text, split_list
from hrbook.ingest.vocabulary import key

SCORES = (1, 5)
WISH = ("wants_move", "where", "reason", "training", "care")
SCORE = ("staff_id", "year", "ability", "own", "manager")


def read_organisation(table: Table, desk: Desk) -> tuple[list[OrgRow], int]:
    """The organisation rows of one sheet, and the number of data rows."""
    at = table.column
    found: list[OrgRow] = []
    count = 0
    for ref in table.rows(desk.words, desk.findings):
        count += 1
        raw = ref.raw
        post = desk.post(raw[at("bureau")], raw[at("department")], raw[at("section")], raw[at("code")])
        if post.blank or not (post.bureau or post.department or post.section):
            desk.findings.append(codes.ROW_NOT_USED.at(ref, "bureau"))
            continue
        if not post.code:
            desk.findings.append(codes.REQUIRED_BLANK.at(ref, "code"))
        start, end = (desk.date(raw[at(field)], ref, field) for field in ("start", "end"))
        if isinstance(start, date) and isinstance(end, date) and end < start:
            desk.findings.append(codes.DATES_REVERSED.at(ref, "end"))
        found.append(
            OrgRow(
                code=post.code,
                post=post,
                start=_known(start),
                end=_known(end),
                parents=split_list(raw[at("parents")], desk.words),
                category=read_text(raw[at("category")]),
                place=read_text(raw[at("place")]),
                ref=ref,
            )
        )
    names = {key(name) for row in found for name in (row.post.bureau, row.post.department, row.post.section) if name}
    return [_with_whole_names(row, names, desk) for row in found], count


def _with_whole_names(row: OrgRow, names: set[str], desk: Desk) -> OrgRow:
    """A separator may be part of a unit's name: what together names a unit of the sheet is one origin."""
    if len(row.parents) < 2:
        return row
    text = read_text(row.ref.raw_of("parents"))
    cuts = [0, *(m.end() for m in desk.words.separators.finditer(text)), len(text) + 1]
    found: list[str] = []
    at = 0
    while at < len(cuts) - 1:
        ends = [end for end in range(len(cuts) - 1, at, -1) if key(text[cuts[at] : cuts[end] - 1]) in names]
        end = ends[0] if ends else at + 1
        found.append(text[cuts[at] : cuts[end] - 1].strip())
        at = end
    return replace(row, parents=tuple(dict.fromkeys(part for part in found if part)))


def org_key(row: OrgRow) -> tuple[str, str, str, str, str, str]:
    """Canonical order: by code, then by days and names."""
    start = row.start.isoformat() if row.start else ""
    return (row.code, start, row.end.isoformat() if row.end else "9999", row.post.bureau, row.post.department, row.post.section)


def _known(day: MaybeDate) -> date | None:
    return day if isinstance(day, date) else None


class RegisterReader:
    """Reads the sheets that hang on a person."""

    def __init__(self, policy: Policy, courses: CourseIndex, ids: StaffIds, desk: Desk, learning: LearningReader) -> None:
        """`learning` reads the cells of wished themes and ways."""
        self._policy, self._courses, self._ids, self._desk, self._learning = policy, courses, ids, desk, learning
        abilities = policy.competency.abilities
        self._abilities = {key(b.name): b.id for b in policy.competency.basics}
        self._abilities |= {key(text): a.id for a in abilities for text in (*a.aliases, a.short, a.name, a.id) if text}

    def _who(self, table: Table, ref: RowRef) -> str:
        return self._ids.find(ref.raw[table.column("staff_id")], ref, self._desk.findings)

    def _year(self, table: Table, ref: RowRef, staff_id: str) -> int | None:
        year = read_year(ref.raw[table.column("year")], self._desk.words.dates)
        if year is None:
            self._desk.findings.append(codes.YEAR_UNREADABLE.at(ref, "year", staff_id=staff_id))
        return year

    def wishes(self, table: Table, into: dict[str, list[Wish]]) -> int:
        """Self-declarations by person; returns the number of data rows (as all of these do)."""
        count = 0
        for ref in table.rows(self._desk.words, self._desk.findings):
            count += 1
            staff_id = self._who(table, ref)
            if staff_id:
                wants, where, reason, training, care = (read_text(ref.raw[column]) for column in table.columns(WISH))
                year = self._year(table, ref, staff_id)
                themes = self._learning.themes(ref.raw[table.column("themes")], ref, staff_id)
                way = self._learning.kind(ref.raw[table.column("way")], ref, "way", staff_id)
                into[staff_id].append(Wish(year, wants, where, reason, training, care, ref, themes, way))
        return count

    def scores(self, table: Table, into: dict[str, list[Score]]) -> int:
        """Assessments by person; an ability is given by its id where the policy has it."""
        findings, dates = self._desk.findings, self._desk.words.dates
        who, year_at, ability_at, own_at, manager_at = table.columns(SCORE)
        years: dict[Scalar, int | None] = {}
        known: dict[Scalar, str | None] = {}
        count = 0
        for ref in table.rows(self._desk.words, findings):
            count += 1
            raw = ref.raw
            staff_id = self._ids.find(raw[who], ref, findings)
            if not staff_id:
                continue
            cell, written = raw[year_at], raw[ability_at]
            if cell not in years:
                years[cell] = read_year(cell, dates)
            if years[cell] is None:
                findings.append(codes.YEAR_UNREADABLE.at(ref, "year", staff_id=staff_id))
            if written not in known:
                known[written] = self._abilities.get(key(read_text(written)))
            ability = known[written]
            if ability is None:
                ability = self._desk.required_text(written, ref, "ability", staff_id)
                if ability:
                    findings.append(codes.ABILITY_UNKNOWN.at(ref, "ability", staff_id=staff_id))
            own = self._score(raw[own_at], ref, "own", staff_id)
            into[staff_id].append(Score(years[cell], ability, own, self._score(raw[manager_at], ref, "manager", staff_id), ref))
        return count

    def _score(self, value: Scalar, ref: RowRef, field: str, staff_id: str) -> int | None:
        if type(value) is int and SCORES[0] <= value <= SCORES[1]:
            return value
        if not read_text(value) or key(read_text(value)) in self._desk.words.none:
            return None
        score = read_integer(value, *SCORES)
        if score is None:
            self._desk.findings.append(codes.SCORE_UNREADABLE.at(ref, field, staff_id=staff_id))
        return score

    def reasons(self, table: Table, into: dict[str, list[Reason]]) -> int:
        """Registered reasons by person, with the rule's id."""
        desk, count = self._desk, 0
        for ref in table.rows(desk.words, desk.findings):
            count += 1
            staff_id = self._who(table, ref)
            if not staff_id:
                continue

            def cell(field: str, ref: RowRef = ref) -> Scalar:
                return ref.raw[table.column(field)]

            written = desk.required_text(cell("rule"), ref, "rule", staff_id)
            rule = self._rule(written)
            if rule is None and written:
                desk.findings.append(codes.RULE_UNKNOWN.at(ref, "rule", staff_id=staff_id))
            into[staff_id].append(
                Reason(
                    rule=rule or written,
                    text=desk.required_text(cell("text"), ref, "text", staff_id),
                    expires=desk.date(cell("expires"), ref, "expires", staff_id),
                    registered_by=read_text(cell("registered_by")),
                    registered_on=desk.date(cell("registered_on"), ref, "registered_on", staff_id),
                    approved_by=read_text(cell("approved_by")),
                    approved_on=desk.date(cell("approved_on"), ref, "approved_on", staff_id),
                    ref=ref,
                )
            )
        return count

    def _rule(self, written: str) -> str | None:
        """A rule by its id, or by the name under which people know it."""
        policy, plain = self._policy, key(written)
        ids = (policy.rotation.rule_id, policy.competency.rule_id, policy.career.rule_id, policy.digital.rule_id)
        for rule_id in ids:
            if plain == key(rule_id):
                return rule_id
        if plain in self._desk.words.rotation_rules:
            return policy.rotation.rule_id
        prefix = key(policy.training.rule_prefix)
        code, _ = self._courses.find(plain.removeprefix(prefix), "", None)
        return policy.training.rule_prefix + code if code else None


def wish_key(row: Wish) -> tuple[int | str, ...]:
    """Canonical order: by year, then texts."""
    return (row.year or 0, row.wants_move, row.where, row.reason, row.training, row.care, row.way or "", *row.themes)


def score_key(row: Score) -> tuple[int, str, int, int]:
    """Canonical order: by year, ability, scores."""
    return (row.year or 0, row.ability, row.own or 0, row.manager or 0)


def reason_key(row: Reason) -> tuple[str, int, int, str, str, str, int]:
    """Canonical order: by rule, day of registration, expiry, texts."""
    days = (day_key(row.registered_on), day_key(row.expires))
    return (row.rule, *days, row.text, row.registered_by, row.approved_by, day_key(row.approved_on))
