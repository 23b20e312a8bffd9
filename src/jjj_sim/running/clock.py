"""The clock: opens a world, advances it by a quarter, and holds no science."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jjj_sim import balance
from jjj_sim.draws import Draws
from jjj_sim.errors import BalanceError, OpeningError
from jjj_sim.populate.firms import sample_firms
from jjj_sim.populate.people import opening_people, sample_residents
from jjj_sim.processes import OPENING
from jjj_sim.running.departures import departures, told
from jjj_sim.running.history import History, kept
from jjj_sim.satellites import QUARTER, SATELLITES
from jjj_sim.state.census import count_people
from jjj_sim.state.finite import first_break
from jjj_sim.state.residents import MAX_AGE
from jjj_sim.state.world import World

if TYPE_CHECKING:
    from jjj_sim.policy.plan import Plan
    from jjj_sim.processes.process import Process
    from jjj_sim.state.past import Past

OnQuarter = Callable[[World], None]


def build(plan: Plan, seed: int, *, twin: bool = False) -> World:
    """Return the world at the opening of 2013Q1, which remembers what history has revealed; `seed` is the member's.

    OpeningError when it cannot be opened, with the parameters that are far from their defaults; BalanceError when
    none of them is.
    """
    world = opened(plan, seed, twin=twin)
    try:
        found = kept(plan, _live)
    except (BalanceError, OpeningError) as problem:
        if isinstance(problem, OpeningError) or not departures(world.processes, plan):
            raise
        raise OpeningError(f"the years of the account cannot be lived: {problem}") from problem
    for process in world.processes:
        process.recall(world, found)
    _populate(world)
    return world


def _live(plan: Plan) -> Past:
    """Return what a twin finds that lives the years of the account."""
    world = opened(plan, 0, twin=True)
    history = History(world)
    simulate(world, on_opening=history.open, on_quarter=history.close)
    return history.past()


def opened(plan: Plan, seed: int, *, twin: bool = False) -> World:
    """Return the world at the opening without a memory of history and without agents; errors as of `build`."""
    processes = [kind(plan.region, **plan.parameters.get(kind.name, {})) for kind in QUARTER]
    world = World(plan, seed, twin=twin, processes=processes)
    moved = departures(processes, plan)
    error = OpeningError if moved else BalanceError
    try:
        _open(world)
    except (BalanceError, ArithmeticError, ValueError, IndexError) as problem:
        if not moved and not isinstance(problem, BalanceError):
            raise
        raise error(f"the world of 2013Q1 cannot be opened: {problem}.\n{told(moved)}") from problem
    if (broken := first_break(world)) is not None:
        raise error(f"the world of 2013Q1 cannot be opened: {broken.told(world.t)}.\n{told(moved)}")
    return world


def _open(world: World) -> None:
    """Set the stocks and tables of the opening, as published policy has made them: a scenario begins after it."""
    plan = world.plan
    world.follow(replace(plan, levers=plan.published or plan.levers))
    world.people = opening_people(world.region).copy()
    announce(world)
    by_kind = {type(p): p for p in world.processes}
    for kind in (*OPENING, *SATELLITES):
        by_kind[kind].open(world)
    world.follow(plan)
    announce(world)


def _populate(world: World) -> None:
    """Draw the agents, where there are any."""
    if world.twin:
        return
    plan = world.plan
    world.residents = sample_residents(world.people, plan.residents_per_agent, world.seed, plan.region)
    world.people = count_people(world.residents, world.year, plan.region.sizes)
    firm_jobs = world.tables.firm_jobs.copy()
    world.firms = sample_firms(world, firm_jobs)
    for process in world.processes:
        process.begin(world)


def announce(world: World) -> None:
    """Let every lever announce what is in force in the quarter."""
    world.policy.clear()
    for lever in world.levers:
        lever.announce(world)


def tables(world: World, order: Sequence[Process] | None = None) -> dict[str, Any]:
    """Return the table of every process by name, computed in `order`; the result does not depend on it."""
    by_name = {process.name: process for process in world.processes}
    found: dict[str, Any] = {}

    def compute(process: Process) -> Any:
        if process.name not in found:
            before = [compute(by_name[name]) for name in process.after]
            found[process.name] = process.table(world, *before)
        return found[process.name]

    for process in order or world.processes:
        compute(process)
    return found


def act(world: World, found: Mapping[str, Any]) -> None:
    """Let every process act on its table, in the order of the schedule."""
    for process in world.processes:
        turn(world, process, found[process.name])


def turn(world: World, process: Process, table: Any) -> None:
    """Let one process act on its table: on agents by their draws, or on expected counts."""
    if world.twin:
        process.expect(world, table)
    else:
        process.sweep(world, table, Draws(world.seed, process.name, world.t))


def step(world: World, residuals: balance.Residuals, on_opening: OnQuarter | None = None) -> None:
    """Advance `world` by one quarter: levers announce, processes compute and act, levers settle, accounts close.

    `on_opening` sees the world when policy is announced and nothing has acted.
    """
    world.flows.clear()
    world.ledger.clear()
    before = balance.opening(world)
    if world.t and world.t % 4 == 0:
        new_year(world)
    announce(world)
    if on_opening is not None:
        on_opening(world)
    act(world, tables(world))
    for lever in world.levers:
        lever.settle(world)
    residuals.check(world, before)


def simulate(
    world: World,
    *,
    until: int | None = None,
    on_quarter: OnQuarter | None = None,
    on_opening: OnQuarter | None = None,
) -> balance.Residuals:
    """Advance `world` to quarter `until` (the plan's end by default), included.

    `on_opening` sees the world when a quarter's policy is announced, `on_quarter` at its close, before the clock moves
    on. Returns the largest residual of each identity.
    """
    residuals = balance.Residuals()
    last = world.plan.end if until is None else min(until, world.plan.end)
    while world.t <= last:
        try:
            step(world, residuals, on_opening)
        except BalanceError as problem:
            if moved := departures(world.processes, world.plan):
                raise BalanceError(f"{problem}\n{told(moved)}") from problem
            raise
        if on_quarter is not None:
            on_quarter(world)
        world.t += 1
    return residuals


def new_year(world: World) -> None:
    """Everybody is a year older."""
    if not world.twin:
        world.people = count_people(world.residents, world.year, world.region.sizes)
        return
    people = world.people
    people[..., MAX_AGE] += people[..., MAX_AGE - 1]
    people[..., 1:MAX_AGE] = people[..., : MAX_AGE - 1].copy()
    people[..., 0] = 0.0
