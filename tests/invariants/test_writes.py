"""A process writes what it declares, and nothing else; a table writes nothing, and does not depend on its turn."""

import pickle
import random
from contextlib import contextmanager

import numpy as np
import pytest

from jjj_sim.draws import Draws
from jjj_sim.processes import OPENING, SCHEDULE
from jjj_sim.running import clock
from jjj_sim.satellites import QUARTER
from jjj_sim.state.world import BOOKS, World

SHARED = {"people": "people", "residents": "people", "firms": "firms", "firm_counts": "firms"}


def snapshot(world):
    state = {name: array.copy() for name, array in world.state().items()}
    return state, world.ledger.net.copy()


def changed(before, world):
    now = world.state()
    return {name for name, old in before.items() if not np.array_equal(old, now[name], equal_nan=True)}


def allowed(process, name):
    head, _, field = name.partition(".")
    if head in BOOKS:
        return name in process.writes
    if field in ("work", "sector") and head == "residents" and "careers" in process.changes:
        return True
    return SHARED[head] in process.changes


def quarters(world, n):
    """Open each quarter as the clock does, then close it."""
    for _ in range(n):
        world.flows.clear()
        world.ledger.clear()
        if world.t and world.t % 4 == 0:
            clock.new_year(world)
        clock.announce(world)
        yield
        clock.act(world, clock.tables(world))
        for lever in world.levers:
            lever.settle(world)
        world.t += 1


@contextmanager
def read_only(world):
    """Forbid writing to every array of the world."""
    agents = [*world.residents._store.values(), *world.firms._store.values()]
    arrays = [*world.state().values(), *world.policy.arrays().values(), world.ledger.net, *agents]
    free = [a for a in arrays if a.flags.writeable]
    for array in free:
        array.setflags(write=False)
    try:
        yield
    finally:
        for array in reversed(free):  # a column after the store that it is a view of
            array.setflags(write=True)


@pytest.mark.parametrize("kind", ["world", "twin"])
def test_a_process_writes_only_what_it_declares(kind, request):
    world = request.getfixturevalue(kind)
    for _ in range(5):
        world.flows.clear()
        world.ledger.clear()
        clock.announce(world)
        tables = clock.tables(world)
        for process in world.processes:
            state, net = snapshot(world)
            if world.twin:
                process.expect(world, tables[process.name])
            else:
                process.sweep(world, tables[process.name], Draws(world.seed, process.name, world.t))
            foreign = sorted(n for n in changed(state, world) if not allowed(process, n))
            assert not foreign, f"{process.name} writes {', '.join(foreign)}"
            assert "money" in process.changes or np.array_equal(net, world.ledger.net), f"{process.name} pays unasked"
        world.t += 1


@pytest.mark.parametrize("kind", ["world", "twin"])
def test_constants_of_the_opening_never_change(kind, request):
    world = request.getfixturevalue(kind)
    before = {name: array.copy() for name, array in world.state().items() if name.startswith("opening.")}
    clock.simulate(world, until=world.t + 5)
    assert before
    assert not changed(before, world)


@pytest.mark.parametrize("kind", ["world", "twin"])
def test_tables_write_nothing(kind, request):
    world = request.getfixturevalue(kind)
    for _ in quarters(world, 6):
        with read_only(world):
            clock.tables(world)


@pytest.mark.parametrize("kind", ["world", "twin"])
def test_tables_are_the_same_in_any_order(kind, request):
    world = request.getfixturevalue(kind)
    shuffled = random.Random(7)
    for _ in quarters(world, 6):
        usual = clock.tables(world)
        order = list(world.processes)
        for turn in (order[::-1], shuffled.sample(order, len(order)), shuffled.sample(order, len(order))):
            other = clock.tables(world, turn)
            assert {n: pickle.dumps(t) for n, t in other.items()} == {n: pickle.dumps(usual[n]) for n in other}


def test_every_process_has_one_place_in_the_quarter_and_in_the_opening():
    assert len(set(SCHEDULE)) == len(SCHEDULE)
    assert set(SCHEDULE) == set(OPENING)
    assert len({p.name for p in QUARTER}) == len(QUARTER)
    assert len({p.name for p in SCHEDULE}) == len(SCHEDULE)


def test_two_writers_of_one_array_are_refused(plan):
    first, second = SCHEDULE[0](plan.region), SCHEDULE[0](plan.region)
    with pytest.raises(ValueError, match=r"national_growth is written by outside and by outside"):
        World(plan, 1, twin=True, processes=[first, second])


def test_a_writer_of_an_array_that_nobody_declared_is_refused(plan):
    process = SCHEDULE[0](plan.region)
    process.writes = ("tables.national_growht",)
    with pytest.raises(ValueError, match=r"outside writes tables\.national_growht, which is not declared"):
        World(plan, 1, twin=True, processes=[process])
