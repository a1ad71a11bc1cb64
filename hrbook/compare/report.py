"""What a verification found, as values: what is said of it stands in templates/labels/compare.toml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hrbook.core.fault import Fault


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as recorded. `kind` names its wording ("verify.kind.<kind>"); `recorded` is what the record or
    the run made again says, `found` what stands there."""

    kind: str
    file: str = ""
    sheet: str = ""
    place: str = ""
    recorded: str = ""
    found: str = ""


@dataclass(slots=True)
class Report:
    """Differences in the order in which they were found; `total` counts also those that are not listed.

    `files` were compared byte by byte. `stopped` says why the run could not be made again."""

    differences: list[Difference] = field(default_factory=list)
    notes: list[Difference] = field(default_factory=list)
    total: int = 0
    files: int = 0
    stopped: Fault | None = None
    _known: set[str] = field(default_factory=set)

    def add(self, difference: Difference) -> None:
        self.differences.append(difference)
        self._known.add(difference.file)
        self.total += 1

    def extend(self, differences: Iterable[Difference]) -> None:
        for difference in differences:
            self.add(difference)

    def knows(self, file: str) -> bool:
        """Whether something was said of this file."""
        return file in self._known

    def note(self, kind: str, file: str, recorded: str, found: str) -> None:
        """Something to know that is no difference of the run."""
        self.notes.append(Difference(kind, file, recorded=recorded, found=found))

    @property
    def platform_differs(self) -> bool:
        """Whether this machine has other versions of Python or its packages than the run's."""
        return any(note.kind == "platform" for note in self.notes)

    @property
    def agrees(self) -> bool:
        return not self.total and self.stopped is None
