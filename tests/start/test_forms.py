"""Blank forms: filled in, they are read like any roster, and nothing is said of their layout."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hrbook.excel.writer import render
from hrbook.ingest.editions import load_edition
from hrbook.ingest.readability import readability
from hrbook.ingest.roster import How, RosterBooks, roster_of
from hrbook.ingest.settings import load_reading
from hrbook.ingest.workbook import parse_workbook
from hrbook.resources import load_toml
from hrbook.start.forms import roster_form, settings_form
from hrbook.styles import load_styles
from hrbook.words import load_labels

SHEETS = len(load_toml("roster.toml")["sheet"])

CONTENT = {"HR101", "HR102", "HR103", "HR112", "HR124", "HR126", "HR127", "HR128"}  # on what stands in a row, not where


@pytest.fixture(scope="module")
def policy():
    return load_edition("tachikawa", lambda: 2026)[0]


@pytest.fixture(scope="module", params=["ja", "en"])
def blank(request, policy):
    return render(roster_form(policy, load_labels(request.param), "roster.xlsx"), load_styles())


@pytest.fixture(scope="module")
def rows(city):
    """Sheet -> heading -> values of an invented city."""
    book = openpyxl.load_workbook(city / "input" / "roster.xlsx")
    tables = {}
    for sheet in book.worksheets[1:]:
        head, *body = [list(row) for row in sheet.iter_rows(values_only=True)]
        tables[sheet.title] = [dict(zip(head, row, strict=True)) for row in body]
    return tables


class Bench:
    """What the property needs, under a short name."""

    def __init__(self, policy, blank, rows):
        self.policy, self.blank, self.rows = policy, blank, rows


@pytest.fixture(scope="module")
def bench(policy, blank, rows):
    return Bench(policy, blank, rows)


def filled(blank, rows, keep=lambda sheet, heading: True, shuffle=lambda values: values):
    """The form with rows typed in, under the headings that are kept."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for name, found in rows.items():
        sheet = book[name]
        headings = [cell.value for cell in sheet[1]]
        for number, row in enumerate(shuffle(found), start=2):
            for col, heading in enumerate(headings, start=1):
                value = row.get(heading) if keep(name, heading) else None
                if value is not None:
                    sheet.cell(number, col, value.date() if hasattr(value, "date") else value)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(data, policy):
    book = parse_workbook(data, "roster.xlsx")
    roster, findings = roster_of(RosterBooks(book), policy, How(as_of=date(2026, 4, 1)))
    return roster, [*findings, *readability(book, roster)]


def test_filled_in_it_is_the_same_roster(city, policy, blank, rows):
    ours, findings = read(filled(blank, rows), policy)
    theirs, _ = read((city / "input" / "roster.xlsx").read_bytes(), policy)
    assert [(p.staff_id, p.name, p.birth, p.title, p.post, len(p.orders), len(p.completions)) for p in ours.employees] == [
        (p.staff_id, p.name, p.birth, p.title, p.post, len(p.orders), len(p.completions)) for p in theirs.employees
    ]
    assert [f for f in findings if f.code.startswith("HR1")] == []


@settings(max_examples=8, deadline=None, database=None, phases=(Phase.generate,))
@given(places=st.sets(st.integers(0, 99), max_size=12), counts=st.lists(st.integers(0, 25), min_size=SHEETS, max_size=SHEETS))
def test_whatever_is_left_out_nothing_is_said_of_the_layout(bench, places, counts):
    rows = bench.rows
    required = {(s["name"], f["header"]) for s in load_toml("roster.toml")["sheet"] for f in s["field"] if f.get("required")}
    optional = sorted({(name, heading) for name, found in rows.items() for row in found[:1] for heading in row} - required)
    left_out = {optional[place % len(optional)] for place in places}
    some = {name: found[:count] for (name, found), count in zip(rows.items(), counts, strict=True)}
    _, findings = read(filled(bench.blank, some, lambda sheet, heading: (sheet, heading) not in left_out), bench.policy)
    assert [(f.code, f.sheet, f.cell) for f in findings if f.code.startswith("HR1") and f.code not in CONTENT] == []


def test_every_field_has_its_column_its_prompt_and_its_explanation(blank):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    about = {cell.value for cell in book.worksheets[0]["A"]}
    for sheet in load_toml("roster.toml")["sheet"]:
        target = book[sheet["name"]]
        assert [cell.value for cell in target[1]] == [field["header"] for field in sheet["field"]]
        assert target.max_row == 1  # the example stands apart from the data
        prompted = {str(check.sqref) for check in target.data_validations.dataValidation if check.prompt}
        assert prompted == {cell.coordinate for cell in target[1]}
        assert {field["header"] for field in sheet["field"]} <= about
        checks = {check.type for check in target.data_validations.dataValidation}
        if any(field["kind"] == "date" for field in sheet["field"]):
            assert "date" in checks


def test_the_untouched_settings_form_changes_nothing(policy, tmp_path):
    for language in ("ja", "en"):
        path = tmp_path / f"{language}.xlsx"
        path.write_bytes(render(settings_form(policy, load_labels(language), path.name), load_styles()))
        said = {"year": 2026, "as_of": None, "clock_year": 2026}
        with_form, findings, _ = load_reading(path, policy, **said)
        without, _, _ = load_reading(None, policy, **said)
        assert with_form == without
        assert findings == ()
