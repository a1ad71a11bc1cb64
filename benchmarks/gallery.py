"""`python -m benchmarks.gallery`: the pictures of the documentation, made anew: the first page of every designed sheet of a
small, a middle and a 400-person department, of the organisation's and of the auditors' book, small, in docs/pictures/.
Needs LibreOffice, poppler and ImageMagick; the 400 interview forms alone take LibreOffice minutes."""

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
CROWD = 400
STAFF = "職員名簿"
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


def show(book: Path, prefix: str, target: Path, folder: Path) -> list[Path]:
    """Pictures of the designed sheets of one book, named `prefix`-<sheet's number>."""
    pdf = to_pdf([book], folder)[0]
    data = load_labels("ja")("sheet.data_staff.name").partition("_")[0] + "_"
    made = []
    for number, (name, page) in enumerate(first_pages(pdf).items(), 1):
        if name.startswith(data):
            continue
        raw = folder / "page"
        call(["pdftoppm", "-r", str(DOTS), "-png", "-singlefile", "-f", str(page), "-l", str(page), str(pdf), str(raw)])
        made.append(target / f"{prefix}-{number:02}.png")
        packed = ["+dither", "-colors", str(COLOURS), "-define", "png:compression-level=9", "-strip", str(made[-1])]
        call(["convert", str(raw.with_suffix(".png")), *packed])
        print(f"{made[-1].name}  {name}")
    return made


def main() -> None:
    """Build the shipped city and the crowded one, draw, replace what is in docs/pictures/."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gallery", description=__doc__)
    parser.parse_args()
    absent = missing(TOOLS | {"convert": "imagemagick", "pdftotext": "poppler-utils"})
    if absent:
        parser.exit(1, f"No pictures: {', '.join(absent)} not found on this machine.\n")
    with tempfile.TemporaryDirectory(prefix="hrbook-gallery-") as name:
        folder = Path(name)
        shutil.copytree(ROOT / "input", folder / "crowd")
        crowded(ROOT / "input" / "roster.xlsx", folder / "crowd" / "roster.xlsx")
        books: dict[str, Path] = {}
        for city, roster in (("plain", ROOT / "input" / "roster.xlsx"), ("crowd", folder / "crowd" / "roster.xlsx")):
            run(python("-m", "hrbook", "build", roster, "--out", folder / city))
            (manifest,) = (folder / city).glob("*/manifest.json")
            paths = [manifest.parent / path for path in chosen(json.loads(manifest.read_text(encoding="utf-8"))["files"])]
            if city == "plain":
                books |= dict(zip(("small", "middle", "", "organisation", "audit"), paths, strict=True))
            else:
                books["large"] = paths[2]
        del books[""]
        TARGET.mkdir(parents=True, exist_ok=True)
        for old in TARGET.glob("*.png"):
            old.unlink()
        for prefix, book in books.items():
            show(book, prefix, TARGET, folder)


if __name__ == "__main__":
    main()
