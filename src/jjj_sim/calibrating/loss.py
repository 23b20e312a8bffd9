"""The loss of a run: how far its figures stand from the published ones.

    L(x) = sum_i w_i z_i(x_i)^2 / s_b(i)^2,     J(u) = L(x(u)) + |u|^2

`z` and the weights w are those of `figures`; s_b inflates the sds of a block whose figures no parameters bring
within their discrepancy, one where they are; |u|^2 stands for the prior, in units of its own spread. A right model has
L near the sum of weights.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.calibrating.figures import Figures

F64 = NDArray[np.float64]


def standardised(figures: Figures, read: F64) -> F64:
    """Return z of what runs read, (..., n_figures); NaN where a run has no reading."""
    over, under = (read - figures.high) / figures.above, (read - figures.low) / figures.below
    inside = np.where(np.isfinite(read), 0.0, np.nan)
    return np.where(read > figures.high, over, np.where(read < figures.low, under, inside))


def residuals(figures: Figures, read: F64, inflation: F64 | float = 1.0) -> F64:
    """Return the weighted residuals (..., n_figures), whose sum of squares is the loss.

    `inflation` is s by figure (n_figures,).
    """
    return np.asarray(np.sqrt(figures.weight) * standardised(figures, read) / inflation)


def loss(figures: Figures, read: F64, inflation: F64 | float = 1.0) -> F64:
    """Return the loss of runs, shape (...); infinite where a run has no reading."""
    squares = (residuals(figures, read, inflation) ** 2).sum(axis=-1)
    return np.where(np.isfinite(squares), squares, np.inf)


def inflations(figures: Figures, read: F64) -> F64:
    """Return s by figure (n_figures,) at one run: the root of a block's loss over its weight, one at least.

    A block fitted no better than by twice its sds is believed half as sharply. No degrees of freedom are taken off:
    parameters are few beside figures, and the prior holds them.
    """
    squares, found = residuals(figures, read) ** 2, np.ones(len(figures))
    for name in np.unique(figures.blocks):
        mine = figures.blocks == name
        found[mine] = max(1.0, float(np.sqrt(squares[mine].sum() / figures.weight[mine].sum())))
    return found


def by_block(figures: Figures, reads: dict[str, F64]) -> pd.DataFrame:
    """Return the loss by block, a row each and one of the whole: figures, weight, and the loss of every run named."""
    squares = {name: residuals(figures, read) ** 2 for name, read in reads.items()}
    rows = []
    for name in dict.fromkeys(figures.blocks):
        mine = figures.blocks == name
        row: dict[str, object] = {"block": str(name), "figures": int(mine.sum()), "weight": figures.weight[mine].sum()}
        rows.append(row | {run: float(square[mine].sum()) for run, square in squares.items()})
    whole: dict[str, object] = {"block": "all", "figures": len(figures), "weight": figures.weight.sum()}
    rows.append(whole | {run: float(square.sum()) for run, square in squares.items()})
    return pd.DataFrame(rows)
