"""The tables of a calibration: parameters, figures, draws and what they read, as the house writes tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.calibrating import loss
from jjj_sim.calibrating.figures import Apart, Figures, block
from jjj_sim.calibrating.fit import Fit
from jjj_sim.calibrating.posterior import Posterior
from jjj_sim.calibrating.propagation import Propagated
from jjj_sim.calibrating.space import Space
from jjj_sim.judging.targets import Target

F64 = NDArray[np.float64]

# A parameter whose sd the figures leave at more than this part of the prior's is the prior's own.
PRIOR_DRIVEN = 0.9
# At a bound: within this part of the range.
_AT_BOUND = 0.02


def parameters(space: Space, found: Fit, posterior: Posterior) -> pd.DataFrame:
    """Return one row per parameter: prior, mode, posterior, and what the figures said of it.

    `shrinkage` is the posterior sd over the prior's; `says` is "figures" or, above PRIOR_DRIVEN, "prior";
    `bound` names the bound that the mode stands at.
    """
    mean, covariance = posterior.moments()
    values = space.values(posterior.scores)
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], axis=0)
    rows = []
    for k, one in enumerate(space.coordinates):
        score, sd = found.scores[k], float(np.sqrt(covariance[k, k])) / one.prior_sd
        near = _AT_BOUND * (one.high - one.low)
        edge = "lower" if score < one.low + near else "upper" if score > one.high - near else ""
        rows.append(
            {
                "name": one.dotted,
                "unit": one.param.unit,
                "lo": one.param.lo,
                "hi": one.param.hi,
                "default": one.default,
                "prior": str(one.param.prior),
                "prior_low": one.param.draw(0.05),
                "prior_median": one.param.draw(0.5),
                "prior_high": one.param.draw(0.95),
                "mode": one.value(score),
                "mode_score": score,
                "mean": float(values[:, k].mean()),
                "sd": float(values[:, k].std()),
                "low": low[k],
                "median": middle[k],
                "high": high[k],
                "mean_score": mean[k],
                "laplace_sd_score": float(np.sqrt(posterior.covariance[k, k])),
                "shrinkage": sd,
                "says": "prior" if sd > PRIOR_DRIVEN else "figures",
                "bound": edge,
            }
        )
    return pd.DataFrame(rows)


def fitted(figures: Figures, inflation: F64, default: F64, found: Fit, posterior: Posterior) -> pd.DataFrame:
    """Return one row per figure in the loss: published, at the defaults, at the mode, over the draws."""
    z = {"default": loss.standardised(figures, default), "mode": loss.standardised(figures, found.read)}
    low, middle, high = np.quantile(posterior.read[posterior.draws], [0.05, 0.5, 0.95], axis=0)
    rows = []
    for i, target in enumerate(figures.targets):
        row = _figure(target) | {
            "weight": figures.weight[i],
            "inflation": inflation[i],
            "default": default[i],
            "mode": found.read[i],
            "low": low[i],
            "median": middle[i],
            "high": high[i],
            "z_default": z["default"][i],
            "z_mode": z["mode"][i],
            "status_default": _status(target, default[i]),
            "status": _status(target, found.read[i]),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def apart(figures: Figures, known: Sequence[Target], mode: F64) -> pd.DataFrame:
    """Return one row per figure that is not in the loss and why, with what the mode reads (n_figures of the model,)."""
    place = {target.id: i for i, target in enumerate(known)}
    rows = [
        _figure(target)
        | {"mode": mode[place[target.id]] if target.id in place else np.nan, "why": why}
        | {"status": _status(target, mode[place[target.id]]) if target.id in place else ""}
        for target, why in figures.apart
    ]
    return pd.DataFrame(rows)


def draws(space: Space, posterior: Posterior, other: Space, propagated: Propagated | None) -> pd.DataFrame:
    """Return one row per draw: `draw`, the candidate it is, then every drawn parameter by name.

    Those of `other` were not estimated: they come from their priors.
    """
    table: dict[str, object] = {"draw": np.arange(len(posterior.draws)), "candidate": posterior.draws}
    values = space.values(posterior.scores)
    table |= {name: values[:, k] for k, name in enumerate(space.dotted)}
    if propagated is not None:
        table |= {name: propagated.others[:, k] for k, name in enumerate(other.dotted)}
    return pd.DataFrame(table)


def readings(known: Sequence[Target], read: F64) -> pd.DataFrame:
    """Return what draws read (n_members, n_figures): one row per draw and figure that a run has."""
    there = np.flatnonzero(np.isfinite(read).any(axis=0))
    n = len(read)
    return pd.DataFrame(
        {
            "draw": np.tile(np.arange(n), len(there)),
            "id": np.repeat([known[int(i)].id for i in there], n),
            "value": read[:, there].T.ravel(),
        }
    )


def why(found: Sequence[Apart]) -> dict[str, int]:
    """Return how many figures are apart for each reason."""
    counts: dict[str, int] = {}
    for _, reason in found:
        counts[reason] = counts.get(reason, 0) + 1
    return counts


def _figure(target: Target) -> dict[str, object]:
    low, high = target.bounds
    return {
        "id": target.id,
        "article": target.article,
        "block": block(target.variable),
        "area": target.area,
        "period": target.period,
        "variable": target.variable,
        "comparator": target.comparator,
        "published": target.value,
        "unit": target.unit,
        "accept_low": low,
        "accept_high": high,
        "role": target.role,
        "confidence": target.confidence,
    }


def _status(target: Target, value: float) -> str:
    """Return "inside" or "outside" of the accepted range, as the scorecard has it; "" without a reading."""
    if not np.isfinite(value):
        return ""
    low, high = target.bounds
    near = 1e-9 * abs(value)
    return "inside" if (low is None or value >= low - near) and (high is None or value <= high + near) else "outside"
