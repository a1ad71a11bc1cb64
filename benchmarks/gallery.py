"""`python -m benchmarks.gallery`: the pictures of the documentation, made anew: the first page of every designed sheet of a
small, a middle and a 400-person department, of the organisation's and the committee's book; of the auditors' book, the training
plan and the results of a survey for a city of 120 (whose lists print on fewer pages). Small, in docs/pictures/.
Needs LibreOffice, poppler and ImageMagick; minutes (`--only` draws one book)."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from pathlib import Path

import openpyxl

from benchmarks.pictures import TOOLS, call, chosen, missing, to_pdf
from benchmarks.timing import ROOT, python, run
from hrbook.words import load_labels

DOTS, COLOURS = 64, 64  # an inch; of a picture
CROWD, LITTLE = 400, 120  # people
BEFORE, AFTER = 160, 140  # pages of the crowd's book that hold what stands before its forms, and behind them
STAFF = "職員名簿"
FORM = "interview"  # id of the sheet of forms, a sheet of paper a person
SHIPPED = ("small", "middle", "", "organisation", "programme")  # books of the shipped city in the order of `chosen`
BOOKS = {"organisation": "org", "programme": "programme", "audit": "audit", "plan": "plan", "survey": "survey"}  # of sheet ids
NAMED = re.compile(r"［(.+?)］")  # the sheet's name in the header of a page
TARGET = ROOT / "docs" / "pictures"


def crowded(roster: Path, target: Path, people: int = CROWD) -> None:
    """A copy of a roster in which `people` people from all over the city belong to one department."""
    book = openpyxl.load_workbook(roster)
    sheet = book[STAFF]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["課"]).value]
    home = [sheet.cell(rows[0], heads[name]).value for name in ("部", "課")]
    for row in rows[:: max(1, len(rows) // people)][:people]:
        for name, value in zip(("部", "課"), home, strict=True):
            sheet.cell(row, heads[name]).value = value
    book.save(target)


def first_pages(pdf: Path) -> dict[str, int]:
    """Page on which each sheet of a printed book begins, counted from 1, by the sheet's name."""
    pages = call(["pdftotext", "-layout", str(pdf), "-"]).split("\f")[:-1]
    found: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        if named := NAMED.search(page):
            found.setdefault(named[1], number)
    return found


def sheet_id(name: str, book: str) -> str:
    """The id of a sheet by its Japanese name, without the part that says the book; `book` is that part, "" for departments.
    An id is ours, a name is the city's: pictures keep their place when a sheet is renamed or another one comes before it."""
    words = load_labels("ja")
    ids = [key.removeprefix("sheet.").removesuffix(".name") for key in words.keys() if key.startswith("sheet.")]  # noqa: SIM118
    named = [one for one in ids if (label := f"sheet.{one}.name") in words and words(label) == name]
    found = next((one for one in named if one.partition("_")[0] == book), named[0])
    return found.removeprefix(f"{book}_")


def without_most_forms(book: Path, folder: Path) -> str:
    """The pages of the crowd's book without the forms of all but the first person, whose 400 LibreOffice draws for an hour."""
    front = first_pages(to_pdf([book], folder, f"1-{BEFORE}")[0])
    form = next(page for name, page in front.items() if sheet_id(name, "") == FORM)
    behind = form + 2 * CROWD
    return f"1-{form + 1},{behind}-{behind + AFTER}"


def show(book: Path, prefix: str, target: Path, folder: Path) -> list[Path]:
    """Pictures of the designed sheets of one book, named `prefix`-<sheet's id>; of the form both sides."""
    pdf = to_pdf([book], folder, without_most_forms(book, folder) if prefix == "large" else "")[0]
    data = load_labels("ja")("sheet.data_staff.name").partition("_")[0] + "_"
    pages = {name: page for name, page in first_pages(pdf).items() if not name.startswith(data)}
    shown = {f"{prefix}-{sheet_id(name, BOOKS.get(prefix, ''))}": page for name, page in pages.items()}
    if page := shown.get(f"{prefix}-{FORM}"):
        shown[f"{prefix}-{FORM}-back"] = page + 1
    return [_picture(pdf, page, target / f"{name}.png", folder) for name, page in shown.items()]


def _picture(pdf: Path, page: int, target: Path, folder: Path) -> Path:
    raw = folder / "page"
    call(["pdftoppm", "-r", str(DOTS), "-png", "-singlefile", "-f", str(page), "-l", str(page), str(pdf), str(raw)])
    packed = ["+dither", "-colors", str(COLOURS), "-define", "png:compression-level=9", "-strip", str(target)]
    call(["convert", str(raw.with_suffix(".png")), *packed])
    print(target.name)
    return target


def departments(folder: Path) -> dict[str, Path]:
    """Books of the shipped city by the prefix of their pictures."""
    return dict(zip(SHIPPED, _books(ROOT / "input" / "roster.xlsx", folder / "plain"), strict=False))


def crowd(folder: Path) -> dict[str, Path]:
    """The book of a department of 400."""
    shutil.copytree(ROOT / "input", folder / "crowd")
    crowded(ROOT / "input" / "roster.xlsx", folder / "crowd" / "roster.xlsx")
    return {"large": _books(folder / "crowd" / "roster.xlsx", folder / "crowded")[2]}


def little(folder: Path) -> dict[str, Path]:
    """Audit, plan and survey of a city of 120."""
    roster = folder / "little" / "roster.xlsx"
    run(python("-m", "hrbook", "sample", "--staff", LITTLE, "--out", roster.parent))
    run(python("-m", "hrbook", "plan", roster, "--out", folder / "plan"))
    (plan,) = (folder / "plan").glob("*/*.xlsx")
    for words in (("make", roster), ("sample", folder / "answers"), ("read", folder / "answers", "--close")):
        run(python("-m", "hrbook", "survey", *words, "--out", folder / "survey"))
    (record,) = (folder / "survey").glob("*/*/results.json")
    (survey,) = record.parent.glob("*.xlsx")
    return {"audit": _books(roster, folder / "audited")[-1], "plan": plan, "survey": survey}


def _books(roster: Path, target: Path) -> list[Path]:
    """Build; the books to show, as `chosen` puts them."""
    run(python("-m", "hrbook", "build", roster, "--out", target))
    (manifest,) = target.glob("*/manifest.json")
    return [manifest.parent / path for path in chosen(json.loads(manifest.read_text(encoding="utf-8"))["files"])]


CITIES = {
    ("small", "middle", "organisation", "programme"): departments,
    ("large",): crowd,
    ("audit", "plan", "survey"): little,
}


def main() -> None:
    """Build, draw, replace what is in docs/pictures/ of the books that are drawn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gallery", description=__doc__)
    known = [prefix for prefixes in CITIES for prefix in prefixes]
    parser.add_argument("--only", choices=known, action="append", help="draw this book only; repeatable")
    wanted = parser.parse_args().only or known
    absent = missing(TOOLS | {"convert": "imagemagick", "pdftotext": "poppler-utils"})
    if absent:
        parser.exit(1, f"No pictures: {', '.join(absent)} not found on this machine.\n")
    TARGET.mkdir(parents=True, exist_ok=True)
    for prefixes, city in CITIES.items():
        if not set(prefixes) & set(wanted):
            continue
        with tempfile.TemporaryDirectory(prefix="hrbook-gallery-") as name:
            books = city(Path(name))
            for prefix in (p for p in prefixes if p in wanted):
                for old in TARGET.glob(f"{prefix}-*.png"):
                    old.unlink()
                show(books[prefix], prefix, TARGET, Path(name))


if __name__ == "__main__":
    main()
