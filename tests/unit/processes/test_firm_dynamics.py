"""Founding, growth and closure: by hand, kernel against NumPy, and the negative list."""

from itertools import pairwise

import numpy as np
import pytest
from firm_worlds import BEIJING, PROVINCE, by_cell, draws, lived, make_world, process, some_firms
from plans import JJJ, flat

from jjj_sim.draws import Draws
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.firm_dynamics import FirmDynamics, live_a_quarter, live_a_quarter_reference, sector_tilt
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES
from jjj_sim.regions.jingjinji.statistics.registry import REFUSED_FROM, REFUSED_SHARE
from jjj_sim.running import clock
from jjj_sim.state.firms import BIN_CENTRES


def negative_list(strictness):
    return LeverPlan("negative_list", flat(strictness), shares=REFUSED_SHARE)


def test_exit_falls_with_size():
    law = FirmDynamics(JJJ)
    np.testing.assert_allclose(law.exit_hazard(np.array([0.0, 4.0])), [0.0175, 0.0175 * np.exp(-1.0)])
    assert law.exit_hazard(np.array([-40.0])) == 0.5


def test_kernel_and_numpy_take_the_same_decision_for_every_firm():
    firms, law = some_firms(20_000), FirmDynamics(JJJ, exit=0.09, exit_size=0.35)
    offset = np.linspace(-2.0, 3.0, N_ZONES * N_SECTORS).reshape(N_ZONES, N_SECTORS)
    luck = Draws(5, law.name, 7)
    alive, x = live_a_quarter_reference(law, firms, offset, luck)
    found = live_a_quarter(
        firms.id, firms.zone, firms.sector, firms.flags, firms.x, offset, law.exit / 4, law.exit_size,
        law.branch_exit / 4, law.reversion, law.volatility / 2, luck.key,
    )  # fmt: skip
    np.testing.assert_array_equal(found, alive)
    np.testing.assert_allclose(firms.x, x, rtol=1e-13)
    assert 0.9 < alive.mean() < 0.99
    assert alive[(firms.flags == 1) | (firms.flags == 4)].all()


@pytest.mark.parametrize("reversion", [0.0, 0.003, 0.02])
def test_the_twins_growth_has_the_mean_and_the_variance(reversion):
    law = FirmDynamics(JJJ, reversion=reversion)
    matrix = law.growth_matrix()
    assert np.all(matrix >= 0)
    np.testing.assert_allclose(matrix.sum(axis=1), 1.0)
    inside = slice(1, -1)
    mean = (matrix @ BIN_CENTRES)[inside]
    np.testing.assert_allclose(mean, (1 - reversion) * BIN_CENTRES[inside], atol=1e-12)
    variance = (matrix @ BIN_CENTRES**2)[inside] - mean**2
    if reversion < 0.01:
        np.testing.assert_allclose(variance, (law.volatility / 2) ** 2)


def test_registered_entry_is_the_rate_times_units_tilted_by_profit():
    world = make_world(twin=True)
    world.tables.profit[4, 5] = 1.2
    law = process(world, "firm_dynamics")
    units, profit = world.tables.firm_units, world.tables.profit
    tianjin = PROVINCE == 1
    mean = (units[tianjin, 5] * profit[tianjin, 5]).sum() / units[tianjin, 5].sum()
    rate = law.entry[1] + sector_tilt(world.data.firms)[1, 5]
    expected = rate / 4 * units[4, 5] * 1.2 / mean
    assert law.table(world).entry[4, 5] == pytest.approx(expected)


def test_before_the_register_of_2024_sectors_enter_alike():
    assert not sector_tilt(JJJ.tables(as_of=2023).firms).any()
    assert sector_tilt(JJJ.tables(as_of=2024).firms).any()


def test_what_is_refused_comes_on_top_of_what_the_register_counts():
    world = make_world(twin=True, negative_list=negative_list(1.0))
    before = process(world, "firm_dynamics").table(world)
    assert before.refused[0, 1] > 0
    world.t = REFUSED_FROM
    clock.announce(world)
    after = process(world, "firm_dynamics").table(world)
    assert after.entry[0, 1] == pytest.approx(before.entry[0, 1] / 0.2)
    assert after.refused[0, 1] == pytest.approx(4 * after.entry[0, 1])
    assert np.all(after.refused[~BEIJING] == 0)


@pytest.mark.parametrize("t", [REFUSED_FROM, 48])
def test_a_stricter_list_founds_no_more_in_any_cell_and_reshuffles_nobody(t):
    founded = {}
    for strictness in (0.0, 1.0, 1.25):
        world = make_world(negative_list=negative_list(strictness))
        world.t = t
        clock.announce(world)
        law = process(world, "firm_dynamics")
        law.sweep(world, law.table(world), draws(world, law.name))
        new = world.firms.born == t
        founded[strictness] = (world.flows.firm_entries.copy(), set(world.firms.id[new].tolist()))
    entries, ids = zip(*founded.values(), strict=True)
    for looser, stricter in pairwise(entries):
        assert np.all(stricter <= looser)
        np.testing.assert_array_equal(stricter[~BEIJING], looser[~BEIJING])
    assert entries[2].sum() < entries[1].sum() < entries[0].sum()
    assert ids[2] <= ids[1] <= ids[0]


def test_from_2024_every_sector_of_a_province_founds_what_it_closes():
    for twin in (True, False):
        world = make_world(twin=twin, negative_list=negative_list(1.0))
        world.t = 48
        clock.announce(world)
        law = process(world, "firm_dynamics")
        entry, closing = law.table(world).entry, law.expected_exits(world)
        for p in range(3):
            inside = PROVINCE == p
            np.testing.assert_allclose(entry[inside].sum(axis=0), closing[inside].sum(axis=0), rtol=1e-9)


def test_expected_exits_of_agents_are_the_sum_over_firms():
    world = make_world()
    law, firms = process(world, "firm_dynamics"), world.firms
    hazard = law.exit_hazard(world.tables.firm_offset[firms.zone, firms.sector] + firms.x)
    by_hand = by_cell(firms, hazard * firms.weight * (firms.flags == 0))
    np.testing.assert_allclose(law.expected_exits(world), by_hand, rtol=1e-4)


def test_entrants_are_small_and_weighted_by_size():
    world = lived(make_world(residents_per_agent=1000), 1)
    firms = world.firms
    new = (firms.born == 0) & (firms.flags == 0)
    offset = make_world(residents_per_agent=1000).tables.firm_offset
    jobs = np.exp(offset[firms.zone, firms.sector] + firms.x)[new]
    weight = firms.weight[new]
    order = np.argsort(jobs)
    middle = jobs[order][np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)]
    assert middle == pytest.approx(2.0, abs=0.25)
    outside = ~BEIJING[firms.zone[new]] & (np.abs(jobs - 20) > 1e-6)
    np.testing.assert_array_equal(weight[outside], np.where(jobs[outside] < 20, 200, 10))
