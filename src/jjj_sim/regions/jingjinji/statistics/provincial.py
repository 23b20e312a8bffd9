"""Value added of the provinces by published industry since 2013, and what their mix inside a sector is worth.

    v_pi(t) = v4_pi(t) (v5_pi(2019) / v4_pi(2019))^l_p(t)    before 2019; 4, 5: fourth and fifth economic census
    l_p(t)  = ln(Y5 / Y4)(t) over the same in 2019           of GDP, between 0 and 1
    m_ps(t) = sum_i w_psi n_i(t) / n_i(2013)  over the same with the nation's w,   w: shares in the sector, 2013

The fourth census prints industries to 2019, the provinces are judged on the fifth: an industry is brought over as the
censuses differ in the year that both print (Beijing's real estate by three quarters, rents imputed), to the extent that
GDP of the year was revised. Other services are one figure: software and business services are parts of it, Beijing's
as the first estimate of 2013 had them, the others' those of 2020 brought back as the nation's; the rest is divided as
in 2019. Trade is divided as the nation's. `n` is the nation's nominal value added: a sector has one price, so an
industry counts by what it is worth at it.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics import industries
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS
from jjj_sim.regions.jingjinji.statistics.tables import series, value

START, _BOTH = industries.START, 2019  # the opening; the year that both censuses print
_MIXED = 3  # building and real estate, the first sector that is not farming or industry
# Year in which other services were told apart; the first estimate tells the capital's of the opening too.
_TOLD, _FIRST = 2020, "beijing"
_NAMES = {"information": "ict", "business": "leasing_business"}
_SHARED = ("wholesale_retail", "transport", "accommodation_catering", "finance", "real_estate")


@functools.cache
def industry(area: str, name: str) -> dict[int, float]:
    """Return value added of a published industry (`va_<name>`) since START on the fifth census, bn yuan."""
    new, old = (series("region_series", f"va_{name}{ending}", area) for ending in ("", "_4ec"))
    ratio = new[_BOTH] / old[_BOTH]
    return {y: v * ratio ** _revised(area, y) for y, v in old.items() if START <= y < _BOTH} | new


def _revised(area: str, year: int) -> float:
    """Return l: how much of what the fifth census changed in 2019 it changed in `year`."""
    new, old = (series("region_series", f"gdp_nominal{ending}", area) for ending in ("", "_4ec"))
    found = np.log(new[year] / old[year]) / np.log(new[_BOTH] / old[_BOTH])
    return float(np.clip(found, 0.0, 1.0))


def _told_apart(area: str) -> dict[str, float]:
    """Return software's and business services' shares of a province's other services in 2013."""
    if area == _FIRST:
        estimate = functools.partial(value, "sector_base", "va_published_industry_first_estimate", area, START)
        services = estimate(sector="tertiary") - sum(estimate(sector=name) for name in _SHARED)
        return {name: estimate(sector=theirs) / services for name, theirs in _NAMES.items()}
    nation, _ = industries.by_industry()
    other = nation["information"] + nation["business"] + nation["rest"]
    shares = {name: nation[name] / other for name in _NAMES}
    told = functools.partial(value, "sector_base", "share_of_other_services_va", area.removesuffix("_official"), _TOLD)
    return {
        name: told(sector=theirs) * float(shares[name][0] / shares[name][_TOLD - START])
        for name, theirs in _NAMES.items()
    }


@functools.cache
def _parts(area: str) -> dict[tuple[int, str], float]:
    """Return value added of 2013 by sector from building on and industry (names of `industries`), bn yuan."""
    made = {name: industry(area, name)[START] for name in ("construction", *_SHARED, "other_services")}
    wholesale = industries.WHOLESALE
    parts = {
        (_MIXED, "construction"): made["construction"],
        (_MIXED, "real_estate"): made["real_estate"],
        (4, "trade"): wholesale * made["wholesale_retail"],
        (4, "transport"): made["transport"],
        (5, "finance"): made["finance"],
        (6, "trade"): (1.0 - wholesale) * made["wholesale_retail"],
        (6, "catering"): made["accommodation_catering"],
    }
    shares = _told_apart(area)
    parts |= {(5, name): share * made["other_services"] for name, share in shares.items()}
    rest = (1.0 - sum(shares.values())) * made["other_services"]
    late = {s: value("sector_base", "va", area, _BOTH, sector_id=str(s)) for s in (6, 7, 8)}
    late[6] -= industry(area, "accommodation_catering")[_BOTH]
    late[6] -= (1.0 - wholesale) * industry(area, "wholesale_retail")[_BOTH]
    return parts | {(s, "rest"): rest * part / sum(late.values()) for s, part in late.items()}


def value_added_2013(area: str) -> NDArray[np.float64]:
    """Return value added of 2013 by sector from building on, (n_sectors,), bn yuan; zero in farming and industry."""
    found = np.zeros(N_SECTORS)
    for (sector, _), made in _parts(area).items():
        found[sector] += made
    return found


@functools.cache
def mix(area: str) -> NDArray[np.float64]:
    """Return m, (n_years, n_sectors), from START to the nation's last year; 1 in START and in farming and industry."""
    nation, _ = industries.by_industry()
    made, ours = industries.value_added(), np.zeros_like(industries.value_added())
    for (sector, name), weight in _parts(area).items():
        ours[:, sector] += weight * nation[name] / nation[name][0]
    ours[:, :_MIXED] = 1.0
    ours[:, _MIXED:] /= made[:, _MIXED:]
    return np.asarray(ours / np.where(ours[0] > 0.0, ours[0], 1.0))
