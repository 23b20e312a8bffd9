"""Taxes of moved firms: the published schedule by hand, its ceiling and its end, and who is large enough."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import JJJ, default, flat, make_plan

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.tax_sharing import TaxSharing
from jjj_sim.quarters import parse
from jjj_sim.running import clock
from jjj_sim.state.world import World

OUTER, INNER = JJJ.index("bj_outer"), JJJ.index("bj_inner")
CANGZHOU, BINHAI = JJJ.index("cangzhou"), JJJ.index("tj_binhai")
MOVE = parse("2017Q1")
# Local part of the three taxes in value added since 2016: .5 x 6 % and .4 x 25 % of a margin of .2.
RATE = 0.5 * 0.06 + 0.4 * 0.25 * 0.2


def rule(share=50.0, years=5.0, threshold=20.0):
    """The lever, steady."""
    paths = {"years": flat(years), "threshold": flat(threshold)}
    return LeverPlan("shared_parks", flat(share), paths)


def make_world(lever=None, first=MOVE):
    """An opened world in which every job makes 40,000 yuan a quarter, in Cangzhou a multiple set by tests."""
    plan = make_plan(shared_parks=lever or rule())
    world = World(plan, 1, twin=True, processes=[TaxSharing(JJJ)])
    world.t = first
    world.tables.jobs = 1e5
    world.tables.va_nominal = 1e5 * 40e-6
    clock.announce(world)
    world.processes[-1].open(world)
    return world


def large(world):
    """Jobs from which a firm shares its taxes, in this quarter."""
    clock.announce(world)
    return world.processes[-1].table(world)


def quarter(world, moved=()):
    """Live a quarter in which `moved` (origin, place, sector, jobs) go; return what was paid, from, to."""
    world.flows.clear()
    world.ledger.clear()
    for origin, place, sector, jobs in moved:
        world.flows.taxed_jobs_moved[origin, place, sector] += jobs
    clock.announce(world)
    world.processes[-1].act(world)
    for lever in world.levers:
        lever.settle(world)
    world.t += 1
    assert world.ledger.net.sum() == pytest.approx(0.0, abs=1e-12)
    return world.flows.tax_shared.copy()


@pytest.mark.parametrize(("growth", "quarters"), [(1.0, 20), (1.2, 20), (2.0, 12), (3.0, 8)])
def test_the_published_schedule_by_hand(growth, quarters):
    world = make_world()
    quarter(world, [(OUTER, CANGZHOU, 1, 3000.0)])
    world.tables.va_nominal[CANGZHOU] *= growth
    before = 3000 * 40e-6 * RATE
    left, paid = 12 * before, []
    for age in range(1, 30):
        due = min(0.5 * growth * before, left) if age <= 20 else 0.0
        left -= due
        paid.append(quarter(world)[CANGZHOU, OUTER])
        assert paid[-1] == pytest.approx(due, abs=1e-15)
        assert world.ledger.net[2, OUTER] == pytest.approx(due, abs=1e-15)
    assert np.count_nonzero(np.array(paid) > 1e-12) == quarters
    assert sum(paid) == pytest.approx(before * min(12, 10 * growth))


def test_cohorts_of_unequal_origins_and_quarters_keep_their_own_clocks():
    world = make_world()
    world.tables.va_nominal[OUTER] *= 2.0
    for _ in range(12):
        quarter(world)  # three years at twice the taxes of the inner districts
    quarter(world, [(OUTER, CANGZHOU, 1, 1000.0), (INNER, BINHAI, 1, 500.0)])
    quarter(world, [(INNER, BINHAI, 1, 500.0)])
    total = sum(quarter(world) for _ in range(40))
    job = 40e-6 * RATE
    assert total[CANGZHOU, OUTER] == pytest.approx(1000 * job * 9.5)  # the second to the twentieth, half of each
    assert total[BINHAI, INNER] == pytest.approx(500 * job * (9.5 + 10))
    assert world.memory.sharing_left.min() >= 0.0


def test_a_firm_is_large_enough_from_the_threshold_on_its_mean_of_three_years():
    world = make_world(rule(threshold=20.0))
    job = 4 * 40e3 * RATE
    np.testing.assert_allclose(large(world)[OUTER, 1], 20e6 / job)
    world.tables.va_nominal[OUTER, 1] *= 3.0
    quarter(world)
    np.testing.assert_allclose(large(world)[OUTER, 1], 20e6 / (job * 14 / 12))


def test_nothing_is_shared_before_the_rule_and_less_of_value_added_before_the_reform():
    world = make_world(default("shared_parks"), first=parse("2015Q1"))
    assert np.isinf(large(world)).all()
    quarter(world)
    assert np.isinf(large(world)).all()
    quarter(world)
    early = 4 * 40e3 * (0.25 * 0.06 + 0.4 * 0.25 * 0.2)
    np.testing.assert_allclose(large(world)[OUTER, 1], 20e6 / early)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32),
    st.floats(0.0, 100.0),
    st.integers(0, 20),
    st.floats(0.2, 5.0),
)
def test_never_more_than_three_years_before_nor_after_the_last_year(seed, share, quarters, growth):
    rng = np.random.default_rng(seed)
    world = make_world(rule(share, quarters / 4))
    for _ in range(5):
        world.tables.va_nominal = 1e5 * 40e-6 * rng.lognormal(sigma=0.5, size=world.tables.va_nominal.shape)
        quarter(world)
    jobs = rng.lognormal(7.0, 1.0, 3)
    ceiling = jobs * world.memory.recent_taxes[:, [OUTER, INNER, OUTER], [1, 1, 2]].sum(axis=0)
    moved = zip((OUTER, INNER, OUTER), (CANGZHOU, CANGZHOU, BINHAI), (1, 1, 2), jobs, strict=True)
    quarter(world, list(moved))
    total = np.zeros((19, 19))
    for age in range(1, 45):
        world.tables.va_nominal = growth * 1e5 * 40e-6 * rng.lognormal(sigma=0.5, size=world.tables.va_nominal.shape)
        paid = quarter(world)
        assert age <= quarters or not paid.any()
        total += paid
    for pair, most in zip(((CANGZHOU, OUTER), (CANGZHOU, INNER), (BINHAI, OUTER)), ceiling, strict=True):
        assert total[pair] <= most * (1 + 1e-9)
    assert share > 0 or not total.any()
