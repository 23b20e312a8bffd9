"""Colours, dashes and type of pictures on a page: those of the charts, told apart by all who see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jjj_sim.charts.sheet import BLUE, FAMILY, GREEN, GREY, INK, ORANGE, PALE, PURPLE, SKY, VERMILLION

__all__ = ["ACCENT", "BLUE", "CONFIG", "DIVERGING", "GREY", "INK", "SEQUENTIAL", "SHADE", "VERMILLION", "Look", "looks"]

ACCENT = BLUE
_VARIANTS = (VERMILLION, BLUE, GREEN, PURPLE, ORANGE, SKY)
_DASHES: tuple[tuple[int, ...], ...] = ((), (6, 2), (2, 2), (8, 3, 2, 3), (4, 4), (1, 3))
SHADE = "#efeee9"
DIVERGING = [VERMILLION, "#eeb08a", "#f5f5f2", "#8fbbd9", BLUE]
SEQUENTIAL = ["#f4f7fa", "#c3d9ea", "#86b4d6", "#3f8bbd", "#004f7c"]

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FAMILY,
    "padding": {"left": 2, "right": 6, "top": 4, "bottom": 2},
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 11.5,
        "titleColor": INK,
        "titleFontSize": 11.5,
        "titleFontWeight": "normal",
        "domainColor": GREY,
        "tickColor": GREY,
        "gridColor": PALE,
        "labelPadding": 4,
    },
    "axisX": {"grid": False},
    "axisY": {"domain": False, "ticks": False},
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "orient": "top",
    },
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 13.5,
        "fontWeight": "bold",
        "subtitleColor": "#555555",
        "subtitleFontSize": 11.5,
        "subtitlePadding": 4,
        "offset": 8,
    },
}


class Look(NamedTuple):
    """How a scenario is drawn: a colour, and a dash in pixels that tells it apart without colour."""

    colour: str
    dash: tuple[int, ...]


def looks(scenarios: Sequence[str]) -> Mapping[str, Look]:
    """Return the look of each scenario, the base first: black and solid; from the seventh variant on again."""
    found = {name: Look(INK, ()) for name in scenarios[:1]}
    for n, name in enumerate(scenarios[1:]):
        found[name] = Look(_VARIANTS[n % len(_VARIANTS)], _DASHES[n % len(_DASHES)])
    return found
