"""Starlette and Uvicorn, with what draws the pictures: an extra of the package, asked for before anything is read."""

from __future__ import annotations

from importlib.util import find_spec

from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say

NEEDED = ("starlette", "uvicorn", "altair", "vl_convert")


def require() -> None:
    """Raise ScenarioError that names what is missing and how it is installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ScenarioError("serve", [say("no_serve_extra", missing=missing)])
