"""Why the book says what it says: marks, rules with their clause, the reading, doubts of the policy, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hrbook.core.inputs import InputKind
from hrbook.core.policy import Policy
from hrbook.core.reading import SettingValue
from hrbook.core.source import Basis, Scalar
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.marks import load_marks
from hrbook.sheets.paper import capacity, kept_together, line_height, lines, pixels
from hrbook.sheets.reasons import RotationWords
from hrbook.sheets.setting_words import setting_words
from hrbook.sheets.view import DepartmentView
from hrbook.words import Labels

ORDER = 70

WIDTH, COLUMNS = 14.2, 12
AIR = 5.0  # points around the lines of a row
TOP = 60.0  # title, finding, gap
SHA = 16  # digits of a fingerprint on paper; the manifest has all of them
BLOCK = 6  # columns of one of the two halves of the list of settings
TIMINGS = (Basis.INFERRED, Basis.SET_BY_CITY, Basis.UNSET)


@dataclass(frozen=True, slots=True)
class _Part:
    """A cell of a row: how many columns, what, under which look."""

    cols: int
    text: str
    look: str


def _height(part: _Part) -> float:
    return lines(part.text, pixels(WIDTH) * part.cols, part.look) * line_height(part.look)


class _Page:
    """Rows from top to bottom; each knows its height and whether it must stay with the next."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.rows: list[tuple[float, bool]] = []
        self.first = canvas.row

    def add(self, parts: Sequence[_Part], height: float = 0.0, stays: bool = False) -> None:
        """One row of parts side by side; without a height it is as tall as its longest text."""
        wrapped = (_height(part) for part in parts if part.text and "shrink" not in part.look)
        height = height or max(wrapped, default=line_height("cell")) + AIR
        row = self.first + len(self.rows)
        col = 0
        for part in parts:
            if part.look:
                self.canvas.put(row, col, part.text or None, part.look, cols=part.cols)
            col += part.cols
        self.canvas.heights[row] = height
        self.rows.append((height, stays))

    def heading(self, text: str, note: str = "") -> None:
        if self.rows:
            self.add((), 8.0, stays=False)
        self.add((_Part(4, text, "h2"), _Part(8, note, "h2_note middle")), 22.0, stays=True)


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """The legend, on one to three pages."""
    labels = view.labels
    canvas = Canvas(labels("sheet.legend.name"), (WIDTH,) * COLUMNS)
    band(view, canvas, labels("sheet.legend.title"), finding(view))
    page = _Page(canvas)
    for part in (_marks, _rules, _settings, _sources, _timings, _doubts):
        part(view, page)
    paper = replace(page_of(view, "legend"), repeat_rows=(0, 2))
    starts = kept_together(page.rows, capacity(canvas.columns, paper) - TOP)
    area = (0, 0, page.first + len(page.rows) - 1, COLUMNS - 1)
    paper = replace(paper, row_breaks=tuple(page.first + s for s in starts), area=area)
    return (canvas.sheet(paper, freeze=(2, 0), tab="grey"),)


def finding(view: DepartmentView) -> str:
    """What the verdicts rest on, in one sentence."""
    timings = Counter(c.timing for c in view.policy.training.courses)
    return view.labels(
        "legend.finding",
        policy=view.policy.title,
        settings=sum(1 for v in view.reading.judged_by if v.set_by_city),
        courses=len(view.policy.training.courses),
        stated=timings[Basis.STATED],
        inferred=timings[Basis.INFERRED],
        by_city=timings[Basis.SET_BY_CITY],
        unset=timings[Basis.UNSET],
    )


def _marks(view: DepartmentView, page: _Page) -> None:
    """Three lists side by side: careers, courses, abilities and signs."""
    labels, marks = view.labels, load_marks(view.labels)
    careers = [(chip.text, f"{chip.look} small", labels(f"legend.rotation.{s.value}")) for s, chip in marks.rotation.items()]
    courses = [(chip.text, f"{chip.look} small", labels(f"legend.training.{s.value}")) for s, chip in marks.training.items()]
    strongest = max(view.reading.points.values(), default=0)
    signs = []
    for mark in view.policy.competency.marks:
        points = view.reading.points.get(mark.id, mark.points)
        look = "mark_especially" if points == strongest else "mark_required"
        signs.append((mark.symbols[0], look, labels("legend.sign.mark", name=mark.name, points=points)))
    signs.extend((labels(f"legend.sign.{key}"), look, labels(f"legend.sign_about.{key}")) for key, look in SIGNS)
    page.heading(labels("legend.part.marks"))
    heads = [_Part(4, labels(f"legend.marks.{key}"), "th_left") for key in ("rotation", "training", "signs")]
    page.add(heads, 17.0, stays=True)
    columns = (careers, courses, signs)
    for row in range(max(map(len, columns))):
        parts: list[_Part] = []
        for column in columns:
            chip, look, text = column[row] if row < len(column) else ("", "", "")
            parts += [_Part(1, chip, f"{look} shrink" if look else ""), _Part(3, text, "td_wrap indent1" if look else "")]
        page.add(parts, 0.0, stays=row < max(map(len, columns)) - 1)


SIGNS = (
    ("next", "mark_new"),
    ("pips", "pips"),
    ("bar", "bar1"),
    ("plain", "bar_plain"),
    ("grey", "barg1"),
    ("secondment", "bar_secondment"),
    ("unknown", "bar_unknown"),
    ("reference", "tag"),
)


def _rules(view: DepartmentView, page: _Page) -> None:
    labels, policy = view.labels, view.policy
    words = RotationWords(labels, policy, view.reading.rotation)
    rotation, competency = policy.rotation, policy.competency
    page.heading(labels("legend.part.rules"), labels("legend.rules_note"))
    heads = (("rule", 2), ("how", 7), ("clause", 2), ("basis", 1))
    page.add([_Part(cols, labels(f"legend.head.{key}"), "th") for key, cols in heads], 17.0, stays=True)
    join = labels("reason.join")
    points = join.join(
        labels("legend.points", mark=m.symbols[0], points=view.reading.points.get(m.id, m.points)) for m in competency.marks
    )
    bases = {m.basis for m in competency.marks}
    unit = join.join(labels(f"level.{r.level.value}") for r in view.reading.rotation.requirements)
    facts: dict[str, Scalar] = {
        "points": points,
        "unit": unit,
        "guide": words.guide(),
        "caveat": rotation.caveat,
        "usual": view.reading.rotation.usual_stay_years,
        "note": policy.training.note,
        "age": view.reading.step_down_age,
        "law": policy.step_down.source,
    }
    own = any(v.set_by_city for v in view.reading.values if v.key.startswith("rotation."))
    chosen = Basis.SET_BY_CITY if own else Basis.INFERRED
    for key, clause, basis in (
        ("service_year", policy.training.clause, None),
        ("rank", policy.ranks[0].clause if policy.ranks else "", Basis.STATED),
        ("weights", competency.clause, Basis.INFERRED if Basis.INFERRED in bases else Basis.STATED),
        ("stage", policy.career.clause, Basis.STATED),
        ("tier", policy.digital.clause, Basis.STATED),
        ("guide", rotation.clause, rotation.basis),
        ("units", rotation.clause, chosen),
        ("standing", rotation.clause, chosen),
        ("last_chance", rotation.clause, None),
        ("turns", "", None),
        ("excuse", "", None),
        ("course", policy.training.clause, None),
        ("step_down", policy.step_down.clause, policy.step_down.basis),
        ("undetermined", "", None),
    ):
        if not _has(policy, key):
            continue
        said = [
            _Part(2, labels(f"legend.rule.{key}"), "td_wrap bold"),
            _Part(7, labels(f"legend.how.{key}", **facts), "td_wrap"),
            _Part(2, policy.place(clause) if clause else labels("legend.own_rule"), "td_wrap muted"),
            _Part(1, labels(f"basis.{basis.value}") if basis else labels("legend.arithmetic"), "td_center small muted"),
        ]
        page.add(said)


def _has(policy: Policy, key: str) -> bool:
    """Whether the policy has the part that a line of the legend is on."""
    parts = {
        "rank": policy.ranks,
        "weights": policy.competency.weighs,
        "stage": policy.career.stages,
        "tier": policy.digital.tiers,
        "course": policy.training.courses,
        "step_down": policy.step_down.ranks,
        **dict.fromkeys(("units", "standing", "last_chance", "turns"), policy.rotation.reading.requirements),
    }
    return bool(parts.get(key, True))


def _settings(view: DepartmentView, page: _Page) -> None:
    """The reading with every setting in two halves; without settings the reading in words."""
    labels = view.labels
    values = view.reading.judged_by
    if not values:
        words = RotationWords(labels, view.policy, view.reading.rotation)
        page.heading(labels("legend.part.settings"), labels("legend.settings_none"))
        for name, value in words.declared():
            page.add((_Part(2, name, "td_wrap bold"), _Part(10, value, "td_wrap")))
        return
    names = setting_words(labels)
    own = sum(1 for v in values if v.set_by_city)
    page.heading(labels("legend.part.settings"), labels("legend.settings_note", own=own, total=len(values)))
    heads = [_Part(2, labels("legend.head.setting"), "th"), _Part(2, labels("legend.head.value"), "th")]
    heads += [_Part(1, labels("legend.head.default"), "th"), _Part(1, labels("legend.head.source"), "th")]
    page.add([*heads, *heads], 17.0, stays=True)
    half = (len(values) + 1) // 2
    for place in range(half):
        row = _setting(view, values[place], names[values[place].key][0])
        if place + half < len(values):
            row += _setting(view, values[place + half], names[values[place + half].key][0])
        page.add(row)


def _setting(view: DepartmentView, value: SettingValue, name: str) -> list[_Part]:
    labels = view.labels
    changed = value.set_by_city and value.value != value.default
    source = labels("basis.set_by_city") if value.set_by_city else labels("legend.default")
    if value.cell is not None:
        source = labels("legend.cell", sheet=value.cell.sheet, cell=value.cell.cell)
    return [
        _Part(2, name, "td_wrap"),
        _Part(2, value.value, "td_wrap bold" if changed else "td_wrap"),
        _Part(1, value.default, "td_small muted shrink"),
        _Part(1, source, "td_center small shrink" if value.set_by_city else "td_center small muted shrink"),
    ]


def _timings(view: DepartmentView, page: _Page) -> None:
    """Courses whose timing the policy does not state."""
    labels, courses = view.labels, view.policy.training.courses
    page.heading(labels("legend.part.timings"), labels("legend.timings_note", note=view.policy.training.note))
    by_basis = {basis: [c for c in courses if c.timing is basis] for basis in TIMINGS}
    told = [(basis, found) for basis, found in by_basis.items() if found]
    for place, (basis, found) in enumerate(told, start=1):
        chip = labels("legend.timing", basis=labels(f"basis.{basis.value}"), count=len(found))
        names = labels("legend.separator").join(labels("legend.course", name=c.name, code=c.code) for c in found)
        page.add((_Part(1, chip, "tag_inferred shrink"), _Part(11, names, "td_wrap indent1")), stays=place < len(told))


def _doubts(view: DepartmentView, page: _Page) -> None:
    labels, policy = view.labels, view.policy
    if not policy.doubts:
        return
    page.heading(labels("legend.part.doubts"))
    heads = (("clause", 2), ("doubt", 5), ("read_as", 5))
    page.add([_Part(cols, labels(f"legend.head.{key}"), "th") for key, cols in heads], 17.0, stays=True)
    for doubt in policy.doubts:
        place, last = _Part(2, policy.place(doubt.clause), "td_wrap muted"), doubt is policy.doubts[-1]
        page.add((place, _Part(5, doubt.text, "td_wrap"), _Part(5, doubt.read_as, "td_wrap")), stays=not last)


def _sources(view: DepartmentView, page: _Page) -> None:
    labels = view.labels
    page.heading(labels("legend.part.sources"), labels("legend.sources_note"))
    heads = (("source", 2), ("what", 7), ("sha256", 3))
    page.add([_Part(cols, labels(f"legend.head.{key}"), "th") for key, cols in heads], 17.0, stays=True)
    rows = list(_files(view, labels))
    for place, (key, what, digest) in enumerate(rows):
        parts = (
            _Part(2, labels(f"legend.source.{key}"), "td_wrap bold"),
            _Part(7, what, "td_wrap"),
            _Part(3, labels("legend.digest", digits=digest[:SHA]) if digest else "", "td_small muted"),
        )
        page.add(parts, stays=place < len(rows) - 1)


def _files(view: DepartmentView, labels: Labels) -> Iterator[tuple[str, str, str]]:
    run, reading, policy = view.run, view.reading, view.policy
    rows = f"{sum(run.roster_rows.values()):,}"
    roster = labels("legend.file_rows", file=run.roster_file, sheets=len(run.roster_rows), rows=rows)
    yield "roster", roster, run.roster_sha256
    for one in run.further:
        if one.kind is not InputKind.SURVEY:  # nothing of a survey stands in a book of one department
            yield one.kind.value, one.file, one.sha256
    yield "settings", run.settings_file or labels("legend.no_settings"), run.settings_sha256
    yield "policy", labels("legend.policy", title=policy.title, edition=policy.edition, id=run.policy_id), run.policy_sha256
    yield "run", labels("legend.run", run=run.run_id[:SHA], version=run.version, day=view.labels.day(reading.as_of)), ""
