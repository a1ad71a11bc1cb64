"""Which sums of an anonymous survey may be shown, so that no subtraction tells a hidden one.

The tree is organisation > bureau > department. Whoever reads the results is supposed to know how many people answered
everywhere, and every shown sum exactly: rounding is never relied upon. What is shown leaves equations "these hidden
departments together have this sum"; each of them must hold at least `least` answers of two or more members, and keep away
from the two ends of the scale, where a sum tells everybody's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Unit = tuple[str, ...]  # (): the organisation, (bureau,), (bureau, department)
WHOLE: Unit = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """What people answered, question by question: how many did, and the sum of their answers."""

    counts: tuple[int, ...]
    sums: tuple[int, ...]

    @property
    def size(self) -> int:
        """Answers altogether."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Care:
    """How careful to be: the least number of answers behind a sum, the ends of the scale, and how far (in points of a mean)
    what is told of hidden departments together keeps away from them."""

    least: int
    low: int
    high: int
    margin: float


def joined(parts: Iterable[Sums]) -> Sums:
    """The sums of several parts together. There must be at least one."""
    every = list(parts)
    counts = tuple(map(sum, zip(*(p.counts for p in every), strict=True)))
    return Sums(counts, tuple(map(sum, zip(*(p.sums for p in every), strict=True))))


def units_of(leaves: Mapping[Unit, Sums]) -> dict[Unit, Sums]:
    """Sums of every department, bureau, and the organisation; departments without an answer are left out."""
    found = {unit: sums for unit, sums in sorted(leaves.items()) if sums.size}
    for bureau in sorted({unit[0] for unit in found}):
        found[(bureau,)] = joined(sums for unit, sums in found.items() if len(unit) == 2 and unit[0] == bureau)
    if found:
        found[WHOLE] = joined(sums for unit, sums in found.items() if len(unit) == 2)
    return found


def shown(leaves: Mapping[Unit, Sums], care: Care) -> frozenset[Unit]:
    """The units whose sums may be shown; `leaves` are the departments. A department without any answer is not among them,
    and hides nothing."""
    units = units_of(leaves)
    if not units or not _enough(units[WHOLE], care):
        return frozenset()
    children: dict[str, list[Unit]] = {}
    for unit in units:
        if len(unit) == 2:
            children.setdefault(unit[0], []).append(unit)
    hidden: set[Unit] = {unit for unit in units if len(unit) == 2 and not _enough(units[unit], care)}
    dark: set[str] = set()  # bureaus whose own sum is hidden
    for bureau, below in sorted(children.items()):
        while (own := [u for u in below if u in hidden]) and not _safe([units[u] for u in own], care):
            rest = [u for u in below if u not in hidden]
            if not rest:
                dark.add(bureau)
                break
            hidden.add(_smallest(rest, units))
        if not _enough(units[(bureau,)], care):
            dark.add(bureau)
    while dark and not _safe([_unknown(bureau, children, hidden, units) for bureau in sorted(dark)], care):
        rest = [(bureau,) for bureau in children if bureau not in dark]
        if not rest:
            return frozenset()
        bureau = _smallest(rest, units)[0]
        dark.add(bureau)
        if not any(unit in hidden for unit in children[bureau]):
            hidden.add(_smallest(children[bureau], units))
    return frozenset(unit for unit in units if unit not in hidden and (len(unit) != 1 or unit[0] not in dark))


def _unknown(bureau: str, children: Mapping[str, Sequence[Unit]], hidden: set[Unit], units: Mapping[Unit, Sums]) -> Sums:
    """What of a hidden bureau nobody is told."""
    return joined(units[unit] for unit in children[bureau] if unit in hidden)


def _smallest(rest: Iterable[Unit], units: Mapping[Unit, Sums]) -> Unit:
    return min(rest, key=lambda unit: (units[unit].size, unit))


def _enough(sums: Sums, care: Care) -> bool:
    return min(sums.counts) >= care.least


def _safe(members: Sequence[Sums], care: Care) -> bool:
    """Whether the sum of the members together may be known while none of them is."""
    whole = joined(members)
    for place, (count, total) in enumerate(zip(whole.counts, whole.sums, strict=True)):
        if not count:
            continue
        if count < care.least or sum(1 for member in members if member.counts[place]) < 2:
            return False
        if not (care.low + care.margin) * count <= total <= (care.high - care.margin) * count:
            return False
    return True
