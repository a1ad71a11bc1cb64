"""A run that was issued, and `collect` as a function."""

from pathlib import Path

import pytest

from hrbook.collect.run import Options, Outcome, collect
from tests.collect.behaviours import FORM_SHEET, sheet_names


@pytest.fixture(scope="session")
def issued_books(run) -> list[Path]:
    """The department books of the run that hold forms, small ones first."""
    paths = sorted((run / "部署別").iterdir(), key=lambda p: (p.stat().st_size, p.name))
    return [p for p in paths if FORM_SHEET in sheet_names(p)]


@pytest.fixture
def collected(run, city, tmp_path):
    """collect(folder, **options) against the run, with results below tmp_path."""

    def call(folder: Path, **given) -> Outcome:
        options = {"roster": city / "input" / "roster.xlsx", "out": tmp_path / "collected", **given}
        options.setdefault("issued", (run,))
        return collect(Options(folder, **options), lambda *_: None)

    return call


@pytest.fixture(autouse=True)
def roster_stays_alone(city):
    """The data set is written beside the roster, which all tests share."""
    yield
    for path in (city / "input").glob("returned*.xlsx"):
        path.unlink()
