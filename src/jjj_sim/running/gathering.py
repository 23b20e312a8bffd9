"""The tables of many members, gathered one by one into long columns: what is held is one copy, and a column more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.running.recorder import Frames


class Gathering:
    """Gathers the tables of at most `members` members, which come in any order; `frames` has them in theirs."""

    def __init__(self, members: int) -> None:
        self._tables = tuple(_Table(members) for _ in Frames._fields)

    def add(self, member: int, frames: Frames) -> None:
        """Take over the tables of a member."""
        for table, rows in zip(self._tables, frames, strict=True):
            table.add(member, rows)

    def frames(self) -> Frames:
        """Return the tables of all members, in the order of members; nothing can be added any more."""
        return Frames(*(table.joined() for table in self._tables))


class _Table:
    """The rows of one table by column, in the order in which they came; categories are those of the first member."""

    def __init__(self, members: int) -> None:
        self._members = members
        self._kinds: dict[str, Any] = {}
        self._columns: dict[str, NDArray[Any]] = {}
        self._spans: dict[int, slice] = {}
        self._n = 0

    def add(self, member: int, rows: pd.DataFrame) -> None:
        """Append the rows of a member; ValueError where a column is of another kind than the first member's."""
        self._spans[member] = span = slice(self._n, self._n + len(rows))
        self._n = span.stop
        for name in rows.columns:
            column = rows[name]
            values = column.cat.codes.to_numpy() if isinstance(column.dtype, pd.CategoricalDtype) else column.to_numpy()
            if not _same(self._kinds.setdefault(name, column.dtype), column.dtype):
                raise ValueError(f"the column {name} of member {member} is of another kind than that of the first")
            self._room(name, values)[span] = values

    def _room(self, name: str, values: NDArray[Any]) -> NDArray[Any]:
        """Return a column with room for all rows; what is not yet written takes no memory."""
        old = self._columns.get(name)
        if old is None:
            self._columns[name] = np.empty(len(values) * self._members, values.dtype)
        elif len(old) < self._n:
            self._columns[name] = np.empty(max(self._n, len(old) + len(old) // 4), old.dtype)
            self._columns[name][: self._n - len(values)] = old[: self._n - len(values)]
        return self._columns[name]

    def joined(self) -> pd.DataFrame:
        """Return the rows in the order of members."""
        spans = [self._spans[member] for member in sorted(self._spans)]
        found = {name: _typed(_ordered(self._columns.pop(name), spans), kind) for name, kind in self._kinds.items()}
        return pd.DataFrame(found, copy=False)


def _ordered(column: NDArray[Any], spans: Sequence[slice]) -> NDArray[Any]:
    """Return the spans of a column one after another; without a copy where they stand so."""
    if [span.start for span in spans] == [0, *(span.stop for span in spans[:-1])]:
        return column[: spans[-1].stop]
    return np.concatenate([column[span] for span in spans])


def _same(kind: Any, other: Any) -> bool:
    """Return whether two kinds are one, categories in their order."""
    labels = isinstance(kind, pd.CategoricalDtype) and isinstance(other, pd.CategoricalDtype)
    return bool(kind == other and (not labels or kind.categories.equals(other.categories)))


def _typed(values: NDArray[Any], kind: Any) -> Any:
    return pd.Categorical.from_codes(values, dtype=kind) if isinstance(kind, pd.CategoricalDtype) else values
