"""Agents approach the twin: the gap in people by zone and education falls as the square root of their number."""

import numpy as np

from jjj_sim import clock
from jjj_sim.draws import Draws, member_seed
from jjj_sim.scenario import load_scenario

QUARTERS, SEEDS = 4, 5
ACTING = ("demography", "migration")


def lived(residents_per_agent, seed, twin=False):
    """Changes of people by zone and education over some quarters, all other tables as they were opened."""
    plan = load_scenario("baseline", **{"population.residents_per_agent": residents_per_agent}).plan()
    world = clock.build(plan, member_seed(seed, 0), twin=twin)
    acting = [p for p in world.processes if p.name in ACTING]
    before = world.people.sum(axis=(2, 3))
    for world.t in range(QUARTERS):
        tables = [p.table(world) for p in acting]
        for p, table in zip(acting, tables, strict=True):
            if twin:
                p.expect(world, table)
            else:
                p.sweep(world, table, Draws(world.seed, p.name, world.t))
    return world.people.sum(axis=(2, 3)) - before


def test_sixteen_times_the_residents_a_quarter_of_the_gap():
    expected = lived(1000, 0, twin=True)

    def gaps(residents_per_agent):
        return np.array([lived(residents_per_agent, seed) - expected for seed in range(SEEDS)])

    coarse, fine = gaps(16_000), gaps(1_000)
    ratio = np.sqrt((coarse**2).mean() / (fine**2).mean())
    assert 3.2 < ratio < 4.8
    # The mean over seeds is the twin's, within its own error in each cell.
    error = np.sqrt((fine**2).mean(axis=0) / SEEDS)
    assert np.sqrt(((fine.mean(axis=0) / error) ** 2).mean()) < 1.3
