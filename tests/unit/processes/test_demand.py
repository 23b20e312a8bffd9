"""Spending, trade and prices."""

import numpy as np
import pytest
from economy import economy, part, settle
from plans import JJJ, flat

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes import trade
from jjj_sim.processes.demand import Demand
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION, ROC
from jjj_sim.regions.jingjinji.statistics.input_output import final_use, requirements, value_added_ratio
from jjj_sim.running.clock import announce

LOCAL = 2
CORE, XIONGAN, HANDAN = (REGION.index(z) for z in ("bj_core", "xiongan", "handan"))

DATA = JJJ.tables().output


def test_the_table_adds_up():
    assert requirements().shape == (N_SECTORS, N_SECTORS)
    np.testing.assert_allclose(requirements().sum(axis=0) + value_added_ratio(), 1.0)
    assert value_added_ratio()[1] == pytest.approx(0.269, abs=0.001)
    assert np.abs(np.linalg.eigvals(requirements())).max() == pytest.approx(0.65, abs=0.02)
    for kind in ("household_consumption", "government_consumption", "capital_formation"):
        assert final_use(kind).sum() == pytest.approx(1.0)


def test_opening_trade_meets_outputs_and_purchases():
    rng = np.random.default_rng(3)
    output, bought = rng.uniform(1, 30, (2, N_ZONES, N_SECTORS))
    minutes = rng.uniform(40, 300, (N_ZONES, N_ZONES))
    flow = trade.opening_trade(
        output,
        bought,
        minutes + minutes.T,
        np.full(N_SECTORS, 9000.0),
        own=DATA.own_trade,
        decay=DATA.trade_decay,
        outside_minutes=400.0,
        bias=np.ones((N_ZONES, N_ZONES)),
    )
    np.testing.assert_allclose(flow[:N_ZONES].sum(axis=1), output, rtol=1e-9)
    np.testing.assert_allclose(flow[:, :N_ZONES].sum(axis=0), bought, rtol=1e-6)
    own = flow[range(N_ZONES), range(N_ZONES)]
    np.testing.assert_allclose(own, DATA.own_trade * np.minimum(output, bought))


def test_a_border_of_a_province_divides_the_odds_of_trade_by_hand():
    # Two zones of one province and one of another, all 100 minutes apart: the odds of buying from the neighbour
    # rather than across, over the same odds of a buyer across, are the bias alone whatever outputs are.
    output, bought = np.array([[4.0], [9.0], [6.0]]), np.array([[7.0], [5.0], [8.0]])
    bias = np.ones((3, 3))
    bias[:2, :2] = 12.0
    flow = trade.opening_trade(
        output,
        bought,
        np.full((3, 3), 100.0),
        np.array([900.0]),
        own=np.array([0.5]),
        decay=np.array([1.0]),
        outside_minutes=400.0,
        bias=bias,
    )[:, :, 0]
    assert flow[0, 1] * flow[2, 3] / (flow[0, 3] * flow[2, 1]) == pytest.approx(12.0)
    assert flow[0, 2] * flow[1, 3] / (flow[0, 3] * flow[1, 2]) == pytest.approx(1.0)
    np.testing.assert_allclose(flow[:3].sum(axis=1), output[:, 0])


def test_a_province_buys_most_of_what_it_uses_at_home():
    world = economy()
    part(world, Demand).act(world)
    sales, share = world.flows.sales[:, :N_ZONES], []
    for p in range(JJJ.n_provinces):
        mine = JJJ.inner_province == p
        share.append(sales[:N_ZONES][mine][:, mine].sum() / sales[:, mine].sum())
    assert 0.6 < min(share) < max(share) < 0.75


def test_a_dearer_supplier_sells_less_by_hand():
    theta = np.full((N_ZONES + 1, N_ZONES + 1, N_SECTORS), 1.0 / (N_ZONES + 1))
    pull = np.ones((N_ZONES + 1, N_SECTORS))
    pull[CORE, 2] = 1.05**-4
    share = trade.shares(theta, pull, np.ones((N_ZONES + 1, N_ZONES + 1)))
    assert share[CORE, HANDAN, 2] == pytest.approx(1.05**-4 / (N_ZONES + 1.05**-4))
    np.testing.assert_allclose(share.sum(axis=0), 1.0)


def test_customers_follow_establishments():
    theta = np.random.default_rng(1).uniform(0.5, 1.5, (N_ZONES + 1, N_ZONES + 1, N_SECTORS))
    left, came = np.zeros((N_ZONES, N_SECTORS)), np.zeros((N_ZONES, N_ZONES, N_SECTORS))
    left[CORE, 8], came[CORE, XIONGAN, 8] = 0.2, 0.75
    after = trade.moved(theta, left, came)
    np.testing.assert_allclose(after[CORE, :, 8], 0.8 * theta[CORE, :, 8])
    np.testing.assert_allclose(after[XIONGAN, :, 8], theta[XIONGAN, :, 8] + 0.15 * theta[CORE, :, 8])
    np.testing.assert_allclose(after[ROC, :, 8], theta[ROC, :, 8] + 0.05 * theta[CORE, :, 8])
    np.testing.assert_allclose(after.sum(axis=0), theta.sum(axis=0))


def test_the_opening_sells_everything():
    world = economy()
    before = world.tables.value_added.copy()
    part(world, Demand).act(world)
    np.testing.assert_allclose(world.prices.relative_price, 1.0, atol=0.002)
    np.testing.assert_allclose(world.tables.value_added, before)
    assert world.tables.rationed.max() < 1e-3


def test_gdp_three_ways_every_quarter():
    world = economy()
    for _ in range(30):
        settle_one(world)
        made = world.tables.va_nominal.sum(axis=1)
        np.testing.assert_allclose(world.flows.income_gdp, made, rtol=1e-10)
        np.testing.assert_allclose(world.flows.expenditure_gdp, made, rtol=1e-10)
        assert abs(world.ledger.net.sum()) < 1e-10 * np.abs(world.ledger.net).sum()
        world.flows.clear()
        world.ledger.clear()
        world.t += 1


def settle_one(world):
    """Advance by a quarter, flows kept."""
    for process in world.processes[1:]:
        process.act(world)


def test_xiongans_works_are_bought_from_its_own_builders():
    plain, built = economy(), economy()
    built.tables.new_area_investment[...] = 50.0
    built.tables.new_area_works[...] = 5.0
    built.tables.new_area_construction[...] = 1.25
    for world in (plain, built):
        settle_one(world)
    extra = built.tables.va_nominal - plain.tables.va_nominal
    price = float(built.tables.national_deflator[3])
    assert extra[XIONGAN, 3] == pytest.approx(1.25 * price, rel=0.01)
    np.testing.assert_allclose(built.flows.expenditure_gdp, built.tables.va_nominal.sum(axis=1), rtol=1e-10)
    assert built.tables.expected_output.sum() > plain.tables.expected_output.sum()


def test_the_capitals_roads_are_bought_by_its_government_in_the_mix_of_capital_formation():
    level = {"beijing_congestion": LeverPlan("beijing_congestion", flat(1.0, (1, 1.0), (2, 1.1)))}
    plain, built = economy(), economy(levers=level)
    for world in (plain, built):
        settle(world, 2)
        announce(world)
        settle_one(world)
    works = built.tables.traffic_works
    assert works.sum() == pytest.approx(25.0, rel=0.05)  # a hundredth, at the prices of 2013
    paid = built.ledger.net[LOCAL] - plain.ledger.net[LOCAL]
    assert paid.sum() == pytest.approx(-works.sum(), rel=0.01)
    np.testing.assert_allclose(paid[works > 0], -works[works > 0], rtol=0.01)
    extra = (built.tables.expected_output - plain.tables.expected_output)[works > 0]
    assert extra.sum(axis=0).argmax() == REGION.sector("construction_real_estate")
    np.testing.assert_allclose(built.flows.expenditure_gdp, built.tables.va_nominal.sum(axis=1), rtol=1e-10)


def test_what_firms_pay_for_research_buys_research_in_place_of_capital():
    world = economy()
    p, s = part(world, Demand), REGION.sector("research")
    plain = p._final(world, world.tables.consumption, np.ones((N_ZONES, N_SECTORS)))[2]
    world.tables.research_paid[HANDAN] = 0.4
    world.flows.investment[HANDAN] -= 0.4
    built = p._final(world, world.tables.consumption, np.ones((N_ZONES, N_SECTORS)))[2]
    price = float(world.tables.national_deflator @ final_use("capital_formation"))
    np.testing.assert_allclose(built.sum(axis=1), plain.sum(axis=1))
    assert built[HANDAN, s] - plain[HANDAN, s] == pytest.approx(0.4 * price * (1 - final_use("capital_formation")[s]))


def test_a_shortage_raises_the_price_and_draws_on_stocks():
    world = economy()
    held = float(world.stocks.inventories[CORE, 5])
    world.tables.value_added[CORE, 5] *= 0.8
    world.tables.capacity[CORE, 5] *= 0.8
    part(world, Demand).act(world)
    assert world.stocks.inventories[CORE, 5] < held
    gap, stock = 0.2 / 5 * np.log(1 / 0.8), 0.15 / 5 * 0.2
    assert np.log(world.prices.relative_price[CORE, 5]) == pytest.approx(gap + stock, abs=0.004)
    assert world.tables.expected_output[CORE, 5] > world.tables.value_added[CORE, 5]


def test_stocks_run_down_and_buyers_are_rationed():
    world = economy()
    world.stocks.inventories[CORE, 5] = 0.0
    world.tables.value_added[CORE, 5] *= 0.5
    part(world, Demand).act(world)
    assert 0.4 < world.tables.rationed[CORE, 5] < 0.5  # making half, it also buys less of its own
    assert world.stocks.inventories[CORE, 5] == pytest.approx(0.0, abs=1e-9)
    np.testing.assert_allclose(world.flows.expenditure_gdp, world.tables.va_nominal.sum(axis=1), rtol=1e-10)


def test_richer_households_buy_more_services():
    process = Demand(JJJ)
    assert process.elasticities().tolist() == [0.2, 1.0, 1.0, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3]
    world = economy()
    goods, _, _ = part(world, Demand)._final(world, world.tables.consumption, np.ones((N_ZONES, N_SECTORS)))
    world.people[CORE] /= 2.0
    richer, _, _ = part(world, Demand)._final(world, world.tables.consumption, np.ones((N_ZONES, N_SECTORS)))
    np.testing.assert_allclose(richer.sum(axis=1), goods.sum(axis=1))
    before, after = goods[CORE] / goods[CORE].sum(), richer[CORE] / richer[CORE].sum()
    assert after[5] / before[5] / (after[1] / before[1]) == pytest.approx(2.0**0.3)
    assert after[0] / before[0] / (after[1] / before[1]) == pytest.approx(2.0**-0.8)


def test_a_province_has_its_published_deflator_and_then_the_nations_drift():
    world = economy()
    kept = settle(world, 56, ["value_added", "va_nominal", "national_deflator"])
    deflators = part(world, Demand)._deflators(world)
    for p, name in enumerate(("beijing", "tianjin", "hebei_official")):
        inside = REGION.inside(name)
        real = kept["value_added"][:, inside].sum(axis=1)
        price = kept["va_nominal"][:, inside].sum(axis=(1, 2)) / real.sum(axis=1)
        np.testing.assert_allclose(price[:48], deflators[:, p], rtol=1e-10)
        nation = (real * kept["national_deflator"]).sum(axis=1)[48:]
        before = (real[48:] * kept["national_deflator"][47:-1]).sum(axis=1)
        np.testing.assert_allclose(price[48:] / price[47:-1], nation / before, rtol=1e-10)


def test_inventories_change_by_what_is_stored_alone():
    world = economy()
    world.tables.value_added[CORE, 5] *= 0.8
    before = world.stocks.inventories.copy()
    part(world, Demand).act(world)
    np.testing.assert_allclose(world.stocks.inventories, before + world.flows.stored, rtol=1e-12)
    assert world.flows.stored[CORE, 5] < 0


def test_sales_expected_do_not_fall_below_a_part_of_output():
    world = economy()
    world.memory.customers[CORE, :, 6] = 0.0
    part(world, Demand).act(world)
    added = world.tables.value_added[CORE, 6]
    assert world.tables.expected_output[CORE, 6] == pytest.approx(0.05 * added, rel=1e-6)
