"""The interpretation register: every question that the policy leaves open, how it is read, who says so, what hangs on it,
and where personnel decides and signs. Bound to the run by the ids of its readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hrbook.core.rotation_policy import Cited
from hrbook.core.source import Basis
from hrbook.sheets.audit.desk import Desk
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.setting_words import setting_words

ORDER = 48
HEAD = 4
WIDTHS = (5, 26, 26, 12, 12, 16, 40, 11, 17.5, 22)
KEYS = ("number", "question", "read", "basis", "by", "clause", "note", "turning", "decision", "remark")
SHOWN = 6  # names of courses; the rest are counted
SIGNED = ("proposed", "reviewed", "approved")
NOT_READINGS = ("as_of", "form.", "plan.")  # settings that read nothing into the policy
TOPICS = {"rotation.unit": "unit", "rotation.minimum": ""}  # setting -> topic of the grid, where its name differs
GRID = ("unit", "window_years", "min_stay_months", "secondment_counts", "leave_extends_window", "midcareer")  # topics of the grid
REQUIREMENTS = ("rotation.unit", "rotation.minimum")


@dataclass(frozen=True, slots=True)
class Entry:
    """One open question: its reading in words, how firm the policy is, whether the city set it, the place in the policy, a
    remark, and the people whose verdict another reading of it alone turns (None: the grid does not ask)."""

    question: str
    read: str
    basis: Basis
    city: bool | None
    clause: str
    note: str
    turning: int | None


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet to be printed, decided on and signed."""
    labels, found = desk.labels, [*_settings(desk), *_timings(desk), *_doubts(desk)]
    canvas = Canvas(desk.sheet_name("audit_register"), WIDTHS)
    open_ones = sum(1 for e in found if e.basis is not Basis.STATED and not e.city)
    desk.band(canvas, "audit_register", labels("audit.register.finding", count=len(found), open=open_ones))
    ids = desk.readings
    text = labels("audit.register.ids", rotation=ids.rotation, points=ids.points, timings=ids.timings)
    canvas.put(HEAD - 1, 0, text, "caption", cols=len(WIDTHS))
    canvas.heights[HEAD - 1] = 18
    canvas.line(HEAD, 0, [labels(f"audit.register.{key}") for key in KEYS], "th")
    canvas.heights[HEAD] = 40
    row = HEAD + 1
    for number, entry in enumerate(found, start=1):
        canvas.put(row, 0, number, "td_center")
        canvas.put(row, 1, entry.question, "td_wrap bold")
        canvas.put(row, 2, entry.read or None, "td_wrap")
        canvas.put(row, 3, labels(f"basis.{entry.basis.value}"), "tag_inferred" if entry.basis is Basis.INFERRED else "tag")
        by = "" if entry.city is None else labels(f"audit.readings.is.{'own' if entry.city else 'default'}")
        canvas.put(row, 4, by or None, "td_center small shrink")
        canvas.put(row, 5, entry.clause or None, "td_wrap small")
        canvas.put(row, 6, entry.note or None, "td_wrap small")
        canvas.put(row, 7, entry.turning, "count" + (" bold" if entry.turning else " muted"))
        canvas.put(row, 8, labels("audit.register.choice"), "td_center small muted")
        canvas.put(row, 9, None, "td")
        row += 1
    canvas.put(row, 0, labels("audit.register.statement"), "td_wrap", cols=len(WIDTHS))
    row += 1
    across = (0, 4, 7)
    for place, (key, col) in enumerate(zip(SIGNED, across, strict=True)):
        wide = (across[place + 1] if place + 1 < len(across) else len(WIDTHS)) - col
        canvas.put(row, col, labels(f"audit.register.{key}"), "seal_head", cols=wide)
        canvas.put(row + 1, col, labels("audit.front.sign_line"), "seal_box_light muted small left below", cols=wide)
    canvas.heights.update({row: 16, row + 1: 48})
    page = replace(desk.page("audit_register"), repeat_rows=(HEAD, HEAD))
    return (canvas.sheet(page, freeze=(HEAD + 1, 2), tab="blue"),)


def _settings(desk: Desk) -> Iterator[Entry]:
    """Every setting that reads something into the policy, with what the policy's file says of its own value."""
    policy, words = desk.policy, setting_words(desk.labels)
    cited = {c.value: c for c in policy.rotation.cited}
    turned = _turned(desk)
    for value in desk.reading.values:
        key = value.key
        if key.startswith(NOT_READINGS):
            continue
        name, why = words[key]
        topic = TOPICS.get(key, key.removeprefix("rotation."))
        said = _said(desk, key, cited)
        turning = turned[topic] if key.startswith("rotation.") and topic in GRID else None
        note = said.note or said.source or why
        yield Entry(name, value.value, said.basis, value.set_by_city, policy.place(said.clause), note, turning)


def _said(desk: Desk, key: str, cited: dict[str, Cited]) -> Cited:
    """How firm the policy is on a setting; what it says nothing of is unset."""
    policy = desk.policy
    if key == "step_down.age":
        step = policy.step_down
        return Cited(key, step.clause, step.basis, source=step.source)
    if key.startswith("points."):
        return Cited(key, policy.competency.clause, Basis.UNSET)
    name = "requirements" if key in REQUIREMENTS else key.removeprefix("rotation.")
    return cited.get(name) or Cited(key, policy.rotation.clause if key.startswith("rotation.") else "", Basis.UNSET)


def _turned(desk: Desk) -> Counter[str]:
    """People whose verdict some other value of one topic turns by itself, each once a topic."""
    counts: Counter[str] = Counter()
    for person in desk.view.assessment.people:
        counts.update({name.partition("=")[0] for name, _ in person.rotation.result.turns_on})
    return counts


def _timings(desk: Desk) -> Iterator[Entry]:
    """Courses whose time the policy does not say, put together by how firm it is."""
    labels, courses = desk.labels, desk.policy.training.courses
    for basis in (Basis.INFERRED, Basis.SET_BY_CITY, Basis.UNSET):
        names = [c.name for c in courses if c.timing is basis]
        if names:
            question, read = labels("audit.register.timing"), labels(f"audit.register.timing_{basis.value}", count=len(names))
            named = labels("audit.join").join(names[:SHOWN])
            more = labels("audit.clauses.more", count=len(names) - SHOWN) if len(names) > SHOWN else ""
            note = labels("audit.register.courses", names=named + more)
            city = None if basis is Basis.INFERRED else basis is Basis.SET_BY_CITY
            yield Entry(question, read, basis, city, desk.policy.place(desk.policy.training.clause), note, None)


def _doubts(desk: Desk) -> Iterator[Entry]:
    """Places where the policy can be read in two ways."""
    for doubt in desk.policy.doubts:
        yield Entry(doubt.text, doubt.read_as, Basis.INFERRED, None, desk.policy.place(doubt.clause), "", None)
