"""The figure of errors: model against data, small multiples with units."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from beside import FIRST, LAST, PROVINCES, Beside
from jjj_sim.judging.readings import Readings
from picture import BLUE, DPI, GREEN, ORANGE

_COLOURS = dict(zip(PROVINCES, (BLUE, ORANGE, GREEN), strict=True))
_LABEL = {"beijing": "Beijing", "tianjin": "Tianjin", "hebei_official": "Hebei with Xiong'an"}
# Variable, the result's name of its path, title and unit, and what divides it.
_PANELS = (
    ("gdp_nominal", "gdp_nominal", "GDP, trillion yuan", 1e3),
    ("gdp_real_growth", "gdp_real_growth", "Real growth, percent", 1.0),
    ("population", "population", "Residents, million", 1e6),
    ("va_secondary", "", "Secondary sector, trillion yuan", 1e3),
    ("va_tertiary", "", "Tertiary sector, trillion yuan", 1e3),
    ("employment", "employment", "Jobs, million", 1e6),
    ("wage, growth", "", "Wages, 2013 = 1", 1.0),
    ("income_per_head, growth", "", "Income per head, 2013 = 1", 1.0),
    ("house_price, growth", "", "Price of homes, 2013 = 1", 1.0),
    ("pm25", "pm25", "PM2.5, ug/m3", 1.0),
    ("budget_revenue", "budget_revenue", "Budget revenue, billion yuan", 1.0),
    ("college_share", "", "Residents with college 2020, percent", 1.0),
)


def draw_picture(rows: Sequence[Beside], readings: Readings, file: Path) -> None:
    """Write the panels: lines are the model (median, and all members), dots the data."""
    found = {row.key: row for row in rows}
    figure = Figure(figsize=(12.0, 11.0), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    for ax, (variable, path, title, scale) in zip(figure.subplots(4, 3).flat, _PANELS, strict=True):
        for area in PROVINCES:
            if (variable, area) in found:
                _draw(ax, found[variable, area], scale)
            if path:
                _path(ax, readings, path, area, scale)
        ax.set_title(title, loc="left", fontsize=10)
        ax.tick_params(labelsize=8)
        ax.spines[["top", "right"]].set_visible(False)
        if variable == "college_share":
            ax.set_ylim(0.0, None)
            ax.set_xticks([2020])
        else:
            ax.set_xlim(FIRST - 0.5, LAST + 0.5)
    marks = [*figure.axes[0].get_lines()]
    names = [line.get_label() for line in marks]
    kept = [(m, n) for m, n in zip(marks, names, strict=True) if not str(n).startswith("_")]
    figure.legend(*zip(*kept, strict=True), loc="outside lower center", ncols=6, frameon=False, fontsize=9)
    figure.savefig(file, metadata={"Software": None}, pil_kwargs={"optimize": True})


def _draw(ax: Axes, row: Beside, scale: float) -> None:
    """Draw one comparison: dots the data, a line the model's median."""
    colour = _COLOURS[row.area]
    alone = len(row.years) == 1
    ax.plot(row.years, row.data / scale, "o", ms=4, color=colour, label=f"{_LABEL[row.area]}, published")
    ax.plot(row.years, row.model / scale, "x" if alone else "-", color=colour, label=f"{_LABEL[row.area]}, model")


def _path(ax: Axes, readings: Readings, variable: str, area: str, scale: float) -> None:
    """Draw all years of the run: the range over members, and the median."""
    years = [y for y in readings.years(variable, area) if FIRST <= y <= LAST]
    values = [readings.year(variable, area, y) for y in years]
    kept = [(y, v / scale) for y, v in zip(years, values, strict=True) if v is not None and np.isfinite(v).all()]
    x = [y for y, _ in kept]
    ax.fill_between(x, [v.min() for _, v in kept], [v.max() for _, v in kept], color=_COLOURS[area], alpha=0.2, lw=0)
    ax.plot(x, [np.median(v) for _, v in kept], color=_COLOURS[area], lw=1.0)
