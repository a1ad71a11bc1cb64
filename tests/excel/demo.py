"""A book of an invented department that uses everything a sheet may use."""

from __future__ import annotations

from datetime import date

from hrbook.sheets.book import (
    Book,
    Cell,
    Chart,
    DataBar,
    DataColumn,
    DataSheet,
    DateCheck,
    Formula,
    Link,
    ListCheck,
    NumberCheck,
    Page,
    Run,
    Series,
    Sheet,
)

FOOTER = ("hrbook　基準日 R8.4.1", "{page} ／ {pages}", "総務部人事課")
PEOPLE = (
    ("010021", "渡邉\U000e0101 誠一", "わたなべ せいいち", "部長", date(1992, 4, 1), 35, "not_applicable", "－ 対象外"),
    ("010358", "﨑山 由美子", "さきやま ゆみこ", "課長", date(2000, 4, 1), 27, "not_applicable", "－ 対象外"),
    ("011034", "𠮷田 彩香", "よしだ あやか", "主任", date(2015, 4, 1), 12, "not_reached", "▲ 未到達"),
    ("011102", "小野寺 拓海", "おのでら たくみ", "主任", date(2017, 4, 1), 10, "out_of_reach", "▲ 届かない"),
    ("011128", "齋藤 美咲", "さいとう みさき", "主任", date(2018, 4, 1), 9, "met", "● 到達"),
    ("011240", "藤本 悠斗", "ふじもと ゆうと", "主事", date(2019, 5, 1), 8, "needs_plan", "△ 要計画"),
    ("011311", "長谷川 結衣", "はせがわ ゆい", "主事", date(2022, 4, 1), 5, "on_track", "○ 順調"),
)
REASON = "入庁10年目で経験した部署は2つです。次の異動期（令和9年4月）に3部署目の配置を検討してください。"


def page(name: str, *, landscape: bool = True, **more: object) -> Page:
    header = ("取扱注意　人事情報", f"令和8年度 人材育成ブック　［{name}］", "様式第1号")
    return Page(landscape=landscape, header=header, footer=FOOTER, **more)  # type: ignore[arg-type]


def cover() -> Sheet:
    cells = [
        Cell(0, 0, "令和８年度　人材育成ブック", "title_large", cols=18),
        Cell(1, 0, "市民生活部　　職員 7 人　　部長 渡邉\U000e0101 誠一", "subtitle", cols=18),
        Cell(2, 0, "基準日 令和８年４月１日　｜　根拠 人材育成基本方針", "band_small", cols=18),
    ]
    for index, head in enumerate(("部長", "庶務担当課長", "人事課")):
        cells += [Cell(0, 18 + 2 * index, head, "seal_head", cols=2)]
        cells += [Cell(1, 18 + 2 * index, None, "seal_box", rows=2, cols=2)]
    figures = (
        ("職員数", "7", "人", "一般職 5／管理職 2", ""),
        ("今年度に受講する研修", "9", "件", "対象 6 人", "_blue"),
        ("時期を過ぎた未受講", "3", "件", "「研修計画」の「遅」", "_alarm"),
        ("受講率（これまでの分）", "98", "％", "121 ／ 124 件", "_blue"),
        ("順調・到達", "2", "人", "対象 5 人（一般職）", "_blue"),
        ("要確認", "3", "人", "要計画・届かない・未到達", "_alarm"),
    )
    for index, (label, number, unit, note, kind) in enumerate(figures):
        col = 4 * index
        cells += [
            Cell(4, col, label, f"kpi_label{kind}", cols=4),
            Cell(
                5, col, f"{number} {unit}", f"kpi_number{kind}", cols=4, runs=(Run(number), Run(f" {unit}", "kpi_unit regular"))
            ),
            Cell(6, col, note, f"kpi_note{kind}", cols=4),
        ]
    for col, text in ((0, "職層の構成"), (8, "配置の目安（10年で3部署）"), (16, "これから受ける研修（件）")):
        cells += [Cell(8, col, text, "h2", cols=7 if col < 16 else 8)]
    cells += [Cell(22, 0, "まず見てほしいこと", "h2", cols=16), Cell(22, 16, "氏名を押すと移動します", "h2_note", cols=8)]
    for offset, person in enumerate(PEOPLE[2:5]):
        row = 23 + offset
        cells += [
            Cell(row, 0, person[7], f"chip_{person[6]}", cols=2),
            Cell(row, 2, person[1], "name link", cols=4, link=Link("面談シート", "A1")),
            Cell(row, 6, REASON, "td_wrap", cols=12),
            Cell(row, 18, "次の異動期に3部署目の配置を検討", "td_wrap", cols=6),
        ]
    data = "集計"
    charts = (
        Chart(
            9,
            0,
            "bar",
            (Series("人数", (data, 1, 0, 4, 0), (data, 1, 1, 4, 1), "navy2"),),
            330,
            220,
            "職層の構成。部長1人、課長1人、主任3人、主事2人。",
            number_format="people",
        ),
        Chart(
            9,
            8,
            "doughnut",
            (Series("配置", (data, 6, 0, 10, 0), (data, 6, 1, 10, 1), "blue", ("blue", "sky", "orange", "alarm", "alarm2")),),
            330,
            220,
            "配置の目安。到達1人、順調1人、要計画1人、届かない見込み1人、未到達1人。",
            category_labels=True,
            number_format="people",
        ),
        Chart(
            9,
            16,
            "stacked_bar",
            (
                Series("今年度", (data, 12, 0, 14, 0), (data, 12, 1, 14, 1), "orange"),
                Series("遅れ", (data, 12, 0, 14, 0), (data, 12, 2, 14, 2), "alarm"),
                Series("3年以内", (data, 12, 0, 14, 0), (data, 12, 3, 14, 3), "grey2"),
            ),
            380,
            220,
            "これから受ける研修。階層別 今年度4件、遅れ2件、3年以内7件。",
            legend=True,
        ),
    )
    return Sheet(
        "表紙",
        (6.57,) * 24,
        cells,
        page("表紙", fit_height=1),
        charts=charts,
        tab="navy",
        heights={0: 34, 1: 20, 2: 18, 3: 8, 4: 18, 5: 32, 6: 18, 7: 8, 21: 6},
    )


def staff_list() -> Sheet:
    heads = ("職員番号", "氏名", "ふりがな", "職層", "採用日", "入庁\n年数", "配置の目安", "理由", "面談")
    cells = [
        Cell(0, 0, "職員一覧", "title", cols=8),
        Cell(0, 8, "◀ 表紙", "band_link", link=Link("表紙")),
        Cell(1, 0, "7人のうち、配置の目安で確認が必要な人は3人、研修が遅れている人は3人です。", "finding", cols=9),
        *(Cell(3, col, head, "th") for col, head in enumerate(heads)),
    ]
    for offset, (number, name, kana, rank, hired, year, status, label) in enumerate(PEOPLE):
        row, top = 4 + offset, " group_top" if offset in (1, 2, 5) else ""
        cells += [
            Cell(row, 0, number, f"staff_id{top}"),
            Cell(row, 1, name, f"name{top}"),
            Cell(row, 2, kana, f"kana{top}"),
            Cell(row, 3, rank, f"td_center{top}"),
            Cell(row, 4, hired, f"td era_date{top}"),
            Cell(row, 5, year, f"td_right nth_year{top}"),
            Cell(row, 6, label, f"chip_{status}", note="読み方によらず同じ" if offset == 2 else ""),
            Cell(row, 7, REASON if offset == 3 else "監督職・管理職（参考）", f"td_wrap{top}"),
            Cell(row, 8, "開く", "link_center", link=Link("面談シート", "A1")),
        ]
    total = 4 + len(PEOPLE)
    cells += [
        Cell(total, 0, "計（人）", "totals_label", cols=5),
        Cell(total, 5, Formula("COUNT(F5:F11)", 7), "totals"),
        Cell(total, 6, None, "totals", cols=3),
    ]
    return Sheet(
        "職員一覧",
        (10.3, 16, 18, 7.4, 17, 9, 13, 46, 7),
        cells,
        page("職員一覧", repeat_rows=(0, 3)),
        heights={0: 33, 2: 6},
        freeze=(4, 2),
        autofilter=(3, 0, total - 1, 8),
        bars=(DataBar(4, 5, total - 1, 5, "data_bar", 40),),
    )


def rotation() -> Sheet:
    cells = [
        Cell(0, 0, "ローテーション", "title", cols=13),
        Cell(0, 13, "◀ 表紙", "band_link", link=Link("表紙")),
        Cell(1, 0, "一般職5人のうち、到達1人・順調1人・要計画1人・届かない見込み1人・未到達1人です。", "finding", cols=14),
        Cell(3, 0, "氏名", "th", rows=2),
        Cell(3, 1, "キャリア形成期（おおむね10年）：3つ以上の部署を経験", "th_blue guide_line", cols=10),
        Cell(3, 11, "期間内の\n部署数", "th", rows=2),
        Cell(3, 12, "判定", "th", rows=2),
        Cell(3, 13, "理由", "th", rows=2),
        *(Cell(4, 1 + year, f"{year + 1}年目", "th2 guide_line" if year == 9 else "th2") for year in range(10)),
    ]
    spells = (
        (2, (("福祉総務課", 6), ("市民課", 4))),
        (3, (("税務課", 4), ("市民課", 6))),
        (4, (("保険年金課", 3), ("道路課", 3), ("協働推進課", 3))),
        (6, (("税務課", 3), ("協働推進課", 2))),
    )
    for offset, (who, parts) in enumerate(spells):
        row, col = 5 + offset, 1
        cells.append(Cell(row, 0, PEOPLE[who][1], "name"))
        for nth, (unit, years) in enumerate(parts, start=1):
            grey = "g" if offset == 0 else ""
            for step in range(years):
                edge = " bar_start" if not step else ""
                edge += " guide_line" if col == 10 else " now_line" if nth == len(parts) and step == years - 1 else ""
                cells.append(Cell(row, col, None if step else f"{nth} {unit}", f"bar{grey}{nth}{edge}"))
                col += 1
        for rest in range(col, 11):
            cells.append(
                Cell(row, rest, "あと1部署" if rest == col else None, "bar_empty" + (" guide_line" if rest == 10 else ""))
            )
        cells += [
            Cell(row, 11, "●" * min(3, len(parts)) + "○" * (3 - len(parts)), "pips"),
            Cell(row, 12, PEOPLE[who][7], f"chip_{PEOPLE[who][6]}"),
            Cell(row, 13, REASON, "td_wrap"),
        ]
    marks = (
        ("bar1", "1部署目"),
        ("bar2", "2部署目"),
        ("bar3", "3部署目"),
        ("bar4", "4部署目"),
        ("bar5", "5部署目"),
        ("bar6", "6部署目"),
        ("bar_secondment", "派遣"),
        ("bar_leave", "休業"),
        ("bar_unknown", "不明"),
    )
    cells += [Cell(10, 1 + index, text, look) for index, (look, text) in enumerate(marks)]
    return Sheet("ローテーション", (14.9, *(8,) * 10, 10, 12, 34), cells, page("ローテーション"), heights={0: 33, 2: 6, 9: 8})


def matrix() -> Sheet:
    abilities = ("政策決定能力", "行政経営能力", "危機管理能力", "組織運営能力", "専門能力", "OJT")
    cells = [
        Cell(0, 0, "能力ウエイト", "title", cols=8),
        Cell(2, 0, "職層", "th"),
        *(Cell(2, 1 + index, text, "th_vertical") for index, text in enumerate(abilities)),
        Cell(2, 7, "求められる行動・役割（主なもの）", "th"),
    ]
    for row, rank in enumerate(("部長", "課長", "係長", "主任", "主事"), start=3):
        cells.append(Cell(row, 0, rank, "td_center bold"))
        for col in range(1, 7):
            kind = (row + col) % 4
            look, mark = (("mark_especially", "◎"), ("mark_required", "〇"), ("mark_none", None), ("mark_new", "〇"))[kind]
            cells.append(Cell(row, col, mark, look))
        cells.append(Cell(row, 7, "上司の指示を的確に把握し、具体的な事業を企画・立案する", "td_wrap"))
    looks = (
        "completed",
        "exempt",
        "in_target",
        "deferred",
        "lapsed",
        "training_undetermined",
        "overdue",
        "upcoming",
        "unscheduled",
        "training_not_applicable",
        "met",
        "on_track",
        "needs_plan",
        "out_of_reach",
        "not_reached",
        "excused",
        "undetermined",
        "not_applicable",
    )
    cells += [Cell(10 + index // 7, 1 + index % 7, f"済 R{index}", f"chip_{look}") for index, look in enumerate(looks)]
    cells += [Cell(14, 1 + index, index * 3, f"heat{index}") for index in range(5)]
    return Sheet("能力ウエイト", (9, *(9,) * 6, 30), cells, page("能力ウエイト"), heights={0: 33, 1: 6})


def form() -> Sheet:
    cells: list[Cell] = []
    breaks = []
    for index, person in enumerate(PEOPLE[:2]):
        top = index * 40
        cells += [
            Cell(top, 0, "面談シート", "title", cols=4),
            Cell(top, 4, "令和8年度　市民生活部", "subtitle", cols=6),
            Cell(top, 10, "◀ 一覧", "band_link", cols=2, link=Link("職員一覧")),
            Cell(top + 2, 0, person[2], "field_kana", cols=3),
            Cell(top + 3, 0, person[1], "field_name", cols=3),
            Cell(top + 2, 3, "職員番号", "field_label", cols=2),
            Cell(top + 3, 3, person[0], "field_value as_text", cols=2),
            Cell(top + 2, 5, "職層", "field_label", cols=2),
            Cell(top + 3, 5, person[3], "field_value", cols=2),
            Cell(top + 5, 0, "１　今の職層で身につける能力", "h2", cols=8),
            Cell(top + 5, 8, "◎ 特に必要", "h2_note", cols=4),
            Cell(
                top + 6,
                0,
                "・課題を発見し、解決に向けて具体的な事業を提言するとともに、上司を補佐し、後輩職員への指導や助言を行う",
                "bullet",
                cols=12,
            ),
            Cell(top + 8, 0, "異動の希望", "field_label", cols=4),
            Cell(top + 8, 4, "面談日", "field_label", cols=4),
            Cell(top + 8, 8, "手ごたえ", "field_label", cols=4),
            Cell(top + 9, 0, None, "input_center", cols=4),
            Cell(top + 9, 4, None, "input_date", cols=4),
            Cell(top + 9, 8, None, "input_number", cols=4),
            Cell(top + 10, 0, "本人から", "field_label", cols=12),
            Cell(top + 11, 0, None, "input", cols=12),
        ]
        if index:
            breaks.append(top)
    checks = (
        ListCheck(
            9,
            0,
            9,
            3,
            ("希望する", "希望しない"),
            prompt_title="異動の希望",
            prompt="選んでください",
            error="一覧から選んでください",
        ),
        DateCheck(9, 4, 9, 7, date(2026, 4, 1), date(2027, 3, 31), error="年度内の日付を入れてください"),
        NumberCheck(9, 8, 9, 11, 1, 5),
        ListCheck(49, 0, 49, 3, source="=選択肢!$A$1:$A$2"),
    )
    return Sheet(
        "面談シート",
        (8.9,) * 12,
        cells,
        page("面談シート", landscape=False, row_breaks=tuple(breaks)),
        heights={0: 30, 11: 90, 40: 30, 51: 90},
        checks=checks,
        protected=True,
        zoom=110,
        active=(9, 0),
    )


def figures() -> Sheet:
    rows = [
        ("職層", "人数", "", ""),
        ("部長", 1),
        ("課長", 1),
        ("主任", 3),
        ("主事", 2),
        ("判定", "人数"),
        ("到達", 1),
        ("順調", 1),
        ("要計画", 1),
        ("届かない見込み", 1),
        ("未到達", 1),
        ("区分", "今年度", "遅れ", "3年以内"),
        ("市独自 階層別", 4, 2, 7),
        ("市独自 特別", 1, 0, 0),
        ("市町村職員研修所", 4, 1, 3),
    ]
    cells = [Cell(r, c, value, "td") for r, row in enumerate(rows) for c, value in enumerate(row)]
    return Sheet("集計", (20, 8, 8, 8), cells, page("集計"), hidden=True)


def data() -> DataSheet:
    columns = (
        DataColumn("年度（西暦）", "integer", 13.7),
        DataColumn("職員番号", "text", 11.4),
        DataColumn("氏名", "text", 15.7),
        DataColumn("採用日", "date", 13.7),
        DataColumn("受講率（％）", "number", 14),
    )
    rows = [(2026, number, name, hired, 98.5 if year > 9 else None) for number, name, _, _, hired, year, _, _ in PEOPLE]
    return DataSheet("データ_職員", columns, rows, page("データ_職員"), tab="grey")


def demo_book() -> Book:
    choices = Sheet(
        "選択肢", (20,), [Cell(0, 0, "希望する", "cell"), Cell(1, 0, "「今は」, 希望しない", "cell")], page("選択肢"), hidden=True
    )
    empty = DataSheet("データ_空", (DataColumn("年度（西暦）", "integer", 13.7),), (), page("データ_空"))
    return Book(
        "市民生活部/人材育成ブック.xlsx",
        "令和8年度 人材育成ブック 市民生活部",
        "人材育成",
        "みはらし市",
        "目安であり、規則ではありません",
        (cover(), staff_list(), rotation(), matrix(), form(), figures(), choices, data(), empty),
        custom={"hrbook.run": "0123abcd", "hrbook.as_of": "2026-04-01"},
    )
