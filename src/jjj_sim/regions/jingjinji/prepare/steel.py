"""Steel: what was made at the opening, by zone, and by how many firms."""

from __future__ import annotations

from typing import Any

from jjj_sim.regions.jingjinji.prepare import output
from jjj_sim.regions.jingjinji.statistics import steel
from jjj_sim.regions.jingjinji.statistics.geography import REGION

ABOUT: dict[str, dict[str, Any]] = {
    "made_2013": {
        "source": "[R] 188.5 million t counted in Hebei and 22.9 in Tianjin; [D] Hebei's over the part counted, split "
        "as value added of the sector times steel's share in it",
        "uncut": "the state of the opening",
    },
    "counted": {
        "source": "[D] Hebei's count of 2017 over that of 2018: furnaces closed in 2017 were outside it",
        "uncut": "how the opening was counted",
    },
    "share": {"source": "[A] as the cap on steel has it", "uncut": "assumed"},
    "firms": {"source": "[L] 56 of 2025, all in production; [D] split as steel", "uncut": "what a share is counted of"},
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    made = output.tables()["value_added_2013"][:, REGION.in_role("steel")].sum(axis=1)
    return {
        "made_2013": steel.made_2013(made),
        "counted": steel.counted_by_zone(),
        "share": steel.share(),
        "firms": steel.firms(made),
    }
