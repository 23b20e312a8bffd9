"""What an indicator is: parts measured by zone each quarter, summed over an area, then combined.

    value(area, period) = scale * combine(sum over periods and zones of part_1, part_2, ...)

A ratio is a ratio of sums, never a mean of ratios. Over a year a stock is read at the close of the fourth
quarter; the parts of a flow or a rate are summed over its quarters before they are combined.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from jjj_sim.indicators.areas import Area

if TYPE_CHECKING:
    from jjj_sim.state.world import World

F64 = NDArray[np.float64]
Kind = Literal["stock", "flow", "rate"]
Combine = Callable[[Sequence[F64]], F64]
Rule = Callable[[Area], bool]


def everywhere(area: Area) -> bool:
    """Return that an area is reported, whatever it is."""
    return True


def the_whole(area: Area) -> bool:
    """Return whether an area is the whole region."""
    return area.kind == "total"


def the(role: str) -> Rule:
    """Return the rule that reports the area that fills a role, and no other."""
    return lambda area: area.fills(role)


def total(sums: Sequence[F64]) -> F64:
    """Return the sum itself."""
    return np.asarray(sums[0])


def ratio(sums: Sequence[F64]) -> F64:
    """Return the first sum over the second, NaN where the second is zero."""
    above, below = np.broadcast_arrays(sums[0], sums[1])
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0))


def deviation(sums: Sequence[F64]) -> F64:
    """Return the root of the first sum over the second: a standard deviation from squares and weights."""
    return np.asarray(np.sqrt(ratio(sums)))


def theil(sums: Sequence[F64]) -> F64:
    """Return Theil's index of G over people from the sums of P G ln G, P G and P.

    T = sum p (G / G_mean) ln(G / G_mean), p the share of people (Theil 1967); 0 when all are equal.
    """
    logs, means = ratio(sums[:2]), ratio(sums[1:])
    return np.asarray(logs - np.log(means))


@dataclass(frozen=True)
class Indicator:
    """One variable of the result tables.

    `measure` returns its parts for the quarter just lived: each (n_zones,), or a scalar that belongs to no
    zone (the nation's output, the rail length), or with `crossing` a matrix (n_places, n_places) of
    moves from, to, of which an area counts those that cross its border inwards ("in") or outwards ("out").
    `areas` says which areas it is reported for. `on_year` turns it into the percent change on the same
    period of the year before.
    """

    name: str
    en: str
    zh: str
    unit: str
    kind: Kind
    formula: str
    measure: Callable[[World], tuple[F64, ...]]
    combine: Combine = total
    scale: float = 1.0
    areas: Rule = everywhere
    crossing: Literal["", "in", "out"] = ""
    on_year: bool = False

    def covers(self, area: Area) -> bool:
        """Return whether the indicator is reported for `area`."""
        return self.areas(area)

    def over(self, parts: Sequence[F64], inside: NDArray[np.bool_], leading: int = 0) -> F64:
        """Return the value over the zones `inside` from parts with `leading` axes (periods) before the zones'.

        For `on_year` this is the level, before the change is taken.
        """
        return np.asarray(self.scale * self.combine([self._sum(p, inside, leading) for p in parts]))

    def _sum(self, part: F64, inside: NDArray[np.bool_], leading: int) -> F64:
        if part.ndim == leading:
            return part
        if self.crossing:
            within = np.append(inside, False)
            rows, columns = (~within, within) if self.crossing == "in" else (within, ~within)
            return np.asarray((part * (rows[:, None] & columns)).sum(axis=(-2, -1)))
        return np.asarray((part * inside).sum(axis=-1))
