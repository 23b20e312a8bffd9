"""Technology firms: certificates to 2016."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import technology_firms

ABOUT: dict[str, dict[str, Any]] = {
    "certified": {
        "source": "[R] Beijing and Tianjin 2016, [L] Hebei 2016; [D] before it in step with the nation's",
        "known": technology_firms.LAST,
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    found = technology_firms.certified()
    return {"certified": Series("", np.array(list(found), dtype=float), np.array(list(found.values())))}
