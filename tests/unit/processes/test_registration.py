"""Who becomes local, and what a newcomer expects of it."""

import copy

import numpy as np
import pytest
from plans import JJJ, make_plan

from jjj_sim.draws import Draws
from jjj_sim.processes.registration import Terms, admitted, nonlocals
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import World

BEIJING, TIANJIN, HEBEI = (REGION.inside(name) for name in ("beijing", "tianjin", "hebei"))
TERMS = Terms(value=1.5, wish=0.25, waiting=4.0, departure=0.125)


def _process(world):
    return next(p for p in world.processes if p.name == "migration")


def test_admitted_is_linear_from_none_through_the_reference_to_all():
    h, h0, s0 = np.array([0.0, 0.15, 0.3, 0.65, 1.0]), np.full(5, 0.3), np.full(5, 0.4)
    np.testing.assert_allclose(admitted(h, h0, s0), [0.0, 0.2, 0.4, 0.7, 1.0])
    ends = admitted(np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.0, 1.0]), np.array([0.4, 0.4, 0.4]))
    np.testing.assert_allclose(ends, [0.4, 0.7, 0.4])


def _by_hand():
    """Two provinces: 800 and 100 people of other provinces beside 1,000 locals each; 20 and none registered a year."""
    world = World(make_plan(), 1, twin=True, processes=[])
    core, city = JJJ.index("bj_core"), JJJ.index("tj_urban")
    world.people[core, 0, core, 30] = world.people[city, 0, city, 30] = 1000.0
    world.people[core, 0, JJJ.roc, 30], world.people[city, 0, core, 30] = 800.0, 100.0
    openness = np.full(JJJ.n_places, 0.2)
    world.policy.hukou_openness = openness
    TERMS.open(world, openness, np.array([20.0, 0.0, 0.0]))
    return world, core, city


def test_the_opening_gives_the_published_number_and_rests():
    """200 wish, of whom s0 = 4 x 20 / 200 are admitted; 20 / .125 = 160 are there from before."""
    world, core, city = _by_hand()
    np.testing.assert_allclose(world.opening.admitted[[core, city, JJJ.roc]], [0.4, 0.0, 0.2])
    np.testing.assert_allclose(world.opening.wish, [(200 + 160) / (800 + 160), 0.25, 0.0])
    np.testing.assert_allclose(world.stocks.settled, [160.0, 0.0, 0.0])
    chance = TERMS.conversion(world, world.policy)
    np.testing.assert_allclose(chance[[core, city]], [0.1 / 4 * 200 / 800, 0.0])
    TERMS.expect(world, chance)
    assert world.flows.conversions.sum() == pytest.approx(5.0)
    np.testing.assert_allclose(world.flows.settled_gone, [5.0, 0.0, 0.0])
    np.testing.assert_allclose(world.stocks.settled, [160.0, 0.0, 0.0])
    assert world.people[core, 0, core, 30] == pytest.approx(1005.0)


def test_who_wishes_is_registered_once():
    """Fully open, the chance falls with those who are registered, and nobody is once all who wished are."""
    world, core, _ = _by_hand()
    world.policy.hukou_openness[:] = 1.0
    chance = TERMS.conversion(world, world.policy)
    assert chance[core] == pytest.approx(0.25 / 4 * 200 / 800)
    world.stocks.settled[0] += 100.0
    world.people[core, 0, JJJ.roc, 30] -= 100.0
    assert TERMS.conversion(world, world.policy)[core] == pytest.approx(0.25 / 4 * 100 / 700)
    world.stocks.settled[0] += 150.0
    world.people[core, 0, JJJ.roc, 30] -= 150.0
    assert TERMS.conversion(world, world.policy)[core] == 0.0


def test_more_than_wish_cannot_be_registered():
    world, core, _ = _by_hand()
    TERMS.open(world, np.full(JJJ.n_places, 0.2), np.array([900.0, 0.0, 0.0]))
    assert world.opening.admitted[core] == 1.0
    assert world.stocks.settled[0] == pytest.approx(200 / 4 / 0.125)


def test_the_barrier_falls_by_what_those_who_wish_expect():
    """g = s / T; of the stay Pi = g / (g + delta) is local: 4/9 at s0 = .4, 2/3 where open."""
    world, core, city = _by_hand()
    shut = TERMS.barrier(world, world.policy)
    assert shut[core] == pytest.approx(1.5 - np.log(0.75 + 0.25 * np.exp(1.5 * 0.1 / 0.225)))
    assert shut[city] == pytest.approx(1.5)
    world.policy.hukou_openness[:] = 1.0
    opened = TERMS.barrier(world, world.policy)
    np.testing.assert_allclose(opened[[core, city]], 1.5 - np.log(0.75 + 0.25 * np.e))
    assert TERMS._replace(wish=1.0).barrier(world, world.policy)[core] == pytest.approx(1.5 / 3)
    path = []
    for h in np.linspace(0.0, 1.0, 21):
        world.policy.hukou_openness[:] = h
        path.append((TERMS.barrier(world, world.policy)[core], TERMS.conversion(world, world.policy)[core]))
    assert np.all(np.diff(path, axis=0) * [-1, 1] > 0)


def test_a_quota_of_points_registers_as_many_more_and_newcomers_expect_it():
    """Of 200 who wish .1 a year are registered; 8 more of a quota make it .14, of 100 fewer none, at most 1 / T."""
    world, core, city = _by_hand()
    policy = world.policy
    policy.points_quota[0], policy.points_quota_as_published[0] = 14.0, 6.0
    np.testing.assert_allclose(TERMS.chance(world, policy)[[core, city, JJJ.roc]], [0.14, 0.0, 0.05])
    local = 0.14 / (0.14 + 0.125)
    assert TERMS.barrier(world, policy)[core] == pytest.approx(1.5 - np.log(0.75 + 0.25 * np.exp(1.5 * local)))
    TERMS.expect(world, TERMS.conversion(world, policy))
    assert world.flows.conversions.sum() == pytest.approx((20 + 8) / 4)
    for quota, chance in ((-94.0, 0.0), (1e6, 0.25)):
        again = _by_hand()[0]
        again.policy.points_quota[0] = quota
        assert TERMS.chance(again, again.policy)[core] == pytest.approx(chance)


def test_the_published_quota_is_part_of_the_record_whatever_it_is():
    world, _, _ = _by_hand()
    plain = TERMS.chance(world, world.policy)
    world.policy.points_quota[:] = world.policy.points_quota_as_published[:] = 6045.0
    np.testing.assert_array_equal(TERMS.chance(world, world.policy), plain)


def test_agents_register_at_the_chance_of_the_twin(world):
    terms, chance = _process(world).registration(), np.full(JJJ.n_zones, 0.2)
    there = nonlocals(world)
    known = world.stocks.settled.copy()
    terms.sweep(world, chance, Draws(world.seed, "migration", 0))
    registered = np.bincount(REGION.inner_province, weights=world.flows.conversions)
    np.testing.assert_allclose(registered, 0.2 * there, rtol=0.15)
    gone = terms.departure / 4 * known
    np.testing.assert_allclose(world.stocks.settled, known + registered - gone)
    r = world.residents
    local = REGION.province[r.origin] == REGION.province[r.zone]
    assert r.weight[~local].sum() == there.sum() - registered.sum()


def test_a_more_open_city_registers_those_it_did_and_more(world):
    """Whoever is registered at a lower chance is at a higher one: the draw is the person's own."""
    terms, before = _process(world).registration(), world.residents.origin.copy()
    changed = []
    for chance in (0.05, 0.2):
        again = copy.deepcopy(world)
        terms.sweep(again, np.full(JJJ.n_zones, chance), Draws(world.seed, "migration", 0))
        changed.append(again.residents.origin != before)
    assert np.all(changed[1][changed[0]])
    assert changed[1].sum() > changed[0].sum()


def _lived(until, quota=None, **paths):
    """Return a twin's people at the end of `until` and registrations by quarter, by zone."""
    over = {f"levers.hukou_openness.paths.{place}": path for place, path in paths.items()}
    over |= {} if quota is None else {"levers.points_hukou.path": quota}
    world = clock.build(load_scenario("baseline", **over).plan(), 1, twin=True)
    registered = []
    clock.simulate(world, until=until, on_quarter=lambda w: registered.append(w.flows.conversions.copy()))
    return world.population, np.array(registered)


@pytest.mark.slow
def test_an_open_city_registers_hundreds_of_thousands_and_draws_tenths_of_a_million():
    """Full openness from 2026 on: people of five years, registrations of the first, and none at the published path."""
    end, first = 71, 52
    base = _lived(end)
    np.testing.assert_array_equal(_lived(end, tianjin=[["2026Q1", 0.4]])[1], base[1])
    people, registered = _lived(end, tianjin=[["2026Q1", 1.0]])
    assert 100_000 < (people - base[0])[TIANJIN].sum() < 900_000
    year = slice(first, first + 4)
    assert 150_000 < registered[year][:, TIANJIN].sum() < 400_000
    assert registered[year][:, TIANJIN].sum() > 1.8 * base[1][year][:, TIANJIN].sum()
    np.testing.assert_array_equal(registered[:first], base[1][:first])
    wide = _lived(end, hebei=[["2026Q1", 1.0]])[0]
    assert 50_000 < (wide - base[0])[HEBEI].sum() < 500_000


@pytest.mark.slow
def test_a_higher_quota_of_points_registers_as_many_and_draws_some():
    """10,000 a year more from 2026 on: as many a quarter at first, and people where they are, not elsewhere."""
    end, first = 71, 52
    base = _lived(end)
    people, registered = _lived(end, quota=[["2026Q1", 16_000.0]])
    np.testing.assert_array_equal(registered[:first], base[1][:first])
    more = (registered - base[1])[first:]
    assert 2400 < more[0, BEIJING].sum() < 2500  # who leaves in the quarter is not registered
    assert 35_000 < more[:, BEIJING].sum() < 50_000
    assert abs(more[:, ~BEIJING].sum()) < 1000
    assert 1000 < (people - base[0])[BEIJING].sum() < 50_000
    assert _lived(end, quota=[["2026Q1", 0.0]])[0][BEIJING].sum() < base[0][BEIJING].sum()


@pytest.mark.slow
def test_the_step_of_2018_gave_registrations_and_no_jump_of_people():
    """Without it some hundred thousand fewer are registered in seven years, and fewer people live there by 1 %."""
    end = 47
    base, without = _lived(end), _lived(end, tianjin=[["2018Q1", 0.3], ["2018Q2", 0.3]])
    gained = [(base[1] - without[1])[21:last, TIANJIN].sum() for last in (29, 48)]
    assert 20_000 < gained[0] < 200_000
    assert 70_000 < gained[1] < 400_000
    assert 0 < (base[0] - without[0])[TIANJIN].sum() < 0.015 * base[0][TIANJIN].sum()
