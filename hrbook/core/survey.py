"""An engagement survey: what is asked, and what became of the answers. Nothing here knows who answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hrbook.core.safe_aggregates import Care, Sums, Unit, joined, shown, units_of

Answers = tuple[int | None, ...]  # of one person, question by question


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of questions; `cycle` says that it is a station of the success cycle, in the order of the file."""

    id: str
    name: str
    gist: str
    clause: str
    cycle: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question and the topic that it belongs to."""

    id: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The questions, the words of the answers by value, and how careful the results are."""

    topics: tuple[Topic, ...]
    questions: tuple[Question, ...]
    choices: Mapping[int, str]
    care: Care

    def of(self, topic: str) -> tuple[int, ...]:
        """Places of the questions of a topic."""
        return tuple(place for place, question in enumerate(self.questions) if question.topic == topic)


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean that may be shown, over how many answers. `end` is -1 or 1 where the mean lies nearer to an end of the scale
    than is told: it is then "at most" or "at least" `mean`."""

    count: int
    mean: Fraction
    end: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """All that is ever told of one survey: the figures of the shown units by question or topic, and the departments that
    were asked (with the number of forms issued)."""

    year: int
    survey: str
    asked: Mapping[Unit, int]
    figures: Mapping[Unit, Mapping[str, Figure]]


def merged(before: Iterable[Release], now: Iterable[Release]) -> tuple[Release, ...]:
    """Releases of two runs, each survey once: as the later run has it."""
    return tuple({(one.year, one.survey): one for one in (*before, *now)}.values())


def tally(answers: Mapping[Unit, Sequence[Answers]], questions: int) -> dict[Unit, Sums]:
    """Counts and sums by department; a blank answer counts for nothing."""
    made = {}
    for unit, people in answers.items():
        columns = [[person[place] for person in people] for place in range(questions)]
        given = [[value for value in column if value is not None] for column in columns]
        made[unit] = Sums(tuple(map(len, given)), tuple(map(sum, given)))
    return made


def release(
    year: int, number: str, survey: Survey, asked: Mapping[Unit, int], answers: Mapping[Unit, Sequence[Answers]]
) -> Release:
    """The results of a survey, as far as they may be shown."""
    leaves = tally(answers, len(survey.questions))
    units, open_units = units_of(leaves), shown(leaves, survey.care)
    figures = {unit: _figures(survey, units[unit]) for unit in sorted(open_units)}
    return Release(year, number, dict(sorted(asked.items())), figures)


def _figures(survey: Survey, sums: Sums) -> dict[str, Figure]:
    """Means by question and by topic; the mean of a topic is that of all its answers."""
    single = [Sums((count,), (total,)) for count, total in zip(sums.counts, sums.sums, strict=True)]
    found = {question.id: _figure(part, survey.care) for question, part in zip(survey.questions, single, strict=True)}
    for topic in survey.topics:
        found[topic.id] = _figure(joined(single[place] for place in survey.of(topic.id)), survey.care)
    return found


def _figure(part: Sums, care: Care) -> Figure:
    mean = Fraction(part.sums[0], part.counts[0])
    low, high = Fraction(care.low) + Fraction(care.margin), Fraction(care.high) - Fraction(care.margin)
    if mean < low:
        return Figure(part.counts[0], low, -1)
    if mean > high:
        return Figure(part.counts[0], high, 1)
    return Figure(part.counts[0], Fraction(round(mean, 2)))
