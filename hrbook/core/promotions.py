"""How many rose from rank to rank, and how many were hired, in the latest fiscal years: what a forecast rests on where the
city expects nothing else. Counted among the people who are on the roster today; those who have left are not on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hrbook.core.calendar import fiscal_year, last_day
from hrbook.core.plan_policy import Band, Promotion
from hrbook.core.rank_history import RankRun
from hrbook.core.roster import Employment
from hrbook.core.standing import Standing

YEARS = 5


@dataclass(frozen=True, slots=True)
class Risen:
    """Promotions out of one rank: by fiscal year, people who rose and people who were in the rank on the day before the year
    began. `usual` is the rank year in which the middle one of them rose (None: nobody did)."""

    rank: str
    years: tuple[tuple[int, int, int], ...]  # fiscal year, risen, in the rank
    usual: int | None

    @property
    def risen(self) -> int:
        return sum(up for _, up, _ in self.years)

    @property
    def people(self) -> int:
        return sum(there for _, _, there in self.years)

    def promotion(self) -> Promotion:
        """The lowest, the mean and the highest yearly share."""
        shares = [Fraction(up, there) if there else Fraction(0) for _, up, there in self.years]
        mean = Fraction(self.risen, self.people) if self.people else Fraction(0)
        return Promotion(self.rank, 1, None, Band(min(shares), mean, max(shares)))


def risen_of(people: Iterable[Standing], ranks: Sequence[str], year: int) -> tuple[Risen, ...]:
    """Promotions out of every rank but the highest in the fiscal years `year` - 4 .. `year`, regular staff only."""
    years = range(year - YEARS + 1, year + 1)
    up: Counter[tuple[str, int]] = Counter()
    there: Counter[tuple[str, int]] = Counter()
    stays: dict[str, list[int]] = {rank: [] for rank in ranks}
    order = {rank: place for place, rank in enumerate(ranks)}
    for who in people:
        if who.employee.employment is not Employment.REGULAR:
            continue
        for fiscal in years:
            run = _run_on(who.runs, last_day(fiscal - 1))
            if run is not None and run.rank is not None:
                there[run.rank, fiscal] += 1
        for before, after in zip(who.runs, who.runs[1:], strict=False):
            if before.rank is None or after.rank is None or after.begin is None:
                continue
            fiscal = fiscal_year(after.begin)
            if order[after.rank] > order[before.rank] and fiscal in years:
                up[before.rank, fiscal] += 1
                if before.begin is not None:
                    stays[before.rank].append(fiscal - fiscal_year(before.begin) + 1)
    return tuple(
        Risen(rank, tuple((fiscal, up[rank, fiscal], there[rank, fiscal]) for fiscal in years), _middle(stays[rank]))
        for rank in ranks[:-1]
    )


def hires_of(people: Iterable[Standing], year: int) -> tuple[tuple[int, int], ...]:
    """Fiscal year and regular staff hired in it who are still there, for `year` - 4 .. `year`."""
    counts = Counter(
        fiscal_year(who.employee.hired)
        for who in people
        if who.employee.employment is Employment.REGULAR and isinstance(who.employee.hired, date)
    )
    return tuple((fiscal, counts[fiscal]) for fiscal in range(year - YEARS + 1, year + 1))


def hires_band(hires: Sequence[tuple[int, int]]) -> Band[int]:
    """The lowest, the mean (rounded to whole people) and the highest of the yearly numbers."""
    counts = [count for _, count in hires]
    return Band(min(counts), (2 * sum(counts) + len(counts)) // (2 * len(counts)), max(counts))


def _run_on(runs: Sequence[RankRun], day: date) -> RankRun | None:
    return next((run for run in reversed(runs) if run.seen <= day), None)


def _middle(values: Sequence[int]) -> int | None:
    return sorted(values)[len(values) // 2] if values else None
