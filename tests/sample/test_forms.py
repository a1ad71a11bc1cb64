"""Trainings, assessments, wishes, qualifications and settings."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from hrbook.resources import load_toml

from .reading import AS_OF, RANKS, fiscal_year

UNSET = {"TS-K06", "TS-T02", "TS-T03", "TS-T01"}
POLICY_TIMED = {"TC-K01", "TC-K06", "TC-K09", "TC-K11", "TS-K01", "TS-K02", "TS-K03", "TS-K04", "TS-K05", "TS-K07"}


def courses(data):
    return {course["code"]: course for course in data["course"]}


def test_courses_are_those_of_the_policy(data):
    policy = {course["code"]: course["name"] for course in load_toml("policy/tachikawa-3.toml")["training"]["courses"]}
    assert {code: course["names"][0] for code, course in courses(data).items()} == policy


def test_completions_lie_in_the_register_and_the_service(book):
    for number, rows in book.trainings.items():
        person = book.staff[number]
        for row in rows:
            assert date(2012, 4, 1) <= row["修了日"] < AS_OF, row
            assert row["修了日"] >= person["採用年月日"], row
            assert row["修了日"].weekday() < 5 or row["研修コード"] is None, row
            assert row["研修コード"] or row["研修名"]


def test_results_are_mostly_completions(book):
    results = Counter(row["結果"] for rows in book.trainings.values() for row in rows)
    assert set(results) == {"修了", None, "欠席", "未修了", "免除", "講師"}
    assert (results["修了"] + results[None]) / results.total() > 0.88


def test_courses_are_written_by_name_code_and_other_spellings(book, data):
    usual = {course["names"][0] for course in courses(data).values()}
    rows = [row for rows in book.trainings.values() for row in rows]
    assert any(row["研修名"] is None for row in rows)
    assert {"ＯＪＴ", "RRT"} <= {row["研修名"] for row in rows} - usual


def test_most_took_the_first_course_and_some_did_not(book):
    new = [n for n, p in book.staff.items() if p["任用区分"] == "正規" and 2014 <= p["採用年月日"].year <= 2024]
    took = [n for n in new if any(r["研修名"] == "新任職員" or r["研修コード"] == "TC-K01" for r in book.trainings[n])]
    assert 0.8 < len(took) / len(new) < 1


def test_a_rank_course_comes_with_the_rank(book):
    early = 0
    for number, rows in book.trainings.items():
        orders = [o for o in book.orders[number] if RANKS.get(str(o["職名"]), -1) >= 3]
        for row in rows:
            if orders and row["研修コード"] == "TS-K05" and orders[0]["発令日"] > book.staff[number]["採用年月日"]:
                early += row["修了日"] < orders[0]["発令日"]
    assert early <= 2


def test_nobody_trains_while_on_leave(book):
    for number, leaves in book.leaves.items():
        for row in book.trainings.get(number, []):
            assert not any(leave["開始日"] <= row["修了日"] <= (leave["終了日"] or date.max) for leave in leaves)


def test_a_few_completions_are_older_than_the_rank(book):
    found = 0
    for number, rows in book.trainings.items():
        firsts = {"係長新任": 2, "新任係長": 2, "課長新任": 3, "新任課長": 3, "部長新任": 4, "新任主任": 1}
        for row in rows:
            rank = firsts.get(str(row["研修名"]))
            since = [o["発令日"] for o in book.primary(number) if RANKS.get(str(o["職名"]), -1) >= (rank or 9)]
            complete = book.primary(number)[0]["発令日"] == book.staff[number]["採用年月日"]
            found += bool(rank and since and complete and row["修了日"] < min(since))
    assert 1 <= found <= 4


def test_assessments_are_of_the_abilities_of_the_rank(book):
    by_person, years = defaultdict(list), Counter()
    for row in book.sheets["評価"]:
        years[row["年度"]] += 1
        if row["年度"] != 2025:
            continue
        assert {row["自己評価"], row["上司評価"]} <= {None, 1, 2, 3, 4, 5}
        by_person[row["職員番号"]].append(row["能力"])
    assert 0.42 < len(by_person) / 1000 < 0.58
    sizes = {0: 3, 1: 6, 2: 8, 3: 10, 4: 10}
    for number, abilities in by_person.items():
        before = [o for o in book.primary(number) if o["発令日"] < AS_OF and o["職名"] in RANKS]
        if before:
            assert len(set(abilities)) == len(abilities) == sizes[RANKS[before[-1]["職名"]]], number
    assert set(years) == {2023, 2024, 2025}
    assert years[2023] < years[2024] < years[2025]


def test_goals_are_of_the_city_every_bureau_and_most_departments(book):
    units = {(unit["部"], unit["課"]) for unit in book.sheets["組織"] if unit["終了日"] is None and unit["係"] is None}
    goals = Counter((row["部"], row["課"]) for row in book.sheets["所属目標"])
    assert {row["年度"] for row in book.sheets["所属目標"]} == {2026}
    assert goals.pop((None, None)) == 1
    assert set(goals) <= units
    assert {unit for unit in units if unit[1] is None} <= set(goals)
    own = [unit for unit in units if unit[1] is not None]
    assert 0.6 < len([unit for unit in own if goals[unit] == 2]) / len(own) < 1


def test_wishes_come_from_most_and_hold_nothing_medical(book):
    rows = book.sheets["自己申告"]
    assert 0.62 < len(rows) / 1000 < 0.78
    assert len({row["職員番号"] for row in rows}) == len(rows)
    for row in rows:
        text = "".join(str(row[key] or "") for key in ("希望理由", "配慮事項"))
        assert not any(word in text for word in ("病", "通院", "治療", "障害", "健康", "メンタル", "休職"))
    departments = {unit["課"] for unit in book.sheets["組織"] if unit["終了日"] is None}
    assert {row["希望先"] for row in rows} <= departments | {None}


def test_roles_and_tiers(book):
    people = book.sheets["職員名簿"]
    assert 30 < sum(p["役割"] == "OJTトレーナー" for p in people) < 120
    assert 15 < sum(p["デジタル区分"] == "DX推進リーダー" for p in people) < 70
    experts = [p["任用区分"] for p in people if p["デジタル区分"] == "高度専門人材"]
    assert experts.count("任期付") == 2 and "正規" in experts


def test_criteria_are_the_ones_agreed_on(book):
    values = {row["項目"]: row["値"] for row in book.sheets["基準"]}
    assert values == {
        "as_of": date(2026, 4, 1),
        "policy_effective_from": date(2025, 4, 1),
        "training.register_start": 2012,
        "rotation.unit": "課",
        "rotation.window_years": 10,
        "rotation.minimum": 3,
        "rotation.usual_stay_years": 3,
        "rotation.min_stay_months": 0,
        "rotation.secondment_counts": "はい",
        "rotation.leave_extends_window": "いいえ",
        "rotation.midcareer": "same",
        "rotation.midcareer_routes": "経験者採用",
        "step_down.age": 60,
        "points.especially": 2,
        "points.required": 1,
        "form.city": "みはらし市（架空）",
        "form.deadline": date(2026, 6, 30),
        "form.submit_to": "総務部人事課",
        "form.retention": "3年",
        "plan.away_share": 20,
        "ojt.same_department": "はい",
        "ojt.trainer_ranks": "主任、係長",
        "ojt.trainer_service_year": 5,
        "ojt.newcomers_most": 2,
        "programme.first_year": 2025,
    }
    assert all(row["説明"] for row in book.sheets["基準"])


def test_what_the_policy_leaves_open_is_said_to_be_invented(book):
    """Goals, owners and ways to the tiers are the invented city's, and each row says so."""
    measures, tiers = book.sheets["実施計画"], book.sheets["デジタル人材"]
    assert len(measures) > 10 and tiers and all(row["備考"] == "架空の市の決定" for row in (*measures, *tiers))
    assert {row["番号"][0] for row in measures} == {"M", "P"} and all(row["担当"] for row in measures)
    assert any(row["5年目の目標"] for row in measures)


def test_timings_cover_what_the_policy_leaves_open_but_three(book, data):
    timed = {row["研修コード"] for row in book.sheets["研修時期"]}
    assert timed == set(courses(data)) - UNSET - POLICY_TIMED
    windows = {row["研修コード"]: row for row in book.sheets["研修時期"]}
    assert (windows["TC-K08"]["入庁年数から"], windows["TC-K08"]["入庁年数まで"]) == (12, 14)
    assert (windows["TC-K07"]["職層"], windows["TC-K07"]["職層年数から"]) == ("主任", 1)
    assert (windows["TC-S05"]["職層"], windows["TC-S05"]["入庁年数まで"]) == ("主事、主任", 10)
    assert windows["TC-S07"]["繰返し年数"] == 1
    assert (windows["TC-K12"]["年度末年齢から"], windows["TC-K12"]["年度末年齢まで"]) == (55, 55)
    assert any(row["定員"] for row in windows.values()) and any(row["実施日"] for row in windows.values())


def test_titles_map_to_ranks_of_the_city(book):
    ranks = {"主事", "主任", "係長", "課長", "部長"}
    titles = {row["職名"]: row["職層"] for row in book.sheets["職名"]}
    assert set(titles.values()) <= ranks and not set(titles) & ranks
    assert (titles["参事"], titles["副参事"], titles["主査"]) == ("部長", "課長", "係長")


def test_forms_have_numbers_and_seals(book):
    assert [row["様式番号"] for row in book.sheets["様式番号"]] == [f"様式第{n}号" for n in range(1, 8)]
    seals = [(row["帳票"], row["順番"], row["欄名"]) for row in book.sheets["決裁欄"]]
    assert seals[0] == ("表紙", 1, "部長") and ("面談シート", 3, "所属長") in seals


def test_fiscal_year_helper():
    assert [fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))] == [2025, 2026]
