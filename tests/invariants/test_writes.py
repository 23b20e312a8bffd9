"""A process writes what it declares, and nothing else."""

import copy

import numpy as np
import pytest

from jjj_sim.draws import Draws
from jjj_sim.processes import OPENING, SCHEDULE
from jjj_sim.state.world import World

SHARED = {"people": "people", "residents": "people", "firms": "firms", "firm_counts": "firms"}


def snapshot(world):
    state = {name: array.copy() for name, array in world.state().items()}
    return state, world.ledger.net.copy()


def changed(before, world):
    now = world.state()
    return {name for name, old in before.items() if not np.array_equal(old, now[name], equal_nan=True)}


def allowed(process, name):
    head, _, field = name.partition(".")
    if head in ("tables", "stocks", "flows"):
        return field in getattr(process, head)
    if field in ("work", "sector") and head == "residents" and "careers" in process.changes:
        return True
    return SHARED[head] in process.changes


def assert_own(process, world, before, verb):
    state, net = before
    foreign = sorted(n for n in changed(state, world) if not allowed(process, n))
    assert not foreign, f"{process.name}.{verb} writes {', '.join(foreign)}"
    assert "money" in process.changes or np.array_equal(net, world.ledger.net), f"{process.name} pays unasked"


@pytest.mark.parametrize("kind", ["world", "twin"])
def test_only_what_is_declared(kind, request):
    world = request.getfixturevalue(kind)
    for _ in range(5):
        world.flows.clear()
        world.ledger.clear()
        tables = []
        for process in world.processes:
            before = snapshot(world)
            tables.append(process.table(world))
            assert_own(process, world, before, "table")
            assert not changed({k: v for k, v in before[0].items() if k.startswith("flows.")}, world)
        for process, table in zip(world.processes, tables, strict=True):
            before = snapshot(world)
            if world.twin:
                process.expect(world, table)
            else:
                process.sweep(world, table, Draws(world.seed, process.name, world.t))
            assert_own(process, world, before, "expect" if world.twin else "sweep")
        world.t += 1


def test_every_process_has_one_place_in_the_quarter_and_in_the_opening():
    assert len(set(SCHEDULE)) == len(SCHEDULE)
    assert set(SCHEDULE) == set(OPENING)
    assert len({p.name for p in SCHEDULE}) == len(SCHEDULE)


def test_two_writers_of_one_field_are_refused(plan):
    first = SCHEDULE[0]()
    with pytest.raises(ValueError, match=r"declared twice, the second time by outside"):
        World(plan, 1, twin=True, processes=[first, copy.copy(first)])
