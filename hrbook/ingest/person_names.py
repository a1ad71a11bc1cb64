"""Whether two spellings of a name can be one person: by a folded key that serves matching only and is never printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hrbook.core.source import Scalar
from hrbook.ingest.values import read_name
from hrbook.ingest.vocabulary import key
from hrbook.ingest.workbook import Broken


class NameBook:
    """The roster's names by staff number. `variants` maps a character to its common form; a name with a character that an
    earlier system `lost` can be anybody's."""

    def __init__(self, variants: Mapping[int, str], lost: re.Pattern[str]) -> None:
        self._variants, self._lost = variants, lost
        self._names: dict[str, tuple[str, str]] = {}

    def add(self, staff_id: str, name: str) -> None:
        """Enter the name of the roster as it stands."""
        if self._lost.search(name):
            return
        parts = name.replace("\u3000", " ").split()
        self._names[staff_id] = (self._key(name), self._key(parts[-1]) if len(parts) > 1 else "")

    def disagrees(self, staff_id: str, cell: Scalar) -> bool:
        """Whether a name in another sheet is certainly not this person's. A blank says nothing; another surname before
        the same given name is a change of the surname."""
        whole, given = self._names.get(staff_id, ("", ""))
        if cell is None or isinstance(cell, Broken) or not whole:
            return False
        written = self._key(read_name(cell))
        if not written or written == whole or self._lost.search(read_name(cell)):
            return False
        return not (given and written.endswith(given) and len(written) > len(given))

    def _key(self, name: str) -> str:
        return key(name.translate(self._variants))
