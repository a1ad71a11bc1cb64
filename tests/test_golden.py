"""Finished workbooks as readable text, compared with tests/golden/*.txt.

After an intended change: `python -m pytest tests/test_golden.py --update-golden`, then read the difference before committing.
What was made is kept under tests/actual/ when it differs. The run's own number is scrubbed: it changes with every input."""

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
ACTUAL = ROOT / "tests" / "actual"


def as_text(path, run_id):
    """Sheets, widths, merges and cells of a workbook, one line each."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    lines = [f"title: {book.properties.title}", f"subject: {book.properties.subject}"]
    for sheet in book.worksheets:
        setup = sheet.page_setup
        lines.append(f"== {sheet.title} | {setup.orientation} | freeze {sheet.freeze_panes} | protected {sheet.protection.sheet}")
        lines.append(f"header {sheet.oddHeader.left.text} | {sheet.oddHeader.center.text} | {sheet.oddHeader.right.text}")
        for merged in sorted(str(m) for m in sheet.merged_cells.ranges):
            lines.append(f"merge {merged}")
        for check in sheet.data_validations.dataValidation:
            lines.append(f"check {check.sqref} {check.type} {check.formula1} {check.formula2}")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    lines.append(f"{cell.coordinate} {cell.value!r} [{cell.number_format}]")
    text = "\n".join(lines) + "\n"
    text = re.sub(f"{run_id[:8]}[0-9a-f]*", "RUN", text)
    return re.sub(r"(?<![0-9A-Za-z])[0-9a-f]{8,64}(?![0-9A-Za-z])", "DIGEST", text)


def compare(name, text, update):
    golden = GOLDEN / f"{name}.txt"
    if update:
        golden.write_text(text, encoding="utf-8")
    if not golden.exists() or golden.read_text(encoding="utf-8") != text:
        ACTUAL.mkdir(exist_ok=True)
        (ACTUAL / f"{name}.txt").write_text(text, encoding="utf-8")
    assert golden.exists(), f"no golden text {golden.name}: run with --update-golden and read it"
    assert text.splitlines() == golden.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def run_id(run):
    return json.loads((run / "manifest.json").read_text())["run_id"]


@pytest.mark.parametrize("place", ["small", "bureau"])
def test_department_book(run, run_id, place, request):
    """A small department, and a bureau's own book with the forms of the heads below."""
    paths = sorted((run / "部署別").iterdir(), key=lambda p: (p.stat().st_size, p.name))
    own = [p for p in paths if p.stem.endswith("_部付")]
    path = own[-1] if place == "bureau" else next(p for p in paths if p not in own)
    compare(f"department-{place}", as_text(path, run_id), request.config.getoption("--update-golden"))
