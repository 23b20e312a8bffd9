"""Read a result over its members: a variable of an area in a year, a half-year, or between two years."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.indicators import INDICATORS

F64 = NDArray[np.float64]

_YEAR = re.compile(r"(\d{4})")
_HALF = re.compile(r"(\d{4})H([12])")
_BETWEEN = re.compile(r"(\d{4})[-/](\d{4})")
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
_PROVINCES = ("beijing", "tianjin", "hebei_official")


class Readings:
    """Values of every variable and area over the members of a run; None where the run has none.

    Xiong'an is read as a region; its zone is the same.
    """

    def __init__(self, annual: pd.DataFrame, series: pd.DataFrame) -> None:
        self._yearly = _Tables(annual)
        self._quarterly = _Tables(series)
        self._derived: dict[str, Callable[[str, int, int], F64 | None]] = {
            "gdp_nominal_ratio": lambda area, a, b: self._pair("gdp_nominal", area, a, b, np.divide),
            "gdp_share_tertiary_change": lambda area, a, b: self._pair("gdp_share_tertiary", area, a, b, np.subtract),
            "gdp_share_tertiary_change_rank": self._rank_of_hebei,
            "pm25_change": lambda area, a, b: self._pair(
                "pm25", area, a, b, lambda last, first: 100.0 * (last / first - 1.0)
            ),
            "population_trend": lambda area, a, b: self._pair(
                "population", area, a, b, lambda last, first: 100.0 * ((last / first) ** (1 / (b - a)) - 1.0)
            ),
        }

    def year(self, variable: str, area: str, year: int) -> F64 | None:
        """Return the year's values by member."""
        table = self._yearly.get((variable, area))
        return None if table is None or year not in table else table[year].to_numpy()

    def years(self, variable: str, area: str) -> list[int]:
        """Return the years that the run has of a variable."""
        table = self._yearly.get((variable, area))
        return [] if table is None else [int(y) for y in table.columns]

    def at(self, variable: str, area: str, period: str) -> F64 | None:
        """Return the values by member in `period`: ``2024``, ``2025H1``, ``2025-01/2025-08``, and for what
        compares or counts between two years ``2013/2024`` or ``2014-2024``.

        A growth rate over part of a year is the mean of its quarters' rates by months.
        """
        if match := _YEAR.fullmatch(period):
            return self.year(variable, area, int(match[1]))
        if match := _HALF.fullmatch(period):
            first = 1 if match[2] == "1" else 7
            return self._months(variable, area, int(match[1]), first, first + 5)
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
        table = self._quarterly.get((variable, area))
        weights = {f"{year}Q{q + 1}": _overlap(3 * q + 1, 3 * q + 3, first, last) for q in range(4)}
        weights = {label: months for label, months in weights.items() if months}
        if table is None or not set(weights) <= set(table.columns):
            return None
        values = table[list(weights)].to_numpy()
        months = np.array(list(weights.values()), dtype=float)
        if INDICATORS[variable].kind == "stock":
            return np.asarray(values[:, -1])
        return np.asarray(values @ (months / (3.0 if INDICATORS[variable].kind == "flow" else months.sum())))

    def _pair(self, variable: str, area: str, first: int, last: int, compare: Callable[[F64, F64], F64]) -> F64 | None:
        before, after = self.year(variable, area, first), self.year(variable, area, last)
        return None if before is None or after is None else np.asarray(compare(after, before))

    def _rank_of_hebei(self, area: str, first: int, last: int) -> F64 | None:
        """Return the rank of official Hebei's rise in the tertiary share among the three provinces."""
        rises = [self._pair("gdp_share_tertiary", p, first, last, np.subtract) for p in _PROVINCES]
        if any(rise is None for rise in rises):
            return None
        found = np.array(rises, dtype=float)
        return np.asarray(1.0 + (found > found[-1]).sum(axis=0))

    def _added(self, variable: str, area: str, first: int, last: int) -> F64 | None:
        end = self.year(variable, area, last)
        before = self.year(variable, area, first - 1)
        return end if end is None or before is None else end - before


class _Tables:
    """Tables of values, members by periods, by (variable, area); made when first asked for."""

    def __init__(self, frame: pd.DataFrame) -> None:
        twice = (frame["area_kind"] == "zone") & (frame["area"] == "xiongan")
        self._rows = frame[~twice]
        self._where = self._rows.groupby(["variable", "area"], observed=True).indices
        self._made: dict[tuple[str, str], pd.DataFrame] = {}

    def get(self, key: tuple[str, str]) -> pd.DataFrame | None:
        """Return the table of (variable, area), None where there is none."""
        if key not in self._made and key in self._where:
            rows = self._rows.iloc[self._where[key]]
            self._made[key] = rows.pivot(index="member", columns="period", values="value")
        return self._made.get(key)


def _overlap(a: int, b: int, first: int, last: int) -> int:
    """Return how many months `a`..`b` and `first`..`last` share."""
    return max(0, min(b, last) - max(a, first) + 1)
