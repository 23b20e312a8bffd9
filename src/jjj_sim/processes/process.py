"""What a process is: a law over small tables, applied to agents or to expected counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from jjj_sim.draws import Draws
from jjj_sim.param import Param
from jjj_sim.state.book import Field

if TYPE_CHECKING:
    from jjj_sim.state.world import World


class Process:
    """One law of the region. The clock calls `table` on every process first, from the state of the
    quarter's opening, then `sweep` (agents) or `expect` (expected counts) in the order of SCHEDULE.
    `tables`, `stocks` and `flows` declare the arrays that this process alone writes; `changes` what it
    changes of what several share: "people", their "careers" (work and sector), "firms", "money".
    """

    name: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    changes: ClassVar[tuple[str, ...]] = ()
    tables: ClassVar[dict[str, Field]] = {}
    stocks: ClassVar[dict[str, Field]] = {}
    flows: ClassVar[dict[str, Field]] = {}

    def __init__(self, **values: float) -> None:
        for name, value in values.items():
            if name not in self.parameters():
                raise KeyError(name)
            setattr(self, name, value)

    @classmethod
    def parameters(cls) -> dict[str, Param]:
        """Return the declared parameters by name, in the order of declaration."""
        found: dict[str, Param] = {}
        for base in reversed(cls.__mro__):
            found |= {k: v for k, v in vars(base).items() if isinstance(v, Param)}
        return found

    def open(self, world: World) -> None:
        """Set this process's tables and stocks in the opening world (2013Q1), once."""

    def begin(self, world: World) -> None:
        """Set what depends on the agents of the opening, once, when they are there."""

    def table(self, world: World) -> Any:
        """Return the small arrays of this quarter, computed from the state at its opening."""
        return None

    def sweep(self, world: World, table: Any, draws: Draws) -> None:
        """Apply the table to individual agents."""

    def expect(self, world: World, table: Any) -> None:
        """Apply the table to expected counts."""


class StockProcess(Process):
    """A process of stocks and prices alone: agents and twin run the same law."""

    def settle(self, world: World) -> None:
        """Advance the stocks of this process by one quarter."""

    def sweep(self, world: World, table: Any, draws: Draws) -> None:
        """Advance the stocks."""
        self.settle(world)

    def expect(self, world: World, table: Any) -> None:
        """Advance the stocks."""
        self.settle(world)
