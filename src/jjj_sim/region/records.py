"""Tables that are no arrays: rows of a named tuple, each column read and checked by its kind.

`tables/<topic>/<name>.csv` has one column per field. A row that cannot be read is told with its line and column.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, overload

from jjj_sim import quarters
from jjj_sim.errors import nearest
from jjj_sim.region.table import Cut, Declared, Labels, Topic

Row = TypeVar("Row", bound=tuple[Any, ...])


class Column(NamedTuple):
    """How the text of a field becomes its value, ValueError where it cannot, and back; `axis` whose labels it has."""

    read: Callable[[str, Labels], Any]
    write: Callable[[Any, Labels], str]
    axis: str = ""


TEXT = Column(lambda text, _: text, lambda value, _: str(value))
YEAR = Column(lambda text, _: int(text), lambda value, _: str(value))
QUARTER = Column(lambda text, _: quarters.parse(text), lambda value, _: quarters.label(value))
FLAG = Column(lambda text, _: _find(text, ("0", "1")) == 1, lambda value, _: str(int(value)))


def number(lo: float = -math.inf, hi: float = math.inf) -> Column:
    """Return a column of numbers inside [lo, hi]."""

    def read(text: str, _: Labels) -> float:
        found = float(text)
        if not lo <= found <= hi:
            raise ValueError(f"{text} is outside [{lo:g}, {hi:g}]")
        return found

    return Column(read, lambda value, _: repr(float(value)))


def word(*legal: str) -> Column:
    """Return a column of some words."""
    return Column(lambda text, _: legal[_find(text, legal)], lambda value, _: str(value))


def label(axis: str) -> Column:
    """Return a column of the labels of an axis, read as their index."""
    return Column(lambda text, labels: _find(text, labels[axis]), lambda value, labels: labels[axis][value], axis)


def optional(column: Column) -> Column:
    """Return a column that may be empty, which is None."""
    return Column(
        lambda text, labels: column.read(text, labels) if text else None,
        lambda value, labels: "" if value is None else column.write(value, labels),
    )


def _find(text: str, legal: Sequence[str]) -> int:
    if text not in legal:
        raise ValueError(f"{text!r} is not known.{nearest(text, legal)}")
    return list(legal).index(text)


class Records(Declared, Generic[Row]):
    """A table of rows; reads as a tuple of `kind`. `columns` in the order of its fields. It is never cut."""

    __slots__ = ("columns", "kind")

    def __init__(self, kind: type[Row], columns: Mapping[str, Column], meaning: str, merge: str = "") -> None:
        super().__init__((), "rows", meaning, merge=merge)
        self.kind, self.columns = kind, columns

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes whose labels its columns hold."""
        return tuple(column.axis for column in self.columns.values() if column.axis)

    @overload
    def __get__(self, topic: None, owner: type) -> Records[Row]: ...
    @overload
    def __get__(self, topic: Topic, owner: type) -> tuple[Row, ...]: ...
    def __get__(self, topic: Topic | None, owner: type) -> Records[Row] | tuple[Row, ...]:
        if topic is None:
            return self
        found: tuple[Row, ...] = topic.found(self.name)
        return found

    def read(
        self, rows: list[dict[str, str]], labels: Labels, cut: Cut, where: str, problems: list[str]
    ) -> tuple[Row, ...]:
        """Return the rows; notes those that cannot be read."""
        if rows and list(rows[0]) != list(self.columns):
            problems.append(f"{where}: columns {', '.join(rows[0])}; wanted {', '.join(self.columns)}")
            return ()
        found = []
        for line, row in enumerate(rows, start=2):
            values = []
            for name, column in self.columns.items():
                try:
                    values.append(column.read(row[name] or "", labels))
                except ValueError as error:
                    problems.append(f"{where}, line {line}: {name}: {error}")
            if len(values) == len(self.columns):
                found.append(self.kind(*values))
        return tuple(found)

    def write(self, path: Path, labels: Labels, table: Any) -> None:
        """Write the rows so that `read` returns them."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(self.columns)
            for row in table:
                writer.writerow([c.write(v, labels) for c, v in zip(self.columns.values(), row, strict=True)])
