"""What people learn and wish to learn, counted; and that no subtraction recovers a hidden cell."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from hrbook.core.learning import demand, hidden, kinds_of
from hrbook.core.roster import Qualification
from tests.sheets.builders import AS_OF, employee, ref, wish

YEARS = range(2022, 2027)


def learnt(name, on, kind="qualification", paid=False):
    return Qualification(name, on, "", ref(sheet="資格・自己啓発"), kind, paid)


def wishes(staff_id, *themes, year=2025, way=None, title="主事"):
    return employee(staff_id, title=title, wishes=(replace(wish(year), themes=themes, way=way),))


def test_records_are_counted_by_kind_and_fiscal_year():
    people = [
        employee("1", qualifications=(learnt("簿記", date(2025, 3, 31), paid=True), learnt("防災士", None))),
        employee("2", qualifications=(learnt("簿記", date(2010, 6, 1)), learnt("講座", date(2025, 4, 1), "online"))),
        employee("3", qualifications=(learnt("来月のもの", date(2026, 5, 1)), learnt("何か", date(2024, 5, 1), None))),
    ]
    found = kinds_of(people, YEARS, AS_OF)
    assert found["qualification"].by_year == {2024: 1, None: 2}  # earlier and undated ones together
    assert (found["qualification"].rows, found["qualification"].people, found["qualification"].subsidised) == (3, 2, 1)
    assert found["online"].by_year == {2025: 1}
    assert found[None].by_year == {2024: 1}  # the one of next month counts for nothing


def test_wishes_of_the_last_year_count_once_a_person():
    twice = employee("1", wishes=(replace(wish(2025), themes=("law",)), replace(wish(2025), themes=("law", "digital"))))
    found = demand(
        [twice, wishes("2", "law", title="係長"), wishes("3", "law", year=2023), wishes("4", year=2025, way="online")], 2026
    )
    assert (found.year, found.people) == (2025, 3)
    assert found.by_theme == {"law": {"shuji": 1, "kakaricho": 1}, "digital": {"shuji": 1}}
    assert found.ways == {"online": 1}


def test_next_years_wishes_are_not_looked_at():
    assert demand([wishes("1", "law", year=2027)], 2026).year is None


@pytest.mark.parametrize(
    ("cells", "gone", "no_sum"),
    [
        ([], set(), False),
        ([0, 0], set(), False),
        ([7, 9], set(), False),
        ([2, 0, 2], {0, 2}, True),  # fewer than five altogether: nothing is told
        ([2, 9, 30], {0, 1}, False),  # the small one, and the next, or the sum would tell it
        ([4, 3, 30], {0, 1}, False),  # seven stand behind the two together
        ([1, 1, 30], {0, 1, 2}, False),
        ([1, 1, 8, 30], {0, 1, 2}, False),
        ([3, 0, 20], {0, 2}, False),
    ],
)
def test_small_cells_are_hidden_and_so_is_what_would_tell_them(cells, gone, no_sum):
    assert hidden(cells, 5) == (frozenset(gone), no_sum)


def test_no_subtraction_recovers_a_hidden_cell():
    """Attack: whoever sees the shown cells, the sum, and knows that nought is always shown, tries every row that fits. Each
    hidden cell must have more than one possible value, and the hidden ones together hold five people or more."""
    for cells in product(range(10), repeat=3):
        gone, no_sum = hidden(cells, 5)
        if not gone:
            continue
        rest = sum(cells[place] for place in gone)
        if no_sum:
            assert sum(cells) < 5
            continue
        assert len(gone) >= 2 and rest >= 5
        fitting = [guess for guess in product(range(1, rest), repeat=len(gone)) if sum(guess) == rest]
        for place in range(len(gone)):
            assert len({guess[place] for guess in fitting}) > 1, cells
