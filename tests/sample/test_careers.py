"""Histories hold together: with the roster, with the organisation of their time, with the ranks."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from .reading import AS_OF, RANKS, Book, fiscal_year


@pytest.fixture(scope="module", params=[(40, 5), (120, 2026), (1100, 2026), (1100, 99)], ids=str)
def some_book(request, city_of):
    return Book(city_of(*request.param))


def test_orders_lie_within_the_service(some_book):
    for number, orders in some_book.orders.items():
        hired = some_book.staff[number]["採用年月日"]
        assert all(order["発令日"] >= hired for order in orders), number
        assert all(order["終了日"] is None or order["終了日"] >= order["発令日"] for order in orders), number


def test_orders_name_units_of_their_time(some_book):
    outside = {"派遣先"}
    for orders in some_book.orders.values():
        for order in orders:
            if order["部"] in outside or order["課"] is None:
                continue
            code = some_book.unit_code(order, order["発令日"])
            assert code in some_book.units, order
            written = order["所属コード"]
            assert written is None or str(written).startswith(code), order


def test_the_last_order_is_the_post_of_the_roster(some_book):
    for number, person in some_book.staff.items():
        orders = some_book.primary(number)
        if person["任用区分"] == "会計年度任用" or person["在職状況"] == "採用予定":
            assert not orders
            continue
        last = orders[-1]
        assert [last[k] for k in ("部", "課", "係", "職名")] == [person[k] for k in ("部", "課", "係", "職名")], number


def test_ranks_only_rise_except_past_the_age_limit(some_book):
    for number in some_book.staff:
        orders = [o for o in some_book.primary(number) if o["職名"] in RANKS]
        for before, after in pairwise(orders):
            step = RANKS[after["職名"]] - RANKS[before["職名"]]
            if after["発令日"] == before["発令日"]:
                assert step == 0
            elif after["異動区分"] == "昇任":
                assert step > 0, (number, after)
            elif step != 0:
                assert step < 0 and after["異動区分"] in ("降任", "再任用"), (number, after)
                assert (after["発令日"].month, after["発令日"].day) == (4, 1)


def test_step_down_comes_on_the_first_april_after_the_limit(some_book):
    downs = [(n, o) for n in some_book.staff for o in some_book.primary(n) if o["異動区分"] == "降任"]
    assert downs
    for number, order in downs:
        born = some_book.staff[number]["生年月日"]
        sixty = date(born.year + 60, born.month, born.day) if (born.month, born.day) != (2, 29) else date(born.year + 60, 3, 1)
        assert order["発令日"] - timedelta(days=366) < sixty <= order["発令日"], number
        assert order["備考"] == "役職定年"


def test_given_rank_start_is_an_order_or_the_hire(some_book):
    for number, person in some_book.staff.items():
        since = person["現職層開始日"]
        days = {order["発令日"] for order in some_book.orders.get(number, [])}
        if since is not None and since != person["採用年月日"] and days and min(days) <= since:
            assert since in days, number


def test_service_before_a_rank_is_plausible(some_book):
    least = {1: 2, 2: 5, 3: 9, 4: 12}
    for number, person in some_book.staff.items():
        start = fiscal_year(person["採用年月日"])
        for order in some_book.primary(number):
            if order["異動区分"] == "昇任":
                rank = RANKS.get(str(order["職名"]), 1)
                assert fiscal_year(order["発令日"]) - start >= least[rank], (number, order)


def test_moves_are_neither_rare_nor_wild(book):
    moved = {
        n
        for n, orders in book.orders.items()
        for o in orders
        if o["発令日"] == AS_OF and o["異動区分"] in ("配置換", "出向", "昇任")
    }
    assert 0.12 < len(moved) / 1028 < 0.28
    stays = []
    for number, person in book.staff.items():
        spells = book.spells(number)
        if fiscal_year(person["採用年月日"]) >= 2010:
            stays.extend(fiscal_year(b[0]) - fiscal_year(a[0]) for a, b in pairwise(spells))
    usual = sum(2 <= years <= 6 for years in stays) / len(stays)
    assert usual > 0.75


def test_what_can_happen_to_a_post_happens(book):
    kinds = Counter(order["異動区分"] for orders in book.orders.values() for order in orders)
    for kind in ("採用", "配置換", "昇任", "降任", "出向", "転任", "派遣", "組織改正", "兼務", "事務取扱", "再任用"):
        assert kinds[kind] > 0, kind
    remarks = [str(order["備考"]) for orders in book.orders.values() for order in orders]
    assert any("兼務" in remark for remark in remarks)
    assert any(remark.endswith("へ派遣") for remark in remarks)


def test_two_authorities_order_one_move(book):
    pairs = [
        (one, two)
        for orders in book.orders.values()
        for one, two in pairwise(orders)
        if one["発令日"] == two["発令日"] and (one["異動区分"], two["異動区分"]) == ("出向", "転任")
    ]
    assert len(pairs) > 20
    assert all(one["課"] == two["課"] for one, two in pairs)


def test_reorganisations_are_rename_merge_and_split(book):
    heirs: dict[str, list[str]] = {}
    for code, row in book.units.items():
        if row["課"] and not row["係"] and row["改編元"]:
            for parent in str(row["改編元"]).split("、"):
                heirs.setdefault(parent, []).append(code)
                assert book.units[parent]["終了日"] + timedelta(days=1) == row["開始日"]
    assert heirs["3091"] == ["3001"] and book.units["3001"]["開始日"] == date(2022, 4, 1)
    assert heirs["2191"] == heirs["2192"] == ["2101"]
    assert heirs["3294"] == ["3204", "3205"]
    assert book.units["3294"]["課"] == book.units["3204"]["課"] == "高齢福祉課"
    for code in ("3091", "2191", "2192", "3294"):
        assert any(
            book.unit_code(order, order["発令日"]) == code for orders in book.orders.values() for order in orders if order["課"]
        ), code


def test_codes_of_sections_come_from_sections_that_ended(book):
    for code, row in book.units.items():
        if row["係"] and row["改編元"]:
            for parent in str(row["改編元"]).split("、"):
                assert book.units[parent]["係"], code
                assert book.units[parent]["終了日"] < row["開始日"]


def test_orders_of_the_future_are_notices(book):
    later = [o for orders in book.orders.values() for o in orders if o["発令日"] > AS_OF]
    assert {o["発令日"] for o in later} >= {date(2026, 7, 1), date(2026, 10, 1), date(2027, 4, 1)}
    assert all(o["備考"] == "内示" for o in later)


def test_some_old_histories_begin_late_and_some_young_ones_too(book):
    late = [n for n in book.staff if book.primary(n) and book.primary(n)[0]["発令日"] > book.staff[n]["採用年月日"]]
    young = [n for n in late if book.staff[n]["採用年月日"].year >= 2017]
    assert len(late) > 15
    assert young


def test_leave_agrees_with_the_roster(book):
    now = {
        number: row["区分"]
        for number, rows in book.leaves.items()
        for row in rows
        if row["開始日"] <= AS_OF <= (row["終了日"] or date.max)
    }
    words = {"育児休業", "病気休職", "配偶者同行休業", "自己啓発等休業"}
    assert now == {n: p["在職状況"] for n, p in book.staff.items() if p["在職状況"] in words}
    assert {"育児休業", "病気休職"} <= set(now.values())
    assert any(row["終了日"] is None for rows in book.leaves.values() for row in rows)
    assert any(row["終了日"] and row["終了日"] < AS_OF for rows in book.leaves.values() for row in rows)
