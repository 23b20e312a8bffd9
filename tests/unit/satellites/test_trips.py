"""Trips by hand: levels of the opening, what people, jobs, minutes and trains do to them, and what is left out."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim.indicators import area_value
from jjj_sim.satellites.trips import NO_TRAIN, Trips

INNER, URBAN, XIONGAN, XINGTAI, OUTER = map(JJJ.index, ("bj_inner", "tj_urban", "xiongan", "xingtai", "bj_outer"))
ALL = np.arange(JJJ.n_zones)


def lived(law=None, t=0, change=None):
    """A world an hour across, large in the capital and the pilot, that lived the opening's quarter and then `t`."""
    world = world_of(law or Trips(JJJ))
    tables, size = world.tables, np.where(JJJ.capital | JJJ.role("pilot"), 5.0, 1.0)
    world.people[:, 0, 0, 30] = 1e6 * size
    tables.minutes, tables.household_income, tables.consumer_price = 60.0, 5.0 * size, 1.0
    tables.jobs = 1e5 * size[:, None]
    law = world.processes[0]
    law.act(world)
    if change:
        change(world)
    if t:
        world.t = t
        law.act(world)
    return world


def kept(world, name):
    return world.satellites[name]


def yearly_rail(world):
    return 4.0 * float(kept(world, "rail_inside").sum() + kept(world, "rail_outside").sum())


def test_the_opening_is_the_published_one():
    world = lived()
    data = world.data.trips
    assert yearly_rail(world) == pytest.approx(float(data.rail_departures))
    assert 4.0 * area_value(world, "rail_capital_pilot", ALL) == pytest.approx(float(data.rail_capital_pilot))
    assert area_value(world, "rail_passengers", ALL) == pytest.approx(float(data.rail_departures) / 4.0)


def test_nobody_travels_inside_a_city_and_trips_go_both_ways():
    rail = kept(lived(), "rail_inside")
    assert rail[INNER, OUTER] == rail[INNER, INNER] == 0.0
    assert rail[INNER, URBAN] > 0.0
    np.testing.assert_allclose(rail, rail.T)


def test_twice_the_income_is_two_to_the_elasticity_of_visits_and_no_more_business():
    def richer(world):
        world.tables.household_income *= 2.0

    before, after = lived(Trips(JJJ, income=0.4)), lived(Trips(JJJ, income=0.4), t=1, change=richer)
    visits, business, _ = kept(after, "trips_inside").sum(axis=1) / kept(before, "trips_inside").sum(axis=1).clip(1e-9)
    assert (visits, business) == pytest.approx((2.0**0.4, 1.0))
    assert kept(after, "rail_outside").sum() == pytest.approx(2.0**0.4 * kept(before, "rail_outside").sum())


def test_an_hour_nearer_is_e_times_the_trips():
    def nearer(world):
        world.tables.minutes[INNER, URBAN] = world.tables.minutes[URBAN, INNER] = 0.0

    before, after = lived(), lived(t=1, change=nearer)
    ratio = kept(after, "rail_inside")[INNER, URBAN] / kept(before, "rail_inside")[INNER, URBAN]
    assert ratio == pytest.approx(np.e, rel=0.02)  # a quarter's better timetable beside


def test_a_new_line_brings_passengers_and_the_first_train_the_first():
    world = lived()
    before = kept(world, "train_minutes").copy(), kept(world, "rail_inside").copy()
    world.t = 43
    world.processes[0].act(world)
    first = (before[0] == NO_TRAIN) & (kept(world, "train_minutes") < NO_TRAIN)
    city = JJJ.groups["city"][1]
    first &= city[:, None] != city[None]
    assert first.any()
    assert (before[1][first] == 0.0).all()
    assert (kept(world, "rail_inside")[first] > 0.0).all()
    assert kept(world, "rail_inside")[INNER, XIONGAN] > before[1][INNER, XIONGAN]


def test_the_epidemic_leaves_a_part_and_commuting_whole():
    def commute(world):
        world.flows.commuters[XINGTAI, INNER] = 100.0

    before, after = lived(t=27, change=commute), lived(t=29, change=commute)
    left = float(after.data.trips.travelled.held(2020))
    assert 0.2 < left < 0.6
    for zone in (INNER, XINGTAI):
        assert kept(after, "trips_inside")[0, zone] == pytest.approx(left * kept(before, "trips_inside")[0, zone])
    commuting = kept(after, "trips_inside")[2]
    np.testing.assert_allclose(commuting, kept(before, "trips_inside")[2])
    assert commuting[INNER] == commuting[XINGTAI] == pytest.approx(100.0 * 250.0, rel=0.005)


def test_those_who_live_far_from_work_come_once_a_week():
    def commute(world):
        world.flows.commuters[XINGTAI, INNER] = 100.0
        world.tables.minutes[XINGTAI, INNER] = 240.0

    assert kept(lived(t=1, change=commute), "trips_inside")[2, INNER] == pytest.approx(100.0 * 50.0, rel=0.005)


def test_the_share_inside_is_what_the_assumed_share_of_rail_makes_it():
    half, most = (lived(Trips(JJJ, rail_beyond=share)) for share in (0.5, 0.7))
    inside = kept(half, "trips_inside")[:2].sum()
    expected = 100.0 * inside / (inside + kept(half, "rail_outside").sum() / 0.5)
    assert area_value(half, "passenger_flow_internal_share", ALL) == pytest.approx(expected)
    assert area_value(most, "passenger_flow_internal_share", ALL) > expected


def test_rides_leave_out_the_way_to_the_train():
    world = lived()
    world.satellites["train_minutes"] = 84.0 + 45.0
    assert area_value(world, "beijing_tianjin_xiongan_ride", ALL) == pytest.approx(45.0)
    assert area_value(world, "cities_within_hour_ride", ALL) == pytest.approx(100.0)
    world.satellites["train_minutes"] = 84.0 + 61.0
    assert area_value(world, "cities_within_hour_ride", ALL) == pytest.approx(100.0 * 3 / 13)
