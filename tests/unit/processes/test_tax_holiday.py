"""The tax holiday by hand: who is promised what, for how long, who bears it, and what it is worth to who comes."""

import numpy as np
import pytest
from firm_worlds import draws, make_world, process
from plans import JJJ, flat

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.firm_dynamics import FirmDynamics
from jjj_sim.processes.tax_holiday import TaxHoliday
from jjj_sim.running import clock

XIONGAN, BAODING, INNER = map(JJJ.index, ("xiongan", "baoding", "bj_inner"))
TRADE = JJJ.sector("wholesale_logistics")
# A quarter of a margin of .2; two fifths of it are the zone's.
TAX, LOCAL = 0.25 * 0.2, 0.4
CLOSES = float(FirmDynamics(JJJ).exit_hazard(np.log(2.0)))


def holiday(share, years=1.0):
    """The lever, steady, in one zone."""
    return LeverPlan("tax_holiday", flat(share), {"years": flat(years)}, zones=(XIONGAN,))


def worlds(share, twin=True, **how):
    """A world of firms whose tax on profit is known."""
    world = make_world(twin=twin, tax_holiday=holiday(share, **how))
    world.tables.firm_tax, world.tables.firm_tax_local = TAX, LOCAL
    return world


def quarter(world, **came):
    """What zone and centre remit in a quarter in which these jobs of sector 5 came to the zone."""
    world.flows.clear()
    world.ledger.clear()
    clock.announce(world)
    for name, jobs in came.items():
        flow = getattr(world.flows, name)
        flow[(INNER, XIONGAN, 5) if flow.ndim == 3 else (XIONGAN, 5)] = jobs
    law = TaxHoliday(JJJ)
    law.act(world, law.table(world, process(world, "firm_dynamics").table(world)))
    for lever in world.levers:
        lever.settle(world)
    world.t += 1
    assert np.count_nonzero(world.flows.tax_remitted) <= 1
    assert world.ledger.net.sum() == pytest.approx(0.0, abs=1e-12)
    return float(world.flows.tax_remitted[XIONGAN]), float(world.flows.tax_remitted_by_centre.sum())


def test_a_promise_by_hand():
    world = worlds(0.4)
    due = 0.4 * TAX * 1000 * 25e-6  # a thousand jobs of 25,000 yuan a quarter
    found = [quarter(world, jobs_moved_freely=1000.0), *(quarter(world) for _ in range(5))]
    kept = [due * (1.0 - CLOSES) ** a if a < 4 else 0.0 for a in range(6)]
    np.testing.assert_allclose(found, [(LOCAL * k, (1.0 - LOCAL) * k) for k in kept], atol=1e-15)


def test_promises_are_kept_when_the_share_falls_and_nobody_new_is_promised():
    world = worlds(0.4)
    quarter(world, jobs_moved_freely=1000.0)
    world.plan = worlds(0.0).plan
    local, central = quarter(world, jobs_moved_freely=5000.0)
    assert local + central == pytest.approx(0.4 * TAX * 1000 * 25e-6 * (1.0 - CLOSES))


@pytest.mark.parametrize(
    ("flow", "part"),
    [("jobs_moved_freely", 1.0), ("jobs_moved_by_offer", 1.0), ("jobs_branched", 1.0), ("jobs_founded", 0.2)],
)
def test_who_comes_whatever_way_is_promised_and_the_small_pay_a_fifth(flow, part):
    local, _ = quarter(worlds(0.5), **{flow: 100.0})
    assert local == pytest.approx(LOCAL * part * 0.5 * TAX * 100 * 25e-6)


def test_of_what_relief_moves_only_the_listed_pay_such_a_tax_and_institutions_do_not():
    world = worlds(0.5)
    assert quarter(world, jobs_moved_by_name=100.0, jobs_moved_by_relief=100.0) == (0.0, 0.0)
    law = TaxHoliday(JJJ)
    world.flows.clear()
    world.flows.jobs_moved_by_relief[INNER, XIONGAN, [1, TRADE]] = 100.0
    law.act(world, process(world, "firm_dynamics").table(world))
    assert world.flows.tax_remitted[XIONGAN] == pytest.approx(LOCAL * 0.5 * TAX * 100 * 25e-6)


def test_it_draws_movers_as_a_subsidy_of_the_same_worth_and_founders_as_a_fifth_of_it():
    lived = sum((1.0 - CLOSES) ** k for k in range(12)) / 4
    worth = 0.4 * TAX * lived
    subsidy = LeverPlan("relocation_subsidy", flat(worth), zones=(XIONGAN,))
    fifth = LeverPlan("founding_subsidy", flat(0.2 * worth * 4), {"years": flat(0.25)}, zones=(XIONGAN,))
    law, table = FirmDynamics(JJJ), {}
    for name, world in (
        ("holiday", worlds(0.4, years=3.0)),
        ("subsidy", make_world(twin=True, relocation_subsidy=subsidy)),
        ("founders", make_world(twin=True, founding_subsidy=fifth)),
    ):
        table[name] = law.table(world)
    np.testing.assert_allclose(table["holiday"].subsidy, table["subsidy"].subsidy)
    assert table["holiday"].subsidy[XIONGAN] == pytest.approx(5.0 * worth)
    np.testing.assert_allclose(table["holiday"].entry, table["founders"].entry)
    np.testing.assert_allclose(table["holiday"].drawn, table["founders"].drawn)


def test_a_larger_share_remitted_never_loses_a_zone_a_mover():
    gone = {}
    for share in (0.0, 0.3, 1.0):
        world = make_world(parameters={"relocation": {"hazard": 0.1}}, tax_holiday=holiday(share, years=5.0))
        world.tables.firm_tax, world.tables.firm_tax_local = TAX, LOCAL
        firms, law = process(world, "firm_dynamics"), process(world, "relocation")
        before = dict(zip(world.firms.id.tolist(), world.firms.zone.tolist(), strict=True))
        law.sweep(world, law.table(world, firms.table(world)), draws(world, law.name))
        arrived = world.firms.id[world.firms.zone == XIONGAN].tolist()
        gone[share] = {i for i in arrived if before[i] != XIONGAN}
    assert gone[0.0] <= gone[0.3] <= gone[1.0]
    assert len(gone[0.0]) < len(gone[1.0])


@pytest.mark.parametrize("twin", [True, False])
def test_branches_count_their_jobs(twin):
    world = make_world(twin=twin, residents_per_agent=100)
    firms, moves, law = (process(world, n) for n in ("firm_dynamics", "relocation", "branching"))
    table = law.table(world, moves.table(world, firms.table(world)), firms.table(world))
    clock.turn(world, law, table)
    posts = world.flows.jobs_branched
    opened = world.flows.firms_branched[:, : JJJ.n_zones].sum(axis=0)
    assert not posts[JJJ.capital].any()
    assert 4.0 < posts.sum() / opened.sum() < 40.0  # a tenth of parents that have mostly well over 50 jobs
