"""Homes for the old by hand: who needs care, where it is had, what cover and prices do, beds that are full."""

from dataclasses import replace

import numpy as np
import pytest
from plans import JJJ, flat, idle
from satellite_worlds import world_of

from jjj_sim.policy.registry import levers
from jjj_sim.satellites.elder_homes import ElderHomes

INNER, URBAN, N3, HANDAN = map(JJJ.index, ("bj_inner", "tj_urban", "langfang_n3", "handan"))
N = JJJ.n_zones


def opened(law=None, care=0.0, portability=0.0, very_old=1e4, registered=True, **tables):
    """A world of like zones, opened: a hundred thousand people of 65 and `very_old` of 85 in each, half an hour apart.

    Those of 85 are registered at home, or where not `registered` in the world outside.
    """
    lever = levers(JJJ)["elder_care"]
    world = world_of(law or ElderHomes(JJJ), elder_care=replace(idle(lever), path=flat(care)))
    for zone in range(N):
        world.people[zone, 0, zone, 65] = 1e5
        world.people[zone, 0, zone if registered else N, 85] = very_old
    world.tables.minutes, world.tables.wage, world.tables.portability = 30.0, 4e4, portability
    for name, value in tables.items():
        setattr(world.tables, name, value)
    world.processes[0].open(world)
    return world


def wage_of(zone, value):
    wage = np.full((N, JJJ.n_education), 4e4)
    wage[zone] = value
    return wage


def residents(world):
    return world.satellites["home_residents"]


def test_beds_are_the_published_ones():
    world = opened()
    beds, data = world.satellites["home_beds"], world.data.elder_homes
    assert beds[JJJ.capital].sum() == pytest.approx(90_000.0)
    city = JJJ.groups["city"][1][HANDAN]
    assert beds[HANDAN] == pytest.approx(data.beds_per_1000[city] * 110.0)


def test_shares_of_those_in_need_by_hand():
    law = ElderHomes(JJJ, homes=0.3, price=0.0, cover=0.0, reach=30.0)
    world = opened(law, minutes=45.0)
    odds = 0.3 * world.satellites["home_beds"] * 1e3 / (N * 1.1e5) * np.exp((30.0 - 45.0) / 30.0)
    expected = 0.3 * 1e4 * odds / (1.0 + odds.sum())
    np.testing.assert_allclose(residents(world)[HANDAN], expected)


def test_twice_the_wage_of_carers_draws_fewer_from_elsewhere_and_sends_more_away():
    before, after = opened(very_old=1e3), opened(very_old=1e3, wage=wage_of(INNER, 8e4))
    assert residents(after)[HANDAN, INNER] < 0.6 * residents(before)[HANDAN, INNER]
    assert residents(after)[INNER, N3] > 1.1 * residents(before)[INNER, N3]


def test_cover_that_follows_opens_homes_across_the_border_and_no_others():
    alone, items = opened(), opened(portability=0.5)
    assert residents(items)[INNER, N3] > 1.2 * residents(alone)[INNER, N3]
    assert residents(items)[HANDAN, URBAN] > 1.2 * residents(alone)[HANDAN, URBAN]
    assert residents(items)[HANDAN, HANDAN] < residents(alone)[HANDAN, HANDAN]


def test_care_that_follows_the_capitals_old_is_theirs_alone():
    alone, care = opened(), opened(care=1.0)
    assert residents(care)[INNER, N3] > 2.0 * residents(alone)[INNER, N3]
    np.testing.assert_allclose(residents(care)[HANDAN], residents(alone)[HANDAN])
    strangers = opened(care=1.0, registered=False)
    np.testing.assert_allclose(residents(strangers)[INNER], residents(opened(registered=False))[INNER])


def test_where_the_opening_stays_as_many_come_as_leave():
    world = opened()
    before = residents(world).copy()
    world.processes[0].act(world)
    kept = world.satellites
    np.testing.assert_allclose(kept["home_leavers"], before / 12.0)
    outside = ~JJJ.capital  # the capital's beds are a count
    np.testing.assert_allclose(kept["home_entrants"][:, outside], kept["home_leavers"][:, outside], rtol=0.02)
    np.testing.assert_allclose(residents(world), before + kept["home_entrants"] - kept["home_leavers"])


def test_more_of_the_very_old_fill_homes_and_never_more_than_the_beds():
    few, many = opened(), opened(very_old=2e4)
    assert residents(many).sum() > 1.5 * residents(few).sum()
    world = opened(ElderHomes(JJJ, homes=2.0, reach=120.0, stay=1.0), very_old=9e4)
    for _ in range(12):
        world.processes[0].act(world)
        assert (residents(world).sum(axis=0) <= world.satellites["home_beds"] * (1.0 + 1e-9)).all()
    assert residents(world).sum() > 0.8 * world.satellites["home_beds"].sum()
