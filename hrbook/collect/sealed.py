"""Books that went out, or came back, under passwords: opened with the city's lists, each in a child process.

Passwords travel to the child within its input: never on a command line, in a message or in what is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrbook.core.fault import Fault
from hrbook.core.fold import fold
from hrbook.guard.passwords import read_list
from hrbook.guard.seal import unseal
from hrbook.safe.child import Allowance
from hrbook.safe.preflight import is_encrypted

HEAD = 4  # bytes that hold the length of the passwords
TRIES_A_SECOND = 4  # Excel makes every try cost a hundred thousand rounds of a hash


@dataclass(frozen=True, slots=True)
class Passwords:
    """What the lists hold, department and password, in their order."""

    pairs: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def of(self, name: str, data: bytes) -> tuple[str, ...]:
        """The passwords to try on a file, first those of departments that its name holds; none for a file without one."""
        if not self.pairs or not is_encrypted(data):
            return ()
        told = fold(name)
        ranked = sorted(self.pairs, key=lambda pair: -len(pair[0]) if fold(pair[0]) in told else 0)
        return tuple(dict.fromkeys(password for _, password in ranked))


def read_lists(paths: Sequence[Path]) -> Passwords:
    """All passwords of several lists. Raises Fault where one cannot be read."""
    return Passwords(tuple((department, password) for path in paths for _, department, password in read_list(path)))


def framed(passwords: Sequence[str], data: bytes) -> bytes:
    """A file with the passwords to try, as the child takes them."""
    head = json.dumps(list(passwords)).encode("ascii")
    return len(head).to_bytes(HEAD, "big") + head + data


def opened(framed_data: bytes, name: str) -> tuple[bytes, str]:
    """In the child: the workbook within, and the password that opens it. Raises Fault where none does."""
    start = HEAD + int.from_bytes(framed_data[:HEAD], "big")
    passwords, data = json.loads(framed_data[HEAD:start]), framed_data[start:]
    if not passwords:
        return data, ""
    for password in passwords:
        try:
            return unseal(data, password), password
        except Fault as fault:
            if fault.key != "book_not_opened":
                raise
    raise Fault("returned_sealed", file=name)


def allowance_of(passwords: Sequence[str], data: bytes) -> Allowance:
    """What the child may use: every password to try costs time."""
    usual = Allowance().of(len(data))
    return Allowance(usual.memory_bytes, usual.seconds + len(passwords) // TRIES_A_SECOND)
