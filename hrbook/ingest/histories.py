"""Rows of the histories -> orders, completions and leaves of each person, in an order that no file's row order changes."""

from __future__ import annotations

from datetime import date

from hrbook.core.roster import Completion, Leave, MaybeDate, Nature, Order, Outcome
from hrbook.core.source import RowRef, Scalar
from hrbook.ingest import codes
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.desk import Desk, day_key
from hrbook.ingest.natures import OrderReading, read_order
from hrbook.ingest.order_cells import TOGETHER, orders_in, several
from hrbook.ingest.staff_ids import StaffIds
from hrbook.ingest.table import Table
from hrbook.ingest.titles import TitleTable
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import Broken

ORDER = ("on", "kind", "title", "remark", "end", "bureau", "department", "section", "code")


def read_orders(table: Table, ids: StaffIds, titles: TitleTable, desk: Desk, into: dict[str, list[Order]]) -> int:
    """The orders of one sheet, by person. Returns the number of data rows."""
    at = table.column
    columns = table.columns(ORDER)
    who, findings = at("staff_id"), desk.findings
    readings: dict[tuple[str, str, str], OrderReading] = {}
    count = 0
    together, name_at = table.columns(TOGETHER), at("name")
    for ref in table.rows(desk.words, findings):
        count += 1
        staff_id = ids.find(ref.raw[who], ref, findings)
        if not staff_id or not desk.same_person(ref.raw[name_at], ref, staff_id):
            continue
        many = any(several(ref.raw[column]) for column in together)
        for row in orders_in(ref, desk, staff_id) if many else (ref,):
            _read_order(row, staff_id, columns, titles, desk, readings, into)
    return count


def _read_order(
    ref: RowRef,
    staff_id: str,
    columns: tuple[int, ...],
    titles: TitleTable,
    desk: Desk,
    readings: dict[tuple[str, str, str], OrderReading],
    into: dict[str, list[Order]],
) -> None:
    """One order into its person's list; `columns` are those of ORDER."""
    raw, findings = ref.raw, desk.findings
    on, kind_at, title_at, remark_at, end, bureau, department, section, code = columns
    kind, title, remark = read_text(raw[kind_at]), read_text(raw[title_at]), read_text(raw[remark_at])
    reading = readings.get((kind, remark, title))
    if reading is None:
        reading = readings[kind, remark, title] = read_order(kind, remark, title, desk.words.orders)
    if reading.private:
        findings.append(codes.PRIVATE_ORDER.on_sheet(ref.source.file, ref.source.sheet, ref.address("kind")))
        return
    post = desk.place((raw[bureau], raw[department], raw[section], raw[code]), ref, staff_id)
    rank, exact = titles.rank(title, post) if title else (None, True)
    if not exact:
        said = codes.TITLE_UNKNOWN if rank is None else codes.TITLE_READ
        findings.append(said.at(ref, "title", understood=titles.name(rank), staff_id=staff_id))
    _say_order(ref, reading, post.blank, staff_id, desk)
    into[staff_id].append(
        Order(
            on=desk.required_date(raw[on], ref, "on", staff_id),
            post=post,
            title=title,
            rank=rank,
            kind=kind,
            nature=reading.nature,
            step_down=reading.step_down,
            received=reading.received,
            end=desk.date(raw[end], ref, "end", staff_id),
            remark=remark,
            ref=ref,
            hire=reading.hire,
            promotion=reading.promotion,
            left_management=reading.left_management,
        )
    )


def _say_order(ref: RowRef, reading: OrderReading, blank: bool, staff_id: str, desk: Desk) -> None:
    if not reading.known:
        understood = reading.nature.value
        desk.findings.append(codes.ORDER_WORD_UNKNOWN.at(ref, "kind", understood=understood, staff_id=staff_id))
    if reading.by_text:
        desk.findings.append(codes.SECOND_POST_READ.at(ref, "remark", understood=reading.nature.value, staff_id=staff_id))
    if blank and reading.nature is not Nature.LEAVING:
        desk.findings.append(codes.ORDER_WITHOUT_UNIT.at(ref, "department", staff_id=staff_id))


def order_key(order: Order) -> tuple[int, str, str, str, str, str, str, str, int, str]:
    """Canonical order: by date, then by what the row says, never by where it stands."""
    post = order.post
    place = (post.bureau, post.department, post.section, post.code)
    return (day_key(order.on), order.nature.value, *place, order.title, order.kind, day_key(order.end), order.remark)


def read_completions(table: Table, ids: StaffIds, courses: CourseIndex, desk: Desk, into: dict[str, list[Completion]]) -> int:
    """The training register of one sheet, by person. Returns the number of data rows."""
    at = table.column
    who, course_at, code_at, on_at, outcome_at = (at(f) for f in ("staff_id", "course", "course_code", "on", "outcome"))
    findings, outcomes, name_at = desk.findings, desk.words.outcome, at("name")
    known: dict[Scalar, Outcome | None] = {None: Outcome.COMPLETED}
    count = 0
    for ref in table.rows(desk.words, findings):
        count += 1
        raw = ref.raw
        staff_id = ids.find(raw[who], ref, findings)
        if not staff_id or not desk.same_person(raw[name_at], ref, staff_id):
            continue
        course, written = read_text(raw[course_at]), read_text(raw[code_at])
        if not course and not written:
            findings.append(codes.ROW_NOT_USED.at(ref, "course", staff_id=staff_id))
            continue
        on = desk.required_date(raw[on_at], ref, "on", staff_id)
        code, said = courses.find(course, written, on)
        near = courses.near(course, on) if said is codes.COURSE_UNKNOWN and course else None
        if near is not None:
            code = near[0] if desk.consent(codes.COURSE_NEAR, ref, "course", near[1], staff_id) else None
        elif said is not None:
            field = "course" if course else "course_code"
            findings.append(said.at(ref, field, understood=code, staff_id=staff_id))
        cell = raw[outcome_at]
        if cell not in known:
            text = key(read_text(cell))
            known[cell] = None if isinstance(cell, Broken) else outcomes.get(text) if text else Outcome.COMPLETED
        outcome = known[cell]
        if outcome is None and not isinstance(cell, Broken):
            findings.append(codes.OUTCOME_UNKNOWN.at(ref, "outcome", staff_id=staff_id))
        into[staff_id].append(Completion(course or written, code, on, outcome, ref))
    return count


def completion_key(row: Completion) -> tuple[int, str, str, str]:
    """Canonical order: by date, then course and result."""
    return (day_key(row.on), row.code or "", row.course, row.outcome or "")


def read_leaves(table: Table, ids: StaffIds, desk: Desk, into: dict[str, list[Leave]]) -> int:
    """The leaves of one sheet, by person; shorter hours are marked as no absence. Returns the number of data rows."""
    at = table.column
    count = 0
    for ref in table.rows(desk.words, desk.findings):
        count += 1
        raw = ref.raw
        staff_id = ids.find(raw[at("staff_id")], ref, desk.findings)
        if not staff_id or not desk.same_person(raw[at("name")], ref, staff_id):
            continue
        kind = desk.required_text(raw[at("kind")], ref, "kind", staff_id)
        plain = key(kind)
        if plain in desk.words.at_work_kinds:
            desk.findings.append(codes.AT_WORK.at(ref, "kind", staff_id=staff_id))
        elif plain and plain not in desk.words.leave_kinds:
            desk.findings.append(codes.LEAVE_KIND_UNKNOWN.at(ref, "kind", staff_id=staff_id))
        start = desk.required_date(raw[at("start")], ref, "start", staff_id)
        end = desk.date(raw[at("end")], ref, "end", staff_id)
        if _reversed(start, end):
            desk.findings.append(codes.DATES_REVERSED.at(ref, "end", staff_id=staff_id))
        into[staff_id].append(Leave(kind, start, end, ref, plain not in desk.words.at_work_kinds))
    return count


def leave_key(row: Leave) -> tuple[int, int, str]:
    """Canonical order: by its days, then kind."""
    return (day_key(row.start), day_key(row.end), row.kind)


def _reversed(start: MaybeDate, end: MaybeDate) -> bool:
    return isinstance(start, date) and isinstance(end, date) and end < start
