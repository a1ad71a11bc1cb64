"""What managers do to a book before they send it back, as a table: each behaviour edits an open workbook (openpyxl) and the
truth about it: whose entry with which content somebody meant to send.

A behaviour gets the workbook and the truth of the book as it was filled in, and answers the truth after it. `Truth.flagged`
are entries that may also come back as a question; everything else must come back as it was meant."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.merge import MergedCellRange

from hrbook.core.receipts import FileState
from hrbook.sheets import form

MergedCellRange.format = lambda self: None  # openpyxl draws borders of merged cells for seconds; nobody looks at them here
FORM_SHEET, STAFF_SHEET = "面談シート", "職員一覧"
Key = tuple[str, str, str]  # staff number, field, item


@dataclass(frozen=True)
class Truth:
    """What was meant: `sure` must be accepted with this value, `asked` must be accepted or asked with a text that holds
    this one; `corrections` and `strays` are texts that must be asked; `refused`: the whole file must be refused so."""

    sure: dict[Key, str] = field(default_factory=dict)
    asked: dict[Key, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()
    refused: FileState | None = None

    def unsure(self, *keys: Key) -> Truth:
        """The same, with these entries to be asked or accepted."""
        sure = {k: v for k, v in self.sure.items() if k not in keys}
        return replace(self, sure=sure, asked={**self.asked, **{k: self.sure[k] for k in keys if k in self.sure}})

    def without(self, *keys: Key) -> Truth:
        return replace(self, sure={k: v for k, v in self.sure.items() if k not in keys})

    def also(self, *texts: str) -> Truth:
        return replace(self, texts=(*self.texts, *texts))

    def said(self, key: Key, value: str) -> Truth:
        return replace(self, sure={**self.sure, key: value})


Behaviour = Callable[[openpyxl.Workbook, Truth], Truth]
BEHAVIOURS: dict[str, Behaviour] = {}
AFTER: dict[str, Callable[[bytes], bytes]] = {}  # what happens to the saved file
NAMES: dict[str, str] = {}  # how the file is called


def behaviour(function: Behaviour) -> Behaviour:
    BEHAVIOURS[function.__name__] = function
    return function


# filling in ----------------------------------------------------------------------------------------------------


def sheet_names(path: Path) -> list[str]:
    """Of a workbook that is only looked at."""
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        return book.sheetnames


def tops(book) -> dict[str, int]:
    """Staff number -> 1-based first row of the form, as issued."""
    sheet = book[FORM_SHEET]
    found = {}
    row = 1
    while (value := sheet.cell(row + form.STAFF_ID[0], form.STAFF_ID[1] + 1).value) is not None:
        found[str(value)] = row
        row += form.ROWS
    return found


def place(top: int, key: str) -> tuple[int, int]:
    row, col, _ = form.FIELDS[key]
    return top + row, col + 1


def fill(book) -> Truth:
    """Everybody's form filled in, each text naming its person and field; the truth about it."""
    sheet, sure = book[FORM_SHEET], {}
    for number, (staff_id, top) in enumerate(tops(book).items()):
        day = date(2026, 5 + number % 3, 1 + number % 27)
        values = {
            "move": ("希望する", "どちらでもよい", "希望しない")[number % 3],
            "when": ("次の4月", "2年以内", "決めていない")[number % 3],
            "field_1": f"福祉（{staff_id}）",
            "own_words": f"{staff_id}の思い\n二行目",
            "theme_1": ("デジタル・データ", "法律・条例", "政策づくり")[number % 3],
            "way": "オンライン研修",
            "aim_1": f"{staff_id}がつなぐ所属の目標",
            "plan_1": f"{staff_id}の目標1",
            "do_1": f"{staff_id}の取組1",
            "plan_2": f"{staff_id}の目標2",
            "mid_1": f"{staff_id}の中間",
            "act_2": f"{staff_id}の改善2",
            "attitude_words": f"{staff_id}の姿勢",
            "talked_on": day,
            "end_on": date(2027, 3, 1 + number % 27),
            "talked_with": f"{staff_id}の面談者",
            "doing_well": f"{staff_id}の良い点",
            "opinion": f"{staff_id}への意見",
        }
        for key, value in values.items():
            sheet.cell(*place(top, key)).value = value
            sure[staff_id, key, ""] = value.isoformat() if isinstance(value, date) else value
        for col in range(form.ABILITY_COLUMN, form.COLUMNS):
            ability = sheet.cell(top + form.ABILITIES, col + 1).value
            if ability and sheet.cell(top + form.NOW, col + 1).value:
                sheet.cell(top + form.FEELING, col + 1).value = "◎○△"[(number + col) % 3]
                sure[staff_id, "feeling", ability] = "◎○△"[(number + col) % 3]
                for field, row in form.SCORE_ROWS.items():
                    score = 1 + (number + col + row) % 5
                    sheet.cell(top + row, col + 1).value = score
                    sure[staff_id, field, ability] = str(score)
        for row in range(form.COURSES, form.COURSES + form.COURSE_ROWS):
            code = sheet.cell(top + row, form.COURSE_CODE + 1).value
            if code:
                sheet.cell(top + row, form.COURSE_ANSWER + 1).value = "調整が必要"
                sure[staff_id, "answer", code] = "調整が必要"
    return Truth(sure)


def first(book) -> tuple[str, int]:
    return next(iter(tops(book).items()))


def last(book) -> tuple[str, int]:
    return list(tops(book).items())[-1]


# moving cells as Excel does: contents, merged ranges and checks together -----------------------------------------


def _shift(sheet, *, rows: tuple[int, int] = (0, 0), cols: tuple[int, int] = (0, 0)) -> None:
    """Insert (positive) or delete (negative) `rows` = (at, how many) and `cols` likewise, merged ranges included."""
    merged = [(m.min_row, m.max_row, m.min_col, m.max_col) for m in sheet.merged_cells.ranges]
    _unmerged(sheet)
    if rows[1] > 0:
        sheet.insert_rows(rows[0], rows[1])
    elif rows[1] < 0:
        sheet.delete_rows(rows[0], -rows[1])
    if cols[1] > 0:
        sheet.insert_cols(cols[0], cols[1])
    elif cols[1] < 0:
        sheet.delete_cols(cols[0], -cols[1])
    for top, bottom, left, right in merged:
        spot = [*_moved(top, bottom, *rows), *_moved(left, right, *cols)]
        if None not in spot and (spot[0], spot[2]) != (spot[1], spot[3]):
            sheet.merged_cells.ranges.add(CellRange(min_row=spot[0], max_row=spot[1], min_col=spot[2], max_col=spot[3]))


def _moved(low: int, high: int, at: int, count: int) -> tuple[int | None, int | None]:
    if count >= 0:
        return (low + count if low >= at else low), (high + count if high >= at else high)
    gone = range(at, at - count)
    if low in gone and high in gone:
        return None, None
    low, high = (at if low in gone else low), (at - 1 if high in gone else high)
    return (low + count if low >= at - count else low), (high + count if high >= at - count else high)


def _unmerged(sheet) -> None:
    sheet.merged_cells.ranges.clear()
    for spot in [spot for spot, cell in sheet._cells.items() if isinstance(cell, MergedCell)]:
        del sheet._cells[spot]


# the table -------------------------------------------------------------------------------------------------------


@behaviour
def as_meant(book, truth):
    """Fills in and sends it."""
    return truth


@behaviour
def renamed(book, truth):
    """Calls the file anything."""
    return truth


NAMES["renamed"] = "Re_ 提出します（最終）ver3"


@behaviour
def renamed_sheet(book, truth):
    """Calls the sheet anything."""
    book[FORM_SHEET].title = "面談（記入済）"
    return truth


@behaviour
def row_inserted_above(book, truth):
    """A line of their own on top of everything."""
    _shift(book[FORM_SHEET], rows=(1, 2))
    book[FORM_SHEET].cell(1, 1).value = "課内回覧済み"
    return truth.also("課内回覧済み")


@behaviour
def row_inserted_inside(book, truth):
    """A longer answer goes on in a row of its own below the field."""
    staff_id, top = first(book)
    row = top + form.FIELDS["own_words"][0] + 1
    _shift(book[FORM_SHEET], rows=(row, 1))
    book[FORM_SHEET].cell(row, 1).value = f"{staff_id}の続き"
    return truth.also(f"{staff_id}の続き")


@behaviour
def rows_inserted_everywhere(book, truth):
    """Blank rows between the parts of every form."""
    sheet = book[FORM_SHEET]
    for top in reversed(list(tops(book).values())):
        for row in reversed(form.HEADINGS[1:]):
            _shift(sheet, rows=(top + row, 1))
    return truth


@behaviour
def row_deleted(book, truth):
    """The second line of goals deleted in the first form."""
    staff_id, top = first(book)
    _shift(book[FORM_SHEET], rows=(top + form.FIELDS["plan_2"][0], -1))
    return truth.without((staff_id, "plan_2", ""))


@behaviour
def headings_deleted(book, truth):
    """The headings of the fields deleted: more room to write."""
    sheet = book[FORM_SHEET]
    for top in reversed(list(tops(book).values())):
        for row in reversed(form.FIELD_HEADS):
            _shift(sheet, rows=(top + row, -1))
    return truth


@behaviour
def form_deleted(book, truth):
    """The form of the last person deleted."""
    staff_id, top = last(book)
    _shift(book[FORM_SHEET], rows=(top, -form.ROWS))
    return truth.without(*[key for key in truth.sure if key[0] == staff_id])


@behaviour
def column_inserted_left(book, truth):
    """A column for ticks at the very left."""
    _shift(book[FORM_SHEET], cols=(1, 1))
    return truth


@behaviour
def column_inserted_inside(book, truth):
    """A narrow column in the middle of the form."""
    _shift(book[FORM_SHEET], cols=(5, 1))
    return truth


@behaviour
def column_added_right(book, truth):
    """Remarks in a column of their own beside the form."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(top + 36, 15).value = f"{staff_id}の備考"
    return truth.also(f"{staff_id}の備考")


@behaviour
def column_deleted(book, truth):
    """A column without fields of one cell deleted: the second of the twelve."""
    _shift(book[FORM_SHEET], cols=(2, -1))
    return truth


@behaviour
def hidden_column_deleted(book, truth):
    """The hidden column found and deleted."""
    _shift(book[FORM_SHEET], cols=(form.KEY_COLUMN + 1, -1))
    return truth


@behaviour
def hidden_column_deleted_and_rows_inserted(book, truth):
    """The hidden column gone, and a line on top."""
    _shift(book[FORM_SHEET], cols=(form.KEY_COLUMN + 1, -1))
    _shift(book[FORM_SHEET], rows=(1, 3))
    return truth


@behaviour
def forms_reordered(book, truth):
    """The last form moved to the top."""
    sheet = book[FORM_SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=form.KEY_COLUMN + 1)]
    _, top = last(book)
    moved = [*rows[top - 1 :], *rows[: top - 1]]
    _unmerged(sheet)
    for r, values in enumerate(moved, start=1):
        for c, value in enumerate(values, start=1):
            sheet.cell(r, c).value = value
    return truth


@behaviour
def rows_sorted(book, truth):
    """The whole sheet sorted by the first column; merged cells gone."""
    sheet = book[FORM_SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=form.KEY_COLUMN + 1)]
    _unmerged(sheet)
    rows.sort(key=lambda values: (values[0] is None, str(values[0])))
    for r, values in enumerate(rows, start=1):
        for c, value in enumerate(values, start=1):
            sheet.cell(r, c).value = value
    return truth


@behaviour
def staff_list_sorted(book, truth):
    """The staff list sorted the other way round."""
    sheet = book[STAFF_SHEET]
    rows = [r for r in range(5, sheet.max_row + 1) if isinstance(sheet.cell(r, 2).value, str) and sheet.cell(r, 1).value]
    rows = [r for r in rows if not sheet.cell(r, 1).value.startswith("計")]
    values = [[cell.value for cell in sheet[r]] for r in rows]
    for r, line in zip(rows, reversed(values), strict=True):
        for c, value in enumerate(line, start=1):
            if type(sheet.cell(r, c)).__name__ == "Cell":
                sheet.cell(r, c).value = value
    return truth


@behaviour
def cells_merged(book, truth):
    """The field of own words merged with the gap below it."""
    _staff_id, top = first(book)
    sheet, (row, _, cols) = book[FORM_SHEET], form.FIELDS["own_words"]
    sheet.unmerge_cells(start_row=top + row, end_row=top + row, start_column=1, end_column=cols)
    sheet.merge_cells(start_row=top + row, end_row=top + row + 1, start_column=1, end_column=cols)
    return truth


@behaviour
def cells_unmerged(book, truth):
    """Merged cells split; the answer typed into the second of three."""
    _staff_id, top = first(book)
    sheet = book[FORM_SHEET]
    _unmerged(sheet)
    row, col = place(top, "plan_1")
    sheet.cell(row, col + 1).value, sheet.cell(row, col).value = sheet.cell(row, col).value, None
    return truth


@behaviour
def values_pasted(book, truth):
    """Everything pasted back as values without looks."""
    sheet = book[FORM_SHEET]
    for row in sheet.iter_rows():
        for cell in row:
            if type(cell).__name__ == "Cell":
                cell.style = "Normal"
    return truth


@behaviour
def formula_without_value(book, truth):
    """A formula that points at another form, never calculated."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(*place(top, "plan_1")).value = f'=A{top + 100}&""'
    key = (staff_id, "plan_1", "")
    return replace(truth.without(key), asked={**truth.asked, key: "="})


@behaviour
def text_dates(book, truth):
    """Dates as texts, in the ways people write them."""
    sheet = book[FORM_SHEET]
    spelt = ("R8.6.3", "令和8年6月3日", "2026/6/3", "2026.6.3", "20260603", "令和８年６月３日（水）")
    for number, (staff_id, top) in enumerate(tops(book).items()):
        sheet.cell(*place(top, "talked_on")).value = spelt[number % len(spelt)]
        truth = truth.said((staff_id, "talked_on", ""), "2026-06-03")
    return truth


@behaviour
def date_without_year(book, truth):
    """A day and a month."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(*place(top, "talked_on")).value = "6月3日"
    return truth.said((staff_id, "talked_on", ""), "2026-06-03").unsure((staff_id, "talked_on", ""))


@behaviour
def date_of_another_year(book, truth):
    """Last year's date by habit."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(*place(top, "talked_on")).value = date(2025, 6, 3)
    return truth.said((staff_id, "talked_on", ""), "2025-06-03").unsure((staff_id, "talked_on", ""))


@behaviour
def not_a_date(book, truth):
    """Words where a date belongs."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(*place(top, "talked_on")).value = "来週の予定"
    return truth.said((staff_id, "talked_on", ""), "来週の予定").unsure((staff_id, "talked_on", ""))


@behaviour
def free_text_in_lists(book, truth):
    """A sentence where one of three should be chosen."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(*place(top, "move")).value = "希望するが、時期は相談したい"
    return truth.said((staff_id, "move", ""), "希望するが、時期は相談したい").unsure((staff_id, "move", ""))


@behaviour
def choices_spelt_otherwise(book, truth):
    """The choices in other words and other letters."""
    sheet = book[FORM_SHEET]
    staff_id, top = first(book)
    sheet.cell(*place(top, "move")).value = " 希望します　"
    sheet.cell(*place(top, "when")).value = "次の４月"
    truth = truth.said((staff_id, "move", ""), "希望する").said((staff_id, "when", ""), "次の4月")
    for key in [k for k in truth.sure if k[0] == staff_id and k[1] == "feeling"]:
        col = next(c for c in range(3, 13) if sheet.cell(top + form.ABILITIES, c).value == key[2])
        sheet.cell(top + form.FEELING, col).value = "〇"
        truth = truth.said(key, "○")
    return truth


@behaviour
def numbers_for_texts(book, truth):
    """A number in a text field."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(*place(top, "field_1")).value = 3
    return truth.said((staff_id, "field_1", ""), "3")


@behaviour
def comment_in_a_cell(book, truth):
    """The answer in a comment instead of the cell."""
    staff_id, top = first(book)
    book[FORM_SHEET].cell(*place(top, "own_words")).comment = Comment(f"{staff_id}について口頭で確認", "課長")
    return truth.also(f"{staff_id}について口頭で確認")


@behaviour
def own_sheet_added(book, truth):
    """A sheet of their own with remarks."""
    sheet = book.create_sheet("課長メモ")
    sheet["B2"] = "全員について：残業が多い"
    return truth.also("全員について：残業が多い")


@behaviour
def name_corrected(book, truth):
    """A name corrected on the form, and a reading on the staff list."""
    _staff_id, top = first(book)
    book[FORM_SHEET].cell(top + form.VALUES, 1).value = "改姓　花子"
    return truth.also("改姓　花子")


@behaviour
def post_corrected(book, truth):
    """The section on the form corrected."""
    _, top = first(book)
    book[FORM_SHEET].cell(top + form.POST, 2).value = "総務部　人事課　新しい係"
    return truth.also("総務部　人事課　新しい係")


@behaviour
def title_corrected_on_the_list(book, truth):
    """A title corrected on the staff list."""
    sheet = book[STAFF_SHEET]
    sheet.cell(5, 5).value = "専門監"
    return truth.also("専門監")


@behaviour
def person_overwritten(book, truth):
    """One form made into another person's: number and name typed over."""
    people = list(tops(book).items())
    if len(people) < 2:
        return truth
    (one, top), (other, other_top) = people[0], people[1]
    sheet = book[FORM_SHEET]
    sheet.cell(top + form.STAFF_ID[0], form.STAFF_ID[1] + 1).value = other
    sheet.cell(top + form.VALUES, 1).value = sheet.cell(other_top + form.VALUES, 1).value
    return truth.unsure(*[key for key in truth.sure if key[0] == one])


@behaviour
def form_pasted_over(book, truth):
    """The page of the first person copied over that of the second, without the hidden column."""
    people = list(tops(book).items())
    if len(people) < 2:
        return truth
    (one, top), (other, other_top) = people[0], people[1]
    sheet = book[FORM_SHEET]
    _unmerged(sheet)
    for row in range(form.ROWS):
        for col in range(1, form.COLUMNS + 1):
            sheet.cell(other_top + row, col).value = sheet.cell(top + row, col).value
    mine = {k: v for k, v in truth.sure.items() if k[0] == one}
    truth = truth.without(*[key for key in truth.sure if key[0] == other])
    return truth.also(*(v for k, v in mine.items() if k[1] in ("plan_1", "opinion")))


@behaviour
def sheet_in_a_new_book(book, truth):
    """Only the form sheet sent, in a workbook of its own (values only)."""
    sheet = book[FORM_SHEET]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=form.KEY_COLUMN + 1)]
    for name in book.sheetnames:
        if name != FORM_SHEET:
            del book[name]
    _unmerged(sheet)
    for r, line in enumerate(values, start=1):
        for c, value in enumerate(line, start=1):
            sheet.cell(r, c).value = value
    for name in list(book.defined_names):
        del book.defined_names[name]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    return truth


@behaviour
def sheet_a_person(book, truth):
    """Every form on a sheet of its own."""
    sheet = book[FORM_SHEET]
    for number, (_staff_id, top) in enumerate(tops(book).items()):
        own = book.create_sheet(f"様式{number + 1}")
        for row in range(form.ROWS):
            for col in range(1, form.KEY_COLUMN + 2):
                own.cell(row + 1, col).value = sheet.cell(top + row, col).value
    del book[FORM_SHEET]
    return truth


@behaviour
def copy_of_the_sheet(book, truth):
    """A copy of the form sheet left in the book."""
    book.copy_worksheet(book[FORM_SHEET])
    return truth


@behaviour
def one_form_left_blank(book, truth):
    """The last person's form not filled in."""
    staff_id, top = last(book)
    sheet = book[FORM_SHEET]
    for row, col in [place(top, key) for key in form.FIELDS]:
        sheet.cell(row, col).value = None
    marked = (form.FEELING, *form.SCORE_ROWS.values())
    for row in (*marked, *range(form.COURSES, form.COURSES + form.COURSE_ROWS)):
        first_col = form.ABILITY_COLUMN if row in marked else form.COURSE_ANSWER
        for col in range(first_col, form.COLUMNS):
            if type(sheet.cell(top + row, col + 1)).__name__ == "Cell":
                sheet.cell(top + row, col + 1).value = None
    return truth.without(*[key for key in truth.sure if key[0] == staff_id])


@behaviour
def sheets_deleted(book, truth):
    """Everything but the forms deleted, "to make it smaller"."""
    for name in book.sheetnames:
        if name != FORM_SHEET:
            del book[name]
    return truth


@behaviour
def rows_hidden(book, truth):
    """Rows of the form hidden for a nicer look."""
    _, top = first(book)
    for row in range(top + 28, top + 40):
        book[FORM_SHEET].row_dimensions[row].hidden = True
    return truth


@behaviour
def course_written_in(book, truth):
    """A course added by hand in an empty line."""
    staff_id, top = last(book)
    sheet = book[FORM_SHEET]
    row = top + form.COURSES_MORE
    sheet.cell(row, 1).value = None if type(sheet.cell(row, 1)).__name__ != "Cell" else f"{staff_id}の希望研修"
    return truth.also(f"{staff_id}の希望研修")


@behaviour
def form_sheet_deleted(book, truth):
    """The forms deleted by mistake."""
    del book[FORM_SHEET]
    return Truth(refused=FileState.NO_FORM)


@behaviour
def last_years_book(book, truth):
    """Last year's form sent again."""
    for name in ("hrbook-run", "hrbook-year"):
        book.custom_doc_props[name].value = "2025" if name == "hrbook-year" else "f" * 64
    for defined in list(book.defined_names):
        del book.defined_names[defined]
    _other_numbers(book)
    return Truth(refused=FileState.WRONG_YEAR)


@behaviour
def another_issue(book, truth):
    """A book of another issue of the same year, which nobody knows any more."""
    book.custom_doc_props["hrbook-run"].value = "e" * 64
    for defined in list(book.defined_names):
        del book.defined_names[defined]
    _other_numbers(book)
    return Truth(refused=FileState.OTHER_RUN)


def _other_numbers(book) -> None:
    for row in book[FORM_SHEET].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and form.FORM.search(cell.value):
                cell.value = form.FORM.sub(lambda m: "0badf00d-" + m.group()[9:], cell.value)


@behaviour
def foreign_book(book, truth):
    """The city's own old form."""
    sheet = book.create_sheet("自己申告書", 0)
    for name in book.sheetnames[1:]:
        del book[name]
    sheet["A1"] = "自己申告書（旧様式）"
    for defined in list(book.defined_names):
        del book.defined_names[defined]
    for prop in list(book.custom_doc_props.names):
        del book.custom_doc_props[prop]
    return Truth(refused=FileState.FOREIGN)


@behaviour
def cut_off(book, truth):
    """The file arrived in half."""
    return Truth(refused=FileState.DAMAGED)


AFTER["cut_off"] = lambda data: data[: len(data) // 2]


@behaviour
def password(book, truth):
    """Protected by a password (the bytes that Office writes first, and the name of its stream)."""
    return Truth(refused=FileState.ENCRYPTED)


AFTER["password"] = lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + data


@behaviour
def in_a_zip(book, truth):
    """Packed into a zip file as Japanese Windows does it."""
    return truth


def _zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("提出/面談シート（記入済み）.xlsx", data)
    return buffer.getvalue()


AFTER["in_a_zip"] = _zipped
NAMES["in_a_zip"] = "提出.zip"


@cache
def slim(path: Path) -> bytes:
    """An issued book without the sheets that no behaviour touches: openpyxl opens it five times faster."""
    book = openpyxl.load_workbook(path)
    for name in book.sheetnames:
        if name not in (FORM_SHEET, STAFF_SHEET):
            del book[name]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def made(path: Path, name: str, source: bytes | None = None) -> tuple[str, bytes, Truth]:
    """The issued book at `path` (or `source`) filled in and treated as behaviour `name` has it: file name, bytes, truth."""
    book = openpyxl.load_workbook(path if source is None else io.BytesIO(source))
    truth = BEHAVIOURS[name](book, fill(book))
    buffer = io.BytesIO()
    book.save(buffer)
    data = AFTER.get(name, lambda found: found)(buffer.getvalue())
    called = NAMES.get(name, f"{path.stem}_{name}")
    return (called if called.endswith(".zip") else f"{called}.xlsx"), data, truth
