"""Do labour market and economy settle? Answers to a shock of a tenth in one zone, alone and together.

    python validation/damping_labour.py [--out docs/images/damping_labour.png]

The world outside, people, homes, governments and moves stay at their opening; what is left is Labour alone, or
Labour, Production and Demand together. An answer is the log of the shocked run less that of the same run without
the shock (unemployment: the difference), so that what the block does anyway drops out. The shock is held.

    labour alone    bill     labour's bill of Handan, present and expected, 10 % more
                    people   people of Handan 10 % more
    economy         capacity productivity of Handan's general manufacturing 10 % more
                    people   people of Handan 10 % more
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.populate.people import opening_people
from jjj_sim.processes import OPENING, SCHEDULE
from jjj_sim.processes.demand import Demand
from jjj_sim.processes.labour import Labour
from jjj_sim.processes.process import Process, StockProcess
from jjj_sim.processes.production import Production
from jjj_sim.regions.jingjinji.statistics.geography import REGION, SECTORS
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import World

Array = NDArray[np.float64]

ROOT = Path(__file__).resolve().parents[1]
ZONE = REGION.index("handan")
SECTOR = [s.key for s in SECTORS].index("general_manufacturing")
BLOCKS: dict[str, tuple[type[StockProcess], ...]] = {"labour": (Labour,), "economy": (Labour, Production, Demand)}
SHOCKS = (("labour", "bill"), ("labour", "people"), ("economy", "capacity"), ("economy", "people"))
READ = ("wage", "jobs", "unemployment", "price")
CORNERS: dict[str, dict[str, float]] = {
    "defaults": {},
    "fast jobs, fast wages": {"labour.speed": 0.5, "labour.wage_speed": 0.5, "demand.price_speed": 0.6},
    "fast jobs, slow wages": {"labour.speed": 0.5, "labour.wage_speed": 0.1, "demand.price_speed": 0.1},
    "slow jobs, fast wages": {"labour.speed": 0.05, "labour.wage_speed": 0.5, "demand.price_speed": 0.6},
    "slow jobs, slow wages": {"labour.speed": 0.05, "labour.wage_speed": 0.1, "demand.price_speed": 0.1},
}


def opened(**parameters: float) -> World:
    """Return the opening of 2013Q1 with `parameters` ("labour.speed"), as far as Demand needs it open.

    Of a parameter by place the value holds everywhere.
    """
    by_place = regions.default().keyed
    told = {
        f"parameters.{name}": dict.fromkeys(by_place[name], v) if name in by_place else v
        for name, v in parameters.items()
    }
    plan = load_scenario("baseline", **told).plan()
    processes = [kind(plan.region, **plan.parameters.get(kind.name, {})) for kind in SCHEDULE]
    world = World(plan, 1, twin=True, processes=processes)
    world.people = opening_people(plan.region).copy()
    clock.announce(world)
    by_kind = {type(p): p for p in processes}
    for kind in OPENING[: OPENING.index(Demand) + 1]:
        by_kind[kind].open(world)
    return world


def shock(world: World, of: str, by: float) -> None:
    """Change what is shocked in ZONE by `by`, for good."""
    if of == "bill":
        world.tables.labour_bill[ZONE] *= 1.0 + by
        world.tables.expected_bill[ZONE] *= 1.0 + by
    elif of == "people":
        world.people[ZONE] *= 1.0 + by
    else:
        world.memory.base_productivity[ZONE, SECTOR] *= 1.0 + by


def live(world: World, kinds: tuple[type[Process], ...], quarters: int) -> dict[str, Array]:
    """Live the processes `kinds`; return what READ names by quarter, with stocks of unsold output."""
    block = [p for kind in kinds for p in world.processes if isinstance(p, kind) and isinstance(p, StockProcess)]
    rows: dict[str, list[Array]] = {name: [] for name in (*READ, "inventories")}
    for _ in range(quarters):
        world.flows.clear()
        for process in block:
            process.act(world)
        tables = world.tables
        rows["wage"].append(np.log(world.prices.work_wage))
        rows["jobs"].append(np.log(tables.jobs.sum(axis=1)))
        rows["unemployment"].append(tables.unemployment.copy())
        rows["price"].append(np.log(world.prices.relative_price))
        rows["inventories"].append(world.stocks.inventories.copy())
    return {name: np.array(kept) for name, kept in rows.items()}


def lives(
    block: str, of: str, by: float = 0.1, quarters: int = 160, **parameters: float
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return the shocked run and the one without the shock, by name, quarters first."""
    world = opened(**parameters)
    still = copy.deepcopy(world)
    shock(world, of, by)
    return live(world, BLOCKS[block], quarters), live(still, BLOCKS[block], quarters)


def answer_of(shocked: dict[str, Array], still: dict[str, Array]) -> dict[str, Array]:
    """Return the answer by name: the shocked run less the other."""
    return {name: shocked[name] - still[name] for name in READ}


def fades(path: NDArray[np.float64]) -> bool:
    """Return whether `path` (quarters first) stops swinging and comes to rest, or slows down on its way there.

    In the second half no swing, turn to turn, is 5 % of the widest answer of the first quarter; over the last
    quarter it moves by less than that, or than in the quickest quarter. What is below 1e-3 (a tenth of a percent,
    of a point) counts for nothing.
    """
    path = path.reshape(len(path), -1)
    part = len(path) // 4
    small = max(0.05 * float(np.ptp(path[:part], axis=0).max()), 1e-3)
    moved = [np.ptp(path[k * part : (k + 1) * part], axis=0).max() for k in range(4)]
    late = path[2 * part :]
    steps = np.diff(late, axis=0)
    turns = steps[1:] * steps[:-1] < 0
    swings = [np.abs(np.diff(column[1:-1][turn])) for column, turn in zip(late.T, turns.T, strict=True)]
    return bool(moved[3] < max(small, *moved[:3])) and all((swing < small).all() for swing in swings)


def returns(answer: dict[str, Array], block: str) -> bool:
    """Return whether wages, jobs, unemployment and prices of every zone settle."""
    return all(fades(answer[name]) for name in (READ if block == "economy" else READ[:3]))


def sane(levels: dict[str, Array]) -> bool:
    """Return whether unemployment is in (0, .5), no stock is negative and no price off by more than e."""
    unemployment, price = levels["unemployment"], levels["price"]
    fine = bool((unemployment > 0.0).all() and (unemployment < 0.5).all() and (np.abs(price) < 1.0).all())
    return fine and bool((levels["inventories"] >= -1e-9).all())


def main() -> None:
    """Say what settles, at the defaults and at the corners of the bounds, and draw the answers."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images" / "damping_labour.png")
    out = parser.parse_args().out
    figure, axes = plt.subplots(len(SHOCKS), 3, figsize=(10.0, 10.0), layout="constrained", sharex=True)
    titles = ("wage of workers without senior schooling, %", "jobs, %", "unemployment of the same, points")
    for (block, of), row in zip(SHOCKS, axes, strict=True):
        for name, parameters in CORNERS.items():
            answer = answer_of(*lives(block, of, **parameters))
            print(f"{block}, {of}, {name}: {'settles' if returns(answer, block) else 'does not settle'}", flush=True)
            drawn = (answer["wage"][:40, ZONE, 0], answer["jobs"][:40, ZONE], answer["unemployment"][:40, ZONE, 0])
            for axis, path in zip(row, drawn, strict=True):
                axis.plot(np.arange(1, 41) / 4.0, 100.0 * path, label=name)
        row[0].set_ylabel(f"{block}: 10 % more {of}")
        for axis in row:
            axis.axhline(0.0, color="#767676", lw=0.7)
            axis.spines[["top", "right"]].set_visible(False)
    for axis, title in zip(axes[0], titles, strict=True):
        axis.set_title(title, fontsize=9)
    for axis in axes[-1]:
        axis.set_xlabel("years after the shock")
    axes[0, 0].legend(frameon=False, fontsize=7)
    figure.savefig(out, dpi=80, metadata={"Software": None}, pil_kwargs={"optimize": True})
    print(f"drawn: {out}")


if __name__ == "__main__":
    main()
