"""Jobs by sector: the employed residents of the censuses, and the jobs of 2013."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.job_path import jobs_path
from jjj_sim.regions.jingjinji.statistics.jobs import CENSUSES, census
from jjj_sim.regions.jingjinji.statistics.tables import value

ABOUT: dict[str, dict[str, Any]] = {
    "jobs": {
        "source": "[L] censuses of 2010 and 2020 by industry; splits of sectors 1 and 2, 4 and 6 low in confidence; "
        "linear between",
    },
    "opening_jobs": {
        "source": "[D] jobs of the censuses; farm work, which they count differently, carried back from 2020 at the "
        "nation's pace [A]",
        "uncut": "the state of the opening, imputed from the census of 2020",
    },
    "mix_weights": {
        "source": "[L] residents of Hebei in the census of 2020: no later census of the nation by industry is at hand, "
        "so its mix changes as Hebei's does [A]",
        "uncut": "weights of the change between two censuses, without effect where one alone is known",
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    people = np.array([value("zone_series", "population", z, 2020) for z in REGION.ids])
    return {
        "jobs": Series("", np.array(CENSUSES), np.stack([census(2010), census(2020)])),
        "opening_jobs": jobs_path(FIRST_YEAR + 0.5),
        "mix_weights": np.where(REGION.inside("hebei_official"), people, 0.0),
    }
