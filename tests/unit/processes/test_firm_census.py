"""The census of firms: jobs agree exactly, and what came and went is counted."""

import numpy as np
import pytest
from firm_worlds import BEIJING, by_cell, live, make_world
from plans import flat

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES
from jjj_sim.regions.jingjinji.statistics.tables import value

BUSY = {
    "relief_manufacturing": LeverPlan("relief_manufacturing", flat(120.0)),
    "relief_markets": LeverPlan("relief_markets", flat(30.0)),
    "xiongan_offers": LeverPlan("xiongan_offers", flat(10.0, (8, 900.0)), paths={"central_soe": flat(0.0, (8, 60.0))}),
}


@pytest.mark.parametrize("twin", [False, True])
def test_units_close_every_quarter(twin):
    world = make_world(twin=twin, **BUSY)
    for before in live(world, 5):
        f = world.flows
        moved = f.firms_relocated
        net = f.firm_entries - f.firm_exits - f.firms_closed_by_relief
        net = net + moved[:, :N_ZONES].sum(axis=0) - moved[:N_ZONES].sum(axis=1)
        gap = world.tables.firm_units - before - net
        np.testing.assert_allclose(gap, 0.0, atol=0 if not twin else 1e-6)
        if not twin:
            assert all(np.array_equal(x, np.rint(x)) for x in (moved, f.firm_entries, f.firm_exits))


def test_jobs_of_firms_and_own_account_are_the_jobs_of_the_cell():
    world = make_world()
    for _ in live(world, 3):
        t, firms = world.tables, world.firms
        jobs = np.exp(t.firm_offset[firms.zone, firms.sector] + firms.x) * firms.weight * (firms.flags == 0)
        filled = t.firm_units > 0
        np.testing.assert_allclose(by_cell(firms, jobs)[filled], t.firm_jobs[filled], rtol=1e-6)
        np.testing.assert_allclose(t.firm_jobs[filled], (t.jobs * world.opening.legal_unit_share)[filled])


def test_own_account_is_what_the_census_leaves():
    world = make_world(twin=True)
    published = value("region_series", "census_employees_sec_ter", "jjj", 2013)
    beijing = sum(value("region_series", f"census_employees_{k}", "beijing", 2013) for k in ("secondary", "tertiary"))
    outside = world.tables.firm_jobs[~BEIJING, 1:].sum()
    assert outside == pytest.approx(min(published - beijing, world.tables.jobs[~BEIJING, 1:].sum()))


def test_an_empty_cell_keeps_its_offset():
    world = make_world(twin=True)
    before = world.tables.firm_offset[7, 2]
    world.firm_counts.units[7, 2] = 0.0
    world.processes[-1].expect(world, None)
    assert world.tables.firm_offset[7, 2] == before
    assert world.tables.firm_units[7, 2] == world.tables.firm_jobs[7, 2] == 0.0


def test_a_cell_that_has_all_but_emptied_still_holds_its_jobs():
    """Sizes that sum to a millionth of a millionth of a job stand for the cell's jobs, as any others do."""
    world = make_world(twin=True)
    census = next(p for p in world.processes if p.name == "firm_census")
    units, sizes = world.tables.firm_units.copy(), world.tables.firm_size_sum.copy()
    units[2, 1] = sizes[2, 1] = 1e-12
    census._count(world, units, sizes)
    assert np.exp(world.tables.firm_offset[2, 1]) * 1e-12 == pytest.approx(world.tables.firm_jobs[2, 1])
