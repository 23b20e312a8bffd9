"""Hospital beds of the opening."""

from __future__ import annotations

from typing import Any

from jjj_sim.regions.jingjinji.statistics import hospitals

ABOUT: dict[str, dict[str, Any]] = {
    "beds_2013": {
        "source": "[L] Beijing, end of 2013, [D] by the rates of its districts in 2010; [D] Tianjin's of 2010 three "
        "years on at Beijing's growth; none of Hebei",
        "uncut": "state of the opening, which every run has in common",
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    return {"beds_2013": hospitals.beds()}
