"""Research: expenditure over GDP, its growth before the opening, and the nation's contracts."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import research

ABOUT: dict[str, dict[str, Any]] = {
    "intensity": {
        "source": "[L] expenditure on R&D over GDP, both as published, GDP of the fifth economic census; intensities "
        "as printed stand on the GDP of their day"
    },
    "national_intensity": {"source": "[L] the same of the nation"},
    "past_growth": {
        "source": "[D] expenditure on R&D of 2011 and 2013 by the nation's deflator",
        "uncut": "the years before the opening",
    },
    "national_past_growth": {"source": "[D] the same of the nation", "uncut": "the years before the opening"},
    "diffusion": {"source": "[L] technology contracts absorbed by the whole nation over its GDP, to 2023"},
}


def _by_year(found: dict[int, Any]) -> Series:
    """Return a series of values by year."""
    return Series("", np.array(list(found), dtype=float), np.array(list(found.values())))


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    provinces = [research.intensity(area) for area in research.AREAS]
    return {
        "intensity": _by_year({year: [rates[year] for rates in provinces] for year in provinces[0]}),
        "national_intensity": _by_year(research.intensity("nation")),
        "past_growth": np.array([research.past_growth(area) for area in research.AREAS]),
        "national_past_growth": np.array(research.past_growth("nation")),
        "diffusion": _by_year(research.diffusion()),
    }
