"""The register: legal units by province and sector, and how many people work in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics.registry import ENTRY, units_2013, units_2024
from jjj_sim.regions.jingjinji.statistics.tables import value

ABOUT: dict[str, dict[str, Any]] = {
    "units_2013": {
        "source": "[D] economic census of 2018 less published growth since 2013; Beijing's industries published",
        "uncut": "the state of the opening, derived from the census of 2018 and the register of 2024",
    },
    "units_2024": {
        "source": "[L] register of legal units of 2024 by industry; split by jobs where an industry has two sectors",
        "known": 2024,
    },
    "entry": {
        "source": "[D] growth of legal units between the censuses of 2013 and 2018, then to that of 2023 and the "
        "register of 2024, and closures as the model has them",
        "known": {str(year): known for known, (years, _) in ENTRY.items() for year in years if year != known},
        "opening": "the rate of 2013 opens the run",
    },
    "growth_2013": {"source": "[D] entry less exit of 2014-18", "uncut": "the state of the opening"},
    "employees": {
        "source": "[L] third economic census, end of 2013: Beijing, and the whole region",
        "uncut": "the census of 2013",
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    total = value("region_series", "census_employees_sec_ter", "jjj", 2013)
    broad = ("secondary", "tertiary")
    capital = sum(value("region_series", f"census_employees_{k}", "beijing", 2013) for k in broad)
    return {
        "units_2013": units_2013(),
        "units_2024": units_2024(),
        "entry": Series(
            "",
            np.array([year for years, _ in ENTRY.values() for year in years], dtype=float),
            np.array([rates for years, rates in ENTRY.values() for _ in years]),
        ),
        "growth_2013": np.array([0.10, 0.065, 0.20]),
        "employees": np.array([capital, total - capital]),
    }
