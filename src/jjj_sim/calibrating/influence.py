"""Influence: where the mode would go, and how sure it would be, without one block of figures.

    shift_b = - H_b^-1 (J_b' r_b + u),   H_b = J_b' J_b + 1      J_b, r_b: derivatives and residuals of all other blocks

One Gauss-Newton step from the mode, with the derivatives that are there: no run more, and right as far as the twin is
linear. A parameter that one block alone holds has an sd near its prior's without it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.calibrating.fit import Fit
from jjj_sim.calibrating.problem import Problem

F64 = NDArray[np.float64]


def influence(problem: Problem, found: Fit) -> pd.DataFrame:
    """Return one row per block left out and parameter: `shift` of its score, and `sd` left, both in prior sds."""
    residual, blocks = problem.residuals(found.read), problem.figures.blocks
    rows = []
    for block in dict.fromkeys(blocks.tolist()):
        kept = blocks != block
        slopes = found.jacobian[kept]
        covariance = np.linalg.inv(slopes.T @ slopes + np.eye(len(found.scores)))
        shift: F64 = -covariance @ (slopes.T @ residual[kept] + found.scores)
        for k, name in enumerate(problem.space.dotted):
            told = {"without": block, "name": name, "shift": shift[k]}
            rows.append({**told, "sd": float(np.sqrt(covariance[k, k]))})
    return pd.DataFrame(rows)
