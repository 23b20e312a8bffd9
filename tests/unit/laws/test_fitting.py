"""Proportional fitting: sums are met, odds of the seed are kept, and the forms agree where they overlap."""

import numpy as np
import pytest

from jjj_sim.laws.fitting import fit, fit_by_factors, fit_symmetric, fit_table, meet

SEED = np.array([[1.0, 2.0, 5.0], [4.0, 1.0, 0.5]])
ROWS, COLUMNS = np.array([30.0, 70.0]), np.array([20.0, 50.0, 30.0])


def odds(cells):
    """Odds ratios of a table against its first row and column."""
    return cells[1:, 1:] * cells[0, 0] / (cells[1:, :1] * cells[:1, 1:])


def test_one_step_by_hand():
    cells = np.array([[1.0, 3.0], [2.0, 2.0]])
    np.testing.assert_allclose(meet(cells, (0,), np.array([8.0, 2.0])), [[2, 6], [1, 1]])
    np.testing.assert_allclose(meet(cells, (1,), np.array([6.0, 1.0])), [[2, 0.6], [4, 0.4]])


def test_a_step_leaves_zeros_alone():
    assert meet(np.array([[0.0, 0.0], [2.0, 2.0]]), (0,), np.array([0.0, 8.0])).tolist() == [[0, 0], [4, 4]]


def test_a_flat_seed_gives_the_product_of_the_margins_in_one_round():
    np.testing.assert_allclose(
        fit(np.ones((2, 3)), [((1,), COLUMNS), ((0,), ROWS)], rounds=1), np.outer(ROWS, COLUMNS) / 100.0
    )


def test_two_by_two_in_closed_form():
    # Margins of one half each: a (1/2 - a) ^ -1 squared is the odds ratio of the seed, here 4, so that a = 1/3.
    half = np.array([0.5, 0.5])
    found = fit(np.array([[2.0, 1.0], [1.0, 2.0]]), [((0,), half), ((1,), half)], rounds=50)
    np.testing.assert_allclose(found, [[1 / 3, 1 / 6], [1 / 6, 1 / 3]], rtol=1e-12)


def test_sums_are_met_and_odds_kept():
    for found in (fit_table(SEED, ROWS, COLUMNS), fit_by_factors(SEED, ROWS, COLUMNS)):
        np.testing.assert_allclose(found.sum(axis=1), ROWS, rtol=1e-14)
        np.testing.assert_allclose(found.sum(axis=0), COLUMNS, rtol=1e-13)
        np.testing.assert_allclose(odds(found), odds(SEED), rtol=1e-10)
    np.testing.assert_allclose(fit_table(SEED, ROWS, COLUMNS), fit_by_factors(SEED, ROWS, COLUMNS), rtol=1e-12)


def test_where_totals_disagree_the_rows_are_believed():
    np.testing.assert_allclose(fit_table(SEED, ROWS, 3.0 * COLUMNS), fit_table(SEED, ROWS, COLUMNS), rtol=1e-13)


def test_margins_over_several_axes_of_a_cube():
    truth = np.arange(1.0, 25.0).reshape(2, 3, 4) ** 1.5
    margins = [((0, 2), truth.sum(axis=1)), ((1,), truth.sum(axis=(0, 2))), ((0, 1), truth.sum(axis=2))]
    found = fit(np.ones((2, 3, 4)), margins, rounds=200, tolerance=1e-13)
    for axes, target in margins:
        others = tuple(a for a in range(3) if a not in axes)
        np.testing.assert_allclose(found.sum(axis=others), target, rtol=1e-12)
    np.testing.assert_array_equal(fit(truth, margins, rounds=9, tolerance=1e-13), fit(truth, margins, rounds=1))


def test_a_tolerance_ends_early_and_without_one_all_rounds_are_done():
    margins = [((1,), COLUMNS), ((0,), ROWS)]
    loose = fit(SEED, margins, rounds=500, tolerance=0.05)
    assert 1e-3 < np.abs(loose.sum(axis=0) / COLUMNS - 1.0).max() <= 0.05
    by_hand = SEED
    for _ in range(3):
        by_hand = meet(meet(by_hand, (1,), COLUMNS), (0,), ROWS)
    np.testing.assert_array_equal(fit(SEED, margins, rounds=3), by_hand)
    assert fit(SEED, margins, rounds=0) is SEED


def test_a_symmetric_table_has_one_margin_twice():
    seed, margin = np.array([[3.0, 1.0, 0.2], [1.0, 2.0, 0.5], [0.2, 0.5, 1.0]]), np.array([10.0, 3.0, 6.0])
    found = fit_symmetric(seed, margin)
    np.testing.assert_allclose(found, found.T, rtol=1e-13)
    np.testing.assert_allclose(found.sum(axis=1), margin, rtol=1e-12)
    np.testing.assert_allclose(found, fit_by_factors(seed, margin, margin), rtol=1e-10)
    assert fit_symmetric(np.array([[7.0]]), np.array([4.0])) == pytest.approx(4.0)
