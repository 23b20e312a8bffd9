"""One card and shared services: the published points of each count, by the end of the year that they stand for."""

from __future__ import annotations

from collections.abc import Mapping

from jjj_sim.regions.jingjinji.statistics.tables import value

TABLE = "region_series_4"
_JJJ, _HEBEI = "jjj", "hebei_official"
# Table -> the last year without any, then the year that a figure stands for -> its variable, area and year.
_POINTS: Mapping[str, tuple[int, Mapping[int, tuple[str, str, int]]]] = {
    # The article's 44 have no date and stand for the end of 2024, as its other figures.
    "one_card_services": (
        2018,
        {2023: ("one_card_hr_services", _JJJ, 2023), 2024: ("one_card_hr_services", _JJJ, 2025)},
    ),
    "settling_institutions": (2016, {2023: ("one_card_medical_institutions", _JJJ, 2023)}),
    "recognising_institutions": (
        2015,
        {
            2016: ("test_recognition_institutions", _JJJ, 2016),
            2024: ("test_recognition_institutions_feb", _JJJ, 2025),
            2025: ("test_recognition_institutions_nov", _JJJ, 2025),
        },
    ),
    "medical_alliances": (2013, {2025: ("medical_alliances_with_jingjin", _HEBEI, 2025)}),
    "schools_together": (2013, {2023: ("schools_with_jingjin", _HEBEI, 2023)}),
    "ftz_same_standard_items": (
        2019,
        {2023: ("ftz_same_standard_items", _JJJ, 2023), 2024: ("ftz_same_standard_items", _JJJ, 2024)},
    ),
}
TABLES = tuple(_POINTS)


def path(table: str) -> Mapping[int, float]:
    """Return a count by year: none to the last year without any, then the published points."""
    none, points = _POINTS[table]
    before = {2013: 0.0, none: 0.0}
    return before | {year: value(TABLE, *where) for year, where in points.items()}


def known(table: str) -> Mapping[str, int]:
    """Return the years in which points became known, where later than the year they stand for."""
    return {str(year): where[2] for year, where in _POINTS[table][1].items() if where[2] > year}
