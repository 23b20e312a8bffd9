"""More of a policy never gives less of its effect, agent by agent, with the tables frozen and the same luck."""

import copy
from dataclasses import replace

import numpy as np
import pytest
from firm_worlds import draws, make_world, process
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from plans import default, flat

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choice_probabilities
from jjj_sim.processes.migration_draw import STAYS, converts, destinations
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION, ROC
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

few = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PROVINCES = {"beijing": 0, "tianjin": 1, "hebei": 2}


@pytest.fixture(scope="module")
def firms():
    return make_world(residents_per_agent=4000)


def relieved(firms, manufacturers, sites):
    """Ids of the firms and sites that quotas take of a frozen world, and the world after."""
    world = copy.deepcopy(firms)
    levers = dict(world.plan.levers)
    for name, quota in (("relief_manufacturing", manufacturers), ("relief_markets", sites)):
        levers[name] = replace(levers[name], path=flat(quota))
    world.plan = replace(world.plan, levers=levers)
    clock.announce(world)
    before = dict(zip(world.firms.id.tolist(), world.firms.zone.tolist(), strict=True))
    tables = clock.tables(world)
    process(world, "relief").sweep(world, tables["relief"], draws(world, "relief"))
    after = dict(zip(world.firms.id.tolist(), world.firms.zone.tolist(), strict=True))
    return {i for i, zone in before.items() if after.get(i) != zone}, world


@few
@given(
    st.tuples(st.integers(0, 600), st.integers(0, 600)).map(sorted),
    st.tuples(st.integers(0, 150), st.integers(0, 150)).map(sorted),
)
def test_a_higher_quota_relieves_everybody_that_the_lower_one_does(firms, manufacturers, sites):
    (some, lower), (more, higher) = (relieved(firms, *q) for q in zip(manufacturers, sites, strict=True))
    assert some <= more
    for world, m, s in ((lower, manufacturers[0], sites[0]), (higher, manufacturers[1], sites[1])):
        f = world.flows
        assert f.firms_closed_by_relief.sum() + f.firms_moved_by_relief.sum() == m
        assert f.sites_closed.sum() + f.sites_moved.sum() == s
    for flow in ("firms_closed_by_relief", "firms_moved_by_relief"):
        assert np.all(getattr(lower.flows, flow) <= getattr(higher.flows, flow))


@few
@given(
    st.sampled_from(["relocation_subsidy", "founding_subsidy"]),
    st.integers(0, N_ZONES - 1),
    st.tuples(st.floats(0.0, 0.5), st.floats(0.0, 0.5)).map(sorted),
)
def test_a_higher_subsidy_founds_no_fewer_there_and_no_more_elsewhere_in_the_province(firms, lever, z, rates):
    founded = []
    for rate in rates:
        world = copy.deepcopy(firms)
        getattr(world.policy, lever)[z] = rate
        world.policy.founding_subsidy_years[...] = 3.0
        law = process(world, "firm_dynamics")
        law.sweep(world, law.table(world), draws(world, law.name))
        founded.append(world.flows.firm_entries)
    less, more = founded
    assert np.all(more[z] >= less[z])
    others = np.arange(N_ZONES) != z
    assert np.all(more[others] <= less[others])
    outside = REGION.province[:N_ZONES] != REGION.province[z]
    np.testing.assert_array_equal(more[outside], less[outside])


@few
@given(st.sampled_from(sorted(PROVINCES)), st.floats(0.0, 1.0), st.floats(0.2, 1.0), st.floats(0.4, 1.0))
def test_an_opener_province_keeps_every_chooser_and_only_gains(world, province, opening, hazard, dissimilarity):
    """Openness rises in one province: whoever chose a zone there still does, whoever changes goes there.

    Whoever is registered still is, and more are there alone.
    """
    law = next(p for p in world.processes if p.name == "migration")
    residents, luck = world.residents, Draws(world.seed, "migration", 0)
    plan, places, tables, registered = world.plan, [], [], []
    for raised in (0.0, opening):
        lever = plan.levers["hukou_openness"]
        h = lever.paths[province].at(0)
        paths = dict(lever.paths) | {province: flat(h + raised * (1.0 - h))}
        world.plan = replace(plan, levers=dict(plan.levers) | {lever.name: replace(lever, paths=paths)})
        clock.announce(world)
        table = law.table(world)._replace(hazard=np.full((4, 3), hazard), dissimilarity=dissimilarity, moving=0.5)
        local = converts(residents.id, residents.zone, residents.origin, table.conversion, REGION.province, luck.key)
        registered.append(local)
        target = destinations(
            residents.kin, residents.id, residents.zone, residents.education, residents.origin, residents.born,
            world.year, table.hazard, table.follow, table.with_family, table.utility, table.moving, dissimilarity,
            table.queue, table.grant, REGION.province, luck.key,
        )  # fmt: skip
        places.append(np.where(target == STAYS, residents.zone, target))
        tables.append(table)
    world.plan = plan
    clock.announce(world)
    before, after = places
    there = REGION.province == PROVINCES[province]
    there[REGION.index("xiongan")] = False  # its openness has a path of its own
    np.testing.assert_array_equal(after[there[before]], before[there[before]])
    assert there[after[after != before]].all()
    assert np.all(registered[1][registered[0]])
    assert there[residents.zone[registered[0] != registered[1]]].all()
    assert np.all(tables[1].conversion >= tables[0].conversion)
    closed, opened = (
        choice_probabilities(t.utility, t.moving, dissimilarity, REGION.province)[..., :N_ZONES, :] for t in tables
    )
    assert np.all(opened[..., there] >= closed[..., there] * (1.0 - 1e-12))
    assert np.all(opened[..., ROC] <= closed[..., ROC] * (1.0 + 1e-12))


@few
@given(st.tuples(st.integers(0, 400), st.integers(0, 400)).map(sorted))
def test_who_takes_an_offer_takes_it_when_there_are_more(firms, offers):
    """More offers: all takers of the fewer, as many registered as offered, and no fewer posts."""
    fewer, more = (offered(firms, n) for n in offers)
    assert set(fewer.firms.id.tolist()) <= set(more.firms.id.tolist())
    for world, n in zip((fewer, more), offers, strict=True):
        assert world.stocks.firms_of_capital_origin.sum() == n
    assert np.all(fewer.flows.jobs_moved_by_offer <= more.flows.jobs_moved_by_offer)


def offered(firms, n):
    """A frozen world after a quarter's branching in which `n` offers are due and as many begin to work."""
    world = copy.deepcopy(firms)
    table = clock.tables(world)["branching"]._replace(due=np.array([n, 0]), begin=np.array([n, 0]))
    process(world, "branching").sweep(world, table, draws(world, "branching"))
    return world


@pytest.mark.parametrize("province", ["beijing", "hebei"])
def test_more_spent_on_research_makes_more_of_it_and_hires(province):
    inside = REGION.inside(province)
    found = []
    for more in (0.0, 0.5, 1.0):
        plan = default("rd_intensity").paths[province]
        path = [["2013Q1", plan.at(0)], ["2013Q2", plan.at(1) + more]]
        lever = {f"levers.rd_intensity.paths.{province}": path}
        world = clock.build(load_scenario("baseline", **lever).plan(), 1, twin=True)
        clock.simulate(world, until=16)
        s = REGION.sector("research")
        found.append((world.tables.value_added[inside, s].sum(), world.tables.jobs[inside, s].sum()))
    assert (np.diff(np.array(found), axis=0) > 0.0).all()
