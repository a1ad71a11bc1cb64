"""Runs people and worlds of tests/oracle through the real thing: a real roster.xlsx, the reader, the engine.

`judge_all(people, world, folder)` -> {staff id: {rule id: {"status", "values"}}}, in the oracle's interface."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from hrbook.core.assess import assess
from hrbook.core.assessment import Assessment
from hrbook.core.competency import Mark
from hrbook.core.policy import Policy, Title
from hrbook.core.reading import Reading
from hrbook.core.roster import Employment
from hrbook.core.rotation_policy import Counted, Group, Level, MidCareer, Requirement, RotationReading, StayRule
from hrbook.core.source import Basis
from hrbook.core.training_policy import Course, CourseName, Target, Window
from hrbook.excel.plain import write_tables
from hrbook.ingest.policy import load_policy
from hrbook.ingest.roster import How, RosterBooks, roster_of
from hrbook.ingest.workbook import parse_workbook
from hrbook.sample.tables import Table

EMPLOYMENT = {
    "regular": "正規",
    "fixed_term": "任期付",
    "reappointed": "再任用",
    "fiscal_year": "会計年度任用",
    None: "（判読できず）",
}
UNIT = {"部": Level.BUREAU, "課": Level.DEPARTMENT, "係": Level.SECTION, "分類": Level.CATEGORY, "場所区分": Level.PLACE}
TIMING = {"stated": Basis.STATED, "inferred": Basis.INFERRED, "unset": Basis.UNSET, "city": Basis.SET_BY_CITY}


def cell(value):
    """A date that cannot be read is written as such."""
    return "9月末ごろ" if value == "?" else value


def tables(people, world):
    def table(name, columns, rows):
        return Table(name, "", tuple(columns), tuple(tuple(cell(v) for v in row) for row in rows))

    post = ("bureau", "department", "section", "org_code")
    yield table(
        "職員名簿",
        (
            "職員番号",
            "氏名",
            "生年月日",
            "採用年月日",
            "採用区分",
            "任用区分",
            "職種",
            "職名",
            "現職層開始日",
            "部",
            "課",
            "係",
            "所属コード",
            "在職状況",
            "役割",
            "デジタル区分",
            "退職年月日",
        ),
        (
            (
                p["staff_id"],
                "架空 太郎",
                p["birth"],
                p["hired"],
                p["hire_route"],
                EMPLOYMENT[p["employment"]],
                p["job_family"],
                p["title"],
                p["rank_start"],
                *(p[k] for k in post),
                p["status_word"],
                "、".join(p["roles"]),
                p["digital_tier"],
                p["left"],
            )
            for p in people
        ),
    )
    yield table(
        "異動履歴",
        ("職員番号", "発令日", "部", "課", "係", "所属コード", "職名", "異動区分", "終了日", "備考"),
        (
            (p["staff_id"], o["date"], *(o[k] for k in post), o["title"], o["kind"], o["end"], o["remark"])
            for p in people
            for o in p["orders"]
        ),
    )
    yield table(
        "研修履歴",
        ("職員番号", "研修名", "修了日", "結果"),
        ((p["staff_id"], c["course"], c["date"], c["result"]) for p in people for c in p["completions"]),
    )
    yield table(
        "休業等",
        ("職員番号", "区分", "開始日", "終了日"),
        ((p["staff_id"], x["kind"], x["start"], x["end"]) for p in people for x in p["leaves"]),
    )
    yield table(
        "組織",
        ("所属コード", "部", "課", "係", "開始日", "終了日", "改編元", "分類", "場所区分"),
        (
            (
                o["code"],
                o["bureau"],
                o["department"],
                o["section"],
                o["start"],
                o["end"],
                "、".join(o["parents"] or ()),
                o["category"],
                o["place"],
            )
            for o in world["org"]
        ),
    )
    yield table(
        "理由登録",
        ("職員番号", "規則", "理由", "有効期限", "登録日"),
        ((p["staff_id"], r["rule"], r["reason"], r["expires"], r["registered_on"]) for p in people for r in p["reasons"]),
    )


def window(pair):
    return None if pair is None else Window(pair[0], pair[1])


@lru_cache
def shipped_policy() -> Policy:
    return load_policy("tachikawa-3")[0]


def policy_of(world) -> Policy:
    base = shipped_policy()
    ids = {rank.name: rank.id for rank in base.ranks}

    def target(t):
        return Target(
            ranks=tuple(ids[r] for r in t.get("ranks") or ()),
            service_year=window(t.get("service")),
            rank_year=window(t.get("rank_year")),
            age_of_year=window(t.get("age")),
            job_families=tuple(t.get("job_families") or ()),
            hire_routes=tuple(t.get("routes") or ()),
            hired_mid_year=bool(t.get("hired_mid_year")),
            entered_mid_year=bool(t.get("entered_mid_year")),
            role=t.get("role") or "",
        )

    courses = tuple(
        Course(
            code=c["code"],
            name=c["names"][0] if c["names"] else c["code"],
            label="",
            provider="own",
            category="rank",
            order=i,
            names=tuple(CourseName(n) for n in c["names"]),
            timing=TIMING[c["timing"]],
            targets=tuple(target(t) for t in c["targets"]) or (Target(),),
            clause="4-3-2",
            mandatory=c["mandatory"],
            prerequisites=tuple(c["prerequisites"]),
            excludes=tuple(c["excludes"]),
            not_in_year_of=tuple(c["not_in_year_of"]),
            replaced_by=tuple(c["replaced_by"]),
            repeat_years=c["repeat_years"],
            lecturer_counts=c["lecturer_counts"],
        )
        for i, c in enumerate(world["courses"])
    )
    titles = tuple(Title(t, ids[r], "4-2", Basis.STATED) for t, r in world["titles"].items())
    points = sorted({p for row in world["weights"].values() for p in row.values() if p}, reverse=True)
    marks = tuple(Mark(f"p{p}", str(p), (str(p),), p, Basis.STATED) for p in points)
    names = [a.name for a in base.competency.abilities]
    abilities = tuple(
        replace(
            base.competency.abilities[i],
            name=name,
            marks={ids[r]: f"p{row[name]}" for r, row in world["weights"].items() if row.get(name)},
        )
        for i, name in enumerate(names)
    )
    return replace(
        base,
        competency=replace(base.competency, marks=marks, abilities=abilities),
        titles=titles,
        training=replace(base.training, courses=courses),
        rotation=replace(base.rotation, stays=tuple(stay_rule(rule, ids) for rule in world.get("stays", ()))),
        step_down=replace(
            base.step_down, ranks=tuple(ids[r] for r in world["step_down"]["from_ranks"]), age=world["step_down"]["age"]
        ),
    )


def requirement(asked) -> Requirement:
    groups = tuple(Group(name, tuple(members)) for name, members in asked.get("groups", {}).items())
    return Requirement(UNIT[asked["unit"]], asked["minimum"], Counted(asked.get("counted", "units")), groups)


def stay_rule(rule, ids) -> StayRule:
    first, last = (*rule.get("service", ()), None, None)[:2]
    return StayRule(
        id=rule["id"],
        name=rule["id"],
        minimum_years=rule.get("minimum"),
        target_years=rule.get("target"),
        maximum_years=rule.get("maximum"),
        ranks=tuple(ids[n] for n in rule.get("ranks", ())),
        job_families=tuple(rule.get("job_families", ())),
        first_service_year=first,
        last_service_year=last,
        categories=tuple(rule.get("categories", ())),
        places=tuple(rule.get("places", ())),
    )


def reading_of(world, policy: Policy) -> Reading:
    r = world["reading"]
    ids = {rank.name: rank.id for rank in policy.ranks}
    rotation = RotationReading(
        requirements=tuple(map(requirement, (r, *r.get("also", ())))),
        job_families=tuple(r.get("job_families", ())),
        ranks=tuple(ids[n] for n in r["ranks"]),
        employment=tuple(Employment(e) for e in r["employment"]),
        excluded_job_families=tuple(r["job_families_excluded"]),
        window_years=r["window_years"],
        min_stay_months=r["min_stay_months"],
        secondment_counts=r["secondment_counts"],
        leave_extends_window=r["leave_extends_window"],
        midcareer=MidCareer(r["midcareer"]),
        midcareer_routes=("経験者", "社会人経験者"),
        usual_stay_years=r["usual_stay_years"],
        review_years=r["review_years"],
    )
    return Reading(
        year=world["year"],
        as_of=world["as_of"],
        policy=policy,
        rotation=rotation,
        points={m.id: m.points for m in policy.competency.marks},
        register_start=world["register_start"],
        step_down_age=world["step_down"]["age"],
        policy_effective_from=world["policy_effective_from"],
    )


def register_start(world) -> int | None:
    """The first year of the training register as the oracle sees it: over everybody's completions."""
    if world["register_start"] is not None:
        return world["register_start"]
    days = [c["date"] for c in world["all_completions"] if isinstance(c["date"], date) and c["result"] in (None, "修了")]
    return min((d.year if d.month >= 4 else d.year - 1 for d in days if d <= world["as_of"]), default=None)


def assess_all(people, world, folder: Path, *, start: int | None = None) -> Assessment:
    """Everybody of `people` in one workbook. `start` stands for the register's first year where the world leaves it open
    (the oracle looks at completions of people who are not in the file)."""
    path = folder / "roster.xlsx"
    path.write_bytes(write_tables(tuple(tables(people, world)), "test", "test"))
    policy = policy_of(world)
    books = RosterBooks(parse_workbook(path.read_bytes(), path.name))  # made here: no process of its own is needed
    roster, findings = roster_of(books, policy, How())
    reading = reading_of(world, policy)
    if start is not None:
        reading = replace(reading, register_start=start)
    return assess(roster, reading, findings)


def judge_all(people, world, folder: Path, *, start: int | None = None):
    """What the oracle's interface says of everybody: `assess_all` as {staff id: {rule id: {"status", "values"}}}."""
    return heard(assess_all(people, world, folder, start=start))


def heard(assessment: Assessment):
    return {p.employee.staff_id: spoken(p) for p in assessment.people}


def spoken(person):
    out = {}
    for j in person.judgements():
        values = dict(j.result.values())
        if j.rule.id == "rotation.three-in-ten":
            values["units"] = list(j.result.counts[0].units) if j.result.counts else []
        elif j.rule.id == "competency.weights":
            values = values["weights"]
        elif j.rule.id == "digital.tier":
            values = {"tier": normalize("NFKC", values["name"])}
        out[j.rule.id] = {"status": str(j.status), "values": values}
    return out
