"""A progress bar with the time that remains, on standard error: one line a step; silence where nobody watches."""

from __future__ import annotations

import shutil
import sys
from time import monotonic
from types import TracebackType

import click

from hrbook.commands._shared import Talk
from hrbook.commands._terminal import width

BAR = 20  # places of the bar itself
SOON = 2.0  # seconds before which nothing is said of the time that remains
EVERY = 0.1  # seconds between two drawings


class Progress:
    """Call it with (step, done, of); it draws the bar of the step, whose words are `progress.<step>`."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._step = ""
        self._begun = self._drawn = 0.0
        self._wide = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def __call__(self, step: str, done: int, of: int) -> None:
        if self._talk.quiet or not sys.stderr.isatty():
            return
        now = monotonic()
        if step != self._step:
            self._close()
            self._step, self._begun, self._drawn = step, now, 0.0
        if done < of and now - self._drawn < EVERY:
            return
        self._drawn = now
        words = self._talk.labels(f"progress.{step}")
        self._draw(bar_line(self._talk, words, done, of, now - self._begun) if of else words)

    def _draw(self, line: str) -> None:
        room = shutil.get_terminal_size().columns - 1
        line = line if width(line) <= room else self._talk.labels(f"progress.{self._step}")
        click.echo("\r" + line + " " * max(0, self._wide - width(line)), err=True, nl=False)
        self._wide = width(line)

    def _close(self) -> None:
        if self._wide:
            click.echo(err=True)
        self._wide = 0


def bar_line(talk: Talk, words: str, done: int, of: int, passed: float) -> str:
    """The line of a step of which `done` parts of `of` took `passed` seconds."""
    full = BAR * done // of
    bar = f"[{'#' * full}{'-' * (BAR - full)}]"
    left = ""
    if 0 < done < of and passed >= SOON:
        seconds = round(passed * (of - done) / done)
        left = talk.labels("progress.left", minutes=seconds // 60, seconds=f"{seconds % 60:02}")
    return talk.labels("progress.bar", words=words, bar=bar, percent=100 * done // of, left=left).rstrip()
