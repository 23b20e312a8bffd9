"""Smart factories: grants over the budget."""

from __future__ import annotations

from typing import Any

from jjj_sim.regions.jingjinji.statistics import smart_factories

ABOUT: dict[str, dict[str, Any]] = {
    "grant_share": {
        "source": "[L] Tianjin's fund for manufacturers of 2024 over its budget spending, held in all years; "
        "none is published of Beijing and Hebei",
        "known": smart_factories.YEAR,
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    return {"grant_share": smart_factories.grant_share()}
