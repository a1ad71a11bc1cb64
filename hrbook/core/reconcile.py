"""The three-way comparison: what was issued, what came back, what the roster says today. Each difference gets one verdict.

Nothing is lost: what is not clear is asked. Nothing goes to another person: what a form says of two people is asked."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hrbook.core.fold import fold
from hrbook.core.returned import Origin


class Kind(StrEnum):
    """`entry`: a field of the form; `correction`: a cell that is not to be filled in was changed; `stray`: a text elsewhere."""

    ENTRY = "entry"
    CORRECTION = "correction"
    STRAY = "stray"


class Verdict(StrEnum):
    """What becomes of a difference."""

    ACCEPT = "accept"
    REJECT = "reject"
    ASK = "ask"


class Choice(StrEnum):
    """What the personnel department decided."""

    TAKE = "take"
    LEAVE = "leave"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that a returned book says. `value` is the returned text as understood (ISO date, the choice's own words),
    `problem` why it is not clear ("" where it is). `label` names a place that is no field; `computed`: a cell that follows
    from rules, so that no roster could take it over."""

    kind: Kind
    staff_id: str
    field: str
    item: str
    issued: str
    returned: str
    value: str
    code: str
    problem: str
    origin: Origin
    label: str = ""
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person with an issued form: the department whose book holds it."""

    staff_id: str
    name: str
    department: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the decisions list; `value`, where given, is taken instead of the returned one."""

    choice: Choice
    value: str = ""
    staff_id: str = ""  # of whom, where the list was corrected
    note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference and what becomes of it. `reason` is the id of its wording, `today` the roster's value."""

    id: str
    seen: Seen
    today: str
    verdict: Verdict
    reason: str
    decision: Decision | None = None

    @property
    def value(self) -> str:
        """The value that counts."""
        return self.decision.value if self.decision and self.decision.value else self.seen.value

    @property
    def staff_id(self) -> str:
        """The person that the value is of."""
        return self.decision.staff_id if self.decision and self.decision.staff_id else self.seen.staff_id


def number_of(seen: Seen) -> str:
    """The number of a difference: the same thing in the same file has the same number in every run."""
    origin = seen.origin
    parts = (seen.kind.value, seen.staff_id, seen.field, seen.item, seen.returned, origin.sha256, origin.sheet, origin.cell)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:10]


def reconcile(
    seen: Sequence[Seen],
    people: Mapping[str, Person],
    today: Mapping[str, str],
    roster_says: Mapping[str, str],
    decisions: Mapping[str, Decision],
) -> tuple[Difference, ...]:
    """Every difference with its verdict, in the order of `seen`.

    `today` maps the staff number of everybody on today's roster to their department; `roster_says` the number of a
    correction to what stands at its place when the form is made from today's roster."""
    reasons: dict[int, tuple[Verdict, str]] = {}
    by_person: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(seen):
        if one.kind is Kind.ENTRY and one.staff_id in people:
            by_person[one.staff_id].append(index)
        else:
            reasons[index] = _other(one, people, roster_says)
    for staff_id, places in by_person.items():
        known = {index: seen[index] for index in places}
        reasons |= _entries(known, people[staff_id], today.get(staff_id))
    return tuple(_decided(one, *reasons[index], roster_says, decisions) for index, one in enumerate(seen))


def _decided(
    one: Seen, verdict: Verdict, reason: str, roster_says: Mapping[str, str], decisions: Mapping[str, Decision]
) -> Difference:
    number = number_of(one)
    decision = decisions.get(number)
    if verdict is Verdict.ASK and decision is not None and decision.choice is not Choice.LATER:
        taken = decision.choice is Choice.TAKE
        verdict, reason = (Verdict.ACCEPT, "decided") if taken else (Verdict.REJECT, "decided_not")
    return Difference(number, one, roster_says.get(number, ""), verdict, reason, decision)


def _other(one: Seen, people: Mapping[str, Person], roster_says: Mapping[str, str]) -> tuple[Verdict, str]:
    if one.kind is Kind.CORRECTION:
        if one.computed:
            return Verdict.REJECT, "computed"
        says = roster_says.get(number_of(one), "")
        if says and fold(says) == fold(one.returned):
            return Verdict.ACCEPT, "already"
        return Verdict.ASK, one.problem or "correction"
    if one.kind is Kind.STRAY:
        return Verdict.ASK, one.problem or "stray"
    return Verdict.ASK, one.problem or "unknown_person"


def _entries(known: Mapping[int, Seen], person: Person, now: str | None) -> dict[int, tuple[Verdict, str]]:
    """Verdicts on everything that all files say in the fields of one person's form."""
    senders = {one.origin.sender for one in known.values()}
    moved = now is not None and now != person.department
    told: dict[int, tuple[Verdict, str]] = {}
    for sender in sorted(senders):
        mine = {index: one for index, one in known.items() if one.origin.sender == sender}
        for index, (verdict, reason) in _versions(mine).items():
            if verdict is Verdict.ACCEPT and now is None:
                verdict, reason = Verdict.ASK, "not_on_roster"
            elif verdict is Verdict.ACCEPT and sender != person.department and not moved:
                verdict, reason = Verdict.ASK, "other_sender"
            elif verdict is Verdict.ACCEPT and moved:
                reason = "moved"
            told[index] = (verdict, reason)
    return told


def _versions(known: Mapping[int, Seen]) -> dict[int, tuple[Verdict, str]]:
    """Verdicts on what one department says of one person in one or several copies of the form.

    A newer copy that repeats everything clear of an older one replaces it; what differs, or is missing in the newer
    copy, is asked."""
    copies: dict[tuple[str, str], dict[tuple[str, str], list[int]]] = defaultdict(lambda: defaultdict(list))
    saved: dict[tuple[str, str], str] = {}
    for index, one in known.items():
        copies[one.origin.version][one.field, one.item].append(index)
        saved[one.origin.version] = one.origin.saved
    ordered = sorted(copies, key=lambda version: (saved[version], version), reverse=True)
    told: dict[int, tuple[Verdict, str]] = {}
    for place, version in enumerate(ordered):
        newer = [copies[other] for other in ordered[:place] if saved[other] > saved[version]]
        if any(_replaces(known, copy, copies[version]) for copy in newer):
            told |= {index: (Verdict.REJECT, "replaced") for places in copies[version].values() for index in places}
    alive = [version for version in ordered if any(i not in told for places in copies[version].values() for i in places)]
    for version in alive:
        for key, places in copies[version].items():
            others = [other for other in alive if other != version]
            for index in places:
                told[index] = _one(known, index, places, key, [copies[o] for o in others], [saved[o] for o in others])
    return _once(known, told)


def _replaces(
    known: Mapping[int, Seen], new: Mapping[tuple[str, str], list[int]], old: Mapping[tuple[str, str], list[int]]
) -> bool:
    for key, places in old.items():
        for index in places:
            if known[index].problem:
                if key not in new:
                    return False
            elif not any(_same(known[index], known[other]) for other in new.get(key, ())):
                return False
    return True


def _one(
    known: Mapping[int, Seen],
    index: int,
    places: Sequence[int],
    key: tuple[str, str],
    others: Sequence[Mapping[tuple[str, str], list[int]]],
    saved: Sequence[str],
) -> tuple[Verdict, str]:
    one = known[index]
    for copy, when in zip(others, saved, strict=True):
        newer = [known[other] for other in copy.get(key, ()) if when > one.origin.saved]
        if any(other.origin.file == one.origin.file for other in newer):
            return Verdict.REJECT, "replaced"  # the same file, saved again
    if one.problem:
        return Verdict.ASK, one.problem
    if any(not _same(one, known[other]) for other in places):
        return Verdict.ASK, "conflict"
    for copy, when in zip(others, saved, strict=True):
        told = [
            known[other]
            for other in copy.get(key, ())
            if not (known[other].origin.file == one.origin.file and when < one.origin.saved)
        ]
        if any(not _same(one, other) for other in told):
            return Verdict.ASK, "conflict"
        if key not in copy and when > one.origin.saved:
            return Verdict.ASK, "gone_later"
    return Verdict.ACCEPT, "clear"


def _once(known: Mapping[int, Seen], told: dict[int, tuple[Verdict, str]]) -> dict[int, tuple[Verdict, str]]:
    """What several copies say alike is taken once."""
    taken: set[tuple[str, str, str]] = set()
    for index in sorted(told, key=lambda i: (known[i].origin.saved, known[i].origin.file, known[i].origin.cell)):
        one = known[index]
        if told[index][0] is not Verdict.ACCEPT:
            continue
        key = (one.field, one.item, fold(one.value))
        if key in taken:
            told[index] = (Verdict.REJECT, "said_twice")
        taken.add(key)
    return told


def _same(one: Seen, other: Seen) -> bool:
    return one is other or (fold(one.value) == fold(other.value) and one.problem == other.problem)
