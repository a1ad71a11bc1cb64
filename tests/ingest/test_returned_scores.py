"""Scores that come back in forms beside the roster's own record of them."""

import pytest

from hrbook.core.returned import Entry, Group, Origin
from hrbook.core.roster import Score
from hrbook.ingest.policy import load_policy
from hrbook.ingest.returned import ReturnedFile, with_returned
from tests.sheets.builders import assessment_of, employee, ref

ABILITY = "専門能力"
FORM = Origin("課.xlsx", "面談シート", "A1", "0", "", "市民課")


def scores(recorded, **form):
    """(own, manager) of every score of a person whose form says `form` and whose roster has `recorded`."""
    entries = tuple(
        (Entry("1", 2025, Group.SCORE, f"{who}_score", ABILITY, "", str(value), FORM, False), ref())
        for who, value in form.items()
    )
    roster = assessment_of([employee("1", scores=recorded)]).roster
    policy = load_policy("tachikawa-3")[0]
    (person,) = with_returned(roster, [ReturnedFile("returned.xlsx", "0" * 64, b"", entries)], [], policy).employees
    return [(score.year, score.own, score.manager) for score in person.scores]


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ((), (4, 2)),
        ((Score(2025, ABILITY, None, None, ref()),), (4, 2)),  # a row without scores records nothing
        ((Score(2025, ABILITY, None, 3, ref()),), (4, 3)),  # what is recorded stands before the form
        ((Score(2025, ABILITY, 5, 5, ref()),), (5, 5)),
    ],
)
def test_a_form_fills_in_what_the_roster_leaves_blank(recorded, told):
    assert scores(recorded, own=4, manager=2) == [(2025, *told)]


def test_another_year_of_the_roster_is_another_score():
    assert scores((Score(2024, ABILITY, 1, 1, ref()),), own=4) == [(2024, 1, 1), (2025, 4, None)]
