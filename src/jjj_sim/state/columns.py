"""Agents as columns: declared once with dtype, unit and meaning, grown and compacted in place."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Column(NamedTuple):
    """One column of an agent table."""

    dtype: str
    unit: str
    meaning: str


class Columns:
    """A table of agents. Subclasses declare `layout`; each column is an attribute of length `n`."""

    layout: ClassVar[dict[str, Column]] = {}

    def __init__(self, n: int = 0, capacity: int = 0) -> None:
        self.n = n
        self._store: dict[str, NDArray[Any]] = {
            name: np.zeros(max(n, capacity), dtype=c.dtype) for name, c in self.layout.items()
        }

    def __getattr__(self, name: str) -> NDArray[Any]:
        store = self.__dict__.get("_store")
        if store is None or name not in store:
            raise AttributeError(name)
        column: NDArray[Any] = store[name][: self.n]
        return column

    def __len__(self) -> int:
        return self.n

    @classmethod
    def bytes_per_agent(cls) -> int:
        """Return the size of one agent in bytes."""
        return sum(np.dtype(c.dtype).itemsize for c in cls.layout.values())

    @property
    def capacity(self) -> int:
        """Rows that fit before the store must grow."""
        return len(next(iter(self._store.values())))

    def append(self, **values: NDArray[Any]) -> None:
        """Add agents; every column must be given, each of the same length."""
        missing = set(self.layout) ^ set(values)
        if missing:
            raise ValueError(f"append needs exactly the columns of the layout; differs in {sorted(missing)}")
        k = len(next(iter(values.values())))
        if self.n + k > self.capacity:
            room = max(self.n + k, int(1.15 * self.capacity) + 1024)
            for name, old in self._store.items():
                grown = np.zeros(room, dtype=old.dtype)
                grown[: self.n] = old[: self.n]
                self._store[name] = grown
        for name, value in values.items():
            self._store[name][self.n : self.n + k] = value
        self.n += k

    def keep(self, mask: NDArray[np.bool_]) -> None:
        """Drop the agents where `mask` is False; rows from the end fill the holes."""
        dropped = np.flatnonzero(~mask)
        kept = self.n - len(dropped)
        holes = dropped[dropped < kept]
        fillers = kept + np.flatnonzero(mask[kept:])
        for column in self._store.values():
            column[holes] = column[fillers]
        self.n = kept

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the live columns by name (views)."""
        return {name: getattr(self, name) for name in self.layout}

    @classmethod
    def of(cls, **values: NDArray[Any]) -> Any:
        """Build a table from whole columns."""
        table = cls()
        table.append(**values)
        return table
