"""A progress bar on standard error: one bar a step; plain silence where nobody watches."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

import click

from hrbook.commands._shared import Talk


class Progress:
    """Call it with (step, done, of); it draws the bar of the step, whose words are `progress.<step>`."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._bar: Any = None
        self._step = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()

    def __call__(self, step: str, done: int, of: int) -> None:
        if self._talk.quiet or not sys.stderr.isatty():
            return
        if step != self._step:
            self._close()
            self._step = step
            words = self._talk.labels(f"progress.{step}")
            if of:
                self._bar = click.progressbar(length=of, label=words, file=sys.stderr)
                self._bar.__enter__()
            else:
                click.echo(words, err=True)
        if self._bar is not None and done > self._bar.pos:
            self._bar.update(done - self._bar.pos)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
