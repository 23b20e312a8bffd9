"""Does the housing market settle? Its answer to 10 % more people or income, alone, anywhere in its bounds.

    python validation/damping_housing.py [--out damping_housing.png]

Everything but Housing is frozen, long after the census trend has faded, and the market starts cleared. The
script prints the largest root of the linear recursion over a grid of the bounds, by regime,

    builders asleep    z^2 - (1 + inertia - adjust eps_r) z + inertia = 0
    builders at work   (x, g, s) -> s' = s + build (eta x - s),  g' = inertia g - adjust (eps_r x + s'),  x' = x + g'

(x log price, g its growth, s log stock over its trend), and draws the paths. A root inside the unit circle in
both regimes is necessary and not sufficient, since the market switches between them: `response` lives the law
itself, and `settles` judges the path.
"""

from __future__ import annotations

import argparse
import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.processes.housing import Housing
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import World

LATE = 4 * 400
ZONES = ("bj_inner", "bj_subcentre", "tj_urban", "handan", "xiongan")


def asleep(adjust: float, elasticity: float, inertia: float) -> float:
    """Return the largest modulus of the roots when nothing is built."""
    return float(np.abs(np.roots([1.0, -(1.0 + inertia - adjust * elasticity), inertia])).max())


def awake(adjust: float, elasticity: float, inertia: float, build: float, eta: float) -> float:
    """Return the largest modulus of the roots when builders close `build` of the gap a quarter."""
    stock = np.array([build * eta, 0.0, 1.0 - build])
    growth = np.array([-adjust * elasticity, inertia, 0.0]) - adjust * stock
    price = np.array([1.0, 0.0, 0.0]) + growth
    return float(np.abs(np.linalg.eigvals(np.array([price, growth, stock]))).max())


def cleared(**parameters: Any) -> tuple[World, Housing]:
    """Return a world long after the census, its housing market cleared, and its Housing."""
    plan = load_scenario("baseline", **{f"parameters.housing.{k}": v for k, v in parameters.items()}).plan()
    world = clock.build(plan, 1, twin=True)
    housing = next(p for p in world.processes if isinstance(p, Housing))
    world.t = LATE
    world.tables.new_area_housing = 0.0
    housing.act(world)
    stocks = world.stocks
    world.memory.housing_trend = stocks.housing
    world.memory.price_growth = 0.0
    world.memory.announced_growth = 0.0
    world.memory.price_reference = world.tables.house_price / world.tables.construction_deflator
    world.opening.demand_level = 0.0
    world.opening.demand_level = np.log(stocks.housing) - housing._demand(world)
    return world, housing


def response(of: str = "people", by: float = 0.1, quarters: int = 160, **parameters: Any) -> NDArray[np.float64]:
    """Return the log price by quarter and zone after `by` more people or income, 0 before the shock."""
    world, housing = cleared(**parameters)
    before = np.log(world.prices.fundamental_price)
    if of == "people":
        world.people *= 1.0 + by
        world.tables.labour_income *= 1.0 + by
    else:
        world.tables.labour_income *= 1.0 + by
    rows = []
    for _ in range(quarters):
        world.flows.clear()
        housing.act(world)
        world.t += 1
        rows.append(np.log(world.prices.fundamental_price) - before)
    return np.array(rows)


def settles(path: NDArray[np.float64], drift: float = 0.0) -> bool:
    """Return whether no swing of `path` (quarters, zones), turn to turn, is the widest so far, and each zone ends
    at rest or going one way by at most `drift` a quarter, the pace at which the quota lets the stock catch up.
    """
    quarter = len(path) // 4
    small = 0.05 * np.ptp(path[:quarter], axis=0).max()
    late = np.diff(path[-quarter:], axis=0)
    one_way = (late.max(axis=0) <= 0.0) | (late.min(axis=0) >= 0.0)
    rest = np.abs(path[-1] - path[-quarter]) < small
    ends = bool((rest | (one_way & (np.abs(late).max(axis=0) <= 1.01 * drift))).all())
    for column in path.T:
        swings = np.abs(np.diff(column[1:-1][np.diff(column)[1:] * np.diff(column)[:-1] < 0]))
        ends &= all(swings[k] <= swings[:k].max() for k in range(1, len(swings)))
    return ends


def worst() -> tuple[float, float]:
    """Return the largest root over a grid of the bounds, builders asleep and at work."""
    bounds = Housing.parameters()
    grid = {
        name: np.linspace(bounds[name].lo, bounds[name].hi, 5)
        for name in ("adjustment", "rent_elasticity", "inertia", "building", "supply")
    }
    still = max(asleep(a, e, i) for a, e, i, _, _ in itertools.product(*grid.values()))
    return still, max(awake(*point) for point in itertools.product(*grid.values()) if point[3] > 0)


def main() -> None:
    """Print the roots and draw the answers to both shocks."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", default="damping_housing.png")
    out = parser.parse_args().out
    still, busy = worst()
    print(f"largest root over the bounds: builders asleep {still:.4f}, at work {busy:.4f}")
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.5), sharey=True)
    nervous = {"adjustment": 0.3, "inertia": 0.6, "building": 0.15, "supply": {"xiongan": 4.0}}
    for axis, (title, parameters) in zip(axes, (("defaults", {}), ("most nervous", nervous)), strict=True):
        path = response("people", **parameters)
        verdict = "settles" if settles(path) else "does not settle"
        print(f"{title}: {verdict}; income: {'settles' if settles(response('income', **parameters)) else 'does not'}")
        for zone in ZONES:
            axis.plot(np.arange(len(path)) / 4.0, 100.0 * path[:, regions.default().index(zone)], label=zone)
        axis.set(title=f"{title}: {verdict}", xlabel="years after 10 % more people")
    axes[0].set_ylabel("price, log points")
    axes[0].legend(frameon=False)
    figure.tight_layout()
    figure.savefig(out, dpi=150)
    print(f"drawn: {out}")


if __name__ == "__main__":
    main()
