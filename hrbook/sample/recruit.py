"""People for the seats of the city: name, profile, ranks, stays and orders put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hrbook.core.calendar import fiscal_year
from hrbook.sample.dice import Dice
from hrbook.sample.ladder import Ladder, Ranks, reappointment_day, step_down_day
from hrbook.sample.moves import Mover
from hrbook.sample.names import Name, Names
from hrbook.sample.node import Node
from hrbook.sample.orders import OrderBook
from hrbook.sample.organisation import Organisation
from hrbook.sample.people import Kind, Person, Seat
from hrbook.sample.profile import Profile, Profiles

MANAGER_RANK = 3
VETERAN_TITLES = (("senior_alone", 2, 0.6), ("chief", 1, 0.9), ("clerk", 0, 1.0))  # word, rank, cumulative share
SCHOOL_AGE = 23  # at the end of the year of a new graduate's hire
LATEST_RECENT = 2018  # histories of people hired since are complete unless a feature says otherwise


class Recruiter:
    """Makes people. Everything about one person comes from the dice that is handed in."""

    def __init__(self, data: Node, organisation: Organisation) -> None:
        self._words, self._career = data.node("words"), data.node("career")
        self._year = data.node("city").whole("year")
        self._names = Names(data.node("names"))
        self._profiles = Profiles(data, organisation.general_job)
        self._ladder = Ladder(self._career, self._year)
        self._mover = Mover(data, organisation)
        self._orders = OrderBook(data)

    def fill(self, dice: Dice, seat: Seat, number: int) -> Person:
        """The person on `seat`, the `number`-th of the city, with the whole history up to now."""
        profile = self._profiles.draw(dice, seat)
        name = self._names.draw(dice, profile.born.year, number)
        if profile.rank is None:
            return self._annual(dice, seat, profile, name)
        ranks, title, reappointed = self._ranks(dice, seat, profile, profile.rank)
        stays = self._mover.stays(dice, ranks, profile.job, seat.unit, seat.section)
        orders = self._orders.write(dice, stays, ranks, title, reappointed)
        person = Person(
            name,
            profile.born,
            profile.hired,
            profile.route,
            profile.employment,
            profile.job,
            title,
            seat.unit,
            seat.section,
            self._words.text("present"),
            ranks,
            tuple(stay.day for stay in stays),
            self._rank_start(dice, ranks),
            orders,
            tier=self._words.text("tier_general") if dice.chance(0.5) else "",
        )
        return self._lose_old_orders(dice, person)

    def _annual(self, dice: Dice, seat: Seat, profile: Profile, name: Name) -> Person:
        title = dice.pick(self._words.texts("annual_titles"))
        return Person(
            name,
            profile.born,
            profile.hired,
            profile.route,
            profile.employment,
            profile.job,
            title,
            seat.unit,
            seat.section,
            self._words.text("present"),
        )

    def _ranks(self, dice: Dice, seat: Seat, profile: Profile, highest: int) -> tuple[Ranks, str, date | None]:
        if seat.kind is not Kind.VETERAN:
            return self._ladder.climb(dice, profile.hired, highest, self._year), seat.title, None
        share = dice.unit()
        word, rank, _ = next(entry for entry in VETERAN_TITLES if share < entry[2])
        reappointed = None
        if profile.employment == self._words.text("reappointed"):
            reappointed = reappointment_day(profile.born)
        down = reappointed or step_down_day(profile.born)
        if highest >= MANAGER_RANK and reappointed and fiscal_year(step_down_day(profile.born)) >= 2024:
            down = step_down_day(profile.born)
        ranks = self._ladder.climb(dice, profile.hired, highest, fiscal_year(down) - 1)
        if rank < highest:
            ranks = (*ranks, (down, rank))
        return ranks, self._words.text(word), reappointed

    def _rank_start(self, dice: Dice, ranks: Ranks) -> date | None:
        """What the roster's column says: the start of the rank; after a step down half of the cells hold its date."""
        if not dice.chance(self._career.share("given_rank_start")):
            return None
        if len(ranks) > 1 and ranks[-1][1] < ranks[-2][1] and dice.chance(0.5):
            return next((since for since, rank in ranks if rank == ranks[-1][1]), ranks[-1][0])
        return ranks[-1][0]

    def _lose_old_orders(self, dice: Dice, person: Person) -> Person:
        """Some histories begin only when the personnel system came in; the last order always stays."""
        if person.hired.year > LATEST_RECENT - 13 or not dice.chance(self._career.share("late_history")):
            return person
        first, last = self._career.wholes("late_years")
        since = date(dice.whole(first, last), 4, 1)
        kept = tuple(order for order in person.orders if order.day >= since) or person.orders[-1:]
        return replace(person, orders=kept)

    def planned(self, dice: Dice, seat: Seat, number: int, hired: date) -> Person:
        """Somebody whose hire is decided and lies ahead."""
        words = self._words
        born = date(self._year - SCHOOL_AGE - dice.whole(0, 6), 4, 2) + timedelta(days=dice.whole(0, 364))
        name = self._names.draw(dice, born.year, number)
        return Person(
            name,
            born,
            hired,
            words.text("route_new"),
            words.text("regular"),
            seat.unit.jobs[0][0] if seat.unit.jobs and dice.chance(0.3) else self._profiles.general_job,
            words.text("clerk"),
            seat.unit,
            seat.section,
            words.text("planned"),
            moves=(hired,),
        )

    def gone(self, person: Person, left: date) -> Person:
        """`person` as somebody who left on `left` from the last place of that time: nothing was ordered after that day."""
        orders = tuple(order for order in person.orders if order.day <= left)
        return replace(
            person,
            unit=orders[-1].unit,
            section=orders[-1].section,
            title=orders[-1].title,
            status=self._words.text("left"),
            left=left,
            orders=orders,
            moves=tuple(day for day in person.moves if day <= left),
            ranks=tuple(step for step in person.ranks if step[0] <= left),
            rank_start=None,
            absences=(),
        )
