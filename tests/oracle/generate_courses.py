"""Courses of every shape for the generated worlds: some fixed, some drawn."""

import random
from typing import Any

Record = dict[str, Any]
GENERAL = ["主事", "主任"]


def course(code: str, name: str, timing: str, targets: list[Record], **more: Any) -> Record:
    return {
        "code": code,
        "names": (name, f"{name}研修"),
        "timing": timing,
        "targets": targets,
        "not_in_year_of": [],
        "excludes": [],
        "prerequisites": [],
        "replaced_by": [],
        "repeat_years": None,
        "lecturer_counts": False,
        "mandatory": False,
        **more,
    }


def new_in(rank: str) -> list[Record]:
    """In the first year of a rank, or in its second where that began in the middle of a year."""
    return [{"ranks": [rank], "rank_year": (1, 1)}, {"ranks": [rank], "rank_year": (2, 2), "entered_mid_year": True}]


def window(r: random.Random, latest: int) -> tuple[int, int | None]:
    low = r.randint(1, latest)
    return low, r.choice([low, low + 1, low + 2, low + 5, None])


def random_target(r: random.Random) -> Record:
    target: Record = {}
    if r.random() < 0.5:
        target["ranks"] = r.sample(["主事", "主任", "係長", "課長", "部長"], r.randint(1, 3))
    kind = r.choice(["service", "rank_year", "age", "none", "service"])
    if kind == "age":
        low = r.randint(22, 60)
        target["age"] = (low, r.choice([low, low + 3, None]))
    elif kind != "none":
        target[kind] = window(r, 12)
    if r.random() < 0.1:
        target["job_families"] = r.choice([["土木"], ["一般事務", "保健師"]])
    if r.random() < 0.08:
        target["routes"] = ["社会人経験者"]
    if r.random() < 0.08:
        target["hired_mid_year"] = True
    if r.random() < 0.06 and "rank_year" in target:
        target["entered_mid_year"] = True
    if r.random() < 0.06:
        target["role"] = "OJTトレーナー"
    return target


def courses(r: random.Random) -> list[Record]:
    found = [
        course("NEW", "新任", "stated", [{"service": (1, 1)}, {"service": (2, 2), "hired_mid_year": True}]),
        course("SOLVE", "問題解決", "stated", [{"ranks": GENERAL, "service": (3, None)}]),
        course("MID", "中堅", "stated", [{"ranks": GENERAL, "service": (6, 8)}]),
        course("LEAD", "主任新任", "inferred", [{"ranks": ["主任"], "rank_year": (1, 1)}]),
        course("CHIEF", "係長新任", "stated", new_in("係長")),
        course("HEAD", "課長新任", "stated", new_in("課長")),
        course("RIGHTS", "人権", "stated", [{}], not_in_year_of=["NEW"]),
        course("OPEN", "行政法", "unset", [{}]),
        course("READY", "管理職準備", "unset", [{"ranks": ["係長"]}]),
        course("VETERAN", "ベテラン", "city", [{"age": (55, 55)}]),
        course("PROPOSE", "政策提案", "stated", [{"ranks": GENERAL, "service": (5, None)}], excludes=["OPEN"]),
        course("OLD", "旧情報", "city", [{"service": (1, 4)}], replaced_by=["INFO"]),
        course("INFO", "情報", "city", [{}], repeat_years=3, lecturer_counts=True),
    ]
    for number in range(5):
        targets = [random_target(r) for _ in range(r.choice([1, 1, 2]))]
        more: Record = {}
        if r.random() < 0.15:
            more["repeat_years"] = r.choice([2, 5])
        if r.random() < 0.15:
            more["excludes"] = ["READY"]
        if r.random() < 0.15:
            more["not_in_year_of"] = ["CHIEF"]
        if r.random() < 0.2:
            more["lecturer_counts"] = True
        if r.random() < 0.2:
            more["prerequisites"] = ["MID"]
        timing = r.choice(["stated", "inferred", "city", "city", "unset"])
        found.append(course(f"X{number}", f"試行{number}", timing, targets, **more))
    return found
