"""A world of the six processes of the economy, with the opening people and stand-ins for the others."""

from typing import ClassVar

import numpy as np

from jjj_sim.evidence.output import value_added_2013
from jjj_sim.param import Path
from jjj_sim.policy.levers import LEVERS
from jjj_sim.policy.plan import Event, LeverPlan, Plan
from jjj_sim.populate.people import opening_people
from jjj_sim.processes.demand import Demand
from jjj_sim.processes.housing import Housing
from jjj_sim.processes.labour import Labour
from jjj_sim.processes.outside import Outside
from jjj_sim.processes.process import Process
from jjj_sim.processes.production import Production
from jjj_sim.processes.transport import Transport
from jjj_sim.state.book import Field
from jjj_sim.state.world import World

KINDS = (Outside, Transport, Labour, Production, Demand, Housing)
OPENING = (Outside, Transport, Labour, Production, Housing, Demand)


class Movers(Process):
    """Fields that firms, Xiong'an, research and governments write; governments buy a fifth of what a zone makes."""

    name = "movers"
    writes = (
        "tables.new_area_construction",
        "tables.new_area_housing",
        "tables.new_area_investment",
        "tables.new_area_works",
        "tables.knowledge",
        "tables.services_works",
        "tables.public_purchases",
        "tables.social_transfers",
        "tables.household_taxes",
        "flows.jobs_between",
        "flows.jobs_closed_by_relief",
    )

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
    plan = Plan(
        name="t",
        title="",
        title_zh="",
        end=end,
        residents_per_agent=1000,
        levers={
            "rail_programme": LeverPlan("rail_programme", events=events),
            "chain_coordination": LeverPlan("chain_coordination", Path([0], [0.0])),
            **{name: LEVERS[name].default() for name in ("housing_supply", "subcentre_move")},
            **(levers or {}),
        },
        assumptions=outside or assumptions(),
        parameters={},
        digest="",
    )
    processes = [Movers(), *(kind(**parameters.get(kind.name, {})) for kind in KINDS)]
    world = World(plan, 1, twin=True, processes=processes)
    world.people = opening_people().copy()
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
        for process in world.processes[1:]:
            process.settle(world)
        state = world.tables.arrays() | world.stocks.arrays()
        for name, rows in kept.items():
            rows.append(state[name].copy())
        world.flows.clear()
        world.t += 1
    return {name: np.array(rows) for name, rows in kept.items()}
