"""What people and their managers write each year: wishes, assessments, reasons, qualifications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from hrbook.core.calendar import first_day
from hrbook.sample.dice import Dice, Wheel
from hrbook.sample.node import Node
from hrbook.sample.organisation import Organisation
from hrbook.sample.people import Person
from hrbook.sample.tables import Row, Value

SENIOR_RANK = 2


class Forms:
    """A source of rows for the sheets on wishes, assessments, reasons and qualifications; of the year before."""

    def __init__(self, data: Node, organisation: Organisation) -> None:
        self._data, self._words, self._organisation = data, data.node("words"), organisation
        self._year = data.node("city").whole("year") - 1
        self._courses = [part.texts("names")[0] for part in data.nodes("course")]
        abilities = data.node("abilities")
        self._abilities = [tuple(str(word) for word in row) for row in abilities.lists("by_rank")]
        self._share, self._unscored = abilities.share("share"), abilities.share("unscored")
        self._own = Wheel(enumerate(abilities.shares("own"), start=1))
        self._manager = Wheel(enumerate(abilities.shares("manager"), start=1))
        self._back = abilities.whole("earlier_years")
        self._rise, self._fall = abilities.share("rise"), abilities.share("fall")
        self._wishes = data.node("wishes")
        self._answers = Wheel(self._wishes.weights("answers"))
        self._themes, self._ways = (Wheel(self._wishes.weights(key)) for key in ("themes", "ways"))

    def _serving(self, person: Person) -> bool:
        return bool(person.ranks) and person.hired < first_day(self._year + 1) and person.left is None

    def wish_rows(self, dice: Dice, person: Person) -> Iterator[Row]:
        """The self-declaration of one person: number, year, wish, where to, why, course, care, themes, way of learning."""
        node = self._wishes
        if not self._serving(person) or not dice.chance(node.share("share")):
            return
        answer = dice.spin(self._answers)
        where = reason = None
        if answer == node.text("wants"):
            unit = dice.spin(self._organisation.wheel(person.job))
            where = unit.department if unit is not person.unit and dice.chance(0.85) else None
            reason = dice.pick(node.texts("reasons"))
        elif dice.chance(0.4):
            reason = dice.pick(node.texts("stay_reasons"))
        course = dice.pick(self._courses) if dice.chance(node.share("training_share")) else None
        care = dice.pick(node.texts("care")) if dice.chance(node.share("care_share")) else None
        yield (person.number, self._year, answer, where, reason, course, care, *self._learning(dice))

    def _learning(self, dice: Dice) -> tuple[Value, Value]:
        """What somebody wishes to learn, one theme or two, and how."""
        node = self._wishes
        if not dice.chance(node.share("theme_share")):
            return None, None
        themes = [dice.spin(self._themes)]
        if dice.chance(node.share("second_theme")):
            themes.append(dice.spin(self._themes))
        way = dice.spin(self._ways) if dice.chance(node.share("way_share")) else None
        return self._words.text("divider").join(dict.fromkeys(themes)), way

    def score_rows(self, dice: Dice, person: Person) -> Iterator[Row]:
        """The assessments of one person, an ability a row: by the rank of last year, and of the years before in that rank."""
        rank = person.rank_on(first_day(self._year + 1) - timedelta(days=1))
        if rank is None or not self._serving(person) or not dice.chance(self._share):
            return
        found: list[tuple[str, int | None, int | None]] = []
        for ability in self._abilities[rank]:
            own, manager = (None if dice.chance(self._unscored) else dice.spin(wheel) for wheel in (self._own, self._manager))
            found.append((ability, own, manager))
        years = [found]
        while len(years) <= self._back and person.rank_on(first_day(self._year + 1 - len(years)) - timedelta(days=1)) == rank:
            years.append([(ability, self._before(dice, own), self._before(dice, manager)) for ability, own, manager in years[-1]])
        for back in range(len(years) - 1, -1, -1):
            yield from ((person.number, self._year - back, *row) for row in years[back])

    def _before(self, dice: Dice, score: int | None) -> int | None:
        """The score of the year before: mostly the same or one lower, now and then one higher."""
        step = 1 if dice.chance(self._rise) else -1 if dice.chance(self._fall) else 0
        return None if score is None else min(5, max(1, score - step))

    def licence_rows(self, dice: Dice, person: Person) -> Iterator[Row]:
        """Qualifications of one person: number, name, date, whether the city paid a part, kind."""
        node = self._data.node("licences")
        if not self._serving(person) or not dice.chance(node.share("share")):
            return
        for name in dice.some(node.texts("names"), dice.whole(1, 2)):
            year = dice.whole(max(person.hired.year, self._year - 12), self._year)
            day = max(date(year, dice.whole(1, 12), dice.whole(1, 28)), person.hired)
            paid = self._words.text("subsidy") if dice.chance(node.share("subsidised")) else None
            yield (person.number, name, day, paid, node.text("kind"))

    def study_rows(self, dice: Dice, person: Person) -> Iterator[Row]:
        """What one person learnt beside that, of the last five years, in the same columns."""
        if not self._serving(person):
            return
        for name, kind, share, paid in self._data.node("study").lists("rows"):
            if dice.chance(float(str(share))):
                year = dice.whole(max(person.hired.year, self._year - 4), self._year)
                day = max(date(year, dice.whole(1, 12), dice.whole(1, 28)), person.hired)
                subsidy = self._words.text("subsidy") if dice.chance(float(str(paid))) else None
                yield (person.number, str(name), day, subsidy, str(kind))

    def reason_rows(self, dice: Dice, people: Sequence[Person], count: int) -> Iterator[Row]:
        """Registered reasons for `count` people who hardly moved: number, rule, reason, expiry, by, on, approved by, on."""
        node = self._data.node("reasons")
        regular, general = self._words.text("regular"), self._organisation.general_job
        suited = [
            person
            for person in people
            if person.employment == regular
            and self._serving(person)
            and not person.example
            and person.ranks[-1][1] <= 1
            and len(person.moves) <= 2
        ]
        stayed = [p for p in suited if (p.job != general or len(p.moves) == 1) and p.hired.year <= self._year - 6]
        fitting = stayed or suited
        office = [person for person in people if person.unit.department == node.text("department") and self._serving(person)]
        head = max(office, key=lambda p: (p.ranks[-1][1], p.number)).name.text
        clerk = max(office, key=lambda p: (p.ranks[-1][1] == SENIOR_RANK, p.number)).name.text
        for place, person in enumerate(dice.some(fitting, count)):
            day = date(self._year - place % 2, 5, 1) + timedelta(days=dice.whole(0, 300))
            expiry: Value = [date(self._year + 2, 3, 31), None, date(self._year + 1, 3, 31)][place % 3]
            if place == 1:
                day, expiry = date(self._year - 2, 6, 1), date(self._year, 3, 31)
            text = dice.pick(node.texts("texts"))
            yield (person.number, node.text("rule"), text, expiry, clerk, day, head, day + timedelta(days=7))
