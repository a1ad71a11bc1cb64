"""A file that hangs, crashes or eats memory costs a child process and one paragraph, never the run."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hrbook.core.fault import Fault
from hrbook.safe import memory
from hrbook.safe.child import Allowance, Child, in_child

# What a reader may do to its process; the functions run in the child, which finds them under hrbook's name.
MISDEEDS = """
import os, sys, time
from datetime import date
from hrbook.core.fault import Fault

def answers(data, name):
    print("noise on standard output")
    return {"size": len(data), "day": date(2026, 4, 1), "rows": [(1, "x", None)]}

def refuses(data, name):
    raise Fault("file_damaged", file=name, found="x")

def hangs(data, name):
    while True:
        pass

def sleeps(data, name):
    time.sleep(60)

def crashes(data, name):
    os.abort()

def fails(data, name):
    raise ZeroDivisionError

def eats(data, name):
    return len([bytes(10**7) for _ in range(10**6)])

def lies(data, name):
    class Trap:
        def __reduce__(self):
            return (os.getcwd, ())
    return Trap()
"""
SMALL = Allowance(memory_bytes=256 * 2**20, seconds=1)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Names of the functions above, in a module that the child can import: hrbook's own namespace, further down the path."""
    (tmp_path / "hrbook_misdeeds.py").write_text(MISDEEDS, encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text("", encoding="utf-8")
    package = tmp_path / "hrbook_misdeeds.py"
    monkeypatch.setattr(sys, "path", [str(package.parent), *sys.path])
    monkeypatch.setattr("hrbook.safe.child.BOOT", BOOT)
    return lambda name: f"hrbook.misdeeds:{name}"


BOOT = (
    "import sys;sys.path[:]=sys.argv[5:];import hrbook_misdeeds;sys.modules['hrbook.misdeeds']=hrbook_misdeeds;"
    "from hrbook.safe.inside import main;main(*sys.argv[1:5])"
)


def fault(work: str, allowance: Allowance = SMALL) -> Fault:
    with pytest.raises(Fault) as caught:
        in_child(work, b"data", "name.xlsx", allowance)
    assert caught.value.facts["file"] == "name.xlsx"
    return caught.value


def test_an_answer_comes_back(work: Callable[[str], str]) -> None:
    answer = in_child(work("answers"), b"data" * 10**6, "name.xlsx")
    assert answer == {"size": 4 * 10**6, "day": date(2026, 4, 1), "rows": [(1, "x", None)]}


def test_a_fault_comes_back(work: Callable[[str], str]) -> None:
    assert fault(work("refuses")).key == "file_damaged"


@pytest.mark.parametrize(
    ("name", "key"),
    [("hangs", "file_too_slow"), ("crashes", "file_crashes"), ("fails", "file_crashes"), ("eats", "file_too_greedy")],
)
def test_misdeeds_end_in_one_paragraph(work: Callable[[str], str], name: str, key: str) -> None:
    assert fault(work(name)).key == key


def test_what_a_broken_child_sends_never_becomes_a_call(work: Callable[[str], str]) -> None:
    assert fault(work("lies")).key == "file_crashes"


@pytest.mark.parametrize(("name", "key"), [("sleeps", "file_too_slow"), ("eats", "file_too_greedy")])
def test_where_the_platform_has_no_limits_the_child_is_watched(
    work: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, name: str, key: str
) -> None:
    monkeypatch.setattr(memory, "has_limits", lambda: False)
    monkeypatch.setattr(
        "hrbook.safe.child.BOOT", BOOT.replace("from hrbook", "import hrbook.safe.memory as m;m.has_limits=bool;from hrbook", 1)
    )
    assert fault(work(name), Allowance(SMALL.memory_bytes, 1 if name == "sleeps" else 30)).key == key


def test_a_call_that_nobody_waits_for_takes_its_process_with_it(work: Callable[[str], str]) -> None:
    child = Child(work("sleeps"), b"", "name.xlsx")
    pid = child._process.pid
    del child
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("the process lives on")


def test_memory_is_counted_in_bytes() -> None:
    assert 2**20 < memory.used_by(os.getpid()) < 2**36


def test_only_own_functions_are_called() -> None:
    assert fault("os:getcwd").key == "file_crashes"
