"""A book with everything in it, before the Open XML SDK, the lint and LibreOffice's own arithmetic."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from hrbook.excel.styles import load_styles
from hrbook.excel.writer import render

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("HRBOOK_SHARED", ROOT.parent / "shared"))


@pytest.mark.proof
def test_the_demo_book_is_valid(tmp_path: Path) -> None:
    assert Path(os.environ["OOXML_VALIDATOR_CLI"]).is_file(), "OOXML_VALIDATOR_CLI names the validator's program"
    book = runpy.run_path(str(ROOT / "tests" / "excel" / "demo.py"))["demo_book"]()
    (tmp_path / "demo.xlsx").write_bytes(render(book, load_styles()))
    command = [sys.executable, str(SHARED / "tools" / "validate_workbooks.py"), str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 workbooks, all valid" in run.stdout
