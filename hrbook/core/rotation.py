"""How a career stands to the rotation guide (spec 5). A guide, not a rule of placement: the words are those of a guide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from hrbook.core.calendar import first_day, fiscal_year, last_day
from hrbook.core.counting import Entries, entries_of
from hrbook.core.fold import fold
from hrbook.core.genealogy import Genealogy
from hrbook.core.judgement import RotationStatus as Status
from hrbook.core.results import Count, RotationResult
from hrbook.core.roster import Nature, OrgRow, Reason
from hrbook.core.rotation_policy import Level, MidCareer, Requirement, RotationReading
from hrbook.core.source import Evidence
from hrbook.core.spell_types import Gap
from hrbook.core.spells import Career, place_field
from hrbook.core.standing import Standing

OUTSIDE_MIDCAREER = "outside_midcareer"  # why somebody is outside who would be inside under another reading
LONGEST_BLANK = 31  # days without a spell in which no unit can be hidden (spec 5)


@dataclass(slots=True)
class Case:
    """One person before the guide: careers and counts by level, made when they are first asked for."""

    who: Standing
    genealogies: Mapping[Level, Genealogy]
    make_career: Callable[[Level], Career]
    reasons: Sequence[Reason]
    leave_years: int = 0
    _careers: dict[Level, Career] = field(default_factory=dict)
    _outside: dict[MidCareer, str | None] = field(default_factory=dict)
    _entries: dict[tuple[object, ...], Entries] = field(default_factory=dict)
    _verdicts: dict[tuple[object, ...], Verdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leave_years = _leave_years(self.who)

    def outside(self, reading: RotationReading) -> str | None:
        """`outside_reason`; of the readings of one run only how mid-career hires stand makes a difference."""
        if reading.midcareer not in self._outside:
            self._outside[reading.midcareer] = outside_reason(self.who, reading)
        return self._outside[reading.midcareer]

    def career(self, level: Level) -> Career:
        base = base_level(level)
        found = self._careers.get(base)
        if found is None:
            found = self._careers[base] = self.make_career(base)
        return found

    def entries(self, asked: Requirement, reading: RotationReading) -> Entries:
        """What adds a unit; one and the same where two readings come to the same stays."""
        key = (asked.level, asked.counted, asked.groups, reading.min_stay_months, reading.secondment_counts)
        found = self._entries.get(key)
        if found is None:
            made = entries_of(self.career(asked.level), self.genealogies[asked.level], reading, asked)
            found = self._entries[key] = next((known for known in self._entries.values() if known == made), made)
        return found

    def verdict(self, reading: RotationReading, window: int) -> Verdict:
        """The verdict for one length of the window, found once for all readings of a run that come to the same stays."""
        if not reading.requirements:
            return Verdict(Status.NOT_APPLICABLE, "no_guide")
        entries = [self.entries(asked, reading) for asked in reading.requirements]
        key = (window, reading.midcareer, reading.requirements, *map(id, entries))
        known = self._verdicts.get(key)
        if known is None:
            known = self._verdicts[key] = _verdict(self, reading, window, entries)
        return known


class Verdict(NamedTuple):
    """The answer for one length of the window."""

    status: Status
    reason: str
    counts: tuple[Count, ...] = ()
    last_chance: date | None = None
    gaps: tuple[Gap, ...] = ()
    excuse: str = ""
    excused_from: Status | None = None


def base_level(level: Level) -> Level:
    """The level at which the spells are made: categories and kinds of place are counted over departments."""
    return Level.DEPARTMENT if level in (Level.CATEGORY, Level.PLACE) else level


def outside_reason(who: Standing, reading: RotationReading) -> str | None:
    """Why a person is outside the guide's population (a label id); "" inside; None where it cannot be told."""
    person = who.employee
    family, route = fold(person.job_family), fold(person.hire_route)
    unsure = person.employment is None or (bool(reading.ranks) and person.rank is None)
    if person.employment is not None and person.employment not in reading.employment:
        return "outside_employment"
    if any(family.startswith(fold(name)) for name in reading.excluded_job_families if family):
        return "outside_job_family"
    if reading.job_families and family and not any(family.startswith(fold(name)) for name in reading.job_families):
        return "outside_job_family"
    unsure = unsure or bool((reading.excluded_job_families or reading.job_families) and not family)
    if reading.midcareer is MidCareer.EXCLUDE:
        if any(fold(name) in route for name in reading.midcareer_routes if route):
            return OUTSIDE_MIDCAREER
        unsure = unsure or not route
    if reading.ranks and person.rank is not None and person.rank not in reading.ranks:
        return "outside_rank"
    if who.post_managerial:
        return "outside_post_managerial"
    return None if unsure or who.post_managerial is None else ""


def judge(case: Case, reading: RotationReading) -> RotationResult:
    """The verdict under one reading, `turns_on` left empty."""
    who = case.who
    window, verdict = _verdict_of(case, reading)
    service = None if who.service_start is None else who.service(who.year)[0]
    return RotationResult(
        verdict.status,
        verdict.reason,
        service,
        window,
        None if service is None else max(0, window - service),
        service is not None and service > window,
        verdict.counts,
        verdict.last_chance,
        verdict.gaps,
        verdict.excuse,
        verdict.excused_from,
        case.leave_years,
        post_managerial=who.post_managerial,
    )


def status_under(case: Case, reading: RotationReading) -> Status:
    """The status alone, for the readings of the sensitivity grid."""
    return _verdict_of(case, reading)[1].status


def _verdict_of(case: Case, reading: RotationReading) -> tuple[int, Verdict]:
    """The window in years, and the verdict. Where leave lengthens the window and some leave cannot be read, every length
    that is possible is tried."""
    if not reading.leave_extends_window:
        return reading.window_years, case.verdict(reading, reading.window_years)
    who, leave_years = case.who, case.leave_years
    window = reading.window_years + leave_years
    found = case.verdict(reading, window)
    if who.leave_unreadable and who.service_start is not None:
        most = ((who.as_of - who.service_start).days + 1) // 365
        others = (case.verdict(reading, reading.window_years + n) for n in range(leave_years + 1, most + 1))
        if any(other.status is not found.status for other in others):
            return window, Verdict(Status.UNDETERMINED, "leave_unreadable", found.counts)
    return window, found


def _verdict(case: Case, reading: RotationReading, window: int, entries: Sequence[Entries]) -> Verdict:
    who = case.who
    first_year = fiscal_year(who.service_start) if who.service_start is not None else who.year
    asked = zip(entries, reading.requirements, strict=True)
    found = [entry.within(requirement, first_year, window, who.year) for entry, requirement in asked]
    counts = tuple(sorted((count for count, _ in found), key=lambda c: -c.missing))
    outside = case.outside(reading)
    if outside:
        return Verdict(Status.NOT_APPLICABLE, outside, counts)
    service = None if who.service_start is None else who.year - first_year + 1
    if reading.review_years is not None and service is not None and service - window > reading.review_years:
        return Verdict(Status.NOT_APPLICABLE, "outside_review", counts)
    missing = counts[0].missing
    if missing == 0 and service is not None:
        return Verdict(Status.MET, "reached", counts)
    if outside is None:
        return Verdict(Status.UNDETERMINED, _unknown(who, reading), counts)
    if service is None:
        return Verdict(Status.UNDETERMINED, "hire_unknown", counts)
    gaps = _blanks(case, reading, first_year + window - 1)
    if gaps:
        return Verdict(Status.UNDETERMINED, "gap_in_history", counts, gaps=gaps)
    if any(hidden for count, hidden in found if count.missing):
        return Verdict(Status.UNDETERMINED, "unknown_start", counts)
    status, reason = _standing(missing, max(0, window - service), service > window, max(1, reading.usual_stay_years))
    chance = None
    if status in (Status.ON_TRACK, Status.NEEDS_PLAN):
        chance = first_day(first_year + window - missing)
    if status is Status.ON_TRACK:
        return Verdict(status, reason, counts, chance)
    held = [(r, in_force(r, who.as_of)) for r in case.reasons]
    excuse = next((r for r, sure in held if sure), None)
    if excuse is not None:
        return Verdict(Status.EXCUSED, reason, counts, excuse=excuse.text, excused_from=status)
    if any(sure is None for _, sure in held):
        return Verdict(Status.UNDETERMINED, "reason_unreadable", counts)
    return Verdict(status, reason, counts, chance)


def _standing(missing: int, remaining: int, over: bool, usual_stay: int) -> tuple[Status, str]:
    """The verdict on a known count: `missing` units (one at least), `remaining` Aprils in the window."""
    if over:
        return Status.NOT_REACHED, "window_over"
    if missing <= remaining // usual_stay:
        return Status.ON_TRACK, "time_enough"
    if missing <= remaining:
        return Status.NEEDS_PLAN, "time_short"
    return Status.OUT_OF_REACH, "fewer_aprils"


def _unknown(who: Standing, reading: RotationReading) -> str:
    """Why it cannot be told whether the guide is for this person."""
    if who.employee.rank is None and reading.ranks:
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


def evidence_of(who: Standing, career: Career, genealogy: Genealogy, reasons: Sequence[Reason]) -> tuple[Evidence, ...]:
    """Every cell that the verdict rests on: the person's row, every order, the rows of units that were reorganised, the
    register of reasons. Enough to come to the verdict again without this program (benchmarks/recount.py does)."""
    cells = [*map(who.own, ("hired", "title", "employment", "job_family", "hire_route"))]
    families: dict[str, OrgRow] = {}
    for spell in career.spells:
        cells.extend(spell.evidence)
        for key in (spell.start_unit, spell.end_unit):
            for row, label, origins in genealogy.family(key):
                if label not in families:
                    families[label] = row
                    cells.extend(_unit_cells(row, label, origins))
    for order in who.employee.orders:
        if not isinstance(order.on, date) and order.nature in (Nature.PRIMARY, Nature.SECONDMENT) and not order.post.blank:
            label = genealogy.label(genealogy.resolve(order.post, who.as_of))
            cells += [Evidence(order.ref, "on", None), Evidence(order.ref, place_field(order.post), label)]
    for reason in reasons:
        cells.append(Evidence(reason.ref, "text", reason.text))
        for name, day in (("registered_on", reason.registered_on), ("expires", reason.expires)):
            if day is not None:
                cells.append(Evidence(reason.ref, name, day if isinstance(day, date) else None))
    return tuple(dict.fromkeys(cells))


def _unit_cells(row: OrgRow, label: str, origins: Sequence[str]) -> list[Evidence]:
    """One row of the organisation with what it says of its unit: name, interval, and what it came from."""
    cells = [Evidence(row.ref, place_field(row.post), label)]
    cells += [Evidence(row.ref, name, day) for name, day in (("start", row.start), ("end", row.end)) if day is not None]
    if origins:
        cells.append(Evidence(row.ref, "parents", "|".join(origins)))
    return cells


def _leave_years(who: Standing) -> int:
    """Whole years of leave so far in service, in days of 365."""
    if who.service_start is None or not who.leaves:
        return 0
    days = sum(
        (min(last, who.as_of) - max(first, who.service_start)).days + 1 for first, last in who.leaves if last >= who.service_start
    )
    return days // 365


def _blanks(case: Case, reading: RotationReading, last_year: int) -> tuple[Gap, ...]:
    """Stretches of over 31 days without a spell inside the window so far, which ends with fiscal year `last_year`."""
    if not any(case.career(requirement.level).gaps for requirement in reading.requirements):
        return ()
    end = min(case.who.as_of, last_day(last_year))
    found = {
        Gap(gap.first, min(gap.last, end))
        for requirement in reading.requirements
        for gap in case.career(requirement.level).gaps
        if gap.first <= end
    }
    return tuple(sorted((g for g in found if g.days > LONGEST_BLANK), key=lambda g: g.first))
