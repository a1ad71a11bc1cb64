"""A process of its own for every file that comes from outside: whatever a reader does there, hrbook goes on.

`in_child("hrbook.ingest.workbook:parse", data, name)` calls that function with (data, name) in a fresh interpreter with
limits of memory and processor time, and gives back what it returned: None, booleans, numbers, texts, bytes, dates, and
lists, tuples, dicts and sets of them. A Fault that the function raises is raised here. A hang, a crash or a greedy file
ends in a Fault of its own. `Child` is the same in two steps, so that the file is read while this process does other work.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hrbook
from hrbook.core.fault import Fault
from hrbook.safe import memory

BOOT = "import sys;sys.path[:]=sys.argv[5:];from hrbook.safe.inside import main;main(*sys.argv[1:5])"
MARK = "--hrbook-child"  # first word of a built program that is to be a child (packaging/build_folder.py)
MIB = 2**20
LOOK = 0.1  # seconds between two looks at a child that has no limits of its own
PATIENCE = 4  # times the processor time: other programs may keep the processors busy


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a child may use: bytes of memory and seconds of processor time."""

    memory_bytes: int = 448 * MIB
    seconds: int = 8

    def of(self, size: int) -> Allowance:
        """The allowance for a file of `size` bytes: a large city's roster may take longer than a small one's."""
        return Allowance(self.memory_bytes + 40 * size, self.seconds + 8 * (size // MIB))


class Child:
    """One call under way. `result` waits for its end; an object that is thrown away takes its process with it."""

    def __init__(self, work: str, data: bytes, name: str, allowance: Allowance | None = None) -> None:
        """`work` is "module:function" within hrbook, `name` what Faults call the file."""
        self.name = name
        self.allowance = allowance or Allowance().of(len(data))
        # Isolated and without site: nothing of the working folder or of the user's own is loaded, and the start is cheap.
        own = str(Path(hrbook.__file__).resolve().parent.parent)
        limits = [str(self.allowance.memory_bytes), str(self.allowance.seconds)]
        command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", BOOT, work, name, *limits, own, *filter(None, sys.path)]
        if getattr(sys, "frozen", False):  # a built program is no interpreter: its entry knows the mark
            command = [sys.executable, MARK, work, name, *limits]
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        except OSError as error:
            raise Fault("child_failed", file=name, found=error.strerror or type(error).__name__) from error
        self._said: list[bytes] = []
        self._over: list[str] = []
        self._thread = threading.Thread(
            target=_attend, args=(self._process, data, self.allowance, self._said, self._over), daemon=True
        )
        self._thread.start()
        self._end = weakref.finalize(self, _end, self._process)

    def result(self) -> Any:
        """What the function returned. Raises its Fault, or one of file_too_slow, file_too_greedy, file_crashes."""
        self._thread.join()
        self._end()
        if self._over:
            raise Fault(self._over[0], file=self.name)
        code = self._process.returncode
        if code != 0 or not self._said[0]:
            raise Fault(self._reason(code), file=self.name, found=code)
        try:
            kind, value = _Plain(io.BytesIO(self._said[0])).load()
        except Exception as error:  # a child that was taken over may send anything
            raise Fault("file_crashes", file=self.name, found=type(error).__name__) from error
        if kind == "fault":
            key, facts = value
            raise Fault(key, **facts)
        return value

    def _reason(self, code: int) -> str:
        """Signals that the limits send: SIGXCPU (24 on Linux and macOS) for time, then SIGKILL (9) by the hard limit."""
        if code == memory.EXHAUSTED:
            return "file_too_greedy"
        return "file_too_slow" if code in (-24, -9) else "file_crashes"


def in_child(work: str, data: bytes, name: str, allowance: Allowance | None = None) -> Any:
    """Call `work` ("module:function") with (data, name) in a child and give back its result. Raises Fault."""
    return Child(work, data, name, allowance).result()


def _attend(process: subprocess.Popen[bytes], data: bytes, allowance: Allowance, said: list[bytes], over: list[str]) -> None:
    """Feed the child and take its answer. Where the platform has no limits, its memory and time are watched from here."""
    started = time.monotonic()
    limited = memory.has_limits()
    patience = allowance.seconds * (PATIENCE if limited else 1)
    feed: bytes | None = data
    while True:
        try:
            answer, _ = process.communicate(feed, timeout=patience if limited else LOOK)
            said.append(answer)
            return
        except subprocess.TimeoutExpired:
            feed = None  # the first call goes on feeding
            if not limited and memory.used_by(process.pid) > allowance.memory_bytes:
                over.append("file_too_greedy")
            elif time.monotonic() - started >= patience:
                over.append("file_too_slow")
            if over:
                process.kill()
                said.append(b"")
                process.communicate()
                return
        except (BrokenPipeError, OSError):
            process.kill()
            process.communicate()
            said.append(b"")
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()  # the thread that attends it takes note and tidies up
        process.wait()


class _Plain(pickle.Unpickler):
    """Takes plain values and dates only: what a broken child sends can never become a call."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            from datetime import date

            return date
        raise pickle.UnpicklingError(f"{module}.{name}")
