"""The city as a whole: repeatable, of the right size, with contract sheets, and invented on its face."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from hrbook.excel.plain import write_tables
from hrbook.sample import MIN_STAFF, build_city

from .reading import AS_OF, Book

CONTRACT = {
    "職員名簿": "職員番号 氏名 フリガナ 生年月日 採用年月日 採用区分 任用区分 職種 職名 現職層開始日 "
    "部 課 係 所属コード 在職状況 役割 デジタル区分 退職年月日",
    "異動履歴": "職員番号 発令日 部 課 係 所属コード 職名 異動区分 終了日 備考",
    "研修履歴": "職員番号 研修コード 研修名 修了日 結果 備考",
    "休業等": "職員番号 区分 開始日 終了日",
    "組織": "所属コード 部 課 係 開始日 終了日 改編元 分類 場所区分",
    "自己申告": "職員番号 年度 異動希望 希望先 希望理由 研修希望 配慮事項 学びたいテーマ 学び方",
    "評価": "職員番号 年度 能力 自己評価 上司評価",
    "所属目標": "年度 部 課 目標",
    "理由登録": "職員番号 規則 理由 有効期限 登録者 登録日 承認者 承認日",
    "資格・自己啓発": "職員番号 名称 取得日 助成 区分",
    "OJT担当": "職員番号 氏名 トレーナー番号 トレーナー氏名 開始日 終了日",
}


def workbooks(city):
    return [write_tables(t, city.title, city.note) for t in (city.roster, city.settings)]


def test_same_seed_same_bytes(data):
    assert workbooks(build_city(120, 7, data=data)) == workbooks(build_city(120, 7, data=data))


def test_another_seed_is_another_city(city_of):
    one, other = city_of(120, 2026), city_of(120, 7)
    assert one.roster != other.roster
    names = [{person["氏名"] for person in Book(city).sheets["職員名簿"]} for city in (one, other)]
    assert len(names[0] & names[1]) < 40


@pytest.mark.parametrize("staff", [MIN_STAFF, 40, 119, 120, 333, 1100, 2500])
def test_as_many_rows_as_asked_for_and_each_number_once(city_of, staff):
    people = Book(city_of(staff, 2026)).sheets["職員名簿"]
    assert len(people) == staff
    assert len({person["職員番号"] for person in people}) == staff


@pytest.mark.parametrize("staff", [MIN_STAFF - 1, 0, -5])
def test_too_small_a_city_is_refused(data, staff):
    with pytest.raises(ValueError, match=str(MIN_STAFF)):
        build_city(staff, data=data)


def test_sheets_and_headers_are_those_of_the_contract(book):
    tables = {table.name: " ".join(table.columns) for table in book.city.roster}
    assert tables.pop("はじめに")
    assert tables == CONTRACT


def test_says_on_its_face_that_it_is_invented(book):
    for tables in (book.city.roster, book.city.settings):
        text = "\n".join(str(cell) for row in tables[0].rows for cell in row)
        assert tables[0].name == "はじめに"
        for word in ("架空", "みはらし市", "1100人", "2026", *(table.name for table in tables[1:])):
            assert word in text
    assert "架空" in book.city.note


def test_examples_are_named_on_the_first_sheet(book):
    lines = {str(a): str(b) for a, b in book.city.roster[0].rows}
    numbers = [
        lines[f"計算例 {letter}"].split("　")[0] for letter in ("A", "B", "C", "D", "E", "F", "G", "H", "H2", "I", "J", "K", "L")
    ]
    assert set(numbers) <= set(book.staff)


def test_names_have_readings_in_katakana(book):
    for person in book.sheets["職員名簿"]:
        assert re.fullmatch("[ァ-ヴー]+　[ァ-ヴー]+", str(person["フリガナ"])), person
        assert len(str(person["氏名"]).split("　")) == 2


def test_extraordinary_glyphs_are_there_to_the_letter(book):
    names = "".join(str(person["氏名"]) for person in book.sheets["職員名簿"])
    for glyph in ("髙", "﨑", "\U00020bb7", "邉", "邊", "葛\U000e0100", "\ufa19"):
        assert glyph in names


def test_numbers_are_text_and_fiscal_year_staff_have_their_own(book):
    for number, person in book.staff.items():
        pattern = r"K\d{5}" if person["任用区分"] == "会計年度任用" else r"\d{5}"
        assert isinstance(person["職員番号"], str)
        assert re.fullmatch(pattern, number)


def test_numbers_follow_the_hire(book):
    regular = sorted(n for n, p in book.staff.items() if n[0] not in "K9")
    hires = [book.staff[number]["採用年月日"] for number in regular]
    assert hires == sorted(hires)


def test_a_large_city_has_wider_numbers_and_departments_under_a_number(city_of):
    table = city_of(20_000, 1).roster[1]
    assert len(table.rows) == 20_000
    number, kind, bureau, department = (table.columns.index(name) for name in ("職員番号", "任用区分", "部", "課"))
    assert {len(str(row[number])) for row in table.rows if row[kind] == "正規"} == {6}
    sizes = Counter((row[bureau], row[department]) for row in table.rows)
    assert max(sizes.values()) <= 402
    assert ("社会福祉部", "第2生活福祉課") in sizes


def test_shares_are_those_of_the_data(book):
    here = [p for p in book.sheets["職員名簿"] if p["在職状況"] not in ("退職", "採用予定")]
    kinds = Counter(p["任用区分"] for p in here)
    assert 0.04 < kinds["会計年度任用"] / len(here) < 0.08
    judged = [p for p in here if p["任用区分"] != "会計年度任用"]
    titles = Counter(p["職名"] for p in judged)
    shares = {
        ("部長", "参事"): (0.015, 0.03),
        ("課長", "副参事"): (0.05, 0.08),
        ("係長", "主査", "課長補佐"): (0.19, 0.26),
        ("主任",): (0.26, 0.34),
        ("主事",): (0.33, 0.41),
    }
    for names, (low, high) in shares.items():
        assert low < sum(titles[name] for name in names) / len(judged) < high, names
    routes = Counter(p["採用区分"] for p in judged)
    assert 0.14 < routes["経験者採用"] / len(judged) < 0.23
    assert 0.12 < Counter(p["職種"] for p in judged)["保育士"] / 0.55 / len(judged) < 0.2


def test_every_bureau_and_department_has_one_head(book):
    heads = Counter((p["部"], p["課"]) for p in book.sheets["職員名簿"] if p["職名"] in ("部長", "課長"))
    places = {(u["部"], u["課"]) for u in book.sheets["組織"] if not u["係"] and u["終了日"] is None}
    assert heads == Counter(places)


def test_every_department_of_the_organisation_has_people(city_of):
    for staff in (MIN_STAFF, 120, 1100):
        book = Book(city_of(staff, 2026))
        places = {(u["部"], u["課"]) for u in book.sheets["組織"] if not u["係"] and u["終了日"] is None}
        assert {(p["部"], p["課"]) for p in book.sheets["職員名簿"]} == places


def test_people_to_come_and_people_gone(book):
    planned = [p for p in book.sheets["職員名簿"] if p["在職状況"] == "採用予定"]
    gone = [p for p in book.sheets["職員名簿"] if p["在職状況"] == "退職"]
    assert len(planned) == 3 and all(p["採用年月日"] > AS_OF for p in planned)
    assert len(gone) == 5 and all(p["退職年月日"] < AS_OF for p in gone)
    assert all(o["発令日"] <= p["退職年月日"] for p in gone for o in book.orders[str(p["職員番号"])])


def test_two_people_have_titles_that_nobody_maps(book):
    mapped = {row["職名"] for row in book.sheets["職名"]} | {"主事", "主任", "係長", "課長", "部長"}
    assert len([p for p in book.sheets["職員名簿"] if p["職名"] not in mapped]) == 2


def test_rank_start_is_given_for_most(book):
    ranked = [p for p in book.sheets["職員名簿"] if p["任用区分"] != "会計年度任用"]
    given = [p for p in ranked if p["現職層開始日"] is not None]
    assert 0.8 < len(given) / len(ranked) < 0.9
    assert all(p["採用年月日"] <= p["現職層開始日"] <= AS_OF for p in given)


def test_ages_fit_service_and_the_limits_of_the_law(book):
    for person in book.sheets["職員名簿"]:
        born, hired = person["生年月日"], person["採用年月日"]
        assert hired >= date(born.year + 18, born.month, min(born.day, 28)), person
        if person["任用区分"] == "正規" and person["在職状況"] != "退職":
            assert born >= date(1964, 4, 2)
        if person["職名"] in ("部長", "課長") and person["職員番号"] != "90013":
            assert born >= date(1966, 4, 2), person
