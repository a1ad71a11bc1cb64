"""The kinds of files that a run may read beside roster, settings and policy, and the keys that the manifest names them by."""

from __future__ import annotations

from enum import StrEnum


class InputKind(StrEnum):
    """In the order in which the books name them. Of some kinds there is one file at most, of the others any number."""

    MORE = "more"  # a workbook in which the roster goes on
    HISTORY = "history"
    TRAINING = "training"
    RETURNED = "returned"  # what came back in forms
    SURVEY = "survey"  # what was told of a closed survey

    def numbered(self, number: int) -> str:
        """The key of one of several files: more_1, more_2 ..."""
        return f"{self}_{number}"

    def names(self, key: str) -> bool:
        """Whether a key is of this kind."""
        kind, _, number = key.partition("_")
        return kind == self and (not number or number.isdecimal())


SEVERAL = (InputKind.MORE, InputKind.RETURNED, InputKind.SURVEY)  # any number of files
