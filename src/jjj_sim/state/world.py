"""The world: the only mutable thing. Everything that changes in a run is here and can be saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.book import Book, Field
from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.registry import levers, own_arrays
from jjj_sim.state import part
from jjj_sim.state.firms import FirmCounts, Firms
from jjj_sim.state.flows import Flows
from jjj_sim.state.ledger import Ledger
from jjj_sim.state.memory import Memory
from jjj_sim.state.opening import Opening
from jjj_sim.state.prices import Prices
from jjj_sim.state.residents import Residents, empty_census
from jjj_sim.state.satellites import Satellites
from jjj_sim.state.stocks import Stocks
from jjj_sim.state.tables import Tables

if TYPE_CHECKING:
    from jjj_sim.policy.plan import Plan
    from jjj_sim.processes.process import Process

BOOKS = ("tables", "stocks", "prices", "memory", "opening", "flows", "satellites")


class World:
    """The region in quarter `t`.

    `people` counts persons by zone, education, origin and age: the census of the agents, or the expected persons
    of the twin; `firm_counts` likewise counts firms. Arrays by kind: `tables`, `stocks`, `prices`, `memory`,
    `opening`, the `flows` of the current quarter, and what `satellites` keep; each is written by the one process that
    declares it.
    `region` and `data` are where and what was known; `policy` is what levers announced for the quarter.
    """

    def __init__(self, plan: Plan, seed: int, *, twin: bool, processes: Sequence[Process]) -> None:
        self.seed, self.twin = seed, twin
        self.follow(plan)
        self.processes = tuple(processes)
        self.region = plan.region
        self.data = plan.region.tables(plan.as_of)
        sizes = plan.region.sizes
        self.t = 0
        self.people: NDArray[np.float64] = empty_census(sizes)
        self.residents = Residents()
        self.firms = Firms()
        self.firm_counts = FirmCounts(sizes)
        self.tables, self.stocks, self.prices = Tables(sizes), Stocks(sizes), Prices(sizes)
        self.memory, self.opening, self.flows = Memory(sizes), Opening(sizes), Flows(sizes)
        self.satellites: Satellites = Satellites(sizes, _kept(processes))
        self.policy = Policy(sizes, own_arrays(self.levers))
        self.ledger: Ledger = Ledger(plan.region.n_zones)
        _check_writers(processes)

    def follow(self, plan: Plan) -> None:
        """Live by the levers of `plan` from now on."""
        self.plan = plan
        self.levers = tuple(lever for name, lever in levers(plan.region).items() if name in plan.levers)

    @property
    def year(self) -> int:
        """Calendar year of the current quarter."""
        return quarters.year(self.t)

    @property
    def population(self) -> NDArray[np.float64]:
        """Return persons by zone, shape (n_zones,)."""
        return np.asarray(self.people.sum(axis=(1, 2, 3)))

    def state(self) -> dict[str, NDArray[Any]]:
        """Return everything that changes, as arrays by dotted name."""
        parts: dict[str, NDArray[Any]] = {"people": self.people}
        for prefix in (*BOOKS, "residents", "firms", "firm_counts"):
            parts |= {f"{prefix}.{name}": array for name, array in getattr(self, prefix).arrays().items()}
        return parts

    @property
    def stamp(self) -> part.Stamp:
        """Return what a saved world must have been made of to be taken up by this one."""
        return part.stamp(self.plan, self.seed, twin=self.twin)

    def save(self, path: FilePath) -> None:
        """Write the world to one .npz file, in one rename."""
        part.write(path, self.stamp, {"t": np.asarray(self.t), **self.state()})

    def load(self, path: FilePath) -> None:
        """Set this world to the one saved at `path`; DataError when it is of another scenario, seed, data or code."""
        found = part.read(path, self.stamp)
        self.t = int(found["t"])
        self.people = found["people"]
        self.residents = Residents.of(**_section(found, "residents"))
        self.firms = Firms.of(**_section(found, "firms"))
        for book in (*BOOKS, "firm_counts"):
            for name, array in _section(found, book).items():
                getattr(self, book).arrays()[name][...] = array


def _section(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of one dotted prefix."""
    return {k.partition(".")[2]: array for k, array in arrays.items() if k.startswith(f"{prefix}.")}


def _check_writers(processes: Sequence[Process]) -> None:
    """Raise ValueError when two processes write one array, or one writes what is not declared."""
    legal = {f"{cls.__name__.lower()}.{name}" for cls in _KINDS for name in cls.fields()}
    legal |= {f"satellites.{name}" for name in _kept(processes)}
    writers: dict[str, str] = {}
    for process in processes:
        for name in process.writes:
            if name not in legal:
                raise ValueError(f"{process.name} writes {name}, which is not declared")
            if name in writers:
                raise ValueError(f"{name} is written by {writers[name]} and by {process.name}")
            writers[name] = process.name


def _kept(processes: Sequence[Process]) -> dict[str, Field]:
    """Return the arrays of their own that satellites keep, by name."""
    return {name: field for process in processes for name, field in process.keeps.items()}


_KINDS: tuple[type[Book], ...] = (Tables, Stocks, Prices, Memory, Opening, Flows)
