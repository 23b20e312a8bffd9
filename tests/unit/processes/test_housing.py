"""Homes: the stock by census, prices by demand and the cycle."""

import numpy as np
import pytest
from economy import economy, part, settle
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from plans import JJJ, default

from jjj_sim.param import Path
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.processes.home_path import home_path
from jjj_sim.processes.housing import Housing, asking_cycle, census_growth, cycle_of
from jjj_sim.region.table import Series

HOMES = JJJ.tables().homes
XIONGAN, CORE, SUBCENTRE = (JJJ.index(z) for z in ("xiongan", "bj_core", "bj_subcentre"))
housing, opening_prices = HOMES.floor_area.along, HOMES.opening_price


def cycle(time):
    """The cycle of asking prices at a decimal year."""
    return np.interp(time, *asking_cycle(HOMES))


def supply(**paths):
    """The housing lever with some paths (a level, or a Path) in place of the default's."""
    usual = default("housing_supply").paths
    return LeverPlan("housing_supply", None, {**usual, **{k: Path([0], [v]) for k, v in paths.items()}})


def test_the_market_clears_in_2013():
    world = economy()
    np.testing.assert_allclose(part(world, Housing)._demand(world), np.log(world.stocks.housing))
    np.testing.assert_allclose(world.tables.house_price, opening_prices)
    np.testing.assert_allclose(world.tables.rent, 0.018 * opening_prices)


def test_demand_by_hand():
    world = economy()
    h = part(world, Housing)
    before = h._demand(world)
    world.tables.labour_income[...] *= 1.1
    world.prices.fundamental_price[...] *= 1.2
    np.testing.assert_allclose(h._demand(world) - before, np.log(1.1) - 0.8 * np.log(1.2))


def test_excess_demand_raises_the_price_with_inertia():
    world = economy()
    h = part(world, Housing)
    h.act(world)
    still = world.memory.price_growth.copy()
    demand = h._demand(world)
    world.opening.demand_level[...] += 0.1
    world.t = 1
    h.act(world)
    expected = 0.15 * (demand + 0.1 - np.log(housing(2013.5))) + 0.35 * still
    np.testing.assert_allclose(world.memory.price_growth, expected)


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
    for world in worlds:
        world.tables.house_price[...] = world.memory.price_reference * world.tables.national_deflator[3]
    dear.tables.house_price[...] *= 1.2
    for world in worlds:
        part(world, Housing).act(world)
    more = np.log(dear.stocks.housing / plain.stocks.housing)
    assert (more >= 0).all()
    assert more[CORE] < more[JJJ.index("handan")]
    assert more.max() <= 0.01 + 1e-12


def test_xiongans_plan_adds_to_the_stock():
    world = economy()
    settle(world, 40)
    plain = world.stocks.housing.copy()
    world.tables.new_area_housing[...] = 1e6
    part(world, Housing).act(world)
    gained = world.stocks.housing - plain
    assert gained[XIONGAN] > 1e6


def test_the_cycle_is_zero_in_2013_and_a_boom_then_a_fall():
    assert cycle(2013.0) == cycle(2013.5) == 0.0
    assert cycle(2017.5) > cycle(2015.5) + 0.2
    assert cycle(2025.5) < cycle(2020.5) - 0.2
    assert cycle(2040.0) == cycle(2026.5)


def test_the_cycle_by_hand():
    asked = np.exp([[0.0, np.nan], [0.1, 1.0], [0.4, np.nan], [0.3, 1.4]])
    steps = np.cumsum([0.0, 0.1, (3 * 0.3 + 0.2) / 4, (3 * -0.1 + 0.2) / 4])
    line = np.polyval(np.polyfit(np.arange(4), steps, 1), np.arange(4))
    years, found = cycle_of(Series("", np.arange(2013.0, 2017.0), asked), np.array([3.0, 1.0]))
    np.testing.assert_array_equal(years, [2013.5, 2014.5, 2015.5, 2016.5])
    np.testing.assert_allclose(found, steps - line - (steps - line)[0], atol=1e-12)


def test_the_cycle_is_made_of_what_was_known():
    known = JJJ.tables(as_of=2018).homes
    years, found = asking_cycle(known)
    whole = asking_cycle(HOMES)[1][: len(years)]
    np.testing.assert_array_equal(years, np.arange(2013, 2019) + 0.5)
    assert np.ptp(np.diff(found - whole)) < 1e-9  # another line is taken off, of the years to 2018
    assert abs(found - whole).max() > 0.1
    assert not asking_cycle(JJJ.tables(as_of=2014).homes)[1].any()


def test_before_the_second_census_homes_grow_as_the_regions_had_until_the_opening():
    known = JJJ.tables(as_of=2018)
    path, opening = home_path(known), HOMES.opening_area
    np.testing.assert_allclose(opening, housing(2013.0), rtol=1e-14)  # powers differ by a bit between processors
    np.testing.assert_array_equal(path.along(2013.0), opening)
    pace = np.log(opening.sum() / HOMES.floor_area.values[0].sum()) / (2013.0 - 2010.83)
    np.testing.assert_allclose(np.log(path.along(2017.0) / opening), 4.0 * pace)
    np.testing.assert_allclose(census_growth(path), pace)
    assert path.times[-1] == 2019.0
    assert home_path(JJJ.tables(as_of=2020)).times.tolist() == HOMES.floor_area.times.tolist()


def test_the_cycle_moves_prices_and_not_rents():
    world = economy()
    kept = settle(world, 60, ["house_price", "rent", "fundamental_price"])
    np.testing.assert_allclose(kept["rent"], 0.018 * kept["fundamental_price"])
    elsewhere = np.arange(len(JJJ.ids)) != SUBCENTRE
    expected = kept["fundamental_price"][19] * np.exp(cycle(2017.875))
    np.testing.assert_allclose(kept["house_price"][19][elsewhere], expected[elsewhere])


def test_prices_of_2013_average_to_the_provinces():
    from jjj_sim.regions.jingjinji.statistics.tables import value

    people = np.array([value("zone_series", "population_2020_borders", z, 2010) for z in JJJ.ids])
    for area, published in (("beijing", 17854), ("tianjin", 8390), ("hebei_official", 4640)):
        inside = JJJ.inside(area)
        mean = (opening_prices * people)[inside].sum() / people[inside].sum()
        assert mean == pytest.approx(published)


def test_what_is_built_less_what_is_pulled_down_is_the_change_of_the_stock():
    world = economy(housing={"demolition": 0.02})
    h = part(world, Housing)
    for world.t in range(60):
        before = world.stocks.housing.copy()
        world.flows.clear()
        h.act(world)
        flows = world.flows
        assert (flows.homes_built >= 0).all()
        assert (flows.homes_removed >= 0.02 / 4 * before * (1 - 1e-12)).all()
        np.testing.assert_allclose(before + flows.homes_built - flows.homes_removed, world.stocks.housing, rtol=1e-14)
    share = np.array([0.34, 0.78, 0.4])[JJJ.inner_province]
    np.testing.assert_allclose(flows.dwelling_sales, share * flows.homes_built * world.tables.house_price / 1e9)


def test_where_people_leave_faster_than_homes_fall_more_is_pulled_down(monkeypatch):
    world = economy(housing={"demolition": 0.0})
    emptier = Series("", HOMES.floor_area.times, 0.9 * np.stack([housing(2013.0)] * 2))
    monkeypatch.setitem(world.data.homes._tables, "floor_area", emptier)
    part(world, Housing).act(world)
    np.testing.assert_allclose(world.flows.homes_removed, 0.1 * housing(2013.0))
    assert (world.flows.homes_built == 0).all()


def test_land_multiplies_what_may_be_built():
    free, other = economy(), economy(levers={"housing_supply": supply(land_handan=0.0, land_tangshan=2.0)})
    for world in (free, other):
        settle(world, 31)
        world.t = 40
        world.tables.house_price[...] = 1.5 * world.memory.price_reference * world.tables.national_deflator[3]
        part(world, Housing).act(world)
    more = np.log(other.stocks.housing / free.stocks.housing)
    handan, tangshan = JJJ.index("handan"), JJJ.index("tangshan")
    trend = census_growth(HOMES.floor_area) / 4 * np.exp(-(2013 + 41 / 4 - 2020.83) / 4)
    assert more[handan] == pytest.approx(-trend[handan] - 0.01)
    assert more[tangshan] == pytest.approx(trend[tangshan] + 0.02 - 0.01)
    assert np.count_nonzero(np.abs(more) > 1e-12) == 2


def test_under_a_ceiling_newcomers_queue():
    price = opening_prices
    ceilings = {"ceiling_bj_core": 0.5 * price[CORE], "ceiling_handan": 1e5, "ceiling_xiongan": 0.0}
    free, capped = economy(), economy(levers={"housing_supply": supply(**ceilings)})
    for world in (free, capped):
        part(world, Housing).act(world)
    held = 0.5 * price[CORE] / free.tables.house_price[CORE]
    ratio = np.ones(len(price))
    ratio[CORE] = held
    np.testing.assert_allclose(capped.tables.house_price, free.tables.house_price * ratio)
    np.testing.assert_allclose(capped.tables.rent, free.tables.rent * ratio)
    np.testing.assert_allclose(capped.tables.rationing, ratio**0.8)
    np.testing.assert_array_equal(capped.prices.fundamental_price, free.prices.fundamental_price)
    assert (free.tables.rationing == 1.0).all()


def test_builders_see_the_ceiling():
    late = Path([0, 39, 40], [0.0, 0.0, 2000.0])
    lever = supply()
    worlds = [
        economy(),
        economy(levers={"housing_supply": LeverPlan("", None, lever.paths | {"ceiling_handan": late})}),
    ]
    for world in worlds:
        settle(world, 40)
        world.prices.fundamental_price[...] *= 2.0
        settle(world, 8)
    free, capped = worlds
    more = np.log(free.stocks.housing / capped.stocks.housing)
    assert more[JJJ.index("handan")] > 0.005
    assert capped.tables.rationing[JJJ.index("handan")] < 0.5


def announced(events):
    """The log premium by quarter of 2015Q3 to 2017Q4 under `events`, and the world."""
    usual = default("subcentre_move")
    moves = LeverPlan("subcentre_move", None, usual.paths, events=usual.events if events is None else events)
    world = economy(levers={"subcentre_move": moves})
    return settle(world, 20, ["announced", "rent"]), world


def test_the_subcentres_announcement_gains_a_tenth_in_a_year_and_a_fifth_in_two():
    kept, _ = announced(None)
    premium = kept["announced"]
    assert (premium[:10] == 0).all()
    assert np.count_nonzero(premium[-1]) == 1
    gain = np.concatenate([[0.0], premium[10:, SUBCENTRE]])
    whole, end = np.mean(gain[1:5]), np.mean((gain[:4] + gain[1:5]) / 2)
    assert np.expm1(whole) == pytest.approx(0.13, abs=0.005)
    assert np.expm1(end) == pytest.approx(0.105, abs=0.01)  # Li and Xia 2023: 10.5 % in the first year
    assert np.expm1(gain[8]) == pytest.approx(0.20, abs=0.01)  # and about 20 % after two


def test_a_move_that_never_comes_announces_nothing_and_elsewhere_it_gains_there():
    never, _ = announced({"first_wave": Event(None, {"jobs": 12000.0}, {"destination": "bj_subcentre"})})
    assert (never["announced"] == 0).all()
    here, _ = announced(None)
    np.testing.assert_allclose(here["rent"], never["rent"])
    there, _ = announced({"first_wave": Event(24, {"jobs": 12000.0}, {"destination": "xiongan"})})
    np.testing.assert_array_equal(there["announced"][:, XIONGAN], here["announced"][:, SUBCENTRE])
    assert (there["announced"][:, SUBCENTRE] == 0).all()


BOUNDS = {name: (p.lo, p.hi) for name, p in Housing.parameters().items() if not p.by}
PLACES = {
    name: st.fixed_dictionaries({place: st.floats(p.lo, p.hi) for place in JJJ.keyed[f"housing.{name}"]})
    for name, p in Housing.parameters().items()
    if p.by
}


@limits(max_examples=20, deadline=None)
@given(
    st.fixed_dictionaries({name: st.floats(lo, hi) for name, (lo, hi) in BOUNDS.items()} | PLACES),
    st.floats(-0.01, 0.01),
)
def test_prices_stay_sane_anywhere_in_the_bounds(drawn, crowding):
    world = economy(housing=drawn)
    prices = []
    for _ in range(72):
        prices.append(settle(world, 1, ["house_price"])["house_price"][0])
        world.people *= np.exp(crowding / 4)
    relative = np.array(prices) / opening_prices
    assert np.isfinite(relative).all()
    assert 0.2 < relative.min() <= relative.max() < 8.0
