"""Budgets: every account by hand with unequal zones, who pays whom, and what equalisation evens out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import JJJ, default, flat, make_plan

from jjj_sim.draws import member_seed
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.budgets import Budgets, lacking
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import World

PROVINCES = ("beijing", "tianjin", "hebei_official")
N_ZONES = JJJ.n_zones
BEIJING, TIANJIN, HEBEI = (JJJ.inside(p) for p in PROVINCES)
HANDAN, ZHANGJIAKOU, CHENGDE, TANGSHAN = map(JJJ.index, ("handan", "zhangjiakou", "chengde", "tangshan"))
HOUSEHOLDS, FIRMS, LOCAL, CENTRE = range(4)


# Received by Zhangjiakou and Chengde in the first phase of the Chaobai agreement, bn yuan (Hebei Daily 2023-09-02).
CHAOBAI_FIRST = 3.3945
RECORDED = 0.4


def revenue_rates(year):
    """Revenue over GDP by zone."""
    return JJJ.tables().budgets.revenue_rate.held(year)[JJJ.groups["budget_unit"][1]]


def need_per_head(year):
    """Local spending per resident of the nation."""
    return float(JJJ.tables().budgets.need_per_head.of(year))


def compensated(first, luanhe=0.0, match=1 / 3):
    """The lever, steady."""
    return LeverPlan("ecological_compensation", flat(first), {"luanhe": flat(luanhe), "match": flat(match)})


def make_world(first="2016Q1", parameters=None, as_of=None, **levers):
    """An opened world of unequal zones: 1 to 19 m people, twice as rich in Beijing; nothing compensated."""
    plan = make_plan(**({"fiscal_equalisation": default("fiscal_equalisation")} | levers))
    world = World(replace(plan, as_of=as_of), 1, twin=True, processes=[Budgets(JJJ, **parameters or {})])
    world.t = parse(first)
    million = np.arange(1.0, N_ZONES + 1)
    world.people[:, 0, 0, 40] = 0.8e6 * million
    world.people[:, 0, 0, 70] = 0.2e6 * million
    t = world.tables
    t.va_nominal = t.value_added = (million * np.where(BEIJING, 20.0, 10.0))[:, None] / 9
    t.labour_income = 5.0 * million
    t.labour_force = 0.5e6 * million
    t.employed[range(N_ZONES), range(N_ZONES), 0] = 0.95 * 0.5e6 * million
    t.spending_per_head = 4000.0
    t.budget_spending = 2.5 * million
    t.national_income = 1.0
    clock.announce(world)
    world.processes[-1].open(world)
    return world


def settled(world, quarters=1, **flows):
    """The world after some quarters, with flows set in each."""
    for _ in range(quarters):
        world.flows.clear()
        world.ledger.clear()
        for name, amounts in flows.items():
            getattr(world.flows, name)[...] = amounts
        clock.announce(world)
        world.processes[-1].act(world, world.processes[-1].table(world))
        for lever in world.levers:
            lever.settle(world)
        world.t += 1
    return world


def test_a_zone_of_hebei_by_hand():
    """Handan: thirteen million people, 2.6 of them from 60."""
    m = HANDAN + 1
    sales = np.zeros(N_ZONES)
    sales[HANDAN] = 6.0
    world = settled(make_world(), dwelling_sales=sales)
    t, f = world.tables, world.flows
    revenue = revenue_rates(2016)[HANDAN] * 10 * m
    need = need_per_head(2016) * m * 1e6 / 4e9
    grants = 0.011 * 10 * m + 0.16 * need
    equalised = 0.4 * (need - revenue - grants)
    pensions = 0.25 * (5.0 / (0.5e6 * 0.95)) * 0.2e6 * m
    funds = 0.125 * 5.0 * m * (1 - 0.27)
    services, beyond = 4000.0 * m * 1e6 / 4e9, 1.5 * m
    assert t.budget_revenue[HANDAN] == pytest.approx(revenue)
    assert t.central_transfers[HANDAN] == pytest.approx(grants + equalised)
    assert t.household_taxes[HANDAN] == pytest.approx(0.15 * 5.0 * m)
    filled = pensions - funds
    assert filled > 0
    assert t.social_transfers[HANDAN] == pytest.approx(pensions + 0.30 * beyond - filled)
    assert t.public_purchases[HANDAN] == pytest.approx(services + 0.60 * beyond + 0.125 * 5.0 * m * 0.27 + 1.2)
    assert f.net_lending[HANDAN] == pytest.approx(revenue + grants + equalised - 2.5 * m)
    assert f.land_income[HANDAN] == pytest.approx(1.2)


def test_pensions_are_the_provinces_and_what_they_lack_comes_out_of_assistance():
    base, older = make_world(), make_world()
    older.people[HANDAN, 0, 0, 70] *= 2.0
    older.people[HANDAN, 0, 0, 40] -= older.people[HANDAN, 0, 0, 70] / 2.0  # as many residents as before
    settled(base)
    settled(older)
    np.testing.assert_allclose(older.flows.net_lending, base.flows.net_lending)
    more = older.tables.social_transfers - base.tables.social_transfers
    assert more[HANDAN] > 0 > more[HANDAN + 1]
    assert more.sum() == pytest.approx(0.0, abs=1e-9)
    older.people[HEBEI, 0, 0, 70] *= 4.0  # beyond what budgets give to households: borrowed
    settled(older)
    assert (older.flows.net_lending[HEBEI] < base.flows.net_lending[HEBEI]).all()


def test_grants_to_graduates_come_out_of_assistance_and_are_borrowed_beyond_it():
    """Handan assists with what pensions leave; 2 of it go to graduates, of more than all the rest is borrowed."""
    base = settled(make_world())
    t = base.tables
    pensions = 0.25 * (5.0 / (0.5e6 * 0.95)) * 0.2e6 * (HANDAN + 1)
    left = float(t.social_transfers[HANDAN] - pensions)
    assert left > 2.0
    here = np.arange(N_ZONES) == HANDAN
    for grant, borrowed in ((2.0, 0.0), (left + 1.0, 1.0)):
        world = settled(make_world(), talent_subsidies_paid=grant * here)
        assert world.tables.social_transfers[HANDAN] == pytest.approx(t.social_transfers[HANDAN] + borrowed)
        assert world.flows.net_lending.sum() == pytest.approx(base.flows.net_lending.sum() - borrowed)
        assert world.ledger.entries["assistance"] == pytest.approx(base.ledger.entries["assistance"] - grant + borrowed)
        np.testing.assert_allclose(world.ledger.net[HOUSEHOLDS], base.ledger.net[HOUSEHOLDS] + borrowed * here)


def test_every_payment_has_both_sides():
    world = settled(make_world(), dwelling_sales=1.0)
    net, t = world.ledger.net, world.tables
    output, wages = t.va_nominal.sum(axis=1), t.labour_income
    services = 4000.0 * world.population / 4e9
    np.testing.assert_allclose(net[HOUSEHOLDS], t.social_transfers - t.household_taxes)
    np.testing.assert_allclose(net[LOCAL], world.flows.net_lending + t.public_purchases)  # which Demand pays
    assert net[CENTRE, 0] == pytest.approx(0.10 * output.sum() + 0.6 * 0.025 * wages.sum() - t.central_transfers.sum())
    assert net.sum() == pytest.approx(0.0, abs=1e-9)
    subsidies = 0.10 * (t.budget_spending - services)
    by_households = 0.4 * 0.025 * wages
    np.testing.assert_allclose(net[FIRMS], subsidies - t.budget_revenue + by_households - 0.2 - 0.10 * output)


@pytest.mark.parametrize("province", PROVINCES[:2])
def test_a_city_with_one_budget_is_left_with_the_same_a_resident(province):
    inside = JJJ.inside(province)
    sales = np.arange(N_ZONES, dtype=float)
    world = make_world()
    world.people[0, 0, 0, 70] *= 3.0
    settled(world, dwelling_sales=sales, subsidies_paid=np.where(np.arange(N_ZONES) == 5, 30.0, 0.0))
    per_head = (world.flows.net_lending / world.population)[inside]
    np.testing.assert_allclose(per_head, per_head[0])
    assert np.ptp((world.flows.net_lending / world.population)[HEBEI]) > 0


def test_subsidies_to_movers_are_part_of_the_budgets_until_they_exceed_it():
    base, some, many = (settled(make_world(), relief_subsidies_paid=a) for a in (0.0, 0.1, 9.0))
    np.testing.assert_allclose(some.flows.net_lending, base.flows.net_lending)
    paid = base.ledger.net[FIRMS] - some.ledger.net[FIRMS]
    np.testing.assert_allclose(paid, 0.0, atol=1e-9)  # what the lever pays, the budget gives less
    expected = 9.0 * N_ZONES - 0.10 * (base.tables.budget_spending.sum() - base.population.sum() / 1e6)
    assert (base.flows.net_lending - many.flows.net_lending).sum() == pytest.approx(expected)


def test_what_zones_remit_is_borrowed_and_changes_no_transfer():
    base, remitting = settled(make_world()), settled(make_world(), tax_remitted=np.arange(N_ZONES) * 0.01)
    lost = base.flows.net_lending - remitting.flows.net_lending
    np.testing.assert_allclose(lost[HEBEI], 0.01 * np.arange(N_ZONES)[HEBEI])
    assert lost.sum() == pytest.approx(0.01 * np.arange(N_ZONES).sum())
    np.testing.assert_array_equal(remitting.tables.central_transfers, base.tables.central_transfers)
    np.testing.assert_allclose(remitting.ledger.net[LOCAL] + lost, base.ledger.net[LOCAL])


def test_need_grows_with_the_nations_income_after_the_last_year():
    world = settled(make_world("2024Q4"))
    assert world.memory.need_per_head == pytest.approx(need_per_head(2024))
    world.tables.national_income = 1.1
    settled(world)
    assert world.memory.need_per_head == pytest.approx(1.1 * need_per_head(2024))


def test_compensation_by_hand_and_from_whom():
    world = settled(make_world(ecological_compensation=compensated(12.0, 0.8)))
    paid = world.flows.ecological_compensation
    received = paid.sum(axis=0)
    assert received[ZHANGJIAKOU] == pytest.approx(3.0 * 2 / 5)
    assert received[CHENGDE] == pytest.approx(3.0 * 3 / 5 + 0.1)
    assert received[TANGSHAN] == pytest.approx(0.1)
    assert [paid[p].sum() for p in (BEIJING, TIANJIN, HEBEI)] == pytest.approx([2.0, 0.2, 1.0])
    million = np.arange(1.0, 5.0)
    np.testing.assert_allclose(paid[BEIJING].sum(axis=1), 2.0 * million / million.sum())  # by revenue
    base = settled(make_world())
    difference = world.flows.net_lending - base.flows.net_lending
    assert difference[BEIJING].sum() == pytest.approx(-2.0)
    assert difference.sum() == pytest.approx(0.0, abs=1e-9)


def test_compensation_beyond_the_agreements_is_spent_and_saved_by_those_who_pay():
    world = make_world(ecological_compensation=compensated(12.0, 0.8), parameters={"flypaper": 0.5})
    agreed = {"ecological_compensation": compensated(12.0, 0.8)}
    world.follow(replace(world.plan, published=agreed))
    clock.announce(world)
    assert not world.processes[-1].table(world).any()
    world.follow(replace(world.plan, published={"ecological_compensation": compensated(8.0, 0.4)}))
    clock.announce(world)
    more = world.processes[-1].table(world)
    by_province = [more[p].sum() for p in (BEIJING, TIANJIN, HEBEI)]
    assert by_province == pytest.approx([-0.5 * 4.0 * 2 / 3, -0.5 * 0.4, 0.5 * (4.0 * 2 / 3 + 0.4)])
    assert more[ZHANGJIAKOU] > 0.0 > more[HANDAN]


def test_users_of_another_provinces_services_are_settled_by_hand():
    guests = np.zeros((N_ZONES, N_ZONES))
    guests[HANDAN, 0], guests[HANDAN, TANGSHAN] = 1e5, 1e4  # a guest inside the province is nobody's bill
    base = settled(make_world())
    world = make_world()
    world.tables.guests, world.tables.spending_per_head = guests, np.arange(4000.0, 4000.0 + N_ZONES)
    more = world.processes[-1].table(world)
    settled(world)
    due = 0.23 * 1e5 * 4000.0 / 4e9
    assert world.flows.services_settled[HANDAN, 0] == pytest.approx(due)
    assert world.ledger.entries["services settled"] == pytest.approx(due)
    assert (more[HANDAN], more[0]) == pytest.approx((-4.0 * due, 4.0 * due))  # spent by the host, not at home
    world.tables.spending_per_head = 4000.0
    difference = settled(world).flows.net_lending - settled(base).flows.net_lending
    assert difference[HANDAN] == pytest.approx(-due)
    assert difference[BEIJING].sum() == pytest.approx(due)
    assert np.count_nonzero(world.flows.services_settled) == 1


def test_hosts_return_what_the_record_holds_when_portability_falls_behind_it():
    guests = np.zeros((N_ZONES, N_ZONES))
    guests[HANDAN, 0] = -1e5
    world = make_world()
    world.tables.guests = guests
    settled(world)
    assert world.flows.services_settled[0, HANDAN] == pytest.approx(0.23 * 1e5 * 4000.0 / 4e9)
    assert (world.flows.services_settled >= 0.0).all()


def test_the_capitals_works_are_borrowed_for():
    base, world = make_world(), make_world()
    world.tables.traffic_works = np.where(BEIJING, 2.0, 0.0)
    difference = settled(world).flows.net_lending - settled(base).flows.net_lending
    assert difference[BEIJING].sum() == pytest.approx(-2.0 * BEIJING.sum())
    np.testing.assert_allclose(difference[~BEIJING], 0.0, atol=1e-12)
    np.testing.assert_array_equal(world.processes[-1].table(world), base.processes[-1].table(base))  # borrowed


def test_care_of_the_capitals_old_by_hand_and_who_is_paid():
    """Everybody is registered in the core; half of 4,000 yuan a year for .2 m old a million is .1 a quarter."""
    kept = LeverPlan("elder_care", flat(0.5))
    world, base = settled(make_world(elder_care=kept)), settled(make_world())
    paid, million = world.flows.elder_care, np.arange(1.0, N_ZONES + 1)
    np.testing.assert_allclose(paid[0], 0.1 * million * ~BEIJING)
    assert not paid[1:].any()
    difference = world.flows.net_lending - base.flows.net_lending
    assert difference[BEIJING].sum() == pytest.approx(-paid.sum())
    assert difference[HANDAN] == pytest.approx(0.1 * (HANDAN + 1))
    assert world.ledger.entries["elder care"] == pytest.approx(paid.sum())
    more, plain = (w.processes[-1].table(w) for w in (world, base))
    np.testing.assert_allclose(more - plain, 4.0 * (paid.sum(axis=0) - paid.sum(axis=1)))
    world.follow(replace(world.plan, published=dict(world.plan.published) | {"elder_care": kept}))
    clock.announce(world)
    np.testing.assert_array_equal(world.processes[-1].table(world), plain)  # the record was made with it


def test_the_first_phase_adds_up_to_what_was_received():
    lever = default("ecological_compensation")
    quarters = range(parse("2018Q1"), parse("2021Q4") + 1)
    assert sum(lever.at(t) for t in quarters) / 4 == pytest.approx(CHAOBAI_FIRST)
    assert lever.at(parse("2017Q4")) == 0.0


def test_at_the_recorded_coefficient_spending_is_the_record_and_beyond_it_the_shortfall_is_spent():
    agreed = default("ecological_compensation")
    world = settled(make_world(ecological_compensation=agreed))
    assert not world.processes[-1].table(world).any()
    for coefficient in (0.0, 0.9):
        lever = LeverPlan("fiscal_equalisation", flat(coefficient))
        given = {"fiscal_equalisation": lever, "ecological_compensation": agreed}
        world = settled(make_world(parameters={"flypaper": 0.5}, **given))
        base = settled(make_world())
        more = world.tables.central_transfers - base.tables.central_transfers
        np.testing.assert_allclose(world.processes[-1].table(world), 4 * 0.5 * more)
        assert np.sign(more.sum()) == np.sign(coefficient - RECORDED)


def test_as_of_an_earlier_year_need_grows_from_there_and_rates_stand_still():
    world = settled(make_world("2016Q4", as_of=2016))
    world.tables.national_income = 1.1
    settled(world)
    assert world.memory.need_per_head == pytest.approx(1.1 * need_per_head(2016))
    output = world.tables.va_nominal.sum(axis=1)
    np.testing.assert_allclose(world.tables.budget_revenue, revenue_rates(2016) * output)


def theil(values, people):
    """Theil's index of values a head over people."""
    share, relative = people / people.sum(), values / people / (values.sum() / people.sum())
    return float((share * relative * np.log(relative)).sum())


@given(st.integers(0, 2**32), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.1, 3.0))
def test_more_equalisation_never_makes_resources_a_head_less_equal(seed, one, other, need):
    rng = np.random.default_rng(seed)
    people, own = rng.lognormal(size=N_ZONES), rng.lognormal(size=N_ZONES)
    low, high = sorted((one, other))
    before, after = (own + c * lacking(own, need * people) for c in (low, high))
    balanced = after * before.sum() / after.sum()  # the same total, each giving up the same part
    assert theil(balanced, people) <= theil(before, people) + 1e-12
    assert (after >= before - 1e-12).all()


def test_one_step_of_more_equalisation_makes_services_more_equal_and_of_less_less():
    found = {}
    for coefficient in (0.0, RECORDED, 1.0):
        plan = load_scenario("baseline", **{"levers.fiscal_equalisation.path": [["2013Q1", coefficient]]}).plan()
        world = clock.build(plan, member_seed(1, 0), twin=True)
        clock.simulate(world, until=1)
        people = world.population
        found[coefficient] = theil(world.tables.spending_per_head * people, people)
    assert found[1.0] < found[RECORDED] < found[0.0]


@pytest.mark.parametrize("year", [2016, 2020, 2024])
def test_rates_add_up_to_the_published_revenue(year):
    gdp = np.array([value("zone_series_2", "gdp_5ec_consistent", z, year) for z in JJJ.ids])
    revenue = revenue_rates(year) * gdp
    for inside, area in zip((BEIJING, TIANJIN, HEBEI), PROVINCES, strict=True):
        assert revenue[inside].sum() == pytest.approx(value("region_series", "budget_revenue", area, year))
    assert np.ptp(revenue_rates(year)[BEIJING]) == 0.0
    assert (revenue_rates(2030) == revenue_rates(2024)).all()


def test_before_2016_hebei_follows_its_prefectures_without_the_two_doubled_years():
    gdp = np.array([value("zone_series_2", "gdp_5ec_consistent", z, 2013) for z in JJJ.ids])
    assert (revenue_rates(2013) * gdp)[HEBEI].sum() == pytest.approx(228, rel=0.01)
    for zone, year in (("hengshui", 2014), ("xingtai", 2015)):
        rates = [revenue_rates(y)[JJJ.index(zone)] for y in (year - 1, year, year + 1)]
        assert min(rates[0], rates[2]) * 0.95 < rates[1] < max(rates[0], rates[2]) * 1.05
