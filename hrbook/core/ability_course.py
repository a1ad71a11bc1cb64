"""One person's assessments over the years, ability by ability: how far self and manager see it, and what the rank weighs.

It is a person's own course: nothing here sets people side by side, and nothing is ordered by a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hrbook.core.growth import HIGHEST
from hrbook.core.roster import Score

Pair = tuple[int | None, int | None]  # own score, the manager's


@dataclass(frozen=True, slots=True)
class AbilityCourse:
    """`weight` is the share that the present rank gives the ability (None: none); `scores` by fiscal year, oldest first."""

    ability: str
    weight: Fraction | None
    scores: Mapping[int, Pair]

    @property
    def latest(self) -> Pair:
        """Own and manager's score of the last year in which the ability was scored."""
        return self.scores[max(self.scores)] if self.scores else (None, None)

    @property
    def apart(self) -> int | None:
        """How much higher the own score is than the manager's, in the last year; None unless both are given."""
        own, manager = self.latest
        return None if own is None or manager is None else own - manager

    @property
    def short(self) -> Fraction | None:
        """What is missing to the end of the scale by the last score (the manager's before the own), times the weight."""
        own, manager = self.latest
        score = manager if manager is not None else own
        return None if score is None or self.weight is None else self.weight * (HIGHEST - score)


def course_of(
    scores: Iterable[Score], weights: Mapping[str, Fraction], order: Sequence[str], ids: Mapping[str, str], years: Sequence[int]
) -> tuple[AbilityCourse, ...]:
    """The abilities of `order` that have a weight or a score in one of `years`. `ids` gives an ability's id by its names."""
    given: dict[str, dict[int, Pair]] = {}
    for score in scores:
        if score.year is not None and score.year in years and (score.own is not None or score.manager is not None):
            given.setdefault(ids.get(score.ability, score.ability), {})[score.year] = (score.own, score.manager)
    return tuple(
        AbilityCourse(ability, weights.get(ability), dict(sorted(given.get(ability, {}).items())))
        for ability in order
        if ability in weights or ability in given
    )


def attained(course: Iterable[AbilityCourse], year: int) -> tuple[Fraction | None, Fraction | None]:
    """Weighted means of the own and of the manager's scores of one year over what is scored and weighs; None: nothing is."""
    own, manager = (_mean(course, year, place) for place in (0, 1))
    return own, manager


def _mean(course: Iterable[AbilityCourse], year: int, place: int) -> Fraction | None:
    known = [(c.weight, c.scores[year][place]) for c in course if c.weight is not None and year in c.scores]
    scored = [(weight, score) for weight, score in known if score is not None]
    total = sum((weight for weight, _ in scored), Fraction(0))
    return sum((weight * score for weight, score in scored), Fraction(0)) / total if total else None


def assessed_years(scores: Iterable[Score], last: int, most: int) -> tuple[int, ...]:
    """The last `most` fiscal years up to `last` in which anything was scored, oldest first."""
    found = {s.year for s in scores if s.year is not None and s.year <= last and (s.own is not None or s.manager is not None)}
    return tuple(sorted(found)[-most:])
