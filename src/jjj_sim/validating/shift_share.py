"""Shift-share: the sectors of a place grow as the nation's, from the shares that it had in the year last known.

    V_b,t+1 = V_b,t (1 + g_b) (1 + p_b)        b primary, secondary, tertiary; V in units of the origin's output
    g_b, p_b: real growth and rise of prices of the nation's sectors, mean of the last three years known at the origin

Told apart: with what the nation then did, which nobody had. The nation is read from the region's tables as known at
the origin, the shares are the published ones of that year. (Dunn 1960, recalled.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.calibrating.figures import LAST_YEAR
from jjj_sim.judging.targets import targets
from jjj_sim.region import Region

F64 = NDArray[np.float64]

NAME = "shift-share"
KNOWING = "shift-share, nation known"
BROAD = ("primary", "secondary", "tertiary")
MEMORY = 3
_SHARE = "gdp_share_"


class Pace(NamedTuple):
    """The nation's broad sectors by year: real growth and rise of prices, shares a year, each (n_years, 3)."""

    years: list[int]
    real: F64
    price: F64

    def mean(self) -> tuple[F64, F64]:
        """Return growth and rise of prices on average over the last MEMORY years, each (3,)."""
        return self.real[-MEMORY:].mean(axis=0), self.price[-MEMORY:].mean(axis=0)


class Path(NamedTuple):
    """Output of a place over that of the origin's year, its real growth in percent, shares in percent (n_years, 3)."""

    level: F64
    growth: F64
    shares: F64


def nation(region: Region, as_of: int | None) -> Pace | None:
    """Return how the nation's sectors grew up to the year as of which it is asked; None with less than MEMORY years."""
    tables = region.tables(as_of).nation
    output, prices = tables.sector_output, tables.sector_deflator
    last = LAST_YEAR if as_of is None else as_of
    years = [y for y in output.years if y in prices.years and y <= last]
    if len(years) <= MEMORY:
        return None
    real = np.array([output.of(y) for y in years])
    nominal = tables.value_added_2013 * real * np.array([prices.of(y) for y in years])
    parts = np.array([_parts(region, as_of, y) for y in years])
    first = np.einsum("ts,tsb->tb", nominal[:-1], parts[:-1])
    grown = np.einsum("ts,tsb->tb", nominal[:-1] * real[1:] / real[:-1], parts[:-1])
    last = np.einsum("ts,tsb->tb", nominal[1:], parts[1:])
    return Pace(years[1:], grown / first - 1.0, last / grown - 1.0)


def _parts(region: Region, as_of: int | None, year: int) -> F64:
    """Return the part of every sector in the three broad ones (n_sectors, 3).

    What a table has in one sector and the three-sector split in two, construction and real estate, is divided as in
    the region's provinces together.
    """
    output = region.tables(as_of).output
    found = np.array([[s.broad == b for b in BROAD] for s in region.sectors], dtype=float)
    mixed = found.sum(axis=1) == 0.0
    size = output.value_added_2013[:, mixed].sum(axis=1)
    weight = np.bincount(region.inner_province, size, region.n_provinces)
    built = float(weight @ output.construction.held(year) / weight.sum()) if mixed.any() else 0.0
    found[mixed] = (0.0, built, 1.0 - built)
    return found


def shares_of(region: Region, area: str, year: int) -> F64 | None:
    """Return the published shares of the broad sectors in a year (3,), adding up to one; None where one is missing."""
    found = {
        t.variable: t.value
        for t in targets(region)
        if t.area == area and t.year == year and not t.article and t.confidence != "low" and t.value is not None
    }
    if any(f"{_SHARE}{b}" not in found for b in BROAD):
        return None
    shares = np.array([found[f"{_SHARE}{b}"] for b in BROAD], dtype=float)
    return np.asarray(shares / shares.sum())


def path(region: Region, area: str, origin: int, years: Sequence[int], knowing: bool = False) -> Path | None:
    """Return what shift-share has for a place in consecutive `years` after the origin; None where it was not known.

    `knowing`: with the nation's growth by sector as it then was.
    """
    shares, known = shares_of(region, area, origin), nation(region, origin)
    if shares is None or known is None:
        return None
    then = nation(region, None) if knowing else None
    mean = known.mean()
    level, found = shares, []
    for year in range(origin + 1, max(years) + 1):
        there = then is not None and year in then.years
        real, price = (
            (then.real[then.years.index(year)], then.price[then.years.index(year)]) if there and then else mean
        )
        growth = 100.0 * float(level / level.sum() @ real)
        level = level * (1.0 + real) * (1.0 + price)
        if year in years:
            found.append((level.sum(), growth, 100.0 * level / level.sum()))
    levels, growths, parts = zip(*found, strict=True)
    return Path(np.array(levels), np.array(growths), np.array(parts))


def shift_share(
    region: Region, variable: str, area: str, origin: int, years: Sequence[int], knowing: bool = False
) -> F64 | None:
    """Return GDP relative to the origin's, its real growth, or a sector's share in `years`; None where not asked."""
    if variable not in ("gdp_nominal", "gdp_real_growth", *(f"{_SHARE}{b}" for b in BROAD)):
        return None
    found = path(region, area, origin, years, knowing)
    if found is None:
        return None
    if variable.startswith(_SHARE):
        return np.asarray(found.shares[:, BROAD.index(variable.removeprefix(_SHARE))])
    return found.level if variable == "gdp_nominal" else found.growth
