"""Effort: how many runs each stage of a calibration may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """Most points tried by the fit, by its repetition with inflated sds and by each further start, a Jacobian apart;
    further starts; candidates of the posterior in each of its rounds, and the rounds; points of the wave. Candidates
    and waves are powers of two, as Sobol's points want it. `propagated`: whether the draws are run again with the
    other parameters drawn from their priors."""

    fit: int
    again: int
    start: int
    starts: int
    candidates: int
    rounds: int
    wave: int
    propagated: bool

    def runs(self, n_parameters: int, members: int) -> int:
        """Return how many runs a calibration takes at most, where no search ends early."""
        searches = self.fit + self.again + self.starts * self.start
        others = self.candidates * self.rounds + self.wave + self.propagated * members
        return searches * (n_parameters + 1) + others


FULL = Effort(fit=8, again=3, start=4, starts=2, candidates=64, rounds=3, wave=64, propagated=True)
QUICK = Effort(fit=3, again=2, start=1, starts=0, candidates=32, rounds=1, wave=0, propagated=False)
