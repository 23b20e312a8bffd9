"""A made-up result with the shape of a real one: every indicator, five members, numbers near the published."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from plans import JJJ

from jjj_sim.charts.comparison import HEADLINE, MORE
from jjj_sim.comparing.comparison import pair
from jjj_sim.indicators import areas, indicators
from jjj_sim.indicators.ages import groups_of_age, key
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.scorecard import scorecard
from jjj_sim.regions.jingjinji.statistics.tables import series
from jjj_sim.running.result import Result
from jjj_sim.scenario.posterior import draws_of

YEARS = np.arange(2013, 2031)
N_MEMBERS = 5
_STEP = YEARS - 2013.0
_REGION = JJJ.area
_BEIJING = _REGION == 0
_XIONGAN = JJJ.index("xiongan")


def _population():
    """Residents, shape (n_years, n_zones)."""
    start = np.array([series("zone_series", "population_2020_borders", z)[2010] for z in JJJ.ids])
    end = np.array([series("zone_series", "population", z)[2020] for z in JJJ.ids])
    growth = np.log(end / start) / 10
    path = end * np.exp(growth * np.minimum(YEARS - 2020, 4)[:, None])
    path[:, _XIONGAN] = np.interp(YEARS, [2013, 2020, 2024, 2030], [1.09e6, 1.2e6, 1.36e6, 1.95e6])
    return path


def _output():
    """GDP at current prices, bn yuan, shape (n_years, n_zones)."""
    table = [series("zone_series_2", "gdp_5ec_consistent", z) for z in JJJ.ids]
    known = np.array([[t[y] for t in table] for y in range(2013, 2025)])
    later = known[-1] * 1.05 ** (YEARS[YEARS > 2024] - 2024)[:, None]
    return np.vstack([known, later])


def _by_zone(scale):
    """Variables by zone, shape (n_years, n_zones); `scale` grows Xiong'an and shrinks Beijing a little."""
    people, gdp = _population(), _output()
    people[:, _XIONGAN] *= 1 + scale * np.clip(_STEP - 8, 0, None) / 9
    people[:, _BEIJING] *= (1 - 0.02 * scale * np.clip(_STEP - 8, 0, None) / 9)[:, None]
    level = 1.6 - 0.4 * _REGION / 3 + np.zeros_like(people)
    tertiary = np.clip(np.array([0.8, 0.55, 0.4, 0.42])[_REGION] + 0.012 * _STEP[:, None], 0, 0.86)
    primary = np.array([0.005, 0.02, 0.09, 0.12])[_REGION] * np.exp(-0.02 * _STEP[:, None])
    found = {
        "population": people,
        "gdp_nominal": gdp,
        "gdp_real": gdp * np.exp(-0.015 * _STEP[:, None]),
        "gdp_share_primary": 100 * primary,
        "gdp_share_secondary": 100 * (1 - primary - tertiary),
        "gdp_share_tertiary": 100 * tertiary,
        "births": people * 0.011 * np.exp(-0.05 * _STEP[:, None]),
        "deaths": people * 0.0065 * np.exp(0.01 * _STEP[:, None]),
        "employment": people * 0.52,
        "firms": people * 0.03 * level * np.exp(0.05 * _STEP[:, None]),
        "house_price": 8000 * level**3,
        "wage": 60000 * level * np.exp(0.05 * _STEP[:, None]),
        "service_index": level + 0.01 * _STEP[:, None] * (_REGION == 3),
        "pm25": np.array([89, 96, 110, 108])[_REGION] * np.exp(-0.09 * np.minimum(_STEP, 12))[:, None],
        "mean_travel_minutes": (180 - 20.0 * _BEIJING) * np.exp(-0.02 * _STEP[:, None]),
        "firms_of_beijing_origin": np.interp(YEARS, [2017, 2024, 2030], [0, 4100, 6500])[:, None],
        "central_soe_branches": np.interp(YEARS, [2017, 2024, 2030], [0, 310, 600])[:, None],
    }
    found["net_migration"] = np.diff(people, axis=0, prepend=people[:1]) - found["births"] + found["deaths"]
    found["firm_entries"], found["firm_exits"] = 0.16 * found["firms"], 0.11 * found["firms"]
    for name, share in (("closed_by_relief", 2e-4), ("relocated_by_relief", 3e-4), ("relocated_out", 2e-3)):
        found[f"firms_{name}"] = share * found["firms"] * _BEIJING
    for group in groups_of_age():
        found[f"residents_aged_{key(*group)}"] = people / 18
        found[f"non_locals_aged_{key(*group)}"] = people / 90
    return found


_COUNTS = ("persons", "bn yuan", "bn yuan of 2013", "units", "firms", "m2")


def _value(indicator, area, zones):
    """Values of an indicator over an area, shape (n_years,)."""
    alone = {
        "gdp_share_of_nation": 9.3 - 0.07 * _STEP,
        "high_speed_rail_length": np.interp(YEARS, [2013, 2015, 2020, 2024, 2030], [1284, 1616, 2288, 2669, 3200]),
        "services_theil": 0.03 * np.exp(-0.03 * _STEP),
        "relocated_general_manufacturing_firms": np.interp(YEARS, [2013, 2018, 2024, 2030], [288, 2648, 3650, 4000]),
        "relocated_or_upgraded_markets": np.interp(YEARS, [2013, 2018, 2024, 2030], [0, 790, 1010, 1050]),
    }
    if indicator.name in alone:
        return alone[indicator.name]
    if indicator.name not in zones:
        return 10.0 + 0.3 * _STEP
    values = np.broadcast_to(zones[indicator.name], (len(YEARS), JJJ.n_zones))
    if indicator.unit in _COUNTS:
        return (values * area.inside).sum(axis=1)
    weight = zones["gdp_nominal" if "share" in indicator.name else "population"] * area.inside
    return (values * weight).sum(axis=1) / weight.sum(axis=1)


def _annual(name, n_members, scale):
    zones, rng, rows = _by_zone(scale), np.random.default_rng(7), []
    for indicator in indicators(JJJ).values():
        for area in areas(JJJ):
            if not indicator.covers(area):
                continue
            value = _value(indicator, area, zones)
            luck = 1 + np.cumsum(rng.normal(0, 0.004, (n_members, len(YEARS))), axis=1)
            exact = indicator.name in ("high_speed_rail_length", "firms_of_beijing_origin", "central_soe_branches")
            rows.append((indicator, area, value * (1 if exact else luck)))
    n = n_members * len(YEARS)
    columns = {
        "scenario": [name] * n * len(rows),
        "member": np.tile(np.repeat(np.arange(n_members), len(YEARS)), len(rows)),
        "period": np.tile(YEARS, n_members * len(rows)),
        "area": np.repeat([area.name for _, area, _ in rows], n),
        "area_kind": np.repeat([area.kind for _, area, _ in rows], n),
        "variable": np.repeat([indicator.name for indicator, _, _ in rows], n),
        "value": np.concatenate([np.broadcast_to(v, (n_members, len(YEARS))).ravel() for *_, v in rows]),
        "unit": np.repeat([indicator.unit for indicator, _, _ in rows], n),
    }
    return pd.DataFrame(columns)


def _flows(n_members):
    rng = np.random.default_rng(3)
    pull = {"tj_urban": 30, "tj_binhai": 18, "xiongan": 12, "langfang_n3": 14, "baoding": 9, "rest_of_china": 25}
    regions = {"tianjin": 48, "xiongan": 12, "hebei": 23, "rest_of_china": 25}
    rows = [
        (m, y, kind, JJJ.sectors[1].key, origin, place, float(rng.poisson(5 * p)), "units", area_kind)
        for m in range(n_members)
        for y in YEARS
        for kind in ("firms_relocated", "firms_branched")
        for area_kind, origin, places in (("zone", "bj_inner", pull), ("region", "beijing", regions))
        for place, p in places.items()
    ]
    rows += [
        (m, y, "offers_taken", "xiongan", origin, "xiongan", 350.0, "units", area_kind)
        for m in range(n_members)
        for y in YEARS[YEARS > 2016]
        for area_kind, origin in (("zone", "bj_inner"), ("region", "beijing"))
    ]
    rows += [
        (m, y, kind, "all", a, b, 1000.0 * (2 + i) + 300.0 * j, "persons", area_kind)
        for m in range(n_members)
        for y in YEARS
        for kind, beyond in (("residents", ("rest_of_china",)), ("commuters", ()))
        for area_kind, places in (("zone", JJJ.ids), ("region", JJJ.areas))
        for i, a in enumerate((*places, *beyond))
        for j, b in enumerate((*places, *beyond))
        if a != b
    ]
    columns = ["member", "period", "kind", "group", "origin", "destination", "value", "unit", "area_kind"]
    return pd.DataFrame(rows, columns=columns)


def make_result(name="baseline", n_members=N_MEMBERS, scale=0.0):
    """A made-up result; `scale` sets how much it differs from the base."""
    annual = _annual(name, n_members, scale)
    quarterly = annual.iloc[:0].assign(period=pd.Series(dtype=str))
    titles = {"baseline": ("Baseline", "基准情景"), "xiongan_sooner": ("Xiong'an takes off sooner", "雄安加速承接")}
    made = Result(
        name=name,
        annual=annual,
        series=quarterly,
        flows=_flows(n_members),
        manifest={
            "title": titles[name][0],
            "title_zh": titles[name][1],
            "members": n_members,
            "seed": 1,
            "draws": draws_of(JJJ).sha256,
        },
        scenario="",
        draws=draws_of(JJJ).table.head(n_members).rename_axis("member").reset_index(),
    )
    return dataclasses.replace(made, evidence=scorecard(Readings(made)))


@pytest.fixture(scope="session")
def result():
    """Five members of a made-up baseline."""
    return make_result()


@pytest.fixture(scope="session")
def comparison(result):
    """The made-up baseline against a variant in which Xiong'an grows."""
    shown = (result.annual["area_kind"] != "zone") & result.annual["variable"].isin((*HEADLINE, *MORE))
    variant = make_result("xiongan_sooner", scale=0.2)
    few = [dataclasses.replace(r, annual=r.annual[shown.to_numpy()]) for r in (result, variant)]
    return pair(few[0], few[1:])
