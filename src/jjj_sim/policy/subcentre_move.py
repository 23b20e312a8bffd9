"""Moves of the municipal offices into the sub-centre (市级机关搬迁副中心)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.book import Field
from jjj_sim.policy.lever import Announcing, Range
from jjj_sim.policy.named_move import NamedMove


class SubcentreMove(NamedMove):
    """Municipal offices leave the core with their jobs; homes where they go gain what was announced."""

    name, zh = "subcentre_move", "市级机关搬迁副中心"
    unit, lo, hi, decider = "events, jobs", 0.0, 200_000.0, "B"
    mechanism = "Municipal offices leave the core with their jobs; homes where they go gain what was announced."
    mechanism_zh = "市级机关连同岗位迁出核心区；迁入地的住房获得预期的升值。"
    announces: ClassVar[Mapping[str, Field | None]] = {"announced_gain": None}
    kind = "offices"
    roles = ("core", "sub_centre")

    @property
    def paths(self) -> Mapping[str, Range]:
        """The gain that buyers expect where offices are to move."""
        return {"announcement": Range("log gain of house prices expected there", 0.0, 0.7)}

    def announce(self, world: Announcing) -> None:
        """List the moves, and announce the gain where one of them is to arrive."""
        super().announce(world)
        for move in world.policy.moves:
            if move.lever == self.name and move.quarter is not None:
                world.policy.announced_gain[move.destination] = self.at(world, "announcement")
