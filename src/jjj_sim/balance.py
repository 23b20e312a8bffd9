"""The identities, asserted every quarter of every run; a break says which, where, when and after what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.errors import BalanceError
from jjj_sim.evidence.geography import GEOGRAPHY, N_ZONES
from jjj_sim.state.world import World

TOLERANCE = 1e-8


@dataclass(frozen=True)
class Opening:
    """Stocks at the quarter's opening: persons by zone, legal units by zone and sector."""

    people: NDArray[np.float64]
    units: NDArray[np.float64]


def opening(world: World) -> Opening:
    """Return what the closing stocks are checked against."""
    return Opening(world.population, world.tables.firm_units.copy())


class Residuals:
    """The largest relative residual of each identity over a run, by name."""

    def __init__(self) -> None:
        self.largest: dict[str, float] = {}

    def check(self, world: World, before: Opening, last_process: str) -> None:
        """Assert every identity of the quarter; BalanceError with both sides when one is broken."""
        f = world.flows
        net = f.births - f.deaths + f.moves[:, :N_ZONES].sum(axis=0) - f.moves[:N_ZONES].sum(axis=1)
        self._close("people by zone", before.people + net, world.population, world, last_process)
        sides = self._firms(world, before)
        self._close("legal units by zone and sector", *sides, world, last_process)
        paid = np.abs(world.ledger.net).sum()
        self._close("money", np.zeros(1), world.ledger.net.sum()[None] / max(paid, 1.0), world, last_process)

    def _firms(self, world: World, before: Opening) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        f = world.flows
        moved = f.firms_relocated
        into, out = moved[:, :N_ZONES].sum(axis=0), moved[:N_ZONES].sum(axis=1)
        expected = before.units + f.firm_entries - f.firm_exits - f.firms_closed_by_relief + into - out
        return expected, world.tables.firm_units

    def _close(
        self,
        name: str,
        expected: NDArray[np.float64],
        found: NDArray[np.float64],
        world: World,
        last_process: str,
    ) -> None:
        gap = np.abs(found - expected) / np.maximum(np.abs(expected), 1.0)
        worst = int(np.argmax(gap))
        self.largest[name] = max(self.largest.get(name, 0.0), float(gap.max()))
        if gap.max() <= TOLERANCE:
            return
        zone = GEOGRAPHY.ids[worst // (gap.size // N_ZONES)] if gap.size >= N_ZONES else "the region"
        raise BalanceError(
            f"{name} does not close in {zone}, {quarters.label(world.t)}, after {last_process}: "
            f"the flows give {expected.ravel()[worst]:.6f}, the stock is {found.ravel()[worst]:.6f}"
        )
