"""Agents approach the twin: the gap in people by zone and education falls as the square root of their number."""

import copy

import numpy as np

from jjj_sim.draws import Draws, member_seed
from jjj_sim.populate.people import sample_residents
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

QUARTERS, SEEDS = 4, 12
ACTING = ("demography", "migration")


def lived(opened, seed=None):
    """Changes of people by zone and education over the root of people, all other tables held; no seed: the twin."""
    world = copy.deepcopy(opened)
    before = world.people.sum(axis=(2, 3))
    if seed is not None:
        world.twin, world.seed = False, member_seed(seed, 0)
        world.residents = sample_residents(world.people, world.plan.residents_per_agent, world.seed, world.region)
    acting = [p for p in world.processes if p.name in ACTING]
    for world.t in range(QUARTERS):
        tables = [p.table(world) for p in acting]
        for p, table in zip(acting, tables, strict=True):
            if world.twin:
                p.expect(world, table)
            else:
                p.sweep(world, table, Draws(world.seed, p.name, world.t))
    return (world.people.sum(axis=(2, 3)) - before) / np.sqrt(before)


def gaps(residents_per_agent):
    """The agents' changes less the twin's, by seed."""
    plan = load_scenario("baseline", **{"population.residents_per_agent": residents_per_agent}).plan()
    opened = clock.build(plan, 0, twin=True)
    expected = lived(opened)
    return np.array([lived(opened, seed) - expected for seed in range(SEEDS)])


def test_sixteen_times_the_residents_a_quarter_of_the_gap():
    coarse, fine = gaps(32_000), gaps(2_000)
    ratio = np.sqrt((coarse**2).mean() / (fine**2).mean())
    assert 3.3 < ratio < 4.7
    # The mean over seeds is the twin's, within its own error in each cell.
    error = np.sqrt((fine**2).mean(axis=0) / SEEDS)
    assert np.sqrt(((fine.mean(axis=0) / error) ** 2).mean()) < 1.3
