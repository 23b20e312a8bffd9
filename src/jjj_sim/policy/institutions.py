"""The named institutions of the event levers, each with an id of its own from its name."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from jjj_sim.evidence.geography import GEOGRAPHY
from jjj_sim.policy.plan import Plan

# Where each list's institutions stand and go unless the event says otherwise.
DEFAULTS = {
    "headquarters_moves": ("bj_inner", "xiongan"),
    "university_hospital_moves": ("bj_inner", "xiongan"),
    "subcentre_move": ("bj_core", "bj_subcentre"),
}
NAMED_SECTOR = 8


class Institution(NamedTuple):
    """A named institution: its list, its id, the quarter of its move (None: never), jobs, zones from and to."""

    lever: str
    id: int
    quarter: int | None
    jobs: float
    origin: int
    destination: int


def institutions(plan: Plan) -> list[Institution]:
    """Return the institutions of all lists, in the order of lists and events."""
    found = []
    for lever, (home, goal) in DEFAULTS.items():
        for name, event in plan.levers[lever].events.items():
            label = f"{lever}.{name}".encode()
            found.append(
                Institution(
                    lever=lever,
                    id=(zlib.crc32(label) << 32) | zlib.adler32(label),
                    quarter=event.quarter,
                    jobs=event.numbers.get("jobs", 0.0),
                    origin=GEOGRAPHY.index(event.words.get("origin", home)),
                    destination=GEOGRAPHY.index(event.words.get("destination", goal)),
                )
            )
    return found
