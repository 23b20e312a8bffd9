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
    world = make_world()
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
    assert np.count_nonzero(firms.flags == OFFER) > 10
    assert np.all(firms.zone[firms.flags == OFFER] == XIONGAN)
    assert np.all(BEIJING[firms.birth_zone[firms.flags == OFFER]])
    assert not np.any(firms.flags == BRANCH)


def test_a_part_of_the_offers_comes_to_work_years_later():
    world = make_world(twin=True, parameters={"branching": {"working": 0.25, "wait": 5.0}}, xiongan_offers=OFFERS)
    registered, work = np.zeros(2), np.zeros(2)
    for t in range(8):
        lived(world, 1)
        registered = np.rint(np.minimum(np.array([610.0, 25.0]) * t / 4, [610.0, 25.0]))
        work += (0.25 * registered - work) / 20.0
        np.testing.assert_allclose(world.memory.offers_at_work, work)
    branches = world.firm_counts.branches[XIONGAN, list(JJJ.sector_roles["branching"])].sum()
    assert branches >= 0.9 * np.rint(work).sum()


@pytest.mark.parametrize("twin", [False, True])
def test_posts_leave_the_capital_with_offers_and_no_post_is_lost(twin):
    world = make_world(twin=twin, parameters={"branching": {"wait": 1.0}}, xiongan_offers=OFFERS)
    others, (named,) = [2, 5, 7], JJJ.sector_roles["named"]
    moved, firms = np.zeros(9), 0.0
    for _ in range(6):
        before = world.memory.offers_at_work.copy()
        flow = lived(world, 1).flows.jobs_moved_by_offer
        firms += np.rint(world.memory.offers_at_work[0]) - np.rint(before[0])
        assert flow[BEIJING.nonzero()[0], XIONGAN].sum() == pytest.approx(flow.sum())
        moved += flow.sum(axis=(0, 1))
    assert moved[named] > 0
    assert set(np.flatnonzero(moved)) == {*others, named}
    assert 5 < moved[others].sum() / firms < 40  # a tenth of firms of some 150 jobs
    posts = world.memory.offer_posts
    assert posts.sum() == pytest.approx(0.0, abs=1e-6)
    assert 0.9 * moved.sum() < posts[:, XIONGAN].sum() < moved.sum()
    assert np.all(posts[:, BEIJING] <= 0)


def test_posts_of_offers_age_and_close():
    world = make_world(twin=True, parameters={"firm_dynamics": {"branch_exit": 0.08}})
    posts = np.zeros((21, N_ZONES))
    posts[[0, 19, 20], XIONGAN] = 100.0, 10.0, 1.0
    world.memory.offer_posts = posts
    found = lived(world, 1).memory.offer_posts[:, XIONGAN]
    np.testing.assert_allclose(found[[0, 1, 19, 20]], [0.0, 98.0, 0.0, 0.98 * 11.0])


def test_agents_and_twin_move_as_many_posts():
    def posts(world):
        return sum(lived(world, 1).flows.jobs_moved_by_offer.sum() for _ in range(6))

    levers = {"parameters": {"branching": {"wait": 1.0}}, "xiongan_offers": OFFERS}
    agents = [posts(make_world(seed=seed, residents_per_agent=1000, **levers)) for seed in range(4)]
    assert np.mean(agents) == pytest.approx(posts(make_world(twin=True, **levers)), rel=0.15)


def test_where_agents_are_few_one_takes_several():
    ids = make_world().firms.id[:7]
    luck = draws(make_world(), "branching")
    winners, number = offered_to(ids, np.ones(7), 20, luck, 1)
    assert sorted(winners) == list(range(7))
    assert sorted(number) == [2, 3, 3, 3, 3, 3, 3]
    assert len(offered_to(ids[:0], np.ones(0), 20, luck, 1)[0]) == 0


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
