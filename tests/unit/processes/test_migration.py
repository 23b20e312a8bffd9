"""Who moves where, agent by agent and in expectation."""

import copy

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choice_probabilities
from jjj_sim.policy.published import published
from jjj_sim.processes.city_air import zone_means
from jjj_sim.processes.migration import outside_pool
from jjj_sim.processes.migration_draw import STAYS, destinations, destinations_reference
from jjj_sim.processes.migration_inversion import dirtier, mean_log_growth, mean_net, net_by_group, net_by_origin
from jjj_sim.regions.jingjinji.statistics.geography import REGION, ROC


def _process(world):
    return next(p for p in world.processes if p.name == "migration")


def _draw(world, table, draws):
    r = world.residents
    return destinations(
        r.kin, r.id, r.zone, r.education, r.origin, r.born, world.year, table.hazard, table.follow,
        table.with_family, table.utility, table.moving, table.dissimilarity, table.queue, table.grant,
        world.region.province, draws.key,
    )  # fmt: skip


def _reference(world, table, draws):
    return destinations_reference(world.residents, world.year, table, world.region.province, draws)


@pytest.fixture
def eager(world):
    """A table that makes many reconsider, so that few agents suffice."""
    table = _process(world).table(world)
    queue = np.append(np.linspace(0.0, 0.5, ROC), 0.0)
    return table._replace(hazard=np.full((4, 3), 0.8), moving=0.5, queue=queue)


def test_kernel_takes_the_reference_decision_for_every_resident(world, eager):
    draws = Draws(world.seed, "migration", 0)
    found = _draw(world, eager, draws)
    np.testing.assert_array_equal(found, _reference(world, eager, draws))
    assert 0.2 < np.mean(found != STAYS) < 0.9


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_elders_go_with_their_family_at_the_stated_share(world, eager, share):
    """At no chance to follow, nobody moves who lives with family; kernel and reference agree on who that is."""
    draws, table = Draws(world.seed, "migration", 0), eager._replace(follow=0.0, with_family=share)
    found = _draw(world, table, draws)
    np.testing.assert_array_equal(found, _reference(world, table, draws))
    age = world.residents.age(world.year)
    assert np.all(found[age < 15] == STAYS)
    everybody = _draw(world, eager._replace(with_family=0.0), draws)[age >= 75] != STAYS
    moved = np.mean((found[age >= 75] != STAYS)[everybody])
    assert moved == pytest.approx(1.0 - share, abs=0.07)


def test_streams_share_their_band(twin):
    process = _process(twin)
    process.with_family = 0.3
    leaving = process.leaving()
    assert leaving[5] == pytest.approx(0.7 * process.hazards()[3])
    assert leaving[6] == pytest.approx(0.3 * process.follow * process.hazards()[1])
    assert leaving[0] == pytest.approx(process.follow * process.hazards()[1])


def test_who_is_restless_reconsiders_every_quarter_and_no_more(twin):
    process = copy.copy(_process(twin))
    process.reconsider, process.young, process.middle, process.old, process.skill = 0.2, 3.0, 0.5, 0.25, 2.0
    found = process.hazards()
    np.testing.assert_allclose(found[0], [0.6, 0.6 * 2**0.5, 1.0])
    np.testing.assert_allclose(found[3], [0.05, 0.05 * 2**0.5, 0.1])


def test_the_window_ends_with_what_is_published(twin):
    process = _process(twin)
    assert process.window(twin) == (2013, 2020)
    twin.data = twin.region.tables(as_of=2016)
    assert process.window(twin) == (2013, 2016)
    by_year = twin.region.tables().people.net_migration
    expected = np.mean([by_year.of(year) for year in range(2013, 2017)], axis=0)
    np.testing.assert_allclose(mean_net(twin.data.people, (2013, 2016)), expected)


def test_people_outside_are_the_nation_less_the_region_and_better_schooled_later(twin):
    early, late = (outside_pool(twin.data.people, time) for time in (2013.0, 2030.0))
    np.testing.assert_allclose(early.sum(axis=(0, 1)), twin.data.people.outside)
    np.testing.assert_allclose(early.sum(axis=(1, 2)), late.sum(axis=(1, 2)))
    assert late[2, 2].sum() > 1.5 * early[2, 2].sum()
    np.testing.assert_array_equal(late, outside_pool(twin.data.people, 2021.0))


def test_children_go_where_their_mothers_go(world, eager):
    draws = Draws(world.seed, "migration", 0)
    target = _draw(world, eager._replace(follow=1.0), draws)
    r = world.residents
    age = r.age(world.year)
    adult = {np.uint32(k): a for a, k in enumerate(r.id.astype(np.uint32)) if 25 <= age[a] < 45}
    pairs = [(a, adult[r.kin[a]]) for a in np.flatnonzero(age < 15) if r.kin[a] in adult]
    pairs = [
        (c, m) for c, m in pairs if (r.zone[c], r.origin[c], r.education[c]) == (r.zone[m], r.origin[m], r.education[m])
    ]
    assert len(pairs) > 100
    assert all(target[c] == target[m] for c, m in pairs)


def test_an_improved_zone_only_gains(world, eager):
    draws = Draws(world.seed, "migration", 0)
    better = eager.utility.copy()
    j = REGION.index("xiongan")
    better[..., j] += 1.0
    before = _draw(world, eager, draws)
    after = _draw(world, eager._replace(utility=better), draws)
    here = world.residents.zone
    before, after = np.where(before == STAYS, here, before), np.where(after == STAYS, here, after)
    assert np.all((before == after) | (after == j))
    assert np.count_nonzero(after == j) > np.count_nonzero(before == j)


def test_moves_conserve_weight(world):
    process = _process(world)
    before = world.residents.weight.sum(dtype=np.int64)
    process.sweep(world, process.table(world), Draws(world.seed, "migration", 0))
    net = world.flows.moves[ROC].sum() - world.flows.moves[:, ROC].sum()
    assert world.residents.weight.sum(dtype=np.int64) == before + net
    assert world.people.sum() == before + net
    assert np.all(np.diag(world.flows.moves)[:ROC] == 0)


def test_openness_never_loses_non_locals(world):
    process, draws = _process(world), Draws(world.seed, "migration", 0)
    table = process.table(world)
    zone = REGION.index("tj_urban")
    local = REGION.province == REGION.province[zone]
    open_door = table.utility.copy()
    shut = process.registration().barrier(world, world.policy)
    world.policy.hukou_openness[zone] = 1.0
    gain = (shut - process.registration().barrier(world, world.policy))[zone]
    assert 0.1 < gain < process.hukou
    open_door[:, :, ~local, zone] += gain
    before, after = _draw(world, table, draws), _draw(world, table._replace(utility=open_door), draws)
    assert np.all((after == zone)[before == zone])


def test_rationed_homes_turn_newcomers_away_and_no_resident(world):
    process, draws = _process(world), Draws(world.seed, "migration", 0)
    zone = REGION.index("bj_inner")
    base = process.table(world)
    assert not base.queue.any()
    world.tables.rationing[zone] = 0.5
    table = process.table(world)
    assert table.queue[zone] == pytest.approx(np.log(2.0))
    assert np.count_nonzero(table.queue) == 1
    fewer = table.arrivals[..., zone].sum() / base.arrivals[..., zone].sum()
    assert 0.3 < fewer < 0.6
    before, after = _draw(world, base, draws), _draw(world, table, draws)
    assert np.all((before == zone)[after == zone])
    living_there = world.residents.zone == zone
    np.testing.assert_array_equal(before[living_there], after[living_there])


def test_inversion_reproduces_the_net_flows_it_was_given(twin):
    process = _process(twin)
    base = process.utility(twin, published(twin.plan, 0, 31), (0, 31))
    kappa = twin.opening.origin_pull[REGION.province]
    utility = base + twin.opening.amenity[:, None, None, :] + kappa[None, None]
    choice = choice_probabilities(utility, process.moving, process.dissimilarity, REGION.province)
    arrivals = process._arrivals(twin, choice, 2017.0)
    table = process.table(twin)._replace(utility=utility, choice=choice, arrivals=arrivals)
    process.expect(twin, table)
    moves = twin.flows.moves
    net = 4 * (moves[:, :ROC].sum(axis=0) - moves[:ROC].sum(axis=1))
    wakes = process.flows(twin, 2017.0).by_group()
    expected = net_by_group(
        twin.data.people, wakes, twin.region.inner_province, (2013, 2020), children=process.children
    ).sum(axis=1)
    np.testing.assert_allclose(net, expected, atol=600)


def test_conversion_makes_non_locals_local_at_the_stated_number(twin):
    """At the openness of the window; the opening's lay below it outside the capital, and fewer were registered."""
    process = _process(twin)
    assert process.conversions.tolist() == [90_000, 70_000, 80_000]
    process.expect(twin, process.table(twin))
    at_opening = np.bincount(twin.region.inner_province, weights=twin.flows.conversions)
    np.testing.assert_allclose(at_opening, process.conversions / 4 * [1.0, 0.3 / 0.334375, 0.6 / 0.678], rtol=0.03)
    twin.policy.hukou_openness = twin.opening.openness
    twin.flows.conversions = 0.0
    process.expect(twin, process.table(twin))
    by_province = np.bincount(twin.region.inner_province, weights=twin.flows.conversions)
    np.testing.assert_allclose(by_province, process.conversions / 4, rtol=0.03)


def test_the_inversion_sees_the_air_of_its_window(twin):
    people, data, clean = twin.population, twin.data, twin.data.nation.pm25
    means = [zone_means(twin.region, data.air, year, people) for year in (2013, 2014)]
    assert means[0][REGION.index("shijiazhuang")] == 154.0
    opening = float(twin.opening.air)
    assert opening == pytest.approx(np.average(means[0], weights=people), rel=0.01)
    np.testing.assert_allclose(dirtier(twin, (0, 3)), means[0] - opening)
    cleaned = (1.0 + float(clean.held(2014))) / 2.0
    np.testing.assert_allclose(dirtier(twin, (0, 7)), (means[0] + means[1]) / 2 - opening * cleaned)
    process, area = _process(twin), data.homes.floor_area
    gained = process.utility(twin, twin.policy, (0, 31)) - process.utility(twin, twin.policy, (0, 3))
    homes = process.housing_stock * (mean_log_growth(area, 0, 31) - mean_log_growth(area, 0, 3))
    homes -= np.average(homes, weights=people * ~twin.region.new_area)
    air = -process.pollution / 10.0 * (dirtier(twin, (0, 31)) - dirtier(twin, (0, 3)))
    np.testing.assert_allclose(gained[0, 0, 0, :ROC], air + homes, atol=1e-9)
    assert air[REGION.index("xingtai")] == air.max()


def test_cleaning_counts_by_what_goes_beyond_the_nations(twin):
    tables, before = twin.tables, dirtier(twin)
    kept = {name: getattr(tables, name).copy() for name in ("pm25_year", "outside_pm25_factor")}
    tables.pm25_year, tables.outside_pm25_factor = (0.5 * kept[name] for name in kept)
    np.testing.assert_allclose(dirtier(twin), 0.5 * before)
    tables.outside_pm25_factor = kept["outside_pm25_factor"]
    further = 0.5 * float(twin.opening.air * kept["outside_pm25_factor"])
    np.testing.assert_allclose(dirtier(twin), 0.5 * before - further)
    for name, array in kept.items():
        setattr(tables, name, array)


def test_before_the_second_census_a_provinces_total_is_spread_by_who_reconsiders(twin):
    process, known = _process(twin), twin.region.tables(as_of=2014).people
    wakes = process.flows(twin, 2014.0).by_group()
    net = net_by_group(known, wakes, twin.region.inner_province, (2013, 2014), children=process.children)
    inside = twin.region.inner_province == 0
    expected = mean_net(known, (2013, 2014))[0] * wakes[inside] / wakes[inside].sum()
    np.testing.assert_allclose(net[inside], expected)


def test_before_the_second_census_those_who_come_are_not_local_and_those_lost_are(twin):
    """Of a province that gains, all of it by home; of one that loses, what keeps the stock of non-locals."""
    region, known = twin.region, twin.region.tables(as_of=2014).people
    conversions = np.array([90_000.0, 70_000.0, 5_000.0])
    net = net_by_origin(known, twin.people, region.province, (2013, 2014), conversions, 0.008)
    total = mean_net(known, (2013, 2014))
    assert total[0] > 300_000
    assert total[2] < 0
    stock = [
        twin.people[region.inner_province == p][:, :, region.province != p].sum(axis=(1, 3)).sum() for p in range(3)
    ]
    np.testing.assert_allclose(net.sum(axis=0), [total[0], total[1], 5_000.0 - 0.008 * stock[2]])
    assert np.all(np.diag(net) == 0.0)
    from_third = twin.people[region.inner_province == 0][:, :, region.province == 2].sum()
    assert net[2, 0] == pytest.approx(total[0] * from_third / stock[0])


def test_before_the_second_census_newcomers_are_schooled_as_in_the_first():
    known = JJJ.tables(as_of=2018).people
    early, late = (outside_pool(known, time) for time in (2013.0, 2030.0))
    np.testing.assert_array_equal(early, late)
