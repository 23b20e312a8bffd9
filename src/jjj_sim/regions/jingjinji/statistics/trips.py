"""Trips: passengers by rail at the opening, and what the epidemic left of travel."""

from __future__ import annotations

from jjj_sim.regions.jingjinji.statistics.tables import value

TABLE = "region_series_4"
# Passengers of the Beijing-Tianjin line in all its fifteen years to 1 August 2023, in the note to its daily passengers.
_CUMULATIVE_2023 = 3.4e8
_EPIDEMIC = (2020, 2021, 2022)


def rail_capital_pilot() -> float:
    """Return passengers of the Beijing-Tianjin intercity line in 2012, a year."""
    return value(TABLE, "jingjin_intercity_passengers", "beijing_tianjin", 2012)


def rail_departures() -> float:
    """Return rail departures of 2013: those of 2014 a year back at the growth to 2023 [D]."""
    first, last = (value(TABLE, "rail_passengers", "jjj", year) for year in (2014, 2023))
    return float(first * (first / last) ** (1.0 / 9.0))


def travelled(year: int) -> float:
    """Return the trips made of those that would have been: of the Beijing-Tianjin line, even over 2020-22 [D].

    From 1 August 2018 to 1 August 2023, less the days before and after at the daily passengers of 2018 and 2023.
    """
    if year not in _EPIDEMIC:
        return 1.0
    before = value(TABLE, "jingjin_intercity_passengers_h1", "beijing_tianjin", 2018) / 181.0
    after = value(TABLE, "jingjin_intercity_daily", "beijing_tianjin", 2023)
    since = _CUMULATIVE_2023 - value(TABLE, "jingjin_intercity_passengers_cum", "beijing_tianjin", 2018)
    return (since - 518.0 * before - 212.0 * after) / (1096.0 * before)
