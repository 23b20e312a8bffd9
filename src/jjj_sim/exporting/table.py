"""A table as readers read it: heads in their language, numbers in the unit that its row or head names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.cells import cell_len

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """Heads and rows of one sheet.

    `formats` are number formats of a spreadsheet by head; a row's own, where it has one, stands in `row_formats` and
    holds for its numbers under heads without a format. `note` is what a reader must know. `words` says that its second
    column is running text.
    """

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    formats: Mapping[str, str] = field(default_factory=dict)
    row_formats: Sequence[str] = ()
    note: str = ""
    words: bool = False

    def widths(self, most: int = 60) -> list[int]:
        """Return the width of each column in letters, a Chinese character counted as two."""
        found = []
        for n, head in enumerate(self.heads):
            cells = [cell_len(str(row[n])) for row in self.rows if isinstance(row[n], str)]
            numbers = [len(f"{row[n]:,.2f}") for row in self.rows if isinstance(row[n], int | float)]
            found.append(min(max([cell_len(head) + 3, *cells, *numbers, 6]), most))
        return found

    def format_of(self, row: int, column: int) -> str:
        """Return the number format of a cell, empty where it has none."""
        return self.formats.get(self.heads[column], self.row_formats[row] if self.row_formats else "")


def number_format(size: float, whole: bool = False) -> str:
    """Return the number format for values of which the largest is `size`: about four digits are seen."""
    if whole or not math.isfinite(size) or size >= 1000.0:
        return "#,##0"
    return "#,##0.0" if size >= 100.0 else "0.00" if size >= 1.0 else "0.0000"


def inert(text: str) -> str:
    """Return text that no spreadsheet takes for a formula when it reads it from a file without types."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def blank(value: Any) -> Cell:
    """Return a cell: nothing for what is not a number, plain Python types otherwise."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool | str | int):
        return str(value) if isinstance(value, bool) else value
    number = float(value)
    return number if math.isfinite(number) else None
