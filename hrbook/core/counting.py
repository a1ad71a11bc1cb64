"""Which spells add a unit to the count (spec 5, "Units")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hrbook.core.calendar import fiscal_year, whole_months
from hrbook.core.fold import fold
from hrbook.core.genealogy import Genealogy
from hrbook.core.results import Count
from hrbook.core.rotation_policy import Counted, Level, Requirement, RotationReading
from hrbook.core.spell_types import Spell
from hrbook.core.spells import Career

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entries:
    """The stays that add a unit, whatever the window: their names, the days on which they began (None: unknown) and
    their places among the career's spells. `doubtful` counts what may add a unit and cannot be placed."""

    names: tuple[str, ...]
    starts: tuple[date | None, ...]
    places: tuple[int, ...]
    doubtful: int

    def within(self, requirement: Requirement, first_year: int, window: int, year: int) -> tuple[Count, int]:
        """The count for the service years 1..`window` from fiscal year `first_year`, as of fiscal year `year`, and how
        many more units may be hidden. A stay of unknown start counts while the window runs: it began by now."""
        last = first_year + window - 1
        began = [year if day is None else fiscal_year(day) for day in self.starts]
        hidden = 0 if year <= last else self.starts.count(None)
        names = tuple([name for name, when in zip(self.names, began, strict=True) if when <= last])
        reached = None
        if len(names) < requirement.minimum <= len(began) - hidden:
            known = [when for when, day in zip(began, self.starts, strict=True) if day is not None or not hidden]
            reached = sorted(known)[requirement.minimum - 1]
        count = Count(requirement.level, len(names), requirement.minimum, names, reached, requirement.counted)
        return count, self.doubtful + hidden


class Classes:
    """What the guide counts for a unit: the unit itself, or its category or kind of place, in the requirement's groups."""

    def __init__(self, genealogy: Genealogy, requirement: Requirement) -> None:
        self._genealogy = genealogy
        self._groups = {fold(member): group.name for group in requirement.groups for member in group.members}

    def of(self, key: str) -> str | None:
        """The unit's key, or its class; None where that is blank."""
        counted = self._genealogy.counted_as(key)
        if counted is None or not self._groups or counted[0] != "=":
            return counted
        return f"={fold(self._groups.get(counted[1:], counted[1:]))}"

    def name(self, key: str) -> str:
        """The class as people write it; empty for what is no class."""
        name = self._genealogy.class_name(key)
        return self._groups.get(fold(name), name)


def entries_of(career: Career, genealogy: Genealogy, reading: RotationReading, requirement: Requirement) -> Entries:
    """Go through the career: a stay adds a unit unless that is kin to one in which an earlier counted stay ended. Where
    moves are counted, a stay is one unless its unit is kin to that of the counted stay just before it; the first is none."""
    classes = Classes(genealogy, requirement)
    moves = requirement.counted is Counted.MOVES
    names: list[str] = []
    starts: list[date | None] = []
    places: list[int] = []
    ended: list[str] = []
    doubtful = 0
    classed = genealogy.level in (Level.CATEGORY, Level.PLACE)
    for place, spell in _joined(career.spells, classes) if classed else enumerate(career.spells):
        if spell.secondment and not reading.secondment_counts:
            continue
        unit = classes.of(spell.start_unit)
        if unit is None:  # it may be of the class of its neighbours, and then lengthen a short stay
            doubtful += 1
            continue
        if any(genealogy.kin(unit, other) for other in (ended[-1:] if moves else ended)):
            if moves:
                ended.append(classes.of(spell.end_unit) or ended[-1])
            continue
        enough = _long_enough(spell, reading.min_stay_months)
        if enough is None:
            doubtful += 1
        if not enough:
            continue
        names.append(classes.name(spell.start_unit) or spell.name)
        starts.append(spell.start)
        places.append(place)
        last = classes.of(spell.end_unit)
        if last is not None:
            ended.append(last)
    for key in career.undated:
        unit = classes.of(key)
        if unit is None or moves or not any(genealogy.kin(unit, other) for other in ended):
            doubtful += 1
    first = 1 if moves else 0  # where somebody began is no move
    return Entries(tuple(names[first:]), tuple(starts[first:]), tuple(places[first:]), doubtful)


def _long_enough(spell: Spell, months: int) -> bool | None:
    """Whether a stay counts; None where its length cannot be told."""
    if months == 0:
        return True
    if spell.start is None:
        return None
    reached = whole_months(spell.start, spell.end) >= months
    return reached if spell.end_known or not reached else None


def _joined(spells: Sequence[Spell], classes: Classes) -> list[tuple[int, Spell]]:
    """Spells of one category or kind of place that follow one another are one stay, at the place of the first."""
    stays: list[tuple[int, Spell]] = []
    for place, spell in enumerate(spells):
        if stays:
            first, stay = stays[-1]
            shown = classes.of(spell.start_unit)
            same = shown is not None and shown == classes.of(stay.end_unit) and stay.secondment == spell.secondment
            if same and (spell.start is None or spell.start <= stay.end + DAY):
                longer = replace(stay, end=spell.end, end_unit=spell.end_unit, end_known=spell.end_known)
                stays[-1] = (first, longer)
                continue
        stays.append((place, spell))
    return stays
