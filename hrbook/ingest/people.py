"""Rows of the staff roster -> people without their histories; rows that cannot be used are set aside with a finding."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.policy import Policy
from hrbook.core.roster import (
    UNREADABLE,
    Completion,
    Employee,
    Employment,
    Leave,
    MaybeDate,
    Order,
    Presence,
    Qualification,
    Reason,
    Score,
    SetAside,
    Trainer,
    Wish,
)
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.dates import read_date
from hrbook.ingest.desk import Desk
from hrbook.ingest.doubtful import kept_rows, repeated
from hrbook.ingest.remarks import read_remark
from hrbook.ingest.staff_ids import StaffIds, common_width, own_id
from hrbook.ingest.table import Table
from hrbook.ingest.titles import TitleTable
from hrbook.ingest.values import read_name, read_text, split_list
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import Broken

Draft = tuple[str, Table, RowRef]
FIELDS = (
    "name",
    "kana",
    "birth",
    "hired",
    "hire_route",
    "employment",
    "job_family",
    "title",
    "rank_start",
    "bureau",
    "department",
    "section",
    "code",
    "presence",
    "roles",
    "tier",
    "left",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the other sheets say of one person, each part in its canonical order."""

    orders: tuple[Order, ...]
    completions: tuple[Completion, ...]
    leaves: tuple[Leave, ...]
    wishes: tuple[Wish, ...]
    scores: tuple[Score, ...]
    reasons: tuple[Reason, ...]
    qualifications: tuple[Qualification, ...]
    trainers: tuple[Trainer, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """Roster rows that are used, with their numbers, in order of number; rows set aside; data rows seen."""

    rows: tuple[Draft, ...]
    set_aside: tuple[SetAside, ...]
    rows_read: int
    ids: StaffIds


def find_staff(tables: list[Table], desk: Desk) -> Staff:
    """Who is on the roster. Set aside: no staff number, no department, a number that stands twice (all its rows)."""
    refs = kept_rows([(table, ref) for table in tables for ref in table.rows(desk.words, desk.findings)], desk)
    cells = [ref.raw_of("staff_id") for _, ref in refs]
    width = common_width(cells)
    numbered = [(*own_id(cell, width), table, ref) for cell, (table, ref) in zip(cells, refs, strict=True)]
    repeats = repeated([(staff_id, ref) for staff_id, _, _, ref in numbered], desk)
    numbered = [row for row in numbered if id(row[3]) not in repeats]
    counted = Counter(staff_id for staff_id, *_ in numbered if staff_id)
    rows: list[Draft] = []
    aside: list[SetAside] = []
    for staff_id, said, table, ref in numbered:
        code, field = None, "staff_id"
        if not staff_id:
            code = codes.NO_STAFF_ID
        elif counted[staff_id] > 1:
            code = codes.STAFF_ID_TWICE
        elif not any(read_text(ref.raw_of(part)) for part in ("bureau", "department", "code")):
            code, field = codes.NO_DEPARTMENT, "bureau"
        for remark in said:
            desk.findings.append(remark.at(ref, "staff_id", understood=staff_id, staff_id=staff_id))
        if code is None:
            rows.append((staff_id, table, ref))
        else:
            name = read_name(ref.raw_of("name"))
            facts: dict[str, Scalar] = {"name": name, "rows": counted[staff_id]}
            desk.findings.append(code.at(ref, field, staff_id=staff_id, facts=facts))
            aside.append(SetAside(staff_id, name, code.id, ref))
    rows.sort(key=lambda draft: draft[0])
    aside.sort(key=lambda row: (row.staff_id, row.code, row.ref.source.sheet, row.ref.row))
    ids = StaffIds([row[0] for row in rows], [row.staff_id for row in aside if row.staff_id], cells)
    return Staff(tuple(rows), tuple(aside), len(numbered), ids)


class PeopleReader:
    """Turns used roster rows into people."""

    def __init__(self, policy: Policy, titles: TitleTable, desk: Desk) -> None:
        self._desk = desk
        self._titles = titles
        self._tiers = {key(text): tier.id for tier in policy.digital.tiers for text in (tier.id, tier.name)}
        self._default_tier = next((tier.id for tier in policy.digital.tiers if tier.default), None)
        self._presence = sorted(desk.words.presence.items(), key=lambda item: (-len(item[0]), item[0]))

    def read(self, staff_id: str, table: Table, ref: RowRef, parts: Parts) -> Employee:
        """One person: the roster row, with what the other sheets say."""
        desk, raw = self._desk, ref.raw
        cells = [raw[column] for column in table.columns(FIELDS)]
        (name, kana, birth, hired, route, employment, family, title_cell, rank_start) = cells[:9]
        (bureau, department, section, code, presence_cell, roles, tier, left_cell) = cells[9:]
        self._say_lost_glyphs((("name", name), ("kana", kana), ("bureau", bureau), ("department", department)), ref, staff_id)
        if not read_name(name) and not isinstance(name, Broken):
            desk.findings.append(codes.REQUIRED_BLANK.at(ref, "name", staff_id=staff_id))
        post = desk.place((bureau, department, section, code), ref, staff_id)
        title = desk.required_text(title_cell, ref, "title", staff_id)
        rank, exact = self._titles.rank(title, post) if title else (None, True)
        if not exact:
            said = codes.TITLE_UNKNOWN if rank is None else codes.TITLE_READ
            desk.findings.append(said.at(ref, "title", understood=self._titles.name(rank), staff_id=staff_id))
        left = desk.date(left_cell, ref, "left", staff_id)
        presence, left = self._present(presence_cell, left, ref, staff_id)
        remark = ref.raw[table.column("remark")]
        if type(remark) is str:
            presence, left, parts = self._remarked(remark, presence, left, parts, ref, staff_id)
        return Employee(
            staff_id=staff_id,
            name=read_name(name),
            kana=read_name(kana),
            birth=desk.required_date(birth, ref, "birth", staff_id),
            hired=desk.required_date(hired, ref, "hired", staff_id),
            hire_route=read_text(route),
            employment=self._employment(employment, ref, staff_id),
            job_family=desk.required_text(family, ref, "job_family", staff_id),
            title=title,
            rank=rank,
            rank_start=desk.date(rank_start, ref, "rank_start", staff_id),
            post=post,
            presence=presence,
            roles=split_list(roles, desk.words) if roles is not None else (),
            tier=self._tier(tier, ref, staff_id),
            left=left,
            ref=ref,
            orders=parts.orders,
            completions=parts.completions,
            leaves=parts.leaves,
            wishes=parts.wishes,
            scores=parts.scores,
            reasons=parts.reasons,
            qualifications=parts.qualifications,
            trainers=parts.trainers,
        )

    def _say_lost_glyphs(self, cells: tuple[tuple[str, Scalar], ...], ref: RowRef, staff_id: str) -> None:
        for field, text in cells:
            if type(text) is str and self._desk.words.lost_glyphs.search(text):
                self._desk.findings.append(codes.GLYPH_LOST.at(ref, field, staff_id=staff_id))

    def _employment(self, value: Scalar, ref: RowRef, staff_id: str) -> Employment | None:
        """Blank is regular (roster.toml)."""
        if isinstance(value, Broken):
            return None
        text = read_text(value)
        found = self._desk.words.employment.get(key(text)) if text else Employment.REGULAR
        if found is None:
            self._desk.findings.append(codes.EMPLOYMENT_UNKNOWN.at(ref, "employment", staff_id=staff_id))
        return found

    def _present(self, value: Scalar, left: MaybeDate, ref: RowRef, staff_id: str) -> tuple[Presence | None, MaybeDate]:
        """Blank is active. A word followed by dates is read by its word; a leaving date in it fills a blank one."""
        if isinstance(value, Broken):
            return None, left
        text = read_text(value)
        plain = key(text)
        if not plain:
            return Presence.ACTIVE, left
        found = self._desk.words.presence.get(plain)
        if found is not None:
            return found, left
        for word, presence in self._presence:
            rest = plain.removeprefix(word)
            if rest != plain and any(sign.isdigit() for sign in rest):
                day, _ = read_date(rest.strip("()"), self._desk.words.dates, False)
                dated = presence is Presence.GONE and isinstance(day, date)
                self._desk.findings.append(
                    codes.PRESENCE_DATE_READ.at(
                        ref, "presence", understood=day if dated and isinstance(day, date) else None, staff_id=staff_id
                    )
                )
                return presence, day if dated and left is None else left
        self._desk.findings.append(codes.PRESENCE_UNKNOWN.at(ref, "presence", staff_id=staff_id))
        return None, left

    def _remarked(
        self, text: str, presence: Presence | None, left: MaybeDate, parts: Parts, ref: RowRef, staff_id: str
    ) -> tuple[Presence | None, MaybeDate, Parts]:
        """What the remark adds, where nothing else says it. Without consent it leaves open what it is about."""
        for remark in read_remark(text, self._desk.words):
            if remark.presence is Presence.SECONDED:
                if presence is not Presence.SECONDED:
                    self._desk.findings.append(codes.REMARK_SECONDED.at(ref, "remark", staff_id=staff_id))
            elif remark.presence is Presence.GONE:
                if left is None and presence is not Presence.GONE:
                    sure = self._desk.consent(codes.REMARK_LEFT, ref, "remark", remark.said, staff_id)
                    left = remark.start if sure and remark.start is not None else UNREADABLE
            elif not any(leave.start == remark.start for leave in parts.leaves):
                sure = self._desk.consent(codes.REMARK_LEAVE, ref, "remark", remark.said, staff_id)
                if sure and remark.start is None:
                    presence = Presence.LEAVE
                    continue
                start, end = (remark.start, remark.end) if sure else (UNREADABLE, UNREADABLE)
                parts = replace(parts, leaves=(*parts.leaves, Leave(remark.word, start, end, ref)))
        return presence, left, parts

    def _tier(self, value: Scalar, ref: RowRef, staff_id: str) -> str | None:
        """Blank is the policy's default tier (rules.md 3)."""
        if isinstance(value, Broken):
            return None
        text = read_text(value)
        if not text:
            return self._default_tier
        found = self._tiers.get(key(text))
        if found is None:
            self._desk.findings.append(codes.TIER_UNKNOWN.at(ref, "tier", staff_id=staff_id))
        return found
