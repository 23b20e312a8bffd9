"""Published facts that this model cannot be asked, and why."""

from __future__ import annotations

import numpy as np

from fact import Fact


def _unasked(name: str, title: str, published: str, source: str, cannot: str) -> Fact:
    return Fact(name, title, published, source, "", -np.inf, np.inf, "", "", "", cannot=cannot)


FACTS = (
    _unasked(
        "hsr_passengers",
        "A fast line brings passengers",
        "passengers +10 % in connected cities",
        "[L] Lin 2017 JUE",
        "Trips are not modelled: minutes act on where people live, work and buy, not on how often they travel.",
    ),
    _unasked(
        "rural_hukou",
        "Rural labour under the reform of 2014",
        "wages of rural labour with rural hukou -3.4 %",
        "[L] difference-in-differences on CFPS",
        "Hukou is a home zone; rural and urban registration within a zone are not told apart.",
    ),
    _unasked(
        "migration_costs",
        "What cheaper moving gave the nation",
        "falling costs of trade and migration, 36 % of the growth of labour productivity 2000-05",
        "[L] Tombe, Zhu 2019 AER (abstract)",
        "The years come before the model opens, and the nation is outside it.",
    ),
)
