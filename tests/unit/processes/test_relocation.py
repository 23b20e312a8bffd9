"""Voluntary relocation: who reconsiders, where they go, what they carry, and the subsidy paid."""

import numpy as np
import pytest
from firm_worlds import BEIJING, draws, lived, make_world, process, some_firms
from plans import JJJ, flat

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import pair_probabilities
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.relocation import Relocation, move_bins, reconsider
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION, ROC
from jjj_sim.running import clock
from jjj_sim.state.firms import N_BINS, to_bins

BAODING = REGION.index("baoding")
OFTEN = {"relocation": {"hazard": 0.05}}


def moved(world):
    """The world after one quarter's relocation alone."""
    tables = clock.tables(world)
    process(world, "relocation").sweep(world, tables["relocation"], draws(world, "relocation"))
    return world


def test_kernel_and_numpy_wake_the_same_firms():
    firms, luck = some_firms(), Draws(2, "relocation", 9)
    hazard = Relocation(JJJ, hazard=0.05).hazards()
    wakes = (firms.flags == 0) & (luck.uniform(firms.id) < hazard[firms.sector])
    np.testing.assert_array_equal(reconsider(firms.id, firms.sector, firms.flags, hazard, luck.key), wakes)


def test_kernel_and_numpy_move_the_same_bins():
    rng = np.random.default_rng(1)
    units, jobs = rng.random((N_ZONES, N_SECTORS, N_BINS)), rng.random((N_ZONES, N_SECTORS, N_BINS))
    chance, offset = rng.random((N_SECTORS, 4, N_ZONES, ROC + 1)), rng.normal(0.0, 2.0, (N_ZONES, N_SECTORS))
    size_class = rng.integers(0, 4, (N_ZONES, N_SECTORS, N_BINS))
    zones, sectors = np.arange(N_ZONES), np.arange(N_SECTORS)
    flow = units[..., None] * chance[sectors[None, :, None], size_class, zones[:, None, None]]
    flow[zones, :, :, zones] = 0.0
    shift = offset[:, None] - offset[None]
    joined = to_bins(flow[..., :ROC].transpose(0, 3, 1, 2), shift[..., None]).sum(axis=0)
    expected = (
        flow.sum(axis=2).transpose(0, 2, 1),
        (flow * jobs[..., None]).sum(axis=2).transpose(0, 2, 1),
        flow.sum(axis=3),
        joined,
    )
    for found, plain in zip(move_bins(units, chance, size_class, jobs, offset), expected, strict=True):
        np.testing.assert_allclose(found, plain, rtol=1e-11)


def test_value_by_hand():
    world = make_world(twin=True, relocation_subsidy=LeverPlan("s", flat(0.1), zones=(BAODING,)))
    world.tables.profit[BAODING, 1] = 1.3
    world.tables.market_access[:] = np.linspace(0.5, 1.5, N_ZONES)
    law = process(world, "relocation")
    law_value = clock.tables(world)["relocation"].value
    t = world.tables
    jobs = t.jobs[:, 1]
    quotient = (t.jobs[BAODING, 1] / t.jobs[BAODING].sum()) / (jobs.sum() / t.jobs.sum())
    by_hand = (
        2.0 * np.log(1.3)
        + 0.3 * np.log(1 + quotient)
        + 0.3 * np.log(t.market_access[BAODING])
        + np.log(jobs[BAODING] / jobs.mean())
        + 5.0 * 0.1
        - law.moving * (45.0 / 20.0) ** 0.15
        - 0.8 * np.log(1 + t.minutes[1, BAODING] / 60)
    )
    assert law_value[1, 1, 1, BAODING] == pytest.approx(by_hand)
    stay = 2.0 * np.log(1.3) + 0.3 * np.log(1 + quotient) + 0.3 * np.log(t.market_access[BAODING])
    assert law_value[1, 1, BAODING, BAODING] == pytest.approx(stay)
    roc = -law.moving * (45.0 / 20.0) ** 0.15 - 0.8 * np.log(6.0)
    assert law_value[1, 1, BAODING, ROC] == pytest.approx(roc)


def test_the_negative_list_deters_those_from_outside_beijing_alone():
    values = []
    for strictness in (0.0, 1.0):
        lever = LeverPlan("negative_list", flat(strictness), shares={"general_manufacturing": 0.8})
        world = make_world(twin=True, negative_list=lever)
        values.append(clock.tables(world)["relocation"].value[1, 0])
    change = values[1] - values[0]
    inside, places = np.flatnonzero(BEIJING), np.arange(ROC + 1)
    outside = np.setdiff1d(places, inside)
    np.testing.assert_allclose(change[np.ix_(outside, inside)], np.log(0.2))
    np.testing.assert_allclose(change[np.ix_(inside, places)], 0.0)
    np.testing.assert_allclose(change[np.ix_(outside, outside)], 0.0)


def test_movers_carry_their_jobs_and_those_beyond_the_border_leave_the_table():
    world = make_world(parameters=OFTEN)
    units, jobs = world.tables.firm_units.sum(), {}
    offset = world.tables.firm_offset
    for i, size in zip(
        world.firms.id.tolist(), offset[world.firms.zone, world.firms.sector] + world.firms.x, strict=True
    ):
        jobs[i] = size
    flow = moved(world).flows.firms_moved_freely
    assert flow[:, ROC].sum() > 0
    assert np.all(np.diagonal(flow) == 0)
    assert np.all(flow[..., 0] == 0)
    assert world.firms.count(0.0, offset.shape)[0].sum() == units - flow[:, ROC].sum()
    np.testing.assert_array_equal(world.flows.jobs_moved_freely > 0, flow > 0)
    firms = world.firms
    gone = (firms.flags == 0) & (firms.zone != firms.birth_zone)
    after = offset[firms.zone, firms.sector] + firms.x
    np.testing.assert_allclose(after[gone], [jobs[i] for i in firms.id[gone].tolist()], rtol=1e-12)


def test_a_higher_subsidy_never_loses_a_zone_a_mover_and_is_paid():
    went = {}
    for rate in (0.0, 0.05, 0.3):
        lever = LeverPlan("relocation_subsidy", flat(rate), zones=(BAODING,))
        world = moved(make_world(parameters=OFTEN, relocation_subsidy=lever))
        firms = world.firms
        went[rate] = set(firms.id[(firms.zone == BAODING) & (firms.birth_zone != BAODING)].tolist())
        assert (world.flows.subsidies_paid[BAODING] > 0) == (rate > 0)
        assert world.ledger.net.sum() == pytest.approx(0.0, abs=1e-12)
    assert went[0.0] < went[0.05] < went[0.3]


def test_with_no_hazard_nobody_moves():
    still = {"relocation": {"hazard": 0.0}}
    for twin in (False, True):
        world = lived(make_world(twin=twin, residents_per_agent=5000, parameters=still), 2)
        assert world.flows.firms_relocated.sum() == 0


def test_agents_and_twin_move_alike():
    agents = [moved(make_world(seed=s, parameters=OFTEN)).flows.firms_moved_freely for s in range(4)]
    twin = make_world(twin=True, parameters=OFTEN)
    tables = clock.tables(twin)
    process(twin, "relocation").expect(twin, tables["relocation"])
    expected = twin.flows.firms_moved_freely
    mean = np.mean(agents, axis=0)
    assert mean.sum() == pytest.approx(expected.sum(), rel=0.05)
    np.testing.assert_allclose(mean[:ROC][BEIJING].sum(axis=(0, 2)), expected[:ROC][BEIJING].sum(axis=(0, 2)), atol=900)


def test_rows_of_choice_sum_to_one():
    world = make_world(twin=True)
    p = pair_probabilities(clock.tables(world)["relocation"].value, 0.7, REGION.province)
    np.testing.assert_allclose(p.sum(axis=-1), 1.0)
    assert np.all(p >= 0)
