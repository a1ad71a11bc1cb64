"""What a policy file must agree on with itself: ids that exist, nothing twice, no empty window (raw tables in)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from itertools import combinations
from typing import Any

from hrbook.core.fold import fold
from hrbook.core.rotation_policy import RotationReading
from hrbook.ingest.shape import Flaw, Loc

IDS = {
    "rank": ("ranks[].id",),
    "mark": ("competency.marks[].symbols[]", "competency.marks[].id"),
    "ability": ("competency.abilities[].id",),
    "course": ("training.courses[].code",),
    "provider": ("training.providers[].id",),
    "category": ("training.categories[].id",),
    "clause": ("clauses.~",),
    "reading": (),
}
REFERENCES = (
    ("titles[].rank", "rank"),
    ("step_down.ranks[]", "rank"),
    ("competency.abilities[].marks.~", "rank"),
    ("competency.abilities[].marks.*", "mark"),
    ("competency.behaviours[].rank", "rank"),
    ("competency.behaviours[].ability", "ability"),
    ("career.stages[].ranks[]", "rank"),
    ("rotation.reading.ranks[]", "rank"),
    ("rotation.stays[].ranks[]", "rank"),
    ("rotation.cited[].value", "reading"),
    ("competency.abilities[].names.~", "rank"),
    ("training.courses[].provider", "provider"),
    ("training.courses[].category", "category"),
    ("training.courses[].targets[].ranks[]", "rank"),
    ("training.courses[].prerequisites[]", "course"),
    ("training.courses[].excludes[]", "course"),
    ("training.courses[].not_in_year_of[]", "course"),
    ("training.courses[].replaced_by[]", "course"),
    ("competency.basics_clause", "clause"),
    ("learning.ojt_clause", "clause"),
    ("competency.review_clause", "clause"),
    *((f"{owner}.clause", "clause") for owner in (
        "ranks[]", "titles[]", "attitudes[]", "doubts[]", "competency", "competency.abilities[]", "competency.basics[]",
        "competency.behaviours[]", "career", "career.stages[]", "step_down", "rotation", "digital", "digital.tiers[]",
        "training", "training.courses[]", "competency.marks[]", "rotation.stays[]", "rotation.cited[]", "retirement",
        "coverage.sentences[]", "learning", "learning.kinds[]", "learning.themes[]",
        "programme", "programme.measures[]", "programme.duties[]",
    )),
    ("digital.tiers[].grown_clause", "clause"),
)  # fmt: skip
DISTINCT = (
    ("ranks[].id",),
    ("ranks[].name",),
    ("titles[].title",),
    ("attitudes[].id",),
    ("competency.marks[].id",),
    ("competency.marks[].symbols[]",),
    ("competency.abilities[].id",),
    ("competency.abilities[].name", "competency.abilities[].aliases[]"),
    ("competency.basics[].id",),
    ("career.stages[].id",),
    ("digital.tiers[].id",),
    ("learning.kinds[].id",),
    ("learning.themes[].id",),
    ("training.providers[].id",),
    ("training.categories[].id",),
    ("training.courses[].code",),
    ("rotation.stays[].id",),
    ("rotation.cited[].value",),
    ("programme.measures[].id",),
)
WINDOWS = tuple(f"training.courses[].targets[].{name}" for name in ("service_year", "rank_year", "age_of_year"))
RANGES = (
    *((window, "first", "last") for window in WINDOWS),
    ("training.courses[].names[]", "first_year", "last_year"),
    ("career.stages[]", "first_service_year", "last_service_year"),
    ("rotation.stays[]", "first_service_year", "last_service_year"),
    ("rotation.stays[]", "minimum_years", "target_years"),
    ("rotation.stays[]", "minimum_years", "maximum_years"),
    ("rotation.stays[]", "target_years", "maximum_years"),
)
AT_LEAST = (
    *((f"{window}.{end}", 1) for window in WINDOWS for end in ("first", "last")),
    ("training.courses[].repeat_years", 1),
    ("training.courses[].seats", 0),
    ("career.stages[].first_service_year", 1),
    ("step_down.age", 1),
    ("learning.newcomer_years", 1),
    ("competency.marks[].points", 0),
    ("rotation.reading.requirements[].minimum", 1),
    ("rotation.reading.window_years", 1),
    ("rotation.reading.usual_stay_years", 1),
    ("rotation.reading.min_stay_months", 0),
    ("rotation.reading.review_years", 1),
    *((f"rotation.stays[].{name}_years", 1) for name in ("minimum", "target", "maximum")),
    ("rotation.stays[].first_service_year", 1),
    ("retirement.ages[].age", 1),
    ("coverage.sentences[].number", 0),
    ("coverage.sentences[].length", 1),
)


def link_flaws(data: Mapping[str, Any]) -> list[Flaw]:
    """Every place of a policy's raw tables that disagrees with another one. Values of a wrong type are passed over: the
    shape names them."""
    return [
        *_twice(data),
        *_unknown(data),
        *_empty(data),
        *_too_small(data),
        *_unweighted(data),
        *_defaults(data),
        *_behaviours(data),
        *_courses(data),
    ]


def find(data: Any, pattern: str) -> Iterator[tuple[Loc, Any]]:
    """Places and values that `pattern` names: "a.b[].c"; [] is every entry of a list, * every value, ~ every key."""
    steps = pattern.replace("[]", ".[]").split(".")
    return _find(data, steps, ())


def _find(node: Any, steps: list[str], loc: Loc) -> Iterator[tuple[Loc, Any]]:
    if not steps:
        yield loc, node
    elif steps[0] == "[]" and isinstance(node, list):
        for index, entry in enumerate(node):
            yield from _find(entry, steps[1:], (*loc, index))
    elif steps[0] == "*" and isinstance(node, dict):
        for key, value in node.items():
            yield from _find(value, steps[1:], (*loc, key))
    elif steps[0] == "~" and isinstance(node, dict):
        yield from (((*loc, key), key) for key in node)
    elif isinstance(node, dict) and steps[0] in node:
        yield from _find(node[steps[0]], steps[1:], (*loc, steps[0]))


def _texts(data: Any, pattern: str) -> list[tuple[Loc, str]]:
    return [(loc, value) for loc, value in find(data, pattern) if isinstance(value, str)]


def _numbers(data: Any, pattern: str) -> list[tuple[Loc, int]]:
    return [(loc, value) for loc, value in find(data, pattern) if type(value) is int]


def _unknown(data: Any) -> Iterator[Flaw]:
    known = {kind: [text for pattern in at for _, text in _texts(data, pattern)] for kind, at in IDS.items()}
    known["reading"] = [entry.name for entry in fields(RotationReading)]
    for pattern, kind in REFERENCES:
        for loc, text in _texts(data, pattern):
            if text not in known[kind]:
                near = get_close_matches(text, known[kind], n=3) or known[kind][:12]
                yield Flaw(loc, f"unknown_{kind}", found=text, expected=", ".join(near))


def _twice(data: Any) -> Iterator[Flaw]:
    for group in DISTINCT:
        seen: dict[str, Flaw] = {}
        for loc, text in (entry for pattern in group for entry in _texts(data, pattern)):
            if not text.strip():
                yield Flaw(loc, "blank")
                continue
            first = seen.setdefault(fold(text), Flaw(loc, "duplicate"))
            if first.loc != loc:
                yield Flaw(loc, "duplicate", found=text, expected=first.place)


def _empty(data: Any) -> Iterator[Flaw]:
    for pattern, first, last in RANGES:
        for loc, entry in find(data, pattern):
            ends = [entry.get(key) for key in (first, last)] if isinstance(entry, dict) else [None, None]
            if pattern in WINDOWS and entry == {}:
                yield Flaw(loc, "open_window")
            if type(ends[0]) is int and type(ends[1]) is int and ends[0] > ends[1]:
                yield Flaw(loc, "empty_window", found=f"{ends[0]}-{ends[1]}")


def _too_small(data: Any) -> Iterator[Flaw]:
    for pattern, least in AT_LEAST:
        for loc, number in _numbers(data, pattern):
            if number < least:
                yield Flaw(loc, "too_small", found=str(number), expected=str(least))


def _unweighted(data: Any) -> Iterator[Flaw]:
    """Where abilities carry marks at all, every rank needs one that counts, or it has no weights."""
    marks = [mark for _, mark in find(data, "competency.marks[]") if isinstance(mark, dict)]
    worthless = [mark.get("id") for mark in marks if mark.get("points") == 0]
    given = [(loc[-1], mark) for loc, mark in _texts(data, "competency.abilities[].marks.*")]
    weighed = {rank for rank, mark in given if mark not in worthless}
    if given:
        for _, rank in _texts(data, "ranks[].id"):
            if rank not in weighed:
                yield Flaw(("competency", "abilities"), "unweighted", found=rank)


def _defaults(data: Any) -> Iterator[Flaw]:
    tiers = [tier for _, tier in find(data, "digital.tiers[]") if isinstance(tier, dict)]
    defaults = sum(tier.get("default") is True for tier in tiers)
    if tiers and defaults != 1:
        yield Flaw(("digital", "tiers"), "one_default", found=str(defaults))


def _behaviours(data: Any) -> Iterator[Flaw]:
    seen: dict[tuple[str, str], Flaw] = {}
    for loc, entry in find(data, "competency.behaviours[]"):
        rank, ability = (entry.get("rank"), entry.get("ability")) if isinstance(entry, dict) else (None, None)
        if isinstance(rank, str) and isinstance(ability, str):
            first = seen.setdefault((rank, ability), Flaw(loc, "duplicate"))
            if first.loc != loc:
                yield Flaw(loc, "duplicate", found=f"{rank}/{ability}", expected=first.place)


@dataclass(frozen=True, slots=True)
class _Use:
    """A name of a course in the years `first` to `last`."""

    place: Loc
    name: str
    first: int
    last: int

    def clashes(self, other: _Use) -> bool:
        return self.place[2] != other.place[2] and self.first <= other.last and other.first <= self.last


def _courses(data: Any) -> Iterator[Flaw]:
    """A course may not point at itself, and no name may stand for two courses in one year."""
    for relation in ("prerequisites", "excludes", "not_in_year_of", "replaced_by"):
        for loc, code in _texts(data, f"training.courses[].{relation}[]"):
            if data["training"]["courses"][loc[2]].get("code") == code:
                yield Flaw(loc, "itself", found=code)
    uses: dict[str, list[_Use]] = defaultdict(list)
    for loc, name in _texts(data, "training.courses[].names[].name"):
        course = data["training"]["courses"][loc[2]]
        years = course["names"][loc[4]].get("first_year", 0), course["names"][loc[4]].get("last_year", 9999)
        if type(years[0]) is int and type(years[1]) is int:
            place = (*loc[:3], "name") if course.get("name") == name else loc
            uses[fold(name)].append(_Use(place, name, *years))
    for same in uses.values():
        for one, two in combinations(same, 2):
            if one.clashes(two):
                yield Flaw(two.place, "name_clash", found=two.name, expected=Flaw(one.place, "name_clash").place)
