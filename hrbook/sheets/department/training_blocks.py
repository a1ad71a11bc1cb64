"""Which courses a department's plan shows, and how they are divided so that every part stays legible on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from hrbook.core.judgement import TrainingStatus
from hrbook.core.training_policy import Course
from hrbook.sheets.tally import Tally
from hrbook.sheets.view import DepartmentView

WIDEST = 19  # courses side by side: more would print too small to read
_NO_CONCERN = (TrainingStatus.NOT_APPLICABLE, TrainingStatus.LAPSED)
SHEET_NAME = 31  # UTF-16 units, Excel's limit
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


@dataclass(frozen=True, slots=True)
class Block:
    """Courses that stand side by side, with the name of the sheet and the words for the part; empty: there is one part."""

    sheet: str
    part: str
    courses: tuple[Course, ...]


def ordered_courses(view: DepartmentView) -> tuple[Course, ...]:
    """All courses by provider and category in the policy's order, then by their own."""
    training = view.policy.training
    providers = {p.id: i for i, p in enumerate(training.providers)}
    categories = {c.id: i for i, c in enumerate(training.categories)}
    return tuple(sorted(training.courses, key=lambda c: (providers[c.provider], categories[c.category], c.order, c.code)))


def concerned(view: DepartmentView, counted: Tally) -> tuple[tuple[Course, ...], tuple[Course, ...]]:
    """Courses that concern somebody in the department, and those that concern nobody."""
    shown: list[Course] = []
    left_out: list[Course] = []
    for course in ordered_courses(view):
        silent = sum(counted.courses[course.code, status] for status in _NO_CONCERN)
        (shown if silent < counted.people else left_out).append(course)
    return tuple(shown), tuple(left_out)


def blocks_of(view: DepartmentView, courses: Sequence[Course]) -> tuple[Block, ...]:
    """The courses in blocks of at most WIDEST, divided at providers, else at categories. One block has no part's name."""
    labels = view.labels
    providers = {p.id: p for p in view.policy.training.providers}
    parts = _parts(courses)
    title = labels("sheet.training.name")
    if len(parts) < 2:
        return (Block(title, "", tuple(courses)),)
    found: list[Block] = []
    for number, part in enumerate(parts, start=1):
        own = [providers[key] for key in dict.fromkeys(c.provider for c in part)]
        name, short = (labels("list.separator").join(words) for words in ([p.name for p in own], [p.short for p in own]))
        if sum(1 for p in parts if p[0].provider == part[0].provider) > 1:
            name, short = (labels("training.part_number", part=text, number=number) for text in (name, short))
        sheet = title if number == 1 else _sheet_name(labels("training.part_sheet", part=short), number)
        found.append(Block(sheet, name, tuple(part)))
    return tuple(found)


def _sheet_name(name: str, number: int) -> str:
    """A name that Excel accepts; the number makes a shortened one unique."""
    plain = name.translate(_FORBIDDEN)
    return plain if len(plain) <= SHEET_NAME - 6 else f"{plain[: SHEET_NAME - 8]}_{number}"


def _parts(courses: Sequence[Course]) -> list[list[Course]]:
    parts: list[list[Course]] = []
    for _, own in groupby(courses, key=lambda c: c.provider):
        packed: list[list[Course]] = [[]]
        for _, group in groupby(own, key=lambda c: c.category):
            members = list(group)
            if packed[-1] and len(packed[-1]) + len(members) > WIDEST:
                packed.append([])
            while len(packed[-1]) + len(members) > WIDEST:
                packed[-1].extend(members[:WIDEST])
                members = members[WIDEST:]
                packed.append([])
            packed[-1].extend(members)
        parts.extend(p for p in packed if p)
    return _joined(parts)


def _joined(parts: list[list[Course]]) -> list[list[Course]]:
    """Neighbours that fit together stand together."""
    found: list[list[Course]] = []
    for part in parts:
        if found and len(found[-1]) + len(part) <= WIDEST:
            found[-1].extend(part)
        else:
            found.append(list(part))
    return found
