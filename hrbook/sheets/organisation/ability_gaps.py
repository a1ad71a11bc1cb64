"""Where scores and weights lie apart: abilities by rank and by department, never by person. Small groups stay hidden, and what
is hidden cannot be had by subtraction (core/ability_gaps.py). Departments stand in their usual order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hrbook.core.ability_gaps import AbilityGaps, Means, Scored, ability_gaps
from hrbook.core.choices import Weights
from hrbook.core.competency import percentages
from hrbook.core.safe_aggregates import WHOLE, Care
from hrbook.sheets.book import Sheet
from hrbook.sheets.canvas import Canvas, breaks
from hrbook.sheets.care import load_care
from hrbook.sheets.cited import review_clause
from hrbook.sheets.organisation.desk import Desk, list_departments

ORDER = 42
HEAD, HEIGHT, RANK_HEIGHT = 3, 18.0, 30.0


def sheets(desk: Desk) -> tuple[Sheet, ...]:
    """One sheet; none where the policy gives no weights or nobody has both scores of an ability."""
    policy = desk.policy
    year = _year(desk)
    if not policy.competency.weighs or year is None:
        return ()
    care = load_care()
    return (_sheet(desk, year, ability_gaps(_scored(desk, year), care), care),)


def _year(desk: Desk) -> int | None:
    """The last fiscal year up to the run's in which somebody has both scores of an ability."""
    scores = (s for d in desk.departments for p in d.people for s in p.employee.scores)
    return max((s.year for s in scores if s.year and s.year <= desk.reading.year and s.own and s.manager), default=None)


def _scored(desk: Desk, year: int) -> Iterator[Scored]:
    """Both scores of everybody's abilities that weigh in their rank, of that year."""
    competency = desk.policy.competency
    weights, ids = Weights(competency, desk.reading.points, desk.policy.rank_ids), competency.ids_by_name()
    for department in desk.departments:
        for person in department.people:
            rank = person.employee.rank
            if rank is None:
                continue
            given = {ids.get(s.ability): s for s in person.employee.scores if s.year == year}  # an ability once: the last row
            for ability in weights.by_rank[rank]:
                score = given.get(ability)
                if score is not None and score.own is not None and score.manager is not None:
                    yield Scored(department.key, rank, ability, score.own, score.manager)


def _sheet(desk: Desk, year: int, gaps: Mapping[str, AbilityGaps], care: Care) -> Sheet:
    labels, abilities, ranks = desk.labels, desk.policy.competency.abilities, desk.policy.ranks
    canvas = Canvas(desk.sheet_name("org_ability_gaps"), (18, 26, 8, *(10.4,) * len(abilities)))
    desk.band(canvas, "org_ability_gaps", _finding(desk, year, gaps, care))
    for col, key in enumerate(("level.bureau", "level.department", "org.departments.people")):
        canvas.put(HEAD, col, labels(key), "th")
    canvas.line(HEAD, 3, [a.short or a.name for a in abilities], "th")
    canvas.heights[HEAD] = 32
    row = HEAD + 1
    _line(desk, canvas, row, labels("org.ability_gaps.whole"), {a: g.units[WHOLE] for a, g in gaps.items()}, care)
    for rank in reversed(ranks):
        row += 1
        _rank(desk, canvas, row, rank.id, {a: g.ranks[rank.id] for a, g in gaps.items() if rank.id in g.ranks}, care)
    body = row + 1
    for at in list_departments(desk, canvas, body, HEIGHT):
        shown = {a: g.units[at.department.key] for a, g in gaps.items() if at.department.key in g.units}
        _cells(desk, canvas, at.row, shown, f"td_center small{at.edge}", care)
    row = body + len(desk.departments)
    place = review_clause(labels, desk.policy)
    note = labels("org.ability_gaps.note", year=labels.fiscal_year(year), least=care.least, clause=place)
    canvas.put(row, 0, note, "caption_wrap", cols=len(canvas.columns))
    canvas.heights[row] = 44
    page = replace(desk.page("org_ability_gaps"), repeat_rows=(HEAD, HEAD))
    page = replace(page, row_breaks=breaks(canvas, page, body, [HEIGHT] * len(desk.departments), 44))
    return canvas.sheet(page, freeze=(HEAD + 1, 3), tab="blue")


def _line(desk: Desk, canvas: Canvas, row: int, name: str, shown: Mapping[str, Means], care: Care) -> None:
    canvas.put(row, 0, name, "totals_label", cols=2)
    canvas.put(row, 2, sum(len(d.people) for d in desk.departments), "totals")
    _cells(desk, canvas, row, shown, "totals small", care)
    canvas.heights[row] = 22


def _rank(desk: Desk, canvas: Canvas, row: int, rank: str, shown: Mapping[str, Means], care: Care) -> None:
    """One rank: the weight of each ability above its means."""
    labels, policy = desk.labels, desk.policy
    percent = percentages(Weights(policy.competency, desk.reading.points, policy.rank_ids).by_rank[rank])
    canvas.put(row, 0, policy.rank_name(rank), "td bold", cols=2)
    canvas.put(row, 2, sum(1 for d in desk.departments for p in d.people if p.employee.rank == rank), "count")
    for col, ability in enumerate(policy.competency.abilities, start=3):
        share = percent.get(ability.id)
        if share is None:
            canvas.put(row, col, None, "td_empty")
            continue
        means = _said(desk, shown.get(ability.id), care)
        canvas.put(row, col, labels("org.ability_gaps.weighed", percent=share, means=means), "td_wrap center small")
    canvas.heights[row] = RANK_HEIGHT


def _cells(desk: Desk, canvas: Canvas, row: int, shown: Mapping[str, Means], look: str, care: Care) -> None:
    for col, ability in enumerate(desk.policy.competency.abilities, start=3):
        canvas.put(row, col, _said(desk, shown.get(ability.id), care), look)


def _said(desk: Desk, means: Means | None, care: Care) -> str:
    """The manager's mean and how the own scores differ from it, as far as it may be said: near the ends of the scale not
    more than that, since a sum there would tell everybody's score."""
    labels = desk.labels
    if means is None:
        return labels("org.ability_gaps.hidden")
    if end := _end(means, care):
        mean = care.high - care.margin if end == "high" else care.low + care.margin
        return labels(f"org.ability_gaps.{end}", mean=f"{mean:.1f}")
    return labels("org.ability_gaps.means", manager=f"{float(means.manager):.1f}", apart=f"{float(means.apart):+.1f}")


def _end(means: Means, care: Care) -> str:
    """Which end of the scale a mean is too near to be told; "" for none."""
    if max(means.manager, means.own) > care.high - care.margin:
        return "high"
    return "low" if min(means.manager, means.own) < care.low + care.margin else ""


def _finding(desk: Desk, year: int, gaps: Mapping[str, AbilityGaps], care: Care) -> str:
    """Of the whole organisation, the abilities whose scores are lowest; abilities are set in order here, never people."""
    labels, names = desk.labels, {a.id: a.name for a in desk.policy.competency.abilities}
    means = {a: g.units[WHOLE] for a, g in gaps.items() if not _end(g.units[WHOLE], care)}
    if not means:
        return labels("org.ability_gaps.finding_none", year=labels.fiscal_year(year))
    lowest = min(means, key=lambda a: (means[a].manager, a))
    apart = max(means, key=lambda a: (abs(means[a].apart), a))
    facts = {"lowest": names[lowest], "mean": f"{float(means[lowest].manager):.1f}", "apart": names[apart]}
    return labels("org.ability_gaps.finding", year=labels.fiscal_year(year), by=f"{float(means[apart].apart):+.1f}", **facts)
