"""Audit checks: one file each, found by being there. A check counts one thing in two ways and lays both sides open."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hrbook.core.assessment import Assessed, Assessment


class Group(Protocol):
    """The people of one book."""

    @property
    def people(self) -> tuple[Assessed, ...]: ...


class Facts(Protocol):
    """What a check may look at: the judged run and its departments (a View of hrbook.sheets is one)."""

    @property
    def assessment(self) -> Assessment: ...
    @property
    def departments(self) -> Sequence[Group]: ...


@dataclass(frozen=True, slots=True)
class Term:
    """One number of a side. `key` names its wording ("checks.term.<key>" in templates/labels)."""

    key: str
    value: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Both sides of a check as sums of terms. `code` names its wording ("checks.<code>.name")."""

    code: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @property
    def left_total(self) -> int:
        return sum(term.value for term in self.left)

    @property
    def right_total(self) -> int:
        return sum(term.value for term in self.right)

    @property
    def difference(self) -> int:
        return self.left_total - self.right_total

    @property
    def holds(self) -> bool:
        return self.difference == 0


def run_checks(facts: Facts) -> tuple[CheckResult, ...]:
    """The results of every check in this folder, in the order of their codes."""
    modules = [importlib.import_module(f"{__name__}.{entry.name}") for entry in pkgutil.iter_modules(__path__)]
    return tuple(sorted((module.check(facts) for module in modules), key=lambda result: result.code))
