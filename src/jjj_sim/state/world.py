"""The world: the only mutable thing. Everything that changes in a run is here and can be saved."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.errors import DataError
from jjj_sim.state.book import Book, Field
from jjj_sim.state.firms import FirmCounts, Firms
from jjj_sim.state.ledger import Ledger
from jjj_sim.state.residents import Residents, empty_census

if TYPE_CHECKING:
    from jjj_sim.policy.plan import Plan
    from jjj_sim.processes.process import Process


class World:
    """The region in quarter `t`.

    `people` counts persons by zone, education, origin and age (`residents.census_shape`): the census of
    the agents, or the expected persons of the twin. `firm_counts` likewise counts firms. `tables`, `stocks`
    and `flows` hold the arrays that the processes declare; flows are of the current quarter.
    """

    def __init__(self, plan: Plan, seed: int, *, twin: bool, processes: Sequence[Process]) -> None:
        self.plan, self.seed, self.twin = plan, seed, twin
        self.processes = tuple(processes)
        self.t = 0
        self.people: NDArray[np.float64] = empty_census()
        self.residents = Residents()
        self.firms = Firms()
        self.firm_counts = FirmCounts()
        self.tables = Book(_declared(processes, "tables"))
        self.stocks = Book(_declared(processes, "stocks"))
        self.flows = Book(_declared(processes, "flows"))
        self.ledger = Ledger()

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
        for prefix, arrays in (
            ("tables", self.tables.arrays()),
            ("stocks", self.stocks.arrays()),
            ("flows", self.flows.arrays()),
            ("residents", self.residents.arrays()),
            ("firms", self.firms.arrays()),
            ("firm_counts", self.firm_counts.arrays()),
        ):
            parts |= {f"{prefix}.{name}": array for name, array in arrays.items()}
        return parts

    def save(self, path: FilePath) -> None:
        """Write the world to one .npz file, in one rename."""
        meta = {"t": self.t, "seed": self.seed, "twin": self.twin, "plan": self.plan.digest}
        temporary = path.with_suffix(".part")
        buffer = io.BytesIO()
        np.savez(buffer, meta=np.array(json.dumps(meta)), **self.state())  # type: ignore[arg-type]
        with temporary.open("wb") as file:
            file.write(buffer.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)

    def load(self, path: FilePath) -> None:
        """Set this world to the one saved at `path`; DataError when it is of another scenario or seed."""
        with np.load(path) as file:
            meta = json.loads(str(file["meta"]))
            mine = {"seed": self.seed, "twin": self.twin, "plan": self.plan.digest}
            for name, value in mine.items():
                if meta[name] != value:
                    raise DataError(f"{path} was saved with {name} {meta[name]}, this run has {value}")
            self.t = int(meta["t"])
            self.people = file["people"]
            self.residents = Residents.of(**_section(file, "residents"))
            self.firms = Firms.of(**_section(file, "firms"))
            for book in ("tables", "stocks", "flows", "firm_counts"):
                for name, array in _section(file, book).items():
                    getattr(self, book).arrays()[name][...] = array


def _section(file: Any, prefix: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of one dotted prefix."""
    return {k.partition(".")[2]: file[k] for k in file.files if k.startswith(f"{prefix}.")}


def _declared(processes: Sequence[Process], kind: str) -> dict[str, Field]:
    """Return the fields of `kind` of all processes; ValueError when two declare the same."""
    fields: dict[str, Field] = {}
    for process in processes:
        for name, field in getattr(process, kind).items():
            if name in fields:
                raise ValueError(f"{kind}.{name} is declared twice, the second time by {process.name}")
            fields[name] = field
    return fields
