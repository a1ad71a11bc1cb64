"""What is read of a returned file, in a child process (hrbook.safe.child): its cells, and what stands beside them."""

from __future__ import annotations

from typing import Any

from hrbook.collect.package import read_asides
from hrbook.ingest.reader import parse

WORK = "hrbook.collect.inside:read"


def read(data: bytes, name: str) -> dict[str, Any]:
    """{"book": see hrbook.ingest.reader.parse, "custom", "names", "saved", "asides"}. Raises Fault for no workbook."""
    book, package = parse(data, name), read_asides(data)
    asides = [(aside.sheet, aside.cell, aside.text) for aside in package.asides]
    return {"book": book, "custom": package.custom, "names": package.names, "saved": package.saved, "asides": asides}
