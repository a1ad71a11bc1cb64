"""Writing in bulk and writing cell by cell give the same workbook, part by part and byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.exceptions import OverlappingRange

from hrbook import batch, judging, resources
from hrbook.core.fault import Fault
from hrbook.excel import package
from hrbook.excel.bulk import BulkSheet
from hrbook.excel.plain import write_tables
from hrbook.excel.rows import PACKED
from hrbook.excel.writer import Engine, render
from hrbook.options import Options
from hrbook.resources import load_toml
from hrbook.sample import build_city
from hrbook.sheets import audit, department, organisation
from hrbook.sheets.book import (
    Block,
    Book,
    Cell,
    Chart,
    DataColumn,
    DataSheet,
    Formula,
    Link,
    Page,
    Run,
    Series,
    Sheet,
    Value,
)
from hrbook.styles import load_styles

from .demo import demo_book
from .test_injection import PAYLOADS

KINDS = ("text", "integer", "number", "date")
LOOKS = ("", "td", "td_wrap", "td center", "era_date", "td percent1", "input")
COLUMNS = tuple(DataColumn(kind, kind, 12) for kind in KINDS)
CITY, SEED = 60, 7


def book_of(*sheets: Sheet | DataSheet) -> Book:
    return Book("p", "t", "", "", "", sheets)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def same(book: Book) -> dict[str, bytes]:
    """The parts of a book, after making sure that both ways of writing it give them."""
    styles = load_styles()
    bulk, plain = render(book, styles, "bulk"), render(book, styles, "plain")
    found, expected = parts(bulk), parts(plain)
    assert list(found) == list(expected)
    assert [name for name in found if found[name] != expected[name]] == []
    assert bulk == plain
    return found


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> judging.Loaded:
    folder = tmp_path_factory.mktemp("city")
    city = build_city(CITY, SEED, data=load_toml("sample.toml"))
    for name, tables in (("roster", city.roster), ("settings", city.settings)):
        (folder / f"{name}.xlsx").write_bytes(write_tables(tables, name, ""))
    return judging.load(Options(roster=folder / "roster.xlsx", clock_year=2026))


def test_the_book_that_uses_everything() -> None:
    assert same(demo_book())


def test_books_of_every_department(loaded: judging.Loaded) -> None:
    paths = batch.book_paths(loaded.departments, loaded.labels)
    assert loaded.departments
    for place in loaded.departments:
        assert same(department.book(batch.view_of(loaded, place), paths[place.key]))


def test_books_of_the_whole_city(loaded: judging.Loaded) -> None:
    view = batch.View(loaded.assessment, loaded.departments, loaded.labels, loaded.facts)
    assert same(organisation.book(view, "a.xlsx"))
    assert same(audit.book(view, "b.xlsx", resources.used()))


def test_bulk_takes_the_cells_and_leaves_the_library_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default is bulk, and it is no plain writing in disguise: only rare kinds of cells go the other way."""
    rare: list[str] = []
    plainly = BulkSheet._plainly

    def watched(self: BulkSheet, method: str, row: int, col: int, *values: object) -> None:
        rare.append(method)
        plainly(self, method, row, col, *values)

    monkeypatch.setattr(BulkSheet, "_plainly", watched)
    cells = [Cell(0, 0, "a"), Cell(0, 1, 1), Cell(0, 2, date(2026, 4, 1)), Cell(0, 3, True), Cell(0, 4), Cell(0, 5, 1.5)]
    cells.append(Cell(0, 6, "b", link=Link("s")))
    data = render(book_of(Sheet("s", (9,), cells, Page()), DataSheet("d", COLUMNS, [("a", 1, 1.5, None)], Page())), load_styles())
    assert data and rare == []
    cells = [Cell(0, 0, Formula("1+1", 2)), Cell(0, 1, "", runs=(Run("a"), Run("b", "bold"))), Cell(0, 2, 10**20)]
    assert render(book_of(Sheet("s", (9,), cells, Page())), load_styles())
    assert rare == ["write_formula", "write_rich_string", "write_number"]


NUMBERS = (0, -0.0, 0.0, -1, 7.0, 0.1, 1 / 3, 1e15, 1e16, 1e-7, 10**14, 10**15, -(10**15), 10**16, 10**20, 123456789.123456789)
DAYS = (date(1890, 4, 1), date(1900, 2, 28), date(1900, 3, 1), date(2026, 4, 1), date(9999, 12, 31))


def test_values_of_every_kind() -> None:
    values: tuple[Value | Formula, ...] = (
        *NUMBERS, *DAYS, *PAYLOADS, True, False, None, "", "a\x01b", "a\r\nb", " c ", "𠮷" * 9000,
        Formula("SORT(A1:A2)", 1), Formula("_xlfn.X(1)", 2), Formula("A1&\"<&>\"", "<&>"), Formula("NA()", "#N/A"),
        Formula("{1,2}", 1), Formula("A1", ""), Formula("UNIQUE(A1)", "x"), Formula("A1", 1.5),
    )  # fmt: skip
    cells = [Cell(row, col, value, look) for row, value in enumerate(values) for col, look in enumerate(LOOKS)]
    assert same(book_of(Sheet("s", (40,) * len(LOOKS), cells, Page())))


def test_data_sheets_of_every_kind() -> None:
    texts = [*PAYLOADS, *PAYLOADS, "", None, "a\x01b", " c ", "9", "9"]
    two = (
        DataColumn("<r>a</r>", "text", 9),
        DataColumn("a", "date", 9),
        DataColumn("b", "text", 9),
        DataColumn("c", "number", 9),
    )
    rows = [(text, DAYS[row % 5], text, NUMBERS[row % len(NUMBERS)]) for row, text in enumerate(texts)]
    whole = [(None, number, number, None) for number in NUMBERS if isinstance(number, int)]
    sheets = (
        DataSheet("d", two, rows, Page()), DataSheet("w", COLUMNS, whole, Page()), DataSheet("e", COLUMNS, [], Page()),
        DataSheet("one", COLUMNS, [(None, None, None, None)], Page()),
    )  # fmt: skip
    assert same(book_of(*sheets))


@pytest.mark.parametrize(("packed", "rows"), [(10, 95), (PACKED, 2 * PACKED + 5)])
def test_a_part_is_packed_while_it_is_written(monkeypatch: pytest.MonkeyPatch, packed: int, rows: int) -> None:
    """The plain way packs each part as a whole."""
    written: list[int] = []
    flush = package._Part.flush
    monkeypatch.setattr("hrbook.excel.rows.PACKED", packed)
    monkeypatch.setattr(package._Part, "flush", lambda part: written.append(len(part._pieces)) or flush(part))
    columns = tuple(DataColumn(name, kind, 10) for name, kind in (("番号", "integer"), ("名前", "text")))
    data = DataSheet("表", columns, tuple((n, f"架空　{n % 700}") for n in range(rows)), Page())
    same(book_of(data))
    assert len(written) == rows // packed + 1 and max(written) < packed + 40


def test_links_with_and_without_brackets() -> None:
    names = ("s", "人の'シート", "SORT(1)", "a & b")
    texts = (*PAYLOADS, "SORT(x", "x)", "_xlfn.", "#N/A", "a\nb", "あ" * 255, "あ" * 256)
    cells = [
        Cell(row, col, text, "td", link=Link(name, "B2")) for row, text in enumerate(texts) for col, name in enumerate(names)
    ]
    assert same(book_of(Sheet("s", (20,), cells, Page())))


def test_merges_notes_gaps_and_what_is_written_twice() -> None:
    cells = [
        Cell(40, 5, "far", "td", note="x"),
        Cell(3, 3, "old", "td"),
        Cell(2, 2, "merged", "th", rows=3, cols=4, note="n"),
        Cell(0, 300, "wide"),
        Cell(3, 0, runs=(Run("a"), Run("b", "bold")), rows=2, cols=1),
        Cell(3, 0, "again", "td"),
        Cell(20, 1, 5, "td", cols=2),
        Cell(8, 0, Formula("SUM(B21)", 5), "td", rows=2),
        Cell(70, 0, "last", "td"),
    ]
    assert same(book_of(Sheet("s", (9, 9), cells, Page(), heights={1: 20.0, 60: 33.3, 90: 5.0})))


def test_places_that_no_sheet_has() -> None:
    cells = [Cell(0, 16_384, "lost"), Cell(5, 16_383, "far", cols=3), Cell(1, 1, "here"), Cell(0, 16_384, Formula("1", 1))]
    assert b"XFD6" in same(book_of(Sheet("s", (9,), cells, Page())))["xl/worksheets/sheet1.xml"]


def block_sheet(cells: Sequence[Cell], *blocks: Block) -> Sheet:
    return Sheet("s", (9, 20, 9), cells, Page(), heights=dict.fromkeys(range(60), 20.0), blocks=blocks)


STAMP = (
    Cell(0, 0, "見出し", "th", cols=3),
    Cell(1, 0, "<&> wrapped at the width of its column", "td_wrap"),
    Cell(1, 1, 1.5, "td percent1"),
    Cell(1, 2, date(2026, 4, 1), "era_date"),
    Cell(3, 1, 10**20, "td"),
    Cell(3, 2, None, "input"),
    Cell(3, 2, "again", "td", cols=2),
    Cell(4, 0, True),
)


def test_a_block_is_written_like_its_cells_at_each_place() -> None:
    """In a gap, beside other cells, and where something stands in its way: on a cell, in a merged area, on itself."""
    beside = [Cell(2, 0, "見出し", "td"), Cell(11, 3, "beside"), Cell(21, 1, "in the way"), Cell(33, 2, "merged", cols=3)]
    sheet = block_sheet(beside, Block(STAMP, (0, 10, 20, 28, 32, 33)[:4]), Block((STAMP[1], STAMP[3]), (40, 41, 50)))
    assert same(book_of(sheet)) == same(book_of(replace(sheet, cells=tuple(sheet.every_cell()), blocks=())))
    inside = block_sheet(beside, Block((Cell(0, 3, "inside"), Cell(0, 5, "after")), (33, 34)))
    assert same(book_of(inside)) == same(book_of(replace(inside, cells=tuple(inside.every_cell()), blocks=())))


def test_a_block_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    write = BulkSheet.write_cells

    def watched(self: BulkSheet, cells: Sequence[Cell], *how: object) -> None:
        cells = list(cells)
        written.append(len(cells))
        write(self, cells, *how)

    monkeypatch.setattr(BulkSheet, "write_cells", watched)
    render(book_of(block_sheet([Cell(0, 5, "x")], Block(STAMP, tuple(range(0, 60, 6))[:9]))), load_styles())
    assert written == [1, len(STAMP)]


@pytest.mark.parametrize("engine", ["bulk", "plain"])
def test_areas_of_a_block_must_not_overlap_either(engine: Engine) -> None:
    for block in (Block(STAMP[:1], (0, 0)), Block((STAMP[0], Cell(0, 1, "", cols=4)), (0,)), Block(STAMP[:1], (7, 5))):
        with pytest.raises(OverlappingRange):
            render(book_of(block_sheet([Cell(5, 1, "", cols=2)], block)), load_styles(), engine)


@pytest.mark.parametrize("sheet", [Sheet("s", (9,), [], Page()), Sheet("s", (9,), [], Page(), heights={3: 9.0})])
def test_sheets_without_cells(sheet: Sheet) -> None:
    assert same(book_of(sheet))


@pytest.mark.parametrize("values", [("d", 1, 1, 3, 1), ("d", 0, 1, 9, 1), ("d", 2, 2, 2, 9), ("s", 0, 0, 2, 1)])
def test_charts_find_their_values(values: tuple[str, int, int, int, int]) -> None:
    name, row, _, last_row, _ = values
    series = Series("x", (name, row, 0, last_row, 0), values, "blue")
    cells = [Cell(row, 0, text, "td") for row, text in enumerate("abc")] + [Cell(row, 1, row, "td") for row in range(3)]
    chart = Chart(5, 0, "bar", (series,), 300, 200, "x")
    rows = [("a", 1, 1.5, None), ("<r>b</r>", -2, None, DAYS[3]), (None, None, 0.1, DAYS[0])]
    sheets = (Sheet("s", (9, 9), cells, Page(), charts=(chart,)), DataSheet("d", COLUMNS, rows, Page()))
    assert b"<c:ptCount" in same(book_of(*sheets))["xl/charts/chart1.xml"]
    same(book_of(*reversed(sheets)))
    same(book_of(sheets[0], replace(sheets[1], rows=[])))


@pytest.mark.parametrize("engine", ["bulk", "plain"])
def test_both_refuse_the_same(engine: Engine) -> None:
    def refused(kind: type[Exception], *cells: Cell) -> str:
        with pytest.raises(kind) as caught:
            render(book_of(Sheet("s", (9,), cells, Page())), load_styles(), engine)
        return str(caught.value)

    overlap = refused(OverlappingRange, Cell(0, 0, "a", rows=2), Cell(3, 3, "b", cols=2), Cell(1, 0, "c", cols=2))
    assert overlap == "Merge range 'A2:B2' overlaps previous merge range 'A1:A2'."
    assert "row 2 column 1" in refused(ValueError, Cell(1, 0, float("nan")))
    assert refused(Fault, Cell(0, 0, "x" * 32768)) and refused(Fault, Cell(0, 0, "x", "no_such_look"))


def values() -> st.SearchStrategy[Value | Formula]:
    text = st.text(alphabet=st.characters(codec="utf-8"), max_size=12) | st.sampled_from(PAYLOADS)
    number = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    known: st.SearchStrategy[Value | Formula] = st.none() | st.booleans() | text | number | st.dates()
    return known | st.builds(Formula, st.sampled_from(("A1", "SUM(A1:A2)", "SORT(A1)")), text | number)


def cells() -> st.SearchStrategy[Cell]:
    runs = st.lists(st.builds(Run, st.text("ab<&\n ", max_size=4), st.sampled_from(("", "bold"))), max_size=3).map(tuple)
    row, col = st.integers(0, 40), st.integers(0, 30)
    look, note = st.sampled_from(LOOKS), st.sampled_from(("", "", "", "note"))
    plain = st.tuples(row, col, values(), look, runs, note)
    free = plain.map(lambda at: Cell(*at[:4], runs=at[4], note=at[5]))
    link = st.builds(Link, st.sampled_from(("s", "d", "x(")))
    linked = st.tuples(row, col, st.text("ab(<\"'", min_size=1, max_size=5), look, link)
    return free | linked.map(lambda at: Cell(*at[:4], link=at[4]))


def plain_cells() -> st.SearchStrategy[Cell]:
    value = values().filter(lambda value: not isinstance(value, Formula))
    return st.tuples(st.integers(0, 4), st.integers(0, 6), value, st.sampled_from(LOOKS)).map(lambda at: Cell(*at))


def blocks() -> st.SearchStrategy[Block]:
    tops = st.lists(st.integers(0, 40), min_size=1, max_size=5).map(tuple)
    return st.builds(Block, st.lists(plain_cells(), max_size=6).map(tuple), tops)


@settings(max_examples=40, deadline=None)
@given(st.lists(cells(), max_size=12), st.lists(blocks(), max_size=3))
def test_any_blocks(free: Sequence[Cell], blocks: Sequence[Block]) -> None:
    same(book_of(block_sheet(free, *blocks)))


@settings(max_examples=60, deadline=None)
@given(st.lists(cells(), max_size=25), st.dictionaries(st.integers(0, 50), st.floats(1, 99), max_size=4), st.data())
def test_any_book(free: Sequence[Cell], heights: dict[int, float], data: st.DataObject) -> None:
    # Merges that cannot overlap: one a band of four rows.
    bands = data.draw(st.dictionaries(st.integers(0, 10), st.tuples(st.integers(1, 4), st.integers(2, 6), cells()), max_size=4))
    merged = [at._replace(row=4 * band, rows=rows, cols=cols) for band, (rows, cols, at) in bands.items()]
    placed = data.draw(st.permutations([*free, *merged]))
    text = st.none() | st.text(alphabet=st.characters(codec="utf-8"), max_size=9) | st.sampled_from(PAYLOADS)
    number = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    rows = data.draw(st.lists(st.tuples(text, st.none() | st.integers(), number, st.none() | st.dates()), max_size=20))
    sheets = (Sheet("s", (9, 20, 5), placed, Page(), heights=heights), DataSheet("d", COLUMNS, rows, Page()))
    same(book_of(*data.draw(st.permutations(sheets))))
