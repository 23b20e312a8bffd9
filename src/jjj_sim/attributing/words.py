"""What players are called."""

from __future__ import annotations

from jjj_sim.attributing.players import ASSUMPTIONS, LEVERS
from jjj_sim.policy.registry import levers
from jjj_sim.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS as PATHS


def player_name(region: Region, dotted: str) -> tuple[str, str]:
    """Return what a player is called in English, its key, and in Chinese."""
    section, _, name = dotted.partition(".")
    if section == LEVERS and name in levers(region):
        return name, levers(region)[name].zh
    if section == ASSUMPTIONS and name in PATHS:
        return name, PATHS[name].zh
    return name, name
