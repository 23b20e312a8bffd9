"""The rail programme (轨道建设): when lines open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.events import Line
from jjj_sim.policy.lever import Announcing, EventKind, Lever, Range, Words


class RailProgramme(Lever):
    """A line opens: its kilometres count and the journeys it governs become faster."""

    name, zh = "rail_programme", "轨道建设"
    unit, lo, hi, decider = "opening quarter a line", 0.0, 0.0, "C"
    mechanism = "A line opens: its kilometres count and the journeys it governs become faster."
    mechanism_zh = "线路开通：里程计入，它所服务的出行变快。"
    announces: ClassVar[Mapping[str, Field | None]] = {}
    has_path = False

    @property
    def events(self) -> EventKind | None:
        """Lines by id; one that the region's table does not hold gives its ends, minutes and kilometres.

        One end may be the rest of China.
        """
        zone = Words("zone", (*self.region.ids, self.region.outside))
        return EventKind(
            "line",
            {"minutes": Range("minutes", 1.0, 600.0), "km": Range("km", 0.0, 2000.0)},
            {"from": zone, "to": zone},
            ("from", "to", "minutes", "km"),
            table="openings",
            first="1900Q1",
        )

    def announce(self, world: Announcing) -> None:
        """List every line with its opening."""
        for name, event in self.plan(world).events.items():
            ends = None
            if "from" in event.words and "to" in event.words:
                ends = (self._place(event.words["from"]), self._place(event.words["to"]))
            world.policy.lines.append(
                Line(name, event.quarter, event.numbers.get("km"), ends, event.numbers.get("minutes"))
            )

    def _place(self, name: str) -> int:
        """Return the index of a zone or of the rest of China."""
        return self.region.roc if name == self.region.outside else self.region.find(name)
