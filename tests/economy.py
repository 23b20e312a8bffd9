"""A world of the six processes of the economy, with the opening people and stand-ins for the others."""

import numpy as np
from plans import JJJ, make_plan

from jjj_sim.param import Path
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.populate.people import opening_people
from jjj_sim.processes.demand import Demand
from jjj_sim.processes.housing import Housing
from jjj_sim.processes.labour import Labour
from jjj_sim.processes.outside import Outside
from jjj_sim.processes.process import Process
from jjj_sim.processes.production import Production
from jjj_sim.processes.transport import Transport
from jjj_sim.regions.jingjinji.statistics.output import value_added_2013
from jjj_sim.running.clock import announce
from jjj_sim.scenario.draft import published
from jjj_sim.state.world import BOOKS, World

KINDS = (Outside, Transport, Labour, Production, Demand, Housing)
OPENING = (Outside, Transport, Labour, Production, Housing, Demand)


class Movers(Process):
    """Stands for the rest of the schedule: governments buy a fifth of what a zone makes."""

    name = "movers"

    def open(self, world):
        """Let governments spend a quarter's share."""
        world.tables.public_purchases = 0.2 * value_added_2013().sum(axis=1) / 4.0


def assumptions(growth=4.5, prices=1.0):
    """Assumed paths of the outside world, flat."""
    levels = {
        "national_growth": growth,
        "national_deflator": prices,
        "outside_pm25_decline": 3.0,
        "roc_pull": 0.005,
    }
    return {name: Path([0], [level]) for name, level in levels.items()}


def economy(*, lines=None, end=71, outside=None, levers=None, **parameters):
    """An opened world; `lines` are events of the rail programme, `parameters` by process."""
    events = {name: e if isinstance(e, Event) else Event(e) for name, e in (lines or {}).items()}
    published_ones = {name: published(JJJ)[name] for name in ("housing_supply", "subcentre_move", "rd_intensity")}
    plan = make_plan(
        end=end,
        residents_per_agent=1000,
        assumptions=outside or assumptions(),
        rail_programme=LeverPlan("rail_programme", events=events),
        **(published_ones | (levers or {})),
    )
    processes = [Movers(JJJ), *(kind(JJJ, **parameters.get(kind.name, {})) for kind in KINDS)]
    world = World(plan, 1, twin=True, processes=processes)
    announce(world)
    world.people = opening_people(JJJ).copy()
    for kind in (Movers, *OPENING):
        part(world, kind).open(world)
    return world


def part(world, kind):
    """The process of a kind."""
    return next(p for p in world.processes if isinstance(p, kind))


def settle(world, quarters=1, record=None):
    """Advance by some quarters; returns the named tables or stocks by quarter."""
    kept = {name: [] for name in record or ()}
    for _ in range(quarters):
        announce(world)
        for process in world.processes[1:]:
            process.act(world)
        state = {n: a for kind in reversed(BOOKS) for n, a in getattr(world, kind).arrays().items()}
        for name, rows in kept.items():
            rows.append(state[name].copy())
        world.flows.clear()
        world.t += 1
    return {name: np.array(rows) for name, rows in kept.items()}
