"""An independent reading of the rules, as a test oracle: slow, plain, and without a line of the package.

``judge(person, world)`` gives ``{rule id: {"status": code, "values": {...}}}`` for ``rotation.three-in-ten``,
``training.<code>`` of every course of the world, ``competency.weights``, ``career.stage`` and ``digital.tier``;
``{}`` for somebody who is not judged (not hired yet, or gone). An as-of date outside the year is a ValueError.

person: staff_id, birth, hired, hire_route, employment (regular | fixed_term | reappointed | fiscal_year |
None), job_family, title, rank_start, bureau, department, section, org_code, status_word, roles (tuple),
digital_tier, left, orders [{date, bureau, department, section, org_code, title, kind, end, remark}],
completions [{course, date, result}], leaves [{kind, start, end}], reasons [{rule, reason, expires,
registered_on}]. None = blank, "?" in a date field = present but unreadable.

world: year, as_of, org [{code, bureau, department, section, start, end, parents, category, place}], titles,
ranks, courses [{code, names, timing, targets, not_in_year_of, excludes, prerequisites, replaced_by,
repeat_years, lecturer_counts, mandatory}], reading (ranks, employment, job_families_excluded, unit (部 | 課 |
係 | 分類 | 場所区分), window_years, minimum, min_stay_months, secondment_counts, leave_extends_window, midcareer (same |
exclude), usual_stay_years, review_years; where given: counted (units | moves), groups (name -> members), job_families,
also (further numbers that must hold: unit, minimum, counted, groups)), stays (see stay.py), register_start,
all_completions, step_down {from_ranks, age},
policy_effective_from, weights. A target holds any of ranks, service, rank_year, age (each (low, high), None =
open), job_families, routes, hired_mid_year, entered_mid_year, role.

values: rotation service_year, count, remaining, last_chance, units (names, as first entered); training
target_fy, completed_on; weights ability -> "2/13"; career stage; digital tier.

Choices, each with the words of the specification that leave them open
----------------------------------------------------------------------
1.  "from their first regular hire where the roster gives it": for re-appointed staff the earliest order of kind
    採用, else the hire date if the person had not completed the age of the step-down on it and nothing marks it
    as the re-appointment; else unknown.
2.  "the rank on its 31 March by history, else the present rank from its start date": a start date later than
    the last order with a title by that day is itself a later fact, and tells the present rank; it also says
    when the rank of the stretch that reaches to the present began. One statement a day: of several titles that
    of the roster, else of its rank, else one that is new. An unmapped title, or a promotion without a title,
    leaves the rank unknown until the next statement.
3.  "else it is unknown": an unknown start of the rank still lies between the hire and the FY in which the rank
    is first seen; after a step-down whose rank's beginning is lost, in an earlier FY than the step-down. A
    promotion that a lower rank followed does not count: the way back is lost.
4.  "Of several orders ... on one date, the one that agrees with the roster's title and post is the last": where
    none agrees, 転任 comes after, 出向 before the others; then the one that leads to another unit.
5.  "If it cannot be told" (post_managerial): an order of kind 降任 whose earlier rank is lost, unless the rank
    above the present one is managerial already; or somebody who is past the first possible step-down date (or
    re-appointed, or without a birth date) below 課長 whose history does not reach back to the hire and whose
    present rank is not known to be older than that.
6.  "passed or stepped down from": after a step-down every rank up to the highest ever held, the present one
    among them; where it cannot be told how high somebody stood, `undetermined`. `lapsed` that is certain goes
    before an `in_target` that cannot be told, as the order of the table has it.
7.  "dated on or before the as-of date": a completion whose date cannot be read leaves the course
    `undetermined`, whatever the status would be without it, but for `exempt`: that is on record. An exemption
    needs no readable date.
8.  "within the repeat interval": fewer than repeat_years fiscal years between the FY of the completion and FY
    Y. The date shown is the latest completion that counts. One that has run out still settles the windows that
    ended in or before its FY: nobody is 未受講 for a window after which the course was taken.
9.  "a course that replaces it": also through a chain of replacements.
10. "exclusions (for ever ...)": completing the other course takes away every target, past ones too.
11. "A window spent wholly on leave moves to the FY of the return": windows that ended before FY Y; while the
    leave is still open, to FY Y (and so `deferred`); only if the target's ranks still fit in that FY.
12. "on leave": any row of 休業等 over the as-of date, or a 在職状況 with 休 (but not 復).
13. "regular, fixed-term and re-appointed staff": a blank 任用区分 makes everything `undetermined` that would
    not be `not_applicable` anyway. In rotation `met` stands "whatever else is missing", the population
    included.
14. "A change to a descendant in the genealogy ... at its date": the date on which the new row begins; a unit
    with exactly one successor is followed to it without any order. A name or code out of use stands for what
    became of it, where that is one unit.
15. "改編元": a row without it continues the row of the same code that ended the day before. "the continuing unit
    is a child of the old one too": a row that goes on is cut where another begins from it.
16. "If the roster's post is not in the history": no dated order to the primary post names it, no unit of a spell
    is the same or an ancestor, and no order after the as-of date announces it. "(the hire date if hired in Y)"
    where there is no spell at all.
17. "the present spell counts once its months so far reach it": whole months, the as-of date included, as for
    ended spells. Where the length of a stay cannot be told, it is treated like an unknown start.
18. An order without a readable date that could add a unit makes what is not `met` `undetermined`.
19. "windows that ended longer ago are not judged": `not_applicable` where service year - window > review_years.
20. "登録日 <= as-of <= 有効期限": a reason without a readable 登録日 leaves the verdict `undetermined` where it
    would matter.
21. "派遣 outside the city": the word 派遣 in 異動区分, unless it says 解除, 終了, 満了, 復帰 or 帰任.
22. "or a category column": the spells are those of departments; departments of one category that follow one
    another are one stay. A department without a category has that of its bureau; without either, undetermined.
23. "while the person was employed": where the hire is unknown, from the first FY that shows the person at work;
    before that it cannot be told.
24. target_fy: of several windows that hold now, the FY in which the earliest began; of several that ended last,
    the same; `upcoming` the first that is certain.
25. "its timing is `unset`": such a course whose timing is unset looks at rank, job family, route and role alone.
"""

from fractions import Fraction
from typing import Any

from .dates import fy
from .logic import Truth
from .orders import Person, World, is_judged, service_start
from .ranks import height, rank_of_title
from .rotation import RULE, judge_rotation
from .stay import RULE as STAY
from .stay import judge_stay
from .training import judge_course

Judgement = dict[str, Any]
LAST_YEAR_OF_FORMATION = 10
GENERAL_STAFF, SUPERVISORS, MANAGERS = ("主事", "主任"), ("係長",), ("課長", "部長")
ORDINARY_TIER = "一般職員"


def judge_weights(person: Person, world: World) -> Judgement:
    points = {a: p for a, p in world["weights"].get(rank_of_title(person["title"], world), {}).items() if p}
    if not points:
        return {"status": "undetermined", "values": {}}
    total = sum(Fraction(p) for p in points.values())
    shares = {ability: Fraction(p) / total for ability, p in points.items()}
    return {"status": "assigned", "values": {a: f"{s.numerator}/{s.denominator}" for a, s in shares.items()}}


def stage_of(rank: str | None, service_year: int | None, post_managerial: Truth) -> str | None:
    if rank in MANAGERS:
        return "manager"
    if rank is None or post_managerial is None:
        return None
    if post_managerial:
        return "transmission"
    if rank in SUPERVISORS:
        return "supervisor"
    if rank not in GENERAL_STAFF or service_year is None:
        return None
    return "formation" if service_year <= LAST_YEAR_OF_FORMATION else "core"


def judge_stage(person: Person, world: World) -> Judgement:
    hired = service_start(person, world)
    service_year = None if hired is None else world["year"] - fy(hired) + 1
    stage = stage_of(rank_of_title(person["title"], world), service_year, height(person, world).post_managerial)
    if stage is None:
        return {"status": "undetermined", "values": {}}
    return {"status": "assigned", "values": {"stage": stage}}


def judge(person: Person, world: World) -> dict[str, Judgement]:
    if fy(world["as_of"]) != world["year"]:
        raise ValueError("the as-of date lies outside the fiscal year")
    if not is_judged(person, world):
        return {}
    person = {**person, "memo": {}}
    result = {RULE: judge_rotation(person, world)}
    if world.get("stays"):
        stay = judge_stay(person, world)
        result[STAY] = {"status": stay["status"], "values": {"years": stay["years"]}}
    for course in world["courses"]:
        result[f"training.{course['code']}"] = judge_course(course, person, world)
    result["competency.weights"] = judge_weights(person, world)
    result["career.stage"] = judge_stage(person, world)
    result["digital.tier"] = {"status": "assigned", "values": {"tier": person["digital_tier"] or ORDINARY_TIER}}
    return result
