"""How a career stands to the rotation guide (spec 5). A guide, not a rule of placement: the words are those of a guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hrbook.core.calendar import first_day, fiscal_year, last_day, whole_months
from hrbook.core.fold import fold
from hrbook.core.genealogy import Genealogy
from hrbook.core.judgement import RotationStatus as Status
from hrbook.core.results import Count, RotationResult
from hrbook.core.roster import Reason
from hrbook.core.rotation_policy import Level, MidCareer, Requirement, RotationReading
from hrbook.core.source import Evidence
from hrbook.core.spell_types import Gap, Spell
from hrbook.core.spells import Career
from hrbook.core.standing import Standing

DAY = timedelta(days=1)
LONGEST_BLANK = 31  # days without a spell in which no unit can be hidden (spec 5)
Careers = Mapping[Level, Career]


@dataclass(frozen=True, slots=True)
class Tally:
    """Units of one level, counted: the n-th unit of a spell by the spell's place, and what may be hidden."""

    count: Count
    ordinals: tuple[int | None, ...]
    hidden: int  # units that an unknown start or an unreadable date may add


def base_level(level: Level) -> Level:
    """The level at which the spells are made: categories and kinds of place are counted over departments."""
    return Level.DEPARTMENT if level in (Level.CATEGORY, Level.PLACE) else level


def outside_reason(who: Standing, reading: RotationReading) -> str | None:
    """Why a person is outside the guide's population (a label id); "" inside; None where it cannot be told."""
    person = who.employee
    family, route = fold(person.job_family), fold(person.hire_route)
    unsure = person.employment is None or person.rank is None
    if person.employment is not None and person.employment not in reading.employment:
        return "outside_employment"
    if any(family.startswith(fold(name)) for name in reading.excluded_job_families if family):
        return "outside_job_family"
    unsure = unsure or bool(reading.excluded_job_families and not family)
    if reading.midcareer is MidCareer.EXCLUDE:
        if any(fold(name) in route for name in reading.midcareer_routes if route):
            return "outside_midcareer"
        unsure = unsure or not route
    if person.rank is not None and person.rank not in reading.ranks:
        return "outside_rank"
    if who.post_managerial:
        return "outside_post_managerial"
    return None if unsure or who.post_managerial is None else ""


def tally(
    requirement: Requirement, career: Career, genealogy: Genealogy, who: Standing, reading: RotationReading, window: int
) -> Tally:
    """Count the units of one requirement over the spells (spec 5, "Units")."""
    counted: list[tuple[str, Spell, int | None]] = []
    ordinals: list[int | None] = []
    hidden = 0
    start = fiscal_year(who.service_start) if who.service_start else who.year
    over = who.year - start + 1 > window
    for spell in _stays(career.spells, genealogy):
        ordinals.append(None)
        if spell is None or (spell.secondment and not reading.secondment_counts):
            continue
        unit = genealogy.counted_as(spell.start_unit)
        if unit is None:  # it may be of the class of its neighbours, and then lengthen a short stay
            hidden += 1
            continue
        long_enough = _long_enough(spell, reading.min_stay_months)
        if long_enough is False:
            continue
        ended = [genealogy.counted_as(s.end_unit) for _, s, _ in counted]
        if any(e is not None and genealogy_kin(genealogy, unit, e) for e in ended):
            continue
        if long_enough is None:
            hidden += 1
            continue
        entered: int | None
        if spell.start is not None:
            entered = fiscal_year(spell.start) - start + 1
        elif not over:
            entered = who.year - start + 1
        else:
            entered = None
            hidden += 1
        counted.append((unit, spell, entered))
        ordinals[-1] = len(counted)
    for unit in career.undated:
        shown = genealogy.counted_as(unit)
        ended = [genealogy.counted_as(s.end_unit) for _, s, _ in counted]
        if shown is None or not any(e is not None and genealogy_kin(genealogy, shown, e) for e in ended):
            hidden += 1
    within = [entry for entry in counted if entry[2] is not None and entry[2] <= window]
    later = sorted(entry[2] for entry in counted if entry[2] is not None)
    reached = None
    if len(within) < requirement.minimum <= len(later):
        reached = start + later[requirement.minimum - 1] - 1
    names = tuple(genealogy.class_name(s.start_unit) or s.name for _, s, _ in within)
    return Tally(Count(requirement.level, len(within), requirement.minimum, names, reached), tuple(ordinals), hidden)


def _stays(spells: Sequence[Spell], genealogy: Genealogy) -> list[Spell | None]:
    """The spells as stays of what is counted: where that is a category or a kind of place, spells of one class that
    follow one another are one stay, given at the place of the first (None at the others)."""
    stays: list[Spell | None] = list(spells)
    if genealogy.level not in (Level.CATEGORY, Level.PLACE):
        return stays
    open_at = 0
    for place, spell in enumerate(spells[1:], start=1):
        stay = stays[open_at]
        assert stay is not None
        shown = genealogy.counted_as(spell.start_unit)
        same = shown is not None and shown == genealogy.counted_as(stay.end_unit) and stay.secondment == spell.secondment
        if same and (spell.start is None or spell.start <= stay.end + DAY):
            stays[open_at] = replace(
                stay, end=spell.end, end_unit=spell.end_unit, end_known=spell.end_known, present=spell.present
            )
            stays[place] = None
        else:
            open_at = place
    return stays


def _long_enough(spell: Spell, months: int) -> bool | None:
    """Whether a stay counts; None where its length cannot be told."""
    if months == 0:
        return True
    if spell.start is None:
        return None
    reached = whole_months(spell.start, spell.end) >= months
    return reached if spell.end_known or not reached else None


def genealogy_kin(genealogy: Genealogy, one: str, other: str) -> bool:
    """Kin of units; of categories only the same one."""
    return one == other if one.startswith("=") or other.startswith("=") else genealogy.kin(one, other)


def judge(
    who: Standing,
    careers: Careers,
    genealogies: Mapping[Level, Genealogy],
    reading: RotationReading,
    reasons: Sequence[Reason],
) -> RotationResult:
    """The verdict under one reading. `careers` and `genealogies` hold every level that the reading asks for."""
    outside = outside_reason(who, reading)
    leave_years = _leave_years(who)
    window = reading.window_years + (leave_years if reading.leave_extends_window else 0)
    service = who.service(who.year)[0] if who.service_start else None
    tallies = [tally(r, careers[base_level(r.level)], genealogies[r.level], who, reading, window) for r in reading.requirements]
    counts = tuple(sorted((t.count for t in tallies), key=lambda c: -c.missing))
    result = RotationResult(
        Status.NOT_APPLICABLE,
        outside or "",
        service,
        window,
        None if service is None else max(0, window - service),
        service is not None and service > window,
        counts,
        None,
        leave_years=leave_years,
    )
    if not reading.requirements:
        return replace(result, reason="no_guide")
    if outside:
        return result
    if reading.review_years is not None and service is not None and service - window > reading.review_years:
        return replace(result, reason="outside_review")
    missing = max(t.count.missing for t in tallies)
    if missing == 0 and service is not None:
        return replace(result, status=Status.MET, reason="reached")
    if outside is None:
        return replace(
            result, status=Status.UNDETERMINED, reason="rank_unknown" if who.employee.rank is None else "employment_unknown"
        )
    if service is None or result.remaining is None:
        return replace(result, status=Status.UNDETERMINED, reason="hire_unknown")
    blanks = _blanks(careers, reading, who, window)
    if blanks:
        return replace(result, status=Status.UNDETERMINED, reason="gap_in_history", gaps=blanks)
    if any(t.hidden for t in tallies if t.count.missing):
        return replace(result, status=Status.UNDETERMINED, reason="unknown_start")
    status, reason = _standing(missing, result.remaining, result.window_over, max(1, reading.usual_stay_years))
    found = replace(result, status=status, reason=reason)
    if status in (Status.ON_TRACK, Status.NEEDS_PLAN):
        last_year = who.year - service + window
        found = replace(found, last_chance=first_day(last_year - (missing - 1)))
    if status is Status.ON_TRACK:
        return found
    held = [(r, in_force(r, who.as_of)) for r in reasons]
    excuse = next((r for r, sure in held if sure), None)
    if excuse is None and any(sure is None for _, sure in held):
        return replace(result, status=Status.UNDETERMINED, reason="reason_unreadable")
    if excuse is None:
        return found
    return replace(found, status=Status.EXCUSED, excused_from=found.status, excuse=excuse.text, last_chance=None)


def _standing(missing: int, remaining: int, over: bool, usual_stay: int) -> tuple[Status, str]:
    """The verdict on a known count: `missing` units, `remaining` Aprils in the window."""
    if missing == 0:
        return Status.MET, "reached"
    if over:
        return Status.NOT_REACHED, "window_over"
    if missing <= remaining // usual_stay:
        return Status.ON_TRACK, "time_enough"
    if missing <= remaining:
        return Status.NEEDS_PLAN, "time_short"
    return Status.OUT_OF_REACH, "fewer_aprils"


def _unknown(who: Standing) -> str:
    """Why it cannot be told whether the guide is for this person."""
    if who.employee.rank is None:
        return "rank_unknown"
    if who.employee.employment is None:
        return "employment_unknown"
    return "step_down_unknown" if who.post_managerial is None else "population_unknown"


def in_force(reason: Reason, as_of: date) -> bool | None:
    """Whether a registered reason holds: registered by the as-of date and not expired; a blank expiry has no end.
    None where a date is missing or cannot be read."""
    if reason.expires is not None and isinstance(reason.expires, date) and reason.expires < as_of:
        return False
    if isinstance(reason.registered_on, date) and reason.registered_on > as_of:
        return False
    known = isinstance(reason.registered_on, date) and (reason.expires is None or isinstance(reason.expires, date))
    return True if known else None


def other_readings(reading: RotationReading, midcareer: bool) -> list[tuple[str, RotationReading]]:
    """The sensitivity grid (spec 5): one change at a time, each under its own id."""
    grid = [
        (f"window_years={years}", replace(reading, window_years=years))
        for years in (reading.window_years - 1, reading.window_years + 1)
    ]
    months = 0 if reading.min_stay_months else 12
    grid.append((f"min_stay_months={months}", replace(reading, min_stay_months=months)))
    grid.append(
        (
            f"secondment_counts={'no' if reading.secondment_counts else 'yes'}",
            replace(reading, secondment_counts=not reading.secondment_counts),
        )
    )
    grid.append(
        (
            f"leave_extends_window={'no' if reading.leave_extends_window else 'yes'}",
            replace(reading, leave_extends_window=not reading.leave_extends_window),
        )
    )
    for level in (Level.BUREAU, Level.DEPARTMENT, Level.SECTION):
        if len(reading.requirements) == 1 and reading.requirements[0].level is not level:
            other = (replace(reading.requirements[0], level=level),)
            grid.append((f"unit={level.value}", replace(reading, requirements=other)))
    if midcareer:
        turned = MidCareer.EXCLUDE if reading.midcareer is MidCareer.SAME else MidCareer.SAME
        grid.append((f"midcareer={turned.value}", replace(reading, midcareer=turned)))
    return grid


def evidence_of(who: Standing, career: Career, genealogy: Genealogy, reasons: Sequence[Reason]) -> tuple[Evidence, ...]:
    """Every cell that the verdict rests on: the person's row, every order, the rows of reorganised units, the reason."""
    person = who.employee
    cells = [
        Evidence(person.ref, "hired", who.service_start),
        Evidence(person.ref, "title", person.rank),
        Evidence(person.ref, "employment", person.employment.value if person.employment else None),
        Evidence(person.ref, "job_family", person.job_family),
    ]
    for spell in career.spells:
        cells.extend(spell.evidence)
        if spell.end_unit != spell.start_unit:
            for key in (spell.start_unit, spell.end_unit):
                row = genealogy.row_of(key)
                if row is not None:
                    cells.append(Evidence(row.ref, "parents", "/".join(row.parents) or row.code))
    cells.extend(Evidence(r.ref, "text", r.text) for r in reasons if in_force(r, who.as_of))
    return tuple(dict.fromkeys(cells))


def _leave_years(who: Standing) -> int:
    """Whole years of leave so far in service, in days of 365."""
    if who.service_start is None:
        return 0
    days = sum(
        (min(last, who.as_of) - max(first, who.service_start)).days + 1
        for first, last in who.leaves
        if first <= who.as_of and last >= who.service_start
    )
    return days // 365


def _blanks(careers: Careers, reading: RotationReading, who: Standing, window: int) -> tuple[Gap, ...]:
    """Stretches of over 31 days without a spell inside the window so far."""
    assert who.service_start is not None
    end = min(who.as_of, last_day(fiscal_year(who.service_start) + window - 1))
    found = {
        Gap(gap.first, min(gap.last, end))
        for requirement in reading.requirements
        for gap in careers[base_level(requirement.level)].gaps
        if gap.first <= end
    }
    return tuple(sorted((g for g in found if g.days > LONGEST_BLANK), key=lambda g: g.first))
