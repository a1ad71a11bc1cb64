"""Wrapping and row heights of a sheet."""

from __future__ import annotations

import pytest

from hrbook.excel.layout import lay_out
from hrbook.sheets.book import Block, Cell, Formula, Link, Page, Run, Sheet
from hrbook.styles import load_styles
from hrbook.textfit import row_height

LONG = "上司の指示を的確に把握し、具体的な事業を企画・立案する"


def laid(
    *cells: Cell, heights: dict[int, float] | None = None, columns: tuple[float, ...] = (20, 20)
) -> tuple[list[Cell], dict[int, float]]:
    found = lay_out(Sheet("s", columns, cells, Page(), heights=heights or {}), load_styles())
    return list(found.cells), dict(found.heights)


def test_wrapped_text_gets_line_ends_and_a_taller_row() -> None:
    cells, heights = laid(Cell(0, 0, LONG, "td_wrap"), Cell(0, 1, "名", "name"), Cell(1, 0, "短い", "td_wrap"))
    lines = str(cells[0].value).split("\n")
    assert len(lines) > 1 and "".join(lines) == LONG
    assert heights[0] == row_height(len(lines), 9) > heights[1]
    assert cells[1].value == "名" and cells[2].value == "短い"


def test_names_and_links_are_never_wrapped() -> None:
    cells, _ = laid(Cell(0, 0, LONG, "name"), Cell(1, 0, LONG, "td_wrap", link=Link("s")), Cell(2, 0, LONG, "th_vertical"))
    assert [cell.value for cell in cells] == [LONG, LONG, LONG]


def test_a_merged_cell_has_the_width_of_its_columns() -> None:
    (one, two, beyond), _ = laid(
        Cell(0, 0, LONG, "td_wrap"), Cell(1, 0, LONG, "td_wrap", cols=2), Cell(2, 1, LONG, "td_wrap", cols=9)
    )
    assert str(one.value).count("\n") > str(two.value).count("\n")
    assert str(beyond.value).count("\n") < str(one.value).count("\n")


def test_given_heights_stay() -> None:
    _, heights = laid(Cell(0, 0, LONG, "td_wrap"), heights={0: 12.0, 5: 6.0})
    assert heights == {0: 12.0, 5: 6.0}


def test_a_tall_cell_stretches_its_last_open_row() -> None:
    _, heights = laid(Cell(0, 0, "政策決定能力", "th_vertical", rows=2), heights={0: 20.0})
    assert heights[0] == 20.0 and sum(heights.values()) >= 6 * 9
    _, closed = laid(Cell(0, 0, "政策決定能力", "th_vertical", rows=2), heights={0: 20.0, 1: 20.0})
    assert closed == {0: 20.0, 1: 20.0}


def test_rotated_text_asks_for_its_length() -> None:
    _, heights = laid(Cell(0, 0, "政策決定能力", "th_vertical"), Cell(1, 0, "能力", "th_vertical"))
    assert heights[0] > heights[1] > row_height(1, 9)


def test_an_empty_cell_asks_for_an_ordinary_line() -> None:
    _, heights = laid(Cell(0, 0, None, "huge"), Cell(1, 0, "大", "huge"))
    assert heights[0] == row_height(1, 10) and heights[1] == row_height(1, 16)


def test_parts_of_a_text_keep_their_looks_over_line_ends() -> None:
    runs = (Run("上司の指示を的確に把握し、", "bold"), Run("具体的な事業を企画・立案する", "muted"))
    (cell,), heights = laid(Cell(0, 0, LONG, "td_wrap", runs=runs))
    joined = "".join(run.text for run in cell.runs)
    assert joined.replace("\n", "") == LONG and "\n" in joined
    assert {run.look for run in cell.runs} == {"bold", "muted"}
    assert all(run.text for run in cell.runs)
    assert heights[0] == row_height(joined.count("\n") + 1, 9)


def test_a_block_is_wrapped_like_its_cells_would_be() -> None:
    cells = (Cell(0, 0, LONG, "td_wrap"), Cell(1, 0, LONG, "input"), Cell(2, 0, LONG, "name"))
    heights = dict.fromkeys(range(9), 20.0)
    found = lay_out(Sheet("s", (20,), (), Page(), heights=heights, blocks=(Block(cells, (0, 5)),)), load_styles())
    alone, _ = laid(*cells, heights=heights, columns=(20,))
    assert [block.cells for block in found.blocks] == [tuple(alone)] and "\n" in str(alone[0].value)
    assert dict(found.heights) == heights


@pytest.mark.parametrize(
    "cell",
    [
        Cell(0, 0, "a", rows=2),
        Cell(0, 0, "a", link=Link("s")),
        Cell(0, 0, "a", note="n"),
        Cell(0, 0, "a", runs=(Run("a"),)),
        Cell(0, 0, Formula("A1", 1)),
        Cell(9, 0, "a"),
    ],
)
def test_a_block_holds_values_over_rows_with_heights(cell: Cell) -> None:
    with pytest.raises(ValueError, match="block"):
        lay_out(Sheet("s", (20,), (), Page(), heights={0: 9.0, 1: 9.0}, blocks=(Block((cell,), (0,)),)), load_styles())
