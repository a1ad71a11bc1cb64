"""What is read of a returned file, in a child process (hrbook.safe.child): its cells, and what stands beside them."""

from __future__ import annotations

from typing import Any

from hrbook.collect.package import Aside, Package, read_asides
from hrbook.collect.sealed import Passwords, allowance_of, framed, opened
from hrbook.ingest.reader import parse
from hrbook.ingest.workbook import Workbook, workbook_of
from hrbook.safe.child import Child

WORK = "hrbook.collect.inside:read"


def read(data: bytes, name: str) -> dict[str, Any]:
    """{"book": see hrbook.ingest.reader.parse, "custom", "names", "saved", "asides", "plain", "password"}; `data` as
    `framed` makes it. "plain" is the workbook within a sealed file. Raises Fault for no workbook."""
    plain, password = opened(data, name)
    book, package = parse(plain, name), read_asides(plain)
    asides = [(aside.sheet, aside.cell, aside.text) for aside in package.asides]
    found = {"book": book, "custom": package.custom, "names": package.names, "saved": package.saved, "asides": asides}
    return {**found, "plain": plain if password else None, "password": password}


class Reading:
    """A book that is being read in a child process, so that the next one is read while this one is looked at."""

    def __init__(self, data: bytes, name: str, passwords: Passwords) -> None:
        """Raises Fault where no child can be started."""
        tried = passwords.of(name, data)
        self._data, self._name = data, name
        self._child = Child(WORK, framed(tried, data), name, allowance_of(tried, data))

    def result(self) -> tuple[Workbook, Package, str]:
        """The workbook (the one within, where the file is sealed), what stands beside its cells, and the password that
        opened it ("" where it has none). Raises Fault where it cannot be read."""
        read = self._child.result()
        package = Package(read["custom"], read["names"], read["saved"], tuple(Aside(*aside) for aside in read["asides"]))
        plain = self._data if read["plain"] is None else read["plain"]
        return workbook_of(read["book"], plain, self._name), package, read["password"]
