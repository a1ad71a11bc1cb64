"""Looks as formats of one workbook, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from hrbook.styles import Edge, Look, Styles

WEIGHT = {"thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7}
ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "justify", "distributed": "distributed"}
VALIGN = {"top": "top", "center": "vcenter", "bottom": "bottom", "distributed": "vdistributed"}
FAMILY, CHARSET = 3, 128  # a fixed-pitch font of the Japanese character set, for machines without the font itself


def normal_font(styles: Styles) -> dict[str, Any]:
    """Properties of the default cell format: the Normal font, from which Excel takes its column widths."""
    return _font(styles.look(""))


class Formats:
    """Formats of one workbook by look. `add` makes a format of the workbook from its properties."""

    def __init__(self, add: Callable[[dict[str, Any]], Any], styles: Styles) -> None:
        self._add = add
        self.styles = styles
        self._cells: dict[str, Any] = {}
        self._dates: dict[str, Any] = {}
        self._runs: dict[str, Any] = {}

    def cell(self, look: str) -> Any:
        """The format of a cell."""
        found = self._cells.get(look)
        if found is None:
            found = self._cells[look] = self._add(_properties(self.styles.look(look)))
        return found

    def date(self, look: str) -> Any:
        """The format of a cell that holds a date: as its look says, else year-month-day."""
        found = self._dates.get(look)
        if found is None:
            resolved = self.styles.look(look)
            if resolved.number_format:
                found = self.cell(look)
            else:
                iso = self.styles.number_formats["iso_date"]
                found = self._add({**_properties(resolved), "num_format": iso})
            self._dates[look] = found
        return found

    def run(self, look: str) -> Any:
        """A format with the font of a look only, for a part of a text."""
        found = self._runs.get(look)
        if found is None:
            found = self._runs[look] = self._add(_font(self.styles.look(look)))
        return found


def _font(look: Look) -> dict[str, Any]:
    found: dict[str, Any] = {
        "font_name": look.font,
        "font_size": look.size,
        "font_color": f"#{look.colour}",
        "font_family": FAMILY,
        "font_charset": CHARSET,
    }
    for name, flag in (("bold", look.bold), ("italic", look.italic), ("font_strikeout", look.strike)):
        if flag:
            found[name] = True
    if look.underline:
        found["underline"] = 1
    return found


@lru_cache(maxsize=4096)
def _properties(look: Look) -> dict[str, Any]:
    """Properties of a format; books have most of their looks in common. Not to be changed."""
    found = _font(look)
    found["valign"] = VALIGN[look.valign]
    if look.align in ALIGN:
        found["align"] = ALIGN[look.align]
    if look.fill:
        found |= {"bg_color": f"#{look.fill}", "pattern": 1}
    for name, number in (("indent", look.indent), ("rotation", look.rotation)):
        if number:
            found[name] = number
    if look.wrap:
        found["text_wrap"] = True
    if look.shrink:
        found["shrink"] = True
    if look.number_format:
        found["num_format"] = look.number_format
    if look.unlocked:
        found["locked"] = False
    _edges(found, {"top": look.top, "bottom": look.bottom, "left": look.left, "right": look.right})
    return found


def _edges(found: dict[str, Any], edges: dict[str, Edge | None]) -> None:
    for side, edge in edges.items():
        if edge:
            found[side] = WEIGHT[edge[0]]
            found[f"{side}_color"] = f"#{edge[1]}"
