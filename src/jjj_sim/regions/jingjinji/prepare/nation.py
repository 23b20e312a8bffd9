"""The nation by year, and the structure of its labour and output."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import education, industries, national
from jjj_sim.regions.jingjinji.statistics.air import national_pm25
from jjj_sim.regions.jingjinji.statistics.jobs import CENSUSES
from jjj_sim.regions.jingjinji.statistics.tables import series

_INDUSTRIES = (
    "[L] value added by industry, National Bureau of Statistics; [D] industries into sectors inside their broad "
    "sector, trade and other services split by the input-output table of 2018; software and business services of "
    "2013-15 as they shared in 2016"
)
# Consumption of households and of government, capital formation in the nation's GDP, 2013-20 [R].
USES = (0.38, 0.16, 0.44)
# Workers over residents with college, the most they can be, and workers with senior secondary school [A].
COLLEGE_OF_WORKERS, MOST_COLLEGE, SENIOR = 1.25, 0.7, 0.2
# Residents with college per hundred, census of 2000 [R: communique of the fifth census, 3,611 per 100,000].
COLLEGE_2000 = 3.611
# The last points of labour by broad sector are assumed, not recalled.
_ASSUMED = 2030.0
ABOUT: dict[str, dict[str, Any]] = {
    "output": {"source": "[L] real growth of GDP, National Bureau of Statistics"},
    "sector_output": {"source": _INDUSTRIES},
    "sector_deflator": {
        "source": f"{_INDUSTRIES}; broad deflators of 2024 [A] as the nation's and their mean distance",
        "known": {"2024": 2025},
    },
    "construction_deflator": {"source": "[D] nominal over real value added of construction"},
    "gdp": {"source": "[L] nominal GDP; before 2023 [A] the fourth census times the revision of 2023, 1.0267"},
    "population": {"source": "[L] National Bureau of Statistics"},
    "projection": {
        "source": "[L] United Nations, World Population Prospects 2024, medium variant",
        "uncut": "a projection, made in 2024: read where the last year known is one of its own, so by no run as of a "
        "year before",
    },
    "pm25": {"source": "[L] Ministry of Ecology and Environment: three series chained where they overlap"},
    "labour_force": {
        "source": "[R] participation by age on the censuses of 2010 and 2020; [D] cohorts carried on",
        "uncut": "cohorts of the censuses carried on; who will be of working age is known years before",
    },
    "labour_shares": {
        "source": "[L] China statistical yearbook: 2010-19 as before the census of 2020, 2023 and 2024; [R] 2020; "
        "linear between"
    },
    "labour_shares_assumed": {"source": "[A]", "uncut": "assumed of 2030, whatever is known before"},
    "college": {"source": "[R] census of 2000; [L] censuses of 2010 and 2020; the last pace is carried on"},
    "college_of_workers": {"source": "[A] only changes enter", "uncut": "assumed"},
    "most_college": {"source": "[A] where the pace of the censuses ends", "uncut": "assumed"},
    "senior": {"source": "[A] only changes enter", "uncut": "assumed"},
    "employed": {
        "source": "[L] census of 2010, employed by industry and education; [R] manufacturing split in two",
        "uncut": "the census of 2010",
    },
    "value_added_2013": {"source": _INDUSTRIES, "uncut": "the state of the opening"},
    "uses": {"source": "[R] GDP by expenditure, 2013-20", "uncut": "one mean over 2013-20, a ratio of the opening"},
}


def _series(times: Any, values: Any) -> Series:
    return Series("", np.asarray(times, dtype=float), np.asarray(values, dtype=float))


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    years = np.arange(national.FIRST, national.LAST + 1)
    people = series("national_series", "population_resident", "nation")
    un = series("national_series", "population_un_medium", "nation")
    college = series("region_series", "tertiary_education_share", "nation")
    air = national_pm25()
    years_of_labour, labour = national.labour_shares()
    known = years_of_labour < _ASSUMED
    return {
        "output": _series(years, national.real_output()[0]),
        "sector_output": _series(years, industries.real_output()),
        "sector_deflator": _series(years, industries.deflators()),
        "construction_deflator": _series(years, industries.construction_deflator()),
        "gdp": _series(years, national.gdp()),
        "population": _series(sorted(people), [people[y] for y in sorted(people)]),
        "projection": _series(sorted(un), [un[y] for y in sorted(un)]),
        "pm25": _series(industries.START + np.arange(len(air)), air),
        "labour_force": _series(national.LABOUR_YEARS, national.LABOUR_FORCE),
        "labour_shares": _series(years_of_labour[known], labour[known]),
        "labour_shares_assumed": _series(years_of_labour[~known], labour[~known]),
        "college": _series([2000.83, *CENSUSES], [COLLEGE_2000, *(college[int(time)] for time in CENSUSES)]),
        "college_of_workers": COLLEGE_OF_WORKERS,
        "most_college": MOST_COLLEGE,
        "senior": SENIOR,
        "employed": education.employed_by_sector(),
        "value_added_2013": industries.value_added()[0],
        "uses": np.array(USES),
    }
