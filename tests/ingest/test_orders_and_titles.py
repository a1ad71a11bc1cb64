"""What an order does to the primary post, and which rank a title stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrbook.core.policy import Policy
from hrbook.core.roster import Nature, Post
from hrbook.core.source import Basis
from hrbook.core.training_policy import CourseName
from hrbook.ingest import codes
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.natures import read_order
from hrbook.ingest.titles import TitleTable
from hrbook.ingest.vocabulary import load_vocabulary

WORDS = load_vocabulary()
OWN = Post("総務部", "人事課", "人事係", "1302")


@pytest.mark.parametrize(
    ("kind", "remark", "title", "nature"),
    [
        ("採用", "", "主事", Nature.PRIMARY),
        ("昇任", "", "係長", Nature.PRIMARY),
        ("配置換", "", "", Nature.PRIMARY),
        ("転任", "", "", Nature.PRIMARY),
        ("出向", "", "", Nature.PRIMARY),
        ("", "", "", Nature.PRIMARY),
        ("兼務", "", "", Nature.SECOND_POST),
        ("併任", "", "", Nature.SECOND_POST),
        ("事務取扱", "", "課長", Nature.SECOND_POST),
        ("併任解除", "", "", Nature.SECOND_POST),
        ("兼務を解く", "", "", Nature.SECOND_POST),
        ("配置換", "兼務", "", Nature.SECOND_POST),
        ("配置換", "指導課兼務", "", Nature.SECOND_POST),
        ("", "市民課長事務取扱", "", Nature.SECOND_POST),
        ("配置換", "指導課兼務解除", "", Nature.PRIMARY),
        ("昇任", "", "副参事（人事課長事務取扱）", Nature.PRIMARY),
        ("", "", "人事課長事務取扱", Nature.SECOND_POST),
        ("", "", "主任（兼務）", Nature.SECOND_POST),
        ("", "", "（兼）健康推進課主任", Nature.SECOND_POST),
        ("配置換", "", "保険年金課主任（兼）健康推進課", Nature.PRIMARY),
        ("派遣", "", "", Nature.SECONDMENT),
        ("研修派遣", "", "", Nature.SECONDMENT),
        ("", "東京都へ派遣", "", Nature.SECONDMENT),
        ("派遣解除", "", "", Nature.PRIMARY),
        ("派遣期間の満了", "", "", Nature.PRIMARY),
        ("復帰", "派遣から復帰", "", Nature.PRIMARY),
        ("配置換", "派遣期間の満了", "", Nature.PRIMARY),
        ("退職", "", "", Nature.LEAVING),
        ("定年退職", "", "", Nature.LEAVING),
        ("辞職", "", "", Nature.LEAVING),
        ("死亡", "", "", Nature.LEAVING),
        ("降任", "役職定年", "主査", Nature.PRIMARY),
        ("再任用", "", "主査", Nature.PRIMARY),
    ],
)
def test_natures(kind: str, remark: str, title: str, nature: Nature) -> None:
    read = read_order(kind, remark, title, WORDS.orders)
    assert read.nature is nature
    assert read.known and not read.private


def test_marks_of_orders() -> None:
    down = read_order("降任", "", "主査", WORDS.orders)
    assert (down.step_down, down.left_management, down.promotion) == (True, False, False)
    by_age = read_order("配置換", "役職定年", "主査", WORDS.orders)
    assert (by_age.step_down, by_age.left_management) == (True, True)
    assert read_order("転任", "", "", WORDS.orders).received
    assert not read_order("出向", "", "", WORDS.orders).received
    assert read_order("新規採用", "", "", WORDS.orders).hire
    assert not read_order("再任用", "", "", WORDS.orders).hire
    assert read_order("昇任", "", "係長", WORDS.orders).promotion
    assert not read_order("兼務", "昇任", "係長", WORDS.orders).promotion
    assert not read_order("特命による", "", "", WORDS.orders).known


@pytest.mark.parametrize(("kind", "private"), [("戒告", True), ("停職", True), ("懲戒免職", False), ("減給", True)])
def test_disciplinary_orders_are_not_read(kind: str, private: bool) -> None:
    assert read_order(kind, "", "", WORDS.orders).private is private


@pytest.fixture(scope="module")
def table(policy: Policy) -> TitleTable:
    own = {"副参事": "kacho", "参事": "bucho", "課長補佐": "kakaricho"}
    return TitleTable(policy, own, WORDS, ["市民部", "市民課", "窓口係"])


@pytest.mark.parametrize(
    ("title", "rank", "exact"),
    [
        ("課長", "kacho", True),
        ("課　長", "kacho", True),
        ("主査", "kakaricho", True),
        ("参事", "bucho", True),
        ("人事課長", "kacho", False),
        ("人事課　課長", "kacho", False),
        ("課長（人事課）", "kacho", False),
        ("総務部人事課長", "kacho", False),
        ("市民課長", "kacho", False),
        ("市民部長", "bucho", False),
        ("窓口係長", "kakaricho", False),
        ("副参事（人事課長事務取扱）", "kacho", False),
        ("部長（兼）市民課長", "bucho", False),
        ("係長兼主査", "kakaricho", False),
        ("課長心得", "kakaricho", False),
        ("人事課長心得", "kakaricho", False),
        ("主事心得", None, False),
        ("担当課長", None, False),
        ("副部長", None, False),
        ("会計課長", None, False),
        ("課長（特命）", None, False),
        ("首席専門幹", None, False),
        ("係長級", None, False),
    ],
)
def test_titles(table: TitleTable, title: str, rank: str | None, exact: bool) -> None:
    assert table.rank(title, OWN) == (rank, exact)


def test_a_title_of_the_settings_stands_before_the_policy(policy: Policy) -> None:
    assert TitleTable(policy, {"主査": "shunin"}, WORDS).rank("主査", OWN) == ("shunin", True)


@pytest.fixture(scope="module")
def courses(policy: Policy) -> CourseIndex:
    first = policy.training.courses[0]
    dated = replace(
        first,
        code="X-1",
        name="今の名前",
        label="今の名前",
        timing=Basis.UNSET,
        names=(CourseName("むかしの名前", None, 2021), CourseName("今の名前", 2022, None), CourseName("共通")),
    )
    other = replace(dated, code="X-2", name="別の研修", label="別の研修", names=(CourseName("共通"),))
    training = replace(policy.training, courses=(*policy.training.courses, dated, other))
    return CourseIndex(replace(policy, training=training))


def test_course_names_hold_in_their_years(courses: CourseIndex) -> None:
    from datetime import date

    before, after = date(2022, 3, 31), date(2022, 4, 1)
    assert courses.find("むかしの名前", "", before) == ("X-1", None)
    assert courses.find("むかしの名前", "", after) == (None, codes.COURSE_UNKNOWN)
    assert courses.find("今の名前", "", before) == (None, codes.COURSE_UNKNOWN)
    assert courses.find("今の名前", "", after) == ("X-1", None)
    assert courses.find("むかしの名前", "", None) == ("X-1", None)


@pytest.mark.parametrize(
    ("name", "code", "found", "said"),
    [
        ("新任研修", "", "TS-K01", None),
        ("TS-K01", "", "TS-K01", None),
        ("ｏｊｔフォロー", "", "TC-S03", None),
        ("ОＪＴ", "", "TC-S01", None),
        ("新任研修（Ⅱ期）", "", "TS-K01", None),
        ("問題解決（第2回）", "", "TS-K02", codes.COURSE_READ),
        ("陶芸教室", "", None, codes.COURSE_UNKNOWN),
        ("共通", "", None, codes.COURSE_AMBIGUOUS),
        ("", "ts-k02", "TS-K02", None),
        ("問題解決", "TS-K02", "TS-K02", None),
        ("新任研修", "TS-K02", "TS-K02", codes.COURSE_DISAGREES),
        ("新任研修", "999", "TS-K01", codes.COURSE_READ),
        ("陶芸教室", "999", None, codes.COURSE_UNKNOWN),
    ],
)
def test_courses(courses: CourseIndex, name: str, code: str, found: str | None, said: object) -> None:
    assert courses.find(name, code, None) == (found, said)
