"""Looks: what templates/styles.toml says, resolved. Nothing here knows a workbook library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from hrbook.core.fault import Fault
from hrbook.resources import load_toml

FILE = "styles.toml"
WEIGHTS = ("hair", "thin", "medium", "thick", "dotted", "dashed", "double")
ALIGN = ("general", "left", "center", "right", "justify", "distributed")
VALIGN = ("top", "center", "bottom", "distributed")
SIDES = ("top", "bottom", "left", "right")
STACKED = 270  # what stands for upright letters below each other

Edge = tuple[str, str]
"""Weight and colour (six hex digits) of one border."""


@dataclass(frozen=True, slots=True)
class Look:
    """All properties of a look. Colours are six hex digits; an empty fill is none; sizes are points;
    `rotation` is in degrees, or STACKED."""

    font: str
    size: float
    colour: str
    fill: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    align: str = "general"
    valign: str = "bottom"
    indent: int = 0
    wrap: bool = False
    shrink: bool = False
    rotation: int = 0
    number_format: str = ""
    unlocked: bool = False
    top: Edge | None = None
    bottom: Edge | None = None
    left: Edge | None = None
    right: Edge | None = None


FLAGS = ("bold", "italic", "underline", "strike", "wrap", "shrink", "unlocked")


@dataclass(frozen=True, slots=True)
class Fonts:
    """The Normal font and the sizes of what is no cell (points)."""

    normal: str
    normal_size: float
    header_size: float
    note_size: float


@dataclass(slots=True)
class Styles:
    """Colours, fonts and looks of one styles.toml. Call `look("td center")` for the merged look."""

    colours: Mapping[str, str]
    fonts: Fonts
    number_formats: Mapping[str, str]
    classes: Mapping[str, Mapping[str, Any]]  # property -> value of Look; `like` and names resolved
    logo: str = ""  # file in templates/ with the city's mark
    _looks: dict[str, Look] = field(default_factory=dict)

    def look(self, names: str) -> Look:
        """The look of class names separated by blanks; later names win. Raises Fault("look_unknown")."""
        known = self._looks.get(names)
        if known is None:
            merged: dict[str, Any] = {}
            for name in names.split():
                if name not in self.classes:
                    raise Fault("look_unknown", look=name, file=FILE)
                merged.update(self.classes[name])
            base = Look(self.fonts.normal, self.fonts.normal_size, self.colour("ink"))
            known = self._looks[names] = replace(base, **merged)
        return known

    def colour(self, name: str) -> str:
        """Six hex digits of a colour name. Raises Fault("colour_unknown")."""
        if name not in self.colours:
            raise Fault("colour_unknown", colour=name, file=FILE)
        return self.colours[name]


_latest: list[tuple[Mapping[str, Any], Styles]] = []  # at most one: the tables last read and what they became


def load_styles() -> Styles:
    """The styles of the working folder or of the package. Raises Fault where the file says what cannot be."""
    data = load_toml(FILE)
    if not _latest or _latest[0][0] is not data:
        _latest[:] = [(data, parse_styles(data))]
    return _latest[0][1]


def parse_styles(data: Mapping[str, Any]) -> Styles:
    """Styles from the tables of a parsed styles.toml. Raises Fault("style_wrong") naming look and property."""
    colours = {str(name): str(value).upper() for name, value in data["colours"].items()}
    for name, value in colours.items():
        if len(value) != 6 or set(value) - set("0123456789ABCDEF"):
            raise Fault("style_wrong", file=FILE, look="colours", property=name, found=value)
    fonts = Fonts(**{item.name: data["fonts"][item.name] for item in fields(Fonts)})
    reader = _Reader(data["looks"], colours, data["fonts"], data["number_formats"])
    looks = {name: reader.read(name, ()) for name in data["looks"]}
    return Styles(colours, fonts, data["number_formats"], looks, str(data.get("logo", {}).get("file", "")))


@dataclass(slots=True)
class _Reader:
    looks: Mapping[str, Mapping[str, Any]]
    colours: Mapping[str, str]
    fonts: Mapping[str, Any]
    formats: Mapping[str, str]
    done: dict[str, dict[str, Any]] = field(default_factory=dict)

    def read(self, name: str, below: tuple[str, ...]) -> dict[str, Any]:
        """Properties of one look, those of `like` before its own."""
        if name in self.done:
            return self.done[name]
        if name not in self.looks or name in below:
            raise Fault("style_wrong", file=FILE, look=below[-1] if below else name, property="like", found=name)
        found: dict[str, Any] = {}
        for parent in str(self.looks[name].get("like", "")).split():
            found.update(self.read(parent, (*below, name)))
        own = dict(self.looks[name])
        own.pop("like", None)
        for side in SIDES if "border" in own else ():
            own.setdefault(side, own["border"])
        own.pop("border", None)
        for key, value in own.items():
            try:
                found[key] = self._value(key, value)
            except (KeyError, ValueError, TypeError) as error:
                raise Fault("style_wrong", file=FILE, look=name, property=key, found=str(value)) from error
        self.done[name] = found
        return found

    def _value(self, key: str, value: Any) -> Any:
        if key in FLAGS and isinstance(value, bool):
            return value
        if key in SIDES:
            return _edge(str(value), self.colours)
        if key == "fill":
            return "" if value == "none" else self.colours[value]
        if key == "colour":
            return self.colours[value]
        if key == "font":
            return str(self.fonts[value])
        if key == "number_format":
            return self.formats[value]
        if key == "size" and 1 <= float(value) <= 100:
            return float(value)
        if key == "indent" and 0 <= int(value) <= 15:
            return int(value)
        if key == "rotation":
            return STACKED if value == "stacked" else _within(int(value), -90, 90)
        if (key == "align" and value in ALIGN) or (key == "valign" and value in VALIGN):
            return value
        raise ValueError(key)


def _edge(text: str, colours: Mapping[str, str]) -> Edge | None:
    if text == "none":
        return None
    weight, colour = text.split()
    if weight not in WEIGHTS:
        raise ValueError(weight)
    return weight, colours[colour]


def _within(number: int, low: int, high: int) -> int:
    if not low <= number <= high:
        raise ValueError(number)
    return number


def contrast(first: str, second: str) -> float:
    """Contrast ratio (1 to 21) of two colours in six hex digits, after WCAG 2.2, relative luminance."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable_on(fill: str, dark: str, light: str) -> str:
    """Whichever of two text colours stands out more on a fill."""
    return dark if contrast(fill, dark) >= contrast(fill, light) else light


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
