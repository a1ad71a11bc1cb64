"""Why a career stands as it does to the rotation guide, and how the guide is read, in words. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence

from hrbook.core.judgement import Degree, Judgement, RotationStatus, StayStatus
from hrbook.core.policy import Policy
from hrbook.core.results import RotationResult
from hrbook.core.rotation_policy import Counted, MidCareer, Requirement, RotationReading
from hrbook.core.spell_types import Gap
from hrbook.core.stay import StayResult
from hrbook.why import short_reading, stay_reason, stay_span
from hrbook.words import Labels

SHOWN_TURNS = 1
SHOWN_GAPS = 2


class RotationWords:
    """The words of one reading in one language; made once a sheet."""

    def __init__(self, labels: Labels, policy: Policy, reading: RotationReading) -> None:
        self.labels = labels
        self.policy = policy
        self.reading = reading
        self._statuses = {s.value: labels(f"status.rotation.{s.value}") for s in RotationStatus}

    def reason(self, result: RotationResult) -> str:
        """The reason of a verdict with its numbers, in one short sentence; the registered reason where there is one."""
        text = self._reason(result)
        if result.excused_from is not None:
            stands = self._statuses[result.excused_from.value]
            text = self.labels("reason.rotation.excuse", text=result.excuse, status=stands, why=text)
        if result.reached_later_fy is not None and result.status is not RotationStatus.NOT_APPLICABLE:
            text += self.labels("reason.rotation.later", year=self.labels.short_year(result.reached_later_fy))
        if result.leave_years and self.reading.leave_extends_window:
            text += self.labels("reason.rotation.leave", years=result.leave_years)
        return text

    def _reason(self, result: RotationResult) -> str:
        labels = self.labels
        if result.reason == "gap_in_history":
            return labels("reason.rotation.gap_in_history", months=self._gaps(result.gaps))
        return labels(
            f"reason.rotation.{result.reason}",
            window=result.window_years,
            remaining=result.remaining,
            count=result.count,
            minimum=result.minimum,
            missing=self.missing(result),
            unit=self.unit(result),
        )

    def unit(self, result: RotationResult) -> str:
        """What the deciding requirement counts, such as departments."""
        return self.labels(f"level.{result.counts[0].level.value}") if result.counts else ""

    def missing(self, result: RotationResult) -> str:
        """How many units are missing, by level where the guide asks for several."""
        short = [c for c in result.counts if c.missing] or list(result.counts[:1])
        if len(result.counts) < 2:
            return str(short[0].missing) if short else "0"
        join = self.labels("reason.join")
        return join.join(
            self.labels("reason.missing_of", unit=self.labels(f"level.{c.level.value}"), missing=c.missing) for c in short
        )

    def _gaps(self, gaps: Sequence[Gap]) -> str:
        labels = self.labels
        said = [
            labels("reason.span", first=labels.short_day(gap.first), last=labels.short_day(gap.last)) for gap in gaps[:SHOWN_GAPS]
        ]
        more = labels("reason.more", count=len(gaps) - SHOWN_GAPS) if len(gaps) > SHOWN_GAPS else ""
        return labels("reason.join").join(said) + more

    def turns(self, result: RotationResult) -> str:
        """On which other readings the verdict turns, and into what; empty where it holds under all of them."""
        labels, more = self.labels, len(result.turns_on) - SHOWN_TURNS
        said = [
            labels("reason.turn", reading=self.other_reading(name), status=self._statuses[status])
            for name, status in result.turns_on[:SHOWN_TURNS]
        ]
        return labels("reason.join").join(said) + (labels("reason.more", count=more) if more > 0 else "")

    def other_reading(self, name: str) -> str:
        """A reading of the sensitivity grid, such as window_years=9, in words."""
        return short_reading(name, self.labels)

    def degree(self, judgement: Judgement[RotationResult]) -> str:
        """The word that marks a verdict for reference; empty otherwise."""
        return self.labels("degree.reference") if judgement.degree is Degree.REFERENCE else ""

    def guide(self) -> str:
        """What the guide asks for under this reading, such as "three or more departments in ten years"."""
        labels = self.labels
        if not self.reading.requirements:
            return labels("reading.no_guide")
        asked = labels("reason.join").join(map(self._requirement, self.reading.requirements))
        return labels("reading.guide", window=self.reading.window_years, asked=asked)

    def _requirement(self, asked: Requirement) -> str:
        labels = self.labels
        unit = labels(f"level.{asked.level.value}")
        if asked.counted is Counted.MOVES:
            return labels("reading.requirement_moves", unit=unit, minimum=asked.minimum)
        if asked.groups:
            names = labels("reason.join").join(group.name for group in asked.groups)
            return labels("reading.requirement_groups", unit=unit, groups=names, minimum=asked.minimum)
        return labels("reading.requirement", unit=unit, minimum=asked.minimum)

    def stay(self, judgement: Judgement[StayResult] | None) -> str:
        """The standing of the present stay in one line; empty where the policy has no rule on stays or none is the person's."""
        if judgement is None or judgement.result.status is StayStatus.NOT_APPLICABLE:
            return ""
        result = judgement.result
        status = self.labels(f"status.stay.{result.status.value}")
        return self.labels("stay.line", status=status, why=stay_reason(result, self.labels))

    def stays(self) -> str:
        """The policy's rules on stays, such as "first ten years: 3 years"; empty without any."""
        labels = self.labels
        return labels("reason.join").join(
            f"{rule.name} {stay_span(rule.minimum_years, rule.target_years, rule.maximum_years, labels)}"
            for rule in self.policy.rotation.stays
        )

    def declared(self) -> tuple[tuple[str, str], ...]:
        """Every choice of the reading: what it settles, and how."""
        labels, reading = self.labels, self.reading
        join = labels("reason.join")
        nothing = labels("reading.nothing")
        flag = {True: "yes", False: "no"}
        stay = reading.min_stay_months
        said = {
            "guide": self.guide(),
            "ranks": join.join(self.policy.rank_name(rank) for rank in reading.ranks) or labels("reading.every_rank"),
            "employment": join.join(labels(f"employment.{e.value}") for e in reading.employment) or nothing,
            "job_families": join.join(reading.excluded_job_families) or nothing,
            "min_stay": labels("reading.min_stay_months", months=stay) if stay else labels("reading.min_stay_none"),
            "secondment": labels(f"reading.secondment_{flag[reading.secondment_counts]}"),
            "leave": labels(f"reading.leave_{flag[reading.leave_extends_window]}"),
            "midcareer": labels(f"reading.midcareer_{'same' if reading.midcareer is MidCareer.SAME else 'exclude'}"),
            "usual_stay": labels("reading.usual_stay_years", years=reading.usual_stay_years),
            "review": labels("reading.review_none")
            if reading.review_years is None
            else labels("reading.review_years", years=reading.review_years),
        }
        if reading.job_families:
            said["only_job_families"] = labels("reading.only_families", list=join.join(reading.job_families))
        if self.policy.rotation.stays:
            said["stays"] = self.stays()
        return tuple((labels(f"reading.name.{key}"), value) for key, value in said.items())
