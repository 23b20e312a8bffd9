"""The firm table and the twin's lattice: counted exactly, whatever the order of rows."""

import numba
import numpy as np
import pytest
from firm_worlds import BEIJING, by_cell, some_firms
from plans import JJJ

from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES
from jjj_sim.state.firms import BIN_CENTRES, BIN_WIDTH, N_BINS, Firms, birth_weights, join_bins, to_bins


def test_a_firm_is_at_most_forty_bytes():
    assert Firms.bytes_per_agent() <= 40


def test_rows_are_those_of_the_cells_with_exactly_the_flags():
    firms = some_firms()
    cells = np.zeros((N_ZONES, N_SECTORS), dtype=bool)
    cells[2, 4] = cells[5, 1] = True
    expected = np.flatnonzero((firms.flags == 2) & cells[firms.zone, firms.sector])
    assert len(expected) > 5
    np.testing.assert_array_equal(firms.rows(cells, 2), expected)


@pytest.mark.parametrize("power", [1.0, -0.25])
def test_units_and_sizes_are_summed_the_same_in_any_order_and_with_any_threads(power):
    firms = some_firms()
    units, sizes = firms.count(power, (N_ZONES, 9))
    legal = firms.weight * (firms.flags == 0)
    np.testing.assert_array_equal(units, by_cell(firms, legal))
    np.testing.assert_array_equal(firms.units((N_ZONES, 9)), units)
    np.testing.assert_allclose(sizes, by_cell(firms, legal * np.exp(power * firms.x)), rtol=1e-5)
    turned = Firms.of(**{name: column[::-1].copy() for name, column in firms.arrays().items()})
    threads = numba.get_num_threads()
    numba.set_num_threads(1)
    again = turned.count(power, (N_ZONES, 9))
    numba.set_num_threads(threads)
    np.testing.assert_array_equal(again[0], units)
    np.testing.assert_array_equal(again[1], sizes)


def test_one_giant_among_dwarfs_overflows_nothing():
    firms = some_firms()
    firms.x[:] = np.where(np.arange(len(firms)) % 2, 28.0, -9.0)
    sizes = firms.count(1.0, (N_ZONES, 9))[1]
    assert sizes.max() > 2.0**40
    np.testing.assert_allclose(sizes, by_cell(firms, firms.weight * (firms.flags == 0) * np.exp(firms.x)), rtol=1e-9)


@pytest.mark.parametrize(("residents", "by_class"), [(100, (20, 1, 1)), (1000, (200, 10, 1)), (2, (1, 1, 1))])
def test_weights_at_birth_follow_size_and_are_one_on_the_relief_list(residents, by_class):
    weights = birth_weights(residents, JJJ)
    np.testing.assert_array_equal(weights[:, 8, 1], by_class)
    np.testing.assert_array_equal(weights[:, 0, 5], by_class)
    assert np.all(weights[:, BEIJING][..., 1] == 1)


def test_bins_keep_units_and_jobs_when_they_shift():
    counts = np.zeros((2, N_BINS))
    counts[0, 9], counts[1, 14] = 3.0, 5.0
    shift = np.array([[0.5], [-1.1]])
    moved = to_bins(counts, shift)
    np.testing.assert_allclose(moved.sum(axis=1), [3.0, 5.0])
    jobs = np.array([3.0, 5.0]) * np.exp(BIN_CENTRES[[9, 14]] + shift[:, 0])
    np.testing.assert_allclose(moved @ np.exp(BIN_CENTRES), jobs)
    np.testing.assert_allclose(to_bins(counts, 2 * BIN_WIDTH)[0, 11], 3.0)
    assert to_bins(counts, 100.0)[0, -1] == 3.0


def test_joining_bins_sums_what_each_origin_sends():
    rng = np.random.default_rng(1)
    flow, shift = rng.random((4, 3, N_BINS)), rng.normal(0.0, 6.0, (4, 3))
    shift[0] = 0.0, 25.0, -25.0
    np.testing.assert_allclose(join_bins(flow, shift), to_bins(flow, shift[:, :, None]).sum(axis=0), rtol=1e-12)
