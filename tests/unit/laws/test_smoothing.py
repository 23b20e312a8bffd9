"""Quarters from years: published years are reproduced, and nothing bends without need."""

import numpy as np

from jjj_sim.laws.smoothing import smooth_quarters


def test_quarters_reproduce_years_and_a_straight_line_stays_straight():
    years = np.array([10.0, 14.0, 18.0])
    quarters = smooth_quarters(years, of="mean")
    np.testing.assert_allclose(quarters, 8.5 + np.arange(12.0), atol=1e-9)
    bent = smooth_quarters([10.0, 9.0, 15.0, 15.5], of="sum")
    np.testing.assert_allclose(bent.reshape(4, 4).sum(axis=1), [10.0, 9.0, 15.0, 15.5])


def test_a_single_year_is_flat():
    np.testing.assert_array_equal(smooth_quarters([6.0], of="mean"), [6.0] * 4)
    np.testing.assert_array_equal(smooth_quarters([6.0], of="sum"), [1.5] * 4)
