"""The opening firms: the register by province, sampled without bias, the listed and the named one by one."""

import numpy as np
import pytest
from firm_worlds import BEIJING, PROVINCE, make_world

from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.populate.firms import SITES, opening_units
from jjj_sim.regions.jingjinji.statistics.registry import UNITS_2013
from jjj_sim.state.firms import NAMED, SITE

MOVES = LeverPlan(
    "headquarters_moves",
    events={
        "early": Event(3, {"jobs": 800.0}, {"origin": "bj_core"}),
        "never": Event(None, {"jobs": 500.0}, {}),
    },
)


@pytest.fixture(scope="module")
def world():
    return make_world(residents_per_agent=1000, headquarters_moves=MOVES)


def test_units_by_province_are_the_register_taken_back_a_year(world):
    units = opening_units(world.tables.jobs, world.region, world.data.firms).sum(axis=1)
    found = [units[PROVINCE == p].sum() for p in range(3)]
    np.testing.assert_allclose(found, UNITS_2013 * np.exp(-np.array([0.10, 0.065, 0.20])))


def test_agents_stand_for_the_expected_units(world):
    expected = opening_units(world.tables.jobs, world.region, world.data.firms)
    np.testing.assert_allclose(world.tables.firm_units.sum(), expected.sum(), rtol=0.005)
    made = world.tables.firm_units[BEIJING][:, 1]
    np.testing.assert_allclose(made, expected[BEIJING][:, 1], atol=6)


def test_ids_are_unique_and_the_list_has_weight_one(world):
    firms = world.firms
    assert len(np.unique(firms.id)) == len(firms)
    listed = firms.rows(BEIJING[:, None] & (np.arange(9) == 1))
    assert np.all(firms.weight[listed] == 1)
    assert set(np.unique(firms.weight)) == {1, 10, 200}


def test_sites_are_beijings_and_named_institutions_stand_at_home(world):
    firms = world.firms
    sites = firms.flags == SITE
    assert sites.sum() == SITES
    assert np.all(BEIJING[firms.zone[sites]])
    assert firms.zone[firms.flags == NAMED].tolist() == [0, 1]


def test_the_largest_units_hold_at_least_the_published_share_of_jobs(world):
    """3,937 headquarters firms hold 27.9 % of Beijing's jobs; they are a list, so that the largest hold no less."""
    firms = world.firms
    inside = BEIJING[firms.zone] & (firms.flags == 0)
    jobs = np.exp(world.tables.firm_offset[firms.zone, firms.sector] + firms.x)[inside]
    weight = firms.weight[inside].astype(float)
    order = np.argsort(jobs)[::-1]
    top = np.cumsum(weight[order]) <= 3937
    assert (jobs * weight)[order][top].sum() / (jobs * weight).sum() == pytest.approx(0.34, abs=0.06)
