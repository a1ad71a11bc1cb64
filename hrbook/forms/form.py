"""A form ready to be filled, as plain data that any process can take along."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath
from typing import Any

from hrbook.core.finding import Finding
from hrbook.forms.package import Packed
from hrbook.forms.pieces import Block, Piece
from hrbook.forms.slots import Slot
from hrbook.guard.release import Design

FormPart = Packed | tuple[str, tuple[Piece, ...]]  # packed where it never changes, else its name and its pieces


class Kind(Enum):
    """What one workbook of the form is made for."""

    LIST = "list"  # a department, with the block once a person
    PERSON = "person"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Form:
    """A form ready to be filled. `parts` are in the order of the file: packed where they never change, else in pieces."""

    file: str
    digest: str
    kind: Kind
    block: Block | None
    bottom: int  # the last row of the block's sheet
    slots: tuple[Slot, ...]
    parts: tuple[FormPart, ...]
    core: str  # the part with the document's properties; empty where there is none
    date1904: bool
    design: Design
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """What the form is called: its file name without ending."""
        return PurePosixPath(self.file).stem

    def recorded(self) -> dict[str, Any]:
        """What the manifest says of the form."""
        said = [{"code": f.code, "sheet": f.sheet, "cell": f.cell, "found": str(f.found or "")} for f in self.findings]
        return {"file": self.file, "sha256": self.digest, "kind": self.kind.value, "findings": said}
