"""Recovery: does the fit find parameters that are known, because the figures were made with them?

A truth is a point of the prior. What the twin reads there, with the sds of the figures as errors, takes the place of
what was published; the fit begins at the defaults. Over many truths the intervals should hold them as often as they
say, and `shrinkage`, the sd over the prior's, tells of what the figures speak. No real figure enters.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.calibrating.figures import Figures
from jjj_sim.calibrating.fit import fit
from jjj_sim.calibrating.posterior import laplace
from jjj_sim.calibrating.problem import Problem
from jjj_sim.calibrating.tables import PRIOR_DRIVEN

F64 = NDArray[np.float64]

_HALF, _NINETY = 0.6745, 1.6449


def recovery(problem: Problem, truths: int = 20, most: int = 3, seed: int = 1) -> pd.DataFrame:
    """Return one row per truth and parameter: its score, the estimate with its sd, and whether intervals hold it.

    `most` points are tried by each fit. Truths that cannot be run are left out.
    """
    rows = []
    start = problem.space.default
    for number, truth in enumerate(problem.space.prior_points(truths, seed)):
        read = problem.read(truth[None])[0]
        if not np.isfinite(read).all():
            continue
        made = problem.against(published_as(problem.figures, read, np.random.default_rng([seed, number])))
        found = fit(made, start, most)
        if found is None:
            continue
        mean, covariance = laplace(made, found)
        sd = np.sqrt(np.diag(covariance))
        away = np.abs(truth - mean) / sd
        for k, name in enumerate(problem.space.names):
            row = {"truth": number, "name": name, "score": truth[k], "estimate": mean[k], "sd": sd[k]}
            row["shrinkage"] = sd[k] / problem.space.coordinates[k].prior_sd
            rows.append({**row, "inside_50": away[k] <= _HALF, "inside_90": away[k] <= _NINETY})
    return pd.DataFrame(rows)


def published_as(figures: Figures, read: F64, luck: np.random.Generator) -> Figures:
    """Return the figures as they would have been published, had the truth read `read` (n_figures,).

    An interval keeps its width and holds the reading with its error at a point that any is as likely as another.
    """
    error = luck.normal(size=len(read))
    above = np.where(np.isfinite(figures.above), figures.above, figures.below)
    told = read + error * np.where(error > 0.0, above, figures.below)
    width = figures.high - figures.low
    low = told - np.where(np.isfinite(width), width, figures.below) * luck.uniform(size=len(read))
    return replace(figures, low=low, high=np.where(np.isfinite(width), low + width, np.inf))


def summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per parameter: coverage of 50 and 90 %, shrinkage, and whether its prior decides."""
    grouped = rows.groupby("name", sort=False)
    found = grouped[["inside_50", "inside_90"]].mean()
    found["shrinkage"] = grouped["shrinkage"].mean()
    found["error"] = (rows["estimate"] - rows["score"]).pow(2).groupby(rows["name"], sort=False).mean().pow(0.5)
    found["says"] = np.where(found["shrinkage"] > PRIOR_DRIVEN, "prior", "figures")
    return found.reset_index()
