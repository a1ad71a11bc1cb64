"""What runs in a child (hrbook.safe.child): limits first, then one function on the bytes from standard input."""

from __future__ import annotations

import importlib
import os
import pickle
import sys
from typing import Any

from hrbook.core.fault import Fault
from hrbook.safe import memory


def main(work: str, name: str, memory_bytes: str, seconds: str) -> None:
    """Call `work` ("module:function") and write ("value", result) or ("fault", (key, facts)) to standard output."""
    answers = os.dup(1)
    os.dup2(2, 1)  # a library that prints cannot spoil the answer
    memory.limit(int(memory_bytes), int(seconds))
    data = sys.stdin.buffer.read()
    try:
        answer = pickle.dumps(_answer(work, data, name), 5)
    except MemoryError:
        os._exit(memory.EXHAUSTED)
    with os.fdopen(answers, "wb") as stream:
        stream.write(answer)
    os._exit(0)  # nothing is left to tidy up, and freeing millions of cells takes longer than reading them


def _answer(work: str, data: bytes, name: str) -> tuple[str, Any]:
    module, _, function = work.partition(":")
    if not module.startswith("hrbook."):
        raise ValueError(work)
    try:
        return "value", getattr(importlib.import_module(module), function)(data, name)
    except Fault as fault:
        return "fault", (fault.key, fault.facts)
