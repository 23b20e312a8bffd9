"""Who lives another life when a policy never happens: agents of two scenarios matched by id, same seed.

    python validation/same_lives.py [--variant no_relief] [--scale 1000] [--seed 1]

Without common tables nobody but the touched would differ. Here a policy moves prices, wages and jobs, so that
a few others cross a threshold of their own: the script counts them and says which decision differs first.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import member_seed
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import World


def lived(name: str, scale: int, seed: int) -> tuple[World, set[int], set[int]]:
    """Return the closing world, and the ids of firms relief took and of residents ever alive."""
    plan = load_scenario(name, [f"population.residents_per_agent={scale}"]).plan()
    world = clock.build(plan, member_seed(seed, 0))
    touched: set[int] = set()
    residents: set[int] = set(world.residents.id.tolist())
    while world.t <= plan.end:
        world.flows.clear()
        world.ledger.clear()
        if world.t and world.t % 4 == 0:
            clock.new_year(world)
        clock.announce(world)
        tables = clock.tables(world)
        for process in world.processes:
            relief = process.name == "relief"
            before = dict(zip(world.firms.id.tolist(), world.firms.zone.tolist(), strict=True)) if relief else {}
            clock.turn(world, process, tables[process.name])
            if relief:
                after = dict(zip(world.firms.id.tolist(), world.firms.zone.tolist(), strict=True))
                touched |= {k for k, zone in before.items() if after.get(k) != zone}
        for lever in world.levers:
            lever.settle(world)
        residents |= set(world.residents.id.tolist())
        world.t += 1
    return world, touched, residents


def differing(
    a: NDArray[np.uint64], b: NDArray[np.uint64], columns: list[tuple[NDArray[Any], NDArray[Any]]]
) -> dict[str, int]:
    """Return how many ids are in one world alone, and how many of the common ones differ in any column."""
    common, in_a, in_b = np.intersect1d(a, b, return_indices=True)
    other = np.zeros(len(common), dtype=bool)
    for x, y in columns:
        other |= x[in_a] != y[in_b]
    return {"in both": len(common), "in one": len(a) + len(b) - 2 * len(common), "changed": int(other.sum())}


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="baseline")
    parser.add_argument("--variant", default="no_relief")
    parser.add_argument("--scale", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    base, touched, alive = lived(args.base, args.scale, args.seed)
    variant, touched_there, alive_there = lived(args.variant, args.scale, args.seed)
    r, s = base.residents, variant.residents
    people = differing(r.id, s.id, [(r.zone, s.zone), (r.origin, s.origin), (r.education, s.education)])
    print(f"Residents at the close, {args.base} beside {args.variant}, same seed:")
    print(f"  {people['in both']:,} live in both worlds, {people['changed']:,} of them elsewhere or as somebody else")
    print(f"  {people['in one']:,} live in one world only (moved out of the region, or not born or admitted there)")
    print(f"  ever alive in one world only: {len(alive ^ alive_there):,} of {len(alive | alive_there):,}")
    f, g = base.firms, variant.firms
    mine, theirs = (np.isin(w.id, list(touched | touched_there)) for w in (f, g))
    firms = differing(f.id[~mine], g.id[~theirs], [(f.zone[~mine], g.zone[~theirs])])
    print(f"Firms, relief touched {len(touched):,} in {args.base} and {len(touched_there):,} in {args.variant}:")
    print(f"  {firms['in both']:,} untouched firms live in both worlds, {firms['changed']:,} in another zone")
    print(f"  {firms['in one']:,} untouched firms live in one world only")


if __name__ == "__main__":
    main()
