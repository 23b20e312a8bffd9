"""The problem: a model, the space of its parameters and the figures it should read, as residuals of scores."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jjj_sim.calibrating import loss
from jjj_sim.calibrating.figures import Figures
from jjj_sim.calibrating.runs import Runs, Settings
from jjj_sim.calibrating.space import Space
from jjj_sim.calibrating.twin import Model
from jjj_sim.errors import DataError, OpeningError

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """What is fitted. `place` (n_figures,) says where each figure stands among those the model reads.

    `inflation` (n_figures,) are the factors of the sds.
    """

    runs: Runs[Model]
    space: Space
    figures: Figures
    place: NDArray[np.int64]
    inflation: F64

    def read(self, scores: F64) -> F64:
        """Return what the model reads of the figures at points (n_points, n), NaN at a wall."""
        return self.read_all(scores)[:, self.place]

    def read_all(self, scores: F64) -> F64:
        """Return all that the model reads at points (n_points, n)."""
        return self.runs.read([self.settings(u) for u in scores])

    def settings(self, scores: F64) -> Settings:
        """Return the settings of a point."""
        return self.space.settings(scores)

    def residuals(self, read: F64) -> F64:
        """Return the weighted residuals of readings (..., n_figures)."""
        return loss.residuals(self.figures, read, self.inflation)

    def cost(self, scores: F64, read: F64) -> F64:
        """Return J of points (..., n) from their readings: loss and squared scores; infinite at a wall."""
        return np.asarray(loss.loss(self.figures, read, self.inflation) + (scores**2).sum(axis=-1))

    def surprise(self, scores: F64, read: F64) -> F64:
        """Return -2 log of the posterior's density at points (n_points, n), up to a constant: loss and prior."""
        return np.asarray(loss.loss(self.figures, read, self.inflation) + self.space.penalty(scores))

    def inflated(self, read: F64) -> Problem:
        """Return the problem with sds inflated by what is left at one run (n_figures,)."""
        return replace(self, inflation=loss.inflations(self.figures, read))

    def against(self, figures: Figures) -> Problem:
        """Return the problem of other published values of the same figures."""
        return replace(self, figures=figures)


def problem(runs: Runs[Model], space: Space, figures: Figures) -> Problem:
    """Return the problem of all figures that the model reads at the defaults; the rest are put apart.

    OpeningError where no run stands at the defaults, DataError where no figure is left.
    """
    known = {target.id: i for i, target in enumerate(runs.model.figures)}
    there = np.array([target.id in known for target in figures.targets], dtype=bool)
    figures = figures.only(there, "no figure of a run")
    read = runs.read([space.settings(space.default)])[0]
    if not np.isfinite(read).any():
        raise OpeningError(next(iter(runs.walls.values()), "nothing is read at the defaults"))
    place = np.array([known[target.id] for target in figures.targets], dtype=np.int64)
    modelled = np.isfinite(read[place])
    figures = figures.only(modelled, "not modelled")
    if not len(figures):
        raise DataError("no published figure that a run has can be fitted: the region's targets.csv gives none")
    return Problem(runs, space, figures, place[modelled], np.ones(len(figures)))
