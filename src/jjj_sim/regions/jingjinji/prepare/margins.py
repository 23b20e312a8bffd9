"""What the censuses say of each zone at the end of 2012, and the seeds where they say nothing.

Margins by zone: total, age bands, college graduates, residents with hukou (户口) in another province or in
another county of their province. Shares are linear between the censuses of November 2010 and 2020, on the
borders of each; Tianjin's two zones take their shares of 2010 plus the city's change, since Binhai's border
moved. Totals are the provinces' published year-end 2012 population, split by the zones' log-linear path from
the census of 2010 (borders of 2020) to their year-end 2013 figures.

Imputed, each by the constant named: OVER_75, ELSEWHERE, SENIOR_SHARE of 2010, NATION_2012, SEED_COLLEGE,
SEED_SENIOR, MIGRANT_AGE, MOVER_AGE, MIGRANT_SKILL, MOVER_SKILL, DECAY_KM, COUNTY_DECAY_KM.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

from jjj_sim.laws.distance import AT_RANDOM, kilometres
from jjj_sim.laws.fitting import fit
from jjj_sim.region.axes import AGES, CENSUS_STARTS, HUKOU
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, PROVINCES, REGION, ROC
from jjj_sim.regions.jingjinji.statistics.tables import series, value

OPENING = 2013.0
_CENSUS_2010, _CENSUS_2020 = 2010.83, 2020.83
_LATE = (OPENING - _CENSUS_2010) / (_CENSUS_2020 - _CENSUS_2010)
_OFFICIAL = ("beijing", "tianjin", "hebei_official")
_PROVINCE = REGION.province[:N_ZONES]

N_AGES = len(AGES)
# Bands of the margins, by completed age; the last edge is open.
BAND_EDGES = (*CENSUS_STARTS, N_AGES)
N_FITTED = len(CENSUS_STARTS)
# Share of the over-sixties who are 75 and over [A]: published ranges are 22 to 28 %.
OVER_75 = 0.25
# Persons per 100 with senior secondary school, 2010 [R: census bulletins of the provinces] and 2020 [L: 7th
# census bulletin no. 6, scshuyue.cn/hush/2553.html].
SENIOR_SHARE = {"beijing": (0.2122, 0.1759), "tianjin": (0.2065, 0.1772), "hebei": (0.1271, 0.1386)}
# College graduates by band relative to 25-44 [R]. Beijing's old are more often graduates: 18.8 % of the
# over-sixties in 2010, 20.6 % in 2020 [L: Beijing 7th census, dawenbaishu.com/answer/82329.html].
SEED_COLLEGE = {
    "beijing": (0.0, 0.85, 1.0, 0.46, 0.24, 0.28, 0.24),
    "tianjin": (0.0, 1.05, 1.0, 0.42, 0.28, 0.28, 0.22),
    "hebei": (0.0, 1.15, 1.0, 0.40, 0.26, 0.22, 0.14),
}
# Senior secondary among those short of college, by band relative to the mean [R]: high among the young, who
# are still at school, and those born about 1955-62.
SEED_SENIOR = (0.0, 1.6, 0.95, 1.0, 0.55, 0.45, 0.3)
# Ages of residents with hukou in another province, and of those from elsewhere in the province, relative to
# people at home [R: Beijing, census of 2010: 7, 26, 52, 11 and 4 % in 0-14, 15-24, 25-44, 45-59, 60+].
MIGRANT_AGE = (0.74, 1.74, 1.67, 0.42, 0.28, 0.25, 0.12)
MOVER_AGE = (0.7, 1.5, 1.4, 0.75, 0.6, 0.55, 0.5)
# Odds of junior, senior and college education relative to people at home of the same age. Migrants in Beijing
# and Tianjin are less often graduates than locals (Beijing 2010: 24 against 36 % [R]); in Hebei they are
# students and workers in the towns of a rural province [A]. Movers inside a province likewise [A].
MIGRANT_SKILL = {"beijing": (1.0, 0.6, 0.30), "tianjin": (1.0, 0.6, 0.35), "hebei": (1.0, 1.2, 1.5)}
MOVER_SKILL = (1.0, 1.3, 2.0)
# Home provinces of residents with hukou in another province [A]: migration.csv gives Hebei in Beijing and in
# Tianjin and Tianjin in Beijing (`_elsewhere`); these small ones are assumed. The rest is the rest of China.
ELSEWHERE = {("tianjin", "beijing"): 0.015, ("hebei", "beijing"): 0.040, ("hebei", "tianjin"): 0.030}
# Decay of home zones with distance between provinces and between counties of a province, km [A].
DECAY_KM, COUNTY_DECAY_KM = 250.0, 60.0
# The nation's people at the end of 2012 between these completed ages, million [R: census of 2010 by five-year
# groups, two years older, births of 2011 and 2012, survivors over 65]. Only its shape inside a band is used.
NATION_AGES = (0, 1, 2, 7, 12, 17, 22, 27, 32, 37, 42, 47, 52, 57, 62, 67, 72, 77, 82, 87, 92, 97, 101)
NATION_2012 = (
    *(16.4, 16.0, 75.5, 70.9, 74.9, 99.9, 127.4, 101.0, 97.1, 118.0, 124.8),
    *(105.6, 78.8, 81.3, 58.7, 39.5, 30.5, 20.9, 10.6, 3.8, 0.9, 0.2),
)


def zone_totals() -> NDArray[np.float64]:
    """Return residents by zone at the end of 2012, persons, shape (n_zones,)."""
    census = np.array([value("zone_series", "population_2020_borders", z, 2010) for z in REGION.ids])
    later = np.array([value("zone_series", "population_yearend_derived", z, 2013) for z in REGION.ids])
    part = (OPENING - _CENSUS_2010) / (2014.0 - _CENSUS_2010)
    path = census ** (1 - part) * later**part
    for p, area in enumerate(_OFFICIAL):
        inside = p == _PROVINCE
        path[inside] *= value("region_series", "population_resident", area, 2012) / path[inside].sum()
    return path


def _counts(variable: str, year: int) -> NDArray[np.float64]:
    return np.array([value("zone_series", variable, z, year) for z in REGION.ids])


def share(variable: str) -> NDArray[np.float64]:
    """Return a census count as a share of residents at the end of 2012, shape (n_zones,)."""
    first, last = (_counts(variable, y) / _counts("population", y) for y in (2010, 2020))
    tianjin = REGION.inside("tianjin")
    city = [_counts(variable, y)[tianjin].sum() / _counts("population", y)[tianjin].sum() for y in (2010, 2020)]
    last[tianjin] = first[tianjin] + city[1] - city[0]
    return np.asarray((1 - _LATE) * first + _LATE * last)


def age_bands() -> NDArray[np.float64]:
    """Return shares of residents by band of BAND_EDGES, shape (n_zones, 7)."""
    young = np.stack([share(f"pop_age_{b}") for b in ("0_14", "15_24", "25_44", "45_59")], axis=1)
    over_60, over_65 = share("pop_age_60plus"), share("pop_age_65plus")
    over_75 = OVER_75 * over_60
    bands = np.column_stack([young, over_60 - over_65, over_65 - over_75, over_75])
    return np.asarray(bands / bands.sum(axis=1, keepdims=True))


def single_ages(bands: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares of residents by completed age, shape (n_zones, n_ages), that add up to `bands`.

    The cumulated share of a zone is interpolated monotonically (Fritsch, Carlson 1980) against the nation's,
    so that every zone keeps the nation's large and small cohorts and has no steps at the edges of bands.
    Children are as many as their province's births of 2010-2012 for the first three years of age, the
    others of the band in the nation's proportions [D].
    """
    counted = np.append(0.0, np.cumsum(NATION_2012))
    nation = PchipInterpolator(NATION_AGES, counted / counted[-1])(np.arange(N_AGES + 1))
    edges = nation[list(BAND_EDGES)]
    cumulated = np.column_stack([np.zeros(len(bands)), bands.cumsum(axis=1)])
    ages = np.diff(PchipInterpolator(edges, cumulated, axis=1)(nation), axis=1)
    persons = bands[:, 0] * zone_totals()
    for p, area in enumerate(_OFFICIAL):
        inside = p == _PROVINCE
        born = _births(area) / persons[inside].sum()
        older = np.diff(nation)[len(born) : BAND_EDGES[1]]
        children = np.append(born, (1.0 - born.sum()) * older / older.sum())
        ages[inside, : BAND_EDGES[1]] = bands[inside, :1] * children
    return np.asarray(ages)


def _births(area: str) -> NDArray[np.float64]:
    """Return published births of 2012, 2011 and 2010, persons."""
    rate = series("region_series", "birth_rate", area)
    people = series("region_series", "population_resident", area)
    mean = {y: (people[max(y - 1, 2010)] + people[y]) / 2 for y in (2012, 2011, 2010)}
    return np.array([rate[y] / 1000.0 * mean[y] for y in mean])


def education() -> NDArray[np.float64]:
    """Return residents over 15 by education as shares of all residents, shape (n_zones, 3).

    College as counted by zone; senior secondary as the same part of the others in all zones of a province.
    """
    adults, college = 1.0 - share("pop_age_0_14"), share("pop_college_plus")
    totals = zone_totals()
    senior = np.zeros(N_ZONES)
    for p, name in enumerate(PROVINCES[:3]):
        inside = p == _PROVINCE
        others = (totals * (adults - college))[inside].sum() / totals[inside].sum()
        first, last = SENIOR_SHARE[name]
        senior[inside] = ((1 - _LATE) * first + _LATE * last) / others
    return np.column_stack([(1 - senior) * (adults - college), senior * (adults - college), college])


def seed() -> NDArray[np.float64]:
    """Return the joint seed of the fitting, shape (n_zones, 3, n_hukou, 7), level free.

    National and provincial ratios of education by age, and of age and education by hukou; no joint table is
    published, and a flat seed would give inner Beijing's over-sixties 45 % college.
    """
    college, levels = share("pop_college_plus"), age_bands()
    cells = np.zeros((N_ZONES, 3, len(HUKOU), N_FITTED))
    for z in range(N_ZONES):
        province = PROVINCES[_PROVINCE[z]]
        ratio = np.array(SEED_COLLEGE[province])
        graduates = np.minimum(college[z] * ratio / (ratio * levels[z]).sum(), 0.85)
        finished = np.minimum(0.25 * np.array(SEED_SENIOR), 0.8)
        schooling = [(1 - graduates) * (1 - finished), (1 - graduates) * finished, graduates]
        ages = (np.ones(N_FITTED), np.array(MOVER_AGE), np.array(MIGRANT_AGE))
        skills = (np.ones(3), np.array(MOVER_SKILL), np.array(MIGRANT_SKILL[province]))
        for h in range(len(HUKOU)):
            mix = np.array(schooling) * skills[h][:, None]
            cells[z, :, h] = mix / mix.sum(axis=0) * ages[h]
    return cells


def _elsewhere(province: str) -> dict[str, float]:
    """Return which part of the residents with hukou in another province is at home in which other one."""
    found = {home: part for (here, home), part in ELSEWHERE.items() if here == province}
    stock = ("migration", "stock_hukou_by_origin", province)
    everybody = ("migration", "stock_hukou_in_other_province", province)
    if province == "beijing":
        first, last = (value(*stock, y, origin="Hebei") / value(*everybody, y) for y in (2010, 2020))
        found["hebei"] = (1 - _LATE) * first + _LATE * last
        found["tianjin"] = value(*stock, 2020, origin="Tianjin") / value(*everybody, 2020)
    if province == "tianjin":
        found["hebei"] = value(*stock, 2010, origin="Hebei") / value(*everybody, 2010)
    return found


def _kilometres() -> NDArray[np.float64]:
    """Return distances between zones' centres of people; inside a zone that of two points at random."""
    return kilometres(REGION.lon, REGION.lat, REGION.area_km2, AT_RANDOM)


def absent() -> NDArray[np.float64]:
    """Return persons at home in a zone who lived elsewhere in 2010, by zone: hukou less those at home."""
    at_home = _counts("population", 2010) - _counts("migrants_other_province", 2010)
    at_home -= _counts("migrants_other_county_same_province", 2010)
    return np.maximum(_counts("hukou_population", 2010) - at_home, 0.0)


def movers() -> NDArray[np.float64]:
    """Return residents from another county of their province, shape (zone of residence, home zone), persons.

    Gravity with decay COUNTY_DECAY_KM fitted to those who arrived (margin of the census) and those absent
    from their home zone (2010, scaled to the arrivals); the diagonal moved between counties of one zone.
    """
    arrived = share("migrants_other_county_same_province") * zone_totals()
    flows = np.exp(-_kilometres() / COUNTY_DECAY_KM) * (_PROVINCE[:, None] == _PROVINCE[None, :])
    single = REGION.index("bj_subcentre")
    flows[single, single] = 0.0
    left = absent()
    for p in range(3):
        inside = p == _PROVINCE
        left[inside] *= arrived[inside].sum() / left[inside].sum()
    return fit(flows, [((1,), left), ((0,), arrived)], rounds=200)


def origins() -> NDArray[np.float64]:
    """Return residents by home zone, persons, shape (n_zones, n_origins).

    Beijing's residents from other provinces are scaled to the published figure of 2013. Home zones in another
    province weigh by their absent people and decay with distance (DECAY_KM).
    """
    totals = zone_totals()
    migrants = share("migrants_other_province") * totals
    beijing = REGION.inside("beijing")
    published = value("migration", "stock_nonlocal_hukou_residents", "beijing", 2013)
    migrants[beijing] *= published / migrants[beijing].sum()
    pull = absent()[None, :] * np.exp(-_kilometres() / DECAY_KM)
    persons = np.zeros((N_ZONES, (N_ZONES + 1)))
    persons[:, :ROC] = movers()
    for z in range(N_ZONES):
        parts = _elsewhere(PROVINCES[_PROVINCE[z]])
        for name, part in parts.items():
            there = np.where(PROVINCES.index(name) == _PROVINCE, pull[z], 0.0)
            persons[z, :ROC] += migrants[z] * part * there / there.sum()
        persons[z, ROC] = migrants[z] * (1.0 - sum(parts.values()))
        persons[z, z] += totals[z] - persons[z].sum()
    return persons
