"""The sheet of observations on stays: long and short ones that the city wants to see, by kind of post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hrbook.core.rotation_policy import RotationPolicy, StayRule
from hrbook.core.source import Basis, RowRef
from hrbook.ingest.setting_kinds import Kinds, refuse, required
from hrbook.ingest.setting_timings import filled

PREFIX = "observation-"


def with_observations(policy: RotationPolicy, rows: Iterable[RowRef], kinds: Kinds) -> RotationPolicy:
    """The rotation part with the city's observations behind the policy's own rules on stays; each is for reference only.
    Raises Fault: neither a short nor a long stay, a long one that is not longer, what cannot be read."""
    found = tuple(_rule(ref, number, policy, kinds) for number, ref in enumerate(rows, start=1))
    return replace(policy, stays=(*policy.stays, *found)) if found else policy


def _rule(ref: RowRef, number: int, policy: RotationPolicy, kinds: Kinds) -> StayRule:
    first, last = (_number(ref, kinds, name) for name in ("service_first", "service_last"))
    if first is not None and last is not None and last < first:
        raise refuse("setting_reversed", ref, "service_last", other=first)
    short, long = (_number(ref, kinds, name) for name in ("short", "long"))
    if short is None and long is None:
        raise refuse("setting_blank", ref, "long")
    if short is not None and long is not None and long <= short:
        raise refuse("setting_reversed", ref, "long", other=short)
    return StayRule(
        id=f"{PREFIX}{number}",
        name=required(ref, "name"),
        minimum_years=short,
        maximum_years=long,
        ranks=kinds.ranks(ref, "ranks") if filled(ref, "ranks") else (),
        job_families=kinds.texts(ref, "job_families"),
        first_service_year=first,
        last_service_year=last,
        categories=kinds.names(ref, "categories"),
        places=kinds.names(ref, "places"),
        observation=True,
        clause=policy.clause,
        basis=Basis.SET_BY_CITY,
    )


def _number(ref: RowRef, kinds: Kinds, name: str) -> int | None:
    return kinds.number(ref, name, 1, 60) if filled(ref, name) else None
