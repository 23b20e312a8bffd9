"""What a process is: a law over small tables, applied to agents or to expected counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from jjj_sim.book import Field
from jjj_sim.draws import Draws
from jjj_sim.param import Param
from jjj_sim.region.region import Region

if TYPE_CHECKING:
    from jjj_sim.state.past import Past
    from jjj_sim.state.world import World


class Process:
    """One law of the region. The clock calls `table` on every process first, from the state of the quarter's
    opening and the policy announced, then `sweep` (agents) or `expect` (expected counts) in the order of SCHEDULE.

    `table` writes nothing. One that needs the tables of other processes of the same quarter names these in
    `after` and is given them, in that order. `writes` names the arrays that this process alone writes, by kind:
    "tables.profit"; `changes` what it changes of what several share: "people", their "careers" (work and
    sector), "firms", "money". `keeps` declares arrays of its own in ``world.satellites``, of satellites alone.
    """

    name: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    after: ClassVar[tuple[str, ...]] = ()
    changes: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ()
    keeps: ClassVar[Mapping[str, Field]] = {}

    def __init__(self, region: Region, **values: Any) -> None:
        self.region = region
        for name, parameter in self.parameters().items():
            if parameter.by:
                keyed = {**region.keyed.get(f"{self.name}.{name}", {}), **values.pop(name, {})}
                setattr(self, name, keyed)
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
        """Set this process's arrays in the opening world (2013Q1), once."""

    def recall(self, world: World, past: Past) -> None:
        """Take over what history has revealed, once, before there are agents."""

    def begin(self, world: World) -> None:
        """Set what depends on the agents of the opening, once, when they are there."""

    def table(self, world: World, *after: Any, **_: Any) -> Any:
        """Return the small arrays of this quarter; writes nothing. `after` are the tables of those named there."""
        return None

    def sweep(self, world: World, table: Any, draws: Draws) -> None:
        """Apply the table to individual agents."""

    def expect(self, world: World, table: Any) -> None:
        """Apply the table to expected counts."""


class StockProcess(Process):
    """A process of stocks and prices alone: agents and twin run the same law."""

    def act(self, world: World, table: Any = None) -> None:
        """Advance the arrays of this process by one quarter."""

    def sweep(self, world: World, table: Any, draws: Draws) -> None:
        """Advance the arrays."""
        self.act(world, table)

    def expect(self, world: World, table: Any) -> None:
        """Advance the arrays."""
        self.act(world, table)
