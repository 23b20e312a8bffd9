"""Output by place and sector, the provinces' prices, and the nation's input-output table."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import input_output, national, output

_TABLE = "[L] input-output table of the nation, 2018; the provinces share its technology [A]"
_UNCUT = "one table, that of 2018, stands for all years"
USES = ("household_consumption", "government_consumption", "capital_formation")
# By sector: share of the smaller of output and expenditure that stays in the zone, and decay with minutes [A].
OWN = (0.55, 0.45, 0.40, 0.85, 0.65, 0.60, 0.85, 0.50, 0.85)
DECAY = (1.2, 1.0, 0.8, 3.0, 1.5, 1.5, 3.0, 1.0, 3.0)
ABOUT: dict[str, dict[str, Any]] = {
    "value_added_2013": {
        "source": "[D] provinces by three sectors fitted to the article's structure, GDP of the fifth census; inside "
        "them industries of 2013 as the fourth census prints them, high technology imputed; zones by their GDP and the "
        "jobs of the census, imputed",
        "uncut": "the state of the opening",
    },
    "construction": {
        "source": "[L] value added of construction and of real estate by province, to 2018 on the fourth census [D]",
    },
    "mix": {
        "source": "[D] industries of the provinces in 2013 [L; software and business services R, imputed outside "
        "Beijing] grown as the nation's industries",
    },
    "deflator": {
        "source": "[D] growth of nominal GDP over real growth on the revised base; real growth of 2014-15 as the "
        "published mean growth of 2013-21 leaves it",
        "known": {str(year): 2021 for year in range(2014, 2021)},
    },
    "requirements": {"source": _TABLE, "uncut": _UNCUT},
    "final_use": {"source": _TABLE, "uncut": _UNCUT},
    "production_taxes": {"source": _TABLE, "uncut": _UNCUT},
    "own_trade": {"source": "[A] no table of trade between zones is published", "uncut": "assumed"},
    "trade_decay": {"source": "[A] low for goods, high for services bought at home", "uncut": "assumed"},
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    shares = [output.construction_shares(area) for area in output.AREAS]
    years = sorted(shares[0])
    return {
        "value_added_2013": output.value_added_2013(),
        "construction": Series("", np.array(years, dtype=float), np.array([[s[y] for s in shares] for y in years])),
        "mix": Series("", np.arange(FIRST_YEAR, national.LAST + 1).astype(float), output.mix()),
        "deflator": Series(
            "", np.arange(FIRST_YEAR, output.LAST_PRICE_YEAR + 1).astype(float), output.province_levels()
        ),
        "requirements": input_output.requirements(),
        "final_use": np.stack([input_output.final_use(use) for use in USES]),
        "production_taxes": input_output.production_taxes(),
        "own_trade": np.array(OWN),
        "trade_decay": np.array(DECAY),
    }
