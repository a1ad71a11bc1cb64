"""OJT in words: chips, the trainer as the readers of a book may know them, and why a newcomer stands as they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hrbook.core.assessment import Assessed
from hrbook.core.learning_policy import OjtReading
from hrbook.core.ojt_types import Check, Newcomer, Ojt, OjtStatus, Pair
from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.core.roster import MaybeDate
from hrbook.sheets.marks import Chip
from hrbook.words import Labels

LOOKS = {
    OjtStatus.PAIRED: "chip_ok",
    OjtStatus.LOOK: "chip_needs_plan",
    OjtStatus.NONE: "chip_not_reached",
    OjtStatus.UNDETERMINED: "chip_undetermined",
}
FIRST = (OjtStatus.NONE, OjtStatus.LOOK, OjtStatus.UNDETERMINED, OjtStatus.PAIRED)  # what is looked at first


class OjtWords:
    """`names` are the people whom the readers of the book may see, by staff number. Of anybody else only the department is
    told, never the name, the number or how they stand to a condition; of somebody who is gone, only that."""

    def __init__(self, labels: Labels, reading: Reading, names: Mapping[str, str]) -> None:
        self._labels, self._names = labels, names
        self._policy: Policy = reading.policy
        self._asked: OjtReading = reading.ojt

    def chip(self, status: OjtStatus) -> Chip:
        """Mark and word of a status."""
        labels = self._labels
        return Chip(labels(f"mark.ojt.{status.value}"), labels(f"status.ojt.{status.value}"), LOOKS[status])

    def person(self, staff_id: str, place: tuple[str, str]) -> str:
        """A name, or for somebody outside the book the department alone."""
        name = self._names.get(staff_id)
        if name is not None:
            return name
        where = place[1] or place[0]
        return self._labels("ojt.outsider", place=where) if where else self._labels("ojt.outsider_unknown")

    def trainers(self, newcomer: Newcomer) -> str:
        """Everybody who trains the newcomer, one a line."""
        return "\n".join(self.person(pair.trainer, pair.place) for pair in newcomer.pairs)

    def newcomers(self, ojt: Ojt) -> str:
        """Whom a trainer trains: names of the book's own people, of others the number."""
        known = [self._names[pair.newcomer] for pair in ojt.trains if pair.newcomer in self._names]
        others = len(ojt.trains) - len(known)
        more = [self._labels("ojt.others", count=others)] if others else []
        return self._labels("list.separator").join([*known, *more])

    def span(self, newcomer: Newcomer) -> str:
        """From when to when, one pair a line."""
        return "\n".join(self.days(pair.start, pair.end) for pair in newcomer.pairs)

    def days(self, start: MaybeDate, end: MaybeDate) -> str:
        """An interval; an open end is a blank."""
        first, last = (self._labels.short_day(day) if isinstance(day, date) else "" for day in (start, end))
        return self._labels("ojt.span", first=first, last=last) if first or last else self._labels("ojt.open")

    def reason(self, person: Assessed, newcomer: Newcomer) -> str:
        """Why the newcomer stands so."""
        labels = self._labels
        parts = [] if newcomer.new else [labels("ojt.not_new")]
        if not newcomer.pairs:
            undetermined = newcomer.status is OjtStatus.UNDETERMINED
            parts.append(labels("ojt.no_hire" if undetermined else "ojt.no_trainer"))
            if newcomer.ahead is not None:
                parts.append(labels("ojt.ahead", day=labels.short_day(newcomer.ahead)))
            if newcomer.ended is not None:
                parts.append(labels("ojt.ended", day=labels.short_day(newcomer.ended)))
        elif len(newcomer.pairs) == 1:
            parts.append(self.of_pair(newcomer.pairs[0]))
        else:
            parts += [labels("ojt.of", name=self.person(p.trainer, p.place), text=self.of_pair(p)) for p in newcomer.pairs]
        if newcomer.unread:
            parts.append(labels("ojt.unread"))
        if person.on_leave:
            parts.append(labels("ojt.on_leave"))
        return labels("ojt.join").join(parts)

    def of_pair(self, pair: Pair) -> str:
        """How a pair stands to what is asked."""
        labels = self._labels
        if pair.fits:
            return labels("ojt.fits" if self._asked.asks else "ojt.nothing_asked")
        if pair.trainer not in self._names and not pair.gone:
            return labels("ojt.ask_hr")
        return labels("ojt.join").join(self._check(check) for check in pair.checks if not check.met)

    def _check(self, check: Check) -> str:
        labels = self._labels
        if check.met is None:
            return labels(f"ojt.unknown.{check.condition.value}")
        asked = self._asked
        ranks = labels("list.separator").join(self._policy.rank_name(rank) for rank in asked.trainer_ranks or ())
        course = self._policy.course_name(asked.trainer_course or "")
        facts = {"found": check.found, "ranks": ranks, "course": course, "role": asked.trainer_role or ""}
        key = f"{check.condition.value}.{check.found}" if check.condition.value == "present" else check.condition.value
        return labels(f"ojt.unmet.{key}", **facts, year=asked.trainer_service_year or 0, most=asked.newcomers_most or 0)

    def asked(self) -> str:
        """What the city asks of trainers, and who is new, in one sentence."""
        labels, asked = self._labels, self._asked
        parts = []
        if asked.same_department:
            parts.append(labels("ojt.asked.department"))
        if asked.trainer_ranks is not None:
            names = (self._policy.rank_name(rank) for rank in asked.trainer_ranks)
            parts.append(labels("ojt.asked.ranks", ranks=labels("list.separator").join(names)))
        if asked.trainer_service_year is not None:
            parts.append(labels("ojt.asked.service", year=asked.trainer_service_year))
        if asked.trainer_course is not None:
            course = self._policy.course_name(asked.trainer_course)
            parts.append(labels("ojt.asked.course", course=course))
        if asked.trainer_role is not None:
            parts.append(labels("ojt.asked.role", role=asked.trainer_role))
        if asked.newcomers_most is not None:
            parts.append(labels("ojt.asked.load", most=asked.newcomers_most))
        conditions = labels("ojt.join").join(parts) if parts else labels("ojt.asked.nothing")
        if asked.newcomer_years is None:
            return labels("ojt.asked.no_newcomer", conditions=conditions)
        who = labels("list.separator").join(labels(f"employment.{kind.value}") for kind in asked.newcomer_employment)
        return labels("ojt.asked.told", years=asked.newcomer_years, who=who, conditions=conditions)
