"""Small nasty worlds, made by random.Random alone: the same seed gives the same people on every machine.

``generate(seed, n)`` gives (n persons, world) in the interface of rules.judge. Each person first lives a true career in
an organisation that is renamed, merged and split around them; then the records of it are damaged: rows lost, cells
blank, dates unreadable ("?"), rows of second posts and of other authorities added, and the rows shuffled.
``random_reading(seed)`` gives a reading; a world of an even seed has the default reading, one of an odd seed a random
one.
"""

import random
from copy import deepcopy
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from .dates import ONE_DAY, fy
from .generate_courses import courses
from .generate_organisation import LAST_YEAR as YEAR
from .generate_organisation import Unit, organisation, post_of

Record = dict[str, Any]
Person = dict[str, Any]
World = dict[str, Any]
RANKS = ["主事", "主任", "係長", "課長", "部長"]
TITLES = {**{rank: rank for rank in RANKS}, "主査": "係長", "参事": "課長"}
POINTS = {
    "主事": {"職務遂行能力": 2, "専門能力": 2},
    "主任": {"職務遂行能力": 2, "専門能力": 2, "指導育成能力": 1},
    "係長": {"職務遂行能力": 2, "指導育成能力": 2, "専門能力": 1},
    "課長": {"組織運営能力": 2, "専門能力": 1},
    "部長": {"政策決定能力": 2, "組織運営能力": 2, "危機管理能力": 1},
}
DEFAULT_READING: Record = {
    "ranks": ("主事", "主任"),
    "employment": ("regular",),
    "job_families_excluded": ("技能労務",),
    "unit": "課",
    "window_years": 10,
    "minimum": 3,
    "min_stay_months": 0,
    "secondment_counts": True,
    "leave_extends_window": False,
    "midcareer": "same",
    "usual_stay_years": 3,
    "review_years": None,
}


def random_reading(seed: int) -> Record:
    """Some reading of the guide: every key may differ from the default; some count in the other shapes that a policy may
    have (moves, kinds of place in groups, two levels at once)."""
    r = random.Random(f"reading {seed}")
    return {
        **random_shape(random.Random(f"shape {seed}")),
        "ranks": r.choice([("主事", "主任"), ("主事", "主任"), ("主事",), ("主事", "主任", "係長")]),
        "employment": r.choice([("regular",), ("regular", "fixed_term")]),
        "job_families_excluded": r.choice([("技能労務",), (), ("技能労務", "保健師")]),
        "unit": r.choice(["課", "課", "部", "係", "分類"]),
        "window_years": r.choice([8, 9, 10, 11, 12]),
        "minimum": r.choice([2, 3, 3, 4]),
        "min_stay_months": r.choice([0, 0, 6, 12, 24]),
        "secondment_counts": r.random() < 0.6,
        "leave_extends_window": r.random() < 0.4,
        "midcareer": r.choice(["same", "exclude"]),
        "usual_stay_years": r.choice([2, 3, 4, 5]),
        "review_years": r.choice([None, None, 2, 5, 10]),
    }


def random_shape(r: random.Random) -> Record:
    """What a reading counts beyond plain units, for about half of the seeds."""
    shape: Record = {}
    kind = r.choice(["plain", "plain", "plain", "moves", "two", "groups", "families"])
    if kind == "moves":
        shape["counted"] = "moves"
    elif kind == "two":
        shape["also"] = [{"unit": r.choice(["部", "分類", "場所区分"]), "minimum": 2, "counted": "units", "groups": {}}]
    elif kind == "groups":
        shape["also"] = [{"unit": "分類", "minimum": 2, "counted": "units", "groups": {"現場": ["窓口", "福祉"]}}]
    elif kind == "families":
        shape["job_families"] = ("一般事務", "土木")
    return shape


def random_stays(seed: int) -> list[Record]:
    """Rules on the length of a stay, for a third of the odd seeds."""
    r = random.Random(f"stays {seed}")
    if seed % 2 == 0 or r.random() < 0.5:
        return []
    rules: list[Record] = [
        {"id": "young", "service": (1, r.choice([8, 10])), "target": r.choice([2, 3])},
        {"id": "chiefs", "ranks": ("係長",), "minimum": 2, "maximum": r.choice([4, 5])},
        {"id": "counter", "categories": ("窓口",), "minimum": 1, "target": 3, "maximum": 4},
        {"id": "outside", "places": ("出先",), "maximum": 3},
        {"id": "craft", "job_families": ("技能労務",), "minimum": 3},
        {"id": "others", "minimum": 1, "target": 3, "maximum": 5},
    ]
    return [rule for rule in rules if r.random() < 0.7]


def order(day: date | str, post: Record, title: str | None, kind: str | None, **more: Any) -> Record:
    return {"date": day, **post, "title": title, "kind": kind, "end": None, "remark": None, **more}


NO_POST: Record = {"bureau": None, "department": None, "section": None, "org_code": None}


def title_for(rank: str, r: random.Random) -> str:
    return r.choice([t for t, k in TITLES.items() if k == rank])


def true_orders(p: Person, units: list[Unit], table: list[Record], until: date, r: random.Random) -> list[Record]:
    """The career as it was: hire, moves, promotions, reorganisations, and what the personnel section wrote of them."""
    day, rank = p["hired"], r.choices([0, 1, 2], [90, 7, 3])[0]
    unit = r.choice([u for u in units if u.lasts(day)])
    title, post = title_for(RANKS[rank], r), post_of(unit, table, r)
    found = [order(day, post, title, "採用")]
    p["true_rank_start"], p["true_downs"] = day, []
    for year in range(fy(day) + 1, fy(until) + 2):
        day = date(year, 4, 1) if r.random() < 0.85 else date(year, r.choice([7, 10]), 1)
        if day > until:
            break
        moves = r.random() < 0.25
        if not unit.lasts(day):
            unit = r.choice(unit.heirs)
            while not unit.lasts(day):
                unit = r.choice(unit.heirs)
            post = post_of(unit, table, r)
            if r.random() < 0.5 and not (moves and unit.start == day):
                found.append(order(max(unit.start, p["hired"]), post, title, r.choice(["改称", "配置換", "組織改正"])))
        age = year - p["born"].year
        going_down = r.random() < (0.85 if rank >= 3 and age >= 60 else 0.005 if rank >= 1 else 0)
        going_up = not going_down and rank < 4 and year - fy(p["true_rank_start"]) >= 3 and r.random() < 0.14
        if going_down:
            rank = r.randint(0, 2) if rank >= 3 else rank - 1
            p["true_downs"].append(day)
        if going_up:
            rank += 1
        if going_down or going_up:
            title, p["true_rank_start"] = title_for(RANKS[rank], r), day
        if moves:
            unit = r.choice([u for u in units if u.lasts(day)])
            post = post_of(unit, table, r)
        if going_up and moves and r.random() < 0.5:
            found.append(order(day, post, title, "昇任"))
            found.append(order(day, post, title, "配置換"))
        elif going_up or going_down:
            kind = "昇任" if going_up else r.choice(["降任", "降任", "役職定年"])
            found.append(order(day, post if moves or r.random() < 0.7 else NO_POST, title, kind))
        elif moves:
            other = r.random() < 0.15
            if other:
                found.append(order(day, {**NO_POST, "bureau": unit.row["bureau"]}, title, "出向"))
            found.append(order(day, post, title, "転任" if other else r.choice(["配置換", "配置換", None, "復職"])))
        elif r.random() < 0.02:
            away = {**NO_POST, "bureau": "東京都", "department": r.choice(["都総務局", "都財務局"])}
            found.append(order(day, away, title, "派遣"))
            found.append(order(day + timedelta(days=r.choice([364, 729])), post, title, "派遣解除"))
    found = [o for o in found if o["date"] <= until]
    p["title"] = title
    p.update(post_of(unit, table, r) if not found or r.random() < 0.2 else {k: post[k] for k in NO_POST})
    return found


def add_noise(
    found: list[Record], p: Person, units: list[Unit], table: list[Record], as_of: date, r: random.Random
) -> list[Record]:
    """Second posts, 終了日, future orders, and then losses."""
    dates = sorted({o["date"] for o in found})
    for here, following in pairwise(dates):
        if r.random() < 0.15:
            late = r.choice([ONE_DAY, ONE_DAY, timedelta(days=32), timedelta(days=33), timedelta(days=400), -ONE_DAY])
            for o in [o for o in found if o["date"] == here]:
                o["end"] = following - late
    if r.random() < 0.15:
        mark = r.choice(["kind", "remark"])
        day = p["hired"] + timedelta(days=r.randint(0, 3000))
        second = order(day, post_of(r.choice(units), table, r), "課長", "発令")
        second[mark] = r.choice(["兼務", "併任", "事務取扱", "併任解除"])
        found.append(second)
    if r.random() < 0.12:
        found.append(
            order(
                as_of + timedelta(days=r.choice([1, 30, 365])),
                post_of(r.choice(units), table, r),
                title_for(r.choice(RANKS), r),
                r.choice(["配置換", "昇任"]),
            )
        )
    if r.random() < 0.12:
        found = sorted(found, key=lambda o: o["date"])[r.randint(1, 3) :]
    if r.random() < 0.08 and len(found) > 1:
        found.remove(r.choice(found))
    if r.random() < 0.04:
        found = []
    for o in found:
        if r.random() < 0.03:
            o["title"] = r.choice([None, None, "専門員"])
        if r.random() < 0.2:
            o["org_code"] = None
        elif r.random() < 0.1 and o["org_code"]:
            o.update({**NO_POST, "org_code": o["org_code"]})
        if r.random() < 0.008:
            o["date"] = "?"
        if r.random() < 0.1 and o["org_code"]:
            o["bureau"] = None
    r.shuffle(found)
    return found


def completions(p: Person, offered: list[Record], as_of: date, r: random.Random) -> list[Record]:
    found = []
    for course in offered:
        if r.random() < 0.3:
            days = (as_of - p["true_hired"]).days
            day: Any = p["true_hired"] + timedelta(days=r.randint(0, max(1, days) + 200))
            if r.random() < 0.04:
                day = r.choice(["?", None])
            result = r.choice(["修了"] * 6 + [None, None, "未修了", "欠席", "免除", "講師"])
            found.append({"course": r.choice([course["code"], *course["names"]]), "date": day, "result": result})
    return found


def leaves(p: Person, as_of: date, r: random.Random) -> list[Record]:
    found: list[Record] = []
    for _ in range(r.choices([0, 1, 2], [80, 15, 5])[0]):
        days = max(1, (as_of - p["true_hired"]).days)
        start = r.choice(
            [p["true_hired"], p["true_hired"] + timedelta(days=r.randint(0, days)), date(r.randint(2015, YEAR), 4, 1)]
        )
        end: Any = start + timedelta(days=r.choice([30, 200, 364, 365, 730, 1100]))
        if r.random() < 0.15 and start <= as_of:
            end = None
        found.append({"kind": r.choice(["育児休業", "休職"]), "start": start, "end": end})
        if r.random() < 0.06:
            found[-1][r.choice(["start", "end"])] = "?"
    return found


def person(number: int, world: World, units: list[Unit], r: random.Random) -> Person:
    as_of, table = world["as_of"], world["org"]
    year = r.choice([*range(1986, 2010, 3), *range(2011, YEAR + 1), *range(2014, YEAR + 1)])
    hired = date(year, 4, 1) if r.random() < 0.75 else date(year, r.choice([5, 7, 10]), 1)
    if r.random() < 0.04:
        hired = date(year + 1, 3, 31)
    born = date(hired.year - r.choice([18, 20, 22, 22, 23, 25, 30, 41]), r.randint(1, 12), r.randint(1, 28))
    edges = [date(born.year, 4, 1), date(born.year, 4, 2), date(born.year // 4 * 4, 2, 29)]
    born = r.choice([born, born, born, *edges])
    hired = min(hired, as_of + timedelta(days=30))
    p: Person = {"staff_id": f"{number:05d}", "hired": hired, "born": born, "true_hired": hired}
    orders = true_orders(p, units, table, max(as_of, hired), r)
    start = p["true_rank_start"]
    p.update(
        birth=born,
        hire_route=r.choice(["新卒", "新卒", "社会人経験者", None]),
        employment=r.choices(["regular", "fixed_term", "reappointed", "fiscal_year", None], [84, 5, 4, 4, 3])[0],
        job_family=r.choices(["一般事務", "土木", "保健師", "技能労務", None], [70, 12, 8, 7, 3])[0],
        rank_start=r.choices([start, None, "?"], [60, 35, 5])[0],
        status_word=r.choices(["在職", None, "休職中", "育休"], [60, 34, 3, 3])[0],
        roles=("OJTトレーナー",) if r.random() < 0.1 else (),
        digital_tier=r.choice([None, None, "DX推進リーダー"]),
        left=r.choices([None, as_of, as_of - ONE_DAY, as_of + timedelta(days=90)], [94, 2, 2, 2])[0],
    )
    p["orders"] = add_noise(orders, p, units, table, as_of, r) if orders else []
    if p["employment"] == "reappointed" and r.random() < 0.5:
        p["hired"] = date(YEAR - r.randint(0, 2), 4, 1)
    if hired.year < YEAR and r.random() < 0.06:
        p.update(post_of(r.choice([u for u in units if u.lasts(as_of)]), table, r))
    for field, odds, damage in [
        ("hired", 0.015, "?"),
        ("birth", 0.03, "?"),
        ("birth", 0.02, None),
        ("title", 0.02, "専門員"),
        ("org_code", 0.15, None),
    ]:
        if r.random() < odds:
            p[field] = damage
    p["completions"] = completions(p, world["courses"], as_of, r)
    p["leaves"] = leaves(p, as_of, r)
    p["reasons"] = []
    if r.random() < 0.25:
        p["reasons"] = [
            {
                "rule": r.choice(["rotation.three-in-ten", "rotation.three-in-ten", "career.stage", "rotation.stay"]),
                "reason": "養成中",
                "registered_on": as_of - timedelta(days=r.randint(-10, 400)),
                "expires": r.choice([None, as_of, as_of - ONE_DAY, date(2030, 3, 31)]),
            }
        ]
    for extra in ("born", "true_hired", "true_rank_start", "true_downs"):
        del p[extra]
    return p


def generate(seed: int, n: int) -> tuple[list[Person], World]:
    """n people and their world, in the interface of rules.judge."""
    r = random.Random(f"world {seed}")
    units, table = organisation(r)
    world: World = {
        "year": YEAR,
        "as_of": r.choice([date(2026, 4, 1), date(2026, 4, 1), date(2026, 10, 1), date(2027, 3, 31)]),
        "org": table,
        "titles": dict(TITLES),
        "ranks": list(RANKS),
        "courses": courses(r),
        "reading": deepcopy(DEFAULT_READING) if seed % 2 == 0 else random_reading(seed),
        "register_start": r.choice([None, 2005, 2012, 2018]),
        "all_completions": [],
        "step_down": {"from_ranks": ["課長", "部長"], "age": 60},
        "policy_effective_from": date(2024, 4, 1),
        "weights": deepcopy(POINTS),
        "stays": random_stays(seed),
    }
    people = [person(i, world, units, r) for i in range(n)]
    world["all_completions"] = [dict(c) for p in people for c in p["completions"]]
    return people, world
