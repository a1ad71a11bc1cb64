"""The figures of a run that show how far the measures of the city's plan are (policy chapter 8). Nobody is named here, and
nothing is judged anew: judgements and rows of the roster are counted. Higher is nearer to what the policy means to reach.

Some kinds of figures there are once for every item of the policy or of the survey: their id ends in that item's id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from hrbook.core.assessment import Assessed, Assessment
from hrbook.core.calendar import fiscal_year
from hrbook.core.digital import finished, talent_of, tier_id
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.core.learning import learnt
from hrbook.core.ojt_types import OjtStatus
from hrbook.core.policy import Policy
from hrbook.core.recruitment import recruitment
from hrbook.core.roster import Employment
from hrbook.core.survey import Release

SINGLE = (
    "rotation", "wishes", "scores", "forms", "training", "ojt", "learning", "leaders", "outside", "literacy", "midcareer", "stay",
)  # fmt: skip
COURSES, LEARNT, TIER, SURVEY = "training.", "learning.", "tier.", "survey."  # then a category, a kind, a tier, a topic
ON_COURSE = (RotationStatus.MET, RotationStatus.ON_TRACK)
PLACED = (*ON_COURSE, RotationStatus.NEEDS_PLAN, RotationStatus.OUT_OF_REACH, RotationStatus.NOT_REACHED)
WANTED = (TrainingStatus.COMPLETED, TrainingStatus.IN_TARGET, TrainingStatus.OVERDUE)
COHORTS = 5  # fiscal years of hires that one figure takes together: a single year says little


class Kind(StrEnum):
    """What a figure is: a share of a whole (0 to 1), a number of people, a mean of answers (1 to 5)."""

    SHARE = "share"
    PEOPLE = "people"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `part` of `whole` for a share, `part` people, or the mean `value` of `whole` answers. `value` None: it cannot
    be told (nobody to count, or the settings name nothing). `end`: the mean is told as "at least" (1) or "at most" (-1)."""

    id: str
    kind: Kind
    value: Fraction | None
    part: int = 0
    whole: int = 0
    end: int = 0


def reached(figure: Figure | None, goal: Fraction | None) -> bool | None:
    """Whether a figure has come to its goal; None where there is no figure or no goal, or where a mean that is told as "at
    least" does not say."""
    if figure is None or figure.value is None or goal is None:
        return None
    if figure.value >= goal:
        return True
    return None if figure.end > 0 else False


class Group(Protocol):
    """The people of one department."""

    @property
    def people(self) -> tuple[Assessed, ...]: ...


def kind_of(indicator: str) -> Kind:
    """What the figure of this id is."""
    if indicator.startswith(SURVEY):
        return Kind.MEAN
    return Kind.PEOPLE if indicator == "outside" or indicator.startswith(TIER) else Kind.SHARE


def known(indicator: str, policy: Policy) -> bool:
    """Whether a run can compute this figure. Topics of the survey are not known before one was closed: any will do."""
    return indicator.startswith(SURVEY) or indicator in indicator_ids(policy)


def indicator_ids(policy: Policy) -> tuple[str, ...]:
    """Every figure that the roster and the judgements give under this policy."""
    categories = (f"{COURSES}{category.id}" for category in policy.training.categories)
    kinds = (f"{LEARNT}{kind.id}" for kind in policy.learning.kinds)
    return (*SINGLE, *categories, *kinds, *(f"{TIER}{tier}" for tier in policy.digital.above))


def figures_of(assessment: Assessment, groups: Sequence[Group], releases: Iterable[Release] = ()) -> tuple[Figure, ...]:
    """Every figure of a run, in the order of `indicator_ids`, then the topics of the survey of its year or the latest before."""
    told = (*_people(assessment), *_learnt(assessment), *_trainings(assessment), *_digital(assessment, groups))
    found = {figure.id: figure for figure in told}
    ordered = [found[name] for name in indicator_ids(assessment.reading.policy)]
    closed = [one for one in releases if one.year <= assessment.reading.year]
    return (*ordered, *(_answers(max(closed, key=lambda one: one.year)) if closed else ()))


def _share(name: str, part: int, whole: int) -> Figure:
    return Figure(name, Kind.SHARE, Fraction(part, whole) if whole else None, part, whole)


def _kept(name: str, found: Sequence[bool], kept: bool) -> Figure:
    """The share of people of whom something is on record; nothing can be told where no such record is kept at all."""
    return _share(name, sum(found), len(found) if kept else 0)


def _people(assessment: Assessment) -> Iterator[Figure]:
    """Figures that count people, and the hires of the last years."""
    reading = assessment.reading
    recent = (reading.year - 1, reading.year)
    statuses = [p.rotation.result.status for p in assessment.people]
    yield _share("rotation", sum(s in ON_COURSE for s in statuses), sum(s in PLACED for s in statuses))
    rows = [person.employee for person in _staff(assessment)]
    wished = [any(w.year in recent for w in e.wishes) for e in rows]
    yield _kept("wishes", wished, any(e.wishes for e in rows))
    scored = [any(s.year in recent and (s.own or s.manager) is not None for s in e.scores) for e in rows]
    yield _kept("scores", scored, any(e.scores for e in rows))
    yield _kept("forms", [any(entry.year in recent for entry in e.returned) for e in rows], any(e.returned for e in rows))
    told = recruitment(assessment.roster.employees, reading.year, reading.as_of, reading.rotation.midcareer_routes)
    last = told.cohorts[-COHORTS:]
    midcareer = [cohort.midcareer for cohort in last if cohort.midcareer is not None]
    yield _share("midcareer", sum(midcareer), sum(cohort.people for cohort in last) if midcareer else 0)
    whole = [cohort for cohort in told.cohorts if cohort.stayed is not None][-COHORTS:]
    yield _share("stay", sum(cohort.stayed or 0 for cohort in whole), sum(cohort.people for cohort in whole))


def _learnt(assessment: Assessment) -> Iterator[Figure]:
    """People with a record of something learnt, all of it and by kind; newcomers who have a trainer."""
    reading = assessment.reading
    recent = (reading.year - 1, reading.year)
    rows = [learnt(p.employee, reading.as_of) for p in _staff(assessment)]
    kinds = [{record.kind for record in records if _recent(record.on, recent)} for records in rows]
    yield _kept("learning", [bool(own) for own in kinds], any(rows))
    sorted_kinds = any(record.kind for records in rows for record in records)
    for kind in reading.policy.learning.kinds:
        yield _kept(f"{LEARNT}{kind.id}", [kind.id in own for own in kinds], sorted_kinds)
    known = [p.ojt.newcomer for p in assessment.people if p.ojt and p.ojt.newcomer and p.service_year is not None]
    paired = [newcomer.status is not OjtStatus.NONE for newcomer in known if newcomer.new]
    yield _kept("ojt", paired, any(p.employee.trainers for p in assessment.people))


def _staff(assessment: Assessment) -> list[Assessed]:
    """Everybody judged but the appointees of one fiscal year."""
    return [person for person in assessment.people if person.employee.employment is not Employment.FISCAL_YEAR]


def _recent(day: object, years: tuple[int, int]) -> bool:
    return isinstance(day, date) and fiscal_year(day) in years


def _trainings(assessment: Assessment) -> Iterator[Figure]:
    """Courses taken, of those whose time has come: all of them, and by category."""
    training = assessment.reading.policy.training
    done: dict[str, int] = dict.fromkeys((c.id for c in training.categories), 0)
    wanted = dict(done)
    category = {course.code: course.category for course in training.courses}
    for person in assessment.people:
        for code, judged in person.trainings.items():
            if judged.result.status in WANTED:
                wanted[category[code]] += 1
                done[category[code]] += judged.result.status is TrainingStatus.COMPLETED
    yield _share("training", sum(done.values()), sum(wanted.values()))
    for name, part in done.items():
        yield _share(f"{COURSES}{name}", part, wanted[name])


def _digital(assessment: Assessment, groups: Sequence[Group]) -> Iterator[Figure]:
    """People above the default tier, departments that have one, and who of the others finished the courses for everybody."""
    reading = assessment.reading
    digital = reading.policy.digital
    talents = [talent_of(group.people, reading) for group in groups]
    yield _share("leaders", sum(bool(t.own) for t in talents), len(talents) if digital.above else 0)
    own = [tier for talent in talents for tier, _ in talent.own]
    for tier in digital.above:
        yield Figure(f"{TIER}{tier}", Kind.PEOPLE, Fraction(own.count(tier)), own.count(tier))
    outside = sum(len(talent.outside) for talent in talents)
    yield Figure("outside", Kind.PEOPLE, Fraction(outside) if reading.outside_experts else None, outside)
    base = {tier.id for tier in digital.tiers if tier.default}
    courses = [course for path in reading.tier_paths if path.tier in base for course in path.courses]
    everybody = [p for p in _staff(assessment) if tier_id(p) in base] if courses else []
    able = sum(all(finished(course, p, reading.as_of) for course in courses) for p in everybody)
    yield _share("literacy", able, len(everybody))


def _answers(release: Release) -> Iterator[Figure]:
    """The topics' means of the whole city, as far as they may be told."""
    for item, told in sorted(release.figures.get((), {}).items()):
        yield Figure(f"{SURVEY}{item}", Kind.MEAN, told.mean, 0, told.count, told.end)
