"""`python -m benchmarks.forms`: milliseconds a person for filling a form that HR designed, against openpyxl.

The form is the shipped example for one person. Compared, in turn, round by round: hrbook (one book a person, and one book of
many people with the form as its block), openpyxl loading, filling and saving the form for each person, and openpyxl's
copy_worksheet for each person in one book. openpyxl's ways lose parts of the form; hrbook's do not (tests/forms)."""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

from benchmarks.timing import Spread, spread
from hrbook.excel.writer import render
from hrbook.forms.catalogue import load_catalogue
from hrbook.forms.examples import examples
from hrbook.forms.fill import Values, filled
from hrbook.forms.form import Form
from hrbook.forms.template import load_form
from hrbook.forms.values import FormWords
from hrbook.styles import load_styles
from hrbook.words import load_labels

ROUNDS, PEOPLE, MILLI = 3, 20, 1000.0
HEAD = """# Speed of the city's own forms

Written by `python -m benchmarks.forms`: filling the shipped example form for one person, measured in turn in one process; figures
are median (least-most). Nothing here is a promise or a test: it is a report. openpyxl writes four cells of each form only, and
its books lose parts of it (copy_worksheet: conditional formats, validations, headers); hrbook fills 56 cells and loses nothing.
"""


def person(number: int) -> Values:
    """An invented person with a value for most fields of the form."""
    names = tuple(f"name {n}" for n in range(10))
    said: dict[str, object] = {
        "staff_id": f"{number:05d}",
        "name": f"person {number}",
        "title": "title",
        "hired": date(2015, 4, 1),
    }
    said |= {"service_year": 12, "stay_years": 3, "due": names[:3], "overdue": names[:1], "career": names[:5], "ability": names}
    said |= {"career_start": (date(2020, 4, 1),) * 5, "ability_weight": tuple(range(10)), "rotation": "met", "unit": "unit"}
    return said  # type: ignore[return-value]


def measured(data: bytes, people: int) -> dict[str, Callable[[], None]]:
    """The contenders: each makes the forms of `people` people once."""
    labels, catalogue = load_labels(), load_catalogue()
    words, values = FormWords(labels), [person(n) for n in range(people)]
    single, block = load_form("form.xlsx", data, catalogue, "ja"), load_form("form.xlsx", with_block(data), catalogue, "ja")

    def one_each(form: Form = single) -> None:
        for said in values:
            filled(form, said, [], words, "", "")

    def all_in_one(form: Form = block) -> None:
        filled(form, {}, values, words, "", "")

    def load_and_save() -> None:
        for said in values:
            book = openpyxl.load_workbook(io.BytesIO(data))
            _write(book.worksheets[0], said)
            book.save(io.BytesIO())

    def copies() -> None:
        book = openpyxl.load_workbook(io.BytesIO(data))
        for said in values:
            _write(book.copy_worksheet(book.worksheets[0]), said)
        book.save(io.BytesIO())

    return {
        "hrbook, one book a person": one_each,
        "hrbook, one book of all": all_in_one,
        "openpyxl, load and save a person": load_and_save,
        "openpyxl, copy_worksheet": copies,
    }


def with_block(data: bytes) -> bytes:
    """The same form with all its rows as the block."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    prefix, name = load_catalogue().prefix("ja"), load_catalogue().block["ja"]
    text = f"'{sheet.title}'!$1:${sheet.max_row}"
    book.defined_names[prefix + name] = openpyxl.workbook.defined_name.DefinedName(prefix + name, attr_text=text)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(sheet: openpyxl.worksheet.worksheet.Worksheet, said: Values) -> None:
    for place, value in (("A4", said["staff_id"]), ("C4", said["name"]), ("G4", said["title"]), ("G6", said["hired"])):
        sheet[place] = value


def main(words: list[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forms", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("FORMS.md"), help="report (default: FORMS.md)")
    asked = parser.parse_args(words)
    book = next(examples(load_labels(), load_catalogue()))
    contenders = measured(render(book, load_styles()), asked.people)
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(asked.rounds):
        for name, make in contenders.items():
            start = time.process_time()
            make()
            found[name].append((time.process_time() - start) * MILLI / asked.people)
    first = next(iter(found.values()))
    lines = [HEAD, f"{asked.people} people, {asked.rounds} rounds, processor time.", ""]
    lines += ["| way | ms a person | it / hrbook |", "| --- | ---: | ---: |"]
    for name, figures in found.items():
        times = spread([b / a for a, b in zip(first, figures, strict=True)])
        lines.append(f"| {name} | {_shown(spread(figures))} | {_shown(times)} |")
    text = "\n".join(lines) + "\n"
    print(text)
    asked.out.write_text(text, encoding="utf-8")


def _shown(figure: Spread) -> str:
    return f"{figure.middle:.2f} ({figure.least:.2f}-{figure.most:.2f})"


if __name__ == "__main__":
    main()
