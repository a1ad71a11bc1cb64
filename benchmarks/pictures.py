"""`python -m benchmarks.pictures`: books of the sample city as PDF and PNG, to look at. Needs LibreOffice and poppler.

A small, a middle and a large department, the organisation's and the auditors' book; the first pages of each."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.timing import ROOT, Failed, python, run

PAGES = 60
DOTS = 50  # an inch
TOOLS = {"soffice": "LibreOffice", "pdftoppm": "poppler-utils"}


def chosen(files: Sequence[dict[str, Any]]) -> list[str]:
    """Paths of the books to show, by a manifest's `files`: least, middle and most people of the departments, then the others."""
    books = [entry for entry in files if entry["path"].endswith(".xlsx") and not entry["path"].startswith("inputs/")]
    departments = sorted((e["rows"], e["path"]) for e in books if "/" in e["path"] and e["rows"])
    places = sorted({0, len(departments) // 2, len(departments) - 1}) if departments else []
    return [departments[place][1] for place in places] + [entry["path"] for entry in books if "/" not in entry["path"]]


def missing(tools: Mapping[str, str] = TOOLS) -> list[str]:
    """Programs that are not there, with the package that brings them."""
    return [f"{program} ({package})" for program, package in tools.items() if shutil.which(program) is None]


def draw(books: Sequence[Path], target: Path, pages: int = PAGES) -> list[Path]:
    """PDF and PNG of the first `pages` pages of every book, in the folder `target`; the pictures. Raises Failed."""
    pictures: list[Path] = []
    for pdf in to_pdf(books, target, f"1-{pages}"):
        call(["pdftoppm", "-r", str(DOTS), "-png", str(pdf), str(target / pdf.stem)])
        pictures += sorted(target.glob(f"{pdf.stem}-*.png"))
    return pictures


def to_pdf(books: Sequence[Path], target: Path, pages: str = "") -> list[Path]:
    """Every book as a PDF of these of its pages, such as 1-60,870-900 (empty: all), in the folder `target`. Raises Failed."""
    target.mkdir(parents=True, exist_ok=True)
    span = json.dumps({"PageRange": {"type": "string", "value": pages}} if pages else {})
    with tempfile.TemporaryDirectory(prefix="hrbook-office-") as profile:
        office = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to"]
        said = call([*office, f"pdf:calc_pdf_Export:{span}", "--outdir", str(target), *map(str, books)])
    made = [target / f"{book.stem}.pdf" for book in books]
    for book, pdf in zip(books, made, strict=True):
        if not pdf.is_file():  # soffice ends with 0 all the same
            raise Failed(f"{book.name} was not converted: {said}")
    return made


def main(words: list[str] | None = None) -> None:
    """Build, choose, draw."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pictures", description=__doc__)
    parser.add_argument("--roster", type=Path, default=ROOT / "input" / "roster.xlsx", help="default: input/roster.xlsx")
    out = ROOT / "output" / "pictures"
    parser.add_argument("--out", type=Path, default=out, help="default: output/pictures; its pictures are replaced")
    parser.add_argument("--pages", type=int, default=PAGES, help=f"most pages of a book (default: {PAGES})")
    asked = parser.parse_args(words)
    if absent := missing():
        parser.exit(1, f"No pictures: {', '.join(absent)} not found on this machine.\n")
    if not asked.roster.is_file():
        parser.exit(1, f"No pictures: {asked.roster} is not there; `hrbook sample` makes one.\n")
    with tempfile.TemporaryDirectory(prefix="hrbook-pictures-") as folder:
        run(python("-m", "hrbook", "build", asked.roster.resolve(), "--out", folder))
        (manifest,) = Path(folder).glob("*/manifest.json")
        paths = chosen(json.loads(manifest.read_text(encoding="utf-8"))["files"])
        for old in [*asked.out.glob("*.png"), *asked.out.glob("*.pdf")]:
            old.unlink()
        pictures = draw([manifest.parent / path for path in paths], asked.out, asked.pages)
    for path in paths:
        stem = Path(path).stem
        print(f"{sum(p.stem.rpartition('-')[0] == stem for p in pictures):4} pages  {path}")
    print(f"{len(pictures)} pictures, at most {asked.pages} of a book, in {asked.out}")


def call(command: Sequence[str]) -> str:
    """What a program said, on both streams. Raises Failed where it did not end well."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise Failed(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


if __name__ == "__main__":
    main()
