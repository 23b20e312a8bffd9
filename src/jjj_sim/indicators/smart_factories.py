"""Indicators of smart factories."""

from __future__ import annotations

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.indicator import Indicator


def _pilot(area: Area) -> bool:
    """Return whether an area lies in the pilot province, the only one whose sites are counted."""
    return area.inside_of("pilot")


SMART_FACTORIES = (
    Indicator(
        "smart_factories_and_digital_workshops",
        "Smart factories and digital workshops",
        "智能工厂和数字化车间",
        "sites",
        "stock",
        "smart factories and digital workshops graded since 2020",
        lambda w: (w.satellites["smart_factories"],),
        areas=_pilot,
    ),
)
