"""How the run reads what the policy leaves open: every setting with its source, and on which readings verdicts turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hrbook.core.judgement import RotationStatus
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.book import DataColumn, DataSheet, Sheet, Value
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.reasons import RotationWords
from hrbook.sheets.setting_words import setting_words

ORDER = 50
WIDTHS = (28, 24, 22, 14, 20, 62)
GRID_COLUMNS = (
    ("staff_id", "text", 12), ("name", "text", 20), ("department", "text", 36), ("status", "text", 18),
    ("tried", "integer", 18), ("agree", "integer", 16), ("same", "integer", 22), ("nearest", "text", 56),
    ("turned", "text", 18),
)  # fmt: skip
TURN_COLUMNS = (
    ("staff_id", "text", 12), ("name", "text", 20), ("department", "text", 36), ("status", "text", 16),
    ("status_name", "text", 18),
    ("reading", "text", 26), ("reading_name", "text", 40), ("turned", "text", 16), ("turned_name", "text", 18),
)  # fmt: skip


def sheets(desk: Desk) -> tuple[Sheet | DataSheet, ...]:
    """The readings on one sheet, what they come to for everybody on another, whose verdicts turn and on what on a third."""
    return (_readings(desk), *_grid(desk), *_turns(desk))


def _readings(desk: Desk) -> Sheet:
    labels = desk.labels
    people = [p for p in desk.view.assessment.people if p.rotation.result.status is not RotationStatus.NOT_APPLICABLE]
    turning = sum(1 for p in people if p.rotation.result.turns)
    own = sum(1 for v in desk.reading.values if v.set_by_city)
    canvas = Canvas(desk.sheet_name("audit_readings"), WIDTHS)
    inside, same = f"{len(people):,}", f"{len(people) - turning:,}"
    counts = {"settings": len(desk.reading.values), "own": own, "turning": turning}
    desk.band(canvas, "audit_readings", labels("audit.readings.finding", inside=inside, same=same, **counts))
    _settings(desk, canvas)
    second = canvas.row + 1
    _sensitivity(desk, canvas, len(people), turning)
    _ids(desk, canvas)
    page = replace(desk.page("audit_readings"), repeat_rows=(0, 1), row_breaks=(second,))
    return canvas.sheet(page, tab="blue")


def _settings(desk: Desk, canvas: Canvas) -> None:
    """Every setting: value, default, who set it, where, and what it is for."""
    labels = desk.labels
    told = setting_words(labels)
    _head(desk, canvas, "settings", ("setting", "value", "default", "set", "cell", "why"))
    for value in desk.reading.values:
        name, why = told[value.key]
        row = canvas.row
        canvas.put(row, 0, name, "td_wrap bold")
        canvas.put(row, 1, value.value or None, "td_wrap")
        canvas.put(row, 2, value.default or None, "td_wrap muted")
        mine = "own" if value.set_by_city else "default"
        canvas.put(row, 3, labels(f"audit.readings.is.{mine}"), "chip_ok" if value.set_by_city else "chip_not_applicable")
        place = f"{value.cell.sheet}!{value.cell.cell}" if value.cell else None
        canvas.put(row, 4, place, "code")
        canvas.put(row, 5, why, "td_wrap")
        canvas.row += 1


def _sensitivity(desk: Desk, canvas: Canvas, inside: int, turning: int) -> None:
    """How many verdicts turn on which other reading, and into what."""
    labels = desk.labels
    counts: dict[str, Counter[tuple[str, str]]] = {}
    for person in desk.view.assessment.people:
        for name, status in person.rotation.result.turns_on:
            counts.setdefault(name, Counter())[person.rotation.result.status.value, status] += 1
    canvas.row += 1
    _head(desk, canvas, "sensitivity", ("other", "turning", "into"))
    row = canvas.row
    canvas.put(row, 0, labels("audit.readings.same"), "td_wrap bold")
    canvas.put(row, 1, inside - turning, "td_center integer")
    canvas.put(row, 2, labels("audit.readings.same_note"), "td_wrap muted", cols=4)
    canvas.row += 1
    states = {s.value: chip.word for s, chip in desk.marks.rotation.items()}
    for name, found in sorted(counts.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        row = canvas.row
        canvas.put(row, 0, other_reading(desk, name), "td_wrap bold")
        canvas.put(row, 1, found.total(), "td_center integer")
        said = [
            labels("audit.readings.turn", one=states[one], other=states[other], count=count)
            for (one, other), count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        canvas.put(row, 2, labels("audit.join").join(said), "td_wrap", cols=4)
        canvas.row += 1
    together = [p.rotation.result for p in desk.view.assessment.people if p.rotation.result.turns_together]
    if together:
        row = canvas.row
        canvas.put(row, 0, labels("audit.readings.together"), "td_wrap bold")
        canvas.put(row, 1, sum(len(r.turns_together) for r in together), "td_center integer")
        only = sum(1 for r in together if not r.turns_on)
        canvas.put(row, 2, labels("audit.readings.together_note", people=len(together), only=only), "td_wrap muted", cols=4)
        canvas.row += 1


def other_reading(desk: Desk, name: str) -> str:
    """A reading of the sensitivity grid, such as window_years=9, as a phrase; of several changes "+" joins, all of them."""
    if "+" in name:
        return desk.labels("audit.readings.and").join(other_reading(desk, part) for part in name.split("+"))
    key, _, value = name.partition("=")
    if key == "unit":
        return desk.labels("audit.other.unit", unit=desk.labels(f"level.{value}"))
    if key == "min_stay_months" and value == "0":
        return desk.labels("audit.other.min_stay_none")
    own = f"audit.other.{key}.{value}"
    return desk.labels(own) if own in desk.labels else desk.labels(f"audit.other.{key}", value=value)


def _ids(desk: Desk, canvas: Canvas) -> None:
    """The ids that the rows of judgements carry."""
    labels = desk.labels
    canvas.row += 1
    _head(desk, canvas, "ids", ("id", "covers", "text"))
    words = RotationWords(labels, desk.policy, desk.reading.rotation)
    marks = {m.id: m.symbols[0] for m in desk.policy.competency.marks}
    points = [labels("audit.readings.point", mark=marks[m], points=p) for m, p in desk.reading.points.items()]
    declared = [labels("audit.readings.declared", name=name, value=value) for name, value in words.declared()]
    register = desk.view.assessment.register_start
    start = labels("audit.readings.no_register") if register is None else labels.fiscal_year(register)
    entries = (
        (desk.readings.rotation, labels("audit.rule.rotation"), labels("audit.join").join(declared)),
        (desk.readings.points, labels("audit.rule.weights"), labels("audit.join").join(points)),
        (desk.readings.timings, labels("audit.readings.courses"), labels("audit.readings.timings", start=start)),
    )
    for key, covers, text in entries:
        row = canvas.row
        canvas.put(row, 0, key, "code")
        canvas.put(row, 1, covers, "td_wrap bold")
        canvas.put(row, 2, text, "td_wrap", cols=4)
        canvas.row += 1


def _head(desk: Desk, canvas: Canvas, part: str, keys: tuple[str, ...]) -> None:
    labels, row = desk.labels, canvas.row
    canvas.put(row, 0, labels(f"audit.readings.{part}"), "h2", cols=len(WIDTHS))
    for col, key in enumerate(keys):
        last = col == len(keys) - 1
        canvas.put(row + 1, col, labels(f"audit.readings.{key}"), "th", cols=len(WIDTHS) - col if last else 1)
    canvas.heights.update({row: 24, row + 1: 20})
    canvas.row = row + 2


def _grid(desk: Desk) -> tuple[DataSheet, ...]:
    """One row for everybody whose verdict other readings were asked of: how many agree, and the nearest that does not."""
    labels, departments = desk.labels, desk.departments()
    states = {s.value: chip.word for s, chip in desk.marks.rotation.items()}
    names: dict[str, str] = {}
    rows: list[tuple[Value, ...]] = []
    for person in desk.view.assessment.people:
        result, who = person.rotation.result, person.employee
        if not result.readings_tried:
            continue
        nearest, into = next(iter((*result.turns_on, *result.turns_together)), ("", ""))
        if nearest and nearest not in names:
            names[nearest] = other_reading(desk, nearest)
        said = names.get(nearest, labels("audit.grid.same_under_all"))
        same = int(not result.turns)
        counts = (result.readings_tried, result.readings_same, same, said, states.get(into))
        rows.append((who.staff_id, who.name, departments.get(who.staff_id), states[result.status.value], *counts))
    columns = tuple(DataColumn(labels(f"audit.grid.{key}"), kind, width) for key, kind, width in GRID_COLUMNS)
    return desk.tables("audit_grid", columns, rows, "blue")


def _turns(desk: Desk) -> tuple[DataSheet, ...]:
    """One row a person and reading under which the verdict would be another."""
    labels = desk.labels
    states = {s.value: chip.word for s, chip in desk.marks.rotation.items()}
    departments = desk.departments()
    names: dict[str, str] = {}
    rows: list[tuple[Value, ...]] = []
    for person in desk.view.assessment.people:
        now, who = person.rotation.result.status.value, person.employee
        for name, status in (*person.rotation.result.turns_on, *person.rotation.result.turns_together):
            if name not in names:
                names[name] = other_reading(desk, name)
            where = departments.get(who.staff_id)
            rows.append((who.staff_id, who.name, where, now, states[now], name, names[name], status, states[status]))
    columns = tuple(DataColumn(labels(f"audit.turns.{key}"), kind, width) for key, kind, width in TURN_COLUMNS)
    return desk.tables("audit_turns", columns, rows, "blue")
