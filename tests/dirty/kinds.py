"""Kinds of defect. Each plants its kind into a clean city and says what must be found: codes with the very cells.

A kind with no expectation is a spelling that must be read without a word. `may` lists further codes that the same defect
may bring about on other cells."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.dirty.city import BUREAUS, COURSES, LEAVES, ORDERS, ROSTER, Cell, City, Grid

SERIAL = date(1899, 12, 30)
KANJI = "〇一二三四五六七八九"


@dataclass
class Found:
    """What must be found: (code, cell or sheet name) pairs."""

    must: list[tuple[str, Cell | str]] = field(default_factory=list)
    may: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()  # people whose true values the defect itself changes
    names: dict[str, str] = field(default_factory=dict)  # staff number -> the name that must come out, to the letter


Plant = Callable[[City, random.Random], Found]
KINDS: dict[str, Plant] = {}


def kind(plant: Plant) -> Plant:
    KINDS[plant.__name__] = plant
    return plant


def some(city: City, dice: random.Random, sheet: str = ROSTER, count: int = 3) -> list[list[Cell]]:
    return dice.sample(city.grids[sheet].rows[1:], count)


def change(city: City, dice: random.Random, sheet: str, heading: str, value: Any, code: str = "", may: str = "") -> Found:
    """`value` (or what it makes of the old value) into a few cells of a column."""
    found = Found(may=frozenset(may.split()))
    for row in some(city, dice, sheet):
        cell = city.grids[sheet].at(row, heading)
        cell.value = value(cell.value) if callable(value) else value
        if code:
            found.must.append((code, cell))
    return found


def value_kind(name: str, sheet: str, heading: str, value: Any, code: str = "", may: str = "") -> None:
    """A kind of defect that lies in single values."""
    KINDS[name] = lambda city, dice: change(city, dice, sheet, heading, value, code, may)


def era(day: date, form: str) -> str:
    letter, name, year = ("R", "令和", day.year - 2018) if day >= date(2019, 5, 1) else ("H", "平成", day.year - 1988)
    return form.format(letter=letter, name=name, year=year, month=day.month, day=day.day)


def wide(text: str) -> str:
    return text.translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789.RH"})


def kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else KANJI[tens]) + ("十" if tens else "") + (KANJI[ones] if ones else "")


# ---- spellings of dates that are read without a word
value_kind("date_era_letter", ROSTER, "採用年月日", lambda d: era(d, "{letter}{year}.{month}.{day}"))
value_kind("date_era_name", ROSTER, "採用年月日", lambda d: era(d, "{name}{year}年{month}月{day}日"))
value_kind("date_full_width", ROSTER, "採用年月日", lambda d: wide(era(d, "{letter}{year}.{month}.{day}")))
value_kind("date_spaced", ROSTER, "採用年月日", lambda d: era(d, "{name}{year}年\u3000{month}月\u3000{day}日"))
value_kind("date_kanji", ROSTER, "採用年月日", lambda d: f"平成{kanji(d.year - 1988)}年{kanji(d.month)}月{kanji(d.day)}日")
value_kind("date_slashes", COURSES, "修了日", lambda d: f"{d.year}/{d.month}/{d.day}")
value_kind("date_with_suffix", ORDERS, "発令日", lambda d: f"{d.year}年{d.month}月{d.day}日付")
value_kind("date_compact", COURSES, "修了日", lambda d: int(d.strftime("%Y%m%d")))
value_kind("date_weekday", COURSES, "修了日", lambda d: f"{d.year}.{d.month}.{d.day}(月)")
# ---- dates that take a word
value_kind("date_serial", ROSTER, "採用年月日", lambda d: (d - SERIAL).days, "HR205")
value_kind("date_era_overrun", COURSES, "修了日", lambda d: "H32.6.1", "HR202")
value_kind("date_without_era", ROSTER, "採用年月日", lambda d: f"{d.year - 1988}.4.1", "HR203", "HR402")
value_kind("date_unreadable", ROSTER, "生年月日", "昭和の頃", "HR201")
value_kind("date_impossible", COURSES, "修了日", "2015/2/30", "HR201")
value_kind("date_unknown", COURSES, "修了日", "不明", "HR204", "HR206")
value_kind("date_nines", LEAVES, "終了日", "9999/12/31", "HR204")
value_kind("date_month_only", ORDERS, "発令日", lambda d: f"{d.year}年{d.month}月", "HR214")
value_kind("date_era_month", ORDERS, "発令日", lambda d: era(d, "{letter}{year}.{month}"), "HR214")
value_kind("date_fiscal_year", ROSTER, "採用年月日", lambda d: f"{d.year}年度", "HR214", "HR402")
value_kind("date_year_number", ROSTER, "採用年月日", lambda d: d.year, "HR215", "HR402")
value_kind("date_year_in_date_cell", ROSTER, "採用年月日", lambda d: SERIAL + timedelta(days=d.year), "HR215", "HR402")
value_kind("date_blank", ROSTER, "採用年月日", None, "HR206", "HR402")
value_kind("date_error_cell", ROSTER, "採用年月日", "#N/A", "HR207", "HR402")
value_kind("date_unsaved_formula", ROSTER, "採用年月日", "=TODAY()", "HR208", "HR402")
value_kind("unsaved_lookup", ROSTER, "課", "=VLOOKUP(A2,Sheet9!A:B,2,FALSE)", "HR208")
value_kind("error_in_title", ROSTER, "職名", "#REF!", "HR207", "HR402")
# ---- names
value_kind("name_private_use", ROSTER, "氏名", "\ue000田\u3000太郎", "HR241")
value_kind("name_box", ROSTER, "氏名", "□橋\u3000花子", "HR241")
value_kind("name_code_point", ROSTER, "氏名", "U+9AD9橋\u3000花子", "HR241")
value_kind("name_blank", ROSTER, "氏名", None, "HR206")
value_kind("name_of_another", ORDERS, "氏名", "全然\u3000別人", "HR316", "HR402")
value_kind("name_spaced_otherwise", ORDERS, "氏名", lambda n: " ".join(n.replace("\u3000", "")))
# ---- words of closed sets, titles, units, courses
value_kind("title_unknown", ROSTER, "職名", "特命調整官", "HR231")
value_kind("title_blank", ROSTER, "職名", None, "HR206")
value_kind("title_spaced", ROSTER, "職名", "主\u3000任")
value_kind("employment_unknown", ROSTER, "任用区分", "嘱託", "HR221")
value_kind("presence_unknown", ROSTER, "在職状況", "長期研究", "HR222")
value_kind("presence_with_date", ROSTER, "在職状況", "休職中 R7.4.1～", "HR314")
value_kind("outcome_unknown", COURSES, "結果", "どうかな", "HR223")
value_kind("outcome_mark", COURSES, "結果", "◯")
value_kind("course_near", COURSES, "研修名", "ＯＪＴフォロー会", "HR315")
value_kind("course_unknown", COURSES, "研修名", "陶芸教室", "HR303")
value_kind("course_look_alike", COURSES, "研修名", lambda n: n.replace("ー", "－"))
value_kind("unit_near", ROSTER, "部", "子供家庭部", "HR320")
value_kind("unit_unknown_order", ORDERS, "課", "陶芸振興センター")
value_kind("order_word_unknown", ORDERS, "異動区分", "不思議な発令", "HR224")
value_kind("order_two_lines", ORDERS, "課", "市民課\n保育課", "HR218", "HR402")
value_kind("remark_leave", ROSTER, "備考", "R6.5.1～R7.3.31 育休", "HR317")
value_kind("remark_on_leave", ROSTER, "備考", "休職中", "HR317")
value_kind("remark_left", ROSTER, "備考", "退職 R8.3.31", "HR319")
value_kind("remark_seconded", ROSTER, "備考", "都派遣 R5.4～", "HR318")
value_kind("remark_harmless", ROSTER, "備考", "通勤手当あり")
# ---- staff numbers
value_kind("id_number_cell", ROSTER, "職員番号", int, "HR212")
value_kind("id_number_in_history", COURSES, "職員番号", int, "HR212")
value_kind("id_lost_zeros_text", COURSES, "職員番号", lambda i: i.lstrip("0"), "HR212")
value_kind("id_full_width", ROSTER, "職員番号", wide, "HR211")
value_kind("id_with_blanks", COURSES, "職員番号", lambda i: f" {i}\u00a0", "HR211")
value_kind("id_missing", ROSTER, "職員番号", None, "HR101", "HR301")
value_kind("id_unknown", COURSES, "職員番号", "999999", "HR301")
# ---- cross-checks
value_kind("rank_before_hire", ROSTER, "現職層開始日", date(1999, 4, 1), "HR322")
value_kind("course_before_hire", COURSES, "修了日", date(1999, 6, 1), "HR323")
value_kind("leave_reversed", LEAVES, "終了日", date(2020, 1, 1), "HR313")
value_kind("leave_before_hire", LEAVES, "開始日", date(2000, 1, 1), "HR324")
value_kind("leave_kind_unknown", LEAVES, "区分", "充電", "HR225")


def renamed(city: City, dice: random.Random, roster: str, history: str) -> Found:
    """One person's name in one form on the roster and in another in the history: to be printed as given, and to agree."""
    grid, orders = city.grids[ROSTER], city.grids[ORDERS]
    row = some(city, dice, count=1)[0]
    grid.at(row, "氏名").value = roster
    for order in orders.rows[1:]:
        if order[0].value == row[0].value:
            orders.at(order, "氏名").value = history
    return Found(names={row[0].value: roster})


KINDS["name_old_forms"] = lambda city, dice: renamed(city, dice, "髙﨑\u3000𠮷邊", "高崎 吉辺")
KINDS["name_compatibility_forms"] = lambda city, dice: renamed(city, dice, "\ufa19谷\u3000\ufa1b\ufa4f", "神谷福祐")
KINDS["name_of_marriage"] = lambda city, dice: renamed(city, dice, "架空\u3000良子", "旧姓\u3000良子")


@kind
def hired_as_a_child(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found()
    for row in some(city, dice):
        grid.at(row, "生年月日").value = date(2007, 5, 1)
        found.must.append(("HR321", grid.at(row, "採用年月日")))
    return found


@kind
def id_shown_by_format(city: City, dice: random.Random) -> Found:
    found = Found()
    for row in city.grids[ROSTER].rows[1:]:
        row[0].value, row[0].format = int(row[0].value), "000000"
        found.must.append(("HR213", row[0]))
    return found


@kind
def no_department(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found(may=frozenset({"HR302"}))
    for row in [grid.rows[3], grid.rows[9]]:
        for heading in ("部", "課", "係"):
            grid.at(row, heading).value = None
        found.must += [("HR102", grid.at(row, "部")), ("HR126", grid.at(row, "部"))]
    return found


@kind
def id_twice(city: City, dice: random.Random) -> Found:
    one, other = some(city, dice, count=2)
    other[0].value = one[0].value
    return Found([("HR103", one[0]), ("HR103", other[0])], frozenset({"HR302", "HR301"}))


@kind
def row_repeated(city: City, dice: random.Random) -> Found:
    row = some(city, dice, count=1)[0]
    copy = [Cell(cell.value) for cell in row]
    city.grids[ROSTER].rows.append(copy)
    return Found([("HR103", row[0]), ("HR103", copy[0]), ("HR127", copy[0])], frozenset({"HR302"}))


@kind
def second_post_row(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    row = some(city, dice, count=1)[0]
    copy = [Cell(cell.value) for cell in row]
    grid.rows.append(copy)
    grid.at(copy, "課").value, grid.at(copy, "備考").value = "財政課", "兼務"
    return Found([("HR103", row[0]), ("HR103", copy[0]), ("HR128", copy[0])], frozenset({"HR302"}))


@kind
def title_with_unit(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found()
    for row in some(city, dice):
        cell = grid.at(row, "職名")
        cell.value = f"{grid.at(row, '課').value}主任"
        found.must.append(("HR232", cell))
    return found


@kind
def date_partial_format(city: City, dice: random.Random) -> Found:
    """A true date of which the format shows the year, or the era alone: nothing is lost, whatever a reader says."""
    grid, found = city.grids[ROSTER], Found()
    for row, form in zip(some(city, dice, count=4), ("yyyy", "ggge", "e", "m/d"), strict=True):
        cell = grid.at(row, "採用年月日")
        cell.format = form
        if form in ("ggge", "e"):
            cell.value = (cell.value - SERIAL).days
            found.must.append(("HR205", cell))
    return found


@kind
def epoch_1904(city: City, dice: random.Random) -> Found:
    city.from_1904 = True
    return Found()


@kind
def orders_in_one_cell(city: City, dice: random.Random) -> Found:
    """Date and unit with a line for each of two orders, in one row."""
    grid, found = city.grids[ORDERS], Found()
    for place in (1, 6):
        one, other = grid.rows[place], grid.rows[place + 1]
        for heading in ("発令日", "部", "課", "係", "職名", "異動区分"):
            first, second = grid.at(one, heading), grid.at(other, heading)
            texts = [v.strftime("%Y/%m/%d") if isinstance(v, date) else v for v in (first.value, second.value)]
            first.value = "\n".join(texts)
        found.must.append(("HR217", grid.at(one, "発令日")))
        del grid.rows[place + 1]
    return found


@kind
def rows_struck_out(city: City, dice: random.Random) -> Found:
    found = Found()
    for row in some(city, dice, count=2):
        for cell in row:
            cell.strike = True
        found.must.append(("HR124", row[0]))
    return found


@kind
def rows_in_grey(city: City, dice: random.Random) -> Found:
    found = Found()
    for row in some(city, dice, count=2):
        for cell in row:
            cell.grey = True
        found.must.append(("HR125", row[0]))
    return found


# ---- layout
def blank_row(grid: Grid) -> list[Cell]:
    return [Cell(None) for _ in grid.head]


def row_with(grid: Grid, texts: dict[int, Any]) -> list[Cell]:
    row = blank_row(grid)
    for place, text in texts.items():
        row[place].value = text
    return row


@kind
def title_rows(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    title = row_with(grid, {0: "令和８年４月１日現在\u3000職員名簿（取扱注意）", 7: "人事課"})
    grid.merges.append((title[0], title[6]))
    grid.rows[:0] = [title, blank_row(grid)]
    return Found()


@kind
def heading_in_two_rows(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    upper, lower = row_with(grid, {}), grid.rows[0]
    for place, cell in enumerate(lower):
        if cell.value in ("部", "課", "係"):
            upper[place].value = "所\u3000属" if cell.value == "部" else None
        else:
            upper[place].value, cell.value = cell.value.replace("職員番号", "職員\n番号"), None
            grid.merges.append((upper[place], cell))
    bureau = next(n for n, cell in enumerate(lower) if cell.value == "部")
    grid.merges.append((upper[bureau], upper[bureau + 2]))
    grid.rows.insert(0, upper)
    return Found()


@kind
def heading_spellings(city: City, dice: random.Random) -> Found:
    other = {"職員番号": "職員コード", "氏名": "氏\u3000名", "採用年月日": "採用\n年月日", "部": "部局名", "職名": "補職名"}
    for cell in city.grids[ROSTER].head:
        cell.value = other.get(cell.value, cell.value)
    return Found()


@kind
def table_away_from_a1(city: City, dice: random.Random) -> Found:
    for grid in city.grids.values():
        grid.rows = [[Cell(None), Cell(None), *row] for row in grid.rows]
        grid.rows[:0] = [[Cell(None) for _ in grid.rows[0]] for _ in range(3)]
    return Found()


@kind
def columns_in_any_order(city: City, dice: random.Random) -> Found:
    for grid in city.grids.values():
        order = dice.sample(range(len(grid.head)), len(grid.head))
        grid.rows = [[row[place] for place in order] for row in grid.rows]
    return Found()


@kind
def blank_rows(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found()
    for place in (15, 8, 4):
        grid.rows.insert(place, blank_row(grid))
        found.must.append(("HR106", grid.rows[place][0]))
    return found


@kind
def subtotal_rows(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found()
    for place, text in ((20, "総合計"), (12, "総務部\u3000計"), (6, "小計")):
        grid.rows.insert(place, row_with(grid, {1: text, 3: 6}))
        found.must.append(("HR108", grid.rows[place][1]))
    return found


@kind
def headings_repeated(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found()
    for place in (17, 9):
        grid.rows.insert(place, [Cell(cell.value) for cell in grid.head])
        found.must.append(("HR107", grid.rows[place][0]))
    return found


@kind
def remark_row(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    grid.rows.append(row_with(grid, {0: "※ 休職者を含む。"}))
    return Found([("HR109", grid.rows[-1][0])])


@kind
def hidden_rows(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    grid.hidden_rows += [grid.rows[5][0], grid.rows[6][0]]
    return Found([("HR118", grid.rows[5][0])])


@kind
def hidden_columns(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    grid.hidden_columns.append(grid.head[3])
    return Found([("HR119", grid.head[3])])


@kind
def further_column(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    for row in grid.rows:
        row.append(Cell("級号給" if row is grid.head else "3-25"))
    return Found([("HR104", grid.head[-1])])


@kind
def merged_over_rows(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    column = grid.column("部")
    for row in grid.rows[5:8]:
        row[column].value = row[column + 1].value = None
    top = grid.rows[4]
    for place in (column, column + 1):
        grid.merges.append((top[place], grid.rows[7][place]))
    changed = frozenset(row[0].value for row in grid.rows[5:8])
    return Found([("HR120", top[column]), ("HR120", top[column + 1])], changed=changed)


@kind
def same_as_above(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found()
    for place, mark in ((5, "〃"), (6, "同上")):
        cell = grid.at(grid.rows[place], "部")
        cell.value = mark
        found.must.append(("HR121", cell))
    return found


@kind
def sheet_for_each_bureau(city: City, dice: random.Random) -> Found:
    grid = city.grids.pop(ROSTER)
    column, found = grid.column("部"), Found(may=frozenset({"HR117"}))
    for bureau in BUREAUS:
        rows = [row for row in grid.rows[1:] if row[column].value == bureau]
        if not rows:
            continue
        head = [Cell(cell.value) for cell in grid.head]
        city.grids[bureau] = Grid(bureau, [[*row[:column], *row[column + 1 :]] for row in (head, *rows)])
        found.must.append(("HR115", bureau))
    return found


@kind
def tables_under_captions(city: City, dice: random.Random) -> Found:
    grid, found = city.grids[ROSTER], Found()
    column = grid.column("部")
    stacked: list[list[Cell]] = []
    for bureau in BUREAUS:
        rows = [row for row in grid.rows[1:] if row[column].value == bureau]
        if not rows:
            continue
        caption = row_with(grid, {0: f"【{bureau}】"})
        head = [Cell(cell.value) for cell in grid.head]
        stacked += [caption, *([*row[:column], *row[column + 1 :]] for row in (head, *rows)), blank_row(grid)]
        found.must.append(("HR117", caption[0]))
        if len(found.must) > 1:
            found.must.append(("HR122", head[0]))
    grid.rows = stacked
    return found


@kind
def tables_side_by_side(city: City, dice: random.Random) -> Found:
    grid = city.grids[ROSTER]
    body = grid.rows[1:]
    half = len(body) // 2
    right_head = [Cell(cell.value) for cell in grid.head]
    pairs = zip((grid.head, *body[:half]), (right_head, *body[half:]), strict=True)
    grid.rows = [[*left, Cell(None), *right] for left, right in pairs]
    return Found([("HR122", right_head[0])])


@kind
def history_on_a_second_sheet(city: City, dice: random.Random) -> Found:
    grid = city.grids[COURSES]
    head = [Cell(cell.value) for cell in grid.head]
    city.grids["研修履歴2"] = Grid("研修履歴2", [head, *grid.rows[30:]])
    grid.rows = grid.rows[:30]
    return Found([("HR113", "研修履歴2")])


@kind
def history_under_another_name(city: City, dice: random.Random) -> Found:
    grid = city.grids.pop(LEAVES)
    grid.name = "休みの一覧"
    city.grids[grid.name] = grid
    return Found([("HR116", "休みの一覧")], frozenset({"HR116"}))


@kind
def unknown_sheet(city: City, dice: random.Random) -> Found:
    city.grids["控え"] = Grid("控え", [[Cell("メモ"), Cell("電話する")]])
    return Found([("HR105", "控え")])
