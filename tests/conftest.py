"""Shared by the whole suite: a small invented city, built once; the command line as a user meets it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Done:
    """What a finished command left."""

    code: int
    out: str
    err: str


def hrbook(*words, cwd, env=None):
    """Run the command in a process of its own, as a user does."""
    import os

    done = subprocess.run(
        [sys.executable, "-m", "hrbook", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def city(tmp_path_factory) -> Path:
    """A folder with input/roster.xlsx and input/settings.xlsx of 60 invented people. Nobody writes into it."""
    folder = tmp_path_factory.mktemp("city")
    done = hrbook("sample", "--staff", 60, "--out", folder / "input", cwd=folder)
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="session")
def run(city, tmp_path_factory) -> Path:
    """A finished run of that city: the folder of its fiscal year."""
    out = tmp_path_factory.mktemp("out")
    done = hrbook("build", city / "input" / "roster.xlsx", "--out", out, cwd=out)
    assert done.code == 0, done.err
    return out / "2026"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew from what was made")
