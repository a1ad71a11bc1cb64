"""Books that a real LibreOffice filled in, treated and saved: one book a kind of manager's behaviour."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from hrbook.core.receipts import FileState
from hrbook.sheets import form
from tests.collect.behaviours import Truth
from tests.collect.conftest import collected, issued_books, roster_stays_alone  # noqa: F401 - fixtures
from tests.collect.judge import faults
from tests.proof.conftest import missing

pytestmark = pytest.mark.proof
PYTHON = "/usr/bin/python3"  # python3-uno belongs to the system's Python
LAYOUT = {
    "rows": form.ROWS,
    "columns": form.COLUMNS,
    "staff_id": form.STAFF_ID,
    "values": form.VALUES,
    "abilities": form.ABILITIES,
    "now": form.NOW,
    "feeling": form.FEELING,
    "ability_column": form.ABILITY_COLUMN,
    "courses": form.COURSES,
    "course_rows": form.COURSE_ROWS,
    "course_code": form.COURSE_CODE,
    "course_answer": form.COURSE_ANSWER,
    "fields": form.FIELDS,
    "field_heads": form.FIELD_HEADS,
    "headings": form.HEADINGS,
    "score_rows": form.SCORE_ROWS,
}


def test_every_kind_through_a_real_libreoffice(issued_books, collected, tmp_path):  # noqa: F811
    """Every intended entry is recovered or asked, none goes to the wrong person, every foreign file is refused."""
    program = shutil.which("soffice")
    if program is None or subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode:
        missing("LibreOffice with python3-uno")
    folder, job = tmp_path / "in", tmp_path / "job.json"
    folder.mkdir()
    books = [str(path) for path in issued_books[1:]]
    said = {"program": program, "profile": str(tmp_path / "profile"), "layout": LAYOUT, "books": books, "out": str(folder)}
    job.write_text(json.dumps(said), encoding="utf-8")
    script = Path(__file__).with_name("uno_manager.py")
    done = subprocess.run([PYTHON, str(script), str(job)], capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    truths = {name: (entry["kind"], _truth(entry)) for name, entry in json.loads(done.stdout).items()}
    assert len(truths) >= 30
    wrong = []
    for turn in range(0, len(truths), len(books)):  # one file a book and call, as it is in life
        part = dict(list(truths.items())[turn : turn + len(books)])
        place = tmp_path / f"turn{turn}"
        place.mkdir()
        for name in part:
            shutil.copy(folder / name, place / name)
        wrong += faults(collected(place, out=tmp_path / f"out{turn}"), part)
    assert wrong == []


def _truth(entry) -> Truth:
    sure, asked = ({tuple(key): value for *key, value in entry[part]} for part in ("sure", "asked"))
    return Truth(sure, asked, tuple(entry["texts"]), FileState(entry["refused"]) if entry["refused"] else None)
