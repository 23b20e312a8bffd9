"""Residents of the opening, births, deaths and migration, and the people of the rest of China."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.axes import AGES
from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.prepare import margins, migration, rest_of_china
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.jobs import CENSUSES
from jjj_sim.regions.jingjinji.statistics.tables import value

# Births by five years of the mother's age from 15 to 44, relative to 25-29 [A].
FERTILE = (0.09, 0.65, 1.0, 0.55, 0.22, 0.06)
# In the labour force by age band [R].
PARTICIPATION = (0.0, 0.40, 0.90, 0.75, 0.25, 0.0)

_OPENING = "the state of the opening, between the censuses of 2010 and 2020"
_GAPS = (
    "published: provincial communiques; [D] gaps linear between their neighbours: births of Beijing 2020 and Hebei "
    "2023, deaths of Beijing and Tianjin 2020 and of Hebei 2023"
)
ABOUT: dict[str, dict[str, Any]] = {
    "residents": {
        "source": "[L] published residents of the provinces, end of 2012; [D] split by the zones' log-linear path from "
        "the census of 2010 to their figures of the end of 2013",
        "uncut": "the state of the opening",
    },
    "age_bands": {"source": "[L] censuses of 2010 and 2020, linear; [A] 75+ a quarter of 60+", "uncut": _OPENING},
    "ages": {
        "source": "[R] the nation's single ages of 2012, census of 2010; [L] births of 2010-12; [D] inside each band",
        "uncut": _OPENING,
    },
    "schooling": {
        "source": "[L] college by zone, censuses of 2010 and 2020; senior secondary by province, [L] 2020, [R] 2010",
        "uncut": _OPENING,
    },
    "origins": {
        "source": "[L] migrants of the censuses, Beijing's of 2013; [A] their home zones: absent people and distance",
        "uncut": _OPENING,
    },
    "seed": {
        "source": "[R] education by age, and age by hukou, in the provinces; [A] education by hukou",
        "uncut": _OPENING,
    },
    "participation": {"source": "[R] censuses; fixed, not estimated", "uncut": "one habit of all years"},
    "fertility": {"source": "[A] age pattern of births, flat in each five years", "uncut": "assumed"},
    "birth_rate": {"source": f"[L] {_GAPS}", "known": migration.known("birth_rate")},
    "death_rate": {"source": f"[L] {_GAPS}", "known": migration.known("death_rate")},
    "net_migration": {
        "source": "[D] published change of residents less crude rates on the year's mean residents",
        "known": migration.known("birth_rate", "death_rate"),
    },
    "decade_net": {
        "source": "[D] censuses of 2010 and 2020 by age with a survival table; half of each cohort moved five years "
        "younger; Tianjin's two zones share the city's by people",
        "known": 2020,
    },
    "migrant_growth": {
        "source": "[L] censuses of 2010 and 2020, Beijing's residents of 2013; [D] logs",
        "known": 2020,
    },
    "census_time": {"source": "[L] census of November 2020", "uncut": "its date was set"},
    "next_census": {
        "source": "[L] census of 2020 by county; Tianjin's two zones, whose border moved between the censuses, 0",
        "known": 2021,
    },
    "outside": {
        "source": "[L] the nation's people of 2012 less the region's; [A] those of the region's zones outside it, by "
        "province: 270, 250 and 1200 thousand",
        "uncut": "the state of the opening",
    },
    "outside_ages": {"source": "[R] census of 2010, confidence low", "uncut": "the census of 2010"},
    "outside_schooling": {
        "source": "[R] censuses of 2010 and 2020, confidence low; children as their mothers; linear between, held "
        "after",
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    bands = margins.age_bands()
    schooling = rest_of_china.EDUCATION_SHARES
    return {
        "residents": margins.zone_totals(),
        "age_bands": bands,
        "ages": margins.single_ages(bands),
        "schooling": margins.education(),
        "origins": margins.origins(),
        "seed": margins.seed(),
        "participation": np.array(PARTICIPATION),
        "fertility": _fertility(),
        "birth_rate": _by_year(_rates("birth_rate")),
        "death_rate": _by_year(_rates("death_rate")),
        "net_migration": _by_year(migration.net_by_year()),
        "census_time": CENSUSES[1],
        "next_census": np.array([_counted(z) for z in REGION.ids]),
        "decade_net": migration.decade_net_by_group(),
        "migrant_growth": migration.migrant_growth(),
        "outside": rest_of_china.living_outside(),
        "outside_ages": np.array(rest_of_china.AGE_SHARES),
        "outside_schooling": Series("", np.array(list(schooling)), np.array(list(schooling.values()))),
    }


def _counted(zone: str) -> float:
    return 0.0 if REGION.inside("tianjin")[REGION.index(zone)] else value("zone_series", "population", zone, 2020)


def _by_year(values: Any) -> Series:
    return Series("", migration.years().astype(float), values)


def _rates(variable: str) -> Any:
    return np.stack([migration.rates(variable, area) for area in migration.AREAS], axis=1)


def _fertility() -> Any:
    pattern = np.zeros(len(AGES))
    pattern[15:45] = np.repeat(FERTILE, 5)
    return pattern
