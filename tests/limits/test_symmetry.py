"""What is a name or a scale only: labels of zones, equal zones, weights of agents, order of rows."""

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import JJJ

from jjj_sim import balance
from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choice_probabilities
from jjj_sim.laws.fitting import fit_symmetric
from jjj_sim.populate.firms import sample_firms
from jjj_sim.populate.people import sample_residents
from jjj_sim.processes import migration
from jjj_sim.processes.firm_dynamics import live_a_quarter
from jjj_sim.processes.migration_draw import STAYS, destinations
from jjj_sim.processes.transport import closed
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.geography import N_EDUCATION, N_SECTORS, N_ZONES, REGION, ROC
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import BOOKS

Z = REGION.index
# The processes that act on people and firms; what they meet in tables is held.
ACTING = (
    "demography", "migration", "firm_dynamics", "relocation", "relief", "branching", "named_moves", "firm_census",
)  # fmt: skip
# Zones of one province that no event list names.
TWINS = Z("handan"), Z("xingtai")


def relabelled(*pairs):
    """A permutation of the places that swaps the zones of each pair."""
    order = np.arange(ROC + 1)
    for a, b in pairs:
        order[[a, b]] = order[[b, a]]
    return order


def renamed(array, dims, order):
    """`array` with its zones and places in another order."""
    for axis, dim in enumerate(dims):
        if dim in ("zone", "place"):
            array = np.take(array, order[: array.shape[axis]], axis=axis)
    return array


def pool_in(order):
    """The people of the rest of China with their home zones in another order."""
    pool, dims = migration.outside_pool, ("band", "education", "place")
    return lambda *when: renamed(pool(*when), dims, order)


def arrays(world):
    """Every array of the twin with the names of its axes."""
    found = {"people": (world.people, ("zone", "education", "place", "age"))}
    for book in BOOKS:
        fields = getattr(world, book).declared()
        found |= {f"{book}.{n}": (a, fields[n].dims) for n, a in getattr(world, book).arrays().items()}
    return found | {f"firm_counts.{n}": (a, ("zone",)) for n, a in world.firm_counts.arrays().items()}


def act(world, quarters):
    """Let the acting processes live some quarters."""
    acting = [p for p in world.processes if p.name in ACTING]
    for _ in range(quarters):
        world.flows.clear()
        world.ledger.clear()
        clock.announce(world)
        tables = clock.tables(world)
        for process in acting:
            table = tables[process.name]
            if world.twin:
                process.expect(world, table)
            else:
                process.sweep(world, table, Draws(world.seed, process.name, world.t))
        world.t += 1


def test_other_labels_of_the_zones_permute_what_people_and_firms_do(twin, monkeypatch):
    clock.simulate(twin, until=parse("2017Q4"))
    order = relabelled((Z("tj_urban"), Z("tj_binhai")), (Z("tangshan"), Z("chengde")), (Z("hengshui"), Z("handan")))
    other = copy.deepcopy(twin)
    for array, dims in arrays(other).values():
        array[...] = renamed(array, dims, order)
    act(twin, 2)
    monkeypatch.setattr(migration, "outside_pool", pool_in(order))
    act(other, 2)
    assert twin.flows.firms_closed_by_relief.sum() > 0 < twin.flows.offers_taken.sum()
    found = arrays(other)
    for name, (array, dims) in arrays(twin).items():
        scale = np.abs(array[np.isfinite(array)]).max(initial=1e-12)
        np.testing.assert_allclose(
            found[name][0], renamed(array, dims, order), rtol=1e-9, atol=1e-12 * scale, err_msg=name
        )


@given(st.permutations(np.flatnonzero(REGION.province == 2)), st.integers(0, 2**32))
def test_other_labels_permute_the_kernels(hebei, seed):
    order = np.arange(ROC + 1)
    order[REGION.province == 2] = hebei
    luck, ids = Draws(seed, "labels", 0), np.arange((ROC + 1) ** 2, dtype=np.uint64)
    zones, cross = order[:N_ZONES], np.ix_(order, order)
    v = 3.0 * luck.normal(ids[: ROC + 1])
    there, here = (choice_probabilities(u, 1.3, 0.6, REGION.province) for u in (v[order], v))
    np.testing.assert_allclose(there, here[cross])
    minutes = 400.0 * luck.uniform(ids, 9).reshape(ROC + 1, ROC + 1)
    np.testing.assert_allclose(closed(minutes[cross], 5.0), closed(minutes, 5.0)[cross])
    decay, people = np.exp(-(minutes + minutes.T)[:N_ZONES, :N_ZONES] / 300.0), 1.0 + luck.uniform(ids[:N_ZONES], 8)
    rows = np.ix_(zones, zones)
    np.testing.assert_allclose(fit_symmetric(decay[rows], people[zones]), fit_symmetric(decay, people)[rows], rtol=1e-9)


def test_equal_zones_fare_alike_but_for_luck(monkeypatch):
    """Two zones are made equal in all that people and firms look at; agents are drawn anew."""
    size, seed, order = 400, 1, relabelled(TWINS)
    plan = load_scenario("baseline", **{"population.residents_per_agent": size}).plan()
    world, twin = (clock.build(plan, seed, twin=twin) for twin in (False, True))
    pool, other = migration.outside_pool, pool_in(order)
    monkeypatch.setattr(migration, "outside_pool", lambda *when: (pool(*when) + other(*when)) / 2.0)
    for each in (world, twin):
        for array, dims in arrays(each).values():
            array[...] = (array + renamed(array, dims, order)) / 2.0
    world.residents = sample_residents(world.people, size, seed, JJJ)
    world.seed = seed
    world.firms = sample_firms(world, world.tables.firm_jobs.copy())
    a, b = TWINS
    totals = {}
    for _ in range(4):
        act(world, 1)
        act(twin, 1)
        f = world.flows
        flows = {
            "births": (f.births, size),
            "deaths": (f.deaths, size),
            "came": (f.moves[:, :N_ZONES].sum(axis=0), size),
            "left": (f.moves[:N_ZONES].sum(axis=1), size),
            "founded": (f.firm_entries.sum(axis=1), size / 5),
            "closed": (f.firm_exits.sum(axis=1), size / 5),
        }
        for name, (flow, weight) in flows.items():
            totals[name] = totals.get(name, 0.0) + flow[[a, b]] / weight
    for name, (first, second) in totals.items():
        assert first + second > 40, name
        # Mothers move with their children, which triples the variance of a move at most.
        assert abs(first - second) < 4.0 * np.sqrt(3.0 * (first + second)), name
    for name, (array, dims) in arrays(twin).items():
        np.testing.assert_allclose(array, renamed(array, dims, order), rtol=1e-9, atol=1e-9, err_msg=name)


def test_half_the_agents_at_twice_the_weight_expect_the_same_with_twice_the_variance(world):
    """Each row twice at weight w against once at 2 w, many quarters' luck on one table."""
    process = next(p for p in world.processes if p.name == "migration")
    table = process.table(world)._replace(hazard=np.full((4, 3), 0.5), moving=0.5)
    r, n = world.residents, 2_000
    rows = np.arange(0, len(r), len(r) // n)[:n]

    def spread(copies):
        who = np.tile(rows, copies)
        ids = Draws(copies, "copies", 0).child(r.id[who], np.repeat(np.arange(copies, dtype=np.uint64), n))
        came = np.empty((300, ROC + 1))
        for t in range(len(came)):
            target = destinations(
                ids.astype(np.uint32), ids, r.zone[who], r.education[who], r.origin[who], r.born[who], world.year,
                table.hazard, table.follow, table.with_family, table.utility, table.moving, table.dissimilarity,
                table.queue, table.grant, REGION.province, Draws(7, "migration", t).key,
            )  # fmt: skip
            came[t] = np.bincount(target[target != STAYS], minlength=ROC + 1) * (2 / copies)
        return came.mean(axis=0), came.var(axis=0)

    (many, small), (few, large) = spread(2), spread(1)
    assert np.all(np.abs(many - few) < 4.5 * np.sqrt((small + large) / 300))
    assert np.sum(large) / np.sum(small) == pytest.approx(2.0, rel=0.1)


def test_half_the_firms_at_twice_the_weight_close_as_many_with_twice_the_variance(world):
    law = next(p for p in world.processes if p.name == "firm_dynamics")
    cell, n = np.zeros(2_000, dtype=np.uint8), 2_000
    offset = np.zeros((N_ZONES, N_SECTORS))

    def closures(copies):
        ids = Draws(copies, "copies", 1).child(np.arange(n * copies, dtype=np.uint64))
        zone, x = np.tile(cell, copies), np.tile(np.linspace(-2.0, 4.0, n), copies)
        closed_ = [
            n * copies
            - live_a_quarter(
                ids, zone, zone, zone, x.copy(), offset, law.exit / 4, law.exit_size, 0.0, 0.0, 0.1,
                Draws(7, law.name, t).key,
            ).sum()
            for t in range(600)
        ]  # fmt: skip
        return np.mean(closed_) * 2 / copies, np.var(closed_) * (2 / copies) ** 2

    (many, small), (few, large) = closures(2), closures(1)
    assert many == pytest.approx(few, abs=4 * np.sqrt((small + large) / 600))
    assert large / small == pytest.approx(2.0, rel=0.2)


def test_the_order_of_agents_changes_no_bit(world):
    """Every table, stock and flow, and every agent by its id, over a year with relief and a turn of year."""
    other = copy.deepcopy(world)
    for table in (other.residents, other.firms):
        order = np.argsort(Draws(5, "order", 0).uniform(table.id))
        for column in table.arrays().values():
            column[...] = column[order]
    for _ in range(5):
        for each in (world, other):
            clock.step(each, balance.Residuals())
            each.t += 1
    ordered = []
    for each in (world, other):
        state = each.state()
        for agents in ("residents", "firms"):
            by_id = np.argsort(getattr(each, agents).id, kind="stable")
            state |= {n: a[by_id] for n, a in state.items() if n.startswith(f"{agents}.")}
        ordered.append(state)
    straight, shuffled = ordered
    assert straight["firms.id"].tobytes() != world.firms.id.tobytes()
    different = [n for n, a in straight.items() if a.tobytes() != shuffled[n].tobytes()]
    assert not different
    assert world.flows.firms_closed_by_relief.sum() > 0
    assert world.people.shape[1] == N_EDUCATION
