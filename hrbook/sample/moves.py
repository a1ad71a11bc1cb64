"""The places of a career: when somebody moved, where to, and what the places were called then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from hrbook.core.calendar import first_day, fiscal_year
from hrbook.sample.dice import Dice
from hrbook.sample.ladder import Ranks
from hrbook.sample.node import Node
from hrbook.sample.organisation import Organisation, Section, Unit, lineage

TRIES = 8
BUREAU_RANK = 4  # people of this rank head a bureau and stand in no department


@dataclass(frozen=True, slots=True)
class Stay:
    """A place from `day` on: the units it was under their successive names, each with the section of the person."""

    day: date
    chain: tuple[Unit, ...]
    sections: tuple[Section | None, ...] = ()
    outside: str = ""

    def unit_on(self, day: date) -> Unit:
        return [unit for unit in self.chain if unit.start <= day][-1] if not self.outside else self.chain[0]


class Mover:
    """A source of stays from the data's [career] and [secondment]."""

    def __init__(self, data: Node, organisation: Organisation) -> None:
        node = data.node("career")
        self._young, self._later = node.shares("young"), node.shares("later")
        self._long, self._specialist = node.share("stays_long"), node.share("specialist")
        self._off = [(part.whole("month"), part.share("share")) for part in node.nodes("off_april")]
        self._promotion = node.share("promotion_moves")
        self._seconded = node.share("past_secondment")
        self._bodies = data.node("secondment").texts("departments")
        self._outside = data.node("secondment").text("bureau")
        self._year = data.node("city").whole("year")
        self._organisation = organisation

    def stays(self, dice: Dice, ranks: Ranks, job: str, unit: Unit, section: Section | None) -> tuple[Stay, ...]:
        """The stays from the hire to the present seat in `unit`, oldest first."""
        days = self._days(dice, ranks, job)
        stays = self._places(dice, days, ranks, job, unit)
        named = [self._with_sections(dice, stay, section if stay is stays[-1] else None) for stay in stays]
        promoted = {since for since, _ in ranks}
        inner = [place for place, stay in enumerate(named[1:-1], start=1) if stay.day not in promoted]
        if len(named) >= 4 and inner and dice.chance(self._seconded):
            place = dice.pick(inner)
            body = dice.pick(self._bodies)
            named[place] = Stay(named[place].day, (Unit("", self._outside, body),), (None,), body)
        return tuple(named)

    def _days(self, dice: Dice, ranks: Ranks, job: str) -> list[date]:
        hired = ranks[0][0]
        start = fiscal_year(hired)
        factor = 1.0 if job == self._organisation.general_job else self._specialist
        if dice.chance(self._long):
            factor *= 0.12
        changes = {fiscal_year(since): (since, rank) for since, rank in ranks[1:]}
        days, last, before = [hired], start, ranks[0][1]
        for year in range(start + 1, self._year + 1):
            hazards = self._young if year - start <= 10 else self._later
            share = hazards[min(year - last, len(hazards)) - 1] * factor
            since, rank = changes.get(year, (None, before))
            if since is not None:
                crossing = BUREAU_RANK in (rank, before)
                share = 1.0 if crossing else max(share, self._promotion * factor) if rank >= 2 else share
            if dice.chance(share):
                day = since if since is not None else self._off_april(dice, year)
                if day > days[-1]:
                    days.append(day)
                    last = year
            before = rank
        return days

    def _off_april(self, dice: Dice, year: int) -> date:
        share = dice.unit()
        for month, part in self._off:
            share -= part
            if share < 0 and year < self._year:
                return date(year, month, 1)
        return first_day(year)

    def _places(self, dice: Dice, days: list[date], ranks: Ranks, job: str, unit: Unit) -> list[Stay]:
        day = days[-1]
        place, chain = unit, lineage(unit, day, dice)
        found: list[Stay] = []
        for earlier in reversed(days[:-1]):
            rank = [number for since, number in ranks if since <= earlier][-1]
            for _ in range(TRIES):
                other = self._draw(dice, rank, job)
                before = lineage(other, earlier, dice)
                if [u for u in before if u.start <= day][-1] is not chain[0] and other is not place:
                    found.append(Stay(day, chain))
                    place, chain = other, before
                    break
            else:  # nowhere else to come from: the person was here all the time
                chain = lineage(place, earlier, dice)
            day = earlier
        found.append(Stay(day, chain))
        return found[::-1]

    def _draw(self, dice: Dice, rank: int, job: str) -> Unit:
        if rank == BUREAU_RANK:
            return dice.pick(self._organisation.bureaus)
        return dice.spin(self._organisation.wheel(job))

    def _with_sections(self, dice: Dice, stay: Stay, last: Section | None) -> Stay:
        """Sections from the last unit backwards, each the origin of the one after it where it has any."""
        chosen: list[Section | None] = []
        wanted = last
        for unit in reversed(stay.chain):
            if wanted is None or wanted not in unit.sections:
                wanted = dice.pick(unit.sections) if unit.sections else None
            chosen.append(wanted)
            wanted = self._origin(wanted)
        return replace(stay, sections=tuple(reversed(chosen)))

    def _origin(self, section: Section | None) -> Section | None:
        codes = section.origins if section is not None else ()
        return next((s for unit in self._organisation.former for s in unit.sections if s.code in codes), None)
