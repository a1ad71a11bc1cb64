"""What the city decides for the training plan: sessions, how many may be away, and what it expects of promotions and hires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Generic, TypeVar

T = TypeVar("T")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Band(Generic[T]):
    """One uncertain value: low, expected and high."""

    low: T
    expected: T
    high: T

    def of(self, name: str) -> T:
        """The value of one case: `low`, `expected` or `high`."""
        value: T = getattr(self, name)
        return value


CASES = ("low", "expected", "high")


@dataclass(frozen=True, slots=True)
class Session:
    """One holding of a course, from its first to its last day (both None: no day is set). `seats` None: without a limit."""

    course: str
    number: int  # 1 is the first of the course in its year
    first: date | None
    last: date | None
    seats: int | None
    place: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the session; empty where none is set."""
        if self.first is None or self.last is None:
            return ()
        return tuple(self.first + n * DAY for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Promotion:
    """The share of the people of one rank, in rank years `first` to `last` (None: open), that rises within a year."""

    rank: str
    first: int
    last: int | None
    share: Band[Fraction]


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """The settings of the plan. `away_share` is in percent of a department's people, one person always being allowed; of two
    limits the smaller holds. Empty `promotions` and `hires` None: what the roster's own history shows stands for them."""

    sessions: tuple[Session, ...] = ()
    away_most: int | None = None
    away_share: int | None = None
    promotions: tuple[Promotion, ...] = ()
    hires: Band[int] | None = None

    def away_limit(self, people: int) -> int | None:
        """How many of a department of so many people may be away on one day; None: no limit is set."""
        limits = [] if self.away_most is None else [self.away_most]
        if self.away_share is not None:
            limits.append(max(1, people * self.away_share // 100))
        return min(limits, default=None)
