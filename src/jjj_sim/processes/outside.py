"""The outside world: what the region takes as given.

    real output of the nation   y_s(t), by sector; as published, then d ln y_s = ln(1 + g / 100) / 4 + tilt_s / 4
    prices of the nation        p_s(t), 2013 = 1; as published, then every sector at the assumed rate
    PM2.5 from outside          o(t), 2013 = 1; as published of cities, then d ln o = ln(1 - decline / 100) / 4
    pull of the rest of China   sum_q roc_pull_q / 4, utility, on top of the nation's income

Years become quarters by the smoothest path that reproduces them, so nothing here is seasonal. tilt_s, a sector's
growth over the nation's, is its mean over the last `tilt_years` published. As of an earlier year nobody had the
assumed paths: growth, prices and PM2.5 outside go on as in the last `tilt_years` then published, and what a plan adds
to the default of a path is added to that. Sectors grow by published industries inside their broad sector, which closes
every year; prices likewise, so that what grows fast and gets cheap does not outweigh. `covid` is the nation's shortfall
in 2020-22 against the log-linear path from 2019 to 2023, never fitted to the region, and none where these years are not
known.
Boot, Feibes, Lisman 1967 (quarters); National Bureau of Statistics; United Nations, World Population Prospects 2024.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.laws.smoothing import smooth_quarters
from jjj_sim.param import param
from jjj_sim.policy.plan import Plan
from jjj_sim.processes.national_labour import NationalLabour, national_labour
from jjj_sim.processes.process import StockProcess
from jjj_sim.quarters import FIRST_YEAR, middle
from jjj_sim.region.region import Region
from jjj_sim.region.table import Series
from jjj_sim.region.topics.nation import Nation
from jjj_sim.state.world import World

F64 = NDArray[np.float64]

# Assumed paths that go on as then published in a run that knows less, with the year that their defaults know.
_CARRIED = {"national_growth": 2025, "national_deflator": 2025, "outside_pm25_decline": 2024}
# First and last year of the epidemic's shortfall.
_COVID = (2020, 2022)


class OutsidePaths(NamedTuple):
    """Everything by quarter: scalars of shape (n_quarters,), sectors (n_quarters, n_sectors)."""

    output: NDArray[np.float64]
    sector_output: NDArray[np.float64]
    growth: NDArray[np.float64]
    sector_growth: NDArray[np.float64]
    deflator: NDArray[np.float64]
    building: NDArray[np.float64]
    gdp: NDArray[np.float64]
    population: NDArray[np.float64]
    pm25: NDArray[np.float64]
    pull: NDArray[np.float64]
    covid: NDArray[np.float64]


class Outside(StockProcess):
    """Set the nation's growth, prices and people; the region never acts on them."""

    name = "outside"
    zh = "外部环境"
    writes = (
        "tables.national_growth",
        "tables.national_sector_growth",
        "tables.national_real_gdp",
        "tables.national_output",
        "tables.national_deflator",
        "tables.construction_deflator",
        "tables.national_gdp",
        "tables.national_population",
        "tables.national_income",
        "tables.outside_pm25_factor",
        "tables.roc_pull",
        "tables.covid",
    )

    tilt_years = param(3, unit="year", lo=1, hi=10, doc="Last years whose mean tilt of sectors is held afterwards")

    def __init__(self, region: Region, **values: Any) -> None:
        super().__init__(region, **values)
        self._paths: OutsidePaths | None = None

    def open(self, world: World) -> None:
        """Set the tables of 2013Q1."""
        self.act(world)

    def act(self, world: World, table: Any = None) -> None:
        """Read the quarter off the paths."""
        if self._paths is None or len(self._paths.output) <= world.t:
            people = national_labour(world.region, world.plan.as_of)
            plan = world.plan
            assumed = self.assumed(world.data.nation, plan, max(plan.end, world.t) + 1)
            self._paths = self.paths(world.data.nation, people, assumed)
        p, t, tables = self._paths, world.t, world.tables
        tables.national_growth = p.growth[t]
        tables.national_sector_growth = p.sector_growth[t]
        tables.national_real_gdp = p.output[t]
        tables.national_output = p.sector_output[t]
        tables.national_deflator = p.deflator[t]
        tables.construction_deflator = p.building[t]
        tables.national_gdp = p.gdp[t]
        tables.national_population = p.population[t]
        tables.national_income = p.gdp[t] / p.population[t] / (p.gdp[0] / p.population[0])
        tables.outside_pm25_factor = p.pm25[t]
        tables.roc_pull = p.pull[t]
        tables.covid = p.covid[t]

    def assumed(self, nation: Nation, plan: Plan, n: int) -> Mapping[str, F64]:
        """Return the assumed paths by name over `n` quarters, percent a year, and the pull in utility, each (n,)."""
        found = {k: plan.assumptions[k].over(n) for k in _CARRIED}
        if plan.as_of is not None:
            real, air = self._pace(nation.output), self._pace(nation.pm25)
            prices = self._pace(nation.gdp) - real
            growth, inflation = (100.0 * float(np.expm1(x)) for x in (real, prices))
            last = {"national_growth": growth, "national_deflator": inflation}
            last["outside_pm25_decline"] = -100.0 * float(np.expm1(air))
            for name, then in _CARRIED.items():
                if plan.as_of < then:
                    found[name] += last[name] - plan.usual[name].over(n)
        return found | {"roc_pull": plan.assumptions["roc_pull"].risen(n)}

    def _pace(self, series: Series) -> float:
        """Return the log change a year over the last `tilt_years` there are, nothing where there is one year."""
        x = series.values
        years = min(int(self.tilt_years), len(x) - 1)
        return float(np.log(x[-1] / x[-1 - years]) / years) if years else 0.0

    def paths(self, nation: Nation, people: NationalLabour, assumed: Mapping[str, F64]) -> OutsidePaths:
        """Return every path over the quarters of those `assumed`: as published in `nation`, then as assumed."""
        n = len(assumed["roc_pull"])
        total, sectors = nation.output.values, nation.sector_output.values
        skip = 4 * (FIRST_YEAR - nation.output.first)
        drift = np.log1p(assumed["national_growth"] / 100.0) / 4.0
        years = int(self.tilt_years)
        tilt = np.log(sectors[-1] / sectors[-1 - years]) - np.log(total[-1] / total[-1 - years])
        output, growth = _extend(smooth_quarters(total, of="mean"), drift, skip)
        sector, sector_growth = _extend(_quarters(sectors), drift[:, None] + tilt / years / 4.0, skip)
        inflation = np.log1p(assumed["national_deflator"] / 100.0) / 4.0
        deflator, _ = _extend(
            _quarters(nation.sector_deflator.values), inflation[:, None] + np.zeros(sector.shape[1]), skip
        )
        building, _ = _extend(smooth_quarters(nation.construction_deflator.values, of="mean"), inflation, skip)
        gdp, _ = _extend(smooth_quarters(nation.gdp.values, of="sum"), drift + inflation, skip)
        decline = np.log1p(-assumed["outside_pm25_decline"] / 100.0) / 4.0
        return OutsidePaths(
            output,
            sector,
            growth,
            sector_growth,
            deflator,
            building,
            gdp,
            np.array([people.population(middle(t)) for t in range(n)]),
            _outside_air(nation.pm25.values, decline),
            assumed["roc_pull"],
            _covid(output, nation.output.last),
        )


def _quarters(yearly: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the smooth quarterly path of each column, (n_quarters, n_columns)."""
    return np.stack([smooth_quarters(column, of="mean") for column in yearly.T], axis=1)


def _outside_air(yearly: NDArray[Any], drift: NDArray[Any]) -> NDArray[np.float64]:
    """Return PM2.5 outside by quarter from 2013Q1: published years, then log growth at `drift`."""
    published = smooth_quarters(yearly, of="mean")[: len(drift)]
    after = np.cumsum(drift[len(published) :])
    return np.concatenate([published, published[-1] * np.exp(after)])


def _extend(published: NDArray[Any], drift: NDArray[Any], skip: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return level and log growth from 2013Q1: published quarters after the first `skip`, then growth at `drift`."""
    n, logs = len(drift), np.log(published)
    known = min(len(published) - skip, n)
    growth = drift + np.zeros((n, *published.shape[1:]))
    growth[:known] = np.diff(logs, axis=0)[skip - 1 : skip - 1 + known]
    level = np.exp(logs[skip] + np.cumsum(growth, axis=0) - growth[0])
    return level, growth


def _covid(output: NDArray[np.float64], last: int) -> NDArray[np.float64]:
    """Return the log distance of output in 2020-22 from the line between the means of 2019 and 2023.

    Nothing where `last`, the last published year, comes before 2023.
    """
    shortfall = np.zeros_like(output)
    first, end = (4 * (y - FIRST_YEAR) for y in (_COVID[0], _COVID[1] + 1))
    if last <= _COVID[1] or len(output) < end + 4:
        return shortfall
    before, after = (np.log(output[q : q + 4].mean()) for q in (first - 4, end))
    quarters = np.arange(first, end)
    line = before + (after - before) * (quarters - (first - 2.5)) / (end + 1.5 - (first - 2.5))
    shortfall[first:end] = np.minimum(np.log(output[first:end]) - line, 0.0)
    return shortfall
