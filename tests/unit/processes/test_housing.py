"""Homes: the stock by census, prices by demand and the cycle."""

import numpy as np
import pytest
from economy import economy, part, settle
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from jjj_sim.evidence.geography import GEOGRAPHY
from jjj_sim.evidence.housing import housing
from jjj_sim.evidence.prices import asking_cycle, opening_prices
from jjj_sim.processes.housing import Housing

XIONGAN, CORE = GEOGRAPHY.index("xiongan"), GEOGRAPHY.index("bj_core")


def test_the_market_clears_in_2013():
    world = economy()
    np.testing.assert_allclose(part(world, Housing)._demand(world), np.log(world.stocks.housing))
    np.testing.assert_allclose(world.tables.house_price, opening_prices())
    np.testing.assert_allclose(world.tables.rent, 0.018 * opening_prices())


def test_demand_by_hand():
    world = economy()
    h = part(world, Housing)
    before = h._demand(world)
    world.tables.labour_income[...] *= 1.1
    world.stocks.fundamental_price[...] *= 1.2
    np.testing.assert_allclose(h._demand(world) - before, np.log(1.1) - 0.8 * np.log(1.2))


def test_excess_demand_raises_the_price_with_inertia():
    world = economy()
    h = part(world, Housing)
    h.settle(world)
    still = world.stocks.price_growth.copy()
    demand = h._demand(world)
    world.stocks.demand_level[...] += 0.1
    world.t = 1
    h.settle(world)
    expected = 0.15 * (demand + 0.1 - np.log(housing(2013.5))) + 0.35 * still
    np.testing.assert_allclose(world.stocks.price_growth, expected)


def test_the_stock_follows_the_census_and_then_fades():
    kept = settle(economy(), 72, ["housing"])["housing"]
    np.testing.assert_allclose(kept[30], housing(2013 + 31 / 4))
    growth = np.diff(np.log(kept.sum(axis=1)))
    assert 0 < growth[70] < growth[32] < 0.03


def test_dear_land_builds_less():
    worlds = [economy(), economy()]
    for world in worlds:
        settle(world, 40)
    dear, plain = worlds
    dear.stocks.fundamental_price[...] *= 1.2
    for world in worlds:
        part(world, Housing).settle(world)
    more = np.log(dear.stocks.housing / plain.stocks.housing)
    assert (more >= 0).all()
    assert more[CORE] < more[GEOGRAPHY.index("handan")]
    assert more.max() <= 0.01 + 1e-12


def test_xiongans_plan_adds_to_the_stock():
    world = economy()
    settle(world, 40)
    plain = world.stocks.housing.copy()
    world.tables.xiongan_housing[...] = 1e6
    part(world, Housing).settle(world)
    gained = world.stocks.housing - plain
    assert gained[XIONGAN] > 1e6


def test_the_cycle_is_zero_in_2013_and_a_boom_then_a_fall():
    assert asking_cycle(2013.0) == asking_cycle(2013.5) == 0.0
    assert asking_cycle(2017.5) > asking_cycle(2015.5) + 0.2
    assert asking_cycle(2025.5) < asking_cycle(2020.5) - 0.2
    assert asking_cycle(2040.0) == asking_cycle(2026.5)


def test_the_cycle_moves_prices_and_not_rents():
    world = economy()
    kept = settle(world, 60, ["house_price", "rent", "fundamental_price"])
    np.testing.assert_allclose(kept["rent"], 0.018 * kept["fundamental_price"])
    np.testing.assert_allclose(kept["house_price"][19], kept["fundamental_price"][19] * np.exp(asking_cycle(2017.875)))


def test_prices_of_2013_average_to_the_provinces():
    from jjj_sim.evidence.tables import value

    people = np.array([value("zone_series", "population_2020_borders", z, 2010) for z in GEOGRAPHY.ids])
    for area, published in (("beijing", 17854), ("tianjin", 8390), ("hebei_official", 4640)):
        inside = GEOGRAPHY.in_region(area)
        mean = (opening_prices() * people)[inside].sum() / people[inside].sum()
        assert mean == pytest.approx(published)


BOUNDS = {name: (p.lo, p.hi) for name, p in Housing.parameters().items()}


@limits(max_examples=20, deadline=None)
@given(
    st.fixed_dictionaries({name: st.floats(lo, hi) for name, (lo, hi) in BOUNDS.items()}),
    st.floats(-0.01, 0.01),
)
def test_prices_stay_sane_anywhere_in_the_bounds(drawn, crowding):
    world = economy(housing=drawn)
    prices = []
    for _ in range(72):
        prices.append(settle(world, 1, ["house_price"])["house_price"][0])
        world.people *= np.exp(crowding / 4)
    relative = np.array(prices) / opening_prices()
    assert np.isfinite(relative).all()
    assert 0.2 < relative.min() <= relative.max() < 8.0
