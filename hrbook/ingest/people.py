"""Rows of the staff roster -> people without their histories; rows that cannot be used are set aside with a finding."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from hrbook.core.policy import Policy
from hrbook.core.roster import Employee, Employment, MaybeDate, Presence, SetAside
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.dates import read_date
from hrbook.ingest.desk import Desk
from hrbook.ingest.staff_ids import StaffIds, common_width, own_id
from hrbook.ingest.table import Table
from hrbook.ingest.titles import TitleTable
from hrbook.ingest.values import read_name, read_text, split_list
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import Broken

Draft = tuple[str, Table, RowRef]


@dataclass(frozen=True, slots=True)
class Staff:
    """Roster rows that are used, with their numbers, in order of number; rows set aside; data rows seen."""

    rows: tuple[Draft, ...]
    set_aside: tuple[SetAside, ...]
    rows_read: int
    ids: StaffIds


def find_staff(tables: list[Table], desk: Desk) -> Staff:
    """Who is on the roster. Set aside: no staff number, no department, a number that stands twice (all its rows)."""
    refs = [(table, ref) for table in tables for ref in table.rows(desk.words, desk.findings)]
    cells = [ref.raw_of("staff_id") for _, ref in refs]
    width = common_width(cells)
    numbered = [(*own_id(cell, width), table, ref) for cell, (table, ref) in zip(cells, refs, strict=True)]
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
    return Staff(tuple(rows), tuple(aside), len(refs), ids)


class PeopleReader:
    """Turns used roster rows into people."""

    def __init__(self, policy: Policy, titles: TitleTable, desk: Desk) -> None:
        self._desk = desk
        self._titles = titles
        self._tiers = {key(text): tier.id for tier in policy.digital.tiers for text in (tier.id, tier.name)}
        self._default_tier = next((tier.id for tier in policy.digital.tiers if tier.default), None)
        self._presence = sorted(desk.words.presence.items(), key=lambda item: (-len(item[0]), item[0]))

    def read(self, staff_id: str, table: Table, ref: RowRef) -> Employee:
        """One person, as the roster row has them."""
        desk, raw, at = self._desk, ref.raw, table.column
        for field in ("name", "kana", "bureau", "department", "section"):
            text = raw[at(field)]
            if type(text) is str and desk.words.lost_glyphs.search(text):
                desk.findings.append(codes.GLYPH_LOST.at(ref, field, staff_id=staff_id))
        name = read_name(raw[at("name")])
        if not name and not isinstance(raw[at("name")], Broken):
            desk.findings.append(codes.REQUIRED_BLANK.at(ref, "name", staff_id=staff_id))
        post = desk.post(raw[at("bureau")], raw[at("department")], raw[at("section")], raw[at("code")])
        title = desk.required_text(raw[at("title")], ref, "title", staff_id)
        rank, exact = self._titles.rank(title, post) if title else (None, True)
        if title and not exact:
            code = codes.TITLE_UNKNOWN if rank is None else codes.TITLE_READ
            desk.findings.append(code.at(ref, "title", understood=self._titles.name(rank), staff_id=staff_id))
        left = desk.date(raw[at("left")], ref, "left", staff_id)
        presence, left = self._present(raw[at("presence")], left, ref, staff_id)
        return Employee(
            staff_id=staff_id,
            name=name,
            kana=read_name(raw[at("kana")]),
            birth=desk.required_date(raw[at("birth")], ref, "birth", staff_id),
            hired=desk.required_date(raw[at("hired")], ref, "hired", staff_id),
            hire_route=read_text(raw[at("hire_route")]),
            employment=self._employment(raw[at("employment")], ref, staff_id),
            job_family=desk.required_text(raw[at("job_family")], ref, "job_family", staff_id),
            title=title,
            rank=rank,
            rank_start=desk.date(raw[at("rank_start")], ref, "rank_start", staff_id),
            post=post,
            presence=presence,
            roles=split_list(raw[at("roles")], desk.words),
            tier=self._tier(raw[at("tier")], ref, staff_id),
            left=left,
            ref=ref,
        )

    def _employment(self, value: Scalar, ref: RowRef, staff_id: str) -> Employment | None:
        """Blank is regular (roster.toml)."""
        if isinstance(value, Broken):
            return None
        text = read_text(value)
        found = self._desk.words.employment.get(key(text)) if text else Employment.REGULAR
        if found is None:
            self._desk.findings.append(codes.EMPLOYMENT_UNKNOWN.at(ref, "employment", staff_id=staff_id))
        return found

    def _present(
        self, value: Scalar, left: MaybeDate, ref: RowRef, staff_id: str
    ) -> tuple[Presence | None, MaybeDate]:
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
