"""What levers did by year, as the statistics have it: the defaults in policy/*.toml say the same, by quarter.

The files of the levers are written by hand, since each number stands beside its source. A test compares.
"""

from __future__ import annotations

from collections.abc import Mapping

from jjj_sim.regions.jingjinji.statistics import history

Years = Mapping[int, float]


def by_year() -> Mapping[tuple[str, str], Years]:
    """Return the value by year of a lever's path, the key empty for the main one, at the path's own rate.

    Firms and sites a quarter, a quarter of the year's count each; bn yuan a year; percent of GDP.
    """
    intensity = {("rd_intensity", province): years for province, years in history.rd_intensity().items()}
    return {
        ("relief_manufacturing", ""): _a_quarter(history.relieved_firms()),
        ("relief_markets", ""): _a_quarter(history.relieved_sites()),
        ("xiongan_investment", ""): history.xiongan_investment(),
        **{key: {year: rate for year, rate in years.items() if year >= 2013} for key, years in intensity.items()},
    }


def _a_quarter(counts: Years) -> Years:
    """Return a quarter of each year's count."""
    return {year: count / 4.0 for year, count in counts.items()}
