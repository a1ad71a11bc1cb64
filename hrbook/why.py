"""Why a judgement is what it is, in one sentence; on which readings it turns. Read by `explain`, sheets and comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from hrbook.core.judgement import Result
from hrbook.core.reading import Reading
from hrbook.core.results import RotationResult, TrainingResult
from hrbook.core.stay import StayResult
from hrbook.words import Labels


def kind_of(result: Result) -> str:
    """Whose statuses a result may have."""
    kinds = {TrainingResult: "training", RotationResult: "rotation", StayResult: "stay"}
    return kinds.get(type(result), "assigned")


def reason_text(result: Result, reading: Reading, labels: Labels) -> str:
    """The reason of a judgement as one sentence."""
    if isinstance(result, RotationResult):
        policy = reading.policy
        level = result.counts[0].level.value if result.counts else "department"
        return labels(
            f"why.rotation.{result.reason}",
            minimum=result.minimum,
            count=result.count,
            missing=max((c.missing for c in result.counts), default=0),
            remaining=0 if result.remaining is None else result.remaining,
            window=result.window_years,
            unit=labels(f"level.{level}"),
            ranks=labels("list.separator").join(policy.rank_name(rank) for rank in reading.rotation.ranks),
        )
    if isinstance(result, StayResult):
        return stay_reason(result, labels)
    return labels(f"why.{kind_of(result)}.{result.reason}")


def turns_text(result: RotationResult, labels: Labels) -> str:
    """On which readings a verdict turns, or that it is the same under all that were tried."""
    if not result.turns:
        return labels("turns.all_same", tried=result.readings_tried) if result.readings_tried else labels("turns.not_asked")
    parts = [labels("turns.counted", tried=result.readings_tried, same=result.readings_same)]
    for name, status in result.turns_on:
        key, _, value = name.partition("=")
        words = {"yes": "word.yes", "no": "word.no"}
        if key == "unit":
            value = labels(f"level.{value}")
        elif value in words:
            value = labels(words[value])
        elif key == "midcareer":
            value = labels(f"turns.{value}")
        how = labels(f"turns.{key}", value=value)
        parts.append(labels("turns.other", how=how, status=labels(f"status.rotation.{status}")))
    for names, status in result.turns_together:
        how = labels("turns.and").join(short_reading(name, labels) for name in names.split("+"))
        parts.append(labels("turns.together", how=how, status=labels(f"status.rotation.{status}")))
    return "".join(parts)


def short_reading(name: str, labels: Labels) -> str:
    """A reading of the sensitivity grid, such as window_years=9, in a few words."""
    key, _, value = name.partition("=")
    if key == "unit":
        return labels("turn.unit", unit=labels(f"level.{value}"))
    own = "turn.min_stay_none" if name == "min_stay_months=0" else f"turn.{key}.{value}"
    return labels(own) if own in labels else labels(f"turn.{key}", value=value)


def stay_reason(result: StayResult, labels: Labels) -> str:
    """Why the present stay stands as it does, in one sentence."""
    facts = {"years": result.years, "minimum": result.minimum, "target": result.target, "maximum": result.maximum}
    return labels(f"why.stay.{result.reason}", span=stay_span(result.minimum, result.target, result.maximum, labels), **facts)


def stay_span(minimum: int | None, target: int | None, maximum: int | None, labels: Labels) -> str:
    """The years of a rule on stays, such as "3 to 5 years"."""
    if target is not None:
        return labels("stay.years_about", target=target)
    if minimum is not None and maximum is not None:
        return labels("stay.years_from_to", first=minimum, last=maximum)
    return labels("stay.years_to", last=maximum) if maximum is not None else labels("stay.years_from", first=minimum)


def stay_steps(result: StayResult, labels: Labels) -> Iterator[str]:
    """The facts behind the standing of a stay."""
    if result.since is not None:
        since = labels.day(result.since)
        yield labels("stay.since", unit=result.unit, since=since, years=result.years, name=result.name)
    if result.due_on is not None:
        yield labels("stay.due_on", day=labels.day(result.due_on))
    if result.excused_from is not None:
        yield labels("stay.excuse", text=result.excuse, status=labels(f"status.stay.{result.excused_from.value}"))
