"""Where things stand on the editions of the interview form that were ever issued, for whoever reads them back.

An edition that people have filled in never changes: a form of an earlier year is still read by the places it was printed
with. What lies above row 34 of the front is the same in all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrbook.sheets import form

NOW = "3"  # a new one for every change of the form or of the data sheets that a reader notices


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows of one form, where its number stands, and what may be filled in: `fields` as form.FIELDS, `scores` as
    form.SCORE_ROWS. `computed` are rows whose fixed texts follow from the rules or from what is said elsewhere: a change of
    them is no correction of the roster."""

    rows: int
    form_id: tuple[int, int]
    fields: Mapping[str, tuple[int, int, int]]
    scores: Mapping[str, int]
    computed: frozenset[int]

    @property
    def filled_rows(self) -> frozenset[int]:
        """Every row with a place to fill in."""
        courses = range(form.COURSES, form.COURSES + form.COURSE_ROWS)
        return frozenset({form.FEELING, *self.scores.values(), *courses, *(row for row, _, _ in self.fields.values())})


FRONT = (form.NOW, form.NEXT, form.YEARS, form.STRIP, form.REASON, form.LATER)
SAID_BEFORE = range(form.BEFORE, form.BEFORE + form.BEFORE_ROWS)
ONE_SIDE = Layout(
    rows=51,
    form_id=(50, 9),
    fields={
        "move": (34, 0, 3),
        "when": (34, 3, 3),
        "field_1": (34, 6, 3),
        "field_2": (34, 9, 3),
        "own_words": (36, 0, 12),
        **{f"{step}_{n}": (39 + n, 3 * place, 3) for n in (1, 2) for place, step in enumerate(("plan", "do", "check", "act"))},
        "talked_on": (45, 0, 4),
        "talked_with": (45, 4, 4),
        "next_on": (45, 8, 4),
        "doing_well": (47, 0, 6),
        "next_ability": (47, 6, 6),
        "opinion": (49, 0, 12),
    },
    scores={},
    computed=frozenset(FRONT),
)
TWO_SIDES = Layout(
    rows=form.ROWS,
    form_id=form.FORM_ID,
    fields=form.FIELDS,
    scores=form.SCORE_ROWS,
    computed=frozenset((*FRONT, form.BACK, form.UNIT_GOAL, *SAID_BEFORE, form.MARKS, form.SCORES_BEFORE)),
)
LAYOUTS = {"1": ONE_SIDE, "2": ONE_SIDE, NOW: TWO_SIDES}
