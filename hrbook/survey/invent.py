"""Invented answers on the issued forms, to try everything on: about four in five people answer, departments differ."""

from __future__ import annotations

import random
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.guard.stage import write_file
from hrbook.judging import Tell, quiet
from hrbook.sheets.survey.form import form_book
from hrbook.sheets.survey.frame import Frame
from hrbook.survey.record import read_issue
from hrbook.survey.run import issued
from hrbook.words import Labels

ANSWERING, OPEN = 0.8, 0.02  # share of people who answer, and of questions that they leave open
MOODS = (2.9, 4.1)  # the range of a department's mean
SPREAD = 0.9


def invent(folder: Path, out: Path, year: int | None, seed: int, labels: Labels, tell: Tell = quiet) -> int:
    """Write the filled forms into `folder` and give back their number. Raises Fault where the folder is there already."""
    from hrbook.excel.writer import render

    if folder.exists():
        raise Fault("file_exists", usage=True, file=folder.as_posix())
    issue = read_issue(issued(out, year, labels))
    frame = Frame(labels, issue.city, issue.year, issue.survey, issue.number)
    count, total = 0, sum(issue.asked.values())
    dice = random.Random(f"{seed}/{issue.year}")
    for unit, people in sorted(issue.asked.items()):
        mood = dice.uniform(*MOODS)
        shades = [dice.gauss(0, 0.3) for _ in issue.survey.questions]
        for _ in range(people):
            if dice.random() >= ANSWERING:
                continue
            count += 1
            name = f"{count:05}.xlsx"
            answers = tuple(_answer(dice, mood + shade) for shade in shades)
            write_file(folder / name, render(form_book(frame, unit, name, answers, str(count))))
            tell("survey_forms", count, total)
    return count


def _answer(dice: random.Random, mood: float) -> int | None:
    return None if dice.random() < OPEN else max(1, min(5, round(dice.gauss(mood, SPREAD))))
