"""How charts are to look: their width, how large their letters are, how many panels stand side by side.

A chart is laid out in inches and points; a look whose `scale` is not 1 is laid out smaller and enlarged as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.text import Annotation, Text

from jjj_sim.charts.lettering import lift
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.messages import say

_INCH = 2.54


@dataclass(frozen=True)
class Look:
    """The size of a chart.

    `width` in inches as laid out, none where a chart takes its own; `columns` so many panels side by side, or one fewer
    than the chart's own, each at most `tall` inches high where there are several rows; `scale` by how much the whole is
    enlarged when it is laid out.
    """

    name: str
    width: float = 0.0
    columns: int = 1
    tall: float = 99.0
    scale: float = 1.0

    def wide(self, own: float) -> float:
        """Return how wide a chart is laid out that would take `own` inches."""
        return self.width or own

    def across(self, own: int) -> int:
        """Return how many of `own` panels stand side by side."""
        return min(own, max(self.columns, own - 1)) if self.narrow else own

    @property
    def narrow(self) -> bool:
        """Whether a chart has less room than on a screen."""
        return self.width > 0.0


SCREEN = Look("screen")
WORD = Look("word", width=15.0 / _INCH, columns=2, tall=1.45)
_LARGE = 14.0 / 9.0
SLIDE = Look("slide", width=25.4 / _INCH / _LARGE, columns=3, tall=1.2, scale=_LARGE)
LOOKS = {look.name: look for look in (SCREEN, WORD, SLIDE)}
_PRESENT: ContextVar[Look] = ContextVar("look", default=SCREEN)


def look_of(name: str) -> Look:
    """Return the look of a name; ScenarioError when there is none."""
    if name not in LOOKS:
        legal = tuple(LOOKS)
        raise ScenarioError("--size", [say("no_choice", found=repr(name), legal=legal, guess=nearest(name, legal))])
    return LOOKS[name]


def present() -> Look:
    """Return the look in which charts are drawn now."""
    return _PRESENT.get()


@contextmanager
def drawn_as(look: Look) -> Iterator[None]:
    """Draw what is drawn inside in a look."""
    before = _PRESENT.set(look)
    try:
        yield
    finally:
        _PRESENT.reset(before)


def enlarge(figure: Figure, scale: float) -> None:
    """Make a figure larger as a whole: its size, letters, lines, marks and ticks."""
    if scale == 1.0:
        return
    width, height = figure.get_size_inches()
    figure.set_size_inches(width * scale, height * scale)
    ticks = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            for each in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                ticks |= {id(part) for part in each.findobj()}
        _enlarge_axes(ax, scale)
    for artist in figure.findobj():
        if id(artist) not in ticks:
            _enlarge(artist, scale)


def _enlarge_axes(ax: Axes, scale: float) -> None:
    for axis in (ax.xaxis, ax.yaxis):
        told = axis.get_tick_params()
        changed: dict[str, Any] = {"labelsize": float(told.get("labelsize", 9.0)) * scale, "pad": 3.5 * scale}
        if told.get("length", 3.0):
            changed["length"] = 3.0 * scale
        axis.set_tick_params(**changed)
        axis.labelpad = float(axis.labelpad) * scale
    lift(ax, ax.titleOffsetTrans.get_matrix()[1, 2] * 72.0 * scale)  # type: ignore[attr-defined]


def _enlarge(artist: Artist, scale: float) -> None:
    match artist:
        case Text():
            artist.set_fontsize(float(artist.get_fontsize()) * scale)
            if isinstance(artist, Annotation) and artist.anncoords == "offset points":
                x, y = artist.xyann
                artist.xyann = (float(x) * scale, float(y) * scale)
        case Line2D():
            artist.set_linewidth(artist.get_linewidth() * scale)
            artist.set_markersize(artist.get_markersize() * scale)
            artist.set_markeredgewidth(artist.get_markeredgewidth() * scale)
        case Patch():
            artist.set_linewidth(artist.get_linewidth() * scale)
            if isinstance(artist, FancyArrowPatch):
                artist.set_mutation_scale(artist.get_mutation_scale() * scale)
        case Collection():
            artist.set_linewidth([float(w) * scale for w in np.atleast_1d(artist.get_linewidth())])
