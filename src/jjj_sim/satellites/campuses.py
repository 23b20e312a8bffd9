"""Campuses and hospitals that moved (疏解高校与医院): students come year by year, beds open with the house.

    capacity   C_y = C (f + (1 - f) min(y / T, 1))        y years after the move, C the students of the event
    students   each autumn C_y / 4 begin and those who began four years ago leave
    beds       those of hospitals whose quarter has come

The events are levers: what moves, when, from where and to where, with how many students and beds at last. A campus is
full when four classes have come with all room built, though its staff moves at once in the core.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.policy.events import Move
from jjj_sim.prior import Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

_CLASSES = 4
_AUTUMN = 2  # third quarter


class Campuses(Satellite):
    """Students, campuses and beds of what moved, by the zone where it stands."""

    name = "campuses"
    zh = "疏解高校与医院"
    stocks: ClassVar[Mapping[str, tuple[str, str]]] = {"campus_students": ("students_came", "students_left")}
    keeps: ClassVar[Mapping[str, Field]] = {
        "campus_students": Field(("zone",), "persons", "students on campuses that moved"),
        "campus_classes": Field(("4", "zone"), "persons", "the same by class, the last that came at the end"),
        "students_came": Field(("zone",), "persons", "students who began in the quarter"),
        "students_left": Field(("zone",), "persons", "students who left in the quarter"),
        "campuses_opened": Field(("zone",), "universities", "universities that have moved"),
        "moved_beds": Field(("zone",), "beds", "beds of hospitals that have moved"),
    }

    first_phase: float = param(
        0.56,
        unit="share",
        lo=0.1,
        hi=1.0,
        doc="f: students that a campus has room for when it opens",
        prior=Uniform(0.4, 0.7),
        source="[L] 20,000 of 36,000 in the first phase of one university",
    )
    building: float = param(
        5.0,
        unit="years",
        lo=1.0,
        hi=15.0,
        doc="T: time in which the rest is built",
        prior=Uniform(3.0, 8.0),
        source="[A]",
        decides_alone=True,
    )

    def act(self, world: World, table: Any = None) -> None:
        """Open what is due, and in autumn let a class come and a class leave."""
        kept = world.satellites
        moved = [move for move in world.policy.moves if move.moved(world.t)]
        universities = [move for move in moved if move.kind == "university"]
        n = self.region.n_zones
        ends = [move.destination for move in universities]
        kept["campuses_opened"] = np.bincount(ends, minlength=n)
        hospitals = [move for move in moved if move.kind == "hospital"]
        beds = [move.beds for move in hospitals]
        kept["moved_beds"] = np.bincount([move.destination for move in hospitals], weights=beds, minlength=n)
        kept["students_came"], kept["students_left"] = 0.0, 0.0
        if world.t % 4 != _AUTUMN or not universities:
            return
        begin = [self._room(move, world.t) / _CLASSES for move in universities]
        classes = kept["campus_classes"]
        kept["students_left"] = classes[0]
        classes[:-1] = classes[1:].copy()
        classes[-1] = np.bincount(ends, weights=begin, minlength=n)
        kept["students_came"] = classes[-1]
        kept["campus_students"] = classes.sum(axis=0)

    def _room(self, move: Move, t: int) -> float:
        """Return the students that a campus has room for in quarter `t`."""
        assert move.quarter is not None
        built = min((t - move.quarter) / (4.0 * self.building), 1.0)
        return move.students * (self.first_phase + (1.0 - self.first_phase) * built)
