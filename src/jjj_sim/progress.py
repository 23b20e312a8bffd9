"""Progress of long work on standard error: a bar on a terminal, plain lines elsewhere, silence when quick."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_PATIENCE, _PAUSE = 2.0, 10.0


class Progress:
    """Counts steps out of `total`; shows nothing before two seconds have passed, nor when `quiet`."""

    def __init__(self, label: str, total: int, *, quiet: bool = False) -> None:
        self.label, self.total, self.quiet = label, total, quiet
        self.done = 0
        self._start = self._said = self._first = time.monotonic()
        self._bar = None
        if not quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(label, total=total, visible=False)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self) -> None:
        """Count one step."""
        self.at(self.done + 1)

    def at(self, done: int) -> None:
        """Say that `done` steps are done."""
        self.done = done
        now = time.monotonic()
        if done <= 1:  # The first step compiles: it says nothing about those to come.
            self._first = now
        if self.quiet or not done or now - self._start < _PATIENCE:
            return
        if self._bar is not None:
            self._bar.update(self._task, completed=done, visible=True)
        elif now - self._said >= _PAUSE or self._said == self._start:
            self._said = now
            left = f", about {(now - self._first) * (self.total - done) / (done - 1):.0f} s left" if done > 1 else ""
            print(f"{self.label}: {done} of {self.total}{left}", file=sys.stderr, flush=True)
