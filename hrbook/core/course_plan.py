"""A course made ready to be judged for one person after another, and what of a person its answer depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hrbook.core.results import TrainingResult
from hrbook.core.source import Basis
from hrbook.core.standing import Standing
from hrbook.core.training_policy import Course
from hrbook.core.windows import Ask

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One course. `shared` keeps the answers for people who are alike in everything that the course asks."""

    course: Course
    asks: tuple[Ask, ...]
    named: tuple[int, ...]  # places of the ranks that the targets name; empty where some target names none
    kinds: tuple[bool, bool, bool, bool]  # what the windows were read from: rank, service, rank year, age
    codes: frozenset[str]  # the courses whose rows in the register may change the answer
    ranks: frozenset[str]  # the ranks in which some target, of this course or of one that blocks its years, may hold
    ranked: bool  # all of those targets name ranks
    clocked: bool  # some of them ask for the time in a rank
    aged: bool
    personal: bool
    bounded: bool  # some target has an end, so that leave may move its window
    shared: dict[Key, TrainingResult] = field(default_factory=dict)

    @classmethod
    def of(
        cls, course: Course, courses: Mapping[str, Course], counting: Callable[[str], Sequence[str]], order: Sequence[str]
    ) -> Plan:
        """`counting` gives the codes that count for a course, `order` the ranks from low to high."""
        asks = tuple(Ask.of(target, course) for target in course.targets)
        others = [courses[code] for code in course.not_in_year_of if code in courses]
        blocking = [Ask.of(target, other) for other in others for target in other.targets]
        every = [*asks, *blocking]
        targets = course.targets
        dated = course.timing is not Basis.UNSET
        linked = (course.code, *course.prerequisites, *course.excludes, *course.not_in_year_of)
        return cls(
            course,
            asks,
            tuple(sorted({order.index(rank) for t in targets for rank in t.ranks})) if all(t.ranks for t in targets) else (),
            (
                any(t.ranks for t in targets),
                dated and any(t.service_year or t.hired_mid_year for t in targets),
                dated and any(t.rank_year or t.entered_mid_year for t in targets),
                dated and any(t.age_of_year for t in targets),
            ),
            frozenset(c for code in linked for c in counting(code)),
            frozenset(rank for ask in every for rank in ask.ranks),
            all(ask.ranks for ask in every),
            any(ask.clocked for ask in every),
            any(ask.target.age_of_year for ask in every),
            any(ask.personal for ask in every),
            any(t.bounded for t in targets),
        )

    def key(self, who: Standing) -> Key | None:
        """Equal for people for whom the course has the same answer, if no row of the register bears on it. None where the
        person is not to be compared: something is unknown, or leave may move a window."""
        if not who.known or (self.bounded and who.missed_march):
            return None
        ranks: Key = ()
        if self.clocked and not self.ranked:
            ranks = who.signature
        elif self.ranks:
            ranks = who.ranks_of(self.ranks, self.clocked)
        passed = tuple(map(who.height.passed, self.named))
        if self.ranked and not ranks:
            return (passed, who.on_leave)
        person = who.employee
        return (
            ranks,
            passed,
            who.on_leave,
            who.service_start if who.hired_mid_year() else who.first_year,
            who.age_now if self.aged else None,
            (person.job_family, person.hire_route, person.roles) if self.personal else None,
        )
