"""Named moves: headquarters, campuses, hospitals and municipal offices move on their dates, with their jobs.

    in quarter q of an event:   jobs_origin - J,   jobs_destination + J       persons, sector 8

The list is the levers': the quarter, the jobs, from where and to where. The jobs pass to the receiving zone;
what follows of households is left to wages, unemployment and the pull of settlement. Named institutions are
no legal units; each stands in the firm table with weight 1 from the opening on, under an id made from its
name, so that agents and event list can be compared one by one. All count in sector 8, as published.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.draws import Draws
from jjj_sim.policy.events import Move
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

    def table(self, world: World) -> list[Move]:
        """Return the moves whose quarter has come."""
        return [move for move in world.policy.moves if move.quarter == world.t]

    def sweep(self, world: World, table: list[Move], draws: Draws) -> None:
        """Move the institutions' rows and their jobs."""
        for move in table:
            world.firms.zone[world.firms.id == np.uint64(move.id)] = move.destination
        self.expect(world, table)

    def expect(self, world: World, table: Any) -> None:
        """Move the jobs, and sum those of all causes: free, by relief, on offers, named, founded elsewhere."""
        f, (sector,) = world.flows, world.region.sector_roles["named"]
        for move in table:
            f.institutions_moved[move.origin, move.destination] += 1.0
            f.jobs_moved_by_name[move.origin, move.destination, sector] += move.jobs
        f.jobs_between = f.jobs_moved_freely + f.jobs_moved_by_relief + f.jobs_moved_by_offer + f.jobs_moved_by_name
        f.jobs_between += f.jobs_moved_by_founding
        f.jobs_carried = (f.jobs_between.sum(axis=0) - f.jobs_between.sum(axis=1))[: world.region.n_zones]
