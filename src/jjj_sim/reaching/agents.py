"""Agents: whether members with agents meet an aim as often as the twin's draws do.

    share = k / n,    error = sqrt(a b / (a + b + 1)) / (a + b),   a = k + 1, b = n - k + 1

The error is the sd of the share under a flat prior (Laplace; a Beta of a and b), so that n of n has one too. The
scenario and its change run with the same luck, member by member.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.comparing import comparison
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.judging import judge
from jjj_sim.judging.readings import Readings
from jjj_sim.reaching.aim import Aim
from jjj_sim.running.result import Result
from jjj_sim.scenario import Scenario


@dataclass(frozen=True)
class Agents:
    """What members with agents say: of the scenario, and of its change where there is one.

    `met` and `met_before` (n_members,) are the members that meet the aim.
    """

    before: Result
    after: Result | None
    met_before: NDArray[np.bool_]
    met: NDArray[np.bool_]
    comparison: Comparison | None

    @property
    def results(self) -> tuple[Result, ...]:
        """What was run."""
        return (self.before,) if self.after is None else (self.before, self.after)

    @property
    def probability(self) -> float:
        """Share of the members that meet it."""
        return float(self.met.mean())

    @property
    def error(self) -> float:
        """Monte-Carlo error of the share."""
        return error(int(self.met.sum()), len(self.met))

    def says(self, p: float) -> str:
        """Return "confirmed", "within the error" or "not confirmed"."""
        if self.probability >= p - 1e-9:
            return "confirmed"
        return "within the error" if self.probability + self.error >= p else "not confirmed"

    def told(self, p: float) -> dict[str, Any]:
        """Return what the manifest says."""
        return {
            "members": len(self.met),
            "met_before": int(self.met_before.sum()),
            "met": int(self.met.sum()),
            "probability": self.probability,
            "error": self.error,
            "says": self.says(p),
        }


def error(k: int, n: int) -> float:
    """Return the Monte-Carlo error of a share of `k` in `n`."""
    a, b = k + 1.0, n - k + 1.0
    return math.sqrt(a * b / (a + b + 1.0)) / (a + b)


def ask(base: Scenario, changed: Scenario | None, aim: Aim, members: int, seed: int, quiet: bool) -> Agents:
    """Run `members` members of a scenario, and of its change with the same luck, with agents."""
    before = judge.run(base, members, seed, quiet=quiet)
    if changed is None:
        met = _met(before, aim)
        return Agents(before, None, met, met, None)
    after = judge.run(changed, members, seed, quiet=quiet)
    return Agents(before, after, _met(before, aim), _met(after, aim), comparison.pair(before, [after]))


def _met(result: Result, aim: Aim) -> NDArray[np.bool_]:
    """Return which members meet the aim."""
    margins = aim.margins(aim.read(Readings(result)))
    return np.asarray((margins >= 0.0).all(axis=1))
