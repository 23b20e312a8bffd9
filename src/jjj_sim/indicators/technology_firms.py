"""Indicators of technology firms: certificates, and AI firms of the capital."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.indicator import F64, Indicator, ratio
from jjj_sim.state.world import World


def _in_the_capital(area: Area) -> bool:
    """Return whether an area lies in the capital, the only place whose AI firms are counted."""
    return area.inside_of("capital")


def _among_units(world: World) -> tuple[F64, ...]:
    return (world.satellites["hightech_firms"], world.tables.firm_units.sum(axis=1))


TECHNOLOGY_FIRMS = (
    Indicator(
        "hightech_firms",
        "High-technology enterprises",
        "高新技术企业",
        "firms",
        "stock",
        "national high-technology enterprises with a valid certificate at the end of the period",
        lambda w: (w.satellites["hightech_firms"],),
    ),
    Indicator(
        "new_national_hightech_firms",
        "High-technology enterprises added",
        "新增高新技术企业",
        "firms",
        "flow",
        "certificates given for the first time less those not renewed: the net rise in the period",
        lambda w: (np.asarray(w.satellites["hightech_awarded"] - w.satellites["hightech_lapsed"]),),
    ),
    Indicator(
        "hightech_firms_per_10k_units",
        "High-technology enterprises among legal units",
        "每万家法人单位高新技术企业",
        "per 10k units",
        "stock",
        "10,000 x national high-technology enterprises / legal units",
        _among_units,
        ratio,
        1e4,
    ),
    Indicator(
        "ai_firms",
        "AI firms",
        "人工智能企业",
        "firms",
        "stock",
        "AI-related firms at the end of the period; firms of the core alone are another count",
        lambda w: (w.satellites["ai_firms"],),
        areas=_in_the_capital,
    ),
    Indicator(
        "ai_core_revenue",
        "Revenue of AI's core industry",
        "人工智能核心产业规模",
        "bn yuan",
        "flow",
        "revenue of AI's core industry at current prices",
        lambda w: (w.satellites["ai_core_revenue"],),
        areas=_in_the_capital,
    ),
)
