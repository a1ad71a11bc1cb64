"""Whom the sample holds, drawn by the digest of run and staff number, so that anybody draws the same from the same run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from hrbook.core.assessment import Assessed
from hrbook.core.judgement import RotationStatus

SIZE = 20
LEAST = 2  # of every standing, where it has so many


def draw(people: Sequence[Assessed], run_id: str, size: int = SIZE) -> list[Assessed]:
    """About `size` people: at least two of every rotation status that occurs, the rest in proportion to the status."""
    strata: dict[RotationStatus, list[Assessed]] = {}
    for status in RotationStatus:
        members = [p for p in people if p.rotation.result.status is status]
        if members:
            strata[status] = sorted(members, key=lambda p: _lot(run_id, p.employee.staff_id))
    shares = {s: min(len(m), LEAST) for s, m in strata.items()}
    spare = max(0, min(size, len(people)) - sum(shares.values()))
    left = {s: len(m) - shares[s] for s, m in strata.items()}
    total = sum(left.values())
    if total and spare:
        for status, more in _portions(left, spare, total).items():
            shares[status] += more
    return [p for status, members in strata.items() for p in members[: shares[status]]]


def _portions(left: Mapping[RotationStatus, int], spare: int, total: int) -> dict[RotationStatus, int]:
    """`spare` places in proportion to what is left of each status, by largest remainder, no more than there are."""
    found = {status: spare * n // total for status, n in left.items()}
    order = sorted(left, key=lambda s: -(spare * left[s] % total))
    for status in order[: spare - sum(found.values())]:
        found[status] += 1
    return {status: min(n, left[status]) for status, n in found.items()}


def _lot(run_id: str, staff_id: str) -> str:
    return hashlib.sha256(f"{run_id}|{staff_id}".encode()).hexdigest()
