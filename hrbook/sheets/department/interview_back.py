"""The back of an interview form: goals from the department's to the person's own, scores, attitudes (policy chapters 3, 5-4)."""

from __future__ import annotations

from functools import partial

from hrbook.core.assessment import Assessed
from hrbook.core.competency import Ability, percentages
from hrbook.core.goals import Goal, UnitGoal, goal_years, goals_for, goals_of
from hrbook.core.policy import Attitude
from hrbook.sheets import form
from hrbook.sheets.book import Cell
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.department.interview_parts import COLUMN, Parts
from hrbook.sheets.paper import cut, pixels, room_for, shortened
from hrbook.sheets.view import DepartmentView

LINES = 2  # of a text about last year's goal, and of the department's goals
GOAL, BEFORE = "cell left small wrap", "caption_wrap"  # their looks


class Back:
    """What the backs of one book have in common, made once."""

    def __init__(self, view: DepartmentView, parts: Parts) -> None:
        self.view, self.parts = view, parts
        self.labels, self.year = view.labels, view.reading.year
        self.attitudes: tuple[Attitude, ...] = view.policy.attitudes[: form.ATTITUDES_MAX]
        self.room = {look: LINES * room_for(pixels(COLUMN) * form.COLUMNS, look) - 4 for look in (GOAL, BEFORE)}
        self._goals: dict[tuple[str, str], str] = {}  # by unit
        self._ids = view.policy.competency.ids_by_name()
        self._ranks: dict[str, tuple[Cell, ...]] = {}

    def put(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        """Place what differs from person to person; answers which rows of the form stay empty."""
        unit = self.view.department.goal_units[person.employee.staff_id]
        canvas.put(top + form.UNIT_GOAL, 0, self._unit_goals(*unit), GOAL, cols=form.COLUMNS)
        return self._before(canvas, top, person) | self._scores(canvas, top, person) | self._no_attitudes()

    # goals ---------------------------------------------------------------------------------------------------

    def _unit_goals(self, bureau: str, department: str) -> str:
        if (bureau, department) not in self._goals:
            self._goals[bureau, department] = self._said(goals_for(self.view.unit_goals, bureau, department, self.year))
        return self._goals[bureau, department]

    def _said(self, goals: tuple[UnitGoal, ...]) -> str:
        labels = self.labels
        if not goals:
            return labels("interview.goal.no_unit")
        many = len(goals) > 1
        texts = [labels("interview.goal.listed", number=n, text=g.text) if many else g.text for n, g in enumerate(goals, start=1)]
        unit = goals[0].unit or labels("interview.goal.city")
        return self._short(labels("interview.goal.unit", unit=unit, list=labels("interview.gap").join(texts)))

    def _before(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        """What was set and reached in the last year of which goals came back, one line a goal."""
        entries = person.employee.returned
        years = goal_years(entries, self.year)
        goals = goals_of(entries, years[0]) if years else ()
        rows = range(form.BEFORE, form.BEFORE + form.BEFORE_ROWS)
        for row, goal in zip(rows, goals, strict=False):
            canvas.put(top + row, 0, self._told(goal), BEFORE, cols=form.COLUMNS)
        return set(rows[len(goals) :])

    def _told(self, goal: Goal) -> str:
        labels = self.labels
        year, gap = labels.fiscal_year(goal.year), labels("interview.gap")
        return shortened(
            [(partial(labels.around, f"interview.before.{step}"), text) for step, text in _results(goal) if text],
            lambda shown: labels("interview.before.line", year=year, number=goal.number, list=gap.join(shown)),
            self.room[BEFORE],
            labels("interview.cut"),
        )

    def _short(self, text: str) -> str:
        plain = text.replace("\n", " ")
        short = cut(plain, self.room[GOAL])
        return plain if short == plain else short + self.labels("interview.cut")

    # scores --------------------------------------------------------------------------------------------------

    def _scores(self, canvas: Canvas, top: int, person: Assessed) -> set[int]:
        labels, rank = self.labels, person.competency.result.rank
        if rank is None:
            canvas.put(top + form.SCORED, 0, labels("interview.rank_unknown"), "cell left", cols=form.COLUMNS)
            return {form.MARKS, form.SCORES_BEFORE, form.OWN_SCORE, form.MANAGER_SCORE}
        canvas.stamp(self._of_rank(rank, person), top)
        before, year = self._scored_before(person)
        told = labels("interview.score.before", year=labels.short_year(year)) if year else labels("interview.score.none_before")
        canvas.put(top + form.SCORES_BEFORE, 0, told, "th2_left shrink", cols=form.ABILITY_COLUMN)
        for col, ability in enumerate(self.parts.abilities[rank], start=form.ABILITY_COLUMN):
            canvas.put(top + form.SCORES_BEFORE, col, before.get(ability.id), "td_center small")
        return set()

    def _of_rank(self, rank: str, person: Assessed) -> tuple[Cell, ...]:
        """Everything about scores that is the same for all of a rank; the same object each time."""
        if rank not in self._ranks:
            self._ranks[rank] = self._drawn(rank, percentages(person.competency.result.weights))
        return self._ranks[rank]

    def _drawn(self, rank: str, percent: dict[str, int]) -> tuple[Cell, ...]:
        labels, first = self.labels, form.ABILITY_COLUMN
        draft = Canvas("", ())
        draft.put(form.SCORED, 0, None, "th2", cols=first)
        draft.put(form.MARKS, 0, labels("interview.score.weight"), "th2_left", cols=first)
        for field, row in form.SCORE_ROWS.items():
            draft.put(row, 0, labels(f"interview.score.{field}"), "th2_left", cols=first)
        for col, ability in enumerate(self.parts.abilities[rank], start=first):
            draft.put(form.SCORED, col, ability.short or ability.name, "th2 shrink nowrap")
            draft.put(form.MARKS, col, self._weight(ability, rank, percent), "td_center small")
            for row in form.SCORE_ROWS.values():
                draft.put(row, col, None, "input_center" if ability.id in percent else "td_empty")
        return tuple(draft.cells)

    def _weight(self, ability: Ability, rank: str, percent: dict[str, int]) -> str | None:
        if ability.id not in percent:
            return None
        return self.labels("interview.score.mark", symbol=self.parts.symbols[ability.marks[rank]], percent=percent[ability.id])

    def _scored_before(self, person: Assessed) -> tuple[dict[str, str], int | None]:
        """The scores of the last assessed year before this one, by ability id: own / the manager's."""
        known = [s for s in person.employee.scores if s.year is not None and s.year < self.year]
        year = max((s.year for s in known if s.year is not None), default=None)
        labels, ids = self.labels, self._ids
        unknown = labels("interview.unknown")
        told = {
            ids[s.ability]: labels("interview.score.pair", own=_or(s.own, unknown), manager=_or(s.manager, unknown))
            for s in known
            if s.year == year and s.ability in ids and (s.own is not None or s.manager is not None)
        }
        return told, year

    # attitudes -----------------------------------------------------------------------------------------------

    def _no_attitudes(self) -> set[int]:
        if self.attitudes:
            return set()
        head = form.HEADINGS[ATTITUDE_PART]
        return {head, form.ATTITUDES, form.ATTITUDE_GISTS, form.ATTITUDE_HEAD, form.FIELDS["attitude_words"][0]}


ATTITUDE_PART = 5  # index of their heading


def _or(score: int | None, unknown: str) -> str:
    return unknown if score is None else str(score)


def _results(goal: Goal) -> tuple[tuple[str, str], ...]:
    """What of a goal is told a year later: half way only where the end of the year says nothing."""
    return (("plan", goal.plan or goal.do), ("check", goal.check or goal.mid), ("act", goal.act))
