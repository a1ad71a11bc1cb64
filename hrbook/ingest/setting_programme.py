"""The sheets and items of the five-year plan and of digital talent: owners and goals of measures, the ways to the tiers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from hrbook.core.career import TierPath
from hrbook.core.finding import Finding
from hrbook.core.indicators import SURVEY, Kind, indicator_ids, kind_of, known
from hrbook.core.policy import Policy
from hrbook.core.programme import Decided
from hrbook.core.source import RowRef
from hrbook.ingest import codes
from hrbook.ingest.courses import CourseIndex
from hrbook.ingest.setting_kinds import Kinds, near, refuse, required
from hrbook.ingest.setting_timings import filled
from hrbook.ingest.values import read_text
from hrbook.ingest.vocabulary import key

GOALS = tuple(f"goal_{number}" for number in range(1, 6))
MOST = 1_000_000


def decided(policy: Policy, rows: Iterable[RowRef], kinds: Kinds, findings: list[Finding]) -> tuple[Decided, ...]:
    """The city's decisions on measures, in the order of the sheet. A number that this edition does not have and that has no
    name is left out with a finding: another edition may have it. Raises Fault: a number that stands twice, an unknown clause
    or indicator, a goal that is no number."""
    names = {key(measure.id): measure.id for measure in policy.programme.measures}
    indicators = {measure.id: measure.indicator for measure in policy.programme.measures}
    found: dict[str, Decided] = {}
    seen: dict[str, RowRef] = {}
    for ref in rows:
        written = required(ref, "number")
        name = names.get(key(written), written)
        if name in seen:
            raise refuse("setting_twice", ref, "number", other=seen[name].address("number"))
        seen[name] = ref
        if name not in indicators and not kinds.text(ref, "name"):
            findings.append(codes.MEASURE_UNKNOWN.at(ref, "number"))
            continue
        indicator = _indicator(policy, ref) or indicators.get(name, "")
        goals = tuple(_goal(ref, field, indicator) for field in GOALS)
        said = {field: kinds.text(ref, field) for field in ("name", "owner", "note")}
        found[name] = Decided(name, said["name"], _clause(policy, ref), said["owner"], indicator, goals, said["note"])
    return tuple(found.values())


def tier_paths(policy: Policy, rows: Iterable[RowRef], kinds: Kinds) -> tuple[TierPath, ...]:
    """The ways to the tiers. Raises Fault: an unknown tier or rank, a tier that stands twice, a number that is none."""
    tiers = {key(text): tier.id for tier in policy.digital.tiers for text in (tier.id, tier.name)}
    courses = CourseIndex(policy)
    found: dict[str, TierPath] = {}
    seen: dict[str, RowRef] = {}
    for ref in rows:
        written = required(ref, "tier")
        tier = tiers.get(key(written))
        if tier is None:
            raise refuse("setting_choice", ref, "tier", known=", ".join(t.name for t in policy.digital.tiers))
        if tier in seen:
            raise refuse("setting_twice", ref, "tier", other=seen[tier].address("tier"))
        seen[tier] = ref
        found[tier] = TierPath(
            tier,
            tuple(courses.find(name, "", None)[0] or name for name in kinds.names(ref, "courses")),
            kinds.ranks(ref, "ranks") if filled(ref, "ranks") else (),
            *(kinds.number(ref, name, 1, 60) if filled(ref, name) else 0 for name in ("service_first", "stay_first")),
        )
    return tuple(found.values())


def _clause(policy: Policy, ref: RowRef) -> str:
    """The id of a clause, written as its id or as its place."""
    written = read_text(ref.raw_of("clause"))
    if not written:
        return ""
    ids = {key(text): clause for clause, entry in policy.clauses.items() for text in (clause, entry.place)}
    if key(written) not in ids:
        raise refuse("setting_choice", ref, "clause", known=near(written, list(policy.clauses)))
    return ids[key(written)]


def _indicator(policy: Policy, ref: RowRef) -> str:
    written = unicodedata.normalize("NFKC", read_text(ref.raw_of("indicator"))).strip()
    if written and not known(written, policy):
        listed = ", ".join((*indicator_ids(policy), f"{SURVEY}..."))
        raise refuse("setting_choice", ref, "indicator", known=listed)
    return written


def _goal(ref: RowRef, field: str, indicator: str) -> Fraction | None:
    """A goal in the unit of the figure: per cent becomes a share, people and points stay, and so does what no run computes.

    A spreadsheet keeps "80%" as the number 0.8: whether 0.8 % or 80 % was meant cannot be told, so it is refused."""
    raw = ref.raw_of(field)
    text = unicodedata.normalize("NFKC", read_text(raw)).strip()
    if not text:
        return None
    share = bool(indicator) and kind_of(indicator) is Kind.SHARE
    try:
        number = Fraction(text.removesuffix("%").replace(",", ""))
    except (ValueError, ZeroDivisionError):
        raise refuse("setting_goal", ref, field, most=MOST) from None
    if not 0 <= number <= MOST:
        raise refuse("setting_goal", ref, field, most=MOST)
    if share and 0 < number <= 1 and isinstance(raw, int | float):
        raise refuse("setting_percent", ref, field, percent=f"{float(number * 100):g}")
    return number / 100 if share else number
