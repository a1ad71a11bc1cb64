"""Invented cities for the tests: each is built once a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from hrbook.resources import load_toml
from hrbook.sample import City, build_city

from .reading import Book


@cache
def _city(staff: int, seed: int) -> City:
    return build_city(staff, seed, data=load_toml("sample.toml"))


@pytest.fixture(scope="session")
def data() -> Mapping[str, object]:
    return load_toml("sample.toml")


@pytest.fixture(scope="session")
def city_of() -> Callable[[int, int], City]:
    """Builds the city of so many staff and that seed; the same one again costs nothing."""
    return _city


@pytest.fixture(scope="session")
def book() -> Book:
    """The city of 1,100 as rows by header."""
    return Book(_city(1100, 2026))
