"""What changed since the run of the year before, by cause: counts as live formulas over the list of all changes below.

The causes were found by core.changes; nothing is compared here."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hrbook.core.changes import Change, Comparison, Verdict
from hrbook.core.factors import Cause
from hrbook.core.judgement import Assigned, RotationStatus
from hrbook.core.source import column_letters
from hrbook.sheets.audit.desk import Addresses, Desk
from hrbook.sheets.book import DataColumn, DataSheet, Formula, Sheet, Value
from hrbook.sheets.canvas import Canvas

ORDER = 85
WIDTHS = (22, 46, 12, 12, 12, 12, 12, 12)
HEAD = 3
COLUMNS = (
    ("staff_id", "text", 10), ("department", "text", 26), ("rule_id", "text", 22), ("rule", "text", 24), ("kind", "text", 9),
    ("before", "text", 15), ("before_name", "text", 18), ("after", "text", 15), ("after_name", "text", 18),
    ("cause", "text", 13), ("cause_name", "text", 20), ("parts", "text", 22), ("cells", "text", 40), ("proof", "text", 13),
    ("proof_name", "text", 36),  # short texts last: what is longer than its column would run on beyond the table
)  # fmt: skip
RULE, KIND, BEFORE, AFTER, CAUSE = 2, 4, 5, 7, 9  # columns that the formulas count by
NO_VERDICT = "-"  # the code of a verdict that there was not, or is not any more
SHOWN = 8  # sets of a mixed cause


def sheets(desk: Desk) -> tuple[Sheet | DataSheet, ...]:
    """The counts and the list; a single sheet that says so where no run of the year before was given."""
    changes = desk.view.changes
    if changes is None:
        return (_none(desk),)
    listed = _list(desk, changes)
    return (_counts(desk, changes, [(s.name, len(s.rows)) for s in listed]), *listed)


def _none(desk: Desk) -> Sheet:
    canvas = Canvas(desk.sheet_name("audit_changes"), WIDTHS)
    desk.band(canvas, "audit_changes", desk.labels("changes.none"))
    canvas.put(HEAD, 0, desk.labels("changes.none_note"), "caption_wrap", cols=len(WIDTHS))
    return canvas.sheet(desk.page("audit_changes"), tab="sky")


def _counts(desk: Desk, changes: Comparison, places: list[tuple[str, int]]) -> Sheet:
    labels = desk.labels
    canvas = Canvas(desk.sheet_name("audit_changes"), WIDTHS)
    told = changes.by_cause()
    total, mixed = sum(told.values()), told[Cause.MIXED]
    people = len({c.who.employee.staff_id for c in changes.changes if c.of_status and c.before and c.after})
    stayed = sum(1 for c in changes.changes if c.of_status and c.before is not None and c.after is not None)
    facts = {
        "day": labels.short_day(changes.old_as_of), "total": f"{total:,}", "stayed": f"{stayed:,}", "people": f"{people:,}",
        "joined": f"{changes.joined:,}", "left": f"{changes.left:,}", "mixed": f"{mixed:,}",
        "share": f"{100 * mixed / stayed if stayed else 0:.1f}",
    }  # fmt: skip
    desk.band(canvas, "audit_changes", labels("changes.finding", **facts))
    canvas.row = HEAD
    _causes(desk, canvas, changes, places)
    _moves(desk, canvas, changes, places)
    _mixtures(desk, canvas, changes)
    _proofs(desk, canvas)
    page = replace(desk.page("audit_changes"), repeat_rows=(0, 1))
    return canvas.sheet(page, tab="sky")


def _causes(desk: Desk, canvas: Canvas, changes: Comparison, places: list[tuple[str, int]]) -> None:
    """One row a cause: rotation, courses, the rest, their sum, what the comparison counted, and the difference."""
    labels, row, policy = desk.labels, canvas.row, desk.policy
    heads = ("cause", "meaning", "rotation", "courses", "others", "sum", "counted", "difference")
    canvas.line(row, 0, [labels(f"changes.head.{key}") for key in heads], "th")
    canvas.heights[row] = 30
    told = Counter((c.cause, _room(desk, c)) for c in changes.changes if c.of_status)
    everything = changes.by_cause()
    rules = (policy.rotation.rule_id, f"{policy.training.rule_prefix}*")
    first = row + 1
    for cause in Cause:
        row += 1
        canvas.put(row, 0, labels(f"changes.cause.{cause.value}"), "td bold")
        canvas.put(row, 1, labels(f"changes.means.{cause.value}"), "td_wrap")
        rooms = [told[cause, room] for room in ("rotation", "courses", "others")]
        for col, (rule, count) in enumerate(zip(rules, rooms, strict=False), start=2):
            canvas.put(row, col, Formula(_formula(places, {CAUSE: cause.value, KIND: "status", RULE: rule}), count), "count")
        whole = _formula(places, {CAUSE: cause.value, KIND: "status"})
        canvas.put(row, 4, Formula(f"{whole}-C{row + 1}-D{row + 1}", rooms[2]), "count")
        canvas.put(row, 5, Formula(f"SUM(C{row + 1}:E{row + 1})", sum(rooms)), "count bold")
        canvas.put(row, 6, everything[cause], "count")
        canvas.put(row, 7, Formula(f"F{row + 1}-G{row + 1}", 0), "td_center difference bold")
    row += 1
    canvas.put(row, 0, labels("changes.all"), "totals_label", cols=2)
    for col in range(2, 7):
        letter = column_letters(col)
        room = ("rotation", "courses", "others")[col - 2] if col < 5 else None
        value = sum(n for (_, r), n in told.items() if room in (None, r))
        canvas.put(row, col, Formula(f"SUM({letter}{first + 1}:{letter}{row})", value), "totals")
    canvas.put(row, 7, Formula(f"F{row + 1}-G{row + 1}", 0), "totals difference")
    values = sum(1 for c in changes.changes if not c.of_status)
    note = labels("changes.values_note", count=f"{values:,}", compared=f"{changes.compared:,}", stayed=f"{changes.stayed:,}")
    canvas.put(row + 1, 0, note, "caption_wrap", cols=len(WIDTHS))
    canvas.row = row + 3


def _moves(desk: Desk, canvas: Canvas, changes: Comparison, places: list[tuple[str, int]]) -> None:
    """Standings to the guide that became others, by where they came from and went to, as formulas."""
    labels, row = desk.labels, canvas.row
    found = Counter(
        (c.before.status, c.after.status)
        for c in changes.changes
        if c.before is not None and c.after is not None and c.of_status and _room(desk, c) == "rotation"
    )
    canvas.put(row, 0, labels("changes.moves"), "h2", cols=len(WIDTHS))
    canvas.heights[row] = 24
    if not found:
        canvas.put(row + 1, 0, labels("audit.none"), "caption", cols=len(WIDTHS))
        canvas.row = row + 3
        return
    canvas.put(row + 1, 0, labels("changes.from"), "th_left")
    canvas.put(row + 1, 1, labels("changes.to"), "th_left")
    canvas.put(row + 1, 2, labels("changes.people"), "th")
    canvas.put(row + 1, 3, labels("changes.why"), "th", cols=5)
    rule = desk.policy.rotation.rule_id
    row += 1
    for (before, after), count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])):
        row += 1
        for col, status in ((0, before), (1, after)):
            chip = desk.marks.rotation[RotationStatus(status)]
            canvas.put(row, col, chip.text, f"{chip.look} left indent1")
        text = _formula(places, {RULE: rule, KIND: "status", BEFORE: before, AFTER: after})
        canvas.put(row, 2, Formula(text, count), "count")
        why = Counter(
            c.cause
            for c in changes.changes
            if c.before and c.after and _pair(c) == (before, after) and _room(desk, c) == "rotation"
        )
        said = [labels("changes.share", cause=labels(f"changes.cause.{k.value}"), count=n) for k, n in why.most_common()]
        canvas.put(row, 3, labels("audit.join").join(said), "td_wrap", cols=5)
    canvas.row = row + 2


def _mixtures(desk: Desk, canvas: Canvas, changes: Comparison) -> None:
    """Which causes act together where no single one explains a change."""
    labels, row = desk.labels, canvas.row
    found = Counter(c.parts for c in changes.changes if c.cause is Cause.MIXED)
    canvas.put(row, 0, labels("changes.mixtures"), "h2", cols=len(WIDTHS))
    canvas.heights[row] = 24
    for parts, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]:
        row += 1
        canvas.put(row, 0, _together(desk, parts), "td_wrap", cols=2)
        canvas.put(row, 2, count, "count")
    if not found:
        row += 1
        canvas.put(row, 0, labels("changes.no_mixture"), "caption", cols=len(WIDTHS))
    canvas.row = row + 2


def _proofs(desk: Desk, canvas: Canvas) -> None:
    labels, row = desk.labels, canvas.row
    canvas.put(row, 0, labels("changes.how"), "h2", cols=len(WIDTHS))
    canvas.heights[row] = 24
    for key in ("time", "event", "state", "reverted", "together", "population"):
        row += 1
        canvas.put(row, 0, labels(f"changes.proof.{key}"), "td bold", cols=2)
        canvas.put(row, 2, labels(f"changes.proof_text.{key}"), "td_wrap", cols=len(WIDTHS) - 2)
    canvas.row = row + 2


def _list(desk: Desk, changes: Comparison) -> tuple[DataSheet, ...]:
    """One row a change, by staff number and rule; numbered sheets where there are more rows than one can hold."""
    labels = desk.labels
    columns = tuple(DataColumn(labels(f"changes.{key}_column"), kind, width) for key, kind, width in COLUMNS)
    words = _Words(desk)
    rows = [words.row(change) for change in changes.changes]
    return desk.tables("audit_changed", columns, rows, "sky")


class _Words:
    """Changes in the words of the book."""

    def __init__(self, desk: Desk) -> None:
        labels, policy = desk.labels, desk.policy
        self._desk, self._departments, self._addresses = desk, desk.departments(), Addresses(labels("audit.join"))
        self._training = {s.value: chip.word for s, chip in desk.marks.training.items()}
        self._rotation = {s.value: chip.word for s, chip in desk.marks.rotation.items()}
        self._courses = {policy.training.rule_prefix + c.code: c.name for c in policy.training.courses}
        self._values = {r.id: r.name for r in policy.ranks} | {s.id: s.name for s in policy.career.stages}
        self._values |= {t.id: t.name for t in policy.digital.tiers}
        self._rules = {
            policy.competency.rule_id: labels("audit.rule.weights"),
            policy.career.rule_id: labels("audit.rule.stage"),
            policy.digital.rule_id: labels("audit.rule.tier"),
            policy.rotation.rule_id: labels("audit.rule.rotation"),
            policy.rotation.stay_rule_id: labels("rule.stay"),
        }

    def row(self, change: Change) -> tuple[Value, ...]:
        """One change as a row of the list."""
        labels, who = self._desk.labels, change.who.employee
        department = self._departments.get(who.staff_id) or " ".join(filter(None, (who.post.bureau, who.post.department)))
        rule = self._rules.get(change.rule_id) or self._courses.get(change.rule_id, change.rule_id)
        return (
            who.staff_id,
            department or None,
            change.rule_id,
            rule,
            "status" if change.of_status else "value",
            *self._said(change, change.before),
            *self._said(change, change.after),
            change.cause.value,
            labels(f"changes.cause.{change.cause.value}"),
            _together(self._desk, change.parts) or None,
            self._addresses.all(change.cells) or None,
            change.proof.value,
            labels(f"changes.proof.{change.proof.value}"),
        )

    def _said(self, change: Change, verdict: Verdict | None) -> tuple[str, str]:
        labels = self._desk.labels
        if verdict is None:
            return NO_VERDICT, labels("changes.no_verdict")
        if verdict.value and verdict.status == Assigned.ASSIGNED.value:
            return verdict.value, self._values.get(verdict.value, verdict.value)
        if change.rule_id.startswith(self._desk.policy.training.rule_prefix):
            return verdict.status, self._training.get(verdict.status, verdict.status)
        if verdict.status in Assigned.__members__.values():
            return verdict.status, labels(f"status.assigned.{verdict.status}")
        if change.rule_id == self._desk.policy.rotation.stay_rule_id:
            return verdict.status, labels(f"status.stay.{verdict.status}")
        return verdict.status, self._rotation.get(verdict.status, verdict.status)


def _formula(places: list[tuple[str, int]], wanted: dict[int, str]) -> str:
    """Rows of the list, and of its continuations, with these codes in these columns."""
    parts = []
    for name, rows in places:
        sheet, last = "'" + name.replace("'", "''") + "'", max(2, rows + 1)
        said = ",".join(
            f'{sheet}!${column_letters(col)}$2:${column_letters(col)}${last},"{code}"' for col, code in wanted.items()
        )
        parts.append(f"COUNTIFS({said})")
    return "+".join(parts)


def _room(desk: Desk, change: Change) -> str:
    """Which column of the counts a change belongs to."""
    policy = desk.policy
    if change.rule_id.startswith(policy.training.rule_prefix):
        return "courses"
    return "rotation" if change.rule_id == policy.rotation.rule_id else "others"


def _pair(change: Change) -> tuple[str, str]:
    return (change.before.status if change.before else "", change.after.status if change.after else "")


def _together(desk: Desk, parts: tuple[Cause, ...]) -> str:
    return desk.labels("changes.and").join(desk.labels(f"changes.cause.{part.value}") for part in parts)
