"""Relief: quotas met in whole numbers, the race, closing or moving, markets, and the subsidy promised."""

from dataclasses import replace

import numpy as np
import pytest
from firm_worlds import BEIJING, NothingShared, draws, lived, make_world, process
from plans import JJJ, default, flat, make_plan

from jjj_sim.laws.race import taken_share
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.policy.published import published
from jjj_sim.processes.relief import Relief, first_of
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION, ROC
from jjj_sim.running import clock
from jjj_sim.state.firms import SITE

CANGZHOU = REGION.index("cangzhou")


def relief(firms=0.0, sites=0.0):
    return {
        "relief_manufacturing": LeverPlan("relief_manufacturing", flat(firms)),
        "relief_markets": LeverPlan("relief_markets", flat(sites), default("relief_markets").paths),
    }


def subsidy(rate, *zones):
    return LeverPlan("relocation_subsidy", flat(rate), zones=zones)


def relieved(world):
    """The world after one quarter's relief alone."""
    tables = clock.tables(world)
    process(world, "relief").sweep(world, tables["relief"], draws(world, "relief"))
    return world


def test_the_race_takes_the_smallest_clocks_and_a_larger_quota_contains_the_smaller():
    world = make_world()
    luck, firms = draws(world, "relief"), world.firms
    listed = firms.rows(BEIJING[:, None] & (np.arange(9) == 1))
    rate = np.where(firms.zone[listed] == 0, 2.0, 0.8)
    clock = -np.log(luck.uniform(firms.id[listed])) / rate
    few, many = (first_of(listed, firms, rate, n, luck) for n in (50, 200))
    np.testing.assert_array_equal(few, np.sort(listed[np.argsort(clock)[:50]]))
    assert set(few) <= set(many)
    assert len(first_of(listed[:3], firms, rate[:3], 10, luck)) == 3


def test_small_units_run_faster_by_hand():
    law = Relief(JJJ)
    assert law.pace(1.2, np.log(20.0)) == pytest.approx(1.2)
    assert law.pace(1.2, np.log(80.0)) == pytest.approx(0.6)


def test_high_technology_is_exempt_and_small_units_go_first():
    world = make_world(**relief(400.0))
    size = {sector: jobs_a_unit(world, sector) for sector in (1, 2)}
    f = relieved(world).flows
    gone = f.firms_closed_by_relief.sum(axis=0) + f.firms_moved_by_relief.sum(axis=(0, 1))
    assert (gone[1], gone.sum()) == (400.0, 400.0)
    jobs = f.jobs_closed_by_relief.sum(axis=0) + f.jobs_moved_by_relief.sum(axis=(0, 1))
    assert jobs[1] / gone[1] < 0.5 * size[1]


def jobs_a_unit(world, sector):
    """Mean jobs of Beijing's units of a sector."""
    t = world.tables
    return t.firm_jobs[BEIJING, sector].sum() / t.firm_units[BEIJING, sector].sum()


@pytest.mark.parametrize("twin", [False, True])
def test_where_the_list_is_shorter_than_the_quota_all_of_it_goes_and_no_more_is_counted(twin):
    world = make_world(twin=twin, **relief(1e6))
    listed = world.tables.firm_units[BEIJING, 1].sum()
    tables = clock.tables(world)
    if twin:
        process(world, "relief").expect(world, tables["relief"])
    else:
        process(world, "relief").sweep(world, tables["relief"], draws(world, "relief"))
    f = world.flows
    assert f.firms_closed_by_relief.sum() + f.firms_moved_by_relief.sum() == pytest.approx(listed)


@pytest.mark.parametrize("twin", [False, True])
def test_jobs_of_closed_sites_end_95_a_site(twin):
    world = make_world(twin=twin, **relief(0.0, 74.0))
    tables = clock.tables(world)
    if twin:
        process(world, "relief").expect(world, tables["relief"])
    else:
        process(world, "relief").sweep(world, tables["relief"], draws(world, "relief"))
    f = world.flows
    assert f.sites_closed.sum() > 0
    np.testing.assert_allclose(f.jobs_closed_by_relief[:, 4], 95.0 * f.sites_closed)
    assert f.jobs_closed_by_relief.sum() == pytest.approx(f.jobs_closed_by_relief[:, 4].sum())


def test_half_of_the_technique_of_those_told_to_go_stays_behind():
    f = relieved(make_world(**relief(400.0, 74.0))).flows
    np.testing.assert_allclose(f.jobs_without_technique, 0.5 * f.jobs_moved_by_relief)
    assert f.jobs_moved_by_relief.sum() > 0


@pytest.mark.parametrize("twin", [False, True])
def test_the_floor_that_is_freed_is_that_of_all_that_left(twin):
    world = make_world(twin=twin, **relief(400.0, 74.0))
    clock.turn(world, process(world, "relief"), clock.tables(world)["relief"])
    f, freed = world.flows, world.memory.jobs_freed
    assert freed.sum() == pytest.approx(f.jobs_closed_by_relief.sum() + f.jobs_moved_by_relief.sum())
    assert (freed[BEIJING] > 0).all()
    assert not freed[~BEIJING].any()


def test_the_chance_to_move_by_hand():
    law = Relief(JJJ)
    assert law.chance(np.log(20.0), 0.0) == pytest.approx(1 / (1 + np.exp(0.4)))
    assert law.chance(np.log(80.0), 0.3) == pytest.approx(1 / (1 + np.exp(0.4 - np.log(2) - 0.3)))


def test_taken_are_closed_or_moved_in_whole_numbers_and_none_to_beijing():
    world = relieved(make_world(**relief(163.0, 74.0)))
    f = world.flows
    assert f.firms_closed_by_relief.sum() + f.firms_moved_by_relief.sum() == 163
    assert f.firms_closed_by_relief.sum() > 30
    assert f.firms_moved_by_relief.sum() > 15
    assert np.all(f.firms_moved_by_relief[:, :N_ZONES][:, BEIJING] == 0)
    assert np.all(f.firms_moved_by_relief[:N_ZONES][~BEIJING] == 0)
    assert f.sites_closed.sum() + f.sites_moved.sum() == 74
    moved = f.firms_moved_by_relief > 0
    np.testing.assert_array_equal(f.jobs_moved_by_relief[..., 1:3] > 0, moved[..., 1:3])
    assert np.all(f.firms_moved_freely == 0)
    assert np.all(f.firms_branched == 0)
    assert np.all(f.firm_exits == 0)


def test_a_mover_keeps_its_jobs():
    world = make_world(**relief(163.0))
    offset = world.tables.firm_offset.copy()
    before = dict(
        zip(world.firms.id.tolist(), offset[world.firms.zone, world.firms.sector] + world.firms.x, strict=True)
    )
    firms = relieved(world).firms
    moved = (firms.flags == 0) & (firms.zone != firms.birth_zone)
    assert moved.sum() > 10
    after = offset[firms.zone, firms.sector] + firms.x
    np.testing.assert_allclose(after[moved], [before[i] for i in firms.id[moved].tolist()], rtol=1e-12)


@pytest.mark.parametrize("twin", [False, True])
def test_the_counts_of_the_article_begin_in_2014(twin):
    world = lived(make_world(twin=twin, residents_per_agent=5000, **relief(100.0, 20.0)), 5)
    assert world.stocks.relieved_manufacturing.sum() == pytest.approx(100)
    assert world.stocks.relieved_markets.sum() == pytest.approx(20)
    assert np.all(world.stocks.relieved_manufacturing[~BEIJING] == 0)


def test_a_higher_subsidy_never_loses_a_zone_a_relieved_firm():
    went = {}
    for rate in (0.0, 0.05, 0.3):
        world = relieved(make_world(**relief(400.0), relocation_subsidy=subsidy(rate, CANGZHOU)))
        firms = world.firms
        there = (firms.zone == CANGZHOU) & (firms.birth_zone != CANGZHOU)
        went[rate] = set(firms.id[there].tolist())
        paid = world.flows.relief_subsidies_paid
        assert (paid[CANGZHOU] > 0) == (rate > 0)
    assert went[0.0] <= went[0.05] <= went[0.3]
    assert len(went[0.0]) < len(went[0.3])


def test_the_subsidy_paid_is_a_years_value_added_of_what_arrived():
    world = relieved(make_world(**relief(400.0), relocation_subsidy=subsidy(0.1, CANGZHOU)))
    arrived = world.flows.firms_moved_by_relief[:, CANGZHOU]
    assert arrived.sum() > 5
    jobs = world.flows.jobs_moved_by_relief[:, CANGZHOU, 1:3].sum()
    assert world.flows.relief_subsidies_paid[CANGZHOU] == pytest.approx(0.1 * jobs * 100e-6)


def test_the_twins_chances_meet_the_quota():
    stock, rate = np.zeros(N_ZONES), np.zeros(N_ZONES)
    stock[:4], rate[:4] = (3e3, 12e3, 2e3, 16e3), (2.0, 1.2, 0.8, 0.8)
    taken = taken_share(stock, rate, 163)
    assert (stock * taken).sum() == pytest.approx(163)
    assert taken[0] / taken[3] == pytest.approx(2.5, rel=0.02)
    assert np.all(taken_share(stock, rate, 40_000)[:4] == 1)
    assert np.all(taken_share(stock, rate, 0) == 0)


def test_named_destinations_take_the_merchants_reported_and_no_more_than_are_taken():
    def resited(t, sites):
        world = make_world(twin=True, **relief(sites=sites))
        world.t = t
        clock.announce(world)
        return world.policy.resited.copy()

    plan = replace(make_plan(**relief(sites=10_000.0)), published={})
    whole = sum(published(plan, t, t).resited for t in range(parse("2030Q4")))
    assert whole.sum() == pytest.approx(21_200 / 60, abs=1.5)
    assert whole[CANGZHOU] == round(10_000 / 60)
    assert resited(parse("2019Q1"), 4.0).sum() == 4


def test_agents_and_twin_take_alike():
    agents = [relieved(make_world(seed=s, **relief(600.0, 100.0))) for s in range(4)]
    twin = make_world(twin=True, **relief(600.0, 100.0))
    tables = clock.tables(twin)
    process(twin, "relief").expect(twin, tables["relief"])
    for flow in ("firms_closed_by_relief", "firms_moved_by_relief", "sites_closed", "sites_moved"):
        mean = np.mean([getattr(w.flows, flow) for w in agents], axis=0)
        expected = getattr(twin.flows, flow)
        assert np.abs(mean - expected).max() < 5 * np.sqrt(expected.max() / 4) + 1
    roc = np.mean([w.flows.firms_moved_by_relief[:, ROC].sum() for w in agents])
    expected = twin.flows.firms_moved_by_relief[:, ROC].sum()
    assert roc == pytest.approx(expected, abs=3 * np.sqrt(expected / 4))
    assert (agents[0].firms.flags == SITE).sum() == pytest.approx(twin.firm_counts.sites.sum(), abs=1)


def large_from_60(process, world):
    """Tax sharing in which firms are large from 60 jobs on."""
    return np.full(world.tables.jobs.shape, 60.0)


def test_large_movers_are_counted_with_their_jobs(monkeypatch):
    monkeypatch.setattr(NothingShared, "table", large_from_60)
    world = make_world(**relief(1200.0))
    offset = world.tables.firm_offset.copy()
    firms = relieved(world).firms
    moved = (firms.flags == 0) & BEIJING[firms.birth_zone] & ~BEIJING[firms.zone] & (firms.weight == 1)
    jobs = np.exp(offset[firms.zone, firms.sector] + firms.x)
    large = moved & (jobs >= 60.0)
    assert 0 < large.sum() < moved.sum()
    found = world.flows.taxed_jobs_moved
    assert found.sum() == pytest.approx(jobs[large].sum())
    assert found.sum(axis=(0, 2))[CANGZHOU] == pytest.approx(jobs[large & (firms.zone == CANGZHOU)].sum())


def test_agents_and_twin_count_large_movers_alike(monkeypatch):
    monkeypatch.setattr(NothingShared, "table", large_from_60)
    found = []
    for seed in range(16):
        world = make_world(seed=seed, **relief(800.0))
        found.append(relieved(world).flows.taxed_jobs_moved.sum())
    twin = make_world(twin=True, **relief(800.0))
    tables = clock.tables(twin)
    process(twin, "relief").expect(twin, tables["relief"])
    assert np.mean(found) == pytest.approx(twin.flows.taxed_jobs_moved.sum(), rel=0.3)
