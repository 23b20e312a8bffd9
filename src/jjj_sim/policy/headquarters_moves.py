"""Moves of central firms' headquarters (央企总部迁移)."""

from __future__ import annotations

from jjj_sim.policy.named_move import NamedMove


class HeadquartersMoves(NamedMove):
    """A headquarters and its jobs leave their zone for their destination in that quarter.

    A thousand jobs are a thousand posts, 350 households at once and 700 after five years. See NamedMoves.
    """

    name, zh = "headquarters_moves", "央企总部迁移"
    unit, lo, hi, decider = "events, jobs", 0.0, 200_000.0, "C"
    mechanism = "A headquarters and its jobs leave their zone for their destination in that quarter."
    mechanism_zh = "总部连同岗位在该季度从原分区迁到目的地。"
    kind = "headquarters"
    roles = ("inner", "new_area")
