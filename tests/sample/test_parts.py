"""The small parts: dice, typed reading of the data, names, the organisation for any size, continued sheets."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from hrbook.sample.dice import Dice, Wheel
from hrbook.sample.founding import build_organisation
from hrbook.sample.ladder import reappointment_day, step_down_day
from hrbook.sample.names import Names
from hrbook.sample.node import Node
from hrbook.sample.tables import Table, continued


def test_dice_repeat_and_differ_by_purpose():
    assert [Dice(1, "a").whole(0, 999) for _ in range(2)] == [Dice(1, "a").whole(0, 999)] * 2
    assert Dice(1, "a").unit() != Dice(1, "b").unit()


def test_dice_keep_their_sequence_for_ever():
    dice = Dice(2026, "person", 1)
    assert [dice.whole(1, 6) for _ in range(8)] == [1, 2, 5, 6, 6, 1, 6, 6]


def test_wheel_follows_its_weights():
    wheel = Wheel([("a", 1), ("never", 0), ("b", 3)])
    dice = Dice("wheel")
    counts = Counter(dice.spin(wheel) for _ in range(4000))
    assert set(counts) == {"a", "b"} and 0.7 < counts["b"] / 4000 < 0.8
    with pytest.raises(ValueError):
        Wheel([("a", 0)])


def test_peaked_numbers_stay_in_bounds_and_near_the_mode():
    dice = Dice("peak")
    counts = Counter(dice.peaked(19, 25, 35) for _ in range(6000))
    assert min(counts) == 19 and max(counts) == 35
    assert abs(counts.most_common(1)[0][0] - 25) <= 2
    assert {dice.peaked(7, 7, 7) for _ in range(20)} == {7}


def test_some_takes_each_item_once():
    dice = Dice("some")
    assert dice.some("abc", 9) == ["a", "b", "c"]
    drawn = [tuple(dice.some(range(5), 2)) for _ in range(500)]
    assert len(set(drawn)) == 10 and all(a < b for a, b in drawn)


@pytest.mark.parametrize(
    ("values", "read", "place"),
    [
        ({}, lambda n: n.text("a"), "top.a is missing"),
        ({"a": 1}, lambda n: n.text("a"), "top.a must be str"),
        ({"a": True}, lambda n: n.whole("a"), "top.a must be int"),
        ({"a": ["x", 1]}, lambda n: n.texts("a"), "top.a must be str"),
        ({"a": {"b": "x"}}, lambda n: n.node("a").share("b"), "top.a.b must be float"),
        ({"a": [{"b": "x"}]}, lambda n: n.nodes("a")[0].day("b"), r"top.a\[0\].b must be date"),
    ],
)
def test_wrong_data_is_told_by_place(values, read, place):
    with pytest.raises(ValueError, match=place):
        read(Node(values, "top"))


def test_names_keep_reading_and_writing_together(data):
    node = Node(data).node("names")
    readings = dict(node.pairs("families")) | dict(node.pairs("rare"))
    names = Names(node)
    for number in range(300):
        name = names.draw(Dice("name", number), 1985, number)
        family, _ = name.text.split("　")
        assert name.kana.split("　")[0] == readings[family]


def test_given_names_suit_the_year_of_birth(data):
    node = Node(data).node("names")
    young = {text for part in ("women", "men") for text, _ in node.nodes("given")[2].pairs(part)}
    names = [Names(node).draw(Dice("young", n), 2001, 1).text.split("　")[1] for n in range(50)]
    assert set(names) <= young


@pytest.mark.parametrize("staff", [20, 57, 300, 1100, 9000])
def test_seats_of_the_departments_add_up(data, staff):
    organisation = build_organisation(Node(data), staff, 3, {"財政課": 3})
    people = sum(unit.people for unit in organisation.departments)
    assert people + 3 + len(organisation.bureaus) == staff
    assert organisation.by_name("財政課").people >= 3
    assert max(unit.people for unit in organisation.departments) <= 400
    codes = [s.code for u in organisation.departments for s in u.sections] + [u.code for u in organisation.departments]
    assert len(codes) == len(set(codes))


def test_too_few_people_for_the_departments_are_refused(data):
    with pytest.raises(ValueError, match="cannot fill"):
        build_organisation(Node(data), 12, 0, {})


@pytest.mark.parametrize(
    ("born", "day"),
    [
        (date(1966, 4, 1), date(2026, 4, 1)),
        (date(1966, 4, 2), date(2027, 4, 1)),
        (date(1965, 4, 2), date(2026, 4, 1)),
        (date(1964, 2, 29), date(2024, 4, 1)),
    ],
)
def test_step_down_day(born, day):
    assert step_down_day(born) == day


@pytest.mark.parametrize(
    ("born", "day"),
    [
        (date(1962, 4, 1), date(2022, 4, 1)),
        (date(1963, 4, 1), date(2023, 4, 1)),
        (date(1963, 4, 2), date(2025, 4, 1)),
    ],
)
def test_reappointment_follows_the_retirement_age_of_the_year(born, day):
    assert reappointment_day(born) == day


def test_long_tables_are_continued():
    table = Table("研修履歴", "n", ("a",), tuple((n,) for n in range(7)))
    parts = list(continued(table, 3))
    assert [(part.name, len(part.rows)) for part in parts] == [("研修履歴", 3), ("研修履歴2", 3), ("研修履歴3", 1)]
    assert [len(part.rows) for part in continued(table, 7)] == [7]
    assert [len(part.rows) for part in continued(Table("空", "n", ("a",), ()))] == [0]


def test_rows_as_wide_as_the_headers():
    with pytest.raises(ValueError, match="2 values under 1"):
        Table("x", "n", ("a",), ((1, 2),))
