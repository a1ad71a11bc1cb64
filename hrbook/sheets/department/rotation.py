"""The rotation sheet: every career aligned by year of service, so that the guide's limit is one vertical line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import RotationStatus as Status
from hrbook.core.results import Count, RotationResult
from hrbook.core.roster import Order
from hrbook.sheets.book import Run, Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.department.places import ROTATION_ROW, Places
from hrbook.sheets.department.rows import paged
from hrbook.sheets.marks import Marks, load_marks
from hrbook.sheets.paper import AROUND, capacity, line_height, lines, pixels, room_for, text_height, units_in
from hrbook.sheets.reasons import RotationWords
from hrbook.sheets.timeline import Strip, Timeline
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 50

RANK, NAME, SERVICE = 5.6, 14.5, 7.0
YEARS_PX = 480  # all years of service together
LATER, PIPS, CHANCE, CHIP, REASON = 16.0, 8.2, 9.8, 15.6, 32.6
FIRST_YEAR = 3  # column of the first year of service
LONGEST = 20  # years of service drawn at most
PIP_LIMIT = 5  # more units than this stand as a number
LATER_SHOWN = 2
NAMED = 3  # people whom the finding names
BAR, SAID, THEN, NOTE = "bar_empty", "td_wrap", "td_wrap center muted rotation_small", "caption_wrap"  # looks of texts
LOW, HIGH = 27.0, 34.0  # row heights
HEAD = 20.0  # points of each of the two rows of heads
LOOK_AT = (Status.OUT_OF_REACH, Status.NEEDS_PLAN, Status.NOT_REACHED, Status.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every row needs, made once."""

    labels: Labels
    marks: Marks
    words: RotationWords
    timeline: Timeline
    places: Places
    years: int

    @property
    def after(self) -> int:
        return FIRST_YEAR + self.years


@dataclass(frozen=True, slots=True)
class _Line:
    """What one row says of a person, and how tall it must be for that."""

    person: Assessed
    strip: Strip
    later: str | None
    reason: str
    turns: str

    @property
    def least(self) -> float:
        """Points of the taller of the two cells whose text is wrapped."""
        said = f"{self.reason}\n{self.turns}" if self.turns else self.reason  # broken as if all were of one size
        later = text_height(self.later, LATER, THEN) if self.later else 0.0
        return max(text_height(said, REASON, SAID), later) + AROUND


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """One row a person, in the order of the staff list."""
    labels, reading = view.labels, view.reading.rotation
    years = min(LONGEST, max([reading.window_years, *(p.rotation.result.window_years for p in view.people)]))
    width = max(3.0, round(YEARS_PX / years / 7 - 5 / 7, 2))
    columns = (RANK, NAME, SERVICE, *([width] * years), LATER, PIPS, CHANCE, CHIP, REASON)
    cell = pixels(width)
    timeline = Timeline(labels, view.reading.year, years, room_for(cell, BAR), units_in(cell, BAR))
    frame = _Frame(labels, load_marks(labels), RotationWords(labels, view.policy, reading), timeline, Places(view), years)
    canvas = Canvas(labels("sheet.rotation.name"), columns)
    band(view, canvas, labels("sheet.rotation.title"), finding(view, frame.words))
    _heads(canvas, frame, reading.window_years)
    canvas.heights.update(dict.fromkeys((ROTATION_ROW - 2, ROTATION_ROW - 1), HEAD))
    page = replace(page_of(view, "rotation"), repeat_rows=(0, ROTATION_ROW - 1))
    notes = _notes(view, frame)
    wide = sum(map(pixels, columns))
    note_heights = [line_height(NOTE) * lines(note, wide, NOTE) + AROUND for note in notes]
    tail = 30.0 + sum(note_heights)
    room = capacity(columns, page) - sum(canvas.heights.values())
    said = [_line(frame, person) for person in view.people]
    heights, starts = paged([line.least for line in said], LOW, HIGH, room, tail)
    canvas.heights.update(enumerate(heights, start=ROTATION_ROW))
    before = None
    for row, line in enumerate(said, start=ROTATION_ROW):
        _row(canvas, frame, row, line, line.person.employee.rank != before or row == ROTATION_ROW)
        before = line.person.employee.rank
    end = ROTATION_ROW + len(view.people)
    canvas.heights[end] = 8
    _legend(canvas, frame, end + 1)
    for row, (note, points) in enumerate(zip(notes, note_heights, strict=True), start=end + 2):
        canvas.put(row, 0, note, NOTE, cols=len(columns))
        canvas.heights[row] = points
    area = (0, 0, end + 1 + len(notes), len(columns) - 1)
    page = replace(page, row_breaks=tuple(ROTATION_ROW + start for start in starts), area=area)
    return (canvas.sheet(page, freeze=(ROTATION_ROW, FIRST_YEAR), tab="blue"),)


def finding(view: DepartmentView, words: RotationWords) -> str:
    """Whom the guide is for, how they stand, and the (at most three) people to look at first."""
    labels = view.labels
    inside = [p for p in view.people if p.rotation.result.status is not Status.NOT_APPLICABLE]
    if not inside:
        return labels("rotation.finding.nobody")
    counts = Counter(p.rotation.result.status for p in inside)
    said = labels("reason.join").join(
        labels("rotation.finding.count", status=labels(f"status.rotation.{s.value}"), count=counts[s])
        for s in Status
        if counts[s]
    )
    text = labels("rotation.finding.counts", total=len(inside), list=said)
    first = to_look_at(inside)
    if not first:
        return text + labels("rotation.finding.none_to_look_at")
    names = labels("reason.join").join(labels("rotation.finding.name", name=p.employee.name) for p in first[:NAMED])
    more = len(first) - NAMED
    key = "rotation.finding.look_at_more" if more > 0 else "rotation.finding.look_at"
    return text + labels(key, names=names, count=more)


def to_look_at(people: Sequence[Assessed]) -> list[Assessed]:
    """People whose standing asks for a look, the most pressing first: out of reach, then by last chance."""

    def pressing(person: Assessed) -> tuple[int, str, int, str]:
        result = person.rotation.result
        chance = result.last_chance.isoformat() if result.last_chance else ""
        return (LOOK_AT.index(result.status), chance, person.service_year or 0, person.employee.staff_id)

    return sorted((p for p in people if p.rotation.result.status in LOOK_AT), key=pressing)


def _heads(canvas: Canvas, frame: _Frame, window: int) -> None:
    labels = frame.labels
    top = ROTATION_ROW - 2
    for col, key in enumerate(("rank", "name", "service_year")):
        canvas.put(top, col, labels(f"rotation.head.{key}"), "th", rows=2)
    shown = min(window, frame.years)
    canvas.put(top, FIRST_YEAR, frame.words.guide(), "th_blue guide_line", cols=shown)
    if shown < frame.years:
        canvas.put(top, FIRST_YEAR + shown, labels("rotation.head.extended"), "th_grey", cols=frame.years - shown)
    for year in range(frame.years):
        look = "th2 guide_line" if year + 1 == shown else "th2"
        canvas.put(top + 1, FIRST_YEAR + year, labels("rotation.head.year", year=year + 1), look)
    canvas.put(top, frame.after, labels("rotation.head.later", year=frame.years + 1), "th", rows=2)
    for offset, key in enumerate(("pips", "last_chance", "verdict", "reason"), start=1):
        canvas.put(top, frame.after + offset, labels(f"rotation.head.{key}"), "th", rows=2)


def _line(frame: _Frame, person: Assessed) -> _Line:
    """The words of one row."""
    strip, words, result = frame.timeline.strip(person), frame.words, person.rotation.result
    reason, turns = words.reason(result), words.turns(result)
    if words.degree(person.rotation) and not _outside(result):
        reason = frame.labels("rotation.for_reference", reason=reason)
    stay = words.stay(person.stay)
    return _Line(
        person,
        strip,
        _later(frame, person, strip.later),
        f"{reason}\n{stay}" if stay else reason,
        frame.labels("rotation.turns", list=turns) if turns else "",
    )


def _row(canvas: Canvas, frame: _Frame, row: int, line: _Line, first: bool) -> None:
    person = line.person
    employee, result = person.employee, person.rotation.result
    top = " group_top" if first else ""
    rank = frame.words.policy.rank_name(employee.rank) or employee.title
    canvas.put(row, 0, rank, f"td_center shrink{' bold' if first else ' muted'}{top}")
    canvas.put(row, 1, employee.name, f"name shrink{top}", link=frame.places.interview(person))
    canvas.put(row, 2, person.service_year, f"td_center nth_year{top}")
    _draw(canvas, frame, row, person, line.strip)
    after = frame.after
    canvas.put(row, after, line.later, f"{THEN}{top}")
    pips = "pips_met" if result.status is Status.MET else "pips muted" if _outside(result) else "pips"
    canvas.put(row, after + 1, _pips(frame.labels, result.counts), f"{pips} shrink{top}")
    chance = frame.labels("rotation.until", day=frame.labels.short_day(result.last_chance)) if result.last_chance else None
    canvas.put(row, after + 2, chance, f"td_center small{top}")
    chip = frame.marks.rotation[result.status]
    if person.stay is not None and not frame.words.reading.requirements:
        chip = frame.marks.stay[person.stay.result.status]
    canvas.put(row, after + 3, chip.text, f"{chip.look} small")
    text, turns = line.reason, line.turns
    runs = (Run(text), Run("\n" + turns, "tiny muted")) if turns else ()
    canvas.put(row, after + 4, f"{text}\n{turns}" if turns else text, f"{SAID}{top}", runs=runs)


def _outside(result: RotationResult) -> bool:
    return result.status is Status.NOT_APPLICABLE


def _draw(canvas: Canvas, frame: _Frame, row: int, person: Assessed, strip: Strip) -> None:
    """Bars up to the present year, an empty rest, the guide's line at the end of the person's own window."""
    result = person.rotation.result
    looks = ["bar_empty"] * frame.years
    texts: list[str | None] = [None] * frame.years
    for piece in strip.pieces:
        looks[piece.first : piece.last + 1] = [piece.look] * (piece.last - piece.first + 1)
        looks[piece.first] += " bar_start"
        texts[piece.first] = piece.text
    if strip.now is not None:
        looks[strip.now] += " now_line"
        if strip.now + 1 < frame.years and result.remaining and not _outside(result) and any(c.missing for c in result.counts):
            texts[strip.now + 1] = frame.labels("rotation.to_go", missing=frame.words.missing(result))
    elif person.service_year is None:
        texts[0] = frame.labels("rotation.no_hire")
    looks[min(result.window_years, frame.years) - 1] += " guide_line"
    for year, (look, text) in enumerate(zip(looks, texts, strict=True)):
        canvas.put(row, FIRST_YEAR + year, text, look)


def _later(frame: _Frame, person: Assessed, later: Sequence[str]) -> str | None:
    """Posts after the years that are drawn, the last ones; then what is announced."""
    arrow = frame.labels("rotation.then")
    parts = []
    if later:
        parts.append((frame.labels("rotation.before") if len(later) > LATER_SHOWN else "") + arrow.join(later[-LATER_SHOWN:]))
    elif person.service_year is not None and person.service_year > frame.years:
        parts.append(frame.labels("rotation.same_post"))
    parts.extend(_announced(frame.labels, order) for order in person.future_orders[:1])
    return "\n".join(parts) or None


def _announced(labels: Labels, order: Order) -> str:
    post = order.post
    day = labels.short_day(order.on if isinstance(order.on, date) else None)
    return labels("rotation.announced", day=day, unit=post.section or post.department or post.bureau or order.kind)


def _pips(labels: Labels, counts: Sequence[Count]) -> str:
    """One mark a unit: entered within the window, and still missing."""
    return labels("rotation.pips_join").join(_pip(labels, count) for count in counts)


def _pip(labels: Labels, count: Count) -> str:
    if max(count.count, count.minimum) > PIP_LIMIT:
        return labels("rotation.pips_number", count=count.count, minimum=count.minimum)
    return labels("rotation.pip") * count.count + labels("rotation.pip_missing") * count.missing


def _legend(canvas: Canvas, frame: _Frame, row: int) -> None:
    """Samples of the bars under the years, then what the signs mean."""
    labels = frame.labels
    canvas.heights[row] = 20
    canvas.put(row, 0, labels("rotation.legend.title"), "h3", cols=FIRST_YEAR)
    samples = [(f"bar{n}", labels("rotation.legend.nth", number=n)) for n in range(1, 5)]
    samples += [("bar_secondment", labels("rotation.legend.secondment")), ("bar_unknown", labels("rotation.legend.unknown"))]
    step = max(1, frame.years // len(samples))
    col = FIRST_YEAR
    for look, text in samples:
        canvas.put(row, col, text, f"{look} center small", cols=step)
        col += step
    canvas.put(row, col, labels("rotation.legend.signs"), "legend_label", cols=len(canvas.columns) - col)


def _notes(view: DepartmentView, frame: _Frame) -> list[str]:
    """The reading in which the verdicts hold, and the policy's own reservation."""
    labels = view.labels
    said = [labels("rotation.reading_item", name=name, value=value) for name, value in frame.words.declared()]
    half = (len(said) + 1) // 2
    gap = labels("rotation.reading_gap")
    return [
        labels("rotation.legend.more"),
        labels("rotation.reading", list=gap.join(said[:half])),
        labels("rotation.reading_more", list=gap.join(said[half:])),
        labels("rotation.caveat", caveat=view.policy.rotation.caveat, place=view.policy.place(view.policy.rotation.clause)),
    ]
