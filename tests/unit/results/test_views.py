"""Chains and core functions by hand: quotients, specialised zones, purchases across provinces, jobs and freed floor."""

from dataclasses import replace

import numpy as np
import pytest
from plans import JJJ, flat

from jjj_sim.indicators import area_value, indicators
from jjj_sim.indicators.areas import areas
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

INNER, BINHAI, URBAN, BAODING = map(JJJ.index, ("bj_inner", "tj_binhai", "tj_urban", "baoding"))
HIGHTECH = JJJ.sector("hightech_manufacturing")
FARMS = JJJ.sector("agriculture")
CAPITAL = np.flatnonzero(JJJ.capital)


@pytest.fixture
def alike(make_world):
    """A world in which every zone makes a thousandth of what the nation makes of each sector."""
    world = make_world()
    world.tables.national_output = 1.1
    world.tables.national_deflator = 1.2
    world.tables.va_nominal[...] = 1e-3 * world.data.nation.value_added_2013 * 1.1 * 1.2 / 4.0
    return world


def quotient(world, zones):
    return area_value(world, "location_quotient_hightech_manufacturing", zones)


def test_a_zone_made_as_the_nation_is_has_a_quotient_of_one(alike):
    assert quotient(alike, [INNER]) == pytest.approx(1.0)
    assert area_value(alike, "specialised_places", np.arange(JJJ.n_zones)) == 0


def test_quotients_by_hand_of_a_zone_and_of_two(alike):
    made = alike.tables.va_nominal
    added = made[INNER, HIGHTECH]
    made[INNER, HIGHTECH] *= 2.0
    part, whole = added / made[BINHAI].sum(), made[BINHAI].sum()
    assert quotient(alike, [INNER]) == pytest.approx(2.0 * added / (whole + added) / part)
    assert quotient(alike, [INNER, BINHAI]) == pytest.approx(3.0 * added / (2.0 * whole + added) / part)


def test_a_specialised_zone_needs_its_quotient_and_its_size(alike):
    made = alike.tables.va_nominal
    made[BINHAI, HIGHTECH] *= 6.0  # .6 % of the nation's
    made[BAODING, HIGHTECH] *= 4.0  # .4 %
    made[URBAN] *= 6.0  # large and as the nation is
    made[INNER, FARMS] *= 6.0  # no chain
    assert area_value(alike, "specialised_places", np.arange(JJJ.n_zones)) == 1
    assert area_value(alike, "specialised_places", [BINHAI]) == 1


def test_purchases_across_provinces_by_hand(make_world):
    world = make_world()
    sold = world.flows.sales
    sold[BINHAI, INNER], sold[INNER, INNER], sold[JJJ.roc, INNER] = (
        3.0,
        9.0,
        100.0,
    )  # the world outside is no part of it
    sold[URBAN, BINHAI], sold[BAODING, BINHAI] = 5.0, 5.0
    assert area_value(world, "cross_province_purchases", [INNER]) == pytest.approx(100 * 3 / 12)
    assert area_value(world, "cross_province_purchases", [BINHAI]) == pytest.approx(50.0)
    assert area_value(world, "cross_province_purchases", [INNER, BINHAI]) == pytest.approx(100 * 8 / 22)


def test_coordinated_chains_raise_purchases_across_provinces():
    plan = load_scenario("baseline").plan()

    def bought(**levers):
        world = clock.opened(replace(plan, levers={**plan.levers, **levers}), 1, twin=True)
        clock.simulate(world, until=4)
        return area_value(world, "cross_province_purchases", np.arange(JJJ.n_zones))

    lever = LeverPlan("chain_coordination", path=flat(0.3))
    assert bought(chain_coordination=lever) > 1.05 * bought()


def test_jobs_of_core_functions_and_densities_by_hand(make_world):
    world = make_world()
    world.tables.jobs[INNER] = 1000.0
    world.people[INNER] = 2.0
    centres = len(JJJ.in_role("four_centres"))
    assert area_value(world, "four_centre_job_share", [INNER]) == pytest.approx(100 * centres / JJJ.n_sectors)
    assert area_value(world, "job_density", [INNER]) == pytest.approx(1000.0 * JJJ.n_sectors / JJJ.area_km2[INNER])
    people = 2.0 * np.prod(world.people.shape[1:])
    both = JJJ.area_km2[[INNER, BINHAI]].sum()
    assert area_value(world, "people_density", [INNER, BINHAI]) == pytest.approx(people / both)


def test_freed_floor_is_told_of_the_capital_and_reused_as_the_lever_says(make_world):
    world = make_world()
    world.memory.jobs_freed[INNER] = 400.0
    world.policy.land_reuse = 0.25
    assert area_value(world, "jobs_freed_by_relief", CAPITAL) == 400.0
    assert area_value(world, "freed_floor_reused", CAPITAL) == 100.0
    told = [area.name for area in areas(JJJ) if indicators(JJJ)["jobs_freed_by_relief"].covers(area)]
    assert told == [*(JJJ.ids[z] for z in CAPITAL), "beijing"]
