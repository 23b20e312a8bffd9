"""The least point of a convex function by Newton's steps, from any start.

    step = -H^-1 s       H the differences of the slope s, a trace of its diagonal added; no longer than 5 in any number
    halved until the function falls by at least a ten-thousandth of what its slope promises

Of expected utility, whose slope is who is where, the least point less targets is where the targets are met. It has
one where they can be met at all; else the steps run away, and the last point is returned.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
_STEPS, _LONGEST, _AWAY = 40, 5.0, 60.0
_NUDGE, _TRACE, _FALL, _LEAST = 1e-6, 1e-9, 1e-4, 1e-6


def descend(height: Callable[[F64], float], slope: Callable[[F64], F64], start: F64, settled: float) -> F64:
    """Return where every number of `slope` is at most `settled`, or the last point before the steps ran away."""
    x, s, h = start, slope(start), height(start)
    for _ in range(_STEPS):
        if not np.isfinite(s).all() or np.abs(s).max() <= settled or np.abs(x - start).max() > _AWAY:
            break
        step = -np.linalg.solve(_bend(slope, x, s), s)
        step *= min(1.0, _LONGEST / np.abs(step).max())
        share = 1.0
        while share > _LEAST and not height(x + share * step) <= h + _FALL * share * (s @ step) + 1e-12 * abs(h):
            share /= 2.0
        x = x + share * step
        s, h = slope(x), height(x)
    return x


def _bend(slope: Callable[[F64], F64], x: F64, s: F64) -> F64:
    """Return the symmetric matrix of second derivatives, by differences of the slope `s` at `x`."""
    rows = np.stack([slope(x + nudge) - s for nudge in _NUDGE * np.eye(len(x))]) / _NUDGE
    bend = (rows + rows.T) / 2.0
    return np.asarray(bend + _TRACE * max(float(np.diag(bend).max()), 1.0) * np.eye(len(x)))
