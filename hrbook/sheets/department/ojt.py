"""Training at the workplace and learning by oneself (policy chapter 5, section 2): newcomers and their trainers, what people of
the department have learnt outside the courses, and what they wish to learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from hrbook.core.learning import learnt, wish_year, wished
from hrbook.core.ojt_types import OjtStatus
from hrbook.core.roster import Qualification
from hrbook.sheets.book import Sheet, Value
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.contents import held
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.ojt_words import FIRST, OjtWords
from hrbook.sheets.paper import AROUND, capacity, line_height, lines, pixels, text_height
from hrbook.sheets.view import DepartmentView

ORDER = 45
WIDTHS = (9.6, 16.5, 14, 8.5, 15, 22, 19, 45)
GAP = 8.0  # points between blocks
NOTE = "caption_wrap"
MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the sheet: id of its words, columns (id, place, columns taken, look), rows."""

    id: str
    columns: Sequence[tuple[str, int, int, str]]
    rows: Sequence[tuple[Value, ...]]
    chips: Sequence[str] = ()  # looks of the column "status", row by row


@dataclass(frozen=True, slots=True)
class _Heights:
    """Points of a row with one line, and of a heading row."""

    row: float
    head: float

    def of(self, block: _Block, values: Sequence[Value]) -> float:
        """Points of a row, by the cell with most lines."""
        columns = zip(block.columns, values, strict=True)
        wrapped = [(value, col, cols, look) for (_, col, cols, look), value in columns if "wrap" in look]
        return self.row + max((_more(*cell) for cell in wrapped), default=0.0)

    def whole(self, blocks: Sequence[_Block]) -> float:
        """Points of all blocks one below the other."""
        return sum(2 * self.head + GAP + sum(self.of(block, values) for values in block.rows) for block in blocks)


ROOMY, TIGHT = _Heights(20.0, 24.0), _Heights(17.0, 19.0)


@dataclass(slots=True)
class _Paper:
    """Where on its page the canvas stands: `room` points a page below what every page repeats."""

    canvas: Canvas
    room: float
    heights: _Heights
    filled: float = 0.0
    breaks: list[int] = field(default_factory=list)

    def keep(self, points: float) -> bool:
        """Go to a new page unless so much fits on this one; whether it did."""
        turns = self.filled > 0 and self.filled + points > self.room
        if turns:
            self.breaks.append(self.canvas.row)
            self.filled = 0.0
        return turns

    def next(self, points: float) -> None:
        """End the row with this height."""
        self.canvas.heights[self.canvas.row] = points
        self.canvas.row += 1
        self.filled += points


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """One sheet; none where there is neither a newcomer nor a trainer nor anything learnt or wished."""
    if "ojt" not in held(view):
        return ()
    labels = view.labels
    words = words_of(view)
    blocks = [block for block in (_newcomers(view, words), _trainers(view, words), _records(view), _wishes(view)) if block.rows]
    canvas = Canvas(labels("sheet.ojt.name"), WIDTHS)
    band(view, canvas, labels("sheet.ojt.title"), _finding(view))
    page = replace(page_of(view, "ojt"), repeat_rows=(0, canvas.row - 1))
    policy = view.policy
    notes = {"ojt": policy.place(policy.learning.ojt_clause), "clause": policy.place(policy.learning.clause)}
    note = labels("ojt.note", asked=words.asked(), **notes)
    below = AROUND + text_height(note, sum(WIDTHS), NOTE)
    room = capacity(WIDTHS, page) - sum(canvas.heights.values()) - below
    paper = _Paper(canvas, room, TIGHT if TIGHT.whole(blocks) <= room < ROOMY.whole(blocks) else ROOMY)
    for block in blocks:
        _put(paper, view, block)
    canvas.put(canvas.row, 0, note, NOTE, cols=len(WIDTHS))
    canvas.heights[canvas.row] = below
    page = replace(page, row_breaks=tuple(paper.breaks))
    return (canvas.sheet(page, freeze=(2, 0), tab="orange"),)


def words_of(view: DepartmentView) -> OjtWords:
    """OJT in words for the readers of this book: they see its own people."""
    return OjtWords(view.labels, view.reading, {p.employee.staff_id: p.employee.name for p in view.people})


def _put(paper: _Paper, view: DepartmentView, block: _Block) -> None:
    """Place a block below what is there: on one page where it fits on one, else with its heads again on every page."""
    canvas, labels, heads = paper.canvas, view.labels, 2 * paper.heights.head
    heights = [paper.heights.of(block, values) for values in block.rows]
    whole = heads + sum(heights)
    paper.keep(whole if whole <= paper.room else heads + heights[0])
    canvas.put(canvas.row, 0, labels(f"ojt.block.{block.id}", count=len(block.rows)), "h2", cols=len(WIDTHS))
    paper.next(paper.heights.head)
    _heads(paper, view, block)
    for number, (values, height) in enumerate(zip(block.rows, heights, strict=True)):
        if paper.keep(height):
            _heads(paper, view, block)
        for (key, col, cols, look), value in zip(block.columns, values, strict=True):
            canvas.put(canvas.row, col, value, block.chips[number] if key == "status" else look, cols=cols)
        paper.next(height)
    paper.next(GAP)


def _heads(paper: _Paper, view: DepartmentView, block: _Block) -> None:
    for key, col, cols, _ in block.columns:
        paper.canvas.put(paper.canvas.row, col, view.labels(f"ojt.column.{key}"), "th", cols=cols)
    paper.next(paper.heights.head)


def _more(value: Value, col: int, cols: int, look: str) -> float:
    """Points of the lines of a text after its first."""
    if not isinstance(value, str):
        return 0.0
    return (lines(value, sum(map(pixels, WIDTHS[col : col + cols])), look) - 1) * line_height(look)


def _newcomers(view: DepartmentView, words: OjtWords) -> _Block:
    """Whoever is new or trained, those without a trainer first."""
    found = [(p, p.ojt.newcomer) for p in view.people if p.ojt is not None and p.ojt.newcomer is not None]
    found.sort(key=lambda pair: FIRST.index(pair[1].status))  # stable: then as on the staff list
    rows = []
    for person, newcomer in found:
        who = person.employee
        year = person.service_year
        service = view.labels("interview.unknown") if year is None else view.labels("interview.nth_year", year=year)
        head = (who.staff_id, who.name, who.post.section or None, service, words.chip(newcomer.status).text)
        told = words.trainers(newcomer) or None, words.span(newcomer) or None, words.reason(person, newcomer)
        rows.append((*head, *told))
    columns = (
        ("staff_id", 0, 1, "staff_id"), ("name", 1, 1, "name shrink"), ("section", 2, 1, "td_small shrink"),
        ("service", 3, 1, "td_center"), ("status", 4, 1, ""), ("trainer", 5, 1, "td_wrap"), ("span", 6, 1, "td_wrap small"),
        ("reason", 7, 1, "td_wrap small"),
    )  # fmt: skip
    return _Block("newcomers", columns, rows, [words.chip(n.status).look for _, n in found])


def _trainers(view: DepartmentView, words: OjtWords) -> _Block:
    """The department's own trainers, and whom they train."""
    rows = []
    for person in view.people:
        if person.ojt is None or not person.ojt.trains:
            continue
        who = person.employee
        rank = view.policy.rank_name(who.rank) or who.title
        head = (who.staff_id, who.name, who.post.section or None, rank)
        rows.append((*head, len(person.ojt.trains), words.newcomers(person.ojt)))
    columns = (
        ("staff_id", 0, 1, "staff_id"), ("name", 1, 1, "name shrink"), ("section", 2, 1, "td_small shrink"),
        ("rank", 3, 1, "td_center shrink"), ("count", 4, 1, "count"), ("newcomers", 5, 3, "td shrink"),
    )  # fmt: skip
    return _Block("trainers", columns, rows)


def _records(view: DepartmentView) -> _Block:
    """Qualifications and other learning on record, person by person, the latest first."""
    learning, labels = view.policy.learning, view.labels
    rows = []
    for person in view.people:
        who = person.employee
        for record in sorted(learnt(who, view.reading.as_of), key=_latest):
            kind = learning.kind_name(record.kind) or labels("learning.no_kind")
            day = labels.short_day(record.on) if isinstance(record.on, date) else labels("learning.no_day")
            paid = record.subsidy or None
            rows.append((who.staff_id, who.name, kind, record.name, day, paid))
    columns = (
        ("staff_id", 0, 1, "staff_id"), ("name", 1, 1, "name shrink"), ("kind", 2, 2, "td_small shrink"),
        ("record", 4, 2, "td shrink"), ("on", 6, 1, "td_center"), ("subsidy", 7, 1, "td_small shrink"),
    )  # fmt: skip
    return _Block("records", columns, rows)


def _latest(record: Qualification) -> tuple[int, str]:
    return (-record.on.toordinal() if isinstance(record.on, date) else 0, record.name)


def _wishes(view: DepartmentView) -> _Block:
    """Themes that people of the department wish to learn about, the most wished for first."""
    labels, people = view.labels, [p.employee for p in view.people]
    year = wish_year(people, view.reading.year)
    rows = []
    for theme in view.policy.learning.themes if year is not None else ():
        names = [p.name for p in people if any(theme.id in wish.themes for wish in wished(p, year or 0))]
        if names:
            shown = labels("list.separator").join(names[:MOST_NAMES])
            more = len(names) - MOST_NAMES
            text = labels("takers.more", names=shown, count=more) if more > 0 else shown
            rows.append((theme.name, len(names), text))
    rows.sort(key=lambda row: -row[1])
    columns = (("theme", 0, 2, "td bold shrink"), ("people", 2, 1, "count"), ("names", 3, 5, "td_wrap small"))
    return _Block("wishes", columns, rows)


def _finding(view: DepartmentView) -> str:
    labels = view.labels
    trained = [p.ojt.newcomer for p in view.people if p.ojt is not None and p.ojt.newcomer is not None]
    found = [newcomer for newcomer in trained if newcomer.new]
    without = sum(1 for newcomer in found if newcomer.status is OjtStatus.NONE)
    look = sum(1 for newcomer in found if newcomer.status is OjtStatus.LOOK)
    records = sum(1 for p in view.people if learnt(p.employee, view.reading.as_of))
    facts = {"newcomers": len(found), "without": without, "look": look, "records": records}
    return labels("ojt.finding" if found else "ojt.finding_none", **facts)
