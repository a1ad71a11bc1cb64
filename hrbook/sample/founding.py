"""Builds the organisation of the invented city from its data, for any number of staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from hrbook.sample.node import Node
from hrbook.sample.organisation import Organisation, Section, Unit

Former = tuple[Unit, tuple[str, ...], tuple[str, ...]]  # the unit, its heirs' codes, the heir of each of its sections


def build_organisation(node: Node, staff: int, elsewhere: int, least: Mapping[str, int]) -> Organisation:
    """The organisation of a city of `staff` people: fewer departments where it is small, numbered ones where large.

    `elsewhere` people have no seat in a department, nor have the heads of bureaus; `least` is the smallest number of
    people by department name. Raises ValueError where so few people cannot fill it."""
    base = node.node("organisation")
    kept = _kept(node, base, staff)
    former = _former(node, base, kept)
    bureaus = [bureau for bureau in node.nodes("bureau") if any(e.text("code") in kept for e in bureau.nodes("departments"))]
    seats = _seats(kept, staff - elsewhere - len(bureaus), least)
    departments = [
        unit
        for bureau in bureaus
        for entry in bureau.nodes("departments")
        if entry.text("code") in kept
        for unit in _copies(bureau, entry, base, seats[entry.text("code")], former)
    ]
    units = tuple(unit for unit, _, _ in former)
    return Organisation(tuple(_bureau(b, base) for b in bureaus), tuple(departments), units, base.text("general_job"))


def _kept(node: Node, base: Node, staff: int) -> dict[str, Node]:
    entries = [entry for bureau in node.nodes("bureau") for entry in bureau.nodes("departments")]
    count = max(base.whole("smallest"), staff // base.whole("people_a_department"))
    ordered = sorted(entries, key=lambda e: (e.whole("first") if "first" in e else 1000 - e.whole("people"), e.text("code")))
    codes = {entry.text("code") for entry in ordered[:count]}
    return {entry.text("code"): entry for entry in entries if entry.text("code") in codes}


def _seats(kept: dict[str, Node], total: int, least: Mapping[str, int]) -> dict[str, int]:
    """`total` people over the departments in proportion to their size (largest remainder), none below its least."""
    lowest = {code: max(2, least.get(entry.text("name"), 0)) for code, entry in kept.items()}
    if total < sum(lowest.values()):
        raise ValueError(f"{total} people cannot fill {len(kept)} departments")
    whole = sum(entry.whole("people") for entry in kept.values())
    exact = {code: entry.whole("people") * total / whole for code, entry in kept.items()}
    seats = {code: max(lowest[code], int(share)) for code, share in exact.items()}
    while (missing := total - sum(seats.values())) != 0:
        if missing > 0:
            code = max(seats, key=lambda c: (exact[c] - seats[c], c))
        else:
            code = max((c for c in seats if seats[c] > lowest[c]), key=lambda c: (seats[c] - exact[c], c))
        seats[code] += 1 if missing > 0 else -1
    return seats


def _bureau(bureau: Node, base: Node) -> Unit:
    return Unit(
        bureau.text("code"),
        bureau.text("name"),
        start=base.day("since"),
        category=bureau.text("category"),
        place=base.text("place"),
        other_authority=bureau.flag("other_authority"),
    )


def _former(node: Node, base: Node, kept: dict[str, Node]) -> list[Former]:
    """Units that are no more. `section_goes` says which heir took over each section where there are several heirs."""
    homes = {entry.text("code"): (bureau, entry) for bureau in node.nodes("bureau") for entry in bureau.nodes("departments")}
    found = []
    for part in node.nodes("former"):
        heirs = tuple(code for code in part.texts("becomes") if code in kept)
        if heirs:
            bureau, entry = homes[heirs[0]]
            unit = Unit(
                part.text("code"),
                bureau.text("name"),
                part.text("name"),
                _sections(part.text("code"), part.texts("sections"), []),
                base.day("since"),
                part.day("on") - timedelta(days=1),
                category=bureau.text("category"),
                place=entry.text("place") if "place" in entry else base.text("place"),
                other_authority=bureau.flag("other_authority"),
            )
            goes = part.texts("section_goes") if "section_goes" in part else (heirs[0],) * len(unit.sections)
            found.append((unit, heirs, goes))
    return found


def _copies(bureau: Node, entry: Node, base: Node, people: int, former: list[Former]) -> Iterator[Unit]:
    copies = -(-people // base.whole("largest"))
    parents = tuple(unit for unit, heirs, _ in former if entry.text("code") in heirs)
    older = [s for unit, _, goes in former for s, heir in zip(unit.sections, goes, strict=True) if heir == entry.text("code")]
    for number in range(1, copies + 1):
        mine = people // copies + (1 if number <= people % copies else 0)
        origins = parents if number == 1 else ()
        code, name = entry.text("code"), entry.text("name")
        if number > 1:
            code, name = f"{code}-{number:02d}", base.text("copy_name").format(number=number, name=name)
        end = origins[0].end if origins else None
        yield Unit(
            code,
            bureau.text("name"),
            name,
            _sections(code, _section_names(entry.texts("sections"), mine, base), older if origins else []),
            end + timedelta(days=1) if end else base.day("since"),
            None,
            origins,
            bureau.text("category"),
            entry.text("place") if "place" in entry else base.text("place"),
            bureau.flag("other_authority"),
            mine,
            _jobs(entry),
        )


def _jobs(entry: Node) -> tuple[tuple[str, float], ...]:
    if "jobs" not in entry:
        return ()
    jobs = entry.node("jobs")
    return tuple((job, jobs.share(job)) for job in jobs)


def _section_names(names: tuple[str, ...], people: int, base: Node) -> list[str]:
    wanted = max(len(names), people // base.whole("section_size"))
    pattern = base.text("copy_name")
    rounds = range(-(-wanted // len(names)))
    return [name if turn == 0 else pattern.format(number=turn + 1, name=name) for turn in rounds for name in names][:wanted]


def _sections(code: str, names: Sequence[str], older: Sequence[Section]) -> tuple[Section, ...]:
    return tuple(
        Section(f"{code}{number:02d}", name, _heirs(number - 1, len(names), older)) for number, name in enumerate(names, start=1)
    )


def _heirs(place: int, count: int, older: Sequence[Section]) -> tuple[str, ...]:
    """Old sections go round the new ones in turn, so that each has an heir and each new one an origin."""
    if not older:
        return ()
    if len(older) >= count:
        return tuple(section.code for index, section in enumerate(older) if index % count == place)
    return (older[place % len(older)].code,)
