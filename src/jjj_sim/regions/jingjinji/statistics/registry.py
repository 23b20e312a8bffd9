"""The register of legal units: how many by region and sector, in 2013 and in 2024."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.jobs import job_shares
from jjj_sim.regions.jingjinji.statistics.tables import value

PROVINCE_AREAS = ("beijing", "tianjin", "hebei_official")
# Legal units of the secondary and tertiary sectors at the end of 2013, by province [D]: those of the
# economic census of 2018 less their published growth since 2013 (57.5, 37.2 and 163.9 %).
UNITS_2013 = np.array([628_000.0, 212_000.0, 436_000.0])
# Beijing's manufacturing, mining and energy at the end of 2013 [A]: of 52 thousand secondary units published,
# some 19 thousand in construction.
BEIJING_MANUFACTURING_2013 = 33_000.0
# Legal units founded over those there, 1/year, by the year since when it is known: years and provinces [D]: growth and
# closures. To 2018 from census to census; then Beijing's to the census of 2023, the others' near the register of 2024.
ENTRY = {
    2018: (range(2013, 2019), (0.160, 0.128, 0.259)),
    2024: (range(2019, 2024), (0.096, 0.123, 0.109)),
}
# Industries of Beijing whose legal units of 2013 are published (third economic census).
BEIJING_2013 = {
    "wholesale_retail": "corporate_units_wholesale_retail",
    "leasing_business_services": "corporate_units_leasing_business",
    "scientific_research_technical_services": "corporate_units_scientific_technical",
}
# Share of applications refused under Beijing's negative list as published, by sector [D]. Manufacturing: what
# brings its register from 33 thousand units to the 23.4 thousand of 2024; that alone makes 23 thousand
# refusals by 2020, where 23,400 are published for all sectors (over 25,000 by 2024). So the list can have
# refused next to nobody elsewhere: one in two hundred in the sectors it restricts. Shares of a half there [A],
# as the breadth of the list suggests, would mean thirty times the refusals published.
REFUSED_SHARE = {
    "general_manufacturing": 0.8,
    "hightech_manufacturing": 0.64,
    "construction_real_estate": 0.005,
    "wholesale_logistics": 0.005,
    "consumer_services": 0.005,
    "public_hq": 0.005,
}
REFUSED_FROM = parse("2014Q3")  # in force
_MADE = ("manufacturing", "mining", "electricity_heat_gas_water")
_FARMS = "agriculture_forestry_animal_fishing"
# Published industries by sector; manufacturing and trade are split by the sectors' jobs.
INDUSTRIES = {
    "agriculture_forestry_animal_fishing": (0,),
    "mining": (1,),
    "electricity_heat_gas_water": (1,),
    "manufacturing": (1, 2),
    "construction": (3,),
    "real_estate": (3,),
    "wholesale_retail": (4, 6),
    "transport_storage_postal": (4,),
    "information_software_it": (5,),
    "finance": (5,),
    "leasing_business_services": (5,),
    "accommodation_catering": (6,),
    "resident_repair_other_services": (6,),
    "culture_sports_entertainment": (6,),
    "scientific_research_technical_services": (7,),
    "water_environment_public_facilities": (8,),
    "education": (8,),
    "health_social_work": (8,),
    "public_management_social_security_social_org": (8,),
}


def _jobs(year: float, people: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return jobs by province and sector in proportion: census shares weighted by residents."""
    by_zone = job_shares(year) * people[:, None]
    return np.stack([by_zone[REGION.province[:N_ZONES] == p].sum(axis=0) for p in range(3)])


def _industries_2024(area: str) -> dict[str, float]:
    """Return legal units of a province by published industry in the register of 2024, without agriculture."""
    found = {i: value("region_series", f"legal_units_{i}", area, 2024) for i in INDUSTRIES}
    return found | {_FARMS: 0.0}


def _beijing_2013() -> dict[str, float]:
    """Return Beijing's legal units by industry at the end of 2013.

    Three industries, and the secondary and tertiary totals, are published; manufacturing, mining and energy
    share their total as in 2024, and what is left of the tertiary total goes to the other services as in
    2024 (imputed).
    """
    late = _industries_2024("beijing")
    both = value("region_series", "corporate_units_sec_ter", "beijing", 2013)
    tertiary = value("region_series", "corporate_units_tertiary", "beijing", 2013)
    made = sum(late[i] for i in _MADE)
    units = {i: BEIJING_MANUFACTURING_2013 * late[i] / made for i in _MADE}
    units["construction"] = both - tertiary - BEIJING_MANUFACTURING_2013
    units |= {i: value("region_series", name, "beijing", 2013) for i, name in BEIJING_2013.items()}
    rest = {i: n for i, n in late.items() if i not in units}
    left = tertiary - sum(units[i] for i in BEIJING_2013)
    return units | {i: n * left / sum(rest.values()) for i, n in rest.items()}


def _by_sector(industries: dict[str, float], jobs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return units by sector; an industry of two sectors is split as their jobs (n_sectors,)."""
    units = np.zeros(N_SECTORS)
    for industry, sectors in INDUSTRIES.items():
        share = jobs[list(sectors)] / jobs[list(sectors)].sum()
        units[list(sectors)] += share * industries[industry]
    return units


@functools.cache
def units_2024() -> NDArray[np.float64]:
    """Return legal units by province and sector in the register of 2024, agriculture left out."""
    jobs = _jobs(2020.0, _people())
    return np.stack([_by_sector(_industries_2024(a), jobs[p]) for p, a in enumerate(PROVINCE_AREAS)])


@functools.cache
def units_2013() -> NDArray[np.float64]:
    """Return legal units by province and sector at the end of 2013.

    Totals [D]; Beijing's sectors from its published industries; those of Tianjin and Hebei as in 2024,
    scaled by the change of their share of jobs between 2013 and 2020 (imputed).
    """
    jobs = _jobs(2013.0, _people())
    units = units_2024() * jobs / _jobs(2020.0, _people())
    units[0] = _by_sector(_beijing_2013(), jobs[0])
    return np.asarray(units * (UNITS_2013 / units.sum(axis=1))[:, None])


def _people() -> NDArray[np.float64]:
    return np.array([value("zone_series", "population", z, 2020) for z in REGION.ids])
