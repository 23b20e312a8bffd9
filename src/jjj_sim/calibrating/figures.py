"""The figures of a calibration: which published figures enter the loss, with what weight, and why others do not.

    z = (x - high) / above   where x > high
        (x - low) / below    where x < low
        0                    between

A figure of the article has its accepted range: for "approx" low = high = value, and the range is 1.645 sd on either
side. "More than 3,000" is an interval, the next round number would have been used otherwise: nothing between the
bounds, so that no overshoot is rewarded, a full sd below, twice that above (a quarter of the loss). A published
series has its discrepancy, and with it a measurement error; it counts at most three figures: each weighs min(1, 3 / n).

What entered the run as data does not enter the loss: reproducing it is no evidence. Those figures are told apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.indicators.areas import provinces, total
from jjj_sim.judging.targets import Target
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region import Region

F64 = NDArray[np.float64]

# The last year that may be looked at, and the last that is fitted where no other is asked for.
LAST_YEAR, LAST_FITTED = 2024, 2020
MOST = 3.0
_YEAR = re.compile(r"(?:\d{4}[-/])?(\d{4})")
_Z90 = 1.645
_ABOVE = 2.0
_COUNT = 0.05
# Measurement error beside the discrepancy, in units of it [A]: found in a publication, or recalled from one.
_MEASURED = {"high": 0.3, "medium": 1.0}
BLOCKS = {
    "output": ("gdp_nominal", "gdp_nominal_ratio", "gdp_real_growth", "gdp_share_of_nation"),
    "structure": ("gdp_share_primary", "gdp_share_secondary", "gdp_share_tertiary", "gdp_share_tertiary_change"),
    "industry": ("industry_va_growth", "hightech_manufacturing_va_growth"),
    "people": ("population", "migrants", "age_share_60plus"),
    "work": ("employment",),
    "budgets": ("budget_revenue",),
    "air": ("pm25",),
    "technology": (
        *("tech_contract_flow_to_tianjin_hebei", "tech_contracts_from_beijing_tianjin"),
        *("tech_contracts_mutual_value", "zhongguancun_branches"),
    ),
}
OTHER = "other"
# How blocks, and what decides a parameter, are called in Chinese.
ZH = {
    "output": "产出",
    "structure": "产业结构",
    "industry": "工业",
    "people": "人口",
    "work": "就业",
    "budgets": "财政",
    "air": "空气",
    "technology": "技术",
    OTHER: "其他",
    "all": "合计",
    "figures": "数据",
    "prior": "先验",
    "lower": "下限",
    "upper": "上限",
}
# What enters the run as data, to the year given: by inversion, as a path, or through a number chosen on it.
_ALL_YEARS = 9999
INPUTS: dict[str, tuple[str, int]] = {
    "population": ("net flows, births and deaths of the account are input", _ALL_YEARS),
    "migrants": ("the growth of those from elsewhere is input", LAST_FITTED),
    "employment": ("participation by province is set on it", LAST_FITTED),
    "firms": ("rates of founding are the registers'", _ALL_YEARS),
    "budget_spending": ("published budgets are spent", _ALL_YEARS),
}
RATIOS = {"gdp_per_head": "output and people enter by themselves"}
# At current prices: they are made with deflators by province.
PRICED = ("gdp_nominal", "gdp_nominal_ratio", "gdp_share_of_nation", "budget_revenue")


class Apart(NamedTuple):
    """A published figure that is not in the loss, and why."""

    target: Target
    why: str


@dataclass(frozen=True)
class Figures:
    """The figures in the loss, as vectors (n,): no loss between `low` and `high`, sds `below` and `above`, weights.

    `apart` are the figures that are not in it.
    """

    targets: tuple[Target, ...]
    low: F64
    high: F64
    below: F64
    above: F64
    weight: F64
    apart: tuple[Apart, ...]

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def blocks(self) -> NDArray[np.str_]:
        """Block of each figure (n,)."""
        return np.array([block(t.variable) for t in self.targets], dtype=str)

    def only(self, kept: NDArray[np.bool_], why: str) -> Figures:
        """Return the figures `kept` (n,), the others put apart."""
        gone = [Apart(t, why) for t, keep in zip(self.targets, kept, strict=True) if not keep]
        here = tuple(t for t, keep in zip(self.targets, kept, strict=True) if keep)
        low, high, below, above = self.low[kept], self.high[kept], self.below[kept], self.above[kept]
        return Figures(here, low, high, below, above, weights(here), (*self.apart, *gone))


def block(variable: str) -> str:
    """Return the block of a variable."""
    return next((name for name, variables in BLOCKS.items() if variable in variables), OTHER)


def figures(found: Sequence[Target], region: Region, as_of: int | None = None) -> Figures:
    """Return the figures that a calibration of `region` fits.

    Without `as_of` those of role "calibrate". As of a year, every published series up to that year, whatever its
    role, and of the article what it gives of no later year: the year divides, not the role. Figures at current prices
    stand aside where the run could not know the prices of their year.
    """
    enter: list[Target] = []
    apart: list[Apart] = []
    priced = region.tables(as_of).output.deflator.last
    for target in found:
        why = _why_not(target, as_of, priced)
        if why is None:
            enter.append(target)
        elif why:
            apart.append(Apart(target, why))
    enter, repeated = _without_sums(enter, region)
    kept, given = [], []
    for target in enter:
        if why := why_input(target, region):
            given.append(Apart(target, why))
        else:
            kept.append(target)
    low, high, below, above = np.array([_edges(t) for t in kept]).reshape(-1, 4).T.copy()
    return Figures(tuple(kept), low, high, below, above, weights(kept), (*apart, *repeated, *given))


def year_of(target: Target) -> int | None:
    """Return the year a figure is of, the last of a span or of two that it compares; None for a part of a year."""
    return year_in(target.period)


def year_in(period: str) -> int | None:
    """Return the year of a period, the last of a span; None for a part of a year."""
    found = _YEAR.fullmatch(period)
    return int(found[1]) if found else None


def weights(found: Sequence[Target]) -> F64:
    """Return the weight of each figure (n,): 1 for the article's, min(1, 3 / n) for one of a series of n."""
    n = Counter((t.variable, t.area) for t in found if not t.article)
    return np.array([1.0 if t.article else min(1.0, MOST / n[t.variable, t.area]) for t in found])


def _why_not(target: Target, as_of: int | None, priced: int) -> str | None:
    """Return why a figure does not enter, "" where it is none of ours to tell, None where it enters.

    `priced` is the last year whose prices by province are known.
    """
    year = year_of(target)
    if year is None or year > LAST_YEAR or target.role == "context" or not _judged(target):
        return ""
    if as_of is not None and year > as_of:
        return "of a later year"
    if target.role == "drive":
        return "enters the run as data or policy"
    if target.confidence == "low":
        return "low confidence"
    if target.role == "validate" and (as_of is None or target.article):
        return "held out"
    if year == FIRST_YEAR:
        return "the state of the opening"
    if target.variable in PRICED and year > priced:
        return "made with prices that were not known yet"
    return RATIOS.get(target.variable)


def _judged(target: Target) -> bool:
    """Return whether a figure says how far a right model may be from it."""
    return target.bounds != (None, None) and (target.article or target.discrepancy is not None)


def _without_sums(found: list[Target], region: Region) -> tuple[list[Target], list[Apart]]:
    """Return the figures without those of the whole that its provinces give too, and these."""
    parts, whole = provinces(region), total(region)
    have = {(t.variable, t.area, t.period) for t in found}
    kept, sums = [], []
    for t in found:
        twice = not t.article and t.area == whole and all((t.variable, p, t.period) in have for p in parts)
        if twice:
            sums.append(Apart(t, "its provinces enter by themselves"))
        else:
            kept.append(t)
    return kept, sums


def why_input(target: Target, region: Region) -> str:
    """Return why a figure is input, "" where it is produced."""
    why, until = INPUTS.get(target.variable, ("", 0))
    year = year_of(target)
    if not why or year is None or year > until:
        return ""
    if target.variable == "population" and year > LAST_FITTED:
        # The account is by province; the last census by zone.
        accounted = {*provinces(region), total(region)}
        return why if target.area in accounted else ""
    return why


def _edges(target: Target) -> tuple[float, float, float, float]:
    """Return low, high and the sds below and above of a figure."""
    value, (low, high) = target.value, target.bounds
    spread = spread_of(target)
    if target.comparator in ("gt", "ge"):
        floor = low if low is not None else value
        assert floor is not None
        sd = spread or (_COUNT * abs(floor) if high is None else (high - floor) / (2 * _Z90))
        return floor, np.inf if high is None else high, sd, _ABOVE * sd
    if target.comparator == "lt":
        ceiling = high if high is not None else value
        assert ceiling is not None
        sd = spread or _COUNT * abs(ceiling)
        return -np.inf if low is None else low, ceiling, sd, sd
    assert value is not None
    if target.article and low is not None and high is not None and low < value < high:
        return value, value, (value - low) / _Z90, (high - value) / _Z90
    sd = spread or _COUNT * abs(value)
    return value, value, sd, sd


def spread_of(target: Target) -> float:
    """Return the sd of a figure with its measurement error, 0 where it has no discrepancy."""
    if target.discrepancy is None or target.value is None:
        return 0.0
    size, relative = target.discrepancy
    own = size * (abs(target.value) if relative else 1.0)
    return float(own * np.hypot(1.0, _MEASURED.get(target.confidence, 1.0)))
