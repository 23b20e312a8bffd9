"""Named moves: headquarters, campuses, hospitals and municipal offices move on their dates, with their jobs.

The list is the levers': the quarter, the jobs, from where and to where. The jobs pass to the receiving zone;
what follows of households is left to wages, unemployment and the pull of settlement. Named institutions are
no legal units; each stands in the firm table with weight 1 from the opening on, under an id made from its
name, so that agents and event list can be compared one by one. All count in sector 8, as published.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import N_ZONES
from jjj_sim.policy.institutions import NAMED_SECTOR, Institution, institutions
from jjj_sim.processes.process import Process
from jjj_sim.state.world import World


class NamedMoves(Process):
    """Move the institutions of the event lists."""

    name = "named_moves"
    zh = "央企总部、高校、医院与市级机关搬迁"
    changes = ("firms",)
    writes = (
        "flows.institutions_moved",
        "flows.jobs_moved_by_name",
        "flows.jobs_between",
        "flows.jobs_carried",
    )

    def table(self, world: World) -> list[Institution]:
        """Return the institutions whose quarter has come."""
        return [i for i in institutions(world.plan) if i.quarter == world.t]

    def sweep(self, world: World, table: list[Institution], draws: Draws) -> None:
        """Move the institutions' rows and their jobs."""
        for institution in table:
            world.firms.zone[world.firms.id == np.uint64(institution.id)] = institution.destination
        self.expect(world, table)

    def expect(self, world: World, table: Any) -> None:
        """Move the jobs, and sum those of all causes: free, by relief, named."""
        f = world.flows
        for institution in table:
            i, j = institution.origin, institution.destination
            f.institutions_moved[i, j] += 1.0
            f.jobs_moved_by_name[i, j, NAMED_SECTOR] += institution.jobs
        f.jobs_between = f.jobs_moved_freely + f.jobs_moved_by_relief + f.jobs_moved_by_name
        f.jobs_carried = (f.jobs_between.sum(axis=0) - f.jobs_between.sum(axis=1))[:N_ZONES]
