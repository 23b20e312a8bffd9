"""Branching: parents stay, branches are no legal units, and Xiong'an's offers follow their path."""

import numpy as np
import pytest
from firm_worlds import BEIJING, draws, lived, make_world, process
from plans import JJJ, flat

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.branching import Branching, offered_to
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION, ROC
from jjj_sim.running import clock
from jjj_sim.state.firms import BRANCH, OFFER

XIONGAN = REGION.index("xiongan")
OFFERS = LeverPlan("xiongan_offers", flat(0.0, (4, 610.0)), paths={"central_soe": flat(0.0, (4, 25.0))})


def branched(world):
    """The world after one quarter's branching alone."""
    tables = clock.tables(world)
    process(world, "branching").sweep(world, tables["branching"], draws(world, "branching"))
    return world


def test_half_of_the_large_rate_at_fifty_jobs():
    law = Branching(JJJ, rate=0.4)
    assert law.hazard(np.log(50.0)) == pytest.approx(0.05)
    assert law.hazard(np.log(500.0)) == pytest.approx(0.1, rel=1e-3)
    assert law.hazard(np.log(5.0)) < 1e-4


def test_branches_leave_parents_and_legal_units_alone():
    world = make_world()
    before = world.tables.firm_units.copy()
    parents = {n: c.copy() for n, c in world.firms.arrays().items()}
    f = branched(world).flows
    np.testing.assert_array_equal(world.firms.count(0.0, before.shape)[0], before)
    for name, column in parents.items():
        np.testing.assert_array_equal(getattr(world.firms, name)[: len(column)], column)
    new = slice(len(parents["id"]), None)
    assert np.all(world.firms.flags[new] == BRANCH)
    assert world.firms.weight[new].sum() == f.firms_branched[:, :ROC].sum() > 100
    assert np.all(f.firms_branched[:, :N_ZONES][:, BEIJING] == 0)
    assert np.all(f.firms_relocated == 0)
    assert np.all(f.jobs_carried == 0)


def test_a_branch_has_a_tenth_of_its_parents_jobs():
    world = make_world(parameters={"branching": {"spread": 0.0}})
    n, offset = len(world.firms), world.tables.firm_offset
    jobs = np.exp(offset[world.firms.zone, world.firms.sector] + world.firms.x)
    children = draws(world, "branching").child(world.firms.id, 0)
    parent = dict(zip(children.tolist(), jobs, strict=True))
    firms = branched(world).firms
    size = np.exp(offset[firms.zone, firms.sector] + firms.x)[n:]
    np.testing.assert_allclose(size, [0.1 * parent[i] for i in firms.id[n:].tolist()])


@pytest.mark.parametrize("twin", [False, True])
def test_offers_are_filled_to_the_last(twin):
    world = lived(make_world(twin=twin, residents_per_agent=20_000, xiongan_offers=OFFERS), 6)
    assert world.stocks.firms_of_capital_origin[XIONGAN] == pytest.approx(610)
    assert world.stocks.central_soe_branches[XIONGAN] == pytest.approx(25)
    assert world.stocks.firms_of_capital_origin.sum() == pytest.approx(610)


def test_offers_are_apart_from_branches_and_moves():
    world = lived(make_world(parameters={"branching": {"rate": 0.0}}, xiongan_offers=OFFERS), 4)
    firms = world.firms
    assert np.all(firms.zone[firms.flags == OFFER] == XIONGAN)
    assert np.all(BEIJING[firms.birth_zone[firms.flags == OFFER]])
    assert not np.any(firms.flags == BRANCH)


def test_where_agents_are_few_one_takes_several():
    world = make_world()
    parents = np.arange(7)
    winners, number = offered_to(world.firms, parents, 20, draws(world, "branching"), 1)
    assert sorted(winners) == list(range(7))
    assert sorted(number) == [2, 3, 3, 3, 3, 3, 3]
    assert len(offered_to(world.firms, parents[:0], 20, draws(world, "branching"), 1)[0]) == 0


def test_agents_and_twin_branch_alike():
    agents = [branched(make_world(seed=s)).flows.firms_branched for s in range(4)]
    twin = make_world(twin=True)
    tables = clock.tables(twin)
    process(twin, "branching").expect(twin, tables["branching"])
    expected, mean = twin.flows.firms_branched, np.mean(agents, axis=0)
    assert mean.sum() == pytest.approx(expected.sum(), rel=0.15)
    inside = [x[:, :ROC].sum() / x.sum() for x in (mean, expected)]
    assert inside[0] == pytest.approx(inside[1], abs=0.02)


def test_the_science_park_opens_a_part_and_closes_a_part():
    world = make_world(twin=True, parameters={"branching": {"park_share": 0.3, "park_closing": 0.08}})
    process(world, "branching").open(world)
    before = world.stocks.park_branches.copy()
    assert before.sum() == pytest.approx(2_520.0)
    assert np.all(before[BEIJING] == 0)
    lived(world, 1)
    came = world.flows.firms_branched[:N_ZONES, :N_ZONES].sum(axis=(0, 2))
    assert came.sum() > 100
    np.testing.assert_allclose(world.stocks.park_branches, 0.98 * before + 0.3 * came)
