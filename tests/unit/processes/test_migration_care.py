"""What the old of the capital keep of its services elsewhere: by hand, who goes, and who stays as they were."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.draws import Draws
from jjj_sim.processes.migration_care import care
from jjj_sim.processes.migration_draw import STAYS, destinations
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

N, PROVINCE, BEIJING = JJJ.n_zones, JJJ.province, JJJ.capital
CORE, INNER, URBAN, BAODING, CHENGDE = map(JJJ.index, ("bj_core", "bj_inner", "tj_urban", "baoding", "chengde"))
OLD = 3  # 60 and over


def _process(world):
    return next(p for p in world.processes if p.name == "migration")


def _kept(world, share):
    """A table of the quarter in which the old of the capital keep `share` of the gap."""
    world.policy.elder_care[...] = share
    return _process(world).table(world)


def test_the_old_lose_what_is_left_of_the_gap(twin):
    """Three quarters of the people at 3, a quarter at 1: G* = 2.5. Half of ln(2.5 / (.5 x .8)) is kept in Baoding."""
    twin.people[BEIJING] = 0.0
    twin.people[CORE, 0, CORE, 30], twin.people[INNER, 0, INNER, 30] = 3e6, 1e6
    twin.tables.service_access[:] = 1.0
    twin.tables.service_access[CORE], twin.tables.service_access[BAODING] = 3.0, 0.8
    twin.tables.service_access[CHENGDE] = 6.0
    policy = twin.policy
    policy.entitlement[:] = 0.5
    policy.elder_care[...] = 0.5
    found = care(twin, policy, 0.25)
    np.testing.assert_allclose(found[OLD, CORE, [URBAN, BAODING]], 0.125 * np.log([2.5 / 0.5, 2.5 / 0.4]))
    assert found[OLD, CORE, CHENGDE] == 0.0  # where more is open to them than at home
    np.testing.assert_array_equal(found[OLD, INNER], found[OLD, CORE])
    home, away = np.append(BEIJING, False), np.append(~BEIJING, False)
    assert not found[:OLD].any()
    assert not found[OLD, ~home].any()
    assert not found[OLD][:, ~away].any()
    policy.elder_care[...] = 1.0
    np.testing.assert_allclose(care(twin, policy, 0.25), 2.0 * found)


def test_with_all_of_it_services_elsewhere_are_worth_the_capitals(twin):
    nothing, everything = _kept(twin, 0.0), _kept(twin, 1.0)
    access = twin.tables.service_access
    best = np.average(access[BEIJING], weights=twin.population[BEIJING])
    lost = 0.25 * (np.log(best) - np.log(access[BAODING] * twin.policy.entitlement[BAODING]))
    assert lost > 0.2
    np.testing.assert_allclose((everything.utility - nothing.utility)[OLD, :, CORE, BAODING], lost)


def test_more_of_the_old_leave_the_capital_the_more_they_keep_and_others_choose_as_before(twin):
    tables = [_kept(twin, share) for share in (0.0, 0.5, 1.0)]
    here = np.flatnonzero(BEIJING)
    away = np.flatnonzero(~BEIJING)
    leave = [t.choice[OLD][:, CORE][:, here][:, :, away].sum(axis=2) for t in tables]
    assert np.all(np.diff(leave, axis=0) > 0)
    for t in tables[1:]:
        np.testing.assert_array_equal(t.choice[:OLD], tables[0].choice[:OLD])
        others = np.append(~BEIJING, True)
        np.testing.assert_array_equal(t.choice[OLD][:, others], tables[0].choice[OLD][:, others])


def test_nobody_who_went_stays_when_they_keep_more(world):
    """Paired seeds: only the old of the capital change their minds, and only to where they keep something."""
    r, luck, places = world.residents, Draws(world.seed, "migration", 0), []
    for share in (0.0, 1.0):
        t = _kept(world, share)._replace(hazard=np.full((4, 3), 0.9), moving=0.5)
        target = destinations(
            r.kin, r.id, r.zone, r.education, r.origin, r.born, world.year, t.hazard, t.follow, t.with_family,
            t.utility, t.moving, t.dissimilarity, t.queue, t.grant, PROVINCE, luck.key,
        )  # fmt: skip
        places.append(np.where(target == STAYS, r.zone, target))
    changed = places[0] != places[1]
    assert changed.sum() > 5
    assert (r.age(world.year)[changed] >= 60).all()
    assert np.append(BEIJING, False)[r.origin[changed]].all()
    assert np.append(~BEIJING, False)[places[1][changed]].all()


@pytest.mark.slow
def test_the_old_of_the_capital_move_out_and_their_homes_pay():
    """All of the gap from 2026 on: some thousand more of them live outside by 2030, and nobody else is moved much."""
    found = []
    for over in ({}, {"levers.elder_care.path": [["2026Q1", 1.0]]}):
        world, paid = clock.build(load_scenario("baseline", **over).plan(), 1, twin=True), []
        clock.simulate(world, until=71, on_quarter=lambda w, p=paid: p.append(w.flows.elder_care.copy()))
        found.append((world.people, np.array(paid)))
    (base, free), (people, paid) = found
    old = (people - base)[:, :, :N, 60:][:, :, BEIJING].sum(axis=(1, 2, 3))
    assert 500 < old[~BEIJING].sum() < 50_000
    assert (old[~BEIJING] > 0).all()
    assert old[BEIJING].sum() == pytest.approx(-old[~BEIJING].sum(), rel=0.3)
    assert abs((people - base)[..., :55].sum()) < 500
    assert not free.any()
    assert not paid[:52].any()
    assert not paid[:, ~BEIJING].any()
    assert not paid[:, :, BEIJING].any()
    assert 0.1 < paid[-4:].sum() < 2.0
