"""From personnel orders to spells (spec 5, "Spells"): one person, one unit, from-to, from the hire to the as-of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hrbook.core.calendar import fiscal_year
from hrbook.core.finding import Finding, Severity, at
from hrbook.core.genealogy import Genealogy
from hrbook.core.roster import Employee, Nature, Order, Post
from hrbook.core.source import Evidence
from hrbook.core.spell_types import Gap, Spell

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Career:
    """The spells of one person at one level, and what the history leaves open.

    `undated` are the units of orders whose date cannot be read; `gaps` are all stretches without a spell. `split_off`:
    the roster names a unit that split off from one of the history's, and since when the person is there cannot be told."""

    spells: tuple[Spell, ...]
    gaps: tuple[Gap, ...]
    undated: tuple[str, ...]
    future: tuple[Order, ...]
    findings: tuple[Finding, ...]
    split_off: bool


@dataclass(slots=True)
class _Open:
    """A spell while its end is not yet known."""

    start: date
    unit: str
    name: str
    bureau: str
    secondment: bool
    end_unit: str
    name_now: str
    stated_end: date | None
    orders: list[Order]


def career_of(employee: Employee, hired: date | None, genealogy: Genealogy, as_of: date) -> Career:
    """The career of `employee` from `hired` (None: unknown) to `as_of`, at the genealogy's level."""
    findings: list[Finding] = []
    staff_id = employee.staff_id
    by_day: dict[date, list[Order]] = {}
    future: list[Order] = []
    undated: list[str] = []
    for order in employee.orders:
        if not isinstance(order.on, date):
            if order.nature in (Nature.PRIMARY, Nature.SECONDMENT) and not order.post.blank:
                undated.append(genealogy.resolve(order.post, as_of))
        elif order.on > as_of:
            future.append(order)
        elif order.nature is not Nature.SECOND_POST:
            by_day.setdefault(order.on, []).append(order)
    closed: list[Spell] = []
    current: _Open | None = None
    for day in sorted(by_day):
        orders = by_day[day]
        if hired is not None and day < hired:
            findings.append(at("HR404", Severity.NOTE, orders[0].ref, "on", staff_id=staff_id))
        leaving = [o for o in orders if o.nature is Nature.LEAVING]
        if leaving and current is not None:
            current.stated_end = day
            current.orders.append(leaving[0])
        moves = [o for o in orders if o.nature is not Nature.LEAVING and not o.post.blank]
        if not moves:
            continue
        order, unit = _last_of(moves, employee, genealogy, day, current, findings)
        if not genealogy.known(unit):
            findings.append(at("HR406", Severity.NOTE, order.ref, "department", staff_id=staff_id))
        moves = [*(o for o in moves if o is not order), order]  # the one that holds comes last, in the evidence too
        seconded = order.nature is Nature.SECONDMENT
        end = order.end if isinstance(order.end, date) and order.end >= day else None
        name = unit_name(genealogy, unit, order.post)
        if current is not None and _goes_on(current, unit, seconded, day, genealogy):
            current.end_unit, current.name_now = unit, name
            current.orders.extend(moves)
            current.stated_end = end
            continue
        if current is not None:
            if current.stated_end is not None and current.stated_end >= day:
                findings.append(at("HR403", Severity.NOTE, order.ref, "on", staff_id=staff_id))
            _close(closed, current, day - DAY, genealogy)
        start = max(day, hired) if hired is not None else day
        current = _Open(start, unit, name, order.post.bureau, seconded, unit, name, end, list(moves))
    if current is not None:
        _close(closed, current, as_of, genealogy)
    if hired is not None:
        closed = [s for s in closed if s.end >= hired]
    spells, split_off = _with_roster_post(closed, employee, hired, genealogy, as_of, future, findings)
    gaps = tuple(_gaps(spells, hired, as_of))
    for gap in gaps:
        if gap.days > 31:
            facts = {"first": gap.first.isoformat(), "last": gap.last.isoformat()}
            findings.append(at("HR402", Severity.NOTE, employee.ref, "staff_id", staff_id=staff_id, facts=facts))
    return Career(tuple(spells), gaps, tuple(undated), tuple(future), tuple(findings), split_off)


def unit_name(genealogy: Genealogy, unit: str, post: Post) -> str:
    """The unit's name as the organisation sheet writes it, else as the order does."""
    known = genealogy.post_of(unit) or genealogy.lifted(post)
    return known.section or known.department or known.bureau or post.code


def _on(order: Order) -> date:
    assert isinstance(order.on, date)
    return order.on


def _cells(order: Order, genealogy: Genealogy) -> list[Evidence]:
    """The cells of an order that a career rests on; the place with the unit that it was understood as."""
    on = _on(order)
    cells = [Evidence(order.ref, "on", on)]
    if not order.post.blank:
        cells.append(Evidence(order.ref, place_field(order.post), genealogy.label(genealogy.resolve(order.post, on))))
    if order.nature is not Nature.PRIMARY:
        cells.append(Evidence(order.ref, "kind", order.nature.value))
    if isinstance(order.end, date):
        cells.append(Evidence(order.ref, "end", order.end))
    return cells


def place_field(post: Post) -> str:
    """The field that names a place most closely."""
    return "department" if post.department else "bureau" if post.bureau else "code"


def _last_of(
    orders: Sequence[Order], employee: Employee, genealogy: Genealogy, day: date, current: _Open | None, findings: list[Finding]
) -> tuple[Order, str]:
    """Of several orders of one date the one that holds, with its unit: it agrees with the roster, else it was issued by
    the receiving authority, else it leads elsewhere. Never the order of the rows (spec 1)."""
    if len(orders) == 1:
        return orders[0], genealogy.resolve(orders[0].post, day)
    home = genealogy.resolve(employee.post, day)
    before = genealogy.follow(current.end_unit, day) if current else ""

    def weight(order: Order) -> tuple[bool, bool, bool, bool, bool, str, str]:
        unit = genealogy.resolve(order.post, day)
        return (
            unit == home,
            order.title == employee.title,
            order.received,
            not (unit == before or (current is not None and genealogy.descends(unit, current.end_unit))),
            bool(order.post.department),
            order.post.department + order.post.section,
            order.title,
        )

    last = max(orders, key=weight)
    if not any(o.received for o in orders) and len({genealogy.resolve(o.post, day) for o in orders}) > 1:
        findings.append(at("HR405", Severity.NOTE, last.ref, "on", staff_id=employee.staff_id))
    return last, genealogy.resolve(last.post, day)


def _goes_on(current: _Open, unit: str, seconded: bool, day: date, genealogy: Genealogy) -> bool:
    """Whether an order of `day` leaves the person where they are: the same unit, or what it became on that day."""
    if seconded != current.secondment:
        return False
    if current.stated_end is not None and current.stated_end < day - DAY:
        return False
    here = genealogy.follow(current.end_unit, day)
    if here == unit:
        return True
    eve = genealogy.follow(current.end_unit, day - DAY)
    return genealogy.begins(unit) == day and genealogy.descends(unit, eve)


def _close(closed: list[Spell], spell: _Open, last: date, genealogy: Genealogy) -> None:
    end = min(last, spell.stated_end) if spell.stated_end is not None else last
    if end < spell.start:
        return
    unit = genealogy.follow(spell.end_unit, end)
    known = genealogy.post_of(unit)
    name = unit_name(genealogy, unit, known) if known else spell.name_now
    evidence = tuple(cell for order in spell.orders for cell in _cells(order, genealogy))
    closed.append(Spell(spell.start, end, False, spell.unit, unit, spell.name, name, spell.bureau, spell.secondment, evidence))


def _with_roster_post(
    closed: list[Spell],
    employee: Employee,
    hired: date | None,
    genealogy: Genealogy,
    as_of: date,
    future: Sequence[Order],
    findings: list[Finding],
) -> tuple[list[Spell], bool]:
    """The roster's post as the last spell where the history does not hold it (spec 5), and whether the history holds it
    only as a unit that split off from one of its own."""
    spells = list(closed)
    if spells and spells[-1].end == as_of:
        spells[-1] = replace(spells[-1], present=True)
    if employee.post.blank:
        return spells, False
    post = genealogy.resolve(employee.post, as_of)

    def here(spell: Spell) -> bool:
        now = genealogy.follow(spell.end_unit, as_of)
        return now == post or genealogy.descends(post, spell.end_unit) or genealogy.holds(post, now)

    if spells and spells[-1].present and here(spells[-1]):
        return spells, False
    if spells:
        findings.append(
            at("HR401", Severity.NOTE, employee.ref, "department", staff_id=employee.staff_id, understood=spells[-1].name_now)
        )
    moves = [o for o in future if not o.post.blank and o.nature is not Nature.SECOND_POST]
    announced = any(genealogy.kin(genealogy.resolve(o.post, _on(o)), post) for o in moves)
    if any(here(s) for s in spells):
        return spells, False
    split_off = any(genealogy.descends(post, s.start_unit) for s in spells)
    if split_off or (spells and announced):
        return spells, split_off
    start = hired if not spells and hired is not None and _same_year(hired, as_of) else None
    field, shown = place_field(employee.post), genealogy.label(post)
    name = unit_name(genealogy, post, employee.post)
    if spells:
        spells[-1] = replace(spells[-1], present=False, end_known=start is not None or spells[-1].end < as_of)
    spells.append(
        Spell(start, as_of, True, post, post, name, name, employee.post.bureau, False, (Evidence(employee.ref, field, shown),))
    )
    return spells, False


def _same_year(one: date, other: date) -> bool:
    return fiscal_year(one) == fiscal_year(other)


def _gaps(spells: Sequence[Spell], hired: date | None, as_of: date) -> list[Gap]:
    """Stretches without a spell between hire and as-of date. A spell of unknown start covers nothing for certain."""
    if hired is None:
        return []
    found: list[Gap] = []
    covered = hired - DAY
    for spell in spells:
        if spell.start is None:
            continue
        if spell.start > covered + DAY:
            found.append(Gap(covered + DAY, spell.start - DAY))
        covered = max(covered, spell.end)
    if covered < as_of:
        found.append(Gap(covered + DAY, as_of))
    return found
