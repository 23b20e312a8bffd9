"""A world for the stock processes: published people and value added, everything else flat."""

from typing import ClassVar

import numpy as np

from jjj_sim.evidence.geography import GEOGRAPHY, N_SECTORS, N_ZONES
from jjj_sim.evidence.jobs import job_shares
from jjj_sim.evidence.tables import value
from jjj_sim.param import Path
from jjj_sim.policy.plan import LeverPlan, Plan
from jjj_sim.processes.emissions import Emissions
from jjj_sim.processes.process import Process
from jjj_sim.processes.services import Services
from jjj_sim.processes.xiongan import Xiongan
from jjj_sim.state.book import Field
from jjj_sim.state.world import World


class StandIns(Process):
    """Fields that other processes write."""

    name = "stand_ins"
    writes = (
        "tables.value_added",
        "tables.va_nominal",
        "tables.national_deflator",
        "tables.construction_deflator",
        "tables.national_output",
        "tables.minutes",
        "tables.outside_pm25_factor",
        "tables.labour_force",
        "tables.budget_addition",
    )


def steady(level, points=()):
    """A path at `level`, then through `points` (quarter, value)."""
    points = [(0, level), *points]
    return Path([q for q, _ in points], [v for _, v in points])


def make_plan(**levers):
    """A plan in which nothing is decided, but for `levers`."""
    nothing = {
        "xiongan_investment": LeverPlan("xiongan_investment", steady(0.0)),
        "xiongan_services": LeverPlan("xiongan_services", steady(0.0)),
        "emission_standards": LeverPlan("emission_standards", steady(1.0), paths={"clean_heating": steady(0.0)}),
        "steel_cap": LeverPlan("steel_cap", steady(1000.0)),
        "headquarters_moves": LeverPlan("headquarters_moves"),
        "university_hospital_moves": LeverPlan("university_hospital_moves"),
        "subcentre_move": LeverPlan("subcentre_move"),
    }
    return Plan(
        name="t",
        title="",
        title_zh="",
        end=71,
        residents_per_agent=100,
        levers=nothing | levers,
        assumptions={"outside_pm25_decline": steady(3.0)},
        parameters={},
        digest="",
    )


def make_world(*, twin=True, seed=1, parameters=None, **levers):
    """An opened world of the three stock processes."""
    parameters = parameters or {}
    kinds = (Xiongan, Emissions, Services)
    processes = [StandIns(), *(kind(**parameters.get(kind.name, {})) for kind in kinds)]
    world = World(make_plan(**levers), seed, twin=twin, processes=processes)
    people = np.array([value("zone_series", "population_yearend_derived", z, 2013) for z in GEOGRAPHY.ids])
    world.people[:, 0, 0, 40] = people
    t = world.tables
    t.national_deflator = t.construction_deflator = 1.0
    t.national_output = 1.0
    t.outside_pm25_factor = 1.0
    t.labour_force = 0.5 * people
    t.minutes = 120.0 - 90.0 * np.eye(N_ZONES + 1)
    gdp = np.array([value("zone_series_2", "gdp_5ec_consistent", z, 2013) for z in GEOGRAPHY.ids])
    weight = job_shares(2013.0) * np.array([0.2, 1.2, 1.2, 0.8, 1, 2, 0.8, 1.5, 1])
    t.value_added = gdp[:, None] / 4 * weight / weight.sum(axis=1, keepdims=True)
    t.va_nominal = t.value_added
    assert t.value_added.shape == (N_ZONES, N_SECTORS)
    for process in processes:
        process.open(world)
    return world


def settle(world, quarters=1):
    """Advance by some quarters, as the clock would."""
    for _ in range(quarters):
        world.flows.clear()
        world.ledger.clear()
        for process in world.processes[1:]:
            process.settle(world)
        world.t += 1
    return world
