"""Altair, Jinja and the JavaScript of Vega: an extra of the package, asked for before anything is read."""

from __future__ import annotations

from importlib.util import find_spec

from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say

NEEDED = ("altair", "jinja2", "vl_convert")


def require(asked_by: str = "report") -> None:
    """Raise ScenarioError that names what is missing and how it is installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ScenarioError(asked_by, [say("no_report_extra", missing=missing)])
