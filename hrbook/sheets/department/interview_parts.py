"""The parts of an interview form that differ from person to person: abilities, courses, career so far."""

from __future__ import annotations

from datetime import date
from functools import partial

from hrbook.core.assessment import Assessed
from hrbook.core.calendar import fiscal_year
from hrbook.core.competency import Ability
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.core.results import TrainingResult
from hrbook.core.roster import Wish
from hrbook.core.source import Basis
from hrbook.core.training_policy import Course
from hrbook.sheets import form
from hrbook.sheets.book import Cell
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.marks import load_marks
from hrbook.sheets.paper import pixels, room_for, shortened, units_in
from hrbook.sheets.reasons import RotationWords
from hrbook.sheets.timeline import Timeline
from hrbook.sheets.view import DepartmentView
from hrbook.textfit import units

COLUMN = 9.57  # characters of every column of the form: 72 pixels
URGENT = (TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE, TrainingStatus.DEFERRED, TrainingStatus.UPCOMING)
COURSE_HEADS = (("status", 0, 2), ("code", 2, 1), ("course", 3, 4), ("group", 7, 2), ("year", 9, 1), ("answer", 10, 2))
BAR = "bar_empty"
BEHAVIOURS = range(form.BEHAVIOURS, form.BEHAVIOURS + form.BEHAVIOUR_ROWS)
DECLARED_UNITS = 130  # half-width letters of one line
LEARNT_UNITS = 44  # of them, about, those of what was learnt


class Parts:
    """What the forms of one book have in common, made once."""

    def __init__(self, view: DepartmentView) -> None:
        self.view = view
        self.labels = labels = view.labels
        policy = view.policy
        self.marks = load_marks(labels)
        self.words = RotationWords(labels, policy, view.reading.rotation)
        competency = policy.competency
        self.symbols = {mark.id: mark.symbols[0] for mark in competency.marks}
        strongest = max(view.reading.points.values(), default=0)
        self.strong = {mark for mark, points in view.reading.points.items() if points == strongest}
        self.abilities = {rank: self._shown(rank) for rank in policy.rank_ids}
        self.above = dict(zip(policy.rank_ids, policy.rank_ids[1:], strict=False))
        self.behaviours = {
            rank: [labels("interview.behaviour", name=b.name, gist=b.gist) for b in competency.behaviours if b.rank == rank]
            for rank in policy.rank_ids
        }
        self.courses = {course.code: course for course in policy.training.courses}
        providers = {provider.id: provider.short or provider.name for provider in policy.training.providers}
        categories = {category.id: category.name for category in policy.training.categories}
        self.groups = {
            c.code: labels("interview.course_group", provider=providers[c.provider], category=categories[c.category])
            for c in policy.training.courses
        }
        self.years = min(form.YEARS_MAX, max(1, view.reading.rotation.window_years))
        room, step = room_for(pixels(COLUMN), BAR), units_in(pixels(COLUMN), BAR)
        self.timeline = Timeline(labels, view.reading.year, self.years, room, step)
        years = ((col, labels("rotation.head.year", year=col + 1)) for col in range(self.years))
        guide = Cell(form.YEARS, self.years, labels("interview.guide"), "caption center tiny", 1, form.COLUMNS - self.years)
        self.year_heads = (*(Cell(form.YEARS, col, head, "caption center tiny") for col, head in years), guide)
        heads = ((labels(f"interview.course.{key}"), col, cols) for key, col, cols in COURSE_HEADS)
        self.course_heads = tuple(Cell(form.COURSE_HEAD, col, head, "field_label", 1, cols) for head, col, cols in heads)
        self._ranks: dict[tuple[str, str | None, frozenset[str]], tuple[Cell, ...]] = {}

    def _shown(self, rank: str) -> tuple[Ability, ...]:
        """The abilities of a rank's form: the whole table, or where it is too wide those with a mark here or above."""
        every = self.view.policy.competency.abilities
        if len(every) <= form.ABILITY_MAX:
            return every
        ranks = self.view.policy.rank_ids
        above = ranks[ranks.index(rank) + 1 : ranks.index(rank) + 2]
        return tuple(a for a in every if any(r in a.marks for r in (rank, *above)))[: form.ABILITY_MAX]

    def put(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        """Place the parts of one person from row `top`; answers which rows of the form stay empty."""
        return self._abilities(canvas, top, person) | self._trainings(canvas, top, person) | self._career(canvas, top, person)

    # abilities -----------------------------------------------------------------------------------------------

    def _abilities(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        result = person.competency.result
        if result.rank is None:
            canvas.put(top + form.ABILITIES, 0, self.labels("interview.rank_unknown"), "cell left", cols=form.COLUMNS)
            return {*BEHAVIOURS, form.NOW, form.NEXT, form.FEELING}
        above = None if person.post_managerial else self.above.get(result.rank)
        canvas.stamp(self._of_rank(result.rank, above, frozenset(result.step_up)), top)
        return set(BEHAVIOURS[len(self.behaviours[result.rank]) :])

    def _of_rank(self, rank: str, above: str | None, step_up: frozenset[str]) -> tuple[Cell, ...]:
        """What everybody of a rank has who is to reach the same next one; the same object each time."""
        key = (rank, above, step_up)
        if key not in self._ranks:
            self._ranks[key] = self._drawn(*key)
        return self._ranks[key]

    def _drawn(self, rank: str, above: str | None, step_up: frozenset[str]) -> tuple[Cell, ...]:
        labels, name, first = self.labels, self.view.policy.rank_name, form.ABILITY_COLUMN
        draft = Canvas("", ())
        draft.put(form.ABILITIES, 0, None, "th2", cols=first)
        draft.put(form.NOW, 0, labels("interview.rank_now", rank=name(rank)), "th2_left", cols=first)
        later = labels("interview.rank_next", rank=name(above)) if above else labels("interview.rank_last")
        draft.put(form.NEXT, 0, later, "th2_left", cols=first)
        draft.put(form.FEELING, 0, labels("interview.feeling"), "th2_left", cols=first)
        for col, ability in enumerate(self.abilities[rank], start=first):
            mark, stronger = ability.marks.get(rank), above is not None and ability.id in step_up
            look = "mark_none" if mark is None else "mark_especially" if mark in self.strong else "mark_required"
            draft.put(form.ABILITIES, col, ability.short or ability.name, "th2 shrink nowrap")
            draft.put(form.NOW, col, self.symbols[mark] if mark else None, look)
            up = self.symbols[ability.marks[above]] if stronger and above else None
            draft.put(form.NEXT, col, up, "mark_new" if up else "mark_none")
            draft.put(form.FEELING, col, None, "input_center" if mark else "td_empty")
        for row, text in zip(BEHAVIOURS, self.behaviours[rank], strict=False):
            draft.put(row, 0, text, "cell left small")
        return tuple(draft.cells)

    # courses -------------------------------------------------------------------------------------------------

    def _trainings(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        labels = self.labels
        due = self._due(person)
        rows = range(form.COURSES, form.COURSES + form.COURSE_ROWS)
        empty = {*rows, form.COURSES_MORE}
        if not due:
            canvas.put(top + form.COURSE_HEAD, 0, labels("interview.no_course"), "cell left muted", cols=form.COLUMNS)
            return empty
        canvas.stamp(self.course_heads, top)
        for row, (course, result) in zip(rows, due, strict=False):
            here = top + row
            chip = self.marks.training[result.status]
            canvas.put(here, 0, chip.text, f"{chip.look} small", cols=2)
            canvas.put(here, form.COURSE_CODE, course.code, "field_value tiny as_text shrink")
            canvas.put(here, 3, course.name, "field_value indent1 shrink", cols=4)
            canvas.put(here, 7, self.groups[course.code], "field_value small muted shrink", cols=2)
            canvas.put(here, 9, self._when(result), "field_value tiny shrink")
            canvas.put(here, form.COURSE_ANSWER, None, "input_center", cols=2)
            empty.discard(row)
        over = len(due) - form.COURSE_ROWS
        if over > 0:
            canvas.put(top + form.COURSES_MORE, 0, labels("interview.more_courses", count=over), "caption", cols=form.COLUMNS)
            empty.discard(form.COURSES_MORE)
        return empty

    def _due(self, person: Assessed) -> list[tuple[Course, TrainingResult]]:
        """Courses that are due (they need an answer), late (the latest window first) or to come."""
        found = [(code, j.result) for code, j in person.trainings.items() if j.result.status in URGENT]
        found.sort(key=lambda pair: _pressing(pair[1]))  # stable: then the policy's order
        return [(self.courses[code], result) for code, result in found]

    def _when(self, result: TrainingResult) -> str:
        year = self.view.reading.year
        if result.status in (TrainingStatus.OVERDUE, TrainingStatus.UPCOMING):
            year = (result.window_end if result.status is TrainingStatus.OVERDUE else result.target_fy) or year
        text = self.labels.short_year(year)
        if result.timing in (Basis.INFERRED, Basis.SET_BY_CITY):
            text = self.labels("interview.year_basis", year=text, basis=self.labels(f"basis.{result.timing.value}"))
        return text

    # career --------------------------------------------------------------------------------------------------

    def _career(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        labels, result = self.labels, person.rotation.result
        strip = self.timeline.strip(person)
        years = self.years
        looks = [BAR] * years
        texts: list[str | None] = [None] * years
        for piece in strip.pieces:
            looks[piece.first : piece.last + 1] = [piece.look] * (piece.last - piece.first + 1)
            looks[piece.first] += " bar_start"
            texts[piece.first] = piece.text
        if strip.now is not None:
            looks[strip.now] += " now_line"
        if person.service_year is None:
            texts[0] = labels("rotation.no_hire")
        if result.window_years <= years:
            looks[result.window_years - 1] += " guide_line"
        canvas.stamp(self.year_heads, top)
        for col in range(years):
            canvas.put(top + form.STRIP, col, texts[col], looks[col])
        chip = self.marks.rotation[result.status]
        canvas.put(top + form.STRIP, years, chip.text, f"{chip.look} shrink", cols=form.COLUMNS - years)
        reason = self.words.reason(result)
        if self.words.degree(person.rotation) and result.status is not RotationStatus.NOT_APPLICABLE:
            reason = labels("rotation.for_reference", reason=reason)
        if result.last_chance is not None:
            reason = labels("interview.last_chance", reason=reason, day=labels.day(result.last_chance))
        canvas.put(top + form.REASON, 0, reason, "cell left small shrink", cols=form.COLUMNS)
        return self._later(canvas, top, person, strip.later) | self._declared(canvas, top, person)

    def _later(self, canvas: Canvas, top: int, person: Assessed, later: tuple[str, ...]) -> set[int]:
        labels = self.labels
        parts = []
        if later:
            names = labels("rotation.then").join(later)
            parts.append(labels("interview.later", year=self.years + 1, list=names))
        for order in person.future_orders:
            day = labels.short_day(order.on if isinstance(order.on, date) else None)
            unit = order.post.section or order.post.department or order.post.bureau or order.kind
            parts.append(labels("rotation.announced", day=day, unit=unit))
        if not parts:
            return {form.LATER}
        canvas.put(top + form.LATER, 0, labels("interview.gap").join(parts), "caption shrink", cols=form.COLUMNS)
        return set()

    def _declared(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        """What the person has learnt beside the courses, and the latest declaration on the roster. What the person asks to
        have considered stays out: it may tell of health."""
        known = [w for w in person.employee.wishes if w.year is not None and w.year <= self.view.reading.year]
        learnt = self._learnt(person)
        room = DECLARED_UNITS - (units(learnt) + units(self.labels("interview.gap")) if learnt else 0)
        wish = self._wish(max(known, key=lambda w: (w.year or 0, w.ref.row)), room) if known else ""
        text = self.labels("interview.gap").join(part for part in (wish, learnt) if part)
        if not text:
            return {form.DECLARED}
        canvas.put(top + form.DECLARED, 0, text, "caption shrink", cols=form.COLUMNS)
        return set()

    def _learnt(self, person: Assessed) -> str:
        """The latest qualifications and the like, as many as have room, and how many more there are; "" for none."""
        labels, as_of = self.labels, self.view.reading.as_of
        dated = [(r.on, r.name) for r in person.employee.qualifications if isinstance(r.on, date) and r.on <= as_of]
        plain = [r.name for r in person.employee.qualifications if not isinstance(r.on, date)]
        dated.sort(key=lambda pair: (-pair[0].toordinal(), pair[1]))
        every = [labels("interview.learnt.one", name=name, year=labels.short_year(fiscal_year(on))) for on, name in dated] + plain
        shown: list[str] = []
        for text in every:
            if shown and units(labels("list.separator").join([*shown, text])) > LEARNT_UNITS:
                break
            shown.append(text)
        more = len(every) - len(shown)
        said = labels("list.separator").join([*shown, *([labels("interview.learnt.more", count=more)] if more else [])])
        return labels("interview.learnt.line", list=said) if said else ""

    def _wish(self, wish: Wish, room: int) -> str:
        """A declaration on one line of `room` half-width letters."""
        labels = self.labels
        parts = (("move", wish.wants_move), ("where", wish.where), ("why", wish.reason), ("training", wish.training))
        year = "" if wish.year is None else labels.fiscal_year(wish.year)
        return shortened(
            [(partial(labels.around, f"interview.declared.{key}"), text) for key, text in parts if text],
            lambda shown: labels("interview.declared.line", year=year, list=labels("interview.gap").join(shown)),
            room,
            labels("interview.cut"),
        )


def _pressing(result: TrainingResult) -> tuple[int, int]:
    late = result.status is TrainingStatus.OVERDUE
    return (URGENT.index(result.status), -(result.window_end or 0) if late else result.target_fy or 0)
