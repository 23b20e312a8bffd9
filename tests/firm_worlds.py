"""A world of firms alone: jobs of the census, minutes of 2013, profits flat unless a test bends them."""

import numpy as np
from plans import JJJ, make_plan

from jjj_sim.draws import Draws
from jjj_sim.populate.firms import sample_firms
from jjj_sim.processes.branching import Branching
from jjj_sim.processes.firm_census import FirmCensus
from jjj_sim.processes.firm_dynamics import FirmDynamics
from jjj_sim.processes.named_moves import NamedMoves
from jjj_sim.processes.process import Process
from jjj_sim.processes.relief import Relief
from jjj_sim.processes.relocation import Relocation
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.jobs import job_shares
from jjj_sim.regions.jingjinji.statistics.tables import frame, value
from jjj_sim.running import clock
from jjj_sim.state.firms import Firms
from jjj_sim.state.world import World

BEIJING = REGION.inside("beijing")
PROVINCE = REGION.province[:N_ZONES]
ORDER = (FirmDynamics, Relocation, Relief, Branching, NamedMoves, FirmCensus)


class NothingShared(Process):
    """Tax sharing in which nobody is large enough."""

    name = "tax_sharing"

    def table(self, world):
        """No firm is large."""
        return np.full(world.tables.jobs.shape, np.inf)


def make_world(*, twin=False, seed=1, residents_per_agent=2000, parameters=None, **levers):
    """An opened world; `parameters` by process name."""
    parameters = parameters or {}
    plan = make_plan(residents_per_agent=residents_per_agent, **levers)
    processes = [NothingShared(JJJ), *(kind(JJJ, **parameters.get(kind.name, {})) for kind in ORDER)]
    world = World(plan, seed, twin=twin, processes=processes)
    people = np.array([value("zone_series", "population", z, 2020) for z in REGION.ids])
    world.people[:, :, 0, 40] = people[:, None] * np.array([0.5, 0.3, 0.2])
    t = world.tables
    t.jobs = 0.5 * people[:, None] * job_shares(2013.0)
    t.profit = t.market_access = world.opening.access = 1.0
    t.va_nominal = t.jobs * 25e-6
    t.minutes = 300.0
    t.minutes[:N_ZONES, :N_ZONES] = frame("travel_time_2013").iloc[:, 1:].to_numpy(dtype=float)
    clock.announce(world)
    census = processes[-1]
    census.open(world)
    if not twin:
        world.firms = sample_firms(world, t.firm_jobs.copy())
        census.count_agents(world)
    return world


def process(world, name):
    """The process of that name."""
    return next(p for p in world.processes if p.name == name)


def draws(world, name):
    """The random numbers of that process in this quarter."""
    return Draws(world.seed, name, world.t)


def live(world, quarters=1):
    """Advance as the clock would; yields the legal units at each quarter's opening, at its close."""
    for _ in range(quarters):
        before = world.tables.firm_units.copy()
        world.flows.clear()
        world.ledger.clear()
        clock.announce(world)
        clock.act(world, clock.tables(world))
        for lever in world.levers:
            lever.settle(world)
        yield before
        world.t += 1


def lived(world, quarters):
    """The world after some quarters."""
    for _ in live(world, quarters):
        pass
    return world


def by_cell(firms, weights):
    """`weights` of firms summed by zone and sector."""
    total = np.zeros((N_ZONES, 9))
    np.add.at(total, (firms.zone, firms.sector), weights)
    return total


def some_firms(n=4000):
    """Unequal firms of every flag, zone, sector and weight."""
    a = np.arange(n)
    return Firms.of(
        zone=(a % N_ZONES).astype(np.uint8),
        birth_zone=(a % N_ZONES).astype(np.uint8),
        sector=(a // 7 % 9).astype(np.uint8),
        flags=np.array([0, 0, 0, 1, 2, 4, 8])[a % 7].astype(np.uint8),
        weight=(1 + a % 20).astype(np.uint16),
        born=(-(a % 30)).astype(np.int16),
        x=np.linspace(-7.0, 6.0, n)[(a * 1237) % n],
        id=Draws(3, "some_firms", 0).child(a.astype(np.uint64)),
    )
