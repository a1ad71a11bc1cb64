"""Where everything stands on an interview form, for the sheet that prints it and for whoever reads it back.

Rows and columns are 0-based and count from the top left cell of the form; the forms of a book follow one another. A form is
one sheet of paper: the front (facts, courses, wishes), and the back from row BACK on (goals, scores, attitudes, the talk)."""

from __future__ import annotations

import hashlib
import re

COLUMNS = 12
BACK = 38  # first row of the back
ROWS = BACK + 34  # rows of one form

# rows of the front
TITLE, LABELS, VALUES, POST = 0, 2, 3, 4
ABILITIES, NOW, NEXT, FEELING, BEHAVIOURS = 7, 8, 9, 10, 11
COURSE_HEAD, COURSES, COURSES_MORE = 18, 19, 25
YEARS, STRIP, REASON, LATER, DECLARED = 28, 29, 30, 31, 32

# rows of the back
UNIT_GOAL, BEFORE = BACK + 3, BACK + 4
GOAL_HEAD, RECORD_HEAD = BACK + 6, BACK + 9
SCORED, MARKS, SCORES_BEFORE, OWN_SCORE, MANAGER_SCORE = range(BACK + 14, BACK + 19)
ATTITUDES, ATTITUDE_GISTS, ATTITUDE_HEAD = BACK + 21, BACK + 22, BACK + 23
TALK_HEAD, WELL_HEAD, OPINION_HEAD = BACK + 27, BACK + 29, BACK + 31
FIELD_HEADS = (33, 35, GOAL_HEAD, RECORD_HEAD, ATTITUDE_HEAD, TALK_HEAD, WELL_HEAD, OPINION_HEAD)
FOOTER = ROWS - 1
HEADINGS = (6, 17, 27, BACK + 2, BACK + 13, BACK + 20, BACK + 26)  # the numbered headings of the parts
GAPS = (1, 5, 16, 26, 37, BACK + 1, BACK + 12, BACK + 19, BACK + 25)

BEHAVIOUR_ROWS = 5
COURSE_ROWS = 6
BEFORE_ROWS = 2  # one a goal
ABILITY_COLUMN = 2  # first column of the abilities
ABILITY_MAX = 10
ATTITUDES_MAX = 4
YEARS_MAX = 10  # years of service in the strip
GOALS = (1, 2)

# machine-readable places
STAFF_ID = (VALUES, 3)
FORM_ID = (FOOTER, 9)
COURSE_CODE = 2  # column of a course's code in its row
COURSE_ANSWER = 10

# what may be filled in: id -> row, column, columns
PLAN = (("aim", 0, 3), ("plan", 3, 5), ("do", 8, 4))
RECORD = (("mid", 0, 4), ("check", 4, 4), ("act", 8, 4))
FIELDS: dict[str, tuple[int, int, int]] = {
    "move": (34, 0, 3),
    "when": (34, 3, 3),
    "field_1": (34, 6, 3),
    "field_2": (34, 9, 3),
    "own_words": (36, 0, 6),
    "theme_1": (36, 6, 2),
    "theme_2": (36, 8, 2),
    "way": (36, 10, 2),
    **{f"{step}_{n}": (GOAL_HEAD + n, col, cols) for n in GOALS for step, col, cols in PLAN},
    **{f"{step}_{n}": (RECORD_HEAD + n, col, cols) for n in GOALS for step, col, cols in RECORD},
    "attitude_words": (ATTITUDE_HEAD + 1, 0, 12),
    "talked_on": (TALK_HEAD + 1, 0, 2),
    "mid_on": (TALK_HEAD + 1, 2, 2),
    "end_on": (TALK_HEAD + 1, 4, 2),
    "talked_with": (TALK_HEAD + 1, 6, 3),
    "next_on": (TALK_HEAD + 1, 9, 3),
    "doing_well": (WELL_HEAD + 1, 0, 6),
    "next_ability": (WELL_HEAD + 1, 6, 6),
    "opinion": (OPINION_HEAD + 1, 0, 12),
}
SCORE_ROWS = {"own_score": OWN_SCORE, "manager_score": MANAGER_SCORE}  # filled in below each ability of the row SCORED


# rows that say in a hidden column whose form they belong to: moved, sorted or copied, they are still known
KEY_COLUMN = COLUMNS
FILLED_ROWS = tuple(
    sorted({FEELING, *SCORE_ROWS.values(), *range(COURSES, COURSES + COURSE_ROWS), *(row for row, _, _ in FIELDS.values())})
)
KEYED_ROWS = tuple(sorted({TITLE, VALUES, POST, ABILITIES, SCORED, *FILLED_ROWS}))
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
