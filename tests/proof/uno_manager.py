"""A manager at a real LibreOffice: opens issued books over a local socket, fills them in, does one thing to each, saves.

Run by the system's python3, which has the module `uno`: `python3 uno_manager.py JOB.json`. The job holds the program, a
profile folder, the layout of the form, and pairs of books and behaviours; the answer on standard output is the truth about
every file in the form of tests/collect/behaviours.py."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import TableSortField

FORM_SHEET, STAFF_SHEET = "面談シート", "職員一覧"
XLSX, XLS, ODS = "Calc MS Excel 2007 XML", "MS Excel 97", "calc8"


def option(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


class Office:
    """One running LibreOffice."""

    def __init__(self, program, profile):
        self.pipe = f"hrbook{random.SystemRandom().randrange(10**9)}"
        accept = f"--accept=pipe,name={self.pipe};urp;"
        words = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--nologo", accept]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(600):
            try:
                context = resolver.resolve(f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.2)
        else:
            raise SystemExit("LibreOffice does not answer")
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def open(self, path):
        return self.desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (option("Hidden", True),))

    def new(self):
        return self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (option("Hidden", True),))

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:
            self.process.terminate()
        self.process.wait(60)


class Book:
    """An open book with the places of its forms. Rows and columns count from 0."""

    def __init__(self, document, layout):
        self.document, self.layout = document, layout
        self.sheet = document.Sheets.getByName(FORM_SHEET)
        self.sheet.unprotect("")
        self.tops = {}
        row = 0
        while staff_id := self.text(row + layout["staff_id"][0], layout["staff_id"][1]):
            self.tops[staff_id] = row
            row += layout["rows"]

    def cell(self, row, col):
        return self.sheet.getCellByPosition(col, row)

    def text(self, row, col):
        return self.cell(row, col).String

    def place(self, staff_id, key):
        row, col, _ = self.layout["fields"][key]
        return self.tops[staff_id] + row, col

    def put(self, staff_id, key, text):
        cell = self.cell(*self.place(staff_id, key))
        if text[:4].isdigit() and text[4:5] == "-":
            cell.Formula = text
        else:
            cell.String = text

    def range(self, row, col, rows, cols):
        return self.sheet.getCellRangeByPosition(col, row, col + cols - 1, row + rows - 1)

    @property
    def people(self):
        return list(self.tops)

    @property
    def first(self):
        return self.people[0]

    @property
    def last(self):
        return self.people[-1]


def fill(book):
    """As the table of openpyxl's behaviours does it."""
    layout, sure = book.layout, {}
    for number, (staff_id, top) in enumerate(book.tops.items()):
        values = {
            "move": ("希望する", "どちらでもよい", "希望しない")[number % 3],
            "when": "2年以内",
            "own_words": f"{staff_id}の思い\n二行目",
            "theme_1": "デジタル・データ",
            "way": "通信教育",
            "plan_1": f"{staff_id}の目標1",
            "plan_2": f"{staff_id}の目標2",
            "mid_1": f"{staff_id}の中間",
            "talked_on": f"2026-05-{10 + number % 15}",
            "doing_well": f"{staff_id}の良い点",
            "opinion": f"{staff_id}への意見",
        }
        for key, value in values.items():
            book.put(staff_id, key, value)
            sure[staff_id, key, ""] = value
        for col in range(layout["ability_column"], layout["columns"]):
            ability = book.text(top + layout["abilities"], col)
            if ability and book.text(top + layout["now"], col):
                book.cell(top + layout["feeling"], col).String = "◎○△"[col % 3]
                sure[staff_id, "feeling", ability] = "◎○△"[col % 3]
                for field, row in layout["score_rows"].items():
                    book.cell(top + row, col).Value = 1 + (number + col) % 5
                    sure[staff_id, field, ability] = str(1 + (number + col) % 5)
        for row in range(layout["courses"], layout["courses"] + layout["course_rows"]):
            code = book.text(top + row, layout["course_code"])
            if code:
                book.cell(top + row, layout["course_answer"]).String = "受ける"
                sure[staff_id, "answer", code] = "受ける"
    return Truth(sure)


class Truth:
    def __init__(self, sure):
        self.sure, self.asked, self.texts, self.refused = sure, {}, [], None

    def said(self, key, value, *, asked=False):
        self.sure.pop(key, None)
        (self.asked if asked else self.sure)[key] = value

    def unsure(self, staff_id):
        for key in [key for key in self.sure if key[0] == staff_id]:
            self.asked[key] = self.sure.pop(key)

    def drop(self, staff_id, key=None):
        for one in [one for one in self.sure if one[0] == staff_id and key in (None, one[1])]:
            del self.sure[one]

    def plain(self):
        pairs = [[[*key, value] for key, value in found.items()] for found in (self.sure, self.asked)]
        return {"sure": pairs[0], "asked": pairs[1], "texts": self.texts, "refused": self.refused}


BEHAVIOURS = []


def behaviour(function):
    BEHAVIOURS.append(function)
    return function


# what managers do ------------------------------------------------------------------------------------------------


@behaviour
def as_meant(book, truth):
    pass


@behaviour
def sheet_renamed(book, truth):
    book.sheet.Name = "記入済み"


@behaviour
def rows_inserted_above(book, truth):
    book.sheet.Rows.insertByIndex(0, 3)
    book.cell(0, 0).String = "課内回覧済み"
    truth.texts.append("課内回覧済み")


@behaviour
def row_inserted_inside(book, truth):
    row, _ = book.place(book.first, "own_words")
    book.sheet.Rows.insertByIndex(row + 1, 1)
    book.cell(row + 1, 0).String = f"{book.first}の続き"
    truth.texts.append(f"{book.first}の続き")


@behaviour
def rows_inserted_everywhere(book, truth):
    for top in reversed(book.tops.values()):
        for row in reversed(book.layout["headings"][1:]):
            book.sheet.Rows.insertByIndex(top + row, 1)


@behaviour
def row_deleted(book, truth):
    row, _ = book.place(book.first, "plan_2")
    book.sheet.Rows.removeByIndex(row, 1)
    truth.drop(book.first, "plan_2")


@behaviour
def headings_deleted(book, truth):
    for top in reversed(book.tops.values()):
        for row in reversed(book.layout["field_heads"]):
            book.sheet.Rows.removeByIndex(top + row, 1)


@behaviour
def form_deleted(book, truth):
    book.sheet.Rows.removeByIndex(book.tops[book.last], book.layout["rows"])
    truth.drop(book.last)


@behaviour
def column_inserted_left(book, truth):
    book.sheet.Columns.insertByIndex(0, 1)


@behaviour
def column_inserted_inside(book, truth):
    book.sheet.Columns.insertByIndex(4, 1)


@behaviour
def column_added_right(book, truth):
    book.cell(book.tops[book.first] + 36, 14).String = f"{book.first}の備考"
    truth.texts.append(f"{book.first}の備考")


@behaviour
def column_deleted(book, truth):
    book.sheet.Columns.removeByIndex(1, 1)


@behaviour
def hidden_column_deleted(book, truth):
    book.sheet.Columns.removeByIndex(book.layout["columns"], 1)


@behaviour
def forms_moved(book, truth):
    """The first form cut and pasted below the last one."""
    rows, end = book.layout["rows"], book.layout["rows"] * len(book.tops)
    source = book.range(0, 0, rows, book.layout["columns"] + 1).RangeAddress
    book.sheet.moveRange(book.cell(end + 2, 0).CellAddress, source)


@behaviour
def forms_shifted_right(book, truth):
    """The last form cut and pasted beside the others."""
    top = book.tops[book.last]
    source = book.range(top, 0, book.layout["rows"], book.layout["columns"] + 1).RangeAddress
    book.sheet.moveRange(book.cell(top, 20).CellAddress, source)


@behaviour
def staff_list_sorted(book, truth):
    sheet = book.document.Sheets.getByName(STAFF_SHEET)
    rows = 4
    while sheet.getCellByPosition(0, rows).String and not sheet.getCellByPosition(0, rows).Formula.startswith("="):
        rows += 1
    field = TableSortField()
    field.Field, field.IsAscending = 1, False
    sheet.getCellRangeByPosition(0, 4, 12, max(rows - 2, 4)).sort(
        (option("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),)
    )


@behaviour
def form_rows_sorted(book, truth):
    area = book.range(0, 0, book.layout["rows"] * len(book.tops), book.layout["columns"] + 1)
    area.merge(False)
    field = TableSortField()
    field.Field, field.IsAscending = 0, True
    area.sort((option("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))),))


@behaviour
def cells_merged(book, truth):
    row, col = book.place(book.first, "own_words")
    book.range(row, col, 2, book.layout["fields"]["own_words"][2]).merge(True)


@behaviour
def cells_unmerged(book, truth):
    row, col = book.place(book.first, "plan_1")
    book.range(row, col, 1, 3).merge(False)
    book.cell(row, col + 1).String, book.cell(row, col).String = book.text(row, col), ""


@behaviour
def values_pasted(book, truth):
    area = book.range(0, 0, book.layout["rows"] * len(book.tops), book.layout["columns"])
    area.setDataArray(area.getDataArray())


@behaviour
def formula_with_value(book, truth):
    cell = book.cell(*book.place(book.first, "plan_1"))
    cell.Formula = '="数式の"&"目標"'
    truth.said((book.first, "plan_1", ""), "数式の目標")


@behaviour
def formula_error(book, truth):
    cell = book.cell(*book.place(book.first, "plan_1"))
    cell.Formula = "=1/0"
    truth.said((book.first, "plan_1", ""), "#", asked=True)


@behaviour
def text_dates(book, truth):
    for number, staff_id in enumerate(book.people):
        book.cell(*book.place(staff_id, "talked_on")).String = ("R8.6.3", "令和8年6月3日", "2026/6/3")[number % 3]
        truth.said((staff_id, "talked_on", ""), "2026-06-03")


@behaviour
def date_without_year(book, truth):
    book.cell(*book.place(book.first, "talked_on")).String = "6月3日"
    truth.said((book.first, "talked_on", ""), "2026-06-03", asked=True)


@behaviour
def date_of_another_year(book, truth):
    book.put(book.first, "talked_on", "2025-06-03")
    truth.said((book.first, "talked_on", ""), "2025-06-03", asked=True)


@behaviour
def not_a_date(book, truth):
    book.cell(*book.place(book.first, "talked_on")).String = "来週の予定"
    truth.said((book.first, "talked_on", ""), "来週の予定", asked=True)


@behaviour
def free_text_in_lists(book, truth):
    book.put(book.first, "move", "希望するが、時期は相談したい")
    truth.said((book.first, "move", ""), "希望するが、時期は相談したい", asked=True)


@behaviour
def choices_spelt_otherwise(book, truth):
    book.put(book.first, "move", "希望します")
    truth.said((book.first, "move", ""), "希望する")


@behaviour
def comment_in_a_cell(book, truth):
    cell = book.cell(*book.place(book.first, "own_words"))
    book.sheet.Annotations.insertNew(cell.CellAddress, f"{book.first}について口頭で確認")
    truth.texts.append(f"{book.first}について口頭で確認")


@behaviour
def box_drawn(book, truth):
    shape = book.document.createInstance("com.sun.star.drawing.RectangleShape")
    size, point = uno.createUnoStruct("com.sun.star.awt.Size"), uno.createUnoStruct("com.sun.star.awt.Point")
    size.Width, size.Height, point.X, point.Y = 6000, 2000, 1000, 1000
    shape.Size, shape.Position = size, point
    book.sheet.DrawPage.add(shape)
    shape.String = "図形に書いた連絡"
    truth.texts.append("図形に書いた連絡")


@behaviour
def own_sheet_added(book, truth):
    book.document.Sheets.insertNewByName("課長メモ", 0)
    book.document.Sheets.getByName("課長メモ").getCellByPosition(1, 1).String = "全員について：残業が多い"
    truth.texts.append("全員について：残業が多い")


@behaviour
def name_corrected(book, truth):
    book.cell(book.tops[book.first] + book.layout["values"], 0).String = "改姓　花子"
    truth.texts.append("改姓　花子")


@behaviour
def title_corrected_on_the_list(book, truth):
    book.document.Sheets.getByName(STAFF_SHEET).getCellByPosition(4, 4).String = "専門監"
    truth.texts.append("専門監")


@behaviour
def person_overwritten(book, truth):
    if len(book.people) < 2:
        return
    other = book.people[1]
    row, col = book.layout["staff_id"]
    book.cell(book.tops[book.first] + row, col).String = other
    book.cell(book.tops[book.first] + row, 0).String = book.text(book.tops[other] + row, 0)
    truth.unsure(book.first)


@behaviour
def form_pasted_over(book, truth):
    if len(book.people) < 2:
        return
    other = book.people[1]
    source, target = (book.range(book.tops[who], 0, book.layout["rows"], book.layout["columns"]) for who in (book.first, other))
    target.setDataArray(source.getDataArray())
    truth.drop(other)
    truth.texts.append(f"{book.first}への意見")


@behaviour
def sheet_copied(book, truth):
    book.document.Sheets.copyByName(FORM_SHEET, "写し", 1)


@behaviour
def one_form_left_blank(book, truth):
    top = book.tops[book.last]
    for row, col, cols in book.layout["fields"].values():
        book.range(top + row, col, 1, cols).clearContents(1 | 2 | 4 | 16)
    for row in (book.layout["feeling"], *book.layout["score_rows"].values()):
        book.range(top + row, 2, 1, 10).clearContents(1 | 2 | 4 | 16)
    book.range(top + book.layout["courses"], book.layout["course_answer"], book.layout["course_rows"], 2).clearContents(
        1 | 2 | 4 | 16
    )
    truth.drop(book.last)


@behaviour
def sheets_deleted(book, truth):
    for name in book.document.Sheets.ElementNames:
        if name != FORM_SHEET:
            book.document.Sheets.removeByName(name)


@behaviour
def rows_hidden(book, truth):
    book.range(book.tops[book.first] + 28, 0, 12, 1).Rows.IsVisible = False


@behaviour
def form_sheet_deleted(book, truth):
    book.document.Sheets.removeByName(FORM_SHEET)
    truth.refused = "no_form"


@behaviour
def old_format(book, truth):
    truth.refused = "not_workbook"


@behaviour
def open_document(book, truth):
    truth.refused = "not_workbook"


@behaviour
def foreign(book, truth):
    truth.refused = "foreign"


SAVED = {"old_format": (XLS, ".xls"), "open_document": (ODS, ".ods")}


def main(job):
    """Do the job: {"program", "profile", "layout", "books": [path], "out"} -> {file: {"kind", truth}}."""
    office = Office(job["program"], job["profile"])
    answer = {}
    try:
        for number, act in enumerate(BEHAVIOURS):
            path = job["books"][number % len(job["books"])]
            name = act.__name__
            document = office.open(path)
            book = Book(document, job["layout"])
            truth = fill(book)
            act(book, truth)
            if name == "foreign":
                document.close(True)
                document = office.new()
                document.Sheets.getByIndex(0).getCellByPosition(0, 0).String = "自己申告書（旧様式）"
            form, ending = SAVED.get(name, (XLSX, ".xlsx"))
            target = Path(job["out"]) / f"{number:02}_{name}{ending}"
            document.storeToURL(target.as_uri(), (option("FilterName", form),))
            document.close(True)
            answer[target.name] = {"kind": name, "book": Path(path).name, **truth.plain()}
    finally:
        office.close()
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
