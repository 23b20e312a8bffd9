"""Small figures: what the experiment found, and the model's interval over the accepted range."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from fact import Fact, Finding, Results

DPI = 80
BLUE, ORANGE, GREY, GREEN = "#0072B2", "#E69F00", "#767676", "#009E73"
Picture = Callable[[Axes, Results], None]


def draw(fact: Fact, results: Results, finding: Finding, file: Path) -> None:
    """Write the figure of a fact."""
    figure = Figure(figsize=(8.0, 3.0), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    if fact.picture is None:
        _strip(figure.subplots(), fact, finding)
    else:
        left, right = figure.subplots(1, 2, width_ratios=(3, 2))
        fact.picture(left, results)
        _plain(left)
        _strip(right, fact, finding)
    # Nothing that varies with the day or the machine goes into the file.
    figure.savefig(file, metadata={"Software": None}, pil_kwargs={"optimize": True})


def _plain(ax: Axes) -> None:
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=8)
    for text, size in ((ax.xaxis.label, 8.5), (ax.yaxis.label, 8.5), (ax.title, 9.0)):
        text.set_fontsize(size)
    if ax.get_legend_handles_labels()[1]:
        ax.legend(fontsize=7.5, frameon=False)


def _strip(ax: Axes, fact: Fact, finding: Finding) -> None:
    """Draw the accepted range as a band and the model's interval over it."""
    ends = [e for e in (fact.low, fact.high, finding.low, finding.high, 0.0) if np.isfinite(e)]
    span = max(ends) - min(ends) or 1.0
    left, right = min(ends) - 0.12 * span, max(ends) + 0.12 * span
    if not fact.cannot:
        band = max(fact.low, left), min(fact.high, right)
        ax.axvspan(*band, color=GREEN, alpha=0.2, lw=0, label="accepted as published")
    ax.axvline(0.0, color=GREY, lw=0.7)
    ax.plot([finding.low, finding.high], [0.5, 0.5], color=BLUE, lw=4, alpha=0.5, label="model, 90 % of draws")
    ax.plot([finding.median], [0.5], "o", color=BLUE, ms=7, label="model, median")
    ax.set(xlim=(left, right), ylim=(0, 1.6), yticks=[], xlabel=textwrap.fill(fact.unit, 44))
    ax.set_title(finding.verdict, loc="left")
    _plain(ax)
    ax.spines["left"].set_visible(False)
    ax.legend(fontsize=7.5, frameon=False, loc="upper left")


def lines(x: Any, ylabel: str, xlabel: str = "year", **keys: str) -> Picture:
    """Return a picture of bands over `x`: `keys` is the result's name by label (underscores read as spaces)."""

    def picture(ax: Axes, results: Results) -> None:
        for (label, key), colour in zip(keys.items(), (BLUE, ORANGE, GREEN, GREY), strict=False):
            low, median, high = results.band(key)
            ax.fill_between(x, low, high, color=colour, alpha=0.2, lw=0)
            ax.plot(x, median, color=colour, label=label.replace("_", " "))
        ax.axhline(0.0, color=GREY, lw=0.7)
        ax.set(xlabel=xlabel, ylabel=ylabel)

    return picture


def bars(names: list[str], key: str, xlabel: str) -> Picture:
    """Return a picture of the medians and 90 % intervals of the array `key`, one bar a name."""

    def picture(ax: Axes, results: Results) -> None:
        low, median, high = results.band(key)
        y = np.arange(len(names))[::-1]
        ax.barh(y, median, color=BLUE, alpha=0.6)
        ax.hlines(y, low, high, color=BLUE, lw=1.5)
        ax.axvline(0.0, color=GREY, lw=0.7)
        ax.set_yticks(y, names)
        ax.set_xlabel(xlabel)

    return picture
