"""What every sheet of the five-year plan shares: the figures of the years, the words, the frame of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hrbook.core.assessment import Assessment
from hrbook.core.indicators import COURSES, LEARNT, SINGLE, SURVEY, TIER, Figure, Kind, figures_of, kind_of
from hrbook.core.programme import Item, Programme, items_of
from hrbook.core.reading import Reading
from hrbook.core.survey import Release
from hrbook.resources import load_toml
from hrbook.sheets.book import Link, Page
from hrbook.sheets.canvas import Canvas, page_texts, title_band
from hrbook.sheets.view import Department, RunFacts, View
from hrbook.words import Labels

FIRST = "programme_progress"
QUESTIONS = "survey.toml"
LOOKS = {Kind.SHARE: "percent1", Kind.PEOPLE: "people", Kind.MEAN: "decimal2"}


@dataclass(frozen=True, slots=True)
class Past:
    """The figures of the run of one fiscal year."""

    year: int
    figures: tuple[Figure, ...]

    def figure(self, indicator: str) -> Figure | None:
        """The figure of this id; None where the run had none."""
        return next((figure for figure in self.figures if figure.id == indicator), None)


@dataclass(frozen=True, slots=True)
class Desk:
    """The reading, the figures (the oldest year first, this run's last), how many people and departments they are on, and
    the names of the survey's topics and of its questions."""

    reading: Reading
    labels: Labels
    run: RunFacts
    pasts: tuple[Past, ...]
    people: int
    units: int
    topics: Mapping[str, str]
    questions: Mapping[str, str]

    @property
    def now(self) -> Past:
        return self.pasts[-1]

    @property
    def before(self) -> Past | None:
        """The run before this one; None where none was given."""
        return self.pasts[-2] if len(self.pasts) > 1 else None

    @property
    def programme(self) -> Programme:
        return self.reading.policy.programme

    @property
    def items(self) -> tuple[Item, ...]:
        return items_of(self.programme, self.reading.programme)

    def page(self, sheet: str) -> Page:
        """A4 landscape, one page wide, with the texts around it."""
        labels, reading = self.labels, self.reading
        year, day = labels.fiscal_year(reading.year), labels.short_day(reading.as_of)
        header, footer = page_texts(labels, self.run, year, day, labels("programme.unit"), labels(f"sheet.{sheet}.name"), "")
        return Page(header=header, footer=footer)

    def canvas(self, sheet: str, columns: Sequence[float], finding: str) -> Canvas:
        """A list sheet with its title, its finding and the way back to the first one."""
        labels = self.labels
        canvas = Canvas(labels(f"sheet.{sheet}.name"), columns)
        back = None if sheet == FIRST else Link(labels(f"sheet.{FIRST}.name"))
        title_band(canvas, len(columns) - 1, labels(f"sheet.{sheet}.title"), finding, back, labels("programme.back"))
        return canvas

    def heads(self, canvas: Canvas, row: int, keys: Sequence[str], **facts: str) -> None:
        """The headings of a list."""
        canvas.line(row, 0, [self.labels(f"programme.{key}", **facts) for key in keys], "th")
        canvas.heights[row] = 32

    def name(self, indicator: str) -> str:
        """What people call an indicator."""
        labels = self.labels
        if indicator in SINGLE:
            return labels(f"indicator.{indicator}.name")
        kind, item = indicator.split(".", 1)
        return labels(f"indicator.{kind}_of.name", item=self._item(f"{kind}.", item))

    def about(self, indicator: str) -> str:
        """What is counted, and out of what."""
        labels = self.labels
        if indicator in SINGLE:
            return labels(f"indicator.{indicator}.about")
        kind, item = indicator.split(".", 1)
        return labels(f"indicator.{kind}_of.about", item=self._item(f"{kind}.", item))

    def _item(self, kind: str, item: str) -> str:
        policy = self.reading.policy
        names = {
            COURSES: {category.id: category.name for category in policy.training.categories},
            LEARNT: {kind.id: kind.name for kind in policy.learning.kinds},
            TIER: {tier.id: tier.name for tier in policy.digital.tiers},
            SURVEY: {**self.topics, **self.questions},
        }
        return names[kind].get(item, item)

    def said(self, figure: Figure | None) -> str | float | None:
        """The value of a figure as a cell; a mean near an end of the scale in words, None where it cannot be told."""
        if figure is None or figure.value is None:
            return None
        value = float(figure.value)
        if figure.end:
            return self.labels("survey.up" if figure.end > 0 else "survey.down", mean=f"{value:g}")
        return round(value, 4)

    def apart(self, kind: Kind, difference: Fraction, sign: str = "+") -> str:
        """A difference in words: points of a per cent, people, points of the scale."""
        value = difference * 100 if kind is Kind.SHARE else difference
        digits = {Kind.SHARE: 1, Kind.PEOPLE: 0, Kind.MEAN: 2}[kind]
        return self.labels(f"programme.apart.{kind.value}", number=f"{float(value):{sign}.{digits}f}")


def past_of(assessment: Assessment, departments: Sequence[Department], releases: Sequence[Release]) -> Past:
    """The figures of a run, with what was told of surveys up to its year."""
    return Past(assessment.reading.year, figures_of(assessment, departments, releases))


def desk_of(view: View, pasts: Sequence[Past] = (), releases: Sequence[Release] = ()) -> Desk:
    """What the book is made from; `pasts` are the figures of earlier runs, the oldest first."""
    language, survey = view.labels.language, load_toml(QUESTIONS)
    topics = {topic["id"]: topic["name"][language] for topic in survey["topics"]}
    questions = {question["id"]: question["text"][language] for question in survey["questions"]}
    now = past_of(view.assessment, view.departments, releases)
    people, units = len(view.assessment.people), len(view.departments)
    return Desk(view.reading, view.labels, view.run, (*pasts, now), people, units, topics, questions)


def look_of(indicator: str) -> str:
    """The number format of a figure."""
    return LOOKS[kind_of(indicator)]
