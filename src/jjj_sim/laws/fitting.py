"""Proportional fitting: a table scaled until it has the given sums and keeps the odds of its seed.

    cells <- cells x target / sums over the other axes,   margin after margin, round after round

Deming, Stephan 1940; of all tables with these sums the result is nearest to the seed in relative entropy.

- `meet`: one step to one margin, for a loop that does more in a round than meet sums.
- `fit`: any number of margins over any axes. The last one is met exactly, the others as closely as rounds allow.
- `fit_table`: a published table whose rows and columns disagree on the total; the rows are believed.
- `fit_by_factors`: a table of two margins, found by its two vectors of factors a_i seed_ij b_j: one matrix product
  a step, and each cell multiplied twice however many rounds. It agrees with `fit` up to rounding.
- `fit_symmetric`: a symmetric table whose rows and columns have the same sums, by one vector of factors.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
Margin = tuple[tuple[int, ...], F64]
"""The axes a margin keeps, in ascending order, and the sums over all others, with the shape of those axes."""
_TINY = 1e-300


def meet(cells: F64, axes: tuple[int, ...], target: F64) -> F64:
    """Return `cells` scaled so that its sums over all axes but `axes` are `target`, as far as they are not zero."""
    others = tuple(a for a in range(cells.ndim) if a not in axes)
    return np.asarray(cells * np.expand_dims(target / np.maximum(cells.sum(axis=others), _TINY), others))


def fit(cells: F64, margins: Sequence[Margin], rounds: int, tolerance: float | None = None) -> F64:
    """Return `cells` scaled to `margins` in turn, `rounds` times.

    With a `tolerance` it ends after the round in which every margin is met to that share of itself; the last one
    is not looked at, since each round ends with it.
    """
    for done in range(rounds):
        if done and tolerance is not None and all(_is_met(cells, m, tolerance) for m in margins[:-1]):
            break
        for axes, target in margins:
            cells = meet(cells, axes, target)
    return cells


def _is_met(cells: F64, margin: Margin, tolerance: float) -> bool:
    """Return whether the sums of a margin are its target's to a share `tolerance` of it."""
    axes, target = margin
    sums = cells.sum(axis=tuple(a for a in range(cells.ndim) if a not in axes))
    return bool(np.all(np.abs(sums - target) <= tolerance * target))


def fit_table(seed: F64, rows: F64, columns: F64) -> F64:
    """Return `seed` (n_rows, n_columns) scaled to the sums `rows` and to `columns`, rescaled to the total of the rows.

    Steps end, after at most 500 rounds, when rows are met and every column is met to 1e-14 of itself.
    """
    columns = columns * (rows.sum() / columns.sum())
    return fit(seed, [((1,), columns), ((0,), rows)], rounds=500, tolerance=1e-14)


def fit_by_factors(seed: F64, rows: F64, columns: F64, rounds: int = 400) -> F64:
    """Return `seed` (n_rows, n_columns) scaled to the sums of rows and columns, the rows exactly."""
    down = np.ones(len(columns))
    for _ in range(rounds):
        across = rows / np.maximum(seed @ down, _TINY)
        down = columns / np.maximum(across @ seed, _TINY)
    across = rows / np.maximum(seed @ down, _TINY)
    return np.asarray(across[:, None] * seed * down)


def fit_symmetric(seed: F64, margin: F64, rounds: int = 200) -> F64:
    """Return d_i seed_ij d_j whose rows and columns both sum to `margin`; `seed` symmetric, positive.

    Damped scaling: d <- sqrt(d margin / (seed d)); the plain one would swing between two factors.
    """
    scale = np.sqrt(margin)
    for _ in range(rounds):
        scale = np.sqrt(scale * margin / (seed @ scale))
    return np.asarray(scale[:, None] * seed * scale)
