"""The city's plan of measures for some years (policy chapter 8): what the policy asks for, what the city decided on it, and
the duties of the three actors."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hrbook.core.source import Basis


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that the policy means to do. `indicator` names a figure of core/indicators.py that shows how far it is; empty
    where nothing in a run can tell, so that somebody must write it down."""

    id: str
    name: str
    clause: str
    indicator: str = ""
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of one of the three actors, what a workbook asks of them for it, and on which sheets (ids of sheets)."""

    actor: str
    gist: str
    asks: str
    sheets: tuple[str, ...]
    clause: str
    basis: Basis = Basis.STATED
    checked_on: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        return self.actor


@dataclass(frozen=True, slots=True)
class Programme:
    """The policy's part of the plan. `years` is how long it runs."""

    clause: str = ""
    years: int = 5
    measures: tuple[Measure, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What the city decided on one measure: its own name and clause where the policy has no such measure, who is in charge,
    the indicator, and the goal of every year of the plan in the indicator's unit (None: none is set)."""

    id: str
    name: str = ""
    clause: str = ""
    owner: str = ""
    indicator: str = ""
    goals: tuple[Fraction | None, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The city's decisions, and the first fiscal year of the plan (None: not set, so that no goal has a year)."""

    first_year: int | None = None
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A measure as it stands in the run: the policy's, with what the city decided, or the city's own (`own`)."""

    id: str
    name: str
    clause: str
    indicator: str
    owner: str
    goals: tuple[Fraction | None, ...]
    note: str
    own: bool

    def goal(self, plan: Plan, year: int) -> Fraction | None:
        """The goal of a fiscal year; None outside the plan and where none is set."""
        place = -1 if plan.first_year is None else year - plan.first_year
        return self.goals[place] if 0 <= place < len(self.goals) else None


def items_of(programme: Programme, plan: Plan) -> tuple[Item, ...]:
    """The policy's measures in their order, then the city's own in theirs."""
    decided = {one.id: one for one in plan.decided}
    items = [_item(measure, decided.pop(measure.id, Decided(measure.id))) for measure in programme.measures]
    own = [Item(d.id, d.name, d.clause, d.indicator, d.owner, d.goals, d.note, True) for d in decided.values()]
    return (*items, *own)


def _item(measure: Measure, city: Decided) -> Item:
    name, clause = city.name or measure.name, city.clause or measure.clause
    return Item(measure.id, name, clause, city.indicator or measure.indicator, city.owner, city.goals, city.note, False)
