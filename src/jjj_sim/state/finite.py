"""Where numbers stopped being finite: the first array that holds nan or infinity, in the order of processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.book import Field
from jjj_sim.region.region import Region
from jjj_sim.state.world import BOOKS, World

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = ("opening", "stocks", "memory", "prices", "tables", "flows", "satellites")


class Break(NamedTuple):
    """An array's dotted `name`, the first `value` in it that is not finite, its `place`, how many `more` there are of
    such values, and the `process` that writes it.
    """

    name: str
    value: float
    place: str
    more: int
    process: str

    def told(self, t: int) -> str:
        """Return this in words, of quarter `t`."""
        writer = f", written by {self.process}" if self.process else ""
        others = f" and {self.more} more" if self.more else ""
        return f"{self.name} is {self.value:g} in {self.place}{others}, {quarters.label(t)}{writer}"


def first_break(world: World) -> Break | None:
    """Return the first array that is not finite: those of the processes in their order, then all that is shared.

    Of one process, what is kept from quarter to quarter comes before what it computes of that.
    """
    arrays: Mapping[str, NDArray[Any]] = world.state() | {"ledger.net": world.ledger.net}
    writers = {name: process.name for process in world.processes for name in sorted(process.writes, key=_kept_first)}
    for name in [*writers, *(name for name in arrays if name not in writers)]:
        array = np.asarray(arrays[name])
        if array.dtype.kind != "f" or np.isfinite(array).all():
            continue
        cells = np.flatnonzero(~np.isfinite(array.ravel()))
        place = _place(world, name, int(cells[0]), array.shape)
        return Break(name, float(array.flat[cells[0]]), place, len(cells) - 1, writers.get(name, ""))
    return None


def _kept_first(name: str) -> int:
    return _KINDS.index(name.partition(".")[0])


def _place(world: World, name: str, cell: int, shape: tuple[int, ...]) -> str:
    """Return where the flat index `cell` of an array lies: ids where its axes have them, else numbers."""
    if not shape:
        return world.region.title
    book, _, field = name.partition(".")
    declared: Field | None = getattr(world, book).declared().get(field) if book in BOOKS else None
    where = np.unravel_index(cell, shape)
    dims = declared.dims if declared else ("",) * len(shape)
    return ", ".join(_label(world.region, dim, int(k)) for dim, k in zip(dims, where, strict=True))


def _label(region: Region, dim: str, k: int) -> str:
    ids: Mapping[str, tuple[str, ...]] = {
        "zone": region.ids,
        "place": (*region.ids, region.outside),
        "province": region.provinces,
        "home": region.provinces,
        "sector": tuple(sector.key for sector in region.sectors),
        "education": region.education,
    }
    return ids[dim][k] if dim in ids else f"{dim if dim.isalpha() else 'row'} {k}"
