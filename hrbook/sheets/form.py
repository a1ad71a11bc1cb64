"""Where everything stands on an interview form, for the sheet that prints it and for whoever reads it back.

Rows and columns are 0-based and count from the top left cell of the form; the forms of a book follow one another."""

from __future__ import annotations

import hashlib

COLUMNS = 24
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
ABILITY_COLUMN = 4  # first column of the abilities and of the years

# machine-readable places
STAFF_ID = (VALUES, 7)
FORM_ID = (FOOTER, 18)
COURSE_CODE = 4  # column of a course's code in its row
COURSE_ANSWER = 21

# what may be filled in: id -> row, column, columns
FIELDS: dict[str, tuple[int, int, int]] = {
    "move": (34, 0, 5),
    "when": (34, 5, 5),
    "field_1": (34, 10, 7),
    "field_2": (34, 17, 7),
    "own_words": (36, 0, 24),
    **{f"{step}_{n}": (39 + n, 6 * place, 6) for n in (1, 2) for place, step in enumerate(("plan", "do", "check", "act"))},
    "talked_on": (45, 0, 7),
    "talked_with": (45, 7, 10),
    "next_on": (45, 17, 7),
    "doing_well": (47, 0, 12),
    "next_ability": (47, 12, 12),
    "opinion": (49, 0, 24),
}


def form_id(run_id: str, staff_id: str) -> str:
    """The form's own number: the run, and a fingerprint of run and person. The same run prints the same number."""
    return f"{run_id[:8]}-{hashlib.sha256(f'{run_id}/{staff_id}'.encode()).hexdigest()[:8]}"
