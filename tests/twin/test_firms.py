"""Agents approach the twin: the gap in legal units by cell falls as the square root of their number."""

import numpy as np
from firm_worlds import BEIJING, lived, make_world
from plans import flat

from jjj_sim.policy.plan import LeverPlan

QUARTERS = 8
BUSY = {
    "relief_manufacturing": LeverPlan("relief_manufacturing", flat(120.0)),
    "relocation_subsidy": LeverPlan("relocation_subsidy", flat(0.1), zones=(14,)),
}


def gap(residents_per_agent, expected):
    """Root mean square relative gap over cells whose weight shrinks with the scale, over three seeds."""
    weighted = np.ones(expected.shape, dtype=bool)
    weighted[:, 0] = False
    weighted[BEIJING, 1] = False
    large = weighted & (expected > 3000)
    squares = []
    for seed in range(3):
        world = lived(make_world(seed=seed, residents_per_agent=residents_per_agent, **BUSY), QUARTERS)
        squares.append(((world.tables.firm_units / np.maximum(expected, 1) - 1)[large] ** 2).mean())
    return np.sqrt(np.mean(squares))


def test_sixteen_times_the_agents_a_quarter_of_the_gap():
    expected = lived(make_world(twin=True, **BUSY), QUARTERS).tables.firm_units
    coarse, fine = gap(4_000, expected), gap(250, expected)
    assert fine < 0.1
    assert 3.0 < coarse / fine < 5.3
