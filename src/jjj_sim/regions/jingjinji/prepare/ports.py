"""Ports: what they handled at the opening, by zone."""

from __future__ import annotations

from typing import Any

from jjj_sim.regions.jingjinji.statistics import ports

ABOUT: dict[str, dict[str, Any]] = {
    "containers_2013": {
        "source": "[R] Tianjin's of 2013 from the ministry's port statistics; [L] Hebei's, split by port as in 2014",
        "uncut": "the state of the opening; its split by port is of a year later",
    },
    "cargo_2013": {
        "source": "[R] Tianjin's of 2013; [D] Hebei's 9.5 over 1.067, split by port as in 2021",
        "uncut": "the state of the opening; its split by port is of 2021",
    },
}


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    return {"containers_2013": ports.opening("port_containers"), "cargo_2013": ports.opening("port_cargo")}
