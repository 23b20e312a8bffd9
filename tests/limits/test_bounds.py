"""Every bound of every parameter and lever lives, alone and in corners, and moves something; the slow tests try all."""

import bounds
import numpy as np
import pytest
from bounds import PARAMETERS, WITH_PRIOR, corner, default, lever_cases, live, moves, parameter_cases, tails

from jjj_sim.processes.migration import Migration
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

COARSE = {"per_agent": 20_000, "until": "2014Q4"}

# What moves nothing in the twin's record under the defaults: it moves the number of farms in the register, agents'
# luck and weather, or the books of the centre, none of which is recorded; or acts beside another.
REGISTER = {"firm_census.farms"}
AGENTS = {
    "innovation.contract",
    "innovation.luck",
    "emissions.weather_memory",
    "emissions.weather_sd",
    "emissions.weather_zone_sd",
    "emissions.weather",
}
LEDGER = {"budgets.local_income_tax", "budgets.central"}
ROADS = {"levers.beijing_congestion.path": [["2014Q1", 1.2]]}
BESIDE = {
    "firm_dynamics.floor": {"levers.land_reuse.path": [["2014Q1", 1.0]]},
    "firm_dynamics.small_tax": {"levers.tax_holiday.path": [["2014Q1", 0.5]]},
    "budgets.flypaper": {"levers.fiscal_equalisation.path": [["2014Q1", 0.9]]},
    "budgets.settled": {"levers.service_portability.path": [["2014Q1", 2106.0]]},
    **{f"transport.{name}": ROADS for name in ("aboard", "delay", "steepness", "induced", "building", "capacity_cost")},
}

# What broke at the opening or within its first year, and must not again.
BROKE = {
    "clean heating": {"levers.emission_standards.paths.clean_heating": [["2013Q1", 1.0]]},
    "no offices move": lever_cases()["levers.subcentre_move.events never"],
    "conversions": bounds.at("migration.conversions", 0.0),
    "increase": {"migration.migrant_increase": 0.03},
    "reconsider": {"migration.reconsider": Migration.reconsider.lo},
    "restless": {"migration.reconsider": 0.2, "migration.young": 3.0, "migration.skill": 2.0},
}


@pytest.mark.parametrize("name", BROKE)
def test_a_bound_that_broke_lives(name):
    assert live(BROKE[name], until="2013Q4").problem == ""


@pytest.mark.parametrize("seed", [0, 1])
def test_a_far_tail_of_all_priors_lives(seed):
    assert live(tails(WITH_PRIOR, seed), until="2017Q4").problem == ""


def test_a_sample_of_bounds_lives():
    labels = sorted(parameter_cases() | lever_cases())
    for label in np.random.default_rng(20).choice(labels, 3, replace=False):
        assert live((parameter_cases() | lever_cases())[label], until="2015Q4").problem == "", label


def test_where_hardly_anybody_reconsiders_the_old_of_the_core_still_can_be_inverted():
    few = {"migration.reconsider": Migration.reconsider.lo, "migration.old": Migration.old.lo}
    world = clock.build(load_scenario("baseline", **few).plan(), 1, twin=True)
    assert np.isfinite(world.opening.amenity).all()


@pytest.mark.slow
@pytest.mark.parametrize("label", parameter_cases())
def test_every_bound_of_every_parameter_lives(label):
    assert live(parameter_cases()[label]).problem == ""


@pytest.mark.slow
@pytest.mark.parametrize("label", lever_cases())
def test_every_bound_of_every_lever_lives(label):
    assert live(lever_cases()[label]).problem == ""


@pytest.mark.slow
@pytest.mark.parametrize("label", parameter_cases() | lever_cases())
def test_every_bound_lives_with_agents(label):
    assert live((parameter_cases() | lever_cases())[label], **COARSE).problem == ""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_corners_of_the_priors_live(seed):
    assert live(tails(WITH_PRIOR, seed)).problem == ""
    assert live(corner(WITH_PRIOR, seed)).problem == ""


@pytest.mark.slow
def test_corners_of_everything_live_or_name_the_parameters():
    ends = [live(corner(PARAMETERS, seed)) for seed in range(40)]
    assert [end.problem for end in ends if not end.told] == []
    assert all("Far from their defaults" in end.problem for end in ends if end.problem)


@pytest.mark.slow
@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_moves_something(name):
    p = PARAMETERS[name]
    how = COARSE if name in AGENTS | REGISTER else {}
    low, high = (live(BESIDE.get(name, {}) | bounds.at(name, value), **how) for value in (p.lo, p.hi))
    if name in LEDGER:
        assert not np.array_equal(low.money, high.money)
    elif name in REGISTER:
        assert moves(low.state, high.state)
    else:
        assert moves(low.record, high.record)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(REGISTER | AGENTS | LEDGER | set(BESIDE)))
def test_what_is_said_to_move_nothing_in_the_twin_does_not(name):
    for value in (PARAMETERS[name].lo, PARAMETERS[name].hi):
        assert not moves(live(bounds.at(name, value)).record, default())
