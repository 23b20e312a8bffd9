"""Descent to the least point of a convex function, from far away, and where there is none."""

import numpy as np
import pytest

from jjj_sim.laws.descent import descend

SIZES = np.array([100.0, 10.0, 1.0])


def height(x):
    """Expected utility of 111 people who choose among three places, less what two of them are to hold."""
    v = np.append(x, 0.0)
    return float(SIZES.sum() * np.log(np.exp(v - v.max()).sum()) + SIZES.sum() * v.max() - SIZES[:2] @ x)


def slope(x):
    v = np.exp(np.append(x, 0.0) - max(0.0, x.max()))
    return SIZES.sum() * v[:2] / v.sum() - SIZES[:2]


@pytest.mark.parametrize("start", [(0.0, 0.0), (30.0, -30.0), (-25.0, 25.0)])
def test_targets_are_met_from_anywhere(start):
    x = descend(height, slope, np.array(start), 1e-9)
    np.testing.assert_allclose(x, np.log([100.0, 10.0]), rtol=1e-8)


def test_targets_that_nobody_can_meet_end_far_away():
    more = np.array([20.0, 0.0])
    x = descend(lambda x: height(x) - more @ x, lambda x: slope(x) - more, np.zeros(2), 1e-9)
    assert np.abs(x).max() > 20.0
    assert np.abs(slope(x) - more).max() > 1.0
