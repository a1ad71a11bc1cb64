"""The sample shows every status that the rules know, and each worked example."""

from __future__ import annotations

from datetime import date

from .reading import AS_OF, Book

EXAMPLES = {
    "90001": "on_track",
    "90002": "needs_plan",
    "90003": "out_of_reach",
    "90004": "met",
    "90005": "not_reached",
    "90006": "needs_plan",
    "90007": "not_applicable",
    "90010": "needs_plan",
}
ROTATION = {"met", "on_track", "needs_plan", "out_of_reach", "not_reached", "excused", "undetermined", "not_applicable"}


def test_every_status_of_the_guide_occurs(book):
    assert {book.rotation(n) for n, p in book.staff.items() if p["在職状況"] not in ("退職", "採用予定")} == ROTATION


def test_examples_of_the_guide(city_of):
    for staff in (40, 1100):
        book = Book(city_of(staff, 2026))
        assert {number: book.rotation(number) for number in EXAMPLES} == EXAMPLES


def test_rename_counts_once(book):
    assert [(since, start, end) for since, start, end in book.spells("90006")] == [
        (date(2019, 4, 1), "3091", "3001"),
        (date(2024, 4, 1), "1202", "1202"),
    ]


def test_example_of_the_border_of_the_age_limit(book):
    born = {n: book.staff[n]["生年月日"] for n in ("90011", "90012", "90013")}
    assert born == {"90011": date(1966, 4, 1), "90012": date(1966, 4, 2), "90013": date(1966, 4, 1)}
    assert [book.staff[n]["職名"] for n in born] == ["主査", "課長", "課長"]
    assert book.orders["90011"][-1]["異動区分"] == "降任"


def test_examples_did_not_take_what_they_must_not_have_taken(book):
    names = {"90007": None, "90008": "課長新任", "90009": "課長新任", "90011": "係長新任"}
    codes = {"課長新任": "TS-K05", "係長新任": "TS-K04"}
    for number, name in names.items():
        taken = {row["研修名"] for row in book.trainings[number]} | {row["研修コード"] for row in book.trainings[number]}
        assert (name not in taken and codes[name] not in taken) if name else not book.trainings[number], number


def test_reasons_hold_or_have_expired(book):
    rows = book.sheets["理由登録"]
    assert {row["規則"] for row in rows} == {"rotation.three-in-ten"}
    assert any(row["有効期限"] and row["有効期限"] < AS_OF for row in rows)
    assert any(row["有効期限"] is None for row in rows)
    names = {p["氏名"] for p in book.sheets["職員名簿"] if p["課"] == "人事課"}
    for row in rows:
        assert row["登録日"] < row["承認日"] < AS_OF
        assert {row["登録者"], row["承認者"]} <= names and row["登録者"] != row["承認者"]


def test_small_cities_show_the_examples_and_something_of_the_rest(city_of):
    for staff in (20, 40, 120):
        book = Book(city_of(staff, 2026))
        assert all(book.sheets[name] for name in ("異動履歴", "研修履歴", "自己申告", "評価"))
        assert {f"900{n:02d}" for n in range(1, 14)} <= set(book.staff)
