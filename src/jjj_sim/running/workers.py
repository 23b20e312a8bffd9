"""Workers: processes that live on from batch to batch, each with one thread for kernels.

The work is an importable function of the package; what it returns does not depend on how many workers there are.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")

_counter: Any = None


class Workers:
    """A context in which `n` processes work; `ticks` is how often any of them has called `tick`."""

    def __init__(self, n: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._ticks = context.Value("q", 0)
        self._pool = ProcessPoolExecutor(n, mp_context=context, initializer=_enter, initargs=(self._ticks,))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=failure is None, cancel_futures=failure is not None)

    @property
    def ticks(self) -> int:
        """How often `tick` was called in all workers."""
        return int(self._ticks.value)

    def outcomes(
        self, work: Callable[..., T], jobs: Sequence[tuple[Any, ...]], waiting: Callable[[], object] = lambda: None
    ) -> Iterator[tuple[int, T | BrokenProcessPool]]:
        """Yield (index of the job, what `work` returned of it) as they are done, or why its process was lost.

        `waiting` is called at least twice a second.
        """
        with _main_left_alone():
            left: dict[Future[T], int] = {self._pool.submit(work, *job): i for i, job in enumerate(jobs)}
        while left:
            done, _ = wait(left, timeout=0.5, return_when=FIRST_COMPLETED)
            waiting()
            for future in done:
                index = left.pop(future)
                try:
                    yield index, future.result()
                except BrokenProcessPool as lost:
                    yield index, lost


def tick() -> None:
    """Count one step of the work, in a worker."""
    with _counter.get_lock():
        _counter.value += 1


def _enter(counter: Any) -> None:
    """Set up a worker process, which ends with the process that it works for, even where that one is killed."""
    import numba

    global _counter
    _counter = counter
    numba.set_num_threads(1)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextlib.contextmanager
def _main_left_alone() -> Iterator[None]:
    """Start workers that do not import the user's script.

    A spawned process imports the main module by its file; a script that calls `run` at its top level would
    start the run over in every worker. What workers do is all in this package.
    """
    main = sys.modules["__main__"]
    hidden = {name: vars(main)[name] for name in ("__file__", "__spec__") if name in vars(main)}
    try:
        for name in hidden:
            setattr(main, name, None)
        yield
    finally:
        for name, value in hidden.items():
            setattr(main, name, value)
