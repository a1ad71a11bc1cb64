"""What may have changed between two runs, taken apart: a person or an organisation of the old run with some parts of the new.

A row dated after the old as-of date is an event (a move, a promotion, a course taken); a difference in what lies before
it is a correction of the data. So every part of the roster belongs to exactly one factor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from hrbook.core.roster import Employee, Leave, MaybeDate, Order, OrgRow, Post

DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why a verdict changed. The first ten can be swapped one by one; the last three are what is left."""

    TIME = "time"
    TRAINING = "training"
    RANK = "rank"
    MOVED = "moved"
    RECORDED = "recorded"  # leave, role, kind of appointment, digital tier, registered reason
    REORGANISED = "reorganised"
    CORRECTED = "corrected"
    SETTING = "setting"
    CATALOGUE = "catalogue"
    POLICY = "policy"
    JOINED = "joined"
    LEFT = "left"
    MIXED = "mixed"


EVENTS = (Cause.TRAINING, Cause.RANK, Cause.MOVED, Cause.RECORDED, Cause.REORGANISED)
STATES = (Cause.CORRECTED, Cause.SETTING, Cause.CATALOGUE, Cause.POLICY)
FACTORS = (Cause.TIME, *EVENTS, *STATES)
Taken = frozenset[Cause]  # the factors that come from the new run
ALL: Taken = frozenset(FACTORS)
PERSONAL: Taken = frozenset({Cause.TRAINING, Cause.RANK, Cause.MOVED, Cause.RECORDED, Cause.CORRECTED})


@dataclass(frozen=True, slots=True)
class Pair:
    """One person in both runs; `since` is the old as-of date. `hybrid` makes the person with some factors of the new run."""

    old: Employee
    new: Employee
    since: date

    def hybrid(self, taken: Taken) -> Employee:
        """The old person where nothing is taken, the new one where everything is. Without the passing of time what lies
        ahead stays as the old run knew it; with it, only what belongs to a taken factor has happened."""
        old, new = self.old, self.new
        past = new if Cause.CORRECTED in taken else old
        rank = new if self._rank_factor in taken else old
        recorded = new if Cause.RECORDED in taken else old
        hire = recorded if old.employment is not new.employment else past
        return replace(
            past,
            hired=hire.hired,
            hire_route=hire.hire_route,
            title=rank.title,
            rank=rank.rank,
            rank_start=rank.rank_start,
            post=new.post if Cause.MOVED in taken else old.post,
            employment=recorded.employment,
            presence=recorded.presence,
            roles=recorded.roles,
            tier=recorded.tier,
            left=recorded.left,
            orders=self._orders(taken, past),
            completions=(
                *(c for c in past.completions if not self._later(c.on)),
                *(c for c in self._ahead(taken, Cause.TRAINING).completions if self._later(c.on)),
            )
            if Cause.TIME not in taken or Cause.TRAINING in taken
            else tuple(c for c in past.completions if not self._later(c.on)),
            leaves=self._leaves(taken, past, recorded),
            reasons=recorded.reasons
            if Cause.TIME not in taken or Cause.RECORDED in taken
            else tuple(r for r in recorded.reasons if not self._later(r.registered_on)),
            scores=past.scores,
        )

    def differing(self) -> Taken:
        """The factors of the person that differ at all: swapping any other one changes nothing."""
        base = frozenset({Cause.TIME})
        plain = _bare(self.hybrid(base))
        found = {f for f in PERSONAL if _bare(self.hybrid(base | {f})) != plain}
        if _bare(self.hybrid(ALL)) != _bare(self.hybrid(ALL - {Cause.RANK})):
            found.add(Cause.RANK)  # both aspects of one order may be needed before it shows
        if _bare(self.hybrid(ALL)) != _bare(self.hybrid(ALL - {Cause.MOVED})):
            found.add(Cause.MOVED)
        return frozenset(found)

    @property
    def _rank_factor(self) -> Cause:
        """A title, rank or start of the rank that differs without an event behind it was corrected."""
        old, new = self.old, self.new
        rose = any(self._later(o.on) and (o.title or o.promotion or o.step_down) for o in new.orders)
        moved = old.rank is not None and new.rank is not None and old.rank != new.rank
        return Cause.RANK if rose or moved or self._later(new.rank_start) else Cause.CORRECTED

    def _later(self, day: MaybeDate) -> bool:
        return isinstance(day, date) and day > self.since

    def _ahead(self, taken: Taken, factor: Cause) -> Employee:
        return self.new if factor in taken and Cause.TIME in taken else self.old

    def _orders(self, taken: Taken, past: Employee) -> tuple[Order, ...]:
        """Orders up to `since` from the past; later ones with what they do to the post, to the rank, or to both."""
        before = [o for o in past.orders if not self._later(o.on)]
        if Cause.TIME not in taken:
            return (*before, *(o for o in self.old.orders if self._later(o.on)))
        ahead = [o for o in self.new.orders if self._later(o.on)]
        moved, ranked = Cause.MOVED in taken, Cause.RANK in taken
        if moved and ranked:
            return (*before, *ahead)
        if moved:
            calm = [replace(o, title="", rank=None, promotion=False, step_down=False, left_management=False) for o in ahead]
            return (*before, *calm)
        return (*before, *(replace(o, post=Post()) for o in ahead if ranked))

    def _leaves(self, taken: Taken, past: Employee, recorded: Employee) -> tuple[Leave, ...]:
        """Leave that was over by `since` is the past; the rest is what was recorded since."""
        over = [row for row in past.leaves if self._over(row)]
        rest = [row for row in recorded.leaves if not self._over(row)]
        if Cause.TIME in taken and Cause.RECORDED not in taken:
            rest = [row for row in rest if not self._later(row.start)]
        return (*over, *rest)

    def _over(self, leave: Leave) -> bool:
        return isinstance(leave.end, date) and leave.end <= self.since


def organisation_of(old: Sequence[OrgRow], new: Sequence[OrgRow], taken: Taken, since: date) -> tuple[OrgRow, ...]:
    """The organisation rows with the reorganisations after `since`, the corrections of what was before, both or neither."""
    if Cause.CORRECTED in taken and Cause.REORGANISED in taken:
        return tuple(new)
    if Cause.TIME not in taken and Cause.CORRECTED not in taken:
        return tuple(old)
    past, other = (new, old) if Cause.CORRECTED in taken else (old, new)
    known = {_key(row): row for row in other}
    ahead = new if Cause.REORGANISED in taken else old if Cause.TIME not in taken else ()
    rows = []
    for row in past:
        if row.start is not None and row.start > since:
            continue
        twin = known.get(_key(row))
        closing = twin is not None and twin.end != row.end and _ends_late(row, since) and _ends_late(twin, since)
        turned = closing and (Cause.REORGANISED in taken) != (past is new)
        rows.append(replace(row, end=twin.end) if twin is not None and turned else row)
    return (*rows, *(row for row in ahead if row.start is not None and row.start > since))


def rows_differ(one: Iterable[OrgRow], other: Iterable[OrgRow]) -> bool:
    """Whether two organisations say different things, wherever their rows stand."""
    return sorted(map(_row_text, one)) != sorted(map(_row_text, other))


def _ends_late(row: OrgRow, since: date) -> bool:
    return row.end is None or row.end >= since - DAY


def _key(row: OrgRow) -> tuple[str, Post, date | None]:
    return row.code, row.post, row.start


def _row_text(row: OrgRow) -> str:
    return repr(_without_ref(row))


def _bare(person: Employee) -> tuple[Any, ...]:
    """What the rules may look at, without the places where it stands."""
    rows = [sorted(map(_row_text_of, part)) for part in (person.orders, person.completions, person.leaves, person.reasons)]
    return (
        person.birth, person.hired, person.hire_route, person.employment, person.job_family, person.title, person.rank,
        person.rank_start, person.post, person.presence, person.roles, person.tier, person.left, rows,
    )  # fmt: skip


def _row_text_of(row: Any) -> str:
    return repr(_without_ref(row))


def _without_ref(row: Any) -> Any:
    return replace(row, ref=None)
