"""What people learn by themselves and wish to learn (policy chapter 5, section 2), counted. Wishes by rank are told of groups
only: a cell that few people stand behind is hidden, with as many others as it takes that no subtraction recovers it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hrbook.core.calendar import fiscal_year
from hrbook.core.roster import Employee, Qualification, Wish


@dataclass(frozen=True, slots=True)
class KindCount:
    """What is on record of one kind of learning: rows by fiscal year (None: before the first year shown, or undated), people,
    and rows of which the city paid a part."""

    by_year: Mapping[int | None, int]
    people: int
    subsidised: int

    @property
    def rows(self) -> int:
        return sum(self.by_year.values())


@dataclass(frozen=True, slots=True)
class Demand:
    """Wished themes of one fiscal year, each person counted once a theme: by theme and rank (None: unknown rank), people who
    named any, and the ways in which they wish to learn. `year` None: nobody named a theme yet."""

    year: int | None
    people: int
    by_theme: Mapping[str, Mapping[str | None, int]]
    ways: Mapping[str, int]


def learnt(person: Employee, as_of: date) -> tuple[Qualification, ...]:
    """What is on record of a person, without what is dated after `as_of`."""
    return tuple(row for row in person.qualifications if not (isinstance(row.on, date) and row.on > as_of))


def kinds_of(people: Iterable[Employee], years: Sequence[int], as_of: date) -> dict[str | None, KindCount]:
    """Records by kind (None: no kind). Rows dated after `as_of` count for nothing."""
    rows: dict[str | None, Counter[int | None]] = defaultdict(Counter)
    who: dict[str | None, set[str]] = defaultdict(set)
    paid: Counter[str | None] = Counter()
    for person in people:
        for record in learnt(person, as_of):
            year = fiscal_year(record.on) if isinstance(record.on, date) else None
            rows[record.kind][year if year in years else None] += 1
            who[record.kind].add(person.staff_id)
            paid[record.kind] += record.subsidised
    return {kind: KindCount(dict(counted), len(who[kind]), paid[kind]) for kind, counted in rows.items()}


def wished(person: Employee, year: int) -> tuple[Wish, ...]:
    """The rows of one year in which somebody says what to learn, or how."""
    return tuple(wish for wish in person.wishes if wish.year == year and (wish.themes or wish.way))


def wish_year(people: Iterable[Employee], year: int) -> int | None:
    """The last fiscal year up to `year` in which anybody said what to learn."""
    found = (w.year for p in people for w in p.wishes if w.year is not None and w.year <= year and (w.themes or w.way))
    return max(found, default=None)


def demand(people: Sequence[Employee], year: int) -> Demand:
    """Wishes of the last year that has any."""
    latest = wish_year(people, year)
    if latest is None:
        return Demand(None, 0, {}, {})
    by_theme: dict[str, Counter[str | None]] = defaultdict(Counter)
    ways: Counter[str] = Counter()
    count = 0
    for person in people:
        rows = wished(person, latest)
        count += bool(rows)
        for theme in sorted({theme for row in rows for theme in row.themes}):
            by_theme[theme][person.rank] += 1
        ways.update({row.way for row in rows if row.way is not None})
    return Demand(latest, count, {theme: dict(ranks) for theme, ranks in by_theme.items()}, dict(ways))


def hidden(cells: Sequence[int], least: int) -> tuple[frozenset[int], bool]:
    """Which of the cells of one row may not be shown, and whether their sum may not either. Nought tells of nobody.

    A cell behind which fewer than `least` people stand is hidden. The hidden ones together must hold `least` people in two
    cells or more, or the row's sum would tell them: until they do, the smallest of the others is hidden too."""
    if 0 < sum(cells) < least:
        return frozenset(place for place, count in enumerate(cells) if count), True
    gone = {place for place, count in enumerate(cells) if 0 < count < least}
    while gone and (len(gone) < 2 or sum(cells[place] for place in gone) < least):
        rest = [place for place, count in enumerate(cells) if count and place not in gone]
        gone.add(min(rest, key=lambda place: (cells[place], place)))
    return frozenset(gone), False
