"""Agents: whether members with agents meet an aim as often as the twin's draws do.

    confirmed           the share of the members is at least the probability asked for
    within the error    the upper end of its 90 % interval (`judging.probability`) is
    not confirmed       neither is

The scenario and its change run with the same luck, member by member.
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
from jjj_sim.judging.probability import Probability, probability
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
    def probability(self) -> Probability:
        """Share of the members that meet it, with its error and interval."""
        return probability(self.met)

    def says(self, p: float) -> str:
        """Return "confirmed", "within the error" or "not confirmed"; of one member "one member"."""
        found = self.probability
        if found.members == 1:
            return "one member"
        if found.share >= p - 1e-9:
            return "confirmed"
        return "within the error" if found.high >= p else "not confirmed"

    def told(self, p: float) -> dict[str, Any]:
        """Return what the manifest says."""
        found = self.probability._asdict()
        numbers = {name: None if isinstance(x, float) and math.isnan(x) else x for name, x in found.items()}
        return {**numbers, "met_before": int(self.met_before.sum()), "says": self.says(p)}


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
