"""No text of a finished book is cut: wrapped texts have their lines, others their width, or empty cells beside them."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment

from hrbook.textfit import column_px, spans, units, usable_px
from tests.conftest import hrbook

STYLES = Path(__file__).resolve().parents[2] / "templates" / "styles.toml"
LINE = 1.22  # least height of a line per point of letters
USUAL_WIDTH, USUAL_HEIGHT = 8.43, 15.0
PARAGRAPHS = {
    "ja": {("判定", "L"), ("判定", "M"), ("指摘一覧", "K")},
    "en": {("judgements", "L"), ("judgements", "M"), ("findings", "K")},
}  # evidence
DATA = {"ja": "データ_", "en": "data_"}


def cut_texts(path, language):
    """Sheet, cell and text of everything that a reader would not see whole."""
    for sheet in openpyxl.load_workbook(path):
        if sheet.sheet_state != "visible" or sheet.title.startswith(DATA[language]):
            continue
        widths = {
            column: 0.0 if found.hidden else found.width
            for found in sheet.column_dimensions.values()
            for column in range(found.min or 0, (found.max or 0) + 1)
        }
        merged = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
        covered = {place for one in merged.values() for place in one.cells}
        for row in sheet.iter_rows():
            for cell in row:
                text = cell.value
                if not isinstance(text, str) or text.startswith("=") or (sheet.title, cell.column_letter) in PARAGRAPHS[language]:
                    continue
                area = merged.get((cell.row, cell.column))
                columns = range(area.min_col, area.max_col + 1) if area else range(cell.column, cell.column + 1)
                rows = range(area.min_row, area.max_row + 1) if area else range(cell.row, cell.row + 1)
                heights = [sheet.row_dimensions[number].height for number in rows]
                px = sum(column_px(widths.get(number, USUAL_WIDTH)) for number in columns if widths.get(number, 1.0))
                look, size = cell.alignment, cell.font.sz or 11
                if not px or look.textRotation or look.shrinkToFit or any(sheet.row_dimensions[number].hidden for number in rows):
                    continue
                if look.wrapText:
                    need = len(spans(text, usable_px(px), size)) * size * LINE
                    told = any(height is not None for height in heights) or area is not None
                    if told and need > sum(height or USUAL_HEIGHT for height in heights):
                        yield sheet.title, cell.coordinate, text
                elif units(text) * size * 0.667 > usable_px(px):
                    beside = sheet.cell(cell.row, columns[-1] + 1)
                    if area or beside.value is not None or (beside.row, beside.column) in covered or look.horizontal != "left":
                        yield sheet.title, cell.coordinate, text


def books(run):
    return sorted(path for path in run.rglob("*.xlsx") if "inputs" not in path.parts)


def test_no_text_of_any_book_is_cut(run):
    assert [(path.stem, *found) for path in books(run) for found in cut_texts(path, "ja")] == []


def test_nor_in_english(city, tmp_path):
    done = hrbook("build", city / "input" / "roster.xlsx", "--lang", "en", "--out", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    assert [(path.stem, *found) for path in books(tmp_path) for found in cut_texts(path, "en")] == []


@pytest.mark.parametrize(
    ("width", "wrap", "height", "found"),
    [(4.0, False, None, True), (30.0, False, None, False), (9.0, True, 15.0, True), (9.0, True, 60.0, False)],
)
def test_a_cut_text_would_be_found(tmp_path, width, wrap, height, found):
    book = openpyxl.Workbook()
    book.active.append(["政策法務研修の対象", "隣"])
    book.active["A1"].alignment = Alignment(wrap_text=wrap)
    book.active.column_dimensions["A"].width = width
    book.active.row_dimensions[1].height = height
    book.save(tmp_path / "a.xlsx")
    assert any(cut_texts(tmp_path / "a.xlsx", "ja")) == found


LARGER = {"td_wrap": 12, "caption_wrap": 12, "data_text": 13}  # points
FITTED = ("ローテーション", "今年度の受講者", "OJT・自己啓発", "能力の歩み", "判定", "指摘一覧")


def test_rows_and_columns_follow_the_letters_that_a_city_chooses(city, tmp_path):
    said = STYLES.read_text("utf-8")
    for look, size in LARGER.items():
        head = f"[looks.{look}]\n"
        assert head in said
        own, rest = said.split(head)[1].split("\n\n", 1)
        lines = [line for line in own.splitlines() if not line.startswith("size ")]
        said = said.split(head)[0] + head + "\n".join([*lines, f"size = {size}", "", rest])
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "styles.toml").write_text(said, "utf-8")
    done = hrbook("build", city / "input" / "roster.xlsx", "--out", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    assert [(path.stem, *found) for path in books(tmp_path) for found in cut_texts(path, "ja") if found[0] in FITTED] == []
