"""Naive forecasts of a published series from its own past: what a model has to beat.

    random walk   x_T                        drift    x_T + h (x_T - x_0) / T
    trend         least squares line         AR(1)    changes return to their mean: d_h = m + r^h (d_T - m)

A level is forecast in logs, a rate or a share in points. Each comes with an sd: that of its one-step errors in the
past, times sqrt(h). Fewer years than LEAST leave a rival out. Shift-share: the province's sectors of the last year
known, each growing as the nation's did on average over its last three years, or, told apart, as it then did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError
from jjj_sim.regions.jingjinji.statistics.tables import series

F64 = NDArray[np.float64]

LEAST = {"random walk": 1, "drift": 3, "trend": 4, "AR(1)": 6}
NAIVE = (*LEAST, "shift-share")
KNOWING = "shift-share, nation known"
BROAD = ("primary", "secondary", "tertiary")
_MEMORY = 3


class Forecast(NamedTuple):
    """Middle and sd by year ahead (n_years,), in the units of the series or its log."""

    middle: F64
    sd: F64


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
        found[name] = Forecast(middle, max(own, least_sd) * np.sqrt(h))
    return found


def _middle(name: str, t: F64, x: F64, h: F64) -> F64:
    if name == "random walk":
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


def shift_share(variable: str, area: str, origin: int, years: Sequence[int], knowing: bool = False) -> F64 | None:
    """Return GDP relative to the origin's, its real growth, or a sector's share in `years`; None where not asked.

    `knowing`: with the nation's growth by sector as it then was.
    """
    if variable not in ("gdp_nominal", "gdp_real_growth", *(f"gdp_share_{b}" for b in BROAD)):
        return None
    try:
        share = np.array([_share(area, b, origin) for b in BROAD])
        real = {b: series("national_series", f"va_growth_real_{b}", "nation") for b in BROAD}
        price = {b: series("national_series", f"va_deflator_growth_{b}", "nation") for b in BROAD}
    except (DataError, KeyError):
        return None
    levels, found = share / share.sum(), []
    for year in years:
        pace = np.array([_pace(real[b], origin, year, knowing) for b in BROAD])
        rise = np.array([_pace(price[b], origin, year, knowing) for b in BROAD])
        growth = levels / levels.sum() @ pace
        levels = levels * (1 + pace / 100) * (1 + rise / 100)
        shares = dict(zip(BROAD, 100 * levels / levels.sum(), strict=True))
        told = {"gdp_nominal": levels.sum(), "gdp_real_growth": growth}
        found.append(told.get(variable, shares.get(variable.removeprefix("gdp_share_"))))
    return np.array(found, dtype=float)


def _share(area: str, broad: str, origin: int) -> float:
    """Return a sector's part of output in the origin's year, on the newest base that had it."""
    newest = series("region_series", f"va_{broad}", area)
    return newest[origin] if origin in newest else series("region_series", f"share_{broad}_first", area)[origin]


def _pace(growth: Mapping[int, float], origin: int, year: int, knowing: bool) -> float:
    if knowing and year in growth:
        return growth[year]
    return float(np.mean([growth[y] for y in range(origin - _MEMORY + 1, origin + 1)]))
