"""The figures of a campaign, as lines of a table: what was tried, what came of it, whether it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line: name, figures in words, and whether it is as it must be."""

    name: str
    said: str
    holds: bool


def table(figures: list[Figure]) -> str:
    """The lines under one another."""
    return "\n".join(f"{'ok  ' if f.holds else 'FAIL'}  {f.name:<26} {f.said}" for f in figures)
