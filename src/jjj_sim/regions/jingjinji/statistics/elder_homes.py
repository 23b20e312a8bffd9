"""Homes for the old: beds of Beijing by year, and of cities per resident of 60 and over."""

from __future__ import annotations

from collections.abc import Mapping

from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

TABLE = "region_series_4"
# When a figure was true, decimal years: of May 2014, of the ends of 2015, 2016 and 2024.
_BEIJING = {2014.4: ("elder_beds_may", 2014), 2016.0: ("elder_beds", 2015), 2017.0: ("elder_beds", 2016)}
_LAST = 2025.0
# Cities of the region whose ratio of 2025 is published, by the id of their group, and how many there are.
_PUBLISHED = {
    "beijing": "beijing",
    "pref_langfang": "langfang",
    "pref_baoding": "baoding",
    "cangzhou": "cangzhou",
    "chengde": "chengde",
    "qinhuangdao": "qinhuangdao",
    "zhangjiakou": "zhangjiakou",
}
# Beijing's residents over 60 in 2024, persons, in the note to the residents of its homes.
_OLD_OF_BEIJING = 5.14e6


def capital_beds() -> Mapping[float, float]:
    """Return beds in Beijing's homes by decimal year."""
    found = {time: value(TABLE, variable, "beijing", year) for time, (variable, year) in _BEIJING.items()}
    return found | {_LAST: value(TABLE, "elder_beds", "beijing", 2024)}


def in_homes() -> float:
    """Return the part of the published ratio that is beds in homes, Beijing's [D]; the rest is of day care.

    The nation's is about the same: 5.1 of 8.0 million beds.
    """
    ratio = value(TABLE, "elder_beds_per_1000_60plus", "beijing", 2025)
    return value(TABLE, "elder_beds", "beijing", 2024) / (ratio / 1e3 * _OLD_OF_BEIJING)


def beds_per_1000() -> list[float]:
    """Return beds in homes per 1000 of 60 and over by city; those without a figure have their mean [D].

    The published mean of all cities leaves theirs.
    """
    cities = REGION.groups["city"][0]
    ratio = {city: value(TABLE, "elder_beds_per_1000_60plus", name, 2025) for city, name in _PUBLISHED.items()}
    total = len(cities) * value(TABLE, "elder_beds_per_1000_60plus", "jjj", 2025)
    others = (total - sum(ratio.values())) / (len(cities) - len(ratio))
    return [in_homes() * ratio.get(city, others) for city in cities]
