"""The situations of tests/cases/*.toml as plain data in the interface of rules.judge.

``load()`` gives every case as {id, why, file, person, world, judged, expect: [{rule, status, values}]}; only the values
that stand there are to be compared. In the files people have the headers of the roster workbook, here the keys of the oracle.
What a case leaves out: birth = 15 June, 22 years before the FY of the hire; 任用区分 正規; 職種 一般事務; 職名 主事; a
missing 部 is that of the first organisation row of the 課; the world is base.toml. "" means blank, "?" an unreadable
date.
"""

import tomllib
from copy import deepcopy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from .dates import fy

FOLDER = Path(__file__).resolve().parent.parent / "cases"
Record = dict[str, Any]

PERSON = {
    "職員番号": "staff_id",
    "生年月日": "birth",
    "採用年月日": "hired",
    "採用区分": "hire_route",
    "任用区分": "employment",
    "職種": "job_family",
    "職名": "title",
    "現職層開始日": "rank_start",
    "部": "bureau",
    "課": "department",
    "係": "section",
    "所属コード": "org_code",
    "在職状況": "status_word",
    "役割": "roles",
    "デジタル区分": "digital_tier",
    "退職年月日": "left",
    "異動履歴": "orders",
    "研修履歴": "completions",
    "休業等": "leaves",
    "理由登録": "reasons",
}
ORDER = {
    "発令日": "date",
    "部": "bureau",
    "課": "department",
    "係": "section",
    "所属コード": "org_code",
    "職名": "title",
    "異動区分": "kind",
    "終了日": "end",
    "備考": "remark",
}
COMPLETION = {"研修名": "course", "修了日": "date", "結果": "result"}
LEAVE = {"区分": "kind", "開始日": "start", "終了日": "end"}
REASON = {"規則": "rule", "理由": "reason", "有効期限": "expires", "登録日": "registered_on"}
ORG = {
    "所属コード": "code",
    "部": "bureau",
    "課": "department",
    "係": "section",
    "開始日": "start",
    "終了日": "end",
    "改編元": "parents",
    "分類": "category",
    "場所区分": "place",
}
EMPLOYMENT = {"正規": "regular", "任期付": "fixed_term", "再任用": "reappointed", "会計年度任用": "fiscal_year"}
COURSE: Record = {
    "names": (),
    "timing": "unset",
    "targets": [],
    "not_in_year_of": [],
    "excludes": [],
    "prerequisites": [],
    "replaced_by": [],
    "repeat_years": None,
    "lecturer_counts": False,
    "mandatory": False,
}


def renamed(row: Record, keys: dict[str, str]) -> Record:
    """A row with the headers of the workbook as one with the oracle's keys, "" and what is left out as None."""
    unknown = sorted(set(row) - set(keys))
    if unknown:
        raise KeyError(f"no such field: {unknown}")
    return {new: None if row.get(old, "") == "" else row[old] for old, new in keys.items()}


def organisation(rows: list[Record]) -> list[Record]:
    return [{**r, "parents": r["parents"] or []} for r in (renamed(row, ORG) for row in rows)]


def course(row: Record) -> Record:
    full = {**deepcopy(COURSE), **row}
    full["names"] = tuple(full["names"])
    for target in full["targets"]:
        for key in ("service", "rank_year", "age"):
            if key in target:
                low, high = (*target[key], None)[:2]
                target[key] = (low, high)
    return full


def with_bureau(post: Record, org: list[Record]) -> Record:
    if post["department"] and not post["bureau"]:
        post["bureau"] = next((r["bureau"] for r in org if r["department"] == post["department"]), None)
    return post


def person_of(row: Record, case_id: str, org: list[Record]) -> Record:
    row = {"職員番号": case_id, "任用区分": "正規", "職種": "一般事務", "職名": "主事", **row}
    person = renamed(row, PERSON)
    if "生年月日" not in row and isinstance(person["hired"], date):
        person["birth"] = date(fy(person["hired"]) - 22, 6, 15)
    if person["employment"] is not None:
        person["employment"] = EMPLOYMENT[person["employment"]]
    person["roles"] = tuple(person["roles"] or ())
    person["orders"] = [with_bureau(renamed(o, ORDER), org) for o in person["orders"] or []]
    person["completions"] = [renamed(c, COMPLETION) for c in person["completions"] or []]
    person["leaves"] = [renamed(x, LEAVE) for x in person["leaves"] or []]
    person["reasons"] = [renamed(r, REASON) for r in person["reasons"] or []]
    return with_bureau(person, org)


def world_of(changes: Record, base: Record) -> Record:
    world = deepcopy(base)
    changes = deepcopy(changes)
    world["reading"] = {"review_years": None, **world["reading"], **changes.pop("reading", {})}
    world["org"] = organisation([*world["org"], *changes.pop("org", [])])
    courses = {c["code"]: c for c in [*world["courses"], *changes.pop("courses", [])]}
    world["courses"] = [course(c) for c in courses.values()]
    others = [renamed(c, COMPLETION) for c in changes.pop("others_completions", [])]
    world.update(changes)
    world["register_start"] = None if world["register_start"] == "" else world["register_start"]
    world["all_completions"] = others
    return world


@lru_cache
def load(folder: Path = FOLDER) -> list[Record]:
    """Every situation of a folder. To be read only."""
    base = tomllib.loads((folder / "base.toml").read_text(encoding="utf-8"))
    found: list[Record] = []
    for path in sorted(folder.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", []):
            world = world_of(case.get("world", {}), base)
            world["year"], world["as_of"] = case["year"], case["as_of"]
            person = person_of(case["person"], case["id"], world["org"])
            world["all_completions"] += person["completions"]
            found.append(
                {
                    "id": case["id"],
                    "why": case["why"],
                    "file": path.name,
                    "person": person,
                    "world": world,
                    "judged": case.get("judged", True),
                    "expect": case.get("expect", []),
                }
            )
    return found
