# ruff: noqa: E501  a table of faults, one a line
"""`policy check` finds what is planted; the shipped policies are clean."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hrbook import resources
from hrbook.core.policy import Policy
from hrbook.ingest.policy import load_policy, policy_from
from hrbook.lint import lint
from hrbook.words import load_labels

TODAY = date(2026, 11, 23)
Change = Callable[[dict[str, Any]], None]


def raw() -> dict[str, Any]:
    return copy.deepcopy(resources.load_toml("policy/tachikawa-3.toml"))


def put(*path: Any) -> Change:
    """Set the place that all but the last of `path` name; "+" appends."""

    def change(data: Any) -> None:
        *steps, key, value = path
        for step in steps:
            data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
        if key == "+":
            data.append(value)
        else:
            data[key] = value

    return change


def drop(*path: Any) -> Change:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


def course(index: int, *path: Any) -> Change:
    return put("training", "courses", index, *path)


def both(*changes: Change) -> Change:
    def change(data: dict[str, Any]) -> None:
        for one in changes:
            one(data)

    return change


READING = ("rotation", "reading")
STAY = {"id": "a", "name": "在籍", "maximum_years": 5, "clause": "4-3-1"}
YOUNG = {"id": "b", "name": "若手", "ranks": ["shuji"], "maximum_years": 3, "clause": "4-3-1"}
SENTENCE = ("coverage", "sentences")
PLANTED: list[tuple[str, Change, str]] = [
    ("HR601", drop("competency", "clause"), "competency.clause"),
    ("HR602", drop("rotation", "cited", 1), "rotation.reading.window_years"),
    ("HR603", both(drop("checked_on"), drop("training", "courses", 0, "checked_on")), "training.courses[0]"),
    ("HR604", course(0, "checked_on", "去年"), "training.courses[0].checked_on"),
    ("HR605", course(0, "checked_on", "2020-04-01"), "training.courses[0].checked_on"),
    ("HR606", course(0, "checked_on", "2027-04-01"), "training.courses[0].checked_on"),
    ("HR607", put("titles", 0, "basis", "set_by_city"), "titles[0]"),
    ("HR608", drop("competency", "abilities", 0, "note"), "competency.abilities[0]"),
    ("HR611", drop("competency", "abilities", 0, "marks", "bucho"), "competency.behaviours[0].ability"),
    ("HR612", put("competency", "abilities", 8, "marks", "bucho", "◎"), "competency.abilities[8].marks.bucho"),
    ("HR613", put("competency", "behaviours", 0, "name", "政治力"), "competency.behaviours[0].name"),
    ("HR614", lambda data: data["competency"].update(behaviours=data["competency"]["behaviours"][:-3]), "ranks[0]"),
    ("HR615", drop("titles", 0), "ranks[0]"),
    ("HR616", put("career", "stages", 3, "ranks", ["kacho"]), "ranks[2]"),
    ("HR617", put("career", "stages", 2, "first_service_year", 15), "career.stages"),
    ("HR618", put("career", "stages", "+", {"id": "x", "name": "余り", "group": "", "gist": "", "clause": "4-3-1"}), "career.stages[5]"),
    ("HR619", put("ranks", 2, "group", "general"), ""),
    ("HR620", put("competency", "marks", "+", {"id": "z", "name": "余り", "symbols": ["★"], "points": 3, "basis": "stated"}), "competency.marks[2]"),
    ("HR621", put("competency", "abilities", 9, "marks", {}), "competency.abilities[9].marks"),
    ("HR622", put("ranks", 2, "group", "係長級"), "ranks[2].group"),
    ("HR631", course(0, "targets", [{"service_year": {"first": 20}, "age_of_year": {"last": 25}}]), "training.courses[0].targets[0]"),
    ("HR632", course(0, "targets", "+", {"ranks": ["shuji"], "service_year": {"first": 1, "last": 1}}), "training.courses[0].targets[1]"),
    ("HR633", course(25, "names", 0, {"name": "部長新任"}), "training.courses[25].names[0]"),
    ("HR634", course(25, "names", "+", {"name": "部長研修", "first_year": 2010}), "training.courses[25].names[2]"),
    ("HR635", both(course(0, "prerequisites", ["TC-K02"]), course(1, "prerequisites", ["TC-K01"])), "training.courses[0].prerequisites"),
    ("HR636", both(course(0, "replaced_by", ["TC-K02"]), course(1, "replaced_by", ["TC-K01"])), "training.courses[0].replaced_by"),
    ("HR637", both(course(5, "prerequisites", ["TC-K01"]), course(5, "excludes", ["TC-K01"])), "training.courses[5].prerequisites[0]"),
    ("HR638", course(1, "targets", [{"service_year": {"first": 2, "last": 2}}]), "training.courses[1].targets[0]"),
    ("HR639", course(1, "order", 1), "training.courses[0].order"),
    ("HR640", put("training", "providers", "+", {"id": "x", "name": "余り", "short": "余"}), "training.providers[2]"),
    ("HR641", both(course(0, "prerequisites", ["TS-K03"])), "training.courses[0].prerequisites[0]"),
    ("HR642", course(0, "not_in_year_of", ["TS-K01"]), "training.courses[0].not_in_year_of[0]"),
    ("HR651", put(*READING, "requirements", 0, "minimum", 11), "rotation.reading.requirements[0].minimum"),
    ("HR652", put("rotation", "stays", [STAY, YOUNG]), "rotation.stays[1].id"),
    ("HR653", put("rotation", "stays", [{"id": "a", "name": "在籍", "clause": "4-3-1"}]), "rotation.stays[0].id"),
    ("HR654", put(*READING, "requirements", "+", {"level": "department", "minimum": 2}), "rotation.reading.requirements[1].level"),
    ("HR655", put(*READING, "requirements", 0, "groups", [{"name": "a", "members": ["b"]}]), "rotation.reading.requirements[0].groups"),
    ("HR656", put(*READING, "usual_stay_years", 6), "rotation.reading.requirements[0].minimum"),
    ("HR657", put(*READING, "requirements", 0, {"level": "place", "minimum": 1, "groups": [{"name": "a", "members": ["x"]}, {"name": "b", "members": ["x"]}]}), "rotation.reading.requirements[0].groups"),
    ("HR658", put(*READING, "midcareer", "exclude"), "rotation.reading.midcareer_routes"),
    ("HR659", put(*READING, "requirements", 0, {"level": "place", "minimum": 2, "groups": [{"name": "a", "members": ["x"]}]}), "rotation.reading.requirements[0].groups"),
    ("HR660", put(*READING, "job_families", ["技能労務"]), "rotation.reading.job_families"),
    ("HR661", put("step_down", "ranks", ["kacho"]), "step_down.ranks"),
    ("HR662", put("retirement", "ages", 1, "age", 60), "retirement.ages[1]"),
    ("HR663", put("step_down", "age", 63), "step_down.age"),
    ("HR673", put("clauses", "9", {"place": "第9章", "gist": "余り"}), "clauses.9"),
    ("HR674", put(*SENTENCE, 5, "rules", ["rotation.never"]), "coverage.sentences[5].rules[0]"),
    ("HR675", put(*SENTENCE, 5, "number", 1), ""),
    ("HR677", lambda data: [s.pop("rules") for s in data["coverage"]["sentences"] if s.get("rules") == ["digital.tier"]], "coverage"),
    ("HR678", put(*SENTENCE, 80, "because", "わけ"), ""),
    ("HR679", drop("coverage"), "coverage"),
    ("HR680", put(*SENTENCE, 5, "sheets", ["org_nowhere"]), "coverage.sentences[5].sheets[0]"),
    ("HR681", put("programme", "measures", 2, "indicator", "happiness"), "programme.measures[2].indicator"),
]  # fmt: skip


def place(loc: tuple[str | int, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def found_in(policy: Policy, *others: Policy) -> list[tuple[str, str]]:
    return [(remark.code, place(remark.loc)) for remark in lint(policy, others, TODAY)]


@pytest.mark.parametrize(("code", "change", "where"), PLANTED, ids=[code for code, _, _ in PLANTED])
def test_a_planted_fault_is_found(code: str, change: Change, where: str) -> None:
    data = raw()
    if code in ("HR619",):
        put("ranks", 1, "group", "managerial")(data)
    change(data)
    if code == "HR678":
        data["coverage"]["sentences"][80].setdefault("rules", ["career.stage"])
    policy = policy_from(data, "own.toml")
    remarks = [remark for remark in lint(policy, (), TODAY) if remark.code == code]
    assert remarks, found_in(policy)
    assert not where or where in [place(remark.loc) for remark in remarks]
    for language in ("ja", "en"):
        for remark in remarks:
            text = load_labels(language)(f"lint.{code}", **remark.facts)
            assert text and "{" not in text


def test_there_are_many() -> None:
    assert len({code for code, _, _ in PLANTED}) >= 45


def test_every_code_has_words_and_a_planted_fault() -> None:
    labels = load_labels("ja")
    worded = {key.removeprefix("lint.") for key in dict.fromkeys(labels.keys()) if key.startswith("lint.HR")}
    assert worded - {"HR671"} == {code for code, _, _ in PLANTED}


def test_two_editions_of_one_day() -> None:
    old = policy_from(raw(), "a.toml")
    new = policy_from({**raw(), "id": "tachikawa-4"}, "b.toml")
    assert ("HR671", "series") in found_in(new, old)
    later = policy_from({**raw(), "id": "tachikawa-4", "effective_from": date(2028, 4, 1)}, "b.toml")
    assert "HR671" not in [code for code, _ in found_in(later, old)]


@pytest.mark.parametrize("name", [n.removesuffix(".toml") for n in resources.names("policy", ".toml")])
def test_the_shipped_policies_have_no_warning(name: str) -> None:
    policy = load_policy(name)[0]
    assert [r.key for r in lint(policy, (), TODAY) if r.severity.value == "warning"] == []


def test_the_known_contradiction_of_the_policy_says_how_it_is_read() -> None:
    remarks = lint(load_policy("tachikawa-3")[0], (), TODAY)
    known = [remark for remark in remarks if remark.read_as]
    assert [(remark.key, remark.severity.value) for remark in known] == [("HR612 policy_planning/bucho", "note")]
    data = raw()
    next(doubt for doubt in data["doubts"] if doubt.get("about")).pop("about")
    assert ("HR612", "competency.abilities[4].marks.bucho") in found_in(policy_from(data, "own.toml"))
