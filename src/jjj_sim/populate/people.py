"""The opening population, synthesised from the censuses.

Expected persons by zone, education, home zone (hukou 户口) and age at the start of 2013:

1. Zone totals: the provinces' published year-end 2012 population, split by the zones' log-linear path
   from the census of 2010 (borders of 2020) to their year-end 2013 figures.
2. Margins by zone: age bands, college graduates, residents with hukou in another province, and residents
   from another county of the province, as shares interpolated between the censuses of 2010 and 2020.
3. Iterative proportional fitting (Deming, Stephan 1940) of education x home zone x age band to them, from a
   seed with national ratios: no joint table is published ([R], imputed; a flat seed would give inner
   Beijing's over-sixties 45 % college).
4. Single years inside a band by monotone interpolation of the cumulated bands.

Imputed, each by the constant named: SENIOR, SEED_*, OVER_75, CROSSING, ORIGINS. Beijing's migrants are
scaled to the published 8.027 m of 2013. Children carry their mothers' education.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY, N_EDUCATION, N_SECTORS, N_ZONES, PROVINCES, ROC
from jjj_sim.evidence.jobs import job_shares
from jjj_sim.evidence.tables import value
from jjj_sim.state.employment import PARTICIPATION
from jjj_sim.state.residents import BAND_OF_AGE, BAND_STARTS, N_AGES, N_ORIGINS, NO_JOB, Residents

_YEAR_END_2012 = 2013.0
_CENSUS_2010, _CENSUS_2020 = 2010.83, 2020.83
# Share of the over-sixties who are 75 and over [A]: between 22 and 28 % nationally.
OVER_75 = 0.25
# Senior secondary among those short of college, by band from 15-24 [R, census 2010].
SENIOR = np.array([0.17, 0.30, 0.20, 0.16, 0.08, 0.04])
# College graduates by band relative to 25-44 [R, census 2010].
SEED_COLLEGE = np.array([1.0, 1.15, 1.0, 0.42, 0.26, 0.16])
# Migrants by band relative to the mean [R, census 2010].
SEED_MIGRANT = np.array([0.5, 1.4, 1.6, 0.75, 0.4, 0.25])
# Residents from another county of the same province whose home is another zone, by province [A].
CROSSING = {"beijing": 0.65, "tianjin": 0.30, "hebei": 0.45}
# Home provinces of residents with hukou in another province: shares of Hebei, Beijing, Tianjin [D from
# migration.csv where both are published, else A]; the rest is the rest of China.
ORIGINS = {
    "beijing": {"hebei": 0.235, "tianjin": 0.030},
    "tianjin": {"hebei": 0.252, "beijing": 0.015},
    "hebei": {"beijing": 0.040, "tianjin": 0.030},
}
_BEIJING_MIGRANTS = 8_027_000.0
# Decay of home zones with distance, km [A].
_DECAY = 250.0
_EMPLOYED = 0.95
# College (and senior) workers by sector relative to junior ones [A], before fitting the margins.
_TILT = np.array(
    [
        [1.0] * N_SECTORS,
        [0.45, 1.2, 1.4, 1.0, 1.3, 1.6, 1.3, 1.8, 1.6],
        [0.05, 0.8, 1.8, 1.0, 1.3, 6.0, 1.1, 12.0, 7.0],
    ]
)


def zone_totals() -> NDArray[np.float64]:
    """Return residents by zone at the end of 2012, persons."""
    census = np.array([value("zone_series", "population_2020_borders", z, 2010) for z in GEOGRAPHY.ids])
    late = np.array([value("zone_series", "population_yearend_derived", z, 2013) for z in GEOGRAPHY.ids])
    part = (_YEAR_END_2012 - _CENSUS_2010) / (2014.0 - _CENSUS_2010)
    path = census ** (1 - part) * late**part
    for p, area in enumerate(("beijing", "tianjin", "hebei_official")):
        inside = GEOGRAPHY.province[:N_ZONES] == p
        path[inside] *= value("region_series", "population_resident", area, 2012) / path[inside].sum()
    return path


def _share(variable: str) -> NDArray[np.float64]:
    """Return a census count as a share of residents by zone, interpolated to the end of 2012."""
    late = (_YEAR_END_2012 - _CENSUS_2010) / (_CENSUS_2020 - _CENSUS_2010)
    shares = []
    for z in GEOGRAPHY.ids:
        first = value("zone_series", variable, z, 2010) / value("zone_series", "population", z, 2010)
        last = value("zone_series", variable, z, 2020) / value("zone_series", "population", z, 2020)
        shares.append((1 - late) * first + late * last)
    return np.asarray(shares)


def age_bands() -> NDArray[np.float64]:
    """Return shares of residents by age band, shape (n_zones, n_bands)."""
    young = np.stack([_share(f"pop_age_{b}") for b in ("0_14", "15_24", "25_44", "45_59")], axis=1)
    old = _share("pop_age_60plus")
    bands = np.column_stack([young, old * (1 - OVER_75), old * OVER_75])
    return np.asarray(bands / bands.sum(axis=1, keepdims=True))


def origins() -> NDArray[np.float64]:
    """Return shares of residents by home zone, shape (n_zones, n_origins)."""
    other_province = _share("migrants_other_province")
    beijing = GEOGRAPHY.in_region("beijing")
    totals = zone_totals()
    other_province[beijing] *= _BEIJING_MIGRANTS / (other_province * totals)[beijing].sum()
    same_province = _share("migrants_other_county_same_province")
    pull = _origin_weights()
    shares = np.zeros((N_ZONES, N_ORIGINS))
    for z in range(N_ZONES):
        province = PROVINCES[int(GEOGRAPHY.province[z])]
        inside = GEOGRAPHY.province[:N_ZONES] == GEOGRAPHY.province[z]
        for name, part in ORIGINS[province].items():
            there = GEOGRAPHY.province[:N_ZONES] == PROVINCES.index(name)
            weights = np.where(there, pull[z], 0.0)
            shares[z, :N_ZONES] += other_province[z] * part * weights / weights.sum()
        shares[z, ROC] = other_province[z] * (1 - sum(ORIGINS[province].values()))
        weights = np.where(inside & (np.arange(N_ZONES) != z), pull[z], 0.0)
        crossing = same_province[z] * CROSSING[province]
        shares[z, :N_ZONES] += crossing * weights / weights.sum()
        shares[z, z] += 1.0 - other_province[z] - crossing
    return shares


def _origin_weights() -> NDArray[np.float64]:
    """Return population times distance decay between zones, (n_zones of residence, n_zones of origin)."""
    east = (GEOGRAPHY.lon[:, None] - GEOGRAPHY.lon[None, :]) * 85.0
    north = (GEOGRAPHY.lat[:, None] - GEOGRAPHY.lat[None, :]) * 111.0
    return np.asarray(zone_totals()[None, :] * np.exp(-np.hypot(east, north) / _DECAY))


def college_share() -> NDArray[np.float64]:
    """Return college graduates as a share of all residents, by zone."""
    return _share("pop_college_plus")


def _fit() -> NDArray[np.float64]:
    """Return shares by zone, education, home zone and age band that meet the margins."""
    age, home, college = age_bands(), origins(), college_share()
    adults = (SEED_COLLEGE * age)[:, 1:].sum(axis=1, keepdims=True)
    level = np.minimum(college[:, None] * SEED_COLLEGE / adults, 0.9)
    education = np.stack([(1 - level) * (1 - SENIOR), (1 - level) * SENIOR, level], axis=1)
    own = (np.arange(N_ORIGINS)[None, :] == np.arange(N_ZONES)[:, None])[:, :, None]
    lean = np.where(own, 1.0, SEED_MIGRANT)
    cells = education[:, :, None, :] * (home[:, :, None] * lean)[:, None] * age[:, None, None, :]
    for _ in range(60):
        cells *= (age / cells.sum(axis=(1, 2)))[:, None, None, :]
        cells *= (home / np.maximum(cells.sum(axis=(1, 3)), 1e-300))[:, None, :, None]
        adults = cells[..., 1:].sum(axis=(2, 3))
        graduates, others = college / adults[:, 2], (adults.sum(axis=1) - college) / adults[:, :2].sum(axis=1)
        cells[:, 2, :, 1:] *= graduates[:, None, None]
        cells[:, :2, :, 1:] *= others[:, None, None, None]
        mothers = cells[..., 2] / np.maximum(cells[..., 2].sum(axis=1, keepdims=True), 1e-300)
        cells[..., 0] = mothers * cells[..., 0].sum(axis=1, keepdims=True)
    return np.asarray(cells / cells.sum(axis=(1, 2, 3), keepdims=True))


def _within_bands() -> NDArray[np.float64]:
    """Return the share of its band at each single age, shape (n_zones, n_ages)."""
    age = age_bands()
    within = np.zeros((N_ZONES, N_AGES))
    edges = np.array([*BAND_STARTS, N_AGES])
    for z in range(N_ZONES):
        smooth = PchipInterpolator(edges, np.append(0.0, age[z].cumsum()))
        single = np.diff(smooth(np.arange(N_AGES + 1)))
        taper = np.where(np.arange(N_AGES) >= 75, np.exp(-(np.arange(N_AGES) - 75) / 7.0), 1.0)
        single = np.maximum(single, 0.0) * taper
        for b in range(len(BAND_STARTS)):
            inside = BAND_OF_AGE == b
            within[z, inside] = single[inside] / single[inside].sum()
    return within


@functools.cache
def opening_people() -> NDArray[np.float64]:
    """Return expected persons by zone, education, home zone and age at the opening (`census_shape`)."""
    cells, within = _fit(), _within_bands()
    people = cells[..., BAND_OF_AGE] * within[:, None, None, :] * zone_totals()[:, None, None, None]
    people.setflags(write=False)
    return np.asarray(people)


def sample_residents(people: NDArray[Any], residents_per_agent: int, seed: int) -> Residents:
    """Return agents drawn systematically from `people`, integer weights summing to the zone totals.

    Zone totals are rounded to whole persons. In each zone one keyed offset spaces round(people /
    residents_per_agent) agents evenly over the cells, so that every margin is met to one agent.
    """
    draws = Draws(seed, "populate", 0)
    totals = np.rint(people.sum(axis=(1, 2, 3))).astype(np.int64)
    parts = []
    for z in range(N_ZONES):
        n = max(1, round(int(totals[z]) / residents_per_agent))
        cumulative = people[z].ravel().cumsum()
        offset = draws.uniform(np.array([z], dtype=np.uint64))[0]
        at = (np.arange(n) + offset) / n * cumulative[-1]
        cell = np.searchsorted(cumulative, at, side="right").clip(0, cumulative.size - 1)
        low, extra = divmod(int(totals[z]), n)
        weight = np.full(n, low, dtype=np.int64)
        weight[np.unique((np.arange(extra) * n) // max(extra, 1))] += 1
        ids = draws.child(np.uint64(z) * np.uint64(2**40) + np.arange(n, dtype=np.uint64), 1)
        parts.append(_agents(z, cell, weight, ids, draws))
    sector = _sectors(parts, people, draws)
    columns = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    residents: Residents = Residents.of(**columns, sector=sector)
    return residents


def _agents(
    z: int, cell: NDArray[np.int64], weight: NDArray[np.int64], ids: NDArray[np.uint64], draws: Draws
) -> dict[str, NDArray[Any]]:
    """Return the columns of one zone's agents; `cell` is sorted."""
    education, origin, age = np.unravel_index(cell, (N_EDUCATION, N_ORIGINS, N_AGES))
    kin = ids.astype(np.uint32)
    children = np.flatnonzero(age < 15)
    base = cell[children] - age[children]
    low = np.searchsorted(cell, base + age[children] + 20)
    high = np.searchsorted(cell, base + np.minimum(age[children] + 45, N_AGES))
    pick = low + (draws.uniform(ids[children], 2) * (high - low)).astype(np.int64)
    found = high > low
    kin[children[found]] = ids[pick[found]].astype(np.uint32)
    quarter = (ids >> np.uint64(7)).astype(np.int64) & 3
    return {
        "zone": np.full(len(cell), z, dtype=np.uint8),
        "origin": origin.astype(np.uint8),
        "education": education.astype(np.uint8),
        "weight": weight.astype(np.uint16),
        "born": np.where(age == 0, -1, quarter - 4 * age).astype(np.int16),
        "kin": kin,
        "id": ids,
    }


def employed_by_sector(people: NDArray[Any]) -> NDArray[np.float64]:
    """Return employed residents by zone, education and sector: participation, the census mix, IPF."""
    workers = (people.sum(axis=2) * (_EMPLOYED * PARTICIPATION[BAND_OF_AGE])).sum(axis=2)
    mix = job_shares(_YEAR_END_2012) * workers.sum(axis=1, keepdims=True)
    cells = mix[:, None, :] * _TILT
    for _ in range(50):
        cells *= (workers / cells.sum(axis=2))[:, :, None]
        cells *= (mix / np.maximum(cells.sum(axis=1), 1e-300))[:, None, :]
    return np.asarray(cells)


def _sectors(parts: list[dict[str, NDArray[Any]]], people: NDArray[Any], draws: Draws) -> NDArray[np.uint8]:
    """Return the opening sector of every agent, NO_JOB for those who do not work."""
    mix = employed_by_sector(people)
    cumulative = np.cumsum(mix / mix.sum(axis=2, keepdims=True), axis=2)
    chosen = []
    for z, part in enumerate(parts):
        age = -(part["born"].astype(np.int64) // 4)
        works = (
            draws.uniform(part["id"], 3) < _EMPLOYED * PARTICIPATION[BAND_OF_AGE[np.minimum(age, N_AGES - 1)]]
        )
        u = draws.uniform(part["id"], 4)
        sector = (u[:, None] > cumulative[z][part["education"]]).sum(axis=1).clip(0, N_SECTORS - 1)
        chosen.append(np.where(works, sector, NO_JOB).astype(np.uint8))
    return np.concatenate(chosen)
