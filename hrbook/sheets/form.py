"""Where everything stands on an interview form, for the sheet that prints it and for whoever reads it back.

Rows and columns are 0-based and count from the top left cell of the form; the forms of a book follow one another."""

from __future__ import annotations

import hashlib
import re

COLUMNS = 12
ROWS = 51  # rows of one form

# rows
TITLE, LABELS, VALUES, POST = 0, 2, 3, 4
ABILITIES, NOW, NEXT, FEELING, BEHAVIOURS = 7, 8, 9, 10, 11
COURSE_HEAD, COURSES, COURSES_MORE = 18, 19, 25
YEARS, STRIP, REASON, LATER, DECLARED = 28, 29, 30, 31, 32
FOOTER = 50
HEADINGS = (6, 17, 27, 38, 43)  # the numbered headings of the five parts
GAPS = (1, 5, 16, 26, 37, 42)

BEHAVIOUR_ROWS = 5
COURSE_ROWS = 6
ABILITY_COLUMN = 2  # first column of the abilities
ABILITY_MAX = 10
YEARS_MAX = 10  # years of service in the strip

# machine-readable places
STAFF_ID = (VALUES, 3)
FORM_ID = (FOOTER, 9)
COURSE_CODE = 2  # column of a course's code in its row
COURSE_ANSWER = 10

# what may be filled in: id -> row, column, columns
FIELDS: dict[str, tuple[int, int, int]] = {
    "move": (34, 0, 3),
    "when": (34, 3, 3),
    "field_1": (34, 6, 3),
    "field_2": (34, 9, 3),
    "own_words": (36, 0, 6),
    "theme_1": (36, 6, 2),
    "theme_2": (36, 8, 2),
    "way": (36, 10, 2),
    **{f"{step}_{n}": (39 + n, 3 * place, 3) for n in (1, 2) for place, step in enumerate(("plan", "do", "check", "act"))},
    "talked_on": (45, 0, 4),
    "talked_with": (45, 4, 4),
    "next_on": (45, 8, 4),
    "doing_well": (47, 0, 6),
    "next_ability": (47, 6, 6),
    "opinion": (49, 0, 12),
}
FIRST_EDITIONS = ("1", "2")  # their own words took the whole row, where later ones ask what to learn


def fields_of(edition: str) -> dict[str, tuple[int, int, int]]:
    """What may be filled in on a form of an edition; all editions have their rows at the same places."""
    if edition not in FIRST_EDITIONS:
        return FIELDS
    row, col, _ = FIELDS["own_words"]
    return {key: place for key, place in FIELDS.items() if place[0] != row} | {"own_words": (row, col, COLUMNS)}


# rows that say in a hidden column whose form they belong to: moved, sorted or copied, they are still known
KEY_COLUMN = COLUMNS
FILLED_ROWS = tuple(sorted({FEELING, *range(COURSES, COURSES + COURSE_ROWS), *(row for row, _, _ in FIELDS.values())}))
KEYED_ROWS = tuple(sorted({TITLE, VALUES, POST, ABILITIES, *FILLED_ROWS}))
BOOK_NAME, FORM_NAME = "hrbook_book", "hrbook_form_"  # defined names; the first holds run|year|edition
FORM = re.compile(r"(?<![0-9a-f])([0-9a-f]{8}-[0-9a-f]{8})(?:\.(\d{1,2}))?(?![0-9a-f.])")


def form_id(run_id: str, staff_id: str) -> str:
    """The form's own number: the run, and a fingerprint of run and person. The same run prints the same number."""
    return f"{run_id[:8]}-{hashlib.sha256(f'{run_id}/{staff_id}'.encode()).hexdigest()[:8]}"


def row_key(form: str, row: int) -> str:
    """What the hidden column says in one row of the form with the number `form`."""
    return f"{form}.{row}"


def name_of(form: str) -> str:
    """The defined name that points at the form with the number `form`."""
    return FORM_NAME + form.replace("-", "_")
