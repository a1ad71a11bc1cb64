"""The door of the settings: a workbook (or none) on top of a policy -> the Reading of one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from hrbook.core.calendar import first_day, fiscal_year
from hrbook.core.fault import Fault
from hrbook.core.finding import Finding
from hrbook.core.learning_policy import OjtReading
from hrbook.core.policy import Policy, Title
from hrbook.core.programme import Plan
from hrbook.core.reading import Reading
from hrbook.core.rotation_policy import Level, Requirement
from hrbook.core.source import Basis, RowRef
from hrbook.ingest.dictionary import Dictionary, load_dictionary
from hrbook.ingest.setting_basics import OJT, POINTS, Given, chosen, defaults, load_items, read_basics, spoken
from hrbook.ingest.setting_kinds import Kinds, near, refuse, required
from hrbook.ingest.setting_plan import plan_settings
from hrbook.ingest.setting_programme import decided, tier_paths
from hrbook.ingest.setting_stays import with_observations
from hrbook.ingest.setting_timings import set_timings
from hrbook.ingest.sheets import Binder
from hrbook.ingest.table import Table
from hrbook.ingest.vocabulary import key as folded
from hrbook.ingest.vocabulary import load_vocabulary
from hrbook.ingest.workbook import Broken, Pending, read_workbook
from hrbook.resources import load_toml

DICTIONARY = "settings.toml"


@dataclass(frozen=True, slots=True)
class SettingsSource:
    """The settings file, empty where there is none, and what the reader of the roster needs of it.

    `titles` maps a title to a rank id, `columns` (sheet id, field id) to the city's own heading."""

    file: str = ""
    sha256: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)


def load_reading(
    path: Path | None,
    policy: Policy,
    *,
    year: int | None,
    as_of: date | None,
    clock_year: int,
    pending: Pending | None = None,
) -> tuple[Reading, tuple[Finding, ...], SettingsSource]:
    """The reading of the run, notes on the settings file, and where they came from.

    The as-of date: the option, else the settings' one of that year, else 1 April of the year; the year: the option,
    else that of the as-of date, else `clock_year`. Raises Fault: a settings file that is not as it must be (exit 3),
    an as-of date outside the year (exit 2). `pending` is the file at `path` where its reading has already begun."""
    findings: list[Finding] = []
    tables: dict[str, list[Table]] = {}
    source = SettingsSource()
    words = load_vocabulary()
    kinds = Kinds(policy, words, False)
    if path is not None:
        book = pending.result() if pending is not None else read_workbook(path)
        kinds = Kinds(policy, words, book.from_1904)
        tables = Binder(load_dictionary(DICTIONARY), {}, words, findings).bind(book)
        source = SettingsSource(book.file, book.sha256)

    def rows(sheet: str) -> Iterator[RowRef]:
        for table in tables.get(sheet, []):
            for ref in table.rows(words, findings):
                _refuse_broken(ref)
                yield ref

    items = load_items(policy)
    given = read_basics(rows("basics"), items, kinds)
    when, run_year = _when(given, year, as_of, clock_year)
    found = chosen(given, run_year)
    titles = _titles(rows("titles"), kinds)
    source = replace(source, titles={t: rank for t, (rank, _) in titles.items()}, columns=_columns(rows("columns")))
    changed = replace(policy, training=set_timings(policy, rows("timings"), kinds, run_year))
    changed = replace(changed, titles=_joined(policy, titles))
    changed = replace(changed, rotation=with_observations(policy.rotation, rows("stays"), kinds))
    plain = defaults(policy)
    values = {**plain, **{name: row.value for name, row in found.items()}}
    reading = _reading(changed, run_year, when, values, found)
    reading = replace(
        reading,
        approvals=_approvals(rows("approvals"), kinds),
        form_numbers=_form_numbers(rows("form_numbers")),
        values=spoken(items, found, plain, kinds),
        ojt=OjtReading(**{name.removeprefix(OJT): value for name, value in values.items() if name.startswith(OJT)}),
        plan=plan_settings(changed, rows("sessions"), rows("promotions"), values, kinds, run_year),
        programme=Plan(values.get("programme.first_year"), decided(changed, rows("measures"), kinds, findings)),
        tier_paths=tier_paths(changed, rows("tiers"), kinds),
        outside_experts=values["digital.outside"] or (),
    )
    return reading, tuple(sorted(findings, key=lambda finding: finding.order)), source


def settled_year(
    path: Path | None, *, year: int | None, as_of: date | None, clock_year: int, pending: Pending | None = None
) -> int:
    """The fiscal year of the run, before it is known which policy holds in it: only the rows on the as-of date are read."""
    if year is not None or as_of is not None or path is None:
        return _when([], year, as_of, clock_year)[1]
    book, words = pending.result() if pending is not None else read_workbook(path), load_vocabulary()
    policy = Policy("", "", "", "", None, "")
    tables = Binder(load_dictionary(DICTIONARY), {}, words, []).bind(book)
    items = tuple(item for item in load_items(policy) if item.key == "as_of")
    names = {folded(text) for item in items for text in (item.key, item.name)}
    rows = [ref for table in tables.get("basics", []) for ref in table.rows(words, [])]
    given = read_basics(
        (r for r in rows if folded(str(r.raw_of("item") or "")) in names), items, Kinds(policy, words, book.from_1904)
    )
    return _when(given, year, as_of, clock_year)[1]


def _refuse_broken(ref: RowRef) -> None:
    for name in ref.source.columns:
        if isinstance(ref.raw_of(name), Broken):
            raise Fault(
                "setting_broken",
                file=ref.source.file,
                sheet=ref.source.sheet,
                cell=ref.address(name),
                found=str(ref.raw_of(name)),
            )


def _when(given: list[Given], year: int | None, as_of: date | None, clock_year: int) -> tuple[date, int]:
    """The as-of date and the fiscal year. Without options the settings decide: their row of the clock's year, else of
    every year, else of their latest year, so that a finished pair of files gives the same run on any day."""
    set_rows = {g.year: g for g in given if g.item.key == "as_of" and g.value is not None}
    if as_of is None and year is None and set_rows:
        latest = max((y for y in set_rows if y is not None), default=None)
        row = set_rows.get(clock_year) or set_rows.get(None) or set_rows[latest]
        year = row.year if row.year is not None else fiscal_year(row.value)
    if year is None:
        year = fiscal_year(as_of) if as_of is not None else clock_year
    if as_of is not None:
        if fiscal_year(as_of) != year:
            raise Fault("as_of_outside", usage=True, as_of=as_of.isoformat(), year=year)
        return as_of, year
    if year in set_rows:
        row = set_rows[year]
        if fiscal_year(row.value) != year:
            raise refuse("setting_as_of", row.ref, "value", year=year)
        return row.value, year
    every = set_rows.get(None)
    if every is not None and fiscal_year(every.value) == year:
        return every.value, year
    return first_day(year), year


def _reading(policy: Policy, year: int, as_of: date, values: Mapping[str, Any], found: Mapping[str, Given]) -> Reading:
    levels, minimums = values["rotation.unit"], values["rotation.minimum"]
    if len(levels) != len(minimums):
        row = found.get("rotation.minimum") or found["rotation.unit"]
        raise refuse("setting_pairs", row.ref, "value", levels=len(levels), minimums=len(minimums))
    own = policy.rotation.reading
    rotation = replace(
        own,
        requirements=_requirements(own.requirements, levels, minimums),
        **{
            name.removeprefix("rotation."): value
            for name, value in values.items()
            if name.startswith("rotation.") and name not in ("rotation.unit", "rotation.minimum")
        },
    )
    return Reading(
        year=year,
        as_of=as_of,
        policy=policy,
        rotation=rotation,
        points={mark.id: values[f"{POINTS}{mark.id}"] for mark in policy.competency.marks},
        register_start=values.get("training.register_start"),
        step_down_age=values["step_down.age"],
        policy_effective_from=values["policy_effective_from"],
        deadline=values.get("form.deadline"),
        submit_to=values.get("form.submit_to") or "",
        retention=values.get("form.retention") or "",
        city=values.get("form.city") or policy.city,
    )


def _requirements(own: Sequence[Requirement], levels: Sequence[Level], minimums: Sequence[int]) -> tuple[Requirement, ...]:
    """The settings' levels and minimums; a level that the policy counts is counted as the policy says (moves, groups)."""
    known = {asked.level: asked for asked in reversed(own)}
    if len(own) == len(levels) and all(asked.level is level for asked, level in zip(own, levels, strict=True)):
        return tuple(replace(asked, minimum=least) for asked, least in zip(own, minimums, strict=True))
    return tuple(
        replace(known[level], minimum=least) if level in known else Requirement(level, least)
        for level, least in zip(levels, minimums, strict=True)
    )


def _titles(rows: Iterator[RowRef], kinds: Kinds) -> dict[str, tuple[str, RowRef]]:
    found: dict[str, tuple[str, RowRef]] = {}
    seen: dict[str, RowRef] = {}
    for ref in rows:
        title, rank = required(ref, "title"), kinds.rank_or_undecided(ref, "rank")
        if folded(title) in seen:
            raise refuse("setting_twice", ref, "title", other=seen[folded(title)].address("title"))
        seen[folded(title)] = ref
        if rank is not None:
            found[title] = (rank, ref)
    return found


def _joined(policy: Policy, titles: Mapping[str, tuple[str, RowRef]]) -> tuple[Title, ...]:
    """The settings' titles stand in place of the policy's."""
    own = {folded(title) for title in titles}
    kept = tuple(entry for entry in policy.titles if folded(entry.title) not in own)
    clauses = {folded(entry.title): entry.clause for entry in policy.titles}
    added = (Title(title, rank, clauses.get(folded(title), ""), Basis.SET_BY_CITY) for title, (rank, _) in titles.items())
    return (*kept, *added)


def _columns(rows: Iterator[RowRef]) -> dict[tuple[str, str], str]:
    """(sheet id, field id) -> heading, by the dictionary of the roster."""
    roster: Dictionary = load_dictionary("roster.toml")
    found: dict[tuple[str, str], str] = {}
    for ref in rows:
        name, wanted = required(ref, "sheet"), required(ref, "field")
        sheet = next((s for s in roster.sheets if s.holds(name) == 0 or s.id == name), None)
        if sheet is None:
            raise refuse("setting_sheet", ref, "sheet", near=near(name, [s.name for s in roster.sheets]))
        match = next((f for f in sheet.fields if folded(wanted) in (folded(f.header), f.id)), None)
        if match is None:
            raise refuse("setting_field", ref, "field", near=near(wanted, [f.header for f in sheet.fields]))
        found[sheet.id, match.id] = required(ref, "header")
    return found


def _form(ref: RowRef) -> str:
    forms: Mapping[str, str] = load_toml(DICTIONARY)["forms"]
    written = folded(required(ref, "form"))
    found = next((form for form, name in forms.items() if written in (folded(name), form)), None)
    if found is None:
        raise refuse("setting_form", ref, "form", known=", ".join(forms.values()))
    return found


def _approvals(rows: Iterator[RowRef], kinds: Kinds) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for ref in rows:
        found.setdefault(_form(ref), []).append((kinds.number(ref, "place", 1, 20), required(ref, "label")))
    return {form: tuple(label for _, label in sorted(boxes)) for form, boxes in sorted(found.items())}


def _form_numbers(rows: Iterator[RowRef]) -> dict[str, str]:
    return dict(sorted((_form(ref), required(ref, "number")) for ref in rows))
