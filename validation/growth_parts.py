"""What made a province's output grow beside the nation's, in the model: labour, skill, capital, technique, use, price.

    ln(Y'/Y) = nation + (1 - a)(jobs + skill) + a capital + technique + use     each less the nation's, 100 x log

Cells are weighted by the mean of their shares of the province's output in both years, so that the parts add up
to within the change of mix. `technique` is density, market access, research and offsets; `use` is output over
capacity: what sales that were missing cost.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import REGION
from lab import Series

F64 = NDArray[np.float64]
PARTS = ("nation", "jobs", "skill", "capital", "technique", "use", "all", "price", "nation's price")


def growth_parts(run: Series, area: str, sectors: Sequence[int], first: int, last: int) -> dict[str, float]:
    """Return the parts PARTS of the growth of `sectors` of an area between two years, 100 x log points."""
    cells = np.ix_(np.flatnonzero(REGION.inside(area)), np.array(sectors))

    def grown(name: str) -> F64:
        return np.asarray(np.log(run.mean(name, last) / run.mean(name, first)))

    a = 1.0 - run.mean("tables.labour_share", first)
    nation, technique = grown("tables.national_output"), grown("tables.national_productivity")
    capital, skill = grown("memory.national_capital"), grown("tables.national_skill")
    jobs = (nation - technique - a * capital) / (1.0 - a) - skill
    here, effective = grown("tables.jobs"), grown("tables.effective_labour")
    parts = {
        "nation": np.broadcast_to(nation, here.shape),
        "jobs": (1.0 - a) * (here - jobs),
        "skill": (1.0 - a) * (effective - here - skill),
        "capital": a * (grown("stocks.capital") - capital),
        "technique": grown("tables.productivity_level") - technique,
        "use": grown("tables.value_added") - grown("tables.capacity"),
    }
    made = [run.mean("tables.value_added", year)[cells] for year in (first, last)]
    paid = [run.mean("tables.va_nominal", year)[cells].sum() for year in (first, last)]
    valued = [
        (m * run.mean("tables.national_deflator", year)[list(sectors)]).sum()
        for m, year in zip(made, (first, last), strict=True)
    ]
    weight = 0.5 * sum(m / m.sum() for m in made)
    found = {name: float(100.0 * (weight * part[cells]).sum()) for name, part in parts.items()}
    real = np.log(made[1].sum() / made[0].sum())
    found["all"] = float(100.0 * real)
    found["price"] = float(100.0 * (np.log(paid[1] / paid[0]) - real))
    found["nation's price"] = float(100.0 * (np.log(valued[1] / valued[0]) - real))
    return found
