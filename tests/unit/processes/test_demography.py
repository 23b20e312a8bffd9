"""Births, deaths and birthdays."""

import numpy as np
import pytest

from jjj_sim.draws import Draws
from jjj_sim.processes.demography import BIRTH, DEATH, life_events, life_events_reference
from jjj_sim.regions.jingjinji.statistics.geography import REGION

BEIJING = REGION.inside("beijing")


def _process(world):
    return next(p for p in world.processes if p.name == "demography")


def test_kernel_takes_the_reference_decision_for_every_resident(world):
    table, draws = _process(world).table(world), Draws(world.seed, "demography", 0)
    r = world.residents
    found = life_events(r.id, r.zone, r.born, world.year, table.birth, table.death, draws.key)
    np.testing.assert_array_equal(found, life_events_reference(r, world.year, table, draws))
    assert np.count_nonzero(found == BIRTH) > 50
    assert np.count_nonzero(found == DEATH) > 50


def test_expected_births_and_deaths_are_the_published_crude_rates(twin):
    table = _process(twin).table(twin)
    people = twin.people.sum(axis=(1, 2))
    total = people[BEIJING].sum()
    births = (people * table.birth)[BEIJING].sum()
    deaths = (people * table.death)[BEIJING].sum()
    assert births == pytest.approx(twin.data.people.birth_rate.of(2013)[0] / 4000 * total)
    assert deaths == pytest.approx(twin.data.people.death_rate.of(2013)[0] / 4000 * total)


def test_only_people_of_15_to_44_give_birth(world):
    table = _process(world).table(world)
    assert np.all(table.birth[:, :15] == 0)
    assert np.all(table.birth[:, 45:] == 0)
    assert np.all(table.birth[:, 20:40] > 0)


def test_newborns_take_after_their_mothers(world):
    process, draws = _process(world), Draws(world.seed, "demography", 0)
    mothers = {int(i): k for k, i in enumerate(world.residents.id)}
    before = {name: column.copy() for name, column in world.residents.arrays().items()}
    process.sweep(world, process.table(world), draws)
    r = world.residents
    new = np.flatnonzero(r.born == 0)
    new = new[~np.isin(r.id[new], before["id"])]
    assert len(new) > 50
    child_of = {int(c): int(m) for m, c in zip(before["id"], draws.child(before["id"]), strict=True)}
    for a in new[:40]:
        mother = mothers[child_of[int(r.id[a])]]
        assert r.kin[a] == np.uint32(before["id"][mother] & np.uint64(0xFFFFFFFF))
        for column in ("zone", "origin", "education", "weight"):
            assert getattr(r, column)[a] == before[column][mother]


def test_counts_close_exactly(world):
    process = _process(world)
    before = world.residents.weight.sum(dtype=np.int64)
    process.sweep(world, process.table(world), Draws(world.seed, "demography", 0))
    after = world.residents.weight.sum(dtype=np.int64)
    assert after == before + world.flows.births.sum() - world.flows.deaths.sum()


def test_at_fifteen_the_province_decides_who_reaches_college(twin):
    process = _process(twin)
    table = process.table(twin)
    fifteen = twin.people[..., 15].sum(axis=(1, 2))
    process.expect(twin, table)
    core = REGION.index("bj_core")
    share = twin.people[core, 2, :, 15].sum() / (fifteen[core] * (1 - table.death[core, 15]))
    assert share == pytest.approx(process.college[0])
    handan = REGION.index("handan")
    assert table.schooling[handan, 2] == pytest.approx(process.college[2])


def test_some_adults_take_a_degree_beside_their_work(twin, world):
    """One in fifty of those of 18 to 44 with senior secondary school, at the turn of the year, agents as expected."""
    able = twin.people[:, 1, :, 18:45].sum(axis=(1, 2))
    fifteen = twin.people[..., 15].sum(axis=2)
    for one in (twin, world):
        process = _process(one)
        table = process.table(one)
        process.expect(one, table) if one is twin else process.sweep(one, table, Draws(one.seed, "demography", 0))
    schooled = fifteen.sum(axis=1)[:, None] * _process(twin).table(twin).schooling - fifteen
    np.testing.assert_allclose(twin.flows.schooled[:, 2] - schooled[:, 2], 0.02 * able, rtol=1e-9)
    np.testing.assert_allclose(twin.flows.schooled.sum(axis=1), 0.0, atol=1e-6)
    gained = [one.flows.schooled[:, 2].sum() for one in (twin, world)]
    assert gained[1] == pytest.approx(gained[0], rel=0.1)
    twin.t, twin.flows.schooled = 1, 0.0
    _process(twin).expect(twin, _process(twin).table(twin))
    assert not twin.flows.schooled.any()


def test_schooling_rises_to_2030_and_stays(twin):
    process = _process(twin)
    reached = [process._schooling(t)[:, 2] for t in (0, 34, 68, 71)]
    np.testing.assert_array_equal(reached[0], process.college)
    np.testing.assert_allclose(reached[1], (process.college + process.college_2030) / 2)
    np.testing.assert_array_equal(reached[2], process.college_2030)
    np.testing.assert_array_equal(reached[3], reached[2])


def test_rates_go_on_from_the_last_published_year(twin):
    """With what was known in 2016, births and mortality of 2018 follow the assumptions from there."""
    process = _process(twin)
    twin.data = twin.region.tables(as_of=2016)
    twin.t = 15
    table = process.table(twin)
    np.testing.assert_array_equal(table.mortality, _level(twin))
    twin.t = 20
    trends = {name: twin.plan.assumptions[name].at(20) / 100 for name in ("births_trend", "mortality_trend")}
    later = process.table(twin)
    births = (twin.people.sum(axis=(1, 2)) * later.birth)[BEIJING].sum() / twin.people[BEIJING].sum() * 4000
    assert births == pytest.approx(twin.data.people.birth_rate.of(2016)[0] * (1 + trends["births_trend"]) ** 2)
    base = process.base_hazard()
    expected = twin.memory.mortality_level * (1 + trends["mortality_trend"]) ** 2
    np.testing.assert_allclose(later.death[:, 60], expected * base[60])


def _level(world):
    """Mortality of the year of the clock, by hand."""
    by_age = world.people.sum(axis=(1, 2))
    base, rate = _process(world).base_hazard(), world.data.people.death_rate.of(world.year)
    level = np.empty(len(by_age))
    for p in range(world.region.n_provinces):
        inside = world.region.inner_province == p
        level[inside] = rate[p] / 4000.0 * by_age[inside].sum() / (by_age[inside] @ base).sum()
    return level
