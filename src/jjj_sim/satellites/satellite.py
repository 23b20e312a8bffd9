"""What a satellite is: a process that reads the core and that the core never reads."""

from __future__ import annotations

from typing import Any, ClassVar

from jjj_sim.processes.process import StockProcess
from jjj_sim.state.world import World


class Satellite(StockProcess):
    """A law driven by what the core makes: people, jobs, firms, research, minutes, budgets.

    It acts after the core and writes the arrays that it `keeps` in ``world.satellites``, nothing else, so that the core
    is the same to the bit with it and without it. A region that has not its tables leaves it idle: see `knows`.
    """

    topic: ClassVar[str] = ""

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.writes = tuple(f"satellites.{name}" for name in cls.keeps)

    def knows(self, world: World) -> bool:
        """Return whether the region has the tables of this satellite, all of them known."""
        if not self.topic:
            return True
        tables = getattr(world.data, self.topic)
        return all(tables.knows(name) for name in tables.declared())
