"""Workers: processes that live on from batch to batch, each with one thread for kernels.

The work is an importable function of the package; what it returns does not depend on how many workers there are. Each
worker is a pool of its own, so that one which dies takes nothing with it but its job, and that is known by name.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

T = TypeVar("T")

_TRIES = 2
_counter: Any = None


class _Job(NamedTuple):
    """A job in the hands of a worker: its number, what it is done with, and how often it was begun."""

    number: int
    arguments: tuple[Any, ...]
    tries: int
    worker: _Worker


class Workers:
    """A context in which `n` processes work; `ticks` is how often any of them has called `tick`."""

    def __init__(self, n: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._ticks = self._context.Value("q", 0)
        self._idle = [self._new() for _ in range(n)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._idle:
            worker.end()

    @property
    def ticks(self) -> int:
        """How often `tick` was called in all workers."""
        return int(self._ticks.value)

    def outcomes(
        self, work: Callable[..., T], jobs: Iterable[tuple[Any, ...]], waiting: Callable[[], object] = lambda: None
    ) -> Iterator[tuple[int, T | BrokenProcessPool]]:
        """Yield (index of the job, what `work` returned of it) as they are done, or why its process was lost.

        A job whose process dies is tried once more, in a new process; the others go on meanwhile. Jobs are taken as
        workers get free. `waiting` is called at least twice a second.
        """
        left = enumerate(jobs)
        again: list[tuple[int, tuple[Any, ...], int]] = []
        under_way: dict[Future[T], _Job] = {}

        def begin() -> bool:
            if again:
                number, arguments, tries = again.pop()
            elif (job := next(left, None)) is not None:
                number, arguments, tries = *job, 0
            else:
                return False
            worker = self._idle.pop()
            try:
                future = worker.submit(work, arguments)
            except BrokenProcessPool:  # it died while it had nothing to do
                worker = self._new()
                future = worker.submit(work, arguments)
            under_way[future] = _Job(number, arguments, tries + 1, worker)
            return True

        try:
            while True:
                while self._idle and begin():
                    pass
                if not under_way:
                    return
                done, _ = wait(under_way, timeout=0.5, return_when=FIRST_COMPLETED)
                waiting()
                for future in done:
                    job = under_way.pop(future)
                    lost = future.exception()
                    if not isinstance(lost, BrokenProcessPool):
                        self._idle.append(job.worker)
                        yield job.number, future.result()
                        continue
                    self._idle.append(self._new())
                    if job.tries < _TRIES:
                        again.append((job.number, job.arguments, job.tries))
                    else:
                        yield job.number, lost
        finally:
            for job in under_way.values():  # the caller has had enough: what is still under way is given up
                job.worker.kill()
                self._idle.append(self._new())

    def _new(self) -> _Worker:
        return _Worker(self._context, self._ticks)


class _Worker:
    """One process, begun with its first job; it ends when its lifeline is let go, whatever it is doing."""

    def __init__(self, context: Any, ticks: Any) -> None:
        far, self._lifeline = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_enter, initargs=(ticks, far))

    def submit(self, work: Callable[..., T], arguments: tuple[Any, ...]) -> Future[T]:
        """Give the process a job."""
        with _main_left_alone():
            return self._pool.submit(work, *arguments)

    def end(self) -> None:
        """End the process, which has nothing to do."""
        self._pool.shutdown()
        self._lifeline.close()

    def kill(self) -> None:
        """End the process in the midst of its job."""
        self._lifeline.close()
        self._pool.shutdown(wait=False, cancel_futures=True)


def tick() -> None:
    """Count one step of the work, in a worker."""
    with _counter.get_lock():
        _counter.value += 1


def _enter(counter: Any, lifeline: Any) -> None:
    """Set up a worker process, which ends with the process that it works for, even where that one is killed.

    Ctrl-C is for the process it works for to hear.
    """
    import numba

    global _counter
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _counter = counter
    numba.set_num_threads(1)
    threading.Thread(target=_end_when_let_go, args=(lifeline,), daemon=True).start()


def _end_when_let_go(lifeline: Any) -> None:
    parent = multiprocessing.parent_process()
    connection.wait([lifeline] if parent is None else [lifeline, parent.sentinel])
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
