"""The nation's output and prices by model sector, from value added by published industry.

    n_i(t)  = share_i(t) N_b(t)          nominal; N_b: the broad sector, share_i inside it, same vintage
    g_rest  = (g_b - sum_i w_i g_i) / w_rest,   w = nominal shares of the year before
    g_s     = sum_i n_is(t-1) g_i / sum_i n_is(t-1),     p_s = n_s / y_s

so sectors weighted by value added grow as the published broad sectors, every year. N_b stands on the fifth
economic census, as the provinces do by which a run is judged: what that census made of the broad sectors of
2023, beside GDP, comes in evenly from the census of 2018 on (`_revised`). The rest of a broad
sector is what no industry claims: industry in the secondary (6.7 % in 2014, 4.8 in 2019, as published), in
the tertiary the other services; an industry without a published rate shares the growth of the rest.
Advanced manufacturing (sector 2) outgrows industry as equipment manufacturing outgrows industry above
scale, whose definition it nearly is (IO mapping `advanced`); its nominal share moves as the published one,
so its prices fall. Software's prices fall too: real growth of a fifth a year at the prices of all services
would double its weight. Until 2013 sectors share the growth and prices of their broad sector; after the
last nominal year (LAST_NOMINAL) they share its prices.

Splits [D], input-output table of 2018: trade into wholesale and retail; other services into consumer
services, research and public functions, which therefore grow alike.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics import national
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS
from jjj_sim.regions.jingjinji.statistics.tables import frame, series, value

START = 2013
LAST_NOMINAL = 2023
BASE = 2018  # input-output table behind the splits
# Years of the fourth and fifth economic census.
CENSUSES = (2018, 2023)
SECONDARY = ("construction", "industry")
TERTIARY = ("trade", "transport", "catering", "finance", "real_estate", "information", "business", "rest")
WHOLESALE = 0.568  # share of trade, input-output table of 2018 [D]
# Where an industry goes; industry and the rest of services are split below.
_SECTOR = {"construction": 3, "real_estate": 3, "transport": 4, "catering": 6}
_SECTOR |= {"finance": 5, "information": 5, "business": 5}
_TABLE = "industry_series"


def _figures(name: str) -> NDArray[np.float64]:
    """Return a series for START..LAST, nan where nothing is published."""
    found = series(_TABLE, name, "nation")
    return np.array([found.get(y, np.nan) for y in range(START, national.LAST + 1)])


@functools.cache
def _broad() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return growth in the year (nan in START), share, and nominal level, bn yuan, of three sectors."""
    first = START - national.FIRST
    real = national.real_output()[1][first:]
    base = [value("national_series", f"va_{b}_4ec", "nation", START) for b in national.BROAD]
    growth = np.vstack([np.full(3, np.nan), real[1:] / real[:-1] - 1.0])
    return growth, np.array(base) * real * national.deflators()[1][first:] * _revised()


def _revised() -> NDArray[np.float64]:
    """Return what the fifth census made of the broad sectors beside GDP, (n_years, 3), START..LAST.

    1 to the census of 2018, the published ratio from that of 2023 on, log-linear between. The census changed levels:
    real growth is published as final, so that the ratio is one of prices.
    """
    year = CENSUSES[1]
    new = np.array([value("region_series", f"va_{b}_5ec", "nation", year) for b in national.BROAD])
    old = np.array([value("national_series", f"va_{b}_4ec", "nation", year) for b in national.BROAD])
    ratio = np.log(new / new.sum()) - np.log(old / old.sum())
    done = np.interp(np.arange(START, national.LAST + 1), CENSUSES, (0.0, 1.0))
    return np.asarray(np.exp(done[:, None] * ratio))


def _growth(names: tuple[str, ...], shares: NDArray[np.float64], broad: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return real growth by year and industry: published, else that of the rest, which closes the sum."""
    known = [n for n in names if n not in ("industry", "rest")]
    growth = np.full((len(broad), len(names)), np.nan)
    growth[:, [names.index(n) for n in known]] = np.stack([_figures(f"va_growth_real_{n}") for n in known], 1) / 100.0
    for t in range(1, len(broad)):
        weight, given = shares[t - 1], ~np.isnan(growth[t])
        left = broad[t] - (weight[given] * growth[t, given]).sum()
        growth[t, ~given] = left / weight[~given].sum()
    return growth


def _shares(names: tuple[str, ...], broad: str) -> NDArray[np.float64]:
    """Return nominal shares in the broad sector by year and industry, nan after LAST_NOMINAL.

    Software and business services, not published before 2016, keep their part of the unpublished.
    """
    total = _figures(f"va_{broad}")
    shares = np.full((len(total), len(names)), np.nan)
    for i, name in enumerate(names[:-1]):
        shares[:, i] = _figures(f"va_{name}") / total
    first = 2016 - START
    missing = np.isnan(shares[0, :-1])
    pool = 1.0 - shares[:first, :-1][:, ~missing].sum(axis=1)
    within = shares[first, :-1][missing] / (1.0 - shares[first, :-1][~missing].sum())
    shares[:first, np.flatnonzero(missing)] = pool[:, None] * within
    shares[:, -1] = 1.0 - shares[:, :-1].sum(axis=1)
    return shares


def _carried(shares: NDArray[np.float64], names: tuple[str, ...], broad: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return shares with the years after LAST_NOMINAL filled: real growth at one price."""
    filled = shares.copy()
    for t in range(LAST_NOMINAL - START + 1, len(filled)):
        growth = _growth(names, filled, broad)[t]
        filled[t] = filled[t - 1] * (1.0 + growth) / (1.0 + broad[t])
    return filled


def _table_value_added() -> dict[int, float]:
    """Return value added by sector in the input-output table of BASE, sector 2 as `advanced`, bn yuan."""
    table = frame("io_coefficients")
    wanted = (table["measure"] == "value_added_100m_yuan") & (table["variant"] == "advanced")
    found = table[wanted & (table["table_year"] == BASE)]
    return {int(s): 0.1 * float(v) for s, v in zip(found["to_sector"], found["value"], strict=True)}


def _advanced(industry: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return sector 2's nominal share of industry, and growth of sectors 1 and 2, (n_years, 2)."""
    made = _table_value_added()
    published = _figures("share_equipment_manufacturing")
    published[0] = published[1]
    share = published / published[BASE - START] * made[2] / (made[1] + made[2])
    lead = (1.0 + _figures("va_growth_real_equipment_manufacturing") / 100.0) / (
        1.0 + _figures("va_growth_real_above_scale_industry") / 100.0
    )
    second = (1.0 + industry) * lead - 1.0
    first = np.full_like(second, np.nan)
    first[1:] = (industry[1:] - share[:-1] * second[1:]) / (1.0 - share[:-1])
    return share, np.stack([first, second], axis=1)


def _rest_split() -> dict[int, float]:
    """Return the shares of sectors 6, 7 and 8 in other services: input-output table less trade and catering."""
    made = _table_value_added()
    trade, catering = (value(_TABLE, f"va_{n}", "nation", BASE) for n in ("trade", "catering"))
    parts = {6: made[6] - (1.0 - WHOLESALE) * trade - catering, 7: made[7], 8: made[8]}
    return {s: v / sum(parts.values()) for s, v in parts.items()}


@functools.cache
def by_industry() -> tuple[dict[str, NDArray[np.float64]], dict[str, NDArray[np.float64]]]:
    """Return nominal value added, bn yuan, and real growth in the year by industry, START..LAST.

    Names of SECONDARY and TERTIARY, `rest` the other services; growth of START is nan.
    """
    growth, level = _broad()
    nominal: dict[str, NDArray[np.float64]] = {}
    real: dict[str, NDArray[np.float64]] = {}
    for names, b in ((SECONDARY, 1), (TERTIARY, 2)):
        shares = _carried(_shares(names, national.BROAD[b]), names, growth[:, b])
        found = _growth(names, shares, growth[:, b])
        for i, name in enumerate(names):
            nominal[name], real[name] = shares[:, i] * level[:, b], found[:, i]
    return nominal, real


@functools.cache
def _parts() -> list[tuple[int, NDArray[np.float64], NDArray[np.float64]]]:
    """Return (sector, nominal, growth) of every part of every sector."""
    nominal, real = by_industry()
    growth, level = _broad()
    parts = [(0, level[:, 0], growth[:, 0])]
    parts += [(s, nominal[n], real[n]) for n, s in _SECTOR.items()]
    parts += [(s, w * nominal["trade"], real["trade"]) for s, w in ((4, WHOLESALE), (6, 1.0 - WHOLESALE))]
    parts += [(s, w * nominal["rest"], real["rest"]) for s, w in _rest_split().items()]
    share, made = _advanced(real["industry"])
    industry = nominal["industry"]
    return [*parts, (1, (1.0 - share) * industry, made[:, 0]), (2, share * industry, made[:, 1])]


@functools.cache
def value_added() -> NDArray[np.float64]:
    """Return the nation's nominal value added by sector START..LAST, bn yuan, (n_years, n_sectors)."""
    found = np.zeros((national.LAST - START + 1, N_SECTORS))
    for s, nominal, _ in _parts():
        found[:, s] += nominal
    return found


@functools.cache
def growth() -> NDArray[np.float64]:
    """Return real growth in the year by sector, (n_years, n_sectors), START..LAST; nan in START."""
    found = np.zeros((national.LAST - START + 1, N_SECTORS))
    for s, nominal, rate in _parts():
        found[1:, s] += nominal[:-1] * rate[1:]
    found[1:] /= value_added()[:-1]
    found[0] = np.nan
    return found


@functools.cache
def real_output() -> NDArray[np.float64]:
    """Return real value added by sector, national.FIRST..LAST, (n_years, n_sectors), 2013 = 1."""
    before = national.by_sector(national.real_output()[1])[: START - national.FIRST]
    return np.vstack([before, np.ones(N_SECTORS), np.cumprod(1.0 + growth()[1:], axis=0)])


@functools.cache
def deflators() -> NDArray[np.float64]:
    """Return deflators of value added by sector, national.FIRST..LAST, (n_years, n_sectors), 2013 = 1."""
    before = national.by_sector(national.deflators()[1])[: START - national.FIRST]
    nominal = value_added() / value_added()[0]
    return np.vstack([before, nominal / real_output()[START - national.FIRST :]])


@functools.cache
def construction_deflator() -> NDArray[np.float64]:
    """Return the price of building, national.FIRST..LAST, (n_years,), 2013 = 1; before 2013 the secondary's.

    Construction's own: that of sector 3 holds what real estate earns, which rose three times as much.
    """
    nominal, real = (found["construction"] for found in by_industry())
    price = nominal / nominal[0] / np.append(1.0, np.cumprod(1.0 + real[1:]))
    return np.append(national.deflators()[1][: START - national.FIRST, 1], price)
