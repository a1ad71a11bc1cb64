"""The inputs of two runs, read under readings that mix both: what core.changes asks for to swap one factor at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from hrbook.core.changes import Unreadable
from hrbook.core.factors import Cause, Taken
from hrbook.core.fault import Fault
from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.core.roster import Roster
from hrbook.ingest.returned import ReturnedFile, with_returned
from hrbook.ingest.roster import How, RosterBooks, roster_of
from hrbook.ingest.settings import SettingsSource, load_reading


@dataclass(frozen=True, slots=True)
class Side:
    """One run: its workbooks and how they are read, its policy before any setting, and what was read."""

    books: RosterBooks
    how: How
    settings_path: Path | None
    policy: Policy
    roster: Roster
    reading: Reading
    source: SettingsSource
    returned: tuple[ReturnedFile, ...] = ()  # what came back in forms


class TwoRuns:
    """Sources of core.changes.compare. Everything that was read is kept, so that each mixture is read once."""

    def __init__(self, old: Side, new: Side) -> None:
        self._old, self._new = old, new
        self._readings: dict[Taken, Reading] = {}
        self._rosters: list[tuple[bool, Policy, Roster]] = [
            (False, old.reading.policy, old.roster),
            (True, new.reading.policy, new.roster),
        ]

    @property
    def policies(self) -> tuple[Policy, Policy]:
        """The policies of the old and the new run, before any setting."""
        return self._old.policy, self._new.policy

    def reading(self, taken: Taken) -> Reading:
        """The policy with the settings, each of the run that `taken` says. Raises Unreadable."""
        key = taken & {Cause.TIME, Cause.SETTING, Cause.CATALOGUE, Cause.POLICY}
        if key not in self._readings:
            self._readings[key] = self._read(key)
        return self._readings[key]

    def _read(self, taken: Taken) -> Reading:
        policy = self._side(taken, Cause.POLICY).policy
        policy = replace(policy, training=self._side(taken, Cause.CATALOGUE).policy.training)
        settings = self._side(taken, Cause.SETTING).settings_path
        when = self._side(taken, Cause.TIME).reading
        try:
            return load_reading(settings, policy, year=when.year, as_of=when.as_of, clock_year=when.year)[0]
        except Fault as fault:
            raise Unreadable from fault

    def roster(self, new: bool, taken: Taken) -> Roster:
        """The roster of one run under the policy and settings of `taken`: they say which rank a title has, and which
        course a name means. The headings are those of the roster's own run."""
        policy = self.reading(taken).policy
        words = _words(policy)
        for side, known, roster in self._rosters:
            if side is new and _words(known) == words:
                return roster
        own = self._new if new else self._old
        try:
            roster, _ = roster_of(own.books, policy, own.how)
            roster = with_returned(roster, own.returned, [], policy)
        except Fault as fault:
            raise Unreadable from fault
        self._rosters.append((new, policy, roster))
        return roster

    def _side(self, taken: Taken, cause: Cause) -> Side:
        return self._new if cause in taken else self._old


def _words(policy: Policy) -> tuple[object, ...]:
    """The parts of a policy by which a roster is read."""
    courses = tuple((c.code, c.name, c.names) for c in policy.training.courses)
    titles = tuple(sorted((t.title, t.rank) for t in policy.titles))
    return titles, policy.ranks, courses, policy.digital.tiers, policy.competency.abilities, policy.learning
