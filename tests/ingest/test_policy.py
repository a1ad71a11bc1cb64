"""The shipped policy holds what the city's document says, and a wrong policy file is answered by place."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrbook import resources
from hrbook.core.competency import percentages, step_up_of, weights_of
from hrbook.core.fault import Fault
from hrbook.core.policy import Policy
from hrbook.core.roster import Employment
from hrbook.core.rotation_policy import Level, MidCareer, Requirement
from hrbook.core.source import Basis
from hrbook.core.training_policy import Target, Window
from hrbook.ingest.policy import load_policy, policy_from
from hrbook.words import load_labels

RANKS = ("bucho", "kacho", "kakaricho", "shunin", "shuji")
MARKS = """
政策決定能力 ◎〇---
行政経営能力 ◎〇---
危機管理能力 ◎◎〇--
組織運営能力 ◎◎◎--
政策立案能力 ◎◎◎〇-
折衝交渉能力 ◎◎◎〇-
指導育成能力 〇◎◎◎-
職務遂行能力 〇〇◎◎◎
課題発見能力 〇〇〇◎◎
専門能力 〇〇〇◎◎
"""
COURSES = """
TC-K01 新任職員 inferred
TC-K02 目標設定 unset
TC-K03 協働研修 unset
TC-K04 カイゼン unset
TC-K05 政策提修 unset
TC-K06 新任主任 inferred
TC-K07 議会傍聴 unset
TC-K08 キャリア・アダプタビリティ unset
TC-K09 新任係長 inferred
TC-K10 管理職準備 unset
TC-K11 新任課長 inferred
TC-K12 ベテラン職員 unset
TC-S01 OJT unset
TC-S02 行政研修 unset
TC-S03 OJTフォロー unset
TC-S04 ルックアップたちかわ unset
TC-S05 クレーム unset
TC-S06 リフレクション・ラウンド・テーブル（RRT） unset
TC-S07 管理職研修 unset
TS-K01 新任研修 stated
TS-K02 問題解決 stated
TS-K03 中堅職員 stated
TS-K04 係長新任 stated
TS-K05 課長新任 stated
TS-K06 政策形成 unset
TS-K07 部長新任 inferred
TS-K08 管理職のためのリスクマネジメント unset
TS-H01 地方自治法 unset
TS-H02 地方公務員法 unset
TS-H03 行政法 unset
TS-H04 政策法務 unset
TS-J01 地方財政 unset
TS-T01 人権啓発 stated
TS-T02 男女共同参画 unset
TS-T03 メンタルヘルス unset
TS-T04 係長のためのコーチング unset
TS-T05 係長のためのマネジメント unset
TS-T06 ベテラン職員の役割 unset
"""
FIRST = Window(1, 1)
SECOND = Window(2, 2)
JUNIOR = ("shuji", "shunin")
TARGETS = {
    "TC-K01": (Target(service_year=FIRST),),
    "TC-K06": (Target(ranks=("shunin",), rank_year=FIRST),),
    "TC-K09": (Target(ranks=("kakaricho",), rank_year=FIRST),),
    "TC-K10": (Target(ranks=("kakaricho",)),),
    "TC-K11": (Target(ranks=("kacho",), rank_year=FIRST),),
    "TC-S07": (Target(ranks=("kacho", "bucho")),),
    "TS-K01": (Target(service_year=FIRST), Target(service_year=SECOND, hired_mid_year=True)),
    "TS-K02": (Target(ranks=JUNIOR, service_year=Window(3, None)),),
    "TS-K03": (Target(ranks=JUNIOR, service_year=Window(6, 8)),),
    "TS-K04": (
        Target(ranks=("kakaricho",), rank_year=FIRST),
        Target(ranks=("kakaricho",), rank_year=SECOND, entered_mid_year=True),
    ),
    "TS-K05": (
        Target(ranks=("kacho",), rank_year=FIRST),
        Target(ranks=("kacho",), rank_year=SECOND, entered_mid_year=True),
    ),
    "TS-K07": (Target(ranks=("bucho",), rank_year=FIRST),),
    "TS-K08": (Target(ranks=("kacho", "bucho")),),
    "TS-T04": (Target(ranks=("kakaricho",)),),
    "TS-T05": (Target(ranks=("kakaricho",)),),
}
CLAUSES = """
1 1-1 1-2
2 2-1 2-2 2-2-1 2-2-2 2-2-3
3 3-1 3-2 3-3
4 4-1 4-2 4-2-ref 4-3 4-3-1 4-3-2
5 5-1 5-1-1 5-1-2 5-1-3 5-2 5-2-1 5-2-2 5-2-3 5-2-4 5-3 5-3-1 5-4 5-4-1
6 6-1 6-1-1 6-1-2 6-2 6-2-1 6-2-ref 6-3 6-3-1 6-3-2 6-3-ref
7 7-1 7-1-1 7-1-2 7-1-3 7-2 7-2-1 7-2-2 7-2-3
8 8-1 8-1-1 8-2 8-2-1 8-2-2 8-2-3
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("tachikawa-3")[0]


def raw() -> dict[str, Any]:
    return copy.deepcopy(resources.load_toml("policy/tachikawa-3.toml"))


def invalid(data: dict[str, Any]) -> Fault:
    with pytest.raises(Fault) as caught:
        policy_from(data, "own.toml")
    assert caught.value.key == "policy_invalid"
    return caught.value


# What the document says


def test_identity(policy: Policy) -> None:
    assert (policy.id, policy.city, policy.effective_from) == ("tachikawa-3", "立川市", None)
    assert [(rank.id, rank.name, rank.group) for rank in policy.ranks] == [
        ("shuji", "主事", "general"),
        ("shunin", "主任", "general"),
        ("kakaricho", "係長", "supervisory"),
        ("kacho", "課長", "managerial"),
        ("bucho", "部長", "managerial"),
    ]
    titles = {title.title: title.rank for title in policy.titles}
    assert titles == {rank.name: rank.id for rank in policy.ranks} | {"主査": "kakaricho"}


def test_every_place_of_the_document_is_a_clause(policy: Policy) -> None:
    assert list(policy.clauses) == CLAUSES.split()
    assert policy.place("4-3-2") == "第4章第3節2"
    for key, clause in policy.clauses.items():
        chapter, section, item = [*key.split("-"), "", ""][:3]
        place = f"第{chapter}章" + (f"第{section}節" if section else "") + ("【参考】" if item == "ref" else item)
        assert (clause.id, clause.place) == (key, place)
        assert clause.gist


def test_the_table_of_marks(policy: Policy) -> None:
    symbol = {mark.id: mark.symbols[0] for mark in policy.competency.marks}
    table = [
        f"{ability.name} " + "".join(symbol[ability.marks[rank]] if rank in ability.marks else "-" for rank in RANKS)
        for ability in policy.competency.abilities
    ]
    assert table == MARKS.split("\n")[1:-1]


def test_marks_are_one_mark_in_three_circles(policy: Policy) -> None:
    required = next(mark for mark in policy.competency.marks if mark.id == "required")
    assert required.symbols == ("\u3007", "\u25cb", "\u25ef")
    for circle in (*required.symbols, "required"):
        data = raw()
        data["competency"]["abilities"][0]["marks"]["kacho"] = circle
        assert policy_from(data, "own.toml") == policy


def test_what_is_doubtful_in_the_marks_says_so(policy: Policy) -> None:
    abilities = {ability.name: ability for ability in policy.competency.abilities}
    stated = [ability.name for ability in policy.competency.abilities if ability.basis is Basis.STATED]
    assert stated == ["職務遂行能力", "課題発見能力", "専門能力"]
    assert "二通り" in abilities["政策立案能力"].note
    assert all(ability.note for ability in abilities.values() if ability.basis is Basis.INFERRED)
    assert all(mark.basis is Basis.INFERRED for mark in policy.competency.marks)
    assert abilities["組織運営能力"].aliases == ("組織管理能力",)
    assert abilities["指導育成能力"].aliases == ("組織育成能力",)
    doubts = "".join(doubt.text for doubt in policy.doubts)
    for word in ("組織管理能力", "組織育成能力", "政策立案能力", "政策提修", "トップマネジメントセミナー", "キリル"):
        assert word in doubts


@pytest.mark.parametrize(
    ("rank", "especially", "required"),
    [("bucho", 6, 4), ("kacho", 5, 5), ("kakaricho", 5, 3), ("shunin", 4, 2), ("shuji", 3, 0)],
)
def test_weights(policy: Policy, rank: str, especially: int, required: int) -> None:
    points = {mark.id: mark.points for mark in policy.competency.marks}
    weights = weights_of(policy.competency, points, rank)
    total = 2 * especially + required
    assert sorted(weights.values()) == [Fraction(1, total)] * required + [Fraction(2, total)] * especially
    assert sum(weights.values()) == 1
    assert sum(percentages(weights).values()) == 100


def test_weights_of_a_section_head(policy: Policy) -> None:
    points = {mark.id: mark.points for mark in policy.competency.marks}
    weights = weights_of(policy.competency, points, "kakaricho")
    assert weights["organisation"] == weights["execution"] == Fraction(2, 13)
    assert weights["crisis"] == weights["expertise"] == Fraction(1, 13)
    assert "policy_decision" not in weights
    assert step_up_of(policy.competency, points, policy.rank_ids, "kakaricho") == (
        "policy_decision", "administration", "crisis",
    )  # fmt: skip
    assert step_up_of(policy.competency, points, policy.rank_ids, "bucho") == ()


def test_basic_abilities(policy: Policy) -> None:
    assert [f"{basic.name}（{basic.attitude}）" for basic in policy.competency.basics] == [
        "対応力（責任感）",
        "変革力（チャレンジ精神）",
        "協働力（コミュニケーション）",
        "貫徹力（目的意識）",
        "情報活用力（主体性）",
        "支援力（共感）",
    ]
    assert policy.competency.foundation.startswith("コンプライアンス")


def test_behaviours_carry_the_names_of_their_ranks_list(policy: Policy) -> None:
    of_rank = {rank: [behaviour.name for behaviour in policy.competency.behaviours if behaviour.rank == rank] for rank in RANKS}
    leading, managing = "組織管理能力（組織リーダーシップ）", "組織管理能力（現場リーダーシップ）"
    assert of_rank == {
        "bucho": ["政策決定能力", "行政経営能力", "折衝交渉能力", leading, "危機管理能力"],
        "kacho": ["政策立案能力", "折衝交渉能力", managing, "組織育成能力", "危機管理能力"],
        "kakaricho": ["政策立案能力", "折衝交渉能力", "組織管理能力", "指導育成能力", "職務遂行能力"],
        "shunin": ["課題発見能力", "指導育成能力", "職務遂行能力", "専門能力"],
        "shuji": ["課題発見能力", "職務遂行能力", "専門能力"],
    }
    abilities = {ability.id: ability for ability in policy.competency.abilities}
    for behaviour in policy.competency.behaviours:
        ability = abilities[behaviour.ability]
        assert behaviour.name.split("（")[0] in (ability.name, *ability.aliases)
        assert ability.marks[behaviour.rank] == "especially"  # a rank's own list never holds less than the table


def test_the_courses(policy: Policy) -> None:
    courses = policy.training.courses
    assert [f"{course.code} {course.name} {course.timing.value}" for course in courses] == COURSES.split("\n")[1:-1]
    assert {course.code: course.targets for course in courses} == {
        course.code: TARGETS.get(course.code, (Target(),)) for course in courses
    }
    orders: dict[tuple[str, str], list[int]] = {}
    for course in courses:
        orders.setdefault((course.provider, course.category), []).append(course.order)
        assert course.provider == ("city" if course.code.startswith("TC") else "institute")
        assert course.source and course.checked_on and course.note is not None
        assert len(course.short) <= 7
    assert all(order == list(range(1, len(order) + 1)) for order in orders.values())
    assert {key: len(order) for key, order in orders.items()} == {
        ("city", "ladder"): 12,
        ("city", "special"): 7,
        ("institute", "ladder"): 8,
        ("institute", "law"): 4,
        ("institute", "management"): 1,
        ("institute", "special"): 6,
    }
    assert len({course.short for course in courses}) == len(courses)


def test_relations_and_names_of_courses(policy: Policy) -> None:
    courses = {course.code: course for course in policy.training.courses}
    related = {code: course.not_in_year_of for code, course in courses.items() if course.not_in_year_of}
    assert related == {"TS-T01": ("TS-K01",)}
    assert not any(
        course.prerequisites or course.excludes or course.replaced_by or course.mandatory for course in courses.values()
    )
    assert [(use.name, use.first_year, use.last_year) for use in courses["TS-K07"].names] == [
        ("部長研修", None, 2021),
        ("トップマネジメントセミナー", 2022, None),
        ("部長新任", None, None),
    ]
    assert {"中堅職員", "中堅職員の役割"} == {use.name for use in courses["TS-K03"].names}
    assert all(course.name in [use.name for use in course.names] for course in courses.values())
    assert courses["TC-S01"].label == "\u041e\uff2a\uff34"


def test_rotation_stages_tiers_and_step_down(policy: Policy) -> None:
    rotation, reading = policy.rotation, policy.rotation.reading
    assert (rotation.rule_id, rotation.clause, rotation.basis) == ("rotation.three-in-ten", "4-3-1", Basis.STATED)
    assert reading.requirements == (Requirement(Level.DEPARTMENT, 3),)
    assert (reading.ranks, reading.employment, reading.window_years) == (JUNIOR, (Employment.REGULAR,), 10)
    assert (reading.excluded_job_families, reading.midcareer) == (("技能労務",), MidCareer.SAME)
    assert (reading.min_stay_months, reading.secondment_counts, reading.leave_extends_window) == (0, True, False)
    assert (reading.usual_stay_years, reading.review_years) == (3, None)
    assert [stage.id for stage in policy.career.stages if stage.after_step_down] == ["transmission"]
    years = {stage.id: (stage.ranks, stage.first_service_year, stage.last_service_year) for stage in policy.career.stages}
    assert years == {
        "transmission": ((), None, None),
        "formation": (JUNIOR, 1, 10),
        "core": (JUNIOR, 11, None),
        "supervisor": (("kakaricho",), None, None),
        "manager": (("kacho", "bucho"), None, None),
    }
    assert [(tier.id, tier.name, tier.default) for tier in policy.digital.tiers] == [
        ("senmon", "高度専門人材", False),
        ("leader", "ＤＸ推進リーダー", False),
        ("general", "一般職員", True),
    ]
    assert (policy.step_down.ranks, policy.step_down.age) == (("kacho", "bucho"), 60)
    rules = (policy.competency.rule_id, policy.career.rule_id, policy.digital.rule_id, policy.training.rule_prefix)
    assert rules == ("competency.weights", "career.stage", "digital.tier", "training.")


# The door


def test_source_names_the_file_and_its_bytes(tmp_path: Path, policy: Policy) -> None:
    data = resources.read_bytes("policy/tachikawa-3.toml")
    _, source = load_policy("tachikawa-3")
    assert (source.name, source.sha256) == ("tachikawa-3.toml", hashlib.sha256(data).hexdigest())
    own = tmp_path / "own.toml"
    own.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))  # as a Windows editor saves it
    loaded, source = load_policy(str(own))
    assert loaded == policy
    assert (source.name, source.place) == ("own.toml", "file")
    assert source.sha256 == hashlib.sha256(own.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["tachikawa-4", "", "../policy/tachikawa-3", "no/such.toml", "x" * 5000, "x" * 5000 + ".toml"])
def test_missing_policy(name: str) -> None:
    with pytest.raises(Fault) as caught:
        load_policy(name)
    assert caught.value.key == "policy_missing"
    assert "tachikawa-3" in str(caught.value.facts["known"])


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ("id = 方針".encode("shift_jis"), "policy_encoding"),
        (b"id = [", "policy_unreadable"),
        (b"a=" + b"[" * 9999, "policy_unreadable"),
    ],
)
def test_file_that_is_no_toml(tmp_path: Path, content: bytes, key: str) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes(content)
    with pytest.raises(Fault) as caught:
        load_policy(str(own))
    assert (caught.value.key, caught.value.facts["file"]) == (key, "own.toml")
    for language in ("ja", "en"):
        assert "own.toml" in load_labels(language)(f"fault.{key}", **caught.value.facts)


def put(*path: Any) -> Callable[[dict[str, Any]], None]:
    """Set the place named by all but the last of `path` to the last."""

    def change(data: Any) -> None:
        *steps, key, value = path
        for step in steps:
            data = data[step]
        if key == "+":
            data.append(value)
        else:
            data[key] = value

    return change


def drop(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def course(index: int, *path: Any) -> Callable[[dict[str, Any]], None]:
    return put("training", "courses", index, *path)


ABILITY = ("competency", "abilities")
PLANTED = [
    (drop("city"), "city", ""),
    (put("colour", "red"), "colour", "colour"),
    (put("id", 3), "id", "3"),
    (put("effective_from", "2025-04-01"), "effective_from", '"2025-04-01"'),
    (put("ranks", 0, "rank", 1), "ranks[0].rank", "rank"),
    (put("ranks", 1, "id", "shuji"), "ranks[1].id", "shuji"),
    (put("ranks", 1, "name", " "), "ranks[1].name", ""),
    (put("ranks", 0, "clause", "4-9"), "ranks[0].clause", "4-9"),
    (put("ranks", "none"), "ranks", '"none"'),
    (put("titles", 5, "rank", "shusa"), "titles[5].rank", "shusa"),
    (put("titles", 5, "basis", "sure"), "titles[5].basis", "sure"),
    (put("titles", 5, "title", "係長"), "titles[5].title", "係長"),
    (put("clauses", "4-2", "text", "x"), "clauses.4-2.text", "text"),
    (put("clauses", "4-2", "id", "4-1"), "clauses.4-2.id", "id"),
    (drop("clauses", "4-1", "gist"), "clauses.4-1.gist", ""),
    (put(*ABILITY, 0, "marks", "kacho", "△"), "competency.abilities[0].marks.kacho", "△"),
    (put(*ABILITY, 0, "marks", "jicho", "◎"), "competency.abilities[0].marks.jicho", "jicho"),
    (put(*ABILITY, 3, "aliases", ["指導育成能力"]), "competency.abilities[3].aliases[0]", "指導育成能力"),
    (put("competency", "marks", 0, "points", True), "competency.marks[0].points", "true"),
    (put("competency", "marks", 0, "points", "2"), "competency.marks[0].points", '"2"'),
    (put("competency", "marks", 0, "points", 2.0), "competency.marks[0].points", "2.0"),
    (put("competency", "marks", 0, "points", -1), "competency.marks[0].points", "-1"),
    (put("competency", "marks", 1, "symbols", ["〇", "◎"]), "competency.marks[1].symbols[1]", "◎"),
    (put("competency", "marks", 0, "points", 0), "competency.abilities", "shuji"),
    (put("competency", "behaviours", 0, "ability", "magic"), "competency.behaviours[0].ability", "magic"),
    (put("competency", "behaviours", 1, "ability", "policy_decision"), "competency.behaviours[1]", "bucho/policy_decision"),
    (put("competency", "basics_clause", "9"), "competency.basics_clause", "9"),
    (course(1, "code", "TC-K01"), "training.courses[1].code", "TC-K01"),
    (course(1, "code", "tc-k01"), "training.courses[1].code", "tc-k01"),
    (course(5, "targets", 0, "ranks", ["sunin"]), "training.courses[5].targets[0].ranks[0]", "sunin"),
    (course(5, "targets", 0, "ranks", "shunin"), "training.courses[5].targets[0].ranks", '"shunin"'),
    (course(5, "targets", 0, "rank", "shunin"), "training.courses[5].targets[0].rank", "rank"),
    (course(5, "targets", 0, "rank_year", {"first": 3, "last": 1}), "training.courses[5].targets[0].rank_year", "3-1"),
    (course(5, "targets", 0, "rank_year", {}), "training.courses[5].targets[0].rank_year", ""),
    (course(5, "targets", 0, "rank_year", 1), "training.courses[5].targets[0].rank_year", "1"),
    (course(5, "targets", 0, "rank_year", "first", 0), "training.courses[5].targets[0].rank_year.first", "0"),
    (course(5, "targets", 0, "hired_mid_year", 1), "training.courses[5].targets[0].hired_mid_year", "1"),
    (course(5, "timing", "maybe"), "training.courses[5].timing", "maybe"),
    (course(5, "provider", "tokyo"), "training.courses[5].provider", "tokyo"),
    (course(5, "category", "law2"), "training.courses[5].category", "law2"),
    (course(5, "prerequisites", ["TC-K99"]), "training.courses[5].prerequisites[0]", "TC-K99"),
    (course(5, "replaced_by", ["TC-K06"]), "training.courses[5].replaced_by[0]", "TC-K06"),
    (course(5, "names", [{"name": "目標設定"}]), "training.courses[5].names[0].name", "目標設定"),
    (course(5, "name", "目標設定"), "training.courses[5].name", "目標設定"),
    (course(25, "names", 0, "first_year", 2030), "training.courses[25].names[0]", "2030-2021"),
    (course(5, "repeat_years", 0), "training.courses[5].repeat_years", "0"),
    (drop("training", "courses", 5, "name"), "training.courses[5].name", ""),
    (put("training", "courses", "+", "TC-K13"), "training.courses[38]", '"TC-K13"'),
    (put("career", "stages", 1, "last_service_year", 0), "career.stages[1]", "1-0"),
    (put("career", "stages", 1, "ranks", 0, "shoji"), "career.stages[1].ranks[0]", "shoji"),
    (put("rotation", "reading", "window_years", 0), "rotation.reading.window_years", "0"),
    (put("rotation", "reading", "requirements", 0, "level", "floor"), "rotation.reading.requirements[0].level", "floor"),
    (put("rotation", "reading", "employment", 0, "all"), "rotation.reading.employment[0]", "all"),
    (put("digital", "tiers", 0, "default", True), "digital.tiers", "2"),
    (put("step_down", "age", "60"), "step_down.age", '"60"'),
    (put("step_down", "ranks", "+", "jicho"), "step_down.ranks[2]", "jicho"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "found"), PLANTED, ids=[f"{place}={found}" for _, place, found in PLANTED])
def test_planted_fault_is_named_by_place(change: Callable[[dict[str, Any]], None], place: str, found: str) -> None:
    data = raw()
    change(data)
    fault = invalid(data)
    assert (fault.facts["file"], fault.facts["place"], fault.facts["found"]) == ("own.toml", place, found)
    for language in ("ja", "en"):
        text = load_labels(language)("fault.policy_invalid", **fault.facts)
        assert place in text and found in text


def test_all_faults_of_a_file_come_at_once() -> None:
    data = raw()
    planted = [
        (put("id", 3), "id"),
        (course(3, "targets", 0, "ranks", ["nobody"]), "training.courses[3].targets[0].ranks[0]（TC-K04）"),
        (course(7, "clause", "4-3-9"), "training.courses[7].clause（TC-K08）"),
        (put(*ABILITY, 9, "marks", "shuji", "x"), "competency.abilities[9].marks.shuji（expertise）"),
        (put("step_down", "colour", "red"), "step_down.colour"),
    ]
    for change, _ in planted:
        change(data)
    fault = invalid(data)
    lines = str(fault.facts["list"]).split("\n")
    assert fault.facts["count"] == len(lines) == len(str(fault.facts["list_en"]).split("\n")) == len(planted)
    assert sorted(line.split("：")[0] for line in lines) == sorted(f"・{place}" for _, place in planted)


def test_an_unknown_word_is_answered_with_the_known_ones() -> None:
    data = raw()
    course(5, "targets", 0, "ranks", ["sunin"])(data)
    course(5, "clause", "4-3-3")(data)
    put(*ABILITY, 0, "marks", "kacho", "△")(data)
    lines = str(invalid(data).facts["list"])
    assert "shunin" in lines and "4-3-2" in lines and "◎, 〇, ○, ◯" in lines


def test_a_policy_without_marks_is_one(policy: Policy) -> None:
    data = raw()
    for ability in data["competency"]["abilities"]:
        ability["marks"] = {}
    assert all(not ability.marks for ability in policy_from(data, "own.toml").competency.abilities)


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.floats(allow_nan=False), st.text(max_size=3), st.dates(),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.sampled_from(["id", "name", "x"]), st.integers(), max_size=2),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_junk_anywhere_is_a_policy_or_a_named_fault(data: st.DataObject) -> None:
    node: Any = raw()
    whole = node
    for _ in range(data.draw(st.integers(0, 6))):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        inner = [key for key in keys if isinstance(node[key], dict | list) and node[key]]
        if not inner:
            break
        node = node[data.draw(st.sampled_from(inner))]
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    node[data.draw(st.sampled_from(keys))] = data.draw(JUNK)
    try:
        assert isinstance(policy_from(whole, "own.toml"), Policy)
    except Fault as fault:
        assert fault.key == "policy_invalid" and fault.facts["list"]
