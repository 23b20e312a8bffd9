"""Named moves: headquarters, campuses, hospitals and municipal offices move on their dates, with their jobs.

The list is the levers' (Appendix B of the model text): the quarter, the jobs, from where and to where. The
jobs pass to the receiving zone; what follows of households is left to wages, unemployment and the pull of
settlement. Named institutions are no legal units; each stands in the firm table with weight 1 from the
opening on, so that the agents and the event list can be compared one by one.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY
from jjj_sim.policy.plan import Event
from jjj_sim.processes.process import Process
from jjj_sim.state.book import Field
from jjj_sim.state.firms import NAMED
from jjj_sim.state.world import World

LEVERS = ("headquarters_moves", "university_hospital_moves", "subcentre_move")
_SECTOR = 8


class NamedMoves(Process):
    """Move the institutions of the event lists."""

    name = "named_moves"
    zh = "央企总部、高校、医院与市级机关搬迁"
    flows: ClassVar[dict[str, Field]] = {
        "institutions_moved": Field(("place", "place"), "institutions", "named institutions moved from, to"),
        "jobs_moved_by_name": Field(("place", "sector"), "persons", "net jobs that arrived with them"),
    }

    def table(self, world: World) -> list[tuple[int, Event]]:
        """Return the institutions whose quarter has come, with their order in the lists."""
        listed = [e for lever in LEVERS for e in world.plan.levers[lever].events.values()]
        return [(n, event) for n, event in enumerate(listed) if event.quarter == world.t]

    def sweep(self, world: World, table: list[tuple[int, Event]], draws: Draws) -> None:
        """Move the institutions' rows and their jobs."""
        rows = np.flatnonzero(world.firms.flags == NAMED)
        for order, event in table:
            world.firms.zone[rows[order]] = GEOGRAPHY.index(event.words["destination"])
        self.expect(world, table)

    def expect(self, world: World, table: Any) -> None:
        """Move the jobs."""
        for _, event in table:
            i, j = (GEOGRAPHY.index(event.words[w]) for w in ("origin", "destination"))
            world.flows.institutions_moved[i, j] += 1
            world.flows.jobs_moved_by_name[i, _SECTOR] -= event.numbers["jobs"]
            world.flows.jobs_moved_by_name[j, _SECTOR] += event.numbers["jobs"]
