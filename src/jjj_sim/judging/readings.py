"""Read a result over its members: a variable of an area by year, in a part of a year, or between two years.

The one reader of result tables: the scorecard, the goals, the charts and validation read through it.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.indicators import indicators
from jjj_sim.indicators.areas import filling, provinces
from jjj_sim.running.result import Result

F64 = NDArray[np.float64]

_YEAR = re.compile(r"(\d{4})")
_HALF = re.compile(r"(\d{4})H([12])")
_BETWEEN = re.compile(r"(\d{4})[-/](\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_MONTHS = re.compile(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})")
# Counts of all that happened since their start: over a span, what was added after the year before it.
_CUMULATIVE = (
    "relocated_general_manufacturing_firms",
    "relocated_or_upgraded_markets",
    "firms_of_beijing_origin",
    "central_soe_branches",
    "soe_headquarters_moved",
)
# What is done by the end of a span, whatever was done before it.
_BY_THEN = ("municipal_offices_moved",)
_MADE = "_readings"


class Band(NamedTuple):
    """Median and 90 % interval by period."""

    years: NDArray[Any]
    median: F64
    low: F64
    high: F64


@dataclass(frozen=True)
class Members:
    """A variable of one area by member and period: `values` (n_members, n_periods).

    `years` (n_periods,) are years, or the labels of quarters; periods that no member has are left out.
    """

    years: NDArray[Any]
    values: F64

    @property
    def band(self) -> Band:
        """Median and 5 to 95 % over members."""
        if len(self.values) == 1:
            return Band(self.years, *3 * (self.values[0],))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a year that no member has stays NaN
            low, middle, high = np.nanquantile(self.values, [0.05, 0.5, 0.95], axis=0)
        return Band(self.years, middle, low, high)

    def since(self, year: int) -> Members:
        """Return the change on `year` in percent of it, without the years before."""
        at = int(np.flatnonzero(self.years == year)[0])
        base = self.values[:, [at]]
        return Members(self.years[at:], 100.0 * (self.values[:, at:] / base - 1.0))


class Readings:
    """Values of every variable and area over the members of a result; None where it has none."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.region = result.region
        self.indicators = indicators(result.region)
        self._derived: dict[str, Callable[[str, int, int], F64 | None]] = {
            "gdp_nominal_ratio": lambda area, a, b: self._pair("gdp_nominal", area, a, b, np.divide),
            "gdp_share_tertiary_change": lambda area, a, b: self._pair("gdp_share_tertiary", area, a, b, np.subtract),
            "gdp_share_tertiary_change_rank": self._rank_of_the_hinterland,
            "pm25_change": lambda area, a, b: self._pair(
                "pm25", area, a, b, lambda last, first: 100.0 * (last / first - 1.0)
            ),
            "population_trend": lambda area, a, b: self._pair(
                "population", area, a, b, lambda last, first: 100.0 * ((last / first) ** (1 / (b - a)) - 1.0)
            ),
        }

    @classmethod
    def of(cls, result: Result) -> Readings:
        """Return the readings of a result, made once for all that read it: tables of many members are large."""
        found: Readings | None = vars(result).get(_MADE)
        if found is None:
            found = vars(result)[_MADE] = cls(result)
        return found

    @functools.cached_property
    def _yearly(self) -> _Tables:
        return _Tables(self.result.annual, (*self.region.areas, *self.region.wholes))

    @functools.cached_property
    def _quarterly(self) -> _Tables:
        return _Tables(self.result.series, (*self.region.areas, *self.region.wholes))

    def table(self, variable: str, area: str) -> Members | None:
        """Return a variable of an area by member and year."""
        return self._yearly.get(variable, area)

    def unit(self, variable: str) -> str | None:
        """Return the unit of a variable by year."""
        return self._yearly.unit(variable)

    def year(self, variable: str, area: str, year: int) -> F64 | None:
        """Return the year's values by member."""
        return _column(self.table(variable, area), year)

    def years(self, variable: str, area: str) -> list[int]:
        """Return the years that the result has of a variable."""
        table = self.table(variable, area)
        return [] if table is None else [int(y) for y in table.years]

    def at(self, variable: str, area: str, period: str) -> F64 | None:
        """Return the values by member in `period`: ``2024``, ``2025H1``, ``2025-07``, ``2025-01/2025-08``, for what
        compares or counts between two years ``2013/2024`` or ``2014-2024``.

        A growth rate over part of a year is the mean of its quarters' rates by months; a stock is the last quarter's.
        """
        if match := _YEAR.fullmatch(period):
            return self.year(variable, area, int(match[1]))
        if match := _HALF.fullmatch(period):
            first = 1 if match[2] == "1" else 7
            return self._months(variable, area, int(match[1]), first, first + 5)
        if match := _MONTH.fullmatch(period):
            return self._months(variable, area, int(match[1]), int(match[2]), int(match[2]))
        if (match := _MONTHS.fullmatch(period)) and match[1] == match[3]:
            return self._months(variable, area, int(match[1]), int(match[2]), int(match[4]))
        if match := _BETWEEN.fullmatch(period):
            first_year, last_year = int(match[1]), int(match[2])
            if variable in self._derived:
                return self._derived[variable](area, first_year, last_year)
            if variable in _BY_THEN:
                return self.year(variable, area, last_year)
            if variable in _CUMULATIVE:
                return self._added(variable, area, first_year, last_year)
        return None

    def _months(self, variable: str, area: str, year: int, first: int, last: int) -> F64 | None:
        """Return a flow summed, or a rate averaged, over the months `first`..`last` of a year."""
        table = self._quarterly.get(variable, area)
        weights = {f"{year}Q{q + 1}": _overlap(3 * q + 1, 3 * q + 3, first, last) for q in range(4)}
        columns = [_column(table, label) for label, months in weights.items() if months]
        found = [column for column in columns if column is not None]
        if len(found) < len(columns):
            return None
        values, kind = np.stack(found, axis=1), self.indicators[variable].kind
        months = np.array([m for m in weights.values() if m], dtype=float)
        if kind == "stock":
            return np.asarray(values[:, -1])
        return np.asarray(values @ (months / (3.0 if kind == "flow" else months.sum())))

    def _pair(self, variable: str, area: str, first: int, last: int, compare: Callable[[F64, F64], F64]) -> F64 | None:
        before, after = self.year(variable, area, first), self.year(variable, area, last)
        return None if before is None or after is None else np.asarray(compare(after, before))

    def _rank_of_the_hinterland(self, area: str, first: int, last: int) -> F64 | None:
        """Return the rank of the hinterland's rise in the tertiary share among the provinces."""
        mine = filling(self.region, "hinterland")
        rises = {p: self._pair("gdp_share_tertiary", p, first, last, np.subtract) for p in provinces(self.region)}
        if mine is None or any(rise is None for rise in rises.values()):
            return None
        found = np.array(list(rises.values()), dtype=float)
        return np.asarray(1.0 + (found > found[list(rises).index(mine)]).sum(axis=0))

    def _added(self, variable: str, area: str, first: int, last: int) -> F64 | None:
        end = self.year(variable, area, last)
        before = self.year(variable, area, first - 1)
        return end if end is None or before is None else end - before


class _Tables:
    """Tables of values, members by periods, by variable and area; made when first asked for.

    An area that is also a zone, the one of `reported` with its name, stands once.
    """

    def __init__(self, frame: pd.DataFrame, reported: tuple[str, ...]) -> None:
        twice = ((frame["area_kind"] == "zone") & frame["area"].isin(reported)).to_numpy()
        variable = frame["variable"].astype("category").cat
        codes = variable.codes.to_numpy()
        order = np.argsort(codes, kind="stable")
        ends = np.searchsorted(codes, np.arange(len(variable.categories)), "right", sorter=order)
        places = np.split(order, ends)  # before the first end lie the rows of the first variable
        self._rows = frame
        self._where = {
            str(name): found
            for name, rows in zip(variable.categories, places, strict=False)
            if len(found := rows[~twice[rows]])
        }
        self._made: dict[str, dict[str, Members]] = {}

    def get(self, variable: str, area: str) -> Members | None:
        """Return the table of a variable and area, None where there is none."""
        if variable not in self._made:
            self._made[variable] = self._make(variable)
        return self._made[variable].get(area)

    def unit(self, variable: str) -> str | None:
        """Return the unit of a variable, None where it is not there."""
        return str(self._rows["unit"].iloc[self._where[variable][0]]) if variable in self._where else None

    def _make(self, variable: str) -> dict[str, Members]:
        if variable not in self._where:
            return {}
        rows = self._rows.iloc[self._where[variable]]
        member, m = np.unique(rows["member"], return_inverse=True)
        period, p = np.unique(_periods(rows["period"]), return_inverse=True)
        a, areas = pd.factorize(rows["area"].astype(str))
        values = np.full((len(areas), len(member), len(period)), np.nan)
        values[a, m, p] = rows["value"]
        found = {}
        for name, block in zip(areas, values, strict=True):
            known = np.isfinite(block).any(axis=0)
            if known.any():
                found[str(name)] = Members(period[known], block[:, known])
        return found


def _periods(periods: pd.Series[Any]) -> NDArray[Any]:
    """Return years as numbers, quarters as labels, which sort in time."""
    return periods.to_numpy(dtype=np.int64) if periods.dtype.kind in "iu" else periods.astype(str).to_numpy(dtype=str)


def _column(table: Members | None, period: int | str) -> F64 | None:
    """Return the values of one period by member."""
    if table is None:
        return None
    at = np.flatnonzero(table.years == period)
    return table.values[:, at[0]] if len(at) else None


def _overlap(a: int, b: int, first: int, last: int) -> int:
    """Return how many months `a`..`b` and `first`..`last` share."""
    return max(0, min(b, last) - max(a, first) + 1)
