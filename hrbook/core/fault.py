"""The one exception for what a person can mend: the batch cannot go on, or the command was used wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrbook.core.source import Scalar


class Fault(Exception):
    """Ends a command with one paragraph and no traceback. `key` names the wording ("fault.<key>" in templates/labels);
    `facts` fill it in (file, sheet, cell, found ...). `usage` faults exit with 2, the others with 3."""

    def __init__(self, key: str, *, usage: bool = False, **facts: Scalar) -> None:
        super().__init__(key, facts)
        self.key = key
        self.usage = usage
        self.facts = facts

    def __reduce__(self) -> tuple[Callable[..., Fault], tuple[str, bool, Mapping[str, Scalar]]]:
        """A fault travels from the process that met it to the one that tells it."""
        return _again, (self.key, self.usage, self.facts)


def _again(key: str, usage: bool, facts: Mapping[str, Scalar]) -> Fault:
    return Fault(key, usage=usage, **facts)
