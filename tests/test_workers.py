"""Files made in this process and on several: the same, and what goes wrong in one of them is told by the other."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from hrbook.core.fault import Fault
from hrbook.guard.release import Gate
from hrbook.workers import AHEAD, WORTH, Here, Processes, household, on


class Nobody:
    """A guard who finds nothing: what is made here is no workbook."""


@dataclass(frozen=True)
class Text:
    """A part that is no workbook; at `wrong` it cannot be made."""

    path: str
    wrong: str = ""
    rows: int = 1
    audience: str = "hr"
    readers: None = None
    design: None = None

    def make(self):
        if self.wrong == "fault":
            raise Fault("text_too_long", usage=True, file=self.path)
        if self.wrong == "killed":
            os.kill(os.getpid(), 9)
        return self.path.encode()


def parts(wrong=""):
    return [Text(f"{n}.csv") for n in range(WORTH)] + [Text("last.csv", wrong)]


def test_one_executor_for_one_process_and_for_several():
    assert isinstance(on(1), Here) and isinstance(on(2), Processes)


def test_processes_make_what_one_makes():
    gate = Gate(Nobody())
    one = sorted((f.entry.path, f.data) for f in Here().made(parts(), gate))
    assert sorted((f.entry.path, f.data) for f in Processes(2).made(parts(), gate)) == one


@pytest.mark.parametrize("executor", [Here(), Processes(2)])
def test_a_fault_is_the_same_wherever_it_was_met(executor):
    with pytest.raises(Fault) as fault:
        list(executor.made(parts("fault"), Gate(Nobody())))
    assert (fault.value.key, fault.value.usage, fault.value.facts) == ("text_too_long", True, {"file": "last.csv"})


def test_a_process_that_is_killed_is_told_in_one_paragraph():
    with pytest.raises(Fault) as fault:
        list(Processes(2).made(parts("killed"), Gate(Nobody())))
    assert fault.value.key == "worker_lost"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_somebody_else_has_made_passes_the_same_gate(jobs):
    with household(jobs, parts(), Gate(Nobody())) as house:
        made = [house.finish(number, b"x").result() for number in (0, 1)]
    assert [(file.entry.path, file.data) for file in made] == [("0.csv", b"x"), ("1.csv", b"x")]


@dataclass(frozen=True)
class Noted(Text):
    """A part that leaves a note when it is made."""

    notes: str = ""

    def make(self):
        Path(self.notes, self.path).touch()
        return b""


def test_processes_go_no_further_than_somebody_takes_what_is_done(tmp_path):
    """Nothing holds all books: who takes one file finds few others begun."""
    many = [Noted(f"{n}.csv", notes=str(tmp_path)) for n in range(60)]
    made = Processes(2).made(many, Gate(Nobody()))
    for taken in range(1, 61):
        next(made)
        assert len(list(tmp_path.iterdir())) <= taken + 2 * AHEAD * 2
    assert list(made) == [] and len(list(tmp_path.iterdir())) == 60
