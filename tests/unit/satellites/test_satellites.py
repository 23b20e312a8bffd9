"""Satellites read the core; the core is the same without them, and a region without their tables leaves them idle."""

import copy
import re
from pathlib import Path

import numpy as np

import jjj_sim
from jjj_sim.running import clock
from jjj_sim.satellites import SATELLITES
from jjj_sim.satellites.satellite import Satellite

SOURCE = Path(jjj_sim.__file__).parent
CORE = ("processes", "policy", "populate", "laws", "region")


def test_the_core_reads_no_satellite():
    readers = [
        str(path.relative_to(SOURCE))
        for room in CORE
        for path in (SOURCE / room).rglob("*.py")
        if re.search(r"\.satellites\b(?!``)", path.read_text("utf-8"))
    ]
    assert readers == []


def test_the_core_is_the_same_to_the_bit_without_satellites(world):
    alone = copy.deepcopy(world)
    alone.processes = tuple(p for p in alone.processes if not isinstance(p, Satellite))
    assert len(alone.processes) == len(world.processes) - len(SATELLITES)
    for each in (world, alone):
        clock.simulate(each, until=6)
    found, expected = world.state(), alone.state()
    core = [name for name in expected if not name.startswith("satellites.")]
    assert all(np.array_equal(found[name], expected[name], equal_nan=True) for name in core)


def test_a_satellite_writes_what_it_keeps_and_nothing_else():
    assert all(kind.writes == tuple(f"satellites.{name}" for name in kind.keeps) for kind in SATELLITES)
    assert not any(kind.changes for kind in SATELLITES)


def test_a_region_without_their_tables_leaves_satellites_idle(world):
    for process in world.processes:
        if isinstance(process, Satellite) and process.topic:
            tables = getattr(world.data, process.topic)
            missing = copy.copy(tables)
            missing._later = set(tables.declared())
            object.__setattr__(world.data, process.topic, missing)
            try:
                before = {name: world.satellites[name].copy() for name in process.keeps}
                process.act(world, process.table(world))
            finally:
                object.__setattr__(world.data, process.topic, tables)
            assert all(np.array_equal(world.satellites[name], array) for name, array in before.items())
