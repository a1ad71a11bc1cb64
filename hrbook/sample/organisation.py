"""The organisation of the invented city over time: present units, units that are no more, and who came from whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hrbook.sample.dice import Dice, Wheel


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a department; `origins` are the codes of the sections it came from."""

    code: str
    name: str
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A bureau (department blank), a department, or a place outside the city (code blank), with its interval."""

    code: str
    bureau: str
    department: str = ""
    sections: tuple[Section, ...] = ()
    start: date = date.min
    end: date | None = None
    origins: tuple[Unit, ...] = ()
    category: str = ""
    place: str = ""
    other_authority: bool = False
    people: int = 0
    jobs: tuple[tuple[str, float], ...] = ()

    def job_share(self, job: str, general: str) -> float:
        """The share of job family `job` here; `general` takes what the others leave."""
        if job == general:
            return 1 - sum(share for _, share in self.jobs)
        return dict(self.jobs).get(job, 0.0)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Present bureaus and departments, former departments, and wheels that draw a department for a job family."""

    bureaus: tuple[Unit, ...]
    departments: tuple[Unit, ...]
    former: tuple[Unit, ...]
    general_job: str
    wheels: dict[str, Wheel[Unit]] = field(default_factory=dict)

    def by_name(self, name: str) -> Unit:
        """The department called so, present ones first. Raises StopIteration for an unknown name: a fault of the data."""
        return next(unit for unit in (*self.departments, *self.former) if unit.department == name)

    def former_of(self, name: str, day: date) -> Unit:
        """The department that was called `name` on `day`."""
        return next(
            unit
            for unit in (*self.former, *self.departments)
            if unit.department == name and unit.start <= day and (unit.end is None or day <= unit.end)
        )

    def wheel(self, job: str) -> Wheel[Unit]:
        """Departments by how many people of the job family work there; every department where nobody does."""
        if job not in self.wheels:
            pairs = [(unit, unit.people * unit.job_share(job, self.general_job)) for unit in self.departments]
            if not any(weight > 0 for _, weight in pairs):
                pairs = [(unit, 1.0) for unit in self.departments]
            self.wheels[job] = Wheel(pairs)
        return self.wheels[job]


def lineage(unit: Unit, day: date, dice: Dice) -> tuple[Unit, ...]:
    """The unit in whose place `unit` stood on `day`, then what became of it, down to `unit` itself."""
    if day >= unit.start or not unit.origins:
        return (unit,)
    return (*lineage(dice.pick(unit.origins), day, dice), unit)
