"""Grants to graduates: what they are worth, who comes for them, and what is paid."""

import copy

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choice_probabilities
from jjj_sim.processes.migration_draw import STAYS, destinations, destinations_reference
from jjj_sim.processes.migration_grant import book_expected, worth
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

N, COLLEGE = JJJ.n_zones, JJJ.n_education - 1
TIANJIN, URBAN = JJJ.inside("tianjin"), JJJ.index("tj_urban")
PROVINCE = JJJ.province


def _process(world):
    return next(p for p in world.processes if p.name == "migration")


def _given(world, yuan=60_000.0):
    """A table of the quarter with a grant in both zones of Tianjin."""
    world.policy.talent_grant[:] = np.where(TIANJIN, yuan, 0.0)
    return _process(world).table(world)


def _draw(world, table, luck):
    r = world.residents
    return destinations(
        r.kin, r.id, r.zone, r.education, r.origin, r.born, world.year, table.hazard, table.follow,
        table.with_family, table.utility, table.moving, table.dissimilarity, table.queue, table.grant, PROVINCE,
        luck.key,
    )  # fmt: skip


def test_a_grant_is_worth_higher_pay_through_the_expected_stay(twin):
    """60,000 yuan over 1 / .15 years are 9,000 a year: beside 120,000 x .96 in pay, 1.2 ln(1 + 9 / 115.2)."""
    twin.tables.wage[URBAN], twin.tables.unemployment[URBAN] = (50e3, 80e3, 120e3), (0.1, 0.06, 0.04)
    twin.policy.talent_grant[URBAN] = 60_000.0
    found = worth(twin, 1.2, 0.15)
    np.testing.assert_allclose(found[1:3, COLLEGE, URBAN], 1.2 * np.log(1 + 9 / 115.2))
    assert np.count_nonzero(found) == 2
    assert worth(twin, 1.2, 0.3)[1, COLLEGE, URBAN] == pytest.approx(1.2 * np.log(1 + 18 / 115.2))


def test_a_grant_is_worth_nothing_where_no_graduate_finds_work(twin):
    twin.tables.unemployment[URBAN, COLLEGE] = 1.0
    twin.policy.talent_grant[URBAN] = 60_000.0
    assert not worth(twin, 1.2, 0.15).any()


def test_only_who_comes_from_another_province_chooses_by_it(twin):
    """In Tianjin the choice is as it was; elsewhere as if its zones were better by the grant, for graduates alone."""
    plain, given = _given(twin, 0.0), _given(twin)
    process = _process(twin)
    better = choice_probabilities(
        given.utility + given.grant[:, :, None], process.moving, process.dissimilarity, PROVINCE, given.queue
    )
    np.testing.assert_array_equal(plain.utility, given.utility)
    inside = np.append(TIANJIN, False)
    np.testing.assert_array_equal(given.choice[..., inside, :], plain.choice[..., inside, :])
    np.testing.assert_allclose(given.choice[..., ~inside, :], better[..., ~inside, :], rtol=1e-12)
    np.testing.assert_array_equal(given.choice[:, :COLLEGE], plain.choice[:, :COLLEGE])
    np.testing.assert_array_equal(given.choice[[0, 3]], plain.choice[[0, 3]])
    more = given.arrivals.sum(axis=(0, 1, 2)) - plain.arrivals.sum(axis=(0, 1, 2))
    assert (more[TIANJIN] > 0).all()
    assert (more[~TIANJIN] < 0).all()


def test_agents_decide_as_the_reference_and_nobody_is_lost(world):
    """Paired seeds: whoever came to Tianjin still does, whoever changes goes there, from elsewhere, with a degree."""
    luck, r = Draws(world.seed, "migration", 0), world.residents
    before, after = (_given(world, yuan)._replace(hazard=np.full((4, 3), 0.8), moving=0.5) for yuan in (0.0, 200_000.0))
    plain, given = (_draw(world, table, luck) for table in (before, after))
    np.testing.assert_array_equal(given, destinations_reference(r, world.year, after, PROVINCE, luck))
    place = [np.where(found == STAYS, r.zone, found) for found in (plain, given)]
    changed = place[0] != place[1]
    assert changed.sum() > 5
    assert TIANJIN[place[1][changed]].all()
    assert not TIANJIN[r.zone[changed]].any()
    assert (r.education[changed] == COLLEGE).all()


def test_agents_are_paid_who_came_and_nobody_else(world):
    process = _process(world)
    table = _given(world)._replace(hazard=np.full((4, 3), 0.3))
    r = world.residents
    known = dict(zip(r.id.tolist(), PROVINCE[r.zone].tolist(), strict=True))
    process.sweep(world, table, Draws(world.seed, "migration", 0))
    r, due = world.residents, np.zeros(N)
    age = r.age(world.year)
    for a in np.flatnonzero((r.education == COLLEGE) & (age >= 25) & (age < 60) & TIANJIN[r.zone]):
        if known.get(int(r.id[a])) != PROVINCE[r.zone[a]]:
            due[r.zone[a]] += r.weight[a]
    assert due.sum() > 0
    np.testing.assert_allclose(world.flows.talent_subsidies_paid, due * 60_000.0 / 1e9)


def test_the_twin_pays_whom_it_moves(twin):
    """Where only graduates of working age live, and none come from outside, what is due is moves over the border."""
    process = _process(twin)
    twin.people[:, :COLLEGE] = 0.0
    twin.people[..., :25] = twin.people[..., 60:] = 0.0
    table = _given(twin)
    table = table._replace(arrivals=np.zeros_like(table.arrivals), conversion=np.zeros(N))
    process.expect(twin, table)
    came = (twin.flows.moves[:N, :N] * ~JJJ.same_province[:N, :N]).sum(axis=0)
    np.testing.assert_allclose(twin.flows.talent_subsidies_paid, came * np.where(TIANJIN, 60_000.0, 0.0) / 1e9)
    assert twin.flows.talent_subsidies_paid[URBAN] > 0.0


def test_the_twin_pays_graduates_of_working_age_from_outside(twin):
    table = _given(twin)
    twin.people[...] = 0.0
    book_expected(twin, table)
    came = table.arrivals[2:4, COLLEGE].sum(axis=(0, 1))
    np.testing.assert_allclose(twin.flows.talent_subsidies_paid, came * np.where(TIANJIN, 60_000.0, 0.0) / 1e9)


def test_agents_cost_what_the_twin_expects(world, twin):
    """Over quarters of luck on one table; graduates who came are counted in agents of 2,000."""
    process, paid = _process(world), []
    table = _given(world)
    for t in range(30):
        again = copy.deepcopy(world)
        process.sweep(again, table, Draws(world.seed, "migration", t))
        paid.append(again.flows.talent_subsidies_paid.sum())
    twin.people = world.people.copy()
    book_expected(twin, _given(twin))
    expected = twin.flows.talent_subsidies_paid.sum()
    assert abs(np.mean(paid) - expected) < 4 * np.std(paid) / np.sqrt(30) + 0.01 * expected


@pytest.mark.slow
def test_a_grant_draws_graduates_where_it_is_paid_and_mostly_pays_who_came_anyway():
    """50,000 yuan in Tianjin from 2026 on: more of them there and fewer in each other province, at a price."""
    grants = {"levers.talent_subsidy": {"path": [["2026Q1", 50_000.0]], "zones": ["tj_urban", "tj_binhai"]}}
    found = []
    for over in ({}, grants):
        world = clock.build(load_scenario("baseline", **over).plan(), 1, twin=True)
        paid = []
        clock.simulate(world, until=71, on_quarter=lambda w, p=paid: p.append(w.flows.talent_subsidies_paid.sum()))
        found.append((world.people[:, COLLEGE].sum(axis=(1, 2)), sum(paid)))
    more, cost = found[1][0] - found[0][0], found[1][1]
    assert found[0][1] == 0.0
    assert (more[TIANJIN] > 0).all()
    assert more[JJJ.inside("beijing")].sum() < 0 > more[JJJ.inside("hebei")].sum()
    assert 10_000 < more[TIANJIN].sum() < 100_000
    assert 2 < cost * 1e9 / 50_000.0 / more[TIANJIN].sum() < 60  # grants a graduate who would not be there
