"""Smart factories by hand: large firms from mean sizes, grants, sites until every large firm has one."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of
from scipy.stats import lognorm

from jjj_sim import quarters
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.satellites.smart_factories import SmartFactories

URBAN, BINHAI, INNER = map(JJJ.index, ("tj_urban", "tj_binhai", "bj_inner"))
INDUSTRY = JJJ.in_role("industry")
SINCE = quarters.parse("2020Q1")
PILOT = JJJ.role("pilot")


def world(law, units=1000.0, mean=30.0, budget=40.0, t=SINCE):
    """A world whose zones have as many units of each sector, of one mean size, and one budget."""
    found = world_of(law)
    found.tables.firm_units[...] = units
    found.tables.firm_jobs[...] = units * mean
    found.tables.budget_spending[...] = budget
    found.t = t
    return found


def lived(law, n=1, **more):
    found = world(law, **more)
    for _ in range(n):
        law.act(found)
        found.t += 1
    return found.satellites


def test_large_firms_are_the_tail_of_log_normal_sizes():
    law = SmartFactories(JJJ, size=300.0, spread=1.8)
    mean, spread = 30.0, 1.8
    tail = lognorm.sf(300.0, spread, scale=mean / np.exp(0.5 * spread**2))
    assert lived(law)["large_factories"] == pytest.approx(len(INDUSTRY) * 1000.0 * tail)


def test_a_quarter_by_hand():
    law = SmartFactories(JJJ, cost=4.0)
    found = world(law)
    found.tables.firm_units[BINHAI] *= 3.0
    found.tables.firm_jobs[BINHAI] *= 3.0
    law.act(found)
    share = value("region_series_4", "manufacturing_upgrade_fund", "tianjin", 2024) / value(
        "region_series", "budget_expenditure", "tianjin", 2024
    )
    paid = 1000.0 * share * 2 * 40.0 / 4.0  # two zones' budgets
    sites = found.satellites["smart_factories"]
    assert sites[[URBAN, BINHAI]] == pytest.approx([0.25 * paid, 0.75 * paid])
    assert sites[~PILOT] == pytest.approx(0.0)  # no grants are published of the others


def test_nothing_is_graded_before_2020():
    assert lived(SmartFactories(JJJ), t=SINCE - 1)["smart_factories"].sum() == 0.0


def test_sites_rise_ever_more_slowly_to_the_number_of_large_firms():
    law = SmartFactories(JJJ)
    sites = [lived(law, n)["smart_factories"][URBAN] for n in (1, 2, 3, 400)]
    assert sites[1] - sites[0] < sites[0]
    assert sites[2] - sites[1] < sites[1] - sites[0]
    assert sites[3] == pytest.approx(lived(law)["large_factories"][URBAN], rel=1e-3)


def test_what_is_graded_stays_when_large_firms_go():
    law = SmartFactories(JJJ)
    found = world(law)
    for _ in range(200):
        law.act(found)
    before = found.satellites["smart_factories"].copy()
    found.tables.firm_jobs[...] *= 0.2
    law.act(found)
    assert found.satellites["smart_factories"] == pytest.approx(before)


@pytest.mark.parametrize("more", [{"budget": 50.0}, {"mean": 40.0}])
def test_larger_budgets_and_larger_firms_are_more_sites(more):
    law = SmartFactories(JJJ)
    assert lived(law, 8, **more)["smart_factories"][URBAN] > lived(law, 8)["smart_factories"][URBAN]
