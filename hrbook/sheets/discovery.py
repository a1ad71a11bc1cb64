"""Sheets found by being there: every module of a book's package that says its ORDER is part of the book."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def modules_of(package: ModuleType | str) -> tuple[ModuleType, ...]:
    """Modules of `package` that define ORDER, in that order (then by name)."""
    if isinstance(package, str):
        package = importlib.import_module(package)
    found = [importlib.import_module(f"{package.__name__}.{entry.name}") for entry in pkgutil.iter_modules(package.__path__)]
    return tuple(sorted((m for m in found if hasattr(m, "ORDER")), key=lambda m: (m.ORDER, m.__name__)))
