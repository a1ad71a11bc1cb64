"""Facts and judgements are values: once made, nobody changes them and nobody adds to them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

import hrbook.core
import hrbook.guard

MODULES = [
    importlib.import_module(f"{package.__name__}.{found.name}")
    for package in (hrbook.core, hrbook.guard)
    for found in pkgutil.iter_modules(package.__path__)
]
RECORDS = [
    kind
    for module in MODULES
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if is_dataclass(kind) and kind.__module__ == module.__name__
]
FILLED = ("core.forecast._Future", "core.forecast._Somebody", "core.org_units.Unit", "core.rotation.Case", "core.spells._Open")


def spoken(kind: type) -> str:
    return f"{kind.__module__.removeprefix('hrbook.')}.{kind.__name__}"


def test_only_those_that_are_filled_step_by_step_can_be_changed() -> None:
    assert tuple(sorted(spoken(kind) for kind in RECORDS if not kind.__dataclass_params__.frozen)) == FILLED


@pytest.mark.parametrize("kind", RECORDS, ids=spoken)
def test_nothing_is_added_to_a_record(kind: type) -> None:
    assert not hasattr(object.__new__(kind), "__dict__")


@pytest.mark.parametrize("kind", [kind for kind in RECORDS if spoken(kind) not in FILLED], ids=spoken)
def test_a_value_stays_as_it_was_made(kind: type) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(object.__new__(kind), fields(kind)[0].name, None)
