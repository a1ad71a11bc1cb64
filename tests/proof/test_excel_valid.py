"""A book with everything in it, before the Open XML SDK, the lint and LibreOffice's own arithmetic."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from hrbook.excel.writer import render
from hrbook.styles import load_styles

ROOT = Path(__file__).parents[2]


@pytest.mark.proof
def test_the_demo_book_is_valid(tmp_path: Path, validate) -> None:
    book = runpy.run_path(str(ROOT / "tests" / "excel" / "demo.py"))["demo_book"]()
    (tmp_path / "demo.xlsx").write_bytes(render(book, load_styles()))
    run = validate(tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 workbooks, all valid" in run.stdout
