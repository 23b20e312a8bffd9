"""A world for the stock processes: published people and value added, everything else flat."""

import numpy as np
from plans import JJJ, flat, make_plan

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.emissions import Emissions
from jjj_sim.processes.new_area import NewArea
from jjj_sim.processes.process import Process
from jjj_sim.processes.services import Services
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.jobs import job_shares
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.running.clock import announce
from jjj_sim.state.world import World


def plan_of(**levers):
    """A plan in which nothing is decided, but for `levers`."""
    still = {
        "emission_standards": LeverPlan("emission_standards", flat(1.0), paths={"clean_heating": flat(0.0)}),
        "steel_cap": LeverPlan("steel_cap", flat(1000.0)),
    }
    return make_plan(assumptions={"outside_pm25_decline": flat(3.0)}, **(still | levers))


class Equalisation(Process):
    """What Budgets adds to spending: nothing."""

    name = "budgets"

    def table(self, world):
        """Nothing is added."""
        return np.zeros(world.region.n_zones)


def make_world(*, twin=True, seed=1, parameters=None, **levers):
    """An opened world of the three stock processes."""
    parameters = parameters or {}
    kinds = (NewArea, Emissions, Services)
    processes = [Equalisation(JJJ), *(kind(JJJ, **parameters.get(kind.name, {})) for kind in kinds)]
    world = World(plan_of(**levers), seed, twin=twin, processes=processes)
    people = np.array([value("zone_series", "population_yearend_derived", z, 2013) for z in REGION.ids])
    world.people[:, 0, 0, 40] = people
    t = world.tables
    t.national_deflator = t.construction_deflator = 1.0
    t.national_output = 1.0
    t.outside_pm25_factor = 1.0
    t.labour_force = 0.5 * people
    t.minutes = 120.0 - 90.0 * np.eye(N_ZONES + 1)
    gdp = np.array([value("zone_series_2", "gdp_5ec_consistent", z, 2013) for z in REGION.ids])
    weight = job_shares(2013.0) * np.array([0.2, 1.2, 1.2, 0.8, 1, 2, 0.8, 1.5, 1])
    t.value_added = gdp[:, None] / 4 * weight / weight.sum(axis=1, keepdims=True)
    t.va_nominal = t.value_added
    assert t.value_added.shape == (N_ZONES, N_SECTORS)
    announce(world)
    for process in processes:
        process.open(world)
    return world


def settle(world, quarters=1):
    """Advance by some quarters, as the clock would."""
    for _ in range(quarters):
        world.flows.clear()
        world.ledger.clear()
        announce(world)
        for process in world.processes[1:]:
            process.act(world, 0.0 if process.name == "services" else None)
        for lever in world.levers:
            lever.settle(world)
        world.t += 1
    return world
