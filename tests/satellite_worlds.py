"""Worlds in which one satellite lives alone: all arrays of the core at zero, for a test to set."""

from plans import make_plan

from jjj_sim.running import clock
from jjj_sim.state.world import World


def world_of(law, **levers):
    """A world of the satellite `law` alone, with levers idle but for those given, announced."""
    world = World(make_plan(**levers), 1, twin=True, processes=[law])
    clock.announce(world)
    return world
