"""Awkward careers under several readings (tests/cases/readings.toml), by the engine and by the independent
re-implementation; and that the cases together produce every status of the two tables of the specification."""

import tomllib

import pytest

from hrbook.core.assess import assess
from hrbook.core.judgement import RotationStatus, TrainingStatus
from hrbook.excel.plain import write_tables
from hrbook.ingest.roster import How, RosterBooks, roster_of
from hrbook.ingest.workbook import parse_workbook
from hrbook.words import load_labels
from tests.engine.adapter import policy_of, reading_of, tables
from tests.oracle.cases import FOLDER, load
from tests.oracle.rules import judge

RULE = "rotation.three-in-ten"
READINGS = {
    "この事例の読み方": {},
    "期間を9年とみる": {"window_years": 9},
    "期間を11年とみる": {"window_years": 11},
    "12か月未満の配属を数えない": {"min_stay_months": 12},
    "派遣先を数えない": {"secondment_counts": False},
    "休業の年数だけ延ばす": {"leave_extends_window": True},
    "部を一つと数える": {"unit": "部"},
    "係を一つと数える": {"unit": "係"},
    "経験者採用を除く": {"midcareer": "exclude"},
}
MIDCAREER = "経験者採用を除く"
CASES = {case["id"]: case for case in load()}
TURNING = 47  # careers to which some of the readings make a difference
CAREERS = tomllib.loads((FOLDER / "readings.toml").read_text(encoding="utf-8"))["career"]
LABELS = load_labels("ja")


def word(status):
    return LABELS(f"status.rotation.{status}")


def worlds(case):
    for name, changed in READINGS.items():
        if name == MIDCAREER and not case["person"]["hire_route"]:
            continue  # nobody could say whether the person is left out
        yield name, {**case["world"], "reading": {**case["world"]["reading"], **changed}}


@pytest.mark.parametrize("career", CAREERS, ids=[c["case"] for c in CAREERS])
def test_a_career_under_several_readings(career):
    case = CASES[career["case"]]
    person, policy = case["person"], policy_of(case["world"])
    book = parse_workbook(write_tables(tuple(tables([person], case["world"])), "test", "test"), "roster.xlsx")
    roster, findings = roster_of(RosterBooks(book), policy, How())
    engine, oracle = {}, {}
    for name, world in worlds(case):
        engine[name] = word(assess(roster, reading_of(world, policy), findings).people[0].rotation.result.status)
        oracle[name] = word(judge(person, world)[RULE]["status"])
    assert engine == career["standing"], case["why"]
    assert oracle == career["standing"], case["why"]


def test_sixty_awkward_careers_and_more_under_several_readings():
    assert len({c["case"] for c in CAREERS}) == len(CAREERS) >= 60
    for career in CAREERS:
        case = CASES[career["case"]]
        assert (list(career["standing"]), career["why"]) == ([name for name, _ in worlds(case)], case["why"])
    assert sum(len(set(c["standing"].values())) > 1 for c in CAREERS) >= TURNING


def test_every_status_of_the_two_tables_is_produced_by_the_cases():
    wanted = [(e["rule"], e["status"]) for case in CASES.values() if case["judged"] for e in case["expect"]]
    assert {status for rule, status in wanted if rule == RULE} == {s.value for s in RotationStatus}
    assert {status for rule, status in wanted if rule.startswith("training.")} == {s.value for s in TrainingStatus}
