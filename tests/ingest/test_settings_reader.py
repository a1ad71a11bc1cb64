"""The settings on top of the policy: defaults, years, cells, and a Fault for whatever cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hrbook.core.fault import Fault
from hrbook.core.plan_policy import CASES, Band
from hrbook.core.policy import Policy
from hrbook.core.reading import Reading
from hrbook.core.roster import Employment
from hrbook.core.rotation_policy import Level, MidCareer, Requirement
from hrbook.core.source import Basis
from hrbook.core.training_policy import Target, Window
from hrbook.ingest.settings import load_reading
from hrbook.resources import load_toml

BASICS = ("年度", "項目", "値", "説明")
TIMINGS = (
    *("年度", "研修コード", "研修名", "職層", "入庁年数から", "入庁年数まで", "年度末年齢から"),
    *("義務", "定員", "実施日", "繰返し年数"),
)


@pytest.fixture
def load(write: Callable[..., Any], policy: Policy) -> Callable[..., Any]:
    def make(sheets: dict[str, Any], year: int | None = 2026, as_of: date | None = None, clock: int = 2026) -> Any:
        path = write(sheets, name="settings.xlsx")
        return load_reading(path, policy, year=year, as_of=as_of, clock_year=clock)

    return make


def basics(*rows: tuple[Any, ...]) -> dict[str, Any]:
    return {"基準": [BASICS, *rows]}


def value(reading: Reading, key: str) -> Any:
    return next(v for v in reading.values if v.key == key)


def test_without_a_file_the_policys_own_reading_holds(policy: Policy) -> None:
    reading, findings, source = load_reading(None, policy, year=2026, as_of=None, clock_year=2020)
    assert (reading.year, reading.as_of, findings, source.file) == (2026, date(2026, 4, 1), (), "")
    assert reading.rotation == policy.rotation.reading
    assert reading.points == {mark.id: mark.points for mark in policy.competency.marks}
    assert reading.policy == policy
    assert [v.key for v in reading.values] == [entry["key"] for entry in load_toml("settings.toml")["setting"]]
    assert all(not v.set_by_city and v.cell is None and v.value == v.default and v.value for v in reading.values)


def test_basics_are_read_and_carry_their_cell(load: Callable[..., Any]) -> None:
    reading, findings, source = load(
        basics(
            (None, "rotation.unit", "係", None),
            (None, "経験する部署の数", "４", None),
            (None, "rotation.ranks", "主任", None),
            (None, "rotation.employment", "正規、任期付", None),
            (None, "rotation.excluded_job_families", "なし", None),
            (None, "rotation.secondment_counts", "いいえ", None),
            (None, "rotation.midcareer", "除く", None),
            (None, "rotation.midcareer_routes", "経験者採用・任期付採用", None),
            (None, "rotation.review_years", 15, None),
            (None, "step_down.age", 61, None),
            (None, "points.especially", 3, None),
            (None, "training.register_start", "平成24年度", None),
            (None, "policy_effective_from", "R7.4.1", None),
            (None, "form.deadline", date(2026, 6, 30), None),
            (None, "form.submit_to", "人事課", None),
            (None, "rotation.window_years", None, None),
        )
    )
    rotation = reading.rotation
    assert rotation.requirements == (Requirement(Level.SECTION, 4),)
    assert (rotation.ranks, rotation.employment) == (("shunin",), (Employment.REGULAR, Employment.FIXED_TERM))
    assert (rotation.excluded_job_families, rotation.secondment_counts) == ((), False)
    assert (rotation.midcareer, rotation.midcareer_routes) == (MidCareer.EXCLUDE, ("経験者採用", "任期付採用"))
    assert (rotation.review_years, rotation.window_years) == (15, 10)
    assert (reading.step_down_age, reading.points) == (61, {"especially": 3, "required": 1})
    assert (reading.register_start, reading.policy_effective_from) == (2012, date(2025, 4, 1))
    assert (reading.deadline, reading.submit_to) == (date(2026, 6, 30), "人事課")
    set_value = value(reading, "rotation.minimum")
    assert (set_value.value, set_value.default, set_value.set_by_city) == ("4", "3", True)
    assert (set_value.cell.sheet, set_value.cell.cell, set_value.cell.raw) == ("基準", "C3", "４")
    assert value(reading, "rotation.window_years").set_by_city is False
    assert findings == () and source.file == "settings.xlsx" and len(source.sha256) == 64


def test_a_row_of_the_year_stands_before_a_row_of_every_year(load: Callable[..., Any]) -> None:
    sheets = basics(("2026", "step_down.age", 61, None), (None, "step_down.age", 62, None), (2027, "step_down.age", 63, None))
    assert load(sheets)[0].step_down_age == 61
    assert load(sheets, year=2027)[0].step_down_age == 63
    assert load(sheets, year=2030)[0].step_down_age == 62


def test_two_levels_at_once(load: Callable[..., Any]) -> None:
    reading = load(basics((None, "rotation.unit", "部、課", None), (None, "rotation.minimum", "2、2", None)))[0]
    assert reading.rotation.requirements == (Requirement(Level.BUREAU, 2), Requirement(Level.DEPARTMENT, 2))


OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("rows", "year", "as_of", "clock", "expected"),
    [
        ([], None, None, 2025, date(2025, 4, 1)),
        ([], 2026, None, 2025, date(2026, 4, 1)),
        ([], None, OCTOBER, 2020, OCTOBER),
        ([], 2026, OCTOBER, 2020, OCTOBER),
        ([(2026, "as_of", OCTOBER)], 2026, None, 2020, OCTOBER),
        ([(2026, "as_of", OCTOBER)], 2026, date(2026, 5, 1), 2020, date(2026, 5, 1)),
        ([(2026, "as_of", OCTOBER)], 2027, None, 2020, date(2027, 4, 1)),
        ([(2026, "as_of", OCTOBER)], None, None, 2020, OCTOBER),
        ([(2026, "as_of", OCTOBER), (2027, "as_of", date(2027, 4, 1))], None, None, 2026, OCTOBER),
        ([(None, "as_of", OCTOBER)], None, None, 2020, OCTOBER),
        ([(None, "as_of", OCTOBER)], 2026, None, 2020, OCTOBER),
        ([(None, "as_of", OCTOBER)], 2025, None, 2020, date(2025, 4, 1)),
    ],
)
def test_the_as_of_date(
    load: Callable[..., Any], rows: list[Any], year: int | None, as_of: date | None, clock: int, expected: date
) -> None:
    reading = load(basics(*rows), year=year, as_of=as_of, clock=clock)[0]
    assert reading.as_of == expected
    assert reading.year == (expected.year if expected.month >= 4 else expected.year - 1)


def test_an_as_of_date_outside_the_year_is_a_wrong_use(load: Callable[..., Any]) -> None:
    with pytest.raises(Fault) as caught:
        load(basics(), year=2026, as_of=date(2026, 3, 31))
    assert (caught.value.key, caught.value.usage) == ("as_of_outside", True)


def test_course_timings(load: Callable[..., Any], policy: Policy) -> None:
    sheets = {
        "研修時期": [
            TIMINGS,
            (None, "TC-K02", None, None, 2, 2, None, "いいえ", 40, "6月", None),
            (None, None, "目標設定", "主任、係長", None, None, 50, None, 40, "7月", 5),
            (2026, "TC-K03", None, "全員", 3, 4, None, "はい", None, None, None),
            (None, "TC-K03", None, None, 9, 9, None, None, None, None, None),
            (2027, "TC-K04", None, None, 9, 9, None, None, None, None, None),
            (None, "TS-K01", None, None, None, None, None, None, 30, "4月", None),
        ]
    }
    courses = {c.code: c for c in load(sheets)[0].policy.training.courses}
    given = {c.code: c for c in policy.training.courses}
    two = courses["TC-K02"]
    assert two.targets == (
        Target(service_year=Window(2, 2)),
        Target(ranks=("shunin", "kakaricho"), age_of_year=Window(50, None)),
    )
    assert (two.timing, two.mandatory, two.seats, two.dates, two.repeat_years) == (
        Basis.SET_BY_CITY,
        False,
        40,
        "6月 / 7月",
        5,
    )
    assert courses["TC-K03"].targets == (Target(service_year=Window(3, 4)),) and courses["TC-K03"].mandatory
    assert courses["TC-K04"] == given["TC-K04"]
    stated = courses["TS-K01"]
    assert (stated.targets, stated.timing) == (given["TS-K01"].targets, given["TS-K01"].timing)
    assert (stated.seats, stated.dates) == (30, "4月")
    assert list(courses) == list(given)


def test_titles_columns_seals_and_numbers(load: Callable[..., Any], policy: Policy) -> None:
    reading, _, source = load(
        {
            "職名": [("職名", "職層", "備考"), ("参事", "部長", None), ("主 査", "主任", None)],
            "列の対応": [("シート", "項目", "見出し"), ("異動履歴", "発令日", "発令年月"), ("職員名簿", "title", "身分")],
            "決裁欄": [("帳票", "順番", "欄名"), ("表紙", 2, "人事課"), ("表紙", 1, "部長"), ("面談シート", 1, "本人")],
            "様式番号": [("シート", "様式番号"), ("凡例・根拠", "様式第7号"), ("表紙", "様式第1号")],
        }
    )
    titles = {t.title: (t.rank, t.basis) for t in reading.policy.titles}
    assert titles["参事"] == ("bucho", Basis.SET_BY_CITY) and titles["主 査"] == ("shunin", Basis.SET_BY_CITY)
    assert "主査" not in titles and titles["課長"][0] == "kacho"
    assert source.titles == {"参事": "bucho", "主 査": "shunin"}
    assert source.columns == {("orders", "on"): "発令年月", ("roster", "title"): "身分"}
    assert reading.approvals == {"cover": ("部長", "人事課"), "interview": ("本人",)}
    assert reading.form_numbers == {"cover": "様式第1号", "legend": "様式第7号"}


@pytest.mark.parametrize(
    ("sheets", "key", "cell"),
    [
        (basics((None, "rotation.minimun", 3, None)), "setting_item", "B2"),
        (basics((None, "rotation.minimum", "三つ", None)), "setting_number", "C2"),
        (basics((None, "rotation.minimum", 0, None)), "setting_number", "C2"),
        (basics((None, "rotation.unit", "班", None)), "setting_choice", "C2"),
        (basics((None, "rotation.unit", "部、課", None)), "setting_pairs", "C2"),
        (basics((None, "rotation.ranks", "主事、課長級", None)), "setting_rank", "C2"),
        (basics((None, "rotation.secondment_counts", "たぶん", None)), "setting_yes", "C2"),
        (basics((None, "rotation.midcareer", "半分", None)), "setting_choice", "C2"),
        (basics((None, "step_down.age", 6, None)), "setting_number", "C2"),
        (basics((None, "as_of", "7.4.1", None)), "setting_date", "C2"),
        (basics((2026, "as_of", date(2027, 4, 1), None)), "setting_as_of", "C2"),
        (basics(("来年", "step_down.age", 60, None)), "setting_year", "A2"),
        (basics((None, "step_down.age", 60, None), (None, "役職定年の年齢", 61, None)), "setting_twice", "B3"),
        (basics((None, "step_down.age", "=1+1", None)), "setting_broken", "C2"),
        ({"研修時期": [TIMINGS, (None, "TC-K99")]}, "setting_course", "B2"),
        ({"研修時期": [TIMINGS, (None, None, "目標")]}, "setting_course", "C2"),
        ({"研修時期": [TIMINGS, (None, "TC-K02", None, "平社員")]}, "setting_rank", "D2"),
        ({"研修時期": [TIMINGS, (None, "TC-K02", None, None, 5, 2)]}, "setting_reversed", "F2"),
        ({"研修時期": [TIMINGS, (None, "TC-K02", None, None, "x")]}, "setting_number", "E2"),
        (
            {"研修時期": [TIMINGS, (None, "TC-K02", *[None] * 6, 40), (None, "TC-K02", *[None] * 6, 30)]},
            "setting_disagrees",
            "I3",
        ),
        ({"職名": [("職名", "職層"), ("参事", "局長")]}, "setting_rank", "B2"),
        ({"職名": [("職名", "職層"), ("参事", "部長"), ("参 事", "課長")]}, "setting_twice", "A3"),
        ({"職名": [("職名", "職層"), (None, "部長")]}, "setting_blank", "A2"),
        ({"列の対応": [("シート", "項目", "見出し"), ("異動暦", "発令日", "x")]}, "setting_sheet", "A2"),
        ({"列の対応": [("シート", "項目", "見出し"), ("異動履歴", "発令月", "x")]}, "setting_field", "B2"),
        ({"決裁欄": [("帳票", "順番", "欄名"), ("裏紙", 1, "部長")]}, "setting_form", "A2"),
        ({"決裁欄": [("帳票", "順番", "欄名"), ("表紙", "左", "部長")]}, "setting_number", "B2"),
        ({"様式番号": [("シート", "様式番号"), ("裏紙", "1")]}, "setting_form", "A2"),
    ],
)
def test_a_setting_that_cannot_be_read_is_a_fault_with_its_cell(
    load: Callable[..., Any], sheets: dict[str, Any], key: str, cell: str
) -> None:
    with pytest.raises(Fault) as caught:
        load(sheets)
    assert (caught.value.key, caught.value.facts["cell"]) == (key, cell)
    assert caught.value.facts["sheet"] == next(iter(sheets)) and caught.value.facts["file"] == "settings.xlsx"
    assert not caught.value.usage


def test_near_misses_are_named(load: Callable[..., Any]) -> None:
    with pytest.raises(Fault) as caught:
        load(basics((None, "rotation.minimun", 3, None)))
    assert "rotation.minimum" in str(caught.value.facts["near"])


PLAN = ("研修コード", "研修名", "開始日", "終了日", "定員", "会場")
RISE = ("職層", "職層年数から", "職層年数まで", "低め（%）", "見込み（%）", "高め（%）")
STAYS = ("名前", "分類", "職層", "短期（年未満）", "長期（年以上）", "入庁年数から", "入庁年数まで")


def test_sessions_of_the_year_are_numbered_by_day(load: Callable[..., Any]) -> None:
    rows = (
        ("TC-K02", None, "2026-06-17", None, 20, "会議室"),
        (None, "目標設定", "R8.6.10", "2026-06-11", None, None),
        ("TC-K02", None, "2025-06-10", None, 5, None),
    )
    plan = load({"研修日程": [PLAN, *rows]})[0].plan
    assert [(s.course, s.number, s.first, s.last, s.seats, s.place) for s in plan.sessions] == [
        ("TC-K02", 1, date(2026, 6, 10), date(2026, 6, 11), None, ""),
        ("TC-K02", 2, date(2026, 6, 17), date(2026, 6, 17), 20, "会議室"),
    ]
    assert len(plan.sessions[0].days) == 2


def test_expected_promotions_hires_and_limits(load: Callable[..., Any]) -> None:
    sheets = {"昇任見込み": [RISE, ("主事", 8, 12, 10, 20, 30), ("係長", None, None, 0, 5, 5)]}
    sheets |= basics(
        (None, "plan.hires", "10、20、30", None), (None, "plan.away_most", 3, None), (None, "plan.away_share", 25, None)
    )
    plan = load(sheets)[0].plan
    assert [(p.rank, p.first, p.last, *(100 * p.share.of(case) for case in CASES)) for p in plan.promotions] == [
        ("shuji", 8, 12, 10, 20, 30),
        ("kakaricho", 1, None, 0, 5, 5),
    ]
    assert plan.hires == Band(10, 20, 30)
    assert (plan.away_limit(8), plan.away_limit(100)) == (2, 3)


def test_observations_of_stays_stand_behind_the_policys_rules(load: Callable[..., Any], policy: Policy) -> None:
    rows = (
        ("許認可・契約の所属", "許認可・契約、窓口・税", "主事、主任", 1, 3, None, None),
        ("その他", None, None, None, 8, 11, None),
    )
    stays = load({"在籍の観察": [STAYS, *rows]})[0].policy.rotation.stays
    assert [(s.id, s.name, s.categories, s.ranks, s.minimum_years, s.maximum_years, s.first_service_year) for s in stays] == [
        ("observation-1", "許認可・契約の所属", ("許認可・契約", "窓口・税"), ("shuji", "shunin"), 1, 3, None),
        ("observation-2", "その他", (), (), None, 8, 11),
    ]
    assert all(s.observation and s.basis is Basis.SET_BY_CITY for s in stays)
    assert load(basics())[0].policy.rotation.stays == policy.rotation.stays == ()


@pytest.mark.parametrize(
    ("sheet", "columns", "row", "name", "cell"),
    [
        ("在籍の観察", STAYS, ("あ", None, None, None, None, None, None), "setting_blank", "E2"),
        ("在籍の観察", STAYS, ("あ", None, None, 5, 5, None, None), "setting_reversed", "E2"),
        ("在籍の観察", STAYS, ("あ", None, None, 1, 5, 9, 3), "setting_reversed", "G2"),
        ("昇任見込み", RISE, ("主事", 5, 4, 1, 2, 3), "setting_reversed", "C2"),
        ("昇任見込み", RISE, ("社長", None, None, 1, 2, 3), "setting_rank", "A2"),
        ("研修日程", PLAN, ("TC-K02", None, "2026-06-10", "2026-09-10", 1, None), "setting_session", "D2"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cell(
    load: Callable[..., Any], sheet: str, columns: tuple[str, ...], row: tuple[Any, ...], name: str, cell: str
) -> None:
    with pytest.raises(Fault) as told:
        load({sheet: [columns, row]})
    assert (told.value.key, told.value.facts["cell"]) == (name, cell)


def test_what_is_asked_of_trainers_is_a_setting(load: Callable[..., Any]) -> None:
    plain = load(basics())[0].ojt
    assert (plain.newcomer_years, plain.asks) == (1, False)  # the policy's inferred year; it asks nothing of trainers
    rows = (
        (None, "ojt.newcomer_years", 2, None),
        (None, "トレーナーは同じ課", "はい", None),
        (None, "トレーナーの職層", "主任、係長", None),
        (None, "ojt.trainer_service_year", 5, None),
        (None, "ojt.trainer_course", "ＯＪＴ", None),
        (None, "ojt.trainer_role", "OJTトレーナー", None),
        (None, "ojt.newcomers_most", 2, None),
    )
    asked = load(basics(*rows))[0].ojt
    assert (asked.newcomer_years, asked.same_department, asked.trainer_ranks) == (2, True, ("shunin", "kakaricho"))
    assert (asked.trainer_service_year, asked.trainer_course, asked.newcomers_most) == (5, "TC-S01", 2)
    assert load(basics((None, "ojt.newcomer_years", "なし", None)))[0].ojt.newcomer_years is None
    assert load(basics((None, "ojt.trainer_ranks", "問わない", None)))[0].ojt.trainer_ranks is None


def test_an_unknown_course_of_trainers_is_a_fault_with_its_cell(load: Callable[..., Any]) -> None:
    with pytest.raises(Fault) as fault:
        load(basics((None, "ojt.trainer_course", "存在しない研修", None)))
    assert (fault.value.key, fault.value.facts["cell"]) == ("setting_course", "C2")


MEASURES = ("番号", "取組", "条項", "担当", "指標", "1年目の目標", "2年目の目標", "5年目の目標")
TIERS = ("層", "研修", "職層", "入庁年数から", "在籍年数から")


def test_measures_are_read_in_the_unit_of_their_figure(load: Callable[..., Any]) -> None:
    sheets = {
        **basics((None, "実施計画の最初の年度", "令和7年度", None)),
        "実施計画": [
            MEASURES,
            ("Ｍ１８", None, None, "情報担当課", None, "40", "４０.５％", 100),
            ("M17", None, "第7章第2節1", None, None, 2, None, "1,000"),
            ("P1", "市の取組", "8-2-2", None, "survey.talk", "3.5", None, None),
        ],
    }
    programme = load(sheets)[0].programme
    leaders, experts, own = programme.decided
    assert programme.first_year == 2025
    assert (leaders.id, leaders.owner, leaders.indicator) == ("M18", "情報担当課", "leaders")
    assert [goal and float(goal) for goal in leaders.goals] == [0.4, 0.405, None, None, 1.0]
    assert (experts.clause, [goal and float(goal) for goal in experts.goals]) == ("7-2-1", [2.0, None, None, None, 1000.0])
    assert (own.name, own.clause, own.indicator, own.goals[0]) == ("市の取組", "8-2-2", "survey.talk", 3.5)


@pytest.mark.parametrize(
    ("row", "fault", "cell"),
    [
        (("M18", None, None, None, None, "多め", None, None), "setting_goal", "F2"),
        (("M18", None, None, None, None, "-3", None, None), "setting_goal", "F2"),
        (("M18", None, None, None, None, 0.8, None, None), "setting_percent", "F2"),
        (("M18", None, None, None, None, 1, None, None), "setting_percent", "F2"),
        (("M18", None, None, None, "しあわせ", None, None, None), "setting_choice", "E2"),
        (("M18", None, "9-9", None, None, None, None, None), "setting_choice", "C2"),
    ],
)
def test_a_measure_that_cannot_be_read_is_named_by_its_cell(load: Callable[..., Any], row: Any, fault: str, cell: str) -> None:
    with pytest.raises(Fault) as caught:
        load({"実施計画": [MEASURES, row]})
    assert (caught.value.key, caught.value.facts["cell"]) == (fault, cell)


def test_small_goals_are_taken_where_they_can_mean_one_thing_only(load: Callable[..., Any]) -> None:
    rows = [("M18", None, None, None, None, "0.8%", None, 80), ("M15", None, None, None, None, 0.8, None, None)]
    leaders, engagement = load({"実施計画": [MEASURES, *rows]})[0].programme.decided
    assert [goal and float(goal) for goal in leaders.goals][0::4] == [0.008, 0.8]
    assert float(engagement.goals[0]) == 0.8  # a mean is no share


def test_a_measure_of_another_edition_is_left_out_and_told(load: Callable[..., Any]) -> None:
    rows = [("P1", None, None, "人事課", None, None, None, None), ("M18", None, None, "情報担当課", None, None, None, None)]
    reading, findings, _ = load({"実施計画": [MEASURES, *rows]})
    assert [measure.id for measure in reading.programme.decided] == ["M18"]
    assert [(found.code, found.cell) for found in findings] == [("HR332", "A2")]


def test_a_measure_stands_once(load: Callable[..., Any]) -> None:
    with pytest.raises(Fault) as caught:
        load({"実施計画": [MEASURES, ("M18", *[None] * 7), ("m18", *[None] * 7)]})
    assert caught.value.key == "setting_twice"


def test_ways_to_the_tiers_and_experts_from_outside(load: Callable[..., Any], policy: Policy) -> None:
    sheets = {
        **basics((None, "digital.outside", "任期付", None)),
        "デジタル人材": [
            TIERS,
            ("DX推進リーダー", "カイゼン、市のデジタル講座", "主任、係長", 5, 2),
            ("general", "TC-K04", None, None, None),
        ],
    }
    reading = load(sheets)[0]
    leader, general = reading.tier_paths
    assert (leader.tier, leader.courses, leader.ranks) == ("leader", ("TC-K04", "市のデジタル講座"), ("shunin", "kakaricho"))
    assert (leader.service_years, leader.stay_years) == (5, 2)
    assert (general.tier, general.courses, general.ranks, general.service_years) == ("general", ("TC-K04",), (), 0)
    assert reading.outside_experts == (Employment.FIXED_TERM,)
    assert load_reading(None, policy, year=2026, as_of=None, clock_year=2026)[0].outside_experts == policy.digital.outside


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([("魔法使い", None, None, None, None)], "setting_choice"),
        ([("general", *[None] * 4), ("一般職員", *[None] * 4)], "setting_twice"),
        ([("general", None, "社長", None, None)], "setting_rank"),
        ([("general", None, None, 0, None)], "setting_number"),
    ],
)
def test_a_way_to_a_tier_that_cannot_be_read(load: Callable[..., Any], rows: Any, fault: str) -> None:
    with pytest.raises(Fault) as caught:
        load({"デジタル人材": [TIERS, *rows]})
    assert caught.value.key == fault
