"""The register of legal units: how many by region and sector, in 2013 and in 2024."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import GEOGRAPHY, N_SECTORS, N_ZONES
from jjj_sim.evidence.jobs import job_shares
from jjj_sim.evidence.tables import value

PROVINCE_AREAS = ("beijing", "tianjin", "hebei_official")
# Legal units of the secondary and tertiary sectors at the end of 2013, by province [D]: those of the
# economic census of 2018 less their published growth since 2013 (57.5, 37.2 and 163.9 %).
UNITS_2013 = np.array([628_000.0, 212_000.0, 436_000.0])
# Beijing's manufacturing, mining and energy at the end of 2013 [D]: 52 thousand secondary units published,
# less some 19 thousand in construction.
BEIJING_MANUFACTURING_2013 = 33_000.0
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
    return np.stack([by_zone[GEOGRAPHY.province[:N_ZONES] == p].sum(axis=0) for p in range(3)])


@functools.cache
def units_2024() -> NDArray[np.float64]:
    """Return legal units by province and sector in the register of 2024, agriculture left out."""
    people = np.array([value("zone_series", "population", z, 2020) for z in GEOGRAPHY.ids])
    jobs = _jobs(2020.0, people)
    units = np.zeros((3, N_SECTORS))
    for p, area in enumerate(PROVINCE_AREAS):
        for industry, sectors in INDUSTRIES.items():
            share = jobs[p, list(sectors)] / jobs[p, list(sectors)].sum()
            units[p, list(sectors)] += share * value("region_series", f"legal_units_{industry}", area, 2024)
    units[:, 0] = 0.0
    return units


@functools.cache
def units_2013() -> NDArray[np.float64]:
    """Return legal units by province and sector at the end of 2013.

    Published totals; sectors as in 2024, scaled by the change of their share of jobs between 2013 and 2020
    (imputed); Beijing's sectors 1 and 2 to their own total.
    """
    people = np.array([value("zone_series", "population", z, 2020) for z in GEOGRAPHY.ids])
    units = units_2024() * _jobs(2013.0, people) / _jobs(2020.0, people)
    units *= (UNITS_2013 / units.sum(axis=1))[:, None]
    made = units[0, 1:3].sum()
    rest = units[0].sum() - made
    units[0, 1:3] *= BEIJING_MANUFACTURING_2013 / made
    units[0, 3:] *= (UNITS_2013[0] - BEIJING_MANUFACTURING_2013) / rest
    return units
