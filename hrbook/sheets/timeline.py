"""A career as a strip of cells, one a year of service, for the rotation sheet and the interview form.

The year of a cell belongs to the post held at its end. A post without a year of its own stands as a number before the
next one, so that no counted unit is lost from sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hrbook.core.assessment import Assessed
from hrbook.core.calendar import fiscal_year
from hrbook.core.judgement import RotationStatus
from hrbook.core.spell_types import Spell
from hrbook.sheets.paper import cut
from hrbook.textfit import units
from hrbook.words import Labels

COLOURS = 6  # bars of styles.toml; later units keep the last one
SHORT, SHORTEST = 4, 2  # half-width letters of a name in a cell that holds no more: two letters, beside marks one


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of years (0-based, both ends included) under one look; the text begins in its first cell."""

    first: int
    last: int
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The first `width` years of service of one person. `now` is the present year's place (None: it lies later, or is
    unknown); `later` are the names of the posts that began after the strip."""

    pieces: tuple[Piece, ...]
    now: int | None
    later: tuple[str, ...]


class Timeline:
    """Draws strips of `width` years in fiscal year `year`; `room` half-width letters fit into one cell, each further
    cell adds `step`."""

    def __init__(self, labels: Labels, year: int, width: int, room: int, step: float) -> None:
        self.year = year
        self.width = width
        self.room = room
        self.step = step
        self._seconded = labels("timeline.seconded")
        self._unknown = labels("timeline.unknown")
        self._arrow = labels("timeline.arrow")

    def strip(self, person: Assessed) -> Strip:
        """The strip of one person; without a known hire it is empty and every post stands in `later`."""
        if person.service_year is None:
            return Strip((), None, tuple(self._name(s) for s in person.spells))
        hire = self.year - person.service_year + 1
        grey = "g" if person.rotation.result.status is RotationStatus.NOT_APPLICABLE else ""
        years = [self._years(spell, hire) for spell in person.spells]
        owners = [_owner(years, year) for year in range(min(self.width, person.service_year))]
        pieces: list[Piece] = []
        first = 0
        shown = -1
        for place in range(1, len(owners) + 1):
            if place < len(owners) and owners[place] == owners[first]:
                continue
            owner = owners[first]
            look = "bar_unknown" if owner is None else self._look(person.spells, owner, grey)
            hidden = person.spells[shown + 1 : owner] if owner is not None else ()
            text = self._unknown if owner is None else self._label(person.spells[owner], hidden, place - first)
            pieces.append(Piece(first, place - 1, text, look))
            shown = owner if owner is not None else shown
            first = place
        later = tuple(self._name(s) for s, span in zip(person.spells, years, strict=True) if span[0] >= self.width)
        return Strip(tuple(pieces), person.service_year - 1 if person.service_year <= self.width else None, later)

    def _years(self, spell: Spell, hire: int) -> tuple[int, int]:
        """First and last year of service (0-based) that the spell touches; one of unknown start only its last."""
        last = fiscal_year(spell.end) - hire
        return (last if spell.start is None else max(0, fiscal_year(spell.start) - hire), last)

    def _name(self, spell: Spell) -> str:
        name = spell.name_now
        if spell.secondment:
            name = f"{self._seconded}{name}"
        return name if spell.start is not None else f"{self._unknown}{name}"

    def _label(self, spell: Spell, hidden: Sequence[Spell], cells: int) -> str:
        """Number and name, cut to what the cells hold: first the name, then the blank, at last the number."""
        numbers = [s.ordinal for s in (*hidden, spell) if s.ordinal is not None]
        number = self._arrow.join(str(n) for n in numbers)
        if spell.start is None:
            number += self._unknown
        if spell.secondment:
            number += self._seconded
        room = int(self.room + (cells - 1) * self.step)
        renamed = f"{spell.name}{self._arrow}{spell.name_now}"
        blank = f"{number} " if number else ""
        for name in (renamed, spell.name_now) if spell.name != spell.name_now else (spell.name,):
            if units(blank + name) <= room:
                return blank + name
        for before, least in ((blank, SHORT), (number, SHORTEST)):
            if room - units(before) >= least:
                return before + cut(spell.name_now, room - units(before))
        return cut(spell.name_now, max(SHORT, room))

    def _look(self, spells: Sequence[Spell], owner: int, grey: str) -> str:
        """The colour of a post: that of its number; where it adds nothing, that of the unit it goes back to."""
        spell = spells[owner]
        if spell.secondment:
            return "bar_secondment"
        number = spell.ordinal
        for before in reversed(spells[:owner]) if number is None else ():
            if before.ordinal is not None and (before.end_unit == spell.start_unit or before.name_now == spell.name):
                number = before.ordinal
                break
        return "bar_plain" if number is None else f"bar{grey}{min(number, COLOURS)}"


def _owner(years: Sequence[tuple[int, int]], year: int) -> int | None:
    """Which spell holds a year of service at its end; None where none is on record."""
    for place in range(len(years) - 1, -1, -1):
        if years[place][0] <= year <= years[place][1]:
            return place
    return None
