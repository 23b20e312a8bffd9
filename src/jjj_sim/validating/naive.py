"""Naive forecasts of a published series from its own past: what a model has to beat.

    random walk   x_T                        drift    x_T + h (x_T - x_0) / T
    trend         least squares line         AR(1)    changes return to their mean: d_h = m + r^h (d_T - m)

A level is forecast in logs, a rate or a share in points. Each comes with an sd: that of its one-step errors in the
past, times sqrt(h). Fewer years than LEAST leave a rival out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jjj_sim.validating.forecast import Forecast, certain

F64 = NDArray[np.float64]

WALK = "random walk"
LEAST = {WALK: 1, "drift": 3, "trend": 4, "AR(1)": 6}


def naive(past: Mapping[int, float], years: Sequence[int], relative: bool, least_sd: float) -> dict[str, Forecast]:
    """Return the rivals' forecasts of `years` from the past, in logs where `relative`; sds at least `least_sd`."""
    known = sorted(past)
    x = np.array([past[y] for y in known])
    x = np.log(x) if relative else x
    t = np.array(known, dtype=float)
    h = np.array(years, dtype=float) - t[-1]
    found: dict[str, Forecast] = {}
    for name, least in LEAST.items():
        if len(x) < least or (name == "AR(1)" and (np.diff(t) != 1).any()):
            continue
        middle = _middle(name, t, x, h)
        errors = [x[k] - _middle(name, t[:k], x[:k], t[k : k + 1] - t[k - 1])[0] for k in range(least, len(x))]
        own = float(np.sqrt(np.mean(np.square(errors)))) if len(errors) > 1 else least_sd
        found[name] = certain(middle, max(own, least_sd) * np.sqrt(h))
    return found


def _middle(name: str, t: F64, x: F64, h: F64) -> F64:
    if name == WALK:
        return np.full(len(h), x[-1])
    if name == "drift":
        return np.asarray(x[-1] + h * (x[-1] - x[0]) / (t[-1] - t[0]))
    if name == "trend":
        slope, level = np.polyfit(t - t[-1], x, 1)
        return np.asarray(level + slope * h)
    d = np.diff(x)
    mean = d.mean()
    before, after = d[:-1] - mean, d[1:] - mean
    r = float(np.clip(before @ after / max(before @ before, 1e-12), 0.0, 0.95))
    return np.asarray(x[-1] + h * mean + (d[-1] - mean) * np.array([(r ** np.arange(1, k + 1)).sum() for k in h]))
