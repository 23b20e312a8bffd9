"""People, firms, money and track: what is there is what was there plus the named flows, every quarter."""

import numpy as np
import pytest
from firm_worlds import by_cell
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jjj_sim import balance
from jjj_sim.draws import member_seed
from jjj_sim.processes.transport import residual
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

QUARTERS = 8
PEOPLE = ("births", "deaths", "moves", "conversions", "natural_increase", "schooled", "net_moves")
FIRMS = ("firm_entries", "firm_exits", "firms_relocated", "firms_branched")


def opened(twin=False, seed=1, region=None, **settings_):
    over = {"population.residents_per_agent": 3000, **settings_}
    plan = load_scenario("baseline", region=region, **over).plan()
    return clock.build(plan, member_seed(seed, 0), twin=twin)


def flat(level):
    return [["2013Q1", level]]


LEVERS = st.fixed_dictionaries(
    {
        "levers.relief_manufacturing.path": st.integers(0, 1000).map(flat),
        "levers.relief_markets.path": st.integers(0, 200).map(flat),
        "levers.negative_list.path": st.floats(0.0, 1.25).map(flat),
        "levers.relocation_subsidy.path": st.floats(0.0, 0.2).map(flat),
        "levers.founding_subsidy.path": st.floats(0.0, 0.2).map(flat),
        "levers.tax_holiday.path": st.floats(0.0, 1.0).map(flat),
        "levers.land_reuse.path": st.floats(0.0, 1.0).map(flat),
        "levers.technology_subsidy.path": st.floats(0.0, 0.5).map(flat),
        "levers.xiongan_investment.path": st.floats(0.0, 300.0).map(flat),
        "levers.xiongan_offers.path": st.integers(0, 3000).map(lambda n: [["2013Q1", 0.0], ["2014Q4", n]]),
        "levers.hukou_openness.paths.tianjin": st.floats(0.0, 1.0).map(flat),
        "levers.beijing_population_cap.path": st.floats(0.0, 1.0).map(flat),
    }
)


def live(world, quarters=QUARTERS):
    """Yield (opening population, opening units) before each quarter's closing world."""
    residuals = balance.Residuals()
    for _ in range(quarters):
        before = world.population, world.tables.firm_units.copy()
        clock.step(world, residuals)
        yield before
        world.t += 1
    assert set(residuals.largest) == {identity.name for identity in balance.IDENTITIES if identity.active(world)}
    assert max(residuals.largest.values()) < 1e-8


def close(world, people, units, *, exactly):
    """Assert the accounts of the quarter just lived."""
    f, n = world.flows, world.region.n_zones
    same = np.testing.assert_array_equal if exactly else np.testing.assert_allclose
    moves = f.moves
    same(world.population, people + f.births - f.deaths + moves[:, :n].sum(0) - moves[:n].sum(1))
    moved = f.firms_relocated
    came, went = moved[:, :n].sum(0), moved[:n].sum(1)
    expected = units + f.firm_entries - f.firm_exits - f.firms_closed_by_relief + came - went
    same(world.tables.firm_units, expected)
    assert np.all(world.people >= 0)
    assert np.all(expected >= -1e-9)
    assert abs(world.ledger.net.sum()) < 1e-9


def test_agents_close_in_whole_numbers():
    world = opened()
    for people, units in live(world):
        close(world, people, units, exactly=True)
        for name in PEOPLE + FIRMS:
            flow = getattr(world.flows, name)
            np.testing.assert_array_equal(flow, np.rint(flow), err_msg=name)
        f = world.flows
        assert world.population.sum() == world.residents.weight.sum(dtype=np.int64)
        np.testing.assert_array_equal(f.natural_increase.sum(axis=1), f.births - f.deaths)
        np.testing.assert_array_equal(f.net_moves.sum(axis=1), f.moves[:, :N_ZONES].sum(0) - f.moves[:N_ZONES].sum(1))
        np.testing.assert_array_equal(f.schooled.sum(axis=1), 0.0)


def test_the_twin_closes():
    world = opened(twin=True)
    for people, units in live(world):
        close(world, people, units, exactly=False)


@pytest.mark.parametrize("twin", [False, True])
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(levers=LEVERS)
def test_no_policy_breaks_the_accounts(four, twin, levers):
    world = opened(twin, region=four, **levers)
    for people, units in live(world):
        close(world, people, units, exactly=not twin)


def test_firms_jobs_and_own_account_are_the_jobs():
    world = opened()
    for _ in live(world, 4):
        t, firms = world.tables, world.firms
        legal = firms.flags == 0
        jobs = np.exp(t.firm_offset[firms.zone, firms.sector] + firms.x) * firms.weight * legal
        held = by_cell(firms, jobs)
        outside = t.jobs * (1.0 - world.opening.legal_unit_share)
        filled = t.firm_units > 0
        assert filled[:, 1:].all()
        np.testing.assert_allclose((held + outside)[filled], t.jobs[filled], rtol=1e-9)


def test_high_speed_kilometres_are_the_open_lines_which_never_close_and_the_named_residual():
    world, before = opened(twin=True), 0.0
    for _ in live(world, 16):
        line_km = sum(
            line.km for line in world.data.travel.lines if line.quarter is not None and line.quarter <= world.t
        )
        assert world.tables.high_speed_km == pytest.approx(line_km + residual(world.data.travel, world.t), rel=1e-12)
        assert line_km >= before
        before = line_km
