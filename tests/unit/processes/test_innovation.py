"""Research, contracts and knowledge by hand, on zones that differ; luck against the mean; gravity recovered."""

from dataclasses import replace

import numpy as np
import pytest
from plans import JJJ, flat, make_plan

from jjj_sim.draws import Draws
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.processes.innovation import Innovation
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics import national, research
from jjj_sim.regions.jingjinji.statistics.tables import series, value
from jjj_sim.running import clock
from jjj_sim.state.world import World

Z, N_ZONES, N_SECTORS = JJJ.index, JJJ.n_zones, JJJ.n_sectors
INNER, TIANJIN, BINHAI, BAODING, XIONGAN = map(Z, ("bj_inner", "tj_urban", "tj_binhai", "baoding", "xiongan"))
PROVINCE = JJJ.inner_province
BEIJING, HEBEI = JJJ.capital, JJJ.role("hinterland")
SAME = PROVINCE[:, None] == PROVINCE
RATES = {"beijing": 6.0, "tianjin": 3.0, "hebei": 1.0}


def make_world(parameters=None, as_of=None, **levers):
    """An opened world of unequal zones in which nothing but innovation acts."""
    rates = {p: flat(r) for p, r in RATES.items()}
    plan = make_plan(rd_intensity=LeverPlan("rd_intensity", None, rates), **levers)
    world = World(replace(plan, as_of=as_of), 1, twin=True, processes=[Innovation(JJJ, **(parameters or {}))])
    size = np.linspace(1.0, 3.0, N_ZONES)
    world.people[:, 0, 0, 40] = 4e6 * size
    world.people[:, 2, 0, 40] = 1e6 * size**2
    t = world.tables
    t.value_added = 10.0 * np.outer(size, np.linspace(0.5, 1.5, N_SECTORS))
    t.va_nominal = 1.1 * t.value_added
    t.jobs = 2e5 * np.outer(size, np.linspace(1.2, 0.8, N_SECTORS))
    t.national_deflator = np.linspace(0.9, 1.3, N_SECTORS)
    t.national_real_gdp = 1.0
    spread = np.abs(np.subtract.outer(np.arange(N_ZONES + 1), np.arange(N_ZONES + 1)))
    t.minutes = 30.0 + 10.0 * spread
    clock.announce(world)
    part(world).open(world)
    return world


def part(world):
    return world.processes[-1]


def quarter(world, draws=None):
    """Live a quarter; returns its mean contracts."""
    world.flows.clear()
    world.ledger.clear()
    clock.announce(world)
    table = part(world).table(world)
    if draws is None:
        part(world).expect(world, table)
    else:
        part(world).sweep(world, table, draws)
    for lever in world.levers:
        lever.settle(world)
    world.t += 1
    return table


def college_share(world):
    return world.people[:, 2].sum(axis=(1, 2)) / world.population


def test_a_quarter_of_research_by_hand():
    world = make_world()
    before = world.stocks.rd_stock.copy()
    quarter(world)
    t = world.tables
    key = (t.value_added[:, 7] + t.value_added[:, 2]) * college_share(world)
    share = key[BINHAI] / (key[TIANJIN] + key[BINHAI])
    tianjin = t.value_added[[TIANJIN, BINHAI]].sum()
    spent = 0.03 * tianjin * share
    assert world.stocks.rd_stock[BINHAI] == pytest.approx((1 - 0.15 / 4) * before[BINHAI] + spent)
    assert world.flows.research_spending[BINHAI] == pytest.approx(1.1 * spent)
    for p, rate in enumerate((0.06, 0.03, 0.01)):
        assert world.flows.research_spending[PROVINCE == p].sum() == pytest.approx(
            rate * t.va_nominal[PROVINCE == p].sum()
        )
    growth = np.log(1185.0 / 936.6) / 2 - np.log(national.deflators()[0][3] / national.deflators()[0][1]) / 2
    assert before[INNER] == pytest.approx(4 * world.flows.research_spending[INNER] / 1.1 / (0.15 + growth))


def test_a_steady_economy_has_the_stock_that_wear_allows():
    world = make_world()
    for _ in range(400):
        quarter(world)
    spent = world.flows.research_spending / 1.1
    np.testing.assert_allclose(world.stocks.rd_stock, 4 * spent / 0.15, rtol=1e-6)


def test_the_stock_changes_by_what_is_built_and_worn():
    world = make_world()
    for _ in range(3):
        before = world.stocks.rd_stock.copy()
        quarter(world)
        flows = world.flows
        np.testing.assert_allclose(before + flows.research_built - flows.research_worn, world.stocks.rd_stock)


def test_as_of_an_earlier_year_the_nations_research_rises_from_there():
    world = make_world({"national_rise": 0.1}, as_of=2016)
    world.t = parse("2018Q4")
    published = JJJ.tables().research.national_intensity.of(2016)
    assert part(world)._national_spending(world) == pytest.approx((published + 0.2) / 400)


def test_a_campus_takes_its_share_of_hebeis_research_along():
    events = {
        "campus": Event(0, {"jobs": 5000.0}, {"kind": "university", "destination": "xiongan"}),
        "ward": Event(0, {"jobs": 9000.0}, {"kind": "hospital", "destination": "xiongan"}),
        "never": Event(None, {"jobs": 9000.0}, {"kind": "university"}),
    }
    moved = make_world(university_hospital_moves=LeverPlan("university_hospital_moves", events=events))
    base = make_world()
    quarter(moved)
    quarter(base)
    t = base.tables
    key = (t.value_added[:, 7] + t.value_added[:, 2]) * college_share(base)
    extra = 5000.0 * t.value_added[:, 7].sum() / t.jobs[:, 7].sum() * college_share(base)[XIONGAN]
    expected = (1 + extra / key[XIONGAN]) * key[HEBEI].sum() / (key[HEBEI].sum() + extra)
    gain = moved.flows.research_spending / base.flows.research_spending
    assert gain[XIONGAN] == pytest.approx(expected)
    assert moved.flows.research_spending.sum() == pytest.approx(base.flows.research_spending.sum())
    np.testing.assert_allclose(gain[~HEBEI], 1.0)


def test_contracts_by_hand():
    parameters = {"origin": 0.9, "absorption": 0.6, "decay": 0.5, "border": 0.4, "trend": 0.1, "dip": -0.2}
    levers = {
        "technology_subsidy": LeverPlan("technology_subsidy", flat(0.1), zones=(BAODING,)),
        "chain_coordination": LeverPlan("chain_coordination", flat(0.2)),
    }
    world = make_world(parameters, **levers)
    world.t = parse("2021Q3")
    clock.announce(world)
    found = part(world).table(world)
    s, t = world.stocks, world.tables
    unexplained = np.exp(0.1 * (34 - 1.5) / 4 - 0.2)

    def mass(i, j):
        absorbed = (4 * t.value_added[j, 2]) ** 0.7 * world.people[j, 2].sum() ** 0.3
        psi = world.opening.contract_level / 4 * t.national_deflator[7] * unexplained
        return psi * s.rd_stock[i] ** 0.9 * absorbed**0.6 * np.exp(-0.5 * t.minutes[i, j] / 60)

    assert found[INNER, BAODING] == pytest.approx(mass(INNER, BAODING) * 1.2 * 1.1**1.5)
    assert found[INNER, TIANJIN] == pytest.approx(mass(INNER, TIANJIN) * 1.2)
    assert found[XIONGAN, BAODING] == pytest.approx(mass(XIONGAN, BAODING) * np.exp(0.4))


def test_the_opening_has_the_given_sales_and_the_trend_slows_after_2024():
    world = make_world({"opening_flow": 5.0})
    assert 4 * part(world).table(world)[BEIJING][:, ~BEIJING].sum() == pytest.approx(5.0)
    rises = np.diff([np.log(part(world)._unexplained(parse(q))) for q in ("2023Q4", "2024Q4", "2025Q4", "2026Q4")])
    np.testing.assert_allclose(rises, [0.061, (0.061 + 7 * 0.025) / 8, 0.025])


def test_what_tianjin_pilots_reaches_hebei_a_year_later():
    world = make_world({"pilot": 0.3})
    first = part(world).table(world)
    world.memory.piloted[2] += 1.5
    lag = []
    for _ in range(4):
        table = part(world).table(world) / part(world)._unexplained(world.t)
        lag.append(table[INNER, BAODING])
        world.t += 1
    made = 4 * world.tables.value_added[HEBEI, 2].sum()
    assert lag[2] / lag[1] == pytest.approx((1 + 4 * 0.3 * 1.5 / made) ** (0.7 * 0.7))
    assert lag[3] == pytest.approx(lag[1])
    assert first[INNER, TIANJIN] / part(world)._unexplained(0) == pytest.approx(table[INNER, TIANJIN])
    quarter(world)
    assert world.memory.piloted[0] == pytest.approx(world.flows.technology_contracts[BEIJING][:, [4, 5]].sum())


def test_hebeis_own_count_has_its_own_scale():
    world = make_world({"reported": 1.5})
    quarter(world)
    sold = world.flows.technology_contracts
    count = world.flows.contracts_as_buyers_count
    assert count[BAODING] == pytest.approx(1.5 * sold[:6, BAODING].sum())
    assert np.all(count[~HEBEI] == 0.0)


def test_the_buyers_government_pays_the_subsidy_on_what_crosses_a_border():
    world = make_world(technology_subsidy=LeverPlan("technology_subsidy", flat(0.1), zones=(BAODING,)))
    quarter(world)
    paid = 0.1 * world.flows.technology_contracts[:, BAODING][~HEBEI].sum()
    assert world.ledger.net[2, BAODING] == pytest.approx(-paid)
    assert world.ledger.net[1, BAODING] == pytest.approx(paid)
    paid_at_all = {name: amount for name, amount in world.ledger.entries.items() if amount}
    assert paid_at_all == {"technology subsidy": pytest.approx(paid)}


def test_knowledge_is_research_a_job_over_the_nations():
    world = make_world({"research_gain": 0.1})
    assert np.all(world.tables.knowledge == 0.0)
    before = world.stocks.rd_stock / world.tables.jobs.sum(axis=1)
    nation = float(world.memory.national_rd_stock)
    world.tables.jobs[BAODING] *= 1.25
    quarter(world)
    rate = research.intensity("nation")[2013] / 100
    assert world.memory.national_rd_stock == pytest.approx((1 - 0.15 / 4) * nation + rate / 4, rel=1e-9)
    own = np.log(world.stocks.rd_stock / world.tables.jobs.sum(axis=1) / before)
    abroad = np.log(float(world.memory.national_rd_stock) / nation)
    np.testing.assert_allclose(world.tables.knowledge, 0.1 * np.tile((own - abroad)[:, None], N_SECTORS))
    assert own[BAODING] < own[BAODING - 1] - 0.2


def test_research_above_the_published_path_makes_a_yuan_a_yuan_by_hand():
    world = make_world()
    world.opening.research_made = np.linspace(1.0, 3.0, N_ZONES)
    published = part(world)._real_spending(world)
    world.policy.research_as_published[...] = world.policy.research_intensity
    funding = part(world)._funding(world)
    np.testing.assert_allclose(funding, published / world.opening.research)
    world.policy.research_intensity[2] *= 1.5
    more = (part(world)._funding(world) - funding) * world.opening.research_made
    added = 1.0 - JJJ.tables().output.requirements[:, JJJ.sector("research")].sum()
    np.testing.assert_allclose(more, added * 0.5 * published * (PROVINCE == 2))


def test_nothing_is_learned_from_contracts_or_the_frontier_by_default():
    world = make_world()
    for _ in range(3):
        quarter(world)
    assert np.all(world.memory.learned == 0.0)


def test_contracts_teach_beyond_what_the_nations_own_diffusion_would():
    world = make_world({"contract_gain": 0.2})
    share = world.opening.purchases.copy()
    quarter(world)
    np.testing.assert_allclose(world.memory.learned, 0.0, atol=1e-12)
    world.plan.levers["chain_coordination"].path.values[:] = 0.5
    quarter(world)
    bought = world.flows.technology_contracts.sum(axis=0) / world.tables.va_nominal.sum(axis=1)
    usual = share * np.interp(2013.375, [2013.5, 2014.5], [1.0, 1.058])
    expected = 0.2 * (np.log1p(bought) - np.log1p(usual)) / 4
    np.testing.assert_allclose(world.memory.learned[:, 3], expected, rtol=1e-9, atol=1e-12)


def test_catching_up_by_hand():
    world = make_world({"catch_up": 0.04})
    world.tables.value_added[BAODING, 1] *= 0.5
    world.tables.value_added[XIONGAN, 4] = world.tables.jobs[XIONGAN, 4] = 0.0
    world.tables.va_nominal = 1.1 * world.tables.value_added
    quarter(world)
    t = world.tables
    per_job = t.value_added[BAODING, 1] / t.jobs[BAODING, 1]
    provinces = [t.value_added[PROVINCE == p, 1].sum() / t.jobs[PROVINCE == p, 1].sum() for p in range(3)]
    gdp, spent = t.value_added.sum(axis=1), world.flows.research_spending / 1.1
    capacity = college_share(world)[BAODING] * spent[BAODING] / gdp[BAODING]
    people, college = world.population[BEIJING].sum(), world.people[BEIJING, 2].sum()
    capacity /= college / people * spent[BEIJING].sum() / gdp[BEIJING].sum()
    expected = 0.04 / 4 * capacity * np.log(max(provinces) / per_job)
    assert expected > 0
    assert world.memory.learned[BAODING, 1] == pytest.approx(expected)
    assert world.memory.learned[BAODING, 2] == pytest.approx(0.0, abs=1e-15)
    assert world.memory.learned[XIONGAN, 4] == 0.0


def drawn(world, seed):
    """Contracts of one draw from the world as it stands."""
    table = part(world).table(world)
    world.flows.clear()
    part(world).sweep(world, table, Draws(seed, "innovation", world.t))
    return table, world.flows.technology_contracts.copy()


def test_a_faster_link_never_loses_contracts_and_touches_no_other_pair():
    near, far = make_world(), make_world()
    near.tables.minutes[INNER, BAODING] -= 25.0
    near.opening.contract_level = far.opening.contract_level = 40.0 * float(far.opening.contract_level)
    gained = 0
    for seed in range(40):
        (_, faster), (_, slower) = drawn(near, seed), drawn(far, seed)
        near.stocks.rd_stock = far.stocks.rd_stock
        assert faster[INNER, BAODING] >= slower[INNER, BAODING]
        gained += faster[INNER, BAODING] > slower[INNER, BAODING]
        same = np.ones_like(faster, dtype=bool)
        same[INNER, BAODING] = False
        np.testing.assert_array_equal(faster[same], slower[same])
    assert gained > 30


def test_the_twin_is_the_mean_of_the_draws():
    world = make_world()
    world.opening.contract_level = 40.0 * float(world.opening.contract_level)
    kept = world.stocks.rd_stock.copy()
    found = []
    for seed in range(600):
        world.stocks.rd_stock = kept
        world.memory.piloted = world.opening.piloted
        mean, contracts = drawn(world, seed)
        found.append(contracts)
    error = np.std(found, axis=0) / np.sqrt(len(found))
    assert np.all(np.abs(np.mean(found, axis=0) - mean) < 5 * error)
    assert np.mean(found) == pytest.approx(mean.mean(), rel=0.01)
    spread = np.std(found, axis=0)[INNER, TIANJIN] / mean[INNER, TIANJIN]
    assert spread == pytest.approx(np.sqrt(1 / 2.5 + 0.006 / mean[INNER, TIANJIN]), rel=0.1)


def poisson_regression(counts, design):
    """Coefficients of log E[counts] = design @ b by iteratively reweighted least squares."""
    mean = counts + counts.mean()
    for _ in range(60):
        log = np.log(mean)
        weighted = design * mean[:, None]
        b = np.linalg.lstsq(design.T @ weighted, weighted.T @ (log + (counts - mean) / mean), rcond=None)[0]
        mean = np.exp(np.clip(design @ b, -30, 30))
    return b


def test_gravity_with_two_way_fixed_effects_recovers_the_decay():
    world = make_world({"decay": 0.6, "border": 0.5})
    world.opening.contract_level = 100.0 * float(world.opening.contract_level)
    world.tables.minutes[:N_ZONES, :N_ZONES] = np.random.default_rng(3).uniform(30.0, 240.0, (N_ZONES, N_ZONES))
    kept, found = world.stocks.rd_stock.copy(), []
    each = np.eye(N_ZONES)
    sides = np.hstack([np.repeat(each, N_ZONES, axis=0), np.tile(each, (N_ZONES, 1))])
    hours = world.tables.minutes[:N_ZONES, :N_ZONES].ravel() / 60.0
    design = np.column_stack([hours, SAME.ravel(), sides])
    for seed in range(50):
        world.stocks.rd_stock = kept
        world.memory.piloted = world.opening.piloted
        _, contracts = drawn(world, seed)
        found.append(poisson_regression(contracts.ravel(), design)[:2])
    decay, border = np.mean(found, axis=0)
    error = np.std(found, axis=0) / np.sqrt(len(found))
    assert decay == pytest.approx(-0.6, abs=4 * error[0])
    assert border == pytest.approx(0.5, abs=4 * error[1])
    assert np.std(found, axis=0)[0] < 0.1


@pytest.fixture
def history(twin):
    """Contracts of the baseline's twin by year 2013-24, shape (12, n_zones, n_zones), and research over GDP."""
    contracts, spent, gdp = [], [], []

    def keep(world):
        contracts.append(world.flows.technology_contracts.copy())
        spent.append(world.flows.research_spending.copy())
        gdp.append(world.tables.va_nominal.sum(axis=1))

    clock.simulate(twin, until=47, on_quarter=keep)
    return [np.array(x).reshape(12, 4, *np.shape(x[0])).sum(axis=1) for x in (contracts, spent, gdp)]


def test_the_published_series_come_out(history):
    contracts, spent, gdp = history
    published = series("region_series", "tech_contract_flow_to_tianjin_hebei", "beijing")
    model = contracts[:, BEIJING][:, :, ~BEIJING].sum(axis=(1, 2))
    errors = np.log(model / [published[y] for y in range(2013, 2025)])
    assert np.abs(errors).max() < 0.15
    assert np.abs(errors.mean()) < 0.03
    late = value("region_series", "tech_contract_flow_to_tianjin_hebei_cum_2021_2024", "beijing", 2024)
    assert model[8:].sum() == pytest.approx(late, rel=0.1)
    for p, area in enumerate(research.AREAS):
        ratio = 100 * spent[:, PROVINCE == p].sum(axis=1) / gdp[:, PROVINCE == p].sum(axis=1)
        rates = research.intensity(area)
        np.testing.assert_allclose(ratio, [rates[y] for y in range(2013, 2025)], rtol=1e-9)


def test_what_the_three_provinces_sell_each_other_was_never_fitted(history):
    published = value("region_series", "tech_contracts_mutual_value", "jjj", 2023)
    assert history[0][10][~SAME].sum() == pytest.approx(published, rel=0.25)


def test_flows_inside_the_region_stay_within_the_published_totals(history):
    """The totals of 2013-23 count all of China and abroad. Hebei's sales of 2014-16 pass theirs, which is said."""
    for p, area in enumerate(research.AREAS):
        sold = series("region_series", "tech_contracts_output_value", area)
        bought = series("region_series", "tech_contracts_absorbed_value", area)
        for year in range(2013, 2024):
            contracts = history[0][year - 2013]
            assert contracts[:, PROVINCE == p].sum() < bought[year]
            if area != "hebei_official":
                assert contracts[PROVINCE == p].sum() < sold[year]
