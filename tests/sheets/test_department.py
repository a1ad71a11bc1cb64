"""The department's book as a whole, the sheet of counts, and a bureau's departments at a glance."""

from datetime import date

from hrbook.core.judgement import TrainingStatus
from hrbook.excel.writer import render
from hrbook.sheets import department
from hrbook.sheets.book import DataSheet
from hrbook.sheets.department import below, data_summary
from hrbook.sheets.tally import tally
from hrbook.styles import load_styles
from tests.sheets.builders import LABELS, employee, table, texts, unbracketed, value_of, view_of
from tests.sheets.known import known_words

PEOPLE = (
    employee("01", name="課長　花子", title="課長", hired=date(2000, 4, 1)),
    employee("11", name="一般　一郎", hired=date(2022, 4, 1)),
    employee("12", name="一般　二郎", hired=date(2026, 4, 1)),
)
CHIEF = employee("00", name="部長　月子", title="部長", department="", hired=date(1992, 4, 1))
OTHERS = (employee("21", name="税務　三郎", department="課税課", hired=date(2017, 4, 1)),)


def test_the_book_says_what_it_is():
    book = department.book(view_of(*PEOPLE), "部署別/市民生活部_市民課.xlsx")
    assert book.path == "部署別/市民生活部_市民課.xlsx"
    assert book.title == "令和8年度 人材育成ブック　市民課"
    assert dict(book.custom) == {
        "hrbook-run": "a" * 64,
        "hrbook-department": "市民生活部/市民課",
        "hrbook-form-edition": department.FORM_EDITION,
        "hrbook-year": "2026",
    }
    assert book.names["hrbook_book"] == f'"{"a" * 64}|2026|{department.FORM_EDITION}"'
    assert [name for name in book.names if name.startswith("hrbook_form_aaaaaaaa_")]


def test_the_promised_sheets_stand_in_order():
    names = [sheet.name for sheet in department.book(view_of(*PEOPLE), "x.xlsx").sheets]
    promised = ["表紙", "職員一覧", "能力ウエイト", "研修計画", "ローテーション", "面談シート", "凡例・根拠"]
    data = ["データ_職員", "データ_配属", "データ_研修", "データ_集計", "データ_定義"]
    assert [name for name in names if name in promised + data] == promised + data
    assert len(set(names)) == len(names)


def test_every_link_leads_to_a_cell_of_the_book():
    for people, name in ((PEOPLE, "市民課"), ((CHIEF, *PEOPLE, *OTHERS), "")):
        book = department.book(view_of(*people, department=name), "x.xlsx")
        sheets = {sheet.name for sheet in book.sheets}
        links = [c.link for s in book.sheets if not isinstance(s, DataSheet) for c in s.cells if c.link]
        assert links and {link.sheet for link in links} <= sheets


def test_the_same_view_gives_the_same_bytes():
    view = view_of(*PEOPLE)
    styles = load_styles()
    assert render(department.book(view, "x.xlsx"), styles) == render(department.book(view, "x.xlsx"), styles)


def test_a_guide_is_never_called_a_breach():
    book = department.book(view_of(CHIEF, *PEOPLE, *OTHERS, department=""), "x.xlsx")
    for sheet in book.sheets:
        values = [v for row in sheet.rows for v in row] if isinstance(sheet, DataSheet) else map(value_of, sheet.cells)
        assert not [v for v in values if isinstance(v, str) and "違反" in v]


# counts ------------------------------------------------------------------------------------------------------


def test_counts_in_long_form_add_up():
    view = view_of(*PEOPLE)
    (sheet,) = data_summary.sheets(view)
    rows = table(sheet)
    counted = tally(view.people)

    def total(section):
        return sum(row["値（単位欄の単位）"] for row in rows if row["区分コード"] == section)

    assert total("rank") == total("rotation") == 3
    assert total("training") == sum(len(p.trainings) for p in view.people)
    assert total("course_group.in_target") == counted.training[TrainingStatus.IN_TARGET] > 0
    assert all(None not in row.values() for row in rows)


def test_every_department_has_the_same_rows():
    def shape(view):
        (sheet,) = data_summary.sheets(view)
        return [(row["区分コード"], row["項目コード"], row["単位"]) for row in table(sheet)]

    assert shape(view_of(*PEOPLE)) == shape(view_of(*OTHERS, department="課税課"))
    assert len(set(shape(view_of(*PEOPLE)))) == len(shape(view_of(*PEOPLE)))


# a bureau's departments --------------------------------------------------------------------------------------


def test_a_department_has_no_sheet_of_departments_below():
    assert below.sheets(view_of(*PEOPLE)) == ()


def test_a_bureau_sees_its_departments_in_numbers_only():
    view = view_of(CHIEF, *PEOPLE, *OTHERS, department="")
    (sheet,) = below.sheets(view)
    rows = {texts(sheet, row)[0]: row for row in range(below.FIRST, below.FIRST + 4)}
    assert set(rows) == {"市民課", "課税課", "（部付）", "計"}
    people = {name: next(c.value for c in sheet.cells if c.row == row and c.col == 1) for name, row in rows.items()}
    assert people == {"市民課": 3, "課税課": 1, "（部付）": 1, "計": 5}
    names = {p.employee.name for d in view.below for p in d.people}
    assert not [t for t in texts(sheet) if any(name in t for name in names)]


def test_the_totals_of_a_bureau_are_the_sums_of_its_rows():
    view = view_of(CHIEF, *PEOPLE, *OTHERS, department="")
    (sheet,) = below.sheets(view)
    share = 2 + [name for name, _ in below._TRAINING].index("share")
    end = below.FIRST + len(view.below) + 1
    for col in range(1, len(sheet.columns)):
        if col != share:
            column = [c.value for c in sorted(sheet.cells, key=lambda c: c.row) if c.col == col and below.FIRST <= c.row <= end]
            assert sum(column[:-1]) == column[-1]


def test_every_word_of_the_departments_is_a_label():
    view = view_of(CHIEF, *PEOPLE, *OTHERS, department="", labels=LABELS.marked())
    (sheet,) = below.sheets(view)
    known = known_words(p for d in (*view.below, view.department) for p in d.people)
    assert unbracketed(sheet, known) == []
