"""The sheet of basics: single values, each with its default, the fiscal years it holds in and the cell that sets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hrbook.core.learning_policy import OjtReading
from hrbook.core.policy import Policy
from hrbook.core.reading import SettingValue
from hrbook.core.source import RowRef
from hrbook.ingest.setting_kinds import Kinds, near, refuse
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import key
from hrbook.resources import load_toml

POINTS, OJT = "points.", "ojt."


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the sheet of basics (settings.toml). `bounds` are least and most of a number."""

    key: str
    name: str
    kind: str
    why: str
    unset: str  # what is said where the item has no value of its own
    bounds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Given:
    """One row: the item's value in fiscal year `year` (None: in every year), and the row that says so."""

    item: Item
    year: int | None
    value: Any
    ref: RowRef


def load_items(policy: Policy) -> tuple[Item, ...]:
    """The items that this policy knows: points are those of its marks."""
    marks = {f"{POINTS}{mark.id}" for mark in policy.competency.marks}
    said = load_toml("settings.toml")["choices"]["words"]
    return tuple(
        Item(
            key=entry["key"],
            name=entry["name"],
            kind=entry["kind"],
            why=entry["why"],
            unset=said.get(entry.get("unset", ""), ""),
            bounds={bound: entry[bound] for bound in ("least", "most") if bound in entry},
        )
        for entry in load_toml("settings.toml")["setting"]
        if not entry["key"].startswith(POINTS) or entry["key"] in marks
    )


def read_basics(rows: Iterable[RowRef], items: tuple[Item, ...], kinds: Kinds) -> list[Given]:
    """Every row that sets a value. Raises Fault: an unknown item, a value that cannot be read, an item set twice."""
    by_name = {key(text): item for item in items for text in (item.key, item.name)}
    given: dict[tuple[str, int | None], Given] = {}
    for ref in rows:
        written = read_text(ref.raw_of("item"))
        item = by_name.get(key(written))
        if item is None:
            raise refuse("setting_item", ref, "item", near=near(written, [i.name for i in items] + [i.key for i in items]))
        if not read_text(ref.raw_of("value")):
            continue
        year = kinds.year(ref, "year") if read_text(ref.raw_of("year")) else None
        value = _value(item, ref, kinds)
        place = (item.key, year)
        if place in given:
            raise refuse("setting_twice", ref, "item", other=given[place].ref.address("item"))
        given[place] = Given(item, year, value, ref)
    return list(given.values())


def _value(item: Item, ref: RowRef, kinds: Kinds) -> Any:
    """None where a word for none stands under an item that may have no value."""
    if item.unset and key(read_text(ref.raw_of("value"))) in kinds.words.none | {key(item.unset)}:
        return None
    return kinds.reader(item.kind)(ref, "value", **item.bounds)


def chosen(given: list[Given], year: int) -> dict[str, Given]:
    """The row that holds for each item in `year`: one of that year stands before one of every year."""
    found = {g.item.key: g for g in given if g.year is None}
    return found | {g.item.key: g for g in given if g.year == year}


def defaults(policy: Policy) -> dict[str, Any]:
    """The value of each item where the city sets none: the policy's own; None where it has none."""
    reading = policy.rotation.reading
    return {
        "policy_effective_from": policy.effective_from,
        "rotation.unit": tuple(r.level for r in reading.requirements),
        "rotation.window_years": reading.window_years,
        "rotation.minimum": tuple(r.minimum for r in reading.requirements),
        "rotation.ranks": reading.ranks,
        "rotation.employment": reading.employment,
        "rotation.excluded_job_families": reading.excluded_job_families,
        "rotation.usual_stay_years": reading.usual_stay_years,
        "rotation.min_stay_months": reading.min_stay_months,
        "rotation.secondment_counts": reading.secondment_counts,
        "rotation.leave_extends_window": reading.leave_extends_window,
        "rotation.midcareer": reading.midcareer,
        "rotation.midcareer_routes": reading.midcareer_routes,
        "rotation.review_years": reading.review_years,
        "step_down.age": policy.step_down.age,
        "ojt.newcomer_years": policy.learning.newcomer_years,
        **{f"{OJT}{name}": getattr(OjtReading(), name) for name in ("newcomer_employment", "same_department")},
        "digital.outside": policy.digital.outside,
        **{f"{POINTS}{mark.id}": mark.points for mark in policy.competency.marks},
    }


def spoken(
    items: tuple[Item, ...], found: Mapping[str, Given], plain: Mapping[str, Any], kinds: Kinds
) -> tuple[SettingValue, ...]:
    """Every item with its value and default in words, in the order of settings.toml."""
    values: list[SettingValue] = []
    for item in items:
        default = plain.get(item.key)
        usual = item.unset if default is None else kinds.say(default)
        row = found.get(item.key)
        if row is None:
            values.append(SettingValue(item.key, usual, usual, False, None))
            continue
        said = item.unset if row.value is None else kinds.say(row.value)
        values.append(SettingValue(item.key, said, usual, True, row.ref.cell("value", said)))
    return tuple(values)
