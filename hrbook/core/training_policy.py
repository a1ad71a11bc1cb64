"""Courses as data (policy chapter 4, section 3, item 2; spec 4): names over time, targets, relations between courses."""

from __future__ import annotations

from dataclasses import dataclass

from hrbook.core.source import Basis


@dataclass(frozen=True, slots=True)
class Window:
    """Whole numbers from `first` to `last`, both included; None is open."""

    first: int | None = None
    last: int | None = None

    @property
    def bounded(self) -> bool:
        """An open window has no end, so it cannot be missed."""
        return self.last is not None


@dataclass(frozen=True, slots=True)
class Target:
    """Who a course is for. All conditions that are given hold together; an empty target is everybody."""

    ranks: tuple[str, ...] = ()
    service_year: Window | None = None
    rank_year: Window | None = None
    age_of_year: Window | None = None
    job_families: tuple[str, ...] = ()
    hire_routes: tuple[str, ...] = ()
    hired_mid_year: bool = False
    entered_mid_year: bool = False
    role: str = ""
    nominated: bool = False  # only people whom the city named for it: their role is the course, by code or by name

    @property
    def bounded(self) -> bool:
        windows = (self.service_year, self.rank_year, self.age_of_year)
        return any(window is not None and window.bounded for window in windows)


@dataclass(frozen=True, slots=True)
class CourseName:
    """A name of a course and the fiscal years in which it was in use; None is open."""

    name: str
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One course. `timing` says how firmly its targets stand; `targets` are alternatives."""

    code: str
    name: str
    label: str  # as the policy's chart prints it
    names: tuple[CourseName, ...]
    provider: str
    category: str
    order: int
    timing: Basis
    targets: tuple[Target, ...]
    clause: str
    short: str = ""
    days: str = ""
    source: str = ""
    checked_on: str = ""
    note: str = ""
    mandatory: bool = False
    prerequisites: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()  # a completion of one of these puts the course out of question for ever
    not_in_year_of: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()  # a completion of one of these counts for this course
    repeat_years: int | None = None
    lecturer_counts: bool = False
    seats: int | None = None
    dates: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """Who holds courses."""

    id: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Category:
    """A column of the policy's chart."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class TrainingPolicy:
    """The training part of a policy. The rule of a course is `rule_prefix` + its code."""

    rule_prefix: str = "training."
    clause: str = ""
    note: str = ""
    providers: tuple[Provider, ...] = ()
    categories: tuple[Category, ...] = ()
    courses: tuple[Course, ...] = ()
