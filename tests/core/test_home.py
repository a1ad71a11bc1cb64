"""Where somebody is at home: what the roster row leaves blank is taken from the code of the unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hrbook.core.home import home, present_posts
from hrbook.core.roster import OrgRow, Post
from tests.sheets.builders import AS_OF, ref

UNITS = {"a1": Post("市民部", "市民課", "", "A1"), "b": Post("企画部", "", "", "B")}


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (Post("市民部", "市民課"), ("市民部", "市民課")),
        (Post("市民部", "年金課", "", "A1"), ("市民部", "年金課")),  # what is written stands
        (Post("", "", "", "Ａ１"), ("市民部", "市民課")),
        (Post("", "市民課", "", "A1"), ("市民部", "市民課")),
        (Post("市民部", "", "", "A1"), ("市民部", "")),  # the bureau itself
        (Post("", "", "", "B"), ("企画部", "")),
        (Post("", "", "", "Z9"), ("Z9", "")),
        (Post("", "市民課"), ("市民課", "市民課")),
    ],
)
def test_home(written: Post, place: tuple[str, str]) -> None:
    assert home(written, UNITS) == place


def test_only_units_that_are_there_today_lend_their_names() -> None:
    def row(code: str, end: date | None) -> OrgRow:
        return OrgRow(code, replace(UNITS["a1"], code=code), None, end, (), "", "", ref())

    rows = (row("A1", None), row("A2", AS_OF), row("A3", date(2026, 3, 31)))
    assert set(present_posts(rows, AS_OF)) == {"a1", "a2"}
