"""Text on the terminal: as wide as it is, names whole, Chinese counted as wide as it is drawn.

The width is that of COLUMNS, else of the terminal, else 80. Headings are bold on a terminal, unless NO_COLOR is set.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence

import typer
from rich.cells import cell_len

_NARROW = 24
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_PIECE = re.compile(rf"\s+|\d{{4}}Q\d [\d.]+|[（《“]*[{_WIDE}][，。；：、）》”！？]*|[^\s{_WIDE}]+")
_NAME = re.compile(r"[\w.*]+")


def width() -> int:
    """Return how many columns there are."""
    return shutil.get_terminal_size((80, 24)).columns


def heading(text: str, *, gap: bool = False) -> None:
    """Print a heading, after an empty line where there is a `gap`."""
    if gap:
        typer.echo()
    bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for line in wrapped(text, width()):
        typer.echo(typer.style(line, bold=True) if bold else line)


def paragraph(text: str, indent: int = 2, hang: int = 0) -> None:
    """Print text, its lines indented, those after the first by `hang` more."""
    for n, line in enumerate(wrapped(text, width() - indent, hang)):
        typer.echo(" " * (indent + hang * (n > 0)) + line)


def rows(table: Iterable[Sequence[str]], indent: int = 2, right: Iterable[int] = (), narrow: int = _NARROW) -> None:
    """Print rows in columns, the last one wrapped; where less than `narrow` is left for it, it stands below."""
    listed = [list(row) for row in table]
    if not listed:
        return
    widths = [max(map(cell_len, column)) for column in zip(*(row[:-1] for row in listed), strict=True)]
    start = indent + sum(w + 2 for w in widths)
    below = width() - start < min(narrow, max(cell_len(row[-1]) for row in listed))
    for row in listed:
        cells = [padded(cell, w, n in right) for n, (cell, w) in enumerate(zip(row[:-1], widths, strict=True))]
        head = " " * indent + "  ".join(cells)
        if below:
            typer.echo(head.rstrip())
            if row[-1]:
                paragraph(row[-1], indent + 4)
            continue
        for n, line in enumerate(wrapped(row[-1], width() - start) or [""]):
            typer.echo((head + "  " + line if n == 0 else " " * start + line).rstrip())


def wrapped(text: str, columns: int, hang: int = 0) -> list[str]:
    """Return text in lines of at most so many columns, those after the first narrower by `hang`.

    Lines end at spaces and between Chinese characters; a name wider than a line is left whole.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, columns - hang):
        room = columns - hang * bool(lines)
        if line and cell_len(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or not piece.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str, columns: int) -> Iterable[str]:
    """Yield what a line may not break inside; of what is longer than a line, and no name, parts."""
    for piece in _PIECE.findall(text):
        if cell_len(piece) <= columns or _NAME.fullmatch(piece):
            yield piece
        else:
            yield from (piece[at : at + columns] for at in range(0, len(piece), columns))


def padded(text: str, columns: int, right: bool = False) -> str:
    """Return text filled up to so many columns, at the left where it stands `right`."""
    space = " " * (columns - cell_len(text))
    return space + text if right else text + space
