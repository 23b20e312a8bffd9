"""How much a probability rests on the threshold: it at the threshold a twentieth lower and higher, and the threshold
at which it is one half and eight in ten.

What is moved is `threshold`; the bound of overshooting stays. Of a band both bounds are moved for the twentieth, and
the lower one alone for the threshold at a probability. That threshold is the strictest that so many members meet.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goals import measured
from jjj_sim.judging.probability import LIKELY, MET
from jjj_sim.judging.readings import Readings
from jjj_sim.region.goals import GoalIndicator, Goals

F64 = NDArray[np.float64]
STEP = 0.05


def goals_thresholds(readings: Readings, found: Goals | None = None) -> pd.DataFrame:
    """Return goals_thresholds.csv: one row per indicator that the run has in 2030, none where it has one member.

    A threshold of zero has no twentieth: `probability_lower` and `probability_higher` are empty there.
    """
    found = in_force(readings) if found is None else found
    values = measured(readings, found=found)
    rows = [_row(i, values[i.id]) for i in found.indicators if i.id in values and len(values[i.id]) > 1]
    return pd.DataFrame(rows)


def _row(i: GoalIndicator, values: F64) -> dict[str, object]:
    lower, higher = (_share(_moved(i, step), values) if i.threshold else np.nan for step in (-STEP, STEP))
    return {
        "goal": i.goal,
        "id": i.id,
        "indicator": i.en,
        "indicator_zh": i.zh,
        "area": i.area,
        "unit": i.unit,
        "mandatory": i.mandatory,
        "kind": i.kind,
        "sense": i.sense,
        "threshold": i.threshold,
        "probability_lower": lower,
        "probability": _share(i, values),
        "probability_higher": higher,
        "threshold_at_50": strictest(i, values, LIKELY),
        "threshold_at_80": strictest(i, values, MET),
    }


def strictest(i: GoalIndicator, values: F64, share: float) -> float:
    """Return the strictest threshold that a share of all members meets, nan where too many miss the other bound."""
    low, high = i.bounds
    at_most = i.sense == "<="
    inside = np.sort(values[values >= low] if at_most else values[values <= high])
    needed = math.ceil(share * len(values) - 1e-9)
    if needed > len(inside):
        return math.nan
    return float(inside[needed - 1] if at_most else inside[-needed])


def _moved(i: GoalIndicator, step: float) -> GoalIndicator:
    """Return an indicator whose threshold is higher by a part of its size, of a band both bounds by theirs."""
    moved = {"threshold": i.threshold + step * abs(i.threshold)}
    if i.sense == "band" and i.upper is not None:
        moved["upper"] = i.upper + step * abs(i.upper)
    return i.model_copy(update=moved)


def _share(i: GoalIndicator, values: F64) -> float:
    return float(i.meets(values).mean())
