"""Output, capital and prices."""

import dataclasses

import numpy as np
import pytest
from economy import economy, part, settle
from plans import JJJ

from jjj_sim.processes.labour import Labour
from jjj_sim.processes.national_labour import NationalLabour, national_labour
from jjj_sim.processes.production import Production
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.output import value_added_2013
from jjj_sim.regions.jingjinji.statistics.tables import value

XIONGAN, CORE = REGION.index("xiongan"), REGION.index("bj_core")


def test_the_opening_is_the_data_at_the_nations_first_quarter():
    world = economy()
    np.testing.assert_allclose(world.tables.value_added, value_added_2013() / 4 * world.tables.national_output)
    first = world.tables.value_added.copy()
    part(world, Production).act(world)  # producing with the same labour gives the same output
    np.testing.assert_allclose(world.tables.value_added, first, rtol=1e-10)


def test_output_by_hand():
    world = economy()
    p, s = part(world, Production), 5
    world.stocks.capital[CORE, s] *= 1.21
    world.tables.jobs[CORE] *= 1.1
    world.tables.effective_labour[CORE] *= 1.1
    world.tables.expected_output[CORE, s] *= 1.3
    before = world.tables.value_added[CORE, s]
    p.act(world)
    a, gain = 0.35, 0.05
    capacity = 1.21**a * 1.1 ** (1 - a) * 1.1**gain
    assert world.tables.capacity[CORE, s] / before == pytest.approx(capacity)
    assert world.tables.value_added[CORE, s] / before == pytest.approx(capacity**0.5 * 1.3**0.5)


def test_capital_wears_and_grows_by_hand():
    invested = Production(JJJ, profit_response=0.0)._invested(np.array([10.0]), np.array([1.0]))
    assert invested[0] == pytest.approx(2.8)
    assert Production(JJJ, profit_response=1.0)._invested(np.array([10.0]), np.array([2.0]))[0] == pytest.approx(5.6)
    world = economy(production={"profit_response": 0.0})
    before = world.stocks.capital.copy()
    part(world, Production).act(world)
    np.testing.assert_allclose(world.stocks.capital, before * (1 - 0.024) + 0.28 * world.tables.value_added)


def test_firms_pay_for_research_above_the_published_path_out_of_investment():
    plain, keen = economy(), economy()
    keen.policy.research_intensity[2] += 0.5
    for world in (plain, keen):
        part(world, Production).act(world)
    hebei = JJJ.inner_province == 2
    due = 0.005 * keen.tables.value_added[hebei].sum()
    assert keen.tables.research_paid[hebei].sum() == pytest.approx(due)
    assert keen.tables.research_paid[~hebei].sum() == plain.tables.research_paid.sum() == 0.0
    less = plain.flows.capital_invested - keen.flows.capital_invested
    np.testing.assert_allclose(less.sum(axis=1), keen.tables.research_paid, atol=1e-12)
    np.testing.assert_allclose(plain.stocks.capital - keen.stocks.capital, less, atol=1e-12)
    share = less[hebei] / plain.flows.capital_invested[hebei]
    np.testing.assert_allclose(share, due / plain.flows.capital_invested[hebei].sum())


def test_research_never_costs_more_than_is_invested():
    world = economy()
    world.policy.research_intensity[0] += 1e3
    part(world, Production).act(world)
    assert world.flows.investment[JJJ.inner_province == 0] == pytest.approx(0.0, abs=1e-12)


def test_the_nation_under_its_own_rule_returns_its_output():
    world = economy()
    p = part(world, Production)
    settle(world, 20)
    t, a = world.t, 1.0 - world.tables.labour_share
    world.tables.national_output[...] *= 1.02
    capital = world.memory.national_capital / p.capital_output()
    p._nation(world)
    nation = national_labour(JJJ, None)
    labour = nation.by_sector(2013.125 + t / 4) / nation.by_sector(2013.125)
    made = world.tables.national_productivity * capital**a * (labour * world.tables.national_skill) ** (1 - a)
    np.testing.assert_allclose(made * world.opening.national_output, world.tables.national_output)


def test_the_year_2013_is_the_published_one():
    kept = settle(economy(), 4, ["va_nominal"])["va_nominal"].sum(axis=0)
    for name in ("beijing", "tianjin", "hebei_official"):
        published = value("region_series", "gdp_nominal", name, 2013)
        assert kept[REGION.inside(name)].sum() == pytest.approx(published, rel=0.01)


def test_xiongans_building_is_output_without_capital():
    plain, built = economy(), economy()
    built.tables.new_area_construction[...] = 2.5
    for world in (plain, built):
        part(world, Production).act(world)
    extra = built.tables.value_added - plain.tables.value_added
    assert extra[XIONGAN, 3] == pytest.approx(2.5)
    assert extra.sum() == pytest.approx(2.5)
    np.testing.assert_array_equal(built.stocks.capital, plain.stocks.capital)


def test_capital_moves_with_the_jobs_and_seven_tenths_of_what_closes_are_scrapped():
    world = economy()
    before = world.stocks.capital.copy()
    jobs = world.tables.jobs[CORE, 1]
    world.flows.jobs_between[CORE, [5, 10], 1] = 0.15 * jobs, 0.05 * jobs
    world.flows.jobs_closed_by_relief[2, 4] = 0.1 * world.tables.jobs[2, 4]
    part(world, Labour).act(world)
    part(world, Production)._carry(world)
    gained = world.stocks.capital - before
    assert gained[CORE, 1] == pytest.approx(-0.2 * before[CORE, 1])
    assert gained[5, 1] / gained[10, 1] == pytest.approx(3.0)
    assert gained[:, 1].sum() == pytest.approx(0.0, abs=1e-9)
    assert gained[2, 4] == pytest.approx(-0.07 * before[2, 4])


def test_an_establishment_and_those_there_make_together_what_each_made():
    world = economy()
    p, a, there, here = part(world, Production), 0.35, (CORE, 5), (XIONGAN, 5)
    technique, capital = world.memory.base_productivity.copy(), world.stocks.capital.copy()
    labour = {CORE: 3.0, XIONGAN: 7.0}
    world.tables.left_share[there] = 0.1
    world.tables.arrival_split[CORE, XIONGAN, 5] = 1.0
    world.tables.arrived_share[here] = labour[CORE] / sum(labour.values())
    p._carry(world)
    made = technique[here] * capital[here] ** a * labour[XIONGAN] ** (1 - a)
    made += technique[there] * (0.1 * capital[there]) ** a * labour[CORE] ** (1 - a)
    both = world.memory.base_productivity[here] * world.stocks.capital[here] ** a * sum(labour.values()) ** (1 - a)
    assert both == pytest.approx(made)


def test_one_told_to_go_brings_a_part_of_its_technique_and_pay():
    told, free = economy(), economy()
    technique = told.memory.base_productivity.copy()
    for world, left in ((told, 0.75), (free, 0.0)):
        jobs = 0.1 * world.tables.jobs[CORE, 1]
        world.flows.jobs_between[CORE, XIONGAN, 1] = jobs
        world.flows.jobs_without_technique[CORE, XIONGAN, 1] = left * jobs
        part(world, Labour)._moved(world)
        part(world, Labour)._bring_pay(world)
        part(world, Production)._carry(world)
    less = (free.memory.base_productivity - told.memory.base_productivity)[XIONGAN, 1]
    came, k = 0.1 * economy().stocks.capital[CORE, 1], free.tables.arrived_share[XIONGAN, 1]
    share = came / (came + economy().stocks.capital[XIONGAN, 1])
    weight = share**0.55 * k**0.45
    assert less == pytest.approx(0.75 * weight * (technique[CORE, 1] - technique[XIONGAN, 1]))
    raised = [w.prices.premium[XIONGAN, 1] - economy().prices.premium[XIONGAN, 1] for w in (told, free)]
    np.testing.assert_allclose(raised[0], 0.25 * raised[1])


def test_an_exchange_of_equal_jobs_is_carried_both_ways():
    world = economy()
    t, technique = world.tables, world.memory.base_productivity.copy()
    jobs = 0.1 * min(t.jobs[CORE, 5], t.jobs[XIONGAN, 5])
    world.flows.jobs_between[CORE, XIONGAN, 5] = world.flows.jobs_between[XIONGAN, CORE, 5] = jobs
    before, capital = t.jobs.copy(), world.stocks.capital.copy()
    part(world, Labour).act(world)
    part(world, Production)._carry(world)
    for here, there in ((CORE, XIONGAN), (XIONGAN, CORE)):
        k = jobs / (before[here, 5] + jobs)
        left = {z: jobs / before[z, 5] * capital[z, 5] for z in (here, there)}
        c = left[there] / (capital[here, 5] - left[here] + left[there])
        expected = (1 - c) ** 0.35 * (1 - k) ** 0.65 * technique[here, 5] + c**0.35 * k**0.65 * technique[there, 5]
        assert world.memory.base_productivity[here, 5] == pytest.approx(expected)


def test_offsets_run_to_2020_and_fade():
    world = economy(production={"offset": dict.fromkeys(("beijing", "tianjin", "hebei"), 1.0)})
    hebei, services = REGION.index("handan"), 6
    growth = []
    for t in (0, 28, 60, 4000):
        world.t = t
        growth.append(np.log(part(world, Production)._offset(world)[hebei, services]))
    assert growth == pytest.approx([0.0, 0.65 * 0.07, 0.65 * 0.01 * (7 + 8 * (1 - np.exp(-1))), 0.65 * 0.15], rel=1e-6)


def test_solow_capital_over_output_settles_at_its_limit(monkeypatch):
    monkeypatch.setattr(NationalLabour, "by_sector", lambda self, time: np.ones(9))
    world = economy(production={"profit_response": 0.0, "access_gain": 0.0, "opening_growth": 0.04})
    p, g = part(world, Production), 0.05
    for _ in range(1200):
        world.tables.expected_output[...] = world.tables.capacity
        p.act(world)
        world.tables.national_output[...] *= np.exp(g / 4)
    ratio = world.stocks.capital / (4 * world.tables.value_added * np.exp(g / 4))
    np.testing.assert_allclose(ratio, 0.28 / (4 * np.expm1(g / 4) + 0.096), rtol=1e-3)
    np.testing.assert_allclose(ratio, 0.28 / (g + 0.096), rtol=0.01)


def test_nearer_markets_raise_output():
    world = economy()
    p = part(world, Production)
    before = world.tables.market_access.copy()
    world.tables.minutes[:19, :19] *= 0.8
    assert (p._access(world) > before).all()


def test_access_is_the_part_of_the_nations_output_within_reach():
    world = economy()
    t, p = world.tables, part(world, Production)
    t.minutes[3, :19], t.minutes_outside[3] = 60.0 + 10.0 * np.arange(19), 250.0
    nation = 59_296.3 / 4.0 * t.national_real_gdp
    made, hours = t.value_added.sum(axis=1), np.arange(6.0, 25.0) / 6.0
    beyond = nation - made.sum()
    expected = (made @ np.exp(-0.6 * hours) + beyond * np.exp(-2.5)) / nation
    before = p._access(world)
    assert before[3] == pytest.approx(expected, rel=1e-5)
    t.minutes_outside[3] -= 60.0
    gained = p._access(world) - before
    assert gained[3] == pytest.approx(beyond / nation * np.exp(-2.5) * np.expm1(0.6), rel=1e-5)
    assert np.count_nonzero(gained) == 1


def test_gdp_of_the_region_stays_near_the_published_without_a_fitted_parameter():
    kept = settle(economy(), 32, ["va_nominal"])["va_nominal"]
    published = value("region_series", "gdp_nominal", "jjj", 2020)
    assert kept[28:].sum() == pytest.approx(published, rel=0.10)


def test_capital_changes_by_what_is_invested_worn_moved_and_closed_alone():
    world = economy()
    world.flows.jobs_between[CORE, [5, 10, 19], 1] = 0.05 * world.tables.jobs[CORE, 1]
    world.flows.jobs_closed_by_relief[2, 4] = 0.1 * world.tables.jobs[2, 4]
    before = world.stocks.capital.copy()
    part(world, Labour).act(world)
    part(world, Production).act(world)
    f = world.flows
    after = before + f.capital_invested - f.capital_worn + f.capital_moved - f.capital_closed
    np.testing.assert_allclose(world.stocks.capital, after, rtol=1e-12)
    assert f.capital_moved[CORE, 1] == pytest.approx(-0.15 * before[CORE, 1])
    assert f.capital_moved[:, 1].sum() == pytest.approx(-0.05 * before[CORE, 1])
    assert f.capital_closed[2, 4] == pytest.approx(0.07 * before[2, 4])


def test_a_declared_break_is_spread_over_two_years_and_stays():
    world = economy(production={"broken": {"beijing": 0.0, "tianjin": -9.0, "hebei": 0.0}})
    urban, industry, services = REGION.index("tj_urban"), 1, 6
    for t, part_of in ((11, 0.0), (15, 0.4375), (20, 1.0), (71, 1.0)):
        world.t = t
        found = np.log(part(world, Production)._offset(world))
        assert found[urban, [industry, services]] == pytest.approx([-0.09 * part_of, 0.0])
        assert (found[CORE] == 0.0).all()


def test_steel_over_the_cap_is_not_made():
    """Half of 234 Mt may be made, steel .6 of Tangshan's general industry and .45 of Handan's."""
    free, capped = economy(), economy()
    capped.policy.steel_capacity = 117.0
    made = capped.data.output.value_added_2013[:, [1]] / 4.0
    may = part(capped, Production)._may_make(capped, made)
    tangshan, handan = REGION.index("tangshan"), REGION.index("handan")
    assert may[[tangshan, handan]] == pytest.approx([1 - 0.6 / 2, 1 - 0.45 / 2])
    assert np.count_nonzero(may != 1.0) == 2
    for world in (free, capped):
        part(world, Production).act(world)
    ratio = capped.tables.capacity / free.tables.capacity
    wanted = free.tables.capacity[tangshan, 1] / made[tangshan, 0]
    assert ratio[tangshan, 1] == pytest.approx(1 - 0.6 * (1 - 0.5 / wanted))
    assert np.count_nonzero(np.abs(ratio - 1.0) > 1e-12) == 2


def test_cleaning_beyond_the_nations_costs_polluting_industry_alone():
    free, cleaner = economy(), economy()
    cleaner.memory.stricter[CORE] = -np.log(0.9)
    for world in (free, cleaner):
        part(world, Production).act(world)
    ratio = cleaner.tables.capacity / free.tables.capacity
    assert ratio[CORE, 1] == pytest.approx(0.9**0.21)
    assert np.count_nonzero(np.abs(ratio - 1.0) > 1e-12) == 1


def test_where_no_sector_makes_steel_its_cap_is_idle():
    bare = dataclasses.replace(JJJ, sector_roles={k: v for k, v in JJJ.sector_roles.items() if k != "steel"})
    free, capped = economy(), economy()
    capped.policy.steel_capacity = 1.0
    for world in (free, capped):
        part(world, Production).region = bare
        part(world, Production).act(world)
    np.testing.assert_array_equal(capped.tables.capacity, free.tables.capacity)


def test_a_provinces_mix_moves_its_technique(monkeypatch):
    world, plain = economy(), economy()
    world.t = plain.t = 45
    mix = world.data.output.mix.at(2013.125 + 45 / 4 - 0.5)[0]
    part(world, Production).act(world)
    even = dataclasses.replace(plain.data.output.mix, values=np.ones_like(plain.data.output.mix.values))
    monkeypatch.setitem(plain.data.output._tables, "mix", even)
    part(plain, Production).act(plain)
    assert mix[5] > 1.05
    np.testing.assert_allclose((world.tables.capacity / plain.tables.capacity)[CORE], mix)


def test_research_makes_in_time_what_is_spent_on_it():
    """A quarter of the gap in technique a quarter; nobody tells what is spent in this small world, until it is told."""
    world = economy()
    p, s = part(world, Production), REGION.sector("research")
    before = world.memory.base_productivity.copy()
    p._fund(world)
    np.testing.assert_array_equal(world.memory.base_productivity, before)
    world.tables.research_funding = 1.0
    world.tables.research_funding[CORE] = 2.0
    p._fund(world)
    ratio = world.memory.base_productivity / before
    assert ratio[CORE, s] == pytest.approx(2.0**0.25)
    np.testing.assert_allclose(np.delete(ratio, s, axis=1), 1.0)
    np.testing.assert_allclose(np.delete(ratio[:, s], CORE), 1.0)
