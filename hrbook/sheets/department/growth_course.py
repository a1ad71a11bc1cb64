"""Each person's assessments and goals over the years: their own course, in the order of the book. Nobody is set beside others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hrbook.core.ability_course import AbilityCourse, assessed_years, attained, course_of
from hrbook.core.assessment import Assessed
from hrbook.core.choices import Weights
from hrbook.core.competency import percentages
from hrbook.core.goals import goal_years, goals_of
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas
from hrbook.sheets.cited import review_clause
from hrbook.sheets.department.contents import held
from hrbook.sheets.department.frame import band, page_of
from hrbook.sheets.paper import AROUND, capacity, page_starts, text_height
from hrbook.sheets.view import DepartmentView

ORDER = 62
YEARS = 4  # fiscal years side by side
FAR = 2  # steps between own and manager's score that are worth a talk
HEAD, BODY, HEIGHT = 3, 5, 15.0
NOTE = "caption_wrap"
WIDTHS = (9.5, 15, 9.5, 17, 9)
GOALS = (("staff_id", 9.5), ("name", 15), ("year", 12), ("aim", 26), ("plan", 30), ("mid", 24), ("check", 28), ("act", 26))


@dataclass(frozen=True, slots=True)
class _Person:
    who: Assessed
    course: tuple[AbilityCourse, ...]

    @property
    def rows(self) -> int:
        """A row an ability, and the means below them; one row where nothing was scored."""
        return len(self.course) + 1 if self.scored else 1

    @property
    def scored(self) -> bool:
        return any(one.scores for one in self.course)

    @property
    def far(self) -> bool:
        return any(one.apart is not None and abs(one.apart) >= FAR for one in self.course)


def sheets(view: DepartmentView) -> tuple[Sheet, ...]:
    """The scores where anybody has any, and the goals of earlier years where any came back."""
    makers = {"growth_course": _scores, "goals_course": _goals}
    return tuple(make(view) for sheet, make in makers.items() if sheet in held(view))


# scores ------------------------------------------------------------------------------------------------------------


def _scores(view: DepartmentView) -> Sheet:
    labels, policy = view.labels, view.policy
    years = assessed_years((s for p in view.forms for s in p.employee.scores), view.reading.year, YEARS)
    weights = Weights(policy.competency, view.reading.points, policy.rank_ids)
    order, ids = tuple(a.id for a in policy.competency.abilities), policy.competency.ids_by_name()
    people = [
        _Person(p, course_of(p.employee.scores, weights.by_rank.get(p.employee.rank or "", {}), order, ids, years))
        for p in view.forms
    ]
    canvas = Canvas(labels("sheet.growth_course.name"), (*WIDTHS, *(7.6,) * (2 * len(years)), 11, 13))
    scored = sum(1 for one in people if one.scored)
    far = sum(1 for one in people if one.far)
    finding = labels("growth_course.finding", people=len(people), scored=scored, far=far, steps=FAR)
    band(view, canvas, labels("sheet.growth_course.title"), finding)
    _heads(view, canvas, years)
    percent = {rank: percentages(shares) for rank, shares in weights.by_rank.items()}
    row = BODY
    for one in people:
        _person(view, canvas, row, one, years, percent.get(one.who.employee.rank or "", {}))
        row += one.rows
    note = labels("growth_course.note", clause=review_clause(labels, policy))
    canvas.put(row, 0, note, NOTE, cols=len(canvas.columns))
    below = AROUND + text_height(note, sum(canvas.columns), NOTE)
    canvas.heights[row] = below
    page = replace(page_of(view, "growth_course"), repeat_rows=(HEAD, BODY - 1))
    page = replace(page, row_breaks=_breaks(canvas, people, capacity(canvas.columns, page), below))
    return canvas.sheet(page, freeze=(BODY, 2), tab="orange")


def _heads(view: DepartmentView, canvas: Canvas, years: Sequence[int]) -> None:
    labels = view.labels
    for col, key in enumerate(("staff_id", "name", "rank", "ability", "weight")):
        canvas.put(HEAD, col, labels(f"growth_course.{key}"), "th", rows=2)
    for place, year in enumerate(years):
        col = len(WIDTHS) + 2 * place
        canvas.put(HEAD, col, labels.short_year(year), "th_blue", cols=2)
        canvas.line(HEAD + 1, col, [labels("growth_course.own"), labels("growth_course.manager")], "th2")
    last = len(WIDTHS) + 2 * len(years)
    for col, key in ((last, "apart"), (last + 1, "short")):
        canvas.put(HEAD, col, labels(f"growth_course.{key}"), "th_dark", rows=2)
    canvas.heights.update({HEAD: 18, HEAD + 1: 26})


def _person(view: DepartmentView, canvas: Canvas, row: int, one: _Person, years: Sequence[int], percent: dict[str, int]) -> None:
    labels, who = view.labels, one.who.employee
    named = {a.id: a.names.get(who.rank or "", a.name) for a in view.policy.competency.abilities}
    last = len(WIDTHS) + 2 * len(years)
    canvas.put(row, 0, who.staff_id, "staff_id group_top")
    canvas.put(row, 1, who.name, "name shrink group_top")
    canvas.put(row, 2, view.policy.rank_name(who.rank) or who.title, "td_small shrink group_top")
    if not one.scored:
        canvas.put(row, 3, labels("growth_course.none"), "td_muted group_top", cols=last - 1)
        canvas.heights[row] = HEIGHT
        return
    for number, ability in enumerate(one.course):
        here, edge = row + number, "" if number else " group_top"
        if number:
            canvas.fill(here, 0, 2, "td")
        share = percent.get(ability.ability)
        canvas.put(here, 3, named[ability.ability], f"td shrink{edge}")
        canvas.put(here, 4, None if share is None else share / 100, f"td_center percent small{edge}")
        for place, year in enumerate(years):
            canvas.line(here, len(WIDTHS) + 2 * place, ability.scores.get(year, (None, None)), f"td_center{edge}")
        apart = ability.apart
        far = " bold" if apart is not None and abs(apart) >= FAR else ""
        canvas.put(here, last, apart, f"td_center difference{far}{edge}" if apart else f"td_center{edge}")
        short = None if ability.short is None else round(float(ability.short), 2)
        canvas.put(here, last + 1, short, f"td_center decimal2{edge}")
        canvas.heights[here] = HEIGHT
    here = row + len(one.course)
    canvas.fill(here, 0, 2, "td")
    canvas.put(here, 3, labels("growth_course.mean"), "td_small muted", cols=2)
    for place, year in enumerate(years):
        means = [None if mean is None else round(float(mean), 2) for mean in attained(one.course, year)]
        canvas.line(here, len(WIDTHS) + 2 * place, means, "td_center decimal1 small muted")
    canvas.fill(here, last, last + 1, "td")
    canvas.heights[here] = HEIGHT


def _breaks(canvas: Canvas, people: Sequence[_Person], room: float, tail: float) -> tuple[int, ...]:
    """Rows before which a page begins: nobody is torn in two, and the `tail` (points) stays with the last."""
    repeated = sum(canvas.heights[row] for row in (HEAD, HEAD + 1))
    heights = [one.rows * HEIGHT for one in people]
    heights[0] += sum(canvas.heights.get(row, HEIGHT) for row in range(HEAD))
    starts = [BODY]
    for one in people:
        starts.append(starts[-1] + one.rows)
    return tuple(starts[index] for index in page_starts(heights, tail, room - repeated))


# goals -------------------------------------------------------------------------------------------------------------


def _goals(view: DepartmentView) -> Sheet:
    """Goals of earlier years as they came back, person by person, the latest year first."""
    labels, year = view.labels, view.reading.year
    canvas = Canvas(labels("sheet.goals_course.name"), [width for _, width in GOALS])
    row, people, longest = BODY - 1, 0, 0
    for person in view.forms:
        who = person.employee
        years = goal_years(who.returned, year)
        people += bool(years)
        longest = max(longest, len(years))
        first = True
        for goal in (goal for told in years for goal in goals_of(who.returned, told)):
            edge = " group_top" if first else ""
            head = (who.staff_id, f"staff_id middle{edge}"), (who.name, f"name shrink middle{edge}")
            for col, (value, look) in enumerate(head):
                canvas.put(row, col, value if first else None, look)
            when = labels("growth_course.year_and_number", year=labels.short_year(goal.year), number=goal.number)
            canvas.put(row, 2, when, f"td_center small{edge}")
            told = (goal.aim, _joined(goal.plan, goal.do), goal.mid, goal.check, goal.act)
            canvas.line(row, 3, [text or None for text in told], f"td_wrap small{edge}")
            row, first = row + 1, False
    finding = labels("growth_course.goals_finding", people=people, of=len(view.forms), years=longest)
    band(view, canvas, labels("sheet.goals_course.title"), finding)
    for col, (key, _) in enumerate(GOALS):
        canvas.put(BODY - 2, col, labels(f"growth_course.goal.{key}"), "th")
    canvas.heights[BODY - 2] = 30
    note = labels("growth_course.goals_note")
    canvas.put(row, 0, note, NOTE, cols=len(GOALS))
    canvas.heights[row] = AROUND + text_height(note, sum(canvas.columns), NOTE)
    page = replace(page_of(view, "goals_course"), repeat_rows=(0, BODY - 2))
    return canvas.sheet(page, freeze=(BODY - 1, 2), tab="orange")


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
