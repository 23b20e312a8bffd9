"""The numbers a chart shows, written beside it: one row per number, in the unit of its axis."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from jjj_sim.wording.words import LANGS, Lang

HEADS: dict[Lang, tuple[str, ...]] = {
    "en": ("panel", "series", "at", "value", "low", "high", "unit", "source"),
    "zh": ("分图", "系列", "年份或项目", "数值", "下限", "上限", "单位", "来源"),
}


_FORMULA = ("=", "+", "-", "@")  # a spreadsheet would reckon what begins so


class Number(NamedTuple):
    """A number that a chart shows.

    `at` is its year, or what else it belongs to; `low` and `high` are the ends of its 90 % interval or accepted range,
    nan where it has none.
    """

    panel: str
    series: str
    at: str
    value: float
    low: float
    high: float
    unit: str
    source: str


class Picture(Figure):
    """A figure that knows the numbers it shows."""

    numbers: Sequence[Number] = ()
    lang: Lang = "en"


def write(figure: Figure, path: Path) -> Path | None:
    """Write the numbers of a figure as CSV that a spreadsheet opens; nothing where it knows none."""
    if not isinstance(figure, Picture) or not figure.numbers:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEADS[figure.lang])
        rows.writerows(_cells(number) for number in figure.numbers)
    return path


def language_of(path: Path) -> Lang | None:
    """Return the language of the heads of a file of numbers, None where it is none."""
    try:
        first = path.read_text("utf-8-sig").partition("\n")[0]
    except (OSError, UnicodeDecodeError):
        return None
    return next((lang for lang in LANGS if first == ",".join(HEADS[lang])), None)


def _cells(number: Number) -> Iterable[Any]:
    return [_cell(cell) for cell in number]


def _cell(cell: Any) -> str:
    if isinstance(cell, str):
        text = " ".join(cell.split())
        return f"'{text}" if text.startswith(_FORMULA) else text
    return "" if not np.isfinite(cell) else f"{cell:.10g}"
