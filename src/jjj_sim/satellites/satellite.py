"""What a satellite is: a process that reads the core and that the core never reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.processes.process import StockProcess
from jjj_sim.state.world import World

F64 = NDArray[np.float64]


class Satellite(StockProcess):
    """A law driven by what the core makes: people, jobs, firms, research, minutes, budgets.

    It acts after the core and writes the arrays that it `keeps` in ``world.satellites``, nothing else, so that the core
    is the same to the bit with it and without it. A region that has not its tables leaves it idle: see `knows`.
    `stocks` names those of its arrays that two flows alone change, by zone along their last axis: stock -> what came,
    what left; `sums` those that add up to the same over the region as another. The balance asserts both every quarter.
    """

    topic: ClassVar[str] = ""
    stocks: ClassVar[Mapping[str, tuple[str, str]]] = {}
    sums: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.writes = tuple(f"satellites.{name}" for name in cls.keeps)

    def knows(self, world: World) -> bool:
        """Return whether the region has the tables of this satellite, all of them known."""
        if not self.topic:
            return True
        tables = getattr(world.data, self.topic)
        return all(tables.knows(name) for name in tables.declared())


def booked(stock: str, came: str, left: str) -> dict[str, Any]:
    """Return what the balance asserts of a stock by zone: what came and left in the quarter is its change."""
    opened, flows = f"satellites.{stock}", (came, left)

    def carried(world: World, before: Mapping[str, F64]) -> F64:
        return _by_zone(before[opened] + world.satellites[came] - world.satellites[left])

    return {
        "name": stock.replace("_", " "),
        "law": f"{stock} of the opening + {came} - {left} = {stock}".replace("_", " "),
        "left": carried,
        "right": lambda world, _: _by_zone(world.satellites[stock]),
        "reads": (opened, *(f"satellites.{flow}" for flow in flows)),
        "opens": (opened,),
        "axes": ("zone",),
    }


def summed(array: str, other: str) -> dict[str, Any]:
    """Return what the balance asserts of two arrays that add up to the same over the region."""
    return {
        "name": array.replace("_", " "),
        "law": f"{array} = {other}, over the region".replace("_", " "),
        "left": lambda world, _: np.asarray(world.satellites[array].sum()),
        "right": lambda world, _: np.asarray(world.satellites[other].sum()),
        "reads": (f"satellites.{array}", f"satellites.{other}"),
    }


def _by_zone(stock: F64) -> F64:
    return np.asarray(stock.reshape(-1, stock.shape[-1]).sum(axis=0))
