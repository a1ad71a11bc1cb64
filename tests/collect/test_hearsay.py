"""Free texts that name somebody of another department: the next build holds no book back for them, and leaks none."""

from __future__ import annotations

import csv
import json
import shutil

import openpyxl
import pytest

from tests.collect.behaviours import FORM_SHEET, fill, place, tops
from tests.conftest import hrbook

CELLS = ("own_words", "plan_1", "doing_well", "field_1")


def texts_of(path) -> str:
    book = openpyxl.load_workbook(path)
    texts = (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return "|".join(texts).replace("\n", "")  # sheets break long lines


@pytest.fixture
def desk(run, city, issued_books, tmp_path):
    """A working folder; a book of two people, of whom the second has moved since; and somebody of a third department."""
    shutil.copytree(city / "input", tmp_path / "input")
    shutil.copytree(run, tmp_path / "output" / "2026")
    old, new, third = [p for p in issued_books if len(tops(openpyxl.load_workbook(p))) >= 2][:3]
    (_, stays, moves), strange = (["", *tops(openpyxl.load_workbook(old))][:3]), next(iter(tops(openpyxl.load_workbook(third))))
    book = openpyxl.load_workbook(tmp_path / "input" / "roster.xlsx")
    sheet = book["職員名簿"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(r, heads["職員番号"]).value): r for r in range(2, sheet.max_row + 1)}
    bureau, _, department = openpyxl.load_workbook(new).custom_doc_props["hrbook-department"].value.partition("/")
    at = rows[moves]
    sheet.cell(at, heads["部"]).value, sheet.cell(at, heads["課"]).value = bureau, department or None
    sheet.cell(at, heads["所属コード"]).value = None
    names = {staff_id: sheet.cell(row, heads["氏名"]).value for staff_id, row in rows.items()}
    book.save(tmp_path / "input" / "roster.xlsx")
    return tmp_path, (old, new), (stays, moves, strange), names


def test_a_neighbours_name_in_a_free_text(desk):
    folder, (old, new), (stays, moves, strange), names = desk
    book = openpyxl.load_workbook(old)
    fill(book)
    said = f"{names[strange]}さん（{strange}、neighbour@city.example.jp）と同じ係を希望します。" + "相談した結果です。" * 20
    behind = f"{names[stays]}さん（{stays}）との関係に配慮が必要"
    for staff_id, text in ((stays, said), (moves, behind)):
        for key in CELLS:
            book[FORM_SHEET].cell(*place(tops(book)[staff_id], key)).value = text
    (folder / "back").mkdir()
    book.save(folder / "back" / "a.xlsx")
    done = hrbook("collect", "back", "--issued", "output/2026", cwd=folder)
    assert done.code == 0, done.err
    done = hrbook("build", cwd=folder)
    assert done.code == 0, done.err
    record = json.loads((folder / "output" / "2026" / "manifest.json").read_text("utf-8"))
    assert record["withheld"] == []
    own = texts_of(folder / "output" / "2026" / "部署別" / old.name)
    assert said in own, "who wrote it may read it again"
    other = texts_of(folder / "output" / "2026" / "部署別" / new.name)
    assert moves in other and "以前の所属での記入" in other
    assert names[stays] not in other and stays not in other and "関係に配慮" not in other
    with (folder / "output" / "2026" / "ledger.csv").open(encoding="utf-8-sig", newline="") as file:
        kept = [row for row in csv.DictReader(file) if row["staff_id"] == moves and behind in row["inputs"]]
    assert len(kept) == len(CELLS), "the personnel department sees all of it"
