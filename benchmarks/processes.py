"""What a quarter costs, process by process: nanoseconds an agent-quarter of the draws, milliseconds a quarter of
tables and stocks, and the twin's run. All in one run, so that ratios hold on a noisy machine.

    python benchmarks/processes.py [--largest 1000000]
"""

from __future__ import annotations

import argparse
import time
from typing import NamedTuple

import numba
from agents import fastest, opened

from jjj_sim import balance
from jjj_sim.draws import member_seed
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import World

SIZES = (100_000, 1_000_000)
# Of version 0.1 on one thread, ns at 1e5, 1e6 and 1e7 agents: migration and demography, the laws of firms.
BEFORE = {"residents": (54, 30, 27), "firms": (91, 39, 30)}
COMPARED = {
    "residents": ("demography", "migration"),
    "firms": ("firm_dynamics", "relief", "relocation", "branching"),
}


class Cost(NamedTuple):
    """Mean seconds a quarter by process: of the tables, and of the sweep over agents or stocks."""

    tables: dict[str, float]
    sweeps: dict[str, float]
    agents: dict[str, int]


def year(world: World) -> Cost:
    """Live through one year, after a quarter that compiles, and return its costs."""
    clock.step(world, balance.Residuals())
    tables = dict.fromkeys((p.name for p in world.processes), 0.0)
    sweeps = dict(tables)
    agents = {"residents": len(world.residents), "firms": len(world.firms)}
    for _ in range(4):
        world.t += 1
        world.flows.clear()
        world.ledger.clear()
        if world.t % 4 == 0:
            clock.new_year(world)
        clock.announce(world)
        made = clock.tables(world)
        for process in world.processes:
            start = time.perf_counter()
            process.table(world, *(made[name] for name in process.after))
            tables[process.name] += (time.perf_counter() - start) / 4
        for process in world.processes:
            start = time.perf_counter()
            clock.turn(world, process, made[process.name])
            sweeps[process.name] += (time.perf_counter() - start) / 4
    return Cost(tables, sweeps, agents)


def table_of(kind: str, change: str, costs: dict[tuple[int, int], Cost], world: World) -> None:
    """Print nanoseconds a quarter for each of `kind`, by the processes that change them."""
    columns = "".join(f"{n:>12,}, {threads} thr" for threads, n in costs)
    print(f"\nns a quarter for each of the {kind}{columns:>{40 - len(kind)}}")
    names = [p.name for p in world.processes if change in p.changes]
    for name in names:
        print(f"  {name:<20}" + "".join(f"{1e9 * c.sweeps[name] / c.agents[kind]:>19.1f}" for c in costs.values()))
    together = COMPARED[kind]
    cells = [sum(c.sweeps[p] + c.tables[p] for p in together) / c.agents[kind] for c in costs.values()]
    print(f"  {'as version 0.1':<20}" + "".join(f"{1e9 * x:>19.1f}" for x in cells))
    print(f"  ({', '.join(together)} with their tables; version 0.1, one thread, at 1e5, 1e6, 1e7: ", end="")
    print(", ".join(str(x) for x in BEFORE[kind]) + ")")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=max(SIZES))
    largest = parser.parse_args().largest
    costs: dict[tuple[int, int], Cost] = {}
    for threads in sorted({1, min(2, numba.config.NUMBA_NUM_THREADS)}):
        numba.set_num_threads(threads)
        for n in [n for n in SIZES if n <= largest] or [largest]:
            world = opened(n)
            costs[threads, n] = year(world)
    table_of("residents", "people", costs, world)
    table_of("firms", "firms", costs, world)

    first = next(iter(costs.values()))
    print(f"\nms a quarter at one thread{'table':>14}{'stocks':>10}")
    for process in world.processes:
        shared = {"people", "firms"} & set(process.changes)
        stocks = "" if shared else f"{1e3 * first.sweeps[process.name]:10.2f}"
        print(f"  {process.name:<30}{1e3 * first.tables[process.name]:8.2f}{stocks}")

    plan = load_scenario("baseline").plan()
    seed = member_seed(1, 0)
    build = fastest(lambda: clock.build(plan, seed, twin=True), 3)
    both = fastest(lambda: clock.simulate(clock.build(plan, seed, twin=True)), 3)
    print(f"\nThe twin: opening {1e3 * build:.0f} ms, {plan.end + 1} quarters {1e3 * (both - build):.0f} ms")


if __name__ == "__main__":
    main()
