"""The policy as a workbook: an unedited one gives back the same bytes, an edited one what was edited, a wrong one its cells."""

import tomllib
from pathlib import Path

import pytest

from hrbook import resources
from hrbook.core.fault import Fault
from hrbook.core.policy import Policy
from hrbook.ingest.policy import read_policy
from hrbook.ingest.policy_book import BLOCKS, same_entry
from hrbook.ingest.shape import shaped
from hrbook.ingest.toml_edit import edited
from hrbook.policy_book.dictionary import Shape, load_plan
from tests.policy.books import Edited, exported

SHIPPED = [name.removesuffix(".toml") for name in resources.names("policy", ".toml")]


@pytest.fixture(scope="module")
def data() -> bytes:
    return exported()


def back(edit: Edited, folder: Path) -> tuple[str, Policy]:
    """The file and the policy of an edited workbook."""
    found = read_policy(edit.save(folder / "own.xlsx"))
    assert found.book is not None
    return found.book.text(), found.policy()


def wrong(edit: Edited, folder: Path) -> Fault:
    with pytest.raises(Fault) as caught:
        read_policy(edit.save(folder / "own.xlsx")).policy()
    assert caught.value.key == "policy_invalid"
    return caught.value


@pytest.mark.parametrize("name", SHIPPED)
def test_the_round_trip_is_exact(name: str, tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    path.write_bytes(exported(name))
    found, original = read_policy(str(path)), resources.read_bytes(f"policy/{name}.toml")
    assert found.book is not None
    assert found.book.text().encode() == original
    assert found.policy() == read_policy(name).policy()


def test_the_same_policy_gives_the_same_workbook(data: bytes) -> None:
    assert exported() == data


def test_a_program_that_saves_it_again_changes_nothing(data: bytes, tmp_path: Path) -> None:
    text, _ = back(Edited(data), tmp_path)
    assert text.encode() == resources.read_bytes("policy/tachikawa-3.toml")


def test_every_field_of_a_policy_has_a_place_in_the_workbook() -> None:
    """What the workbook did not know would be lost on the way back."""
    named: dict[tuple[str, ...], set[str]] = {}
    for plan in load_plan().sheets:
        base = plan.path if plan.shape in (Shape.LIST, Shape.MAP, Shape.PART) else (*plan.path, plan.child)
        for field in plan.fields:
            path = field.path if plan.shape is Shape.VALUES else (*base, *field.path)
            for depth in range(len(path)):
                named.setdefault(path[:depth], set()).add(path[depth])
    _, flaws = shaped(Policy, {"nothing": 1})
    fields = {flaw.loc[0] for flaw in flaws} - {"nothing"}
    assert fields <= named[()]
    for path, entry in {
        ("ranks",): {"id", "name", "group", "clause"},
        ("competency", "abilities"): {"id", "name", "gist", "clause", "marks", "basis", "aliases", "short", "note", "names"},
        ("training", "courses"): {"targets", "names", "prerequisites", "excludes", "replaced_by", "repeat_years", "seats"},
        ("rotation", "reading"): {"requirements", "ranks", "employment", "job_families", "window_years", "midcareer"},
        ("rotation", "stays"): {"minimum_years", "target_years", "maximum_years", "categories", "places", "observation"},
    }.items():
        assert entry <= named[path] | ({"targets", "names"} & entry), path


def test_an_edited_value_changes_its_own_line_only(data: bytes, tmp_path: Path) -> None:
    edit = Edited(data)
    edit.put("研修", 1, "研修", "新任職員研修")
    edit.item("ローテーション", "期間（年）", 12)
    edit.put("職層", 2, "確かさ", "推定")
    text, policy = back(edit, tmp_path)
    old = resources.read_bytes("policy/tachikawa-3.toml").decode().splitlines()
    changed = [(a, b) for a, b in zip(old, text.splitlines(), strict=True) if a != b]
    assert [b for _, b in changed] == [
        '  { id = "shunin",    name = "主任", group = "general",     clause = "4-2", basis = "inferred" },',
        "window_years = 12                                       # 「おおむね10年」",
        'name = "新任職員研修"',
    ]
    assert policy.rotation.reading.window_years == 12


def test_rows_come_go_and_change_places(data: bytes, tmp_path: Path) -> None:
    edit = Edited(data)
    sheet = edit.book["職名"]
    sheet.delete_rows(6)  # the first title
    edit.put("職名", edit.length("職名") + 1, "職名", "副参事")
    last = edit.length("職名")
    for heading, value in (("職層", "課長"), ("条項", "第4章第2節"), ("確かさ", "市の決定"), ("出典", "人事課の内規")):
        edit.put("職名", last, heading, value)
    stages = edit.book["キャリア段階"]
    first, second = ([cell.value for cell in stages[row]] for row in (7, 8))
    for row, values in ((7, second), (8, first)):
        for column, value in enumerate(values, start=1):
            stages.cell(row, column).value = value
    text, policy = back(edit, tmp_path)
    titles = [(title.title, title.rank) for title in policy.titles]
    assert titles[0] == ("主任", "shunin") and titles[-1] == ("副参事", "kacho")
    assert [stage.id for stage in policy.career.stages] == ["transmission", "core", "formation", "supervisor", "manager"]
    assert "# 職名から職層への対応。主査は、図の役職定年後の欄が係長の能力を求めていることによります。" in text
    assert '  { title = "副参事", rank = "kacho", clause = "4-2", basis = "set_by_city", source = "人事課の内規" },' in text


def test_a_course_with_everything_is_added(data: bytes, tmp_path: Path) -> None:
    edit = Edited(data)
    row = edit.length("研修") + 1
    for heading, value in (
        ("研修コード", "TS-Z01"), ("研修", "政策提案"), ("図の表記", "政策提案"), ("実施機関", "東京都市町村職員研修所"),
        ("区分", "階層別研修"), ("順", 9), ("時期の確かさ", "明記"), ("日数", 3), ("条項", "第4章第3節2"),
    ):  # fmt: skip
        edit.put("研修", row, heading, value)
    row = edit.length("研修の対象") + 1
    for heading, value in (("研修コード", "TS-Z01"), ("職層", "主事、主任"), ("入庁年数から", 5), ("指名のみ", "はい")):
        edit.put("研修の対象", row, heading, value)
    for heading, value in (("研修コード", "TS-Z01"), ("受けていれば対象外", "TS-K06"), ("繰返し（年）", 10)):
        edit.put("研修の条件", 2, heading, value)
    text, policy = back(edit, tmp_path)
    course = policy.training.courses[-1]
    assert (course.code, course.days, course.excludes, course.repeat_years) == ("TS-Z01", "3", ("TS-K06",), 10)
    assert [(t.ranks, t.service_year and t.service_year.first, t.nominated) for t in course.targets] == [
        (("shuji", "shunin"), 5, True)
    ]
    assert '[[training.courses]]\ncode = "TS-Z01"' in text
    assert text.startswith(resources.read_bytes("policy/tachikawa-3.toml").decode()[:20_000])


def test_a_rank_gets_another_name_everywhere(data: bytes, tmp_path: Path) -> None:
    """The other sheets still have the old word; it means the same rank."""
    edit = Edited(data)
    edit.put("職層", 2, "職層", "主任級")
    _, policy = back(edit, tmp_path)
    assert policy.rank_name("shunin") == "主任級"
    assert {title.rank for title in policy.titles if title.title == "主任"} == {"shunin"}


WRONG = [
    ("職層", 1, "区分", "", "group"),
    ("職名", 2, "職層", "主仁", "主仁"),
    ("職名", 2, "確かさ", "たぶん", "たぶん"),
    ("職名", 2, "条項", "第9章", "第9章"),
    ("印", 1, "点", "二", "二"),
    ("能力", 1, "部長", "△", "△"),
    ("能力", 2, "符号", "policy_decision", "policy_decision"),
    ("行動・役割", 1, "能力", "魔法", "魔法"),
    ("キャリア段階", 2, "役職定年後", "もちろん", "もちろん"),
    ("経験の数", 1, "単位", "階", "階"),
    ("経験の数", 1, "いくつ以上", 0, "0"),
    ("読み方の根拠", 1, "項目", "気分", "気分"),
    ("研修", 3, "実施機関", "どこか", "どこか"),
    ("研修", 3, "研修コード", "TC-K01", "TC-K01"),
    ("研修の対象", 1, "研修コード", "TC-K99", "TC-K99"),
    ("研修の対象", 1, "入庁年数まで", "一年", "一年"),
    ("研修の別名", 1, "別名", "目標設定", "目標設定"),
    ("条文の対応", 1, "字数", 0, "0"),
]


@pytest.mark.parametrize(("sheet", "row", "heading", "value", "found"), WRONG, ids=[f"{w[0]}-{w[2]}" for w in WRONG])
def test_a_wrong_edit_is_named_by_sheet_and_cell(
    data: bytes, tmp_path: Path, sheet: str, row: int, heading: str, value: object, found: str
) -> None:
    edit = Edited(data)
    place = edit.put(sheet, row, heading, None if value == "" else value)
    lines = str(wrong(edit, tmp_path).facts["list"]).split("\n")
    named = [line for line in lines if f"・{place}" in line]
    assert named and (found in named[0] or not value), lines


def test_two_cells_that_disagree_are_named_by_their_row(data: bytes, tmp_path: Path) -> None:
    edit = Edited(data)
    edit.put("キャリア段階", 2, "入庁年数から", 99)
    assert "・キャリア段階!A7（formation）：期間 99-10 は" in str(wrong(edit, tmp_path).facts["list"])


def test_wrong_values_headings_and_sheets_come_all_at_once(data: bytes, tmp_path: Path) -> None:
    edit = Edited(data)
    places = [
        edit.item("方針", "施行日", "そのうち"),
        edit.item("ローテーション", "派遣を数える", "半分"),
        edit.item("ローテーション", "経験者採用", "ときどき"),
    ]
    edit.book["職名"].cell(5, 1).value = "肩書"
    del edit.book["読み方の疑い"]
    edit.book["研修"]["B6"] = "#N/A"
    edit.book["研修"]["B6"].data_type = "e"
    fault = wrong(edit, tmp_path)
    lines = str(fault.facts["list"])
    for place in (*places, "職名!A5", "読み方の疑い", "研修!B6"):
        assert place in lines, (place, lines)
    for word in ("そのうち", "半分", "ときどき", "肩書", "#N/A"):
        assert word in lines
    assert "方針" in str(fault.facts["list_en"])


def test_a_damaged_original_loses_comments_but_no_value(data: bytes, tmp_path: Path) -> None:
    edit = Edited(data)
    edit.book["原本"]["A20"] = "# 直してはいけない"
    found = read_policy(edit.save(tmp_path / "own.xlsx"))
    assert found.book is not None and not found.book.commented
    assert found.policy() == read_policy("tachikawa-3").policy()
    again = tomllib.loads(found.book.text())
    assert again["training"]["courses"] == tomllib.loads(read_policy("tachikawa-3").text)["training"]["courses"]


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    book = Edited(exported("kobe-transfer"))
    book.book["方針"].title = "別のもの"
    with pytest.raises(Fault) as caught:
        read_policy(book.save(tmp_path / "own.xlsx"))
    assert (caught.value.key, caught.value.facts["file"]) == ("policy_no_book", "own.xlsx")


@pytest.mark.parametrize(
    "text", ["a = 1\r\n[b]\r\nc = 2 # x\r\n", "\ufeffa = 1\n", "a = 1", "x.y = 1\n'q r' = [\n 1, # one\n]\n"]
)
def test_unusual_files_keep_their_bytes(text: str) -> None:
    raw = tomllib.loads(text.removeprefix("\ufeff"))
    assert edited(text, raw, same_entry, BLOCKS) == text
    more = {**raw, "new": "値"}
    assert tomllib.loads(edited(text, more, same_entry, BLOCKS).removeprefix("\ufeff")) == more
