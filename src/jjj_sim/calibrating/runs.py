"""Runs: a model asked at many points, in one process or several, each answer kept in a folder.

A point is known by its settings: asked again, it is read. A calibration that was killed asks the same points in the
same order and so comes to the same end, whatever was done before and by how many workers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.calibrating.twin import Readable, Wall
from jjj_sim.errors import JjjError
from jjj_sim.progress import Progress
from jjj_sim.running.workers import Workers
from jjj_sim.state import part

F64 = NDArray[np.float64]
Settings = Mapping[str, float]
M_co = TypeVar("M_co", bound=Readable, covariant=True)


class WorkerLost(JjjError):
    """A worker was killed; what is done is kept."""


class Answer(NamedTuple):
    """What a model read at a point, and why it read nothing where it did not."""

    read: F64
    wall: str = ""


class Runs(Generic[M_co]):
    """A context that asks `model` by `workers` processes and keeps the answers in `folder`, where one is given.

    `asked` counts the answers given, `lived` those that had to be run, `walls` why points had none, by settings.
    """

    def __init__(
        self, model: M_co, workers: int = 1, folder: Path | None = None, progress: Progress | None = None
    ) -> None:
        self.model, self.folder, self.progress = model, folder, progress
        self.asked = self.lived = 0
        self.walls: dict[str, str] = {}
        self._known: dict[str, Answer] = {}
        self._stamp = dict(model.stamp)
        self._workers = Workers(workers) if workers > 1 else None
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._workers is not None:
            self._workers.__exit__(kind, failure, trace)

    def read(self, points: Sequence[Settings]) -> F64:
        """Return what the model reads at points, shape (n_points, n_figures); a row of NaN where there is a wall.

        WorkerLost when a process was killed; DataError when the folder holds answers of another make.
        """
        keys = [_key(point) for point in points]
        new = {key: point for key, point in zip(keys, points, strict=True) if not self._find(key, point)}
        for key, answer in self._ask(list(new.items())):
            self._keep(key, new[key], answer)
        self.asked += len(points)
        return np.stack([self._known[key].read for key in keys])

    def _find(self, key: str, point: Settings) -> bool:
        """Return whether the answer of a point is known, here or in the folder."""
        if key in self._known:
            return True
        path = self._path(key)
        if path is None or not path.is_file():
            return False
        found = part.read(path, self._made(point))
        self._learn(key, Answer(found["read"], str(found["wall"])))
        return True

    def _ask(self, jobs: Sequence[tuple[str, Settings]]) -> Iterator[tuple[str, Answer]]:
        """Yield answers by key, in any order."""
        if self._workers is None:
            yield from ((key, _answer(self.model, point)) for key, point in jobs)
            return
        for i, answer in self._workers.outcomes(_answer, [(self.model, point) for _, point in jobs]):
            if isinstance(answer, BrokenProcessPool):
                raise WorkerLost("a process was killed, perhaps for want of memory; what is done is kept")
            yield jobs[i][0], answer

    def _keep(self, key: str, point: Settings, answer: Answer) -> None:
        self.lived += 1
        self._learn(key, answer)
        path = self._path(key)
        if path is not None:
            part.write(path, self._made(point), {"read": answer.read, "wall": np.array(answer.wall)})

    def _learn(self, key: str, answer: Answer) -> None:
        self._known[key] = answer
        if self.progress is not None:
            self.progress.step()
        if answer.wall:
            self.walls[key] = answer.wall

    def _path(self, key: str) -> Path | None:
        return None if self.folder is None else self.folder / f"{key}.npz"

    def _made(self, point: Settings) -> dict[str, Any]:
        return {**self._stamp, "settings": dict(point)}


def _answer(model: Readable, point: Settings) -> Answer:
    """Return what the model reads at a point."""
    try:
        return Answer(model.read(point))
    except Wall as wall:
        return Answer(np.full(len(model.figures), np.nan), str(wall))


def _key(point: Settings) -> str:
    """Return the name of a point: a digest of its settings."""
    text = json.dumps(dict(sorted(point.items())))
    return hashlib.sha256(text.encode()).hexdigest()[:24]
