"""SALib, which samples and estimates: an extra of the package, asked for before anything is run."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say

CONFIDENCE = 0.9
RESAMPLES = 1000


def require() -> None:
    """Raise ScenarioError that says how SALib is installed, where it is not."""
    if find_spec("SALib") is None:
        raise ScenarioError("sensitivity", [say("no_salib")])


def problem(n: int, low: float, high: float) -> dict[str, Any]:
    """Return `n` numbers between `low` and `high`, as SALib has a problem told."""
    return {"num_vars": n, "names": [str(k) for k in range(n)], "bounds": [[low, high]] * n}
