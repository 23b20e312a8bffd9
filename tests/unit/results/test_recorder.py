"""From quarters to years, and from arrays to tidy tables."""

import numpy as np
import pandas as pd
import pytest
from plans import JJJ

from jjj_sim.running.recorder import Recorder

COLUMNS = ["scenario", "member", "period", "area", "area_kind", "variable", "value", "unit"]


def _one(frame, variable, area, kind, period):
    rows = frame[
        (frame.variable == variable) & (frame.area == area) & (frame.area_kind == kind) & (frame.period == period)
    ]
    assert len(rows) == 1
    return rows.value.item()


@pytest.fixture
def recorded(make_world, live):
    world = make_world()
    recorder = Recorder(world.plan)
    kept = []
    for t in range(8):
        live(world, t)
        kept.append({k: v.copy() for k, v in world.state().items()})
        recorder.record(world)
    return recorder, kept


def test_stocks_close_flows_sum_and_rates_are_ratios_of_sums(recorded):
    recorder, kept = recorded
    annual = recorder.frames("hand", 0).annual
    people = [k["people"].sum(axis=(1, 2, 3)) for k in kept]
    assert _one(annual, "population", "bj_core", "zone", 2013) == pytest.approx(people[3][0])
    births = sum(k["flows.births"].sum() for k in kept[4:])
    assert _one(annual, "births", "jjj", "total", 2014) == pytest.approx(births)
    above = sum((k["tables.pm25_observed"] * p).sum() for k, p in zip(kept[:4], people[:4], strict=True))
    assert _one(annual, "pm25_breathed", "jjj", "total", 2013) == pytest.approx(above / np.sum(people[:4]))
    share = sum(k["tables.va_nominal"].sum() for k in kept[4:]) / sum(float(k["tables.national_gdp"]) for k in kept[4:])
    assert _one(annual, "gdp_share_of_nation", "jjj", "total", 2014) == pytest.approx(100 * share)


def test_growth_is_on_the_year_before_and_has_no_first_year(recorded):
    recorder, kept = recorded
    frames = recorder.frames("hand", 0)
    real = np.array([k["tables.value_added"].sum() for k in kept])
    by_year = 100 * (real[4:].sum() / real[:4].sum() - 1)
    assert _one(frames.annual, "gdp_real_growth", "jjj", "total", 2014) == pytest.approx(by_year)
    by_quarter = 100 * (real[5] / real[1] - 1)
    assert _one(frames.series, "gdp_real_growth", "jjj", "total", "2014Q2") == pytest.approx(by_quarter)
    growth = frames.annual[frames.annual.variable == "gdp_real_growth"]
    assert growth.period.min() == 2014
    assert growth.value.notna().all()


def test_tables_are_tidy_and_xiongan_is_both_a_zone_and_a_region(recorded):
    frames = recorded[0].frames("hand", 3)
    for frame in (frames.annual, frames.series):
        assert list(frame.columns) == COLUMNS
        assert not frame.duplicated(["period", "area", "area_kind", "variable"]).any()
        assert (frame.member == 3).all()
    zone = _one(frames.annual, "population", "xiongan", "zone", 2014)
    assert zone == _one(frames.annual, "population", "xiongan", "region", 2014)
    rail = frames.annual[frames.annual.variable == "high_speed_rail_length"]
    assert set(rail.area) == {"jjj"}
    assert list(frames.series.period.cat.categories[:2]) == ["2013Q1", "2013Q2"]


def test_population_closes_with_births_deaths_and_net_migration(make_world, live):
    world = make_world()
    recorder = Recorder(world.plan)
    rng = np.random.default_rng(5)
    live(world, 0)
    world.people = np.full(world.people.shape, 10.0)
    for t in range(8):
        people = world.people
        live(world, t)
        world.people = people.copy()
        births, deaths = rng.integers(0, 50, (2, JJJ.n_zones))
        moves = rng.integers(0, 9, (JJJ.n_zones + 1, JJJ.n_zones + 1)).astype(float)
        world.flows.births, world.flows.deaths, world.flows.moves = births, deaths, moves
        change = births - deaths + moves[:, : JJJ.n_zones].sum(axis=0) - moves[: JJJ.n_zones].sum(axis=1)
        world.people[:, 0, 0, 30] += change
        recorder.record(world)
    annual = recorder.frames("hand", 0).annual
    table = annual.pivot(index=["area_kind", "area"], columns=["variable", "period"], values="value")
    change = table["population", 2014] - table["population", 2013]
    flows = table["births", 2014] - table["deaths", 2014] + table["net_migration", 2014]
    np.testing.assert_allclose(change, flows, rtol=0, atol=1e-6)


def test_flows_between_zones_and_between_regions(make_world, live, place):
    world = make_world("2013Q4")
    recorder = Recorder(world.plan)
    core, inner, xiongan = place("bj_core"), place("bj_inner"), place("xiongan")
    for t in range(4):
        live(world, t)
        world.flows.clear()
        world.flows.moves[core, xiongan], world.flows.moves[inner, xiongan] = 2.0, 1.0
        world.flows.moves[core, inner], world.flows.moves[JJJ.roc, core] = 5.0, 4.0
        world.flows.firms_moved_by_relief[core, xiongan, 1] = 1.0
        recorder.record(world)
    flows = recorder.frames("hand", 0).flows
    assert list(flows.columns)[:8] == [
        "member",
        "period",
        "kind",
        "group",
        "origin",
        "destination",
        "value",
        "unit",
    ]
    people = flows[flows.kind == "residents"].set_index(["area_kind", "origin", "destination"]).value
    assert people["region", "beijing", "xiongan"] == 12.0
    assert people["region", "rest_of_china", "beijing"] == 16.0
    assert ("region", "beijing", "beijing") not in people.index
    assert people["zone", "bj_core", "bj_inner"] == 20.0
    firms = flows[(flows.kind == "firms_relocated") & (flows.area_kind == "zone")]
    assert list(zip(firms.group, firms.value, strict=True)) == [("relief.general_manufacturing", 4.0)]


def test_a_restored_record_goes_on_to_the_same_tables(make_world, live, recorded):
    straight = recorded[0].frames("hand", 0)
    world = make_world()
    first, second = Recorder(world.plan), Recorder(world.plan)
    for t in range(5):
        live(world, t)
        first.record(world)
    second.restore(first.state())
    for t in range(5, 8):
        live(world, t)
        second.record(world)
    for a, b in zip(straight, second.frames("hand", 0), strict=True):
        pd.testing.assert_frame_equal(a, b, check_exact=True)


def test_quarters_are_recorded_in_order(make_world):
    world = make_world()
    recorder = Recorder(world.plan)
    world.t = 3
    with pytest.raises(ValueError, match="2013Q4 comes after 0 recorded quarters"):
        recorder.record(world)
