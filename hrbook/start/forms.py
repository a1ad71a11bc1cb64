"""The blank forms of roster and settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from hrbook.core.policy import Policy
from hrbook.core.source import Basis
from hrbook.ingest.setting_basics import Item, defaults, load_items, spoken
from hrbook.ingest.setting_kinds import Kinds
from hrbook.ingest.vocabulary import load_vocabulary
from hrbook.resources import load_toml
from hrbook.sheets.blank import form
from hrbook.sheets.blank.plan import EARLIEST, LATEST, FormBook, FormSheet
from hrbook.sheets.book import Book, Check, DateCheck, ListCheck, NumberCheck, Sheet, Value
from hrbook.sheets.setting_words import setting_words
from hrbook.start.kinds import YEARS, Columns
from hrbook.words import Labels

Row = tuple[Value, ...]
BASICS, TIMINGS, TITLES, HEADINGS = "basics", "timings", "titles", "columns"
VALUE_COLUMN = 2  # of the sheet of basics


def roster_form(policy: Policy, labels: Labels, path: str) -> Book:
    """A roster to be filled in: every sheet of the data dictionary."""
    columns = Columns(policy, labels)
    sheets = tuple(columns.sheet(entry) for entry in load_toml("roster.toml")["sheet"])
    intro = tuple(labels(f"blank.roster.line_{n}") for n in range(1, 6))
    return form(FormBook(path, labels("blank.roster.title"), intro, sheets), labels)


def settings_form(
    policy: Policy,
    labels: Labels,
    path: str,
    *,
    titles: Sequence[Row] = (),
    headings: Sequence[Row] = (),
    further: tuple[Sheet, ...] = (),
) -> Book:
    """A form of the settings: every item with its default, every course without a stated timing. A proposal has `titles`
    and `headings` in it already, and `further` pages that say what it rests on."""
    columns = Columns(policy, labels)
    rows = {TIMINGS: tuple(_timings(policy)), TITLES: tuple(titles), HEADINGS: tuple(headings)}
    sheets: list[FormSheet] = []
    for entry in load_toml("settings.toml")["sheet"]:
        if entry["id"] == BASICS:
            basics, checks = _basics(policy, labels)
            sheets.append(columns.sheet(entry, rows=basics, checks=checks))
        else:
            sheets.append(columns.sheet(entry, rows=rows.get(entry["id"], ())))
    kind = "proposal" if further else "settings"
    intro = tuple(labels(f"blank.{kind}.line_{n}") for n in range(1, 5))
    return form(FormBook(path, labels(f"blank.{kind}.title"), intro, tuple(sheets), example=False), labels, further)


def _timings(policy: Policy) -> Iterator[Row]:
    """The courses whose timing the policy leaves open, each a row without a condition, which changes nothing."""
    width = len(next(s for s in load_toml("settings.toml")["sheet"] if s["id"] == TIMINGS)["field"])
    for course in policy.training.courses:
        if course.timing is Basis.UNSET:
            yield (None, course.code, course.name, *(None,) * (width - 3))


def _basics(policy: Policy, labels: Labels) -> tuple[tuple[Row, ...], tuple[Check, ...]]:
    """A row for each item, its value blank and its default beside it, with what may be typed."""
    items = load_items(policy)
    kinds = Kinds(policy, load_vocabulary(), False)
    words = setting_words(labels)
    usual = {value.key: value.default for value in spoken(items, {}, defaults(policy), kinds)}
    rows: list[Row] = []
    checks: list[Check] = []
    for number, item in enumerate(items, start=1):
        name, why = words[item.key]
        if labels.language == "ja":
            shown, said = item.name, why
        else:  # items are known by their Japanese name or by their key
            shown, said = item.key, f"{name}: {why}"
        rows.append((None, shown, None, labels("blank.settings.note", default=usual[item.key], why=said)))
        checks.extend(_item_check(item, (number, VALUE_COLUMN, number, VALUE_COLUMN), labels))
    return tuple(rows), tuple(checks)


def _item_check(item: Item, place: tuple[int, int, int, int], labels: Labels) -> Iterator[Check]:
    settings: dict[str, Any] = load_toml("settings.toml")
    if item.kind == "date":
        yield DateCheck(*place, EARLIEST, LATEST, error=labels("blank.wrong.date"))
    elif item.kind in ("years", "year"):
        least, most = (item.bounds["least"], item.bounds["most"]) if item.kind == "years" else YEARS
        yield NumberCheck(*place, least, most, error=labels("blank.wrong.number", least=least, most=most))
    elif item.kind in ("yes", "midcareer", "level"):
        words = settings["choices"][item.kind].values()
        listed = tuple(word if isinstance(word, str) else str(word[0]) for word in words)
        yield ListCheck(*place, items=listed, error=labels("blank.wrong.choice"), open=item.kind == "level")
