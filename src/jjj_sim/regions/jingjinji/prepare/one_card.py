"""One card and shared services: counts by year."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import one_card

_SOURCES = {
    "one_card_services": "[L] 25 at the end of 2023, 44 in the article; [A] none to 2018",
    "settling_institutions": "[L] over 64,000 at the end of 2023; [R] none to 2016, when settlement elsewhere began",
    "recognising_institutions": "[L] 132 in 2016, 914 in February and 1,326 in November 2025; [A] none before",
    "medical_alliances": "[L] 115 in 2025; [A] evenly since 2013",
    "schools_together": "[L] over 200 in 2023, in ten years",
    "ftz_same_standard_items": "[R] 203 of 2023, [L] 230 of 2024; [R] none to 2019, when the third zone opened",
}
ABOUT: dict[str, dict[str, Any]] = {
    name: {"source": source} | ({"known": known} if (known := one_card.known(name)) else {})
    for name, source in _SOURCES.items()
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    return {name: _series(one_card.path(name)) for name in one_card.TABLES}


def _series(path: Any) -> Series:
    return Series("", np.array(list(path), dtype=float), np.array(list(path.values())))
