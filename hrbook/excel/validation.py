"""What may be typed into a form, and bars over numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from xlsxwriter.utility import xl_range

from hrbook.excel.clean import clean_text, utf16_units
from hrbook.sheets.book import Check, DataBar, DateCheck, ListCheck, Prompt
from hrbook.styles import Styles

LIST, TITLE, MESSAGE, ERROR = 255, 32, 255, 225  # UTF-16 units that Excel allows


def add_checks(sheet: Any, checks: Iterable[Check]) -> None:
    """Add checks to an xlsxwriter worksheet; those that differ in nothing but their place become one with many places.
    Raises ValueError for texts that Excel would not hold."""
    alike: dict[Check, list[Check]] = {}
    for check in checks:
        alike.setdefault(replace(check, row=0, col=0, last_row=0, last_col=0), []).append(check)
    for group in alike.values():
        _add(sheet, group)


def _add(sheet: Any, group: Sequence[Check]) -> None:
    check = group[0]
    options = _criteria(check)
    if isinstance(check, ListCheck) and check.open:
        options["show_error"] = False
    for key, text, limit in (
        ("input_title", check.prompt_title, TITLE),
        ("input_message", check.prompt, MESSAGE),
        ("error_message", check.error, ERROR),
    ):
        if text:
            if utf16_units(text) > limit:
                raise ValueError(f"{sheet.name}: {key} is longer than {limit}: {text}")
            options[key] = clean_text(text)
    if len(group) > 1:
        options["multi_range"] = " ".join(xl_range(c.row, c.col, c.last_row, c.last_col) for c in group)
    sheet.data_validation(check.row, check.col, check.last_row, check.last_col, options)


def _criteria(check: Check) -> dict[str, Any]:
    if isinstance(check, ListCheck):
        if check.source:
            if not check.source.startswith("="):
                raise ValueError(f"a list's source begins with '=': {check.source}")
            return {"validate": "list", "source": check.source}
        return {"validate": "list", "source": _items(check.items)}
    if isinstance(check, Prompt):
        return {"validate": "any"}
    kind = "date" if isinstance(check, DateCheck) else "integer"
    return {"validate": kind, "criteria": "between", "minimum": check.first, "maximum": check.last}


def _items(items: tuple[str, ...]) -> list[str]:
    """Items as they stand inside the check itself, where a comma ends an item and a quote ends the list."""
    wrong = [item for item in items if not item.strip() or set(item) & set(',"\n') or clean_text(item) != item]
    if not items or wrong or utf16_units(",".join(items)) > LIST:
        raise ValueError(f"these items need a range of cells as their source: {items}")
    return list(items)


def add_bar(sheet: Any, bar: DataBar, styles: Styles) -> None:
    """Add solid data bars that start at zero."""
    options: dict[str, Any] = {
        "type": "data_bar",
        "data_bar_2010": True,
        "bar_solid": True,
        "bar_no_border": True,
        "bar_color": f"#{styles.colour(bar.colour)}",
        "min_type": "num",
        "min_value": 0,
    }
    if bar.maximum is not None:
        options |= {"max_type": "num", "max_value": bar.maximum}
    sheet.conditional_format(bar.row, bar.col, bar.last_row, bar.last_col, options)
