"""Congestion by hand: cars, people at work, metro, covid and capacity, and the lever that builds it."""

import math

import numpy as np
import pytest
from plans import JJJ, flat, idle
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.policy.registry import levers
from jjj_sim.running import clock
from jjj_sim.satellites.congestion import Congestion

INNER, N3, BINHAI = map(JJJ.index, ("bj_inner", "langfang_n3", "tj_binhai"))
LEVER = levers(JJJ)["beijing_congestion"]
OPENING, Y2022 = 2, quarters.parse("2022Q3")


def lived(law, t=OPENING, *, home=INNER, work=INNER, grown=1.0, covid=0.0, wanted=1.0, stands=1.0):
    """A world with a million at work in one zone in 2013Q1 and `grown` times as many in quarter `t`."""
    nothing = idle(LEVER)
    plan = type(nothing)(LEVER.name, path=flat(wanted), paths=nothing.paths, shares=nothing.shares)
    world = world_of(law, beijing_congestion=plan)
    world.memory.traffic_capacity = 1.0
    world.tables.employed[INNER, INNER] = 1e6 / JJJ.n_education
    law.act(world)
    world.tables.employed[...] = 0.0
    world.tables.employed[home, work] = grown * 1e6 / JJJ.n_education
    world.tables.covid, world.memory.traffic_capacity, world.t = covid, stands, t
    clock.announce(world)
    law.act(world)
    return world


def index(*args, **kwargs):
    return float(lived(*args, **kwargs).satellites["congestion_index"])


def test_the_middle_of_2013_is_the_published_index():
    """Half a quarter past the middle, on the line of cars and metro."""
    assert index(Congestion(JJJ, use=0.0, shift=0.0)) == pytest.approx(5.5)


def test_cars_people_and_metro_make_trips():
    law = Congestion(JJJ, use=0.5, shift=0.25)
    world = lived(law, Y2022, grown=1.2)
    data, time = world.data.congestion, quarters.middle(Y2022) - 0.5
    cars = (float(data.vehicles.at(time)) / 5.437e6) ** 0.5
    expected = 1.2**0.5 * cars * (float(data.metro.at(time)) / 465.0) ** -0.25
    assert float(world.satellites["car_trips"]) == pytest.approx(expected)


def test_who_comes_from_outside_counts_and_who_works_outside_does_not():
    assert index(Congestion(JJJ), home=N3, work=INNER) == pytest.approx(index(Congestion(JJJ)))
    assert index(Congestion(JJJ, use=0.5), home=INNER, work=BINHAI) == 0.0


def test_covid_keeps_trips_at_home():
    few, usual = (index(Congestion(JJJ, stay=0.8), covid=c) for c in (-0.03, 0.0))
    assert few == pytest.approx(usual * math.exp(-4.0 * 0.8 * 0.03))


def test_the_lottery_adds_vehicles_after_the_data():
    later = quarters.parse("2028Q3")
    less, more = (index(Congestion(JJJ, lottery=n), later) for n in (50_000.0, 100_000.0))
    assert less < more


def test_the_lever_lowers_the_index_as_capacity_stands():
    """A tenth more capacity, half of it filled by new trips: 1.1 to the power of -4 times .5."""
    base = index(Congestion(JJJ))
    assert index(Congestion(JJJ), wanted=1.1, stands=1.1) == pytest.approx(base * 1.1**-2)
    assert index(Congestion(JJJ), wanted=1.1, stands=1.0) == pytest.approx(base)
    assert index(Congestion(JJJ), wanted=0.9, stands=1.0) > base


def test_the_index_ends_at_ten():
    assert index(Congestion(JJJ, use=0.0), grown=3.0) == 10.0
    assert np.isfinite(index(Congestion(JJJ), grown=0.0))
