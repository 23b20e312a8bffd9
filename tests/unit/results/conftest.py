"""A world whose arrays are set by hand: every field that the indicators read, and nothing that moves."""

import numpy as np
import pytest
from plans import JJJ, make_plan

from jjj_sim import quarters
from jjj_sim.satellites import SATELLITES
from jjj_sim.state.world import World


def _live(world, t):
    """Set every array for quarter `t`, unequal over zones and quarters."""
    rng = np.random.default_rng(t)
    world.t = t
    for book in (world.tables, world.stocks, world.flows, world.satellites):
        for array in book.arrays().values():
            array[...] = rng.uniform(0.1, 0.9, array.shape)
    world.people = rng.uniform(0.5, 1.5, world.people.shape)


@pytest.fixture
def make_world():
    """A function that makes a hand-set world with a horizon."""

    def make(end="2014Q4", region=JJJ):
        plan = make_plan(end=quarters.parse(end), residents_per_agent=1000, region=region)
        return World(plan, 1, twin=True, processes=[kind(region) for kind in SATELLITES])

    return make


@pytest.fixture
def place():
    """A function from a zone id to its index; the world outside is the last place."""
    return lambda zone: JJJ.roc if zone == JJJ.outside else JJJ.index(zone)


@pytest.fixture
def live():
    """A function that sets every array of a world for quarter `t`, unequal over zones and quarters."""
    return _live
