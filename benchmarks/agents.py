"""Nanoseconds an agent-quarter: the migration decision as kernel, as NumPy and as plain Mesa agents, in one
run, so that ratios hold on a noisy machine; then whole quarters of residents and firms by number of agents.

    python benchmarks/agents.py [--largest 10000000]
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable

import mesa
import numba
import numpy as np

from jjj_sim.draws import Draws, member_seed
from jjj_sim.processes.migration_draw import STAYS, destinations, destinations_reference
from jjj_sim.regions.jingjinji.statistics.geography import ROC
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.residents import Residents

_MESA_AGENTS = 20_000


def fastest(function: Callable[[], object], repeats: int = 5) -> float:
    """Return the shortest wall time of `repeats` calls, seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


class Person(mesa.Agent):
    """A resident as Mesa's tutorial would write it: attributes, random numbers, a loop over places."""

    def __init__(self, model: Village, zone: int, row: int, education: int, origin: int) -> None:
        super().__init__(model)
        self.zone, self.row, self.education, self.origin = zone, row, education, origin

    def reconsider(self) -> None:
        """Take the best place now and then."""
        table = self.model.table
        if self.random.random() >= table.hazard[self.row][self.education]:
            return
        best, place = -math.inf, self.zone
        for j, v in enumerate(table.utility[self.row][self.education][self.origin]):
            u = v - (table.moving if j != self.zone else 0.0) - math.log(-math.log(self.random.random()))
            if u > best:
                best, place = u, j
        if place != ROC:
            self.zone = place


class Village(mesa.Model):
    """Plain Mesa agents before the same table."""

    def __init__(self, residents: Residents, table: object) -> None:
        super().__init__(seed=1)
        self.table = table
        age = residents.age(2013)
        for a in range(_MESA_AGENTS):
            b = a * (len(residents) // _MESA_AGENTS)
            row = int(np.searchsorted([25, 45, 60], age[b], side="right"))
            Person(self, int(residents.zone[b]), row, int(residents.education[b]), int(residents.origin[b]))

    def step(self) -> None:
        """Let everybody reconsider."""
        self.agents.do("reconsider")


def decision(n: int) -> None:
    """Print the migration decision of `n` agents as kernel, NumPy and Mesa."""
    world = opened(n)
    process = next(p for p in world.processes if p.name == "migration")
    table, draws = process.table(world), Draws(world.seed, "migration", 0)
    r = world.residents

    def kernel() -> None:
        destinations(
            r.kin, r.id, r.zone, r.education, r.origin, r.born, world.year, table.hazard, table.follow,
            table.with_family, table.utility, table.moving, table.dissimilarity, table.queue, table.grant,
            world.region.province, draws.key,
        )  # fmt: skip

    kernel()
    results = {}
    for threads in sorted({1, min(2, numba.config.NUMBA_NUM_THREADS)}):
        numba.set_num_threads(threads)
        results[f"kernel, {threads} thread"] = fastest(kernel) / len(r)
    results["NumPy"] = fastest(
        lambda: destinations_reference(r, world.year, table, world.region.province, draws), 3
    ) / len(r)
    village = Village(r, table)
    results["plain Mesa"] = fastest(village.step, 3) / _MESA_AGENTS
    base = results["kernel, 1 thread"]
    for name, seconds in results.items():
        print(f"  {name:<20}{seconds * 1e9:10.1f} ns an agent-quarter{seconds / base:10.1f} x")
    assert np.any(destinations_reference(r, world.year, table, world.region.province, draws) != STAYS)


def quarters(n: int) -> tuple[float, float]:
    """Print and return nanoseconds a resident-quarter and a firm-quarter at about `n` residents."""
    world = opened(n)
    residuals = clock.balance.Residuals()
    clock.step(world, residuals)
    world.t += 1
    spent: dict[str, float] = {}
    people, firms = len(world.residents), max(len(world.firms), 1)
    for _ in range(3):
        world.flows.clear()
        world.ledger.clear()
        clock.announce(world)
        tables = clock.tables(world)
        for process in world.processes:
            start = time.perf_counter()
            clock.turn(world, process, tables[process.name])
            spent[process.name] = spent.get(process.name, 0.0) + (time.perf_counter() - start) / 3
        world.t += 1
    resident = sum(spent[p] for p in ("demography", "migration"))
    firm = sum(s for p, s in spent.items() if p in ("firm_dynamics", "relief", "relocation", "branching"))
    rest = sum(spent.values()) - resident - firm
    print(
        f"  {people:>10,} residents {resident * 1e9 / people:8.1f} ns each"
        f"{firms:>12,} firms {firm * 1e9 / firms:8.1f} ns each   tables and stocks {rest * 1e3:6.1f} ms"
    )
    return people, resident


def opened(n: int) -> clock.World:
    """Return the baseline at its opening with about `n` residents."""
    scale = max(1, round(109e6 / n))
    plan = load_scenario("baseline", **{"population.residents_per_agent": scale}).plan()
    return clock.build(plan, member_seed(1, 0))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=10_000_000)
    largest = parser.parse_args().largest
    print("One migration decision, 1,000,000 agents:")
    decision(min(1_000_000, largest))
    for threads in sorted({1, min(2, numba.config.NUMBA_NUM_THREADS)}):
        numba.set_num_threads(threads)
        print(f"A quarter, {threads} thread{'s' if threads > 1 else ''}:")
        points = [quarters(n) for n in (100_000, 1_000_000, 10_000_000) if n <= largest]
        slope = np.polyfit(np.log([p[0] for p in points]), np.log([p[1] for p in points]), 1)[0]
        print(f"  slope of cost in residents: {slope:.2f}")


if __name__ == "__main__":
    main()
