"""Keyed draws: pure functions of what they decide, with the right distributions."""

import numpy as np
import pytest
from numba import njit
from scipy import stats

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws, member_seed, poisson_quantile

IDS = np.arange(1, 20_001, dtype=np.uint64) * np.uint64(2**40 + 12345)


@njit
def _kernel(key, ids, alternative, index):
    out = np.empty((4, len(ids)))
    for a in range(len(ids)):
        out[0, a] = keyed.uniform(key, ids[a], alternative)
        out[1, a] = keyed.gumbel(key, ids[a], alternative)
        out[2, a] = keyed.normal(key, ids[a], alternative)
        out[3, a] = keyed.log_stable(key, ids[a], alternative, index)
    return out


def test_kernel_and_arrays_draw_the_same_numbers():
    draws = Draws(7, "migration", 3)
    found = _kernel(draws.key, IDS, 5, 0.7)
    np.testing.assert_array_equal(found[0], draws.uniform(IDS, 5))
    np.testing.assert_allclose(found[1], draws.gumbel(IDS, 1, 5)[:, 0], rtol=1e-12)
    np.testing.assert_allclose(found[2], draws.normal(IDS, 5), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found[3], draws.log_stable(IDS, 5, 0.7), rtol=1e-9, atol=1e-9)


def test_a_draw_does_not_depend_on_who_else_draws():
    draws = Draws(7, "migration", 3)
    order = np.argsort(draws.uniform(IDS, 1))
    np.testing.assert_array_equal(draws.uniform(IDS[order], 2), draws.uniform(IDS, 2)[order])


@pytest.mark.parametrize("other", [(8, "migration", 3), (7, "demography", 3), (7, "migration", 4)])
def test_seed_process_and_quarter_give_unrelated_numbers(other):
    mine, theirs = Draws(7, "migration", 3).uniform(IDS), Draws(*other).uniform(IDS)
    assert abs(np.corrcoef(mine, theirs)[0, 1]) < 0.03


def test_alternatives_are_unrelated():
    draws = Draws(7, "migration", 3)
    numbers = np.stack([draws.uniform(IDS, a) for a in range(6)])
    off_diagonal = np.corrcoef(numbers) - np.eye(6)
    assert np.abs(off_diagonal).max() < 0.03


def test_distributions():
    draws = Draws(11, "test", 0)
    assert stats.kstest(draws.uniform(IDS), "uniform").pvalue > 1e-3
    assert stats.kstest(draws.gumbel(IDS, 1)[:, 0], "gumbel_r").pvalue > 1e-3
    assert stats.kstest(draws.normal(IDS), "norm").pvalue > 1e-3


@pytest.mark.parametrize("index", [0.4, 0.7, 0.95])
def test_positive_stable_has_its_laplace_transform(index):
    a = np.exp(Draws(11, "test", 0).log_stable(IDS, 0, index))
    for s in (0.3, 1.0, 3.0):
        assert np.exp(-s * a).mean() == pytest.approx(np.exp(-(s**index)), abs=0.01)


def test_member_seeds_differ_and_are_stable():
    seeds = [member_seed(1, m) for m in range(50)]
    assert len(set(seeds)) == 50
    assert seeds == [member_seed(1, m) for m in range(50)]


def test_poisson_quantiles_are_those_of_scipy_and_grow_with_the_mean():
    u = Draws(3, "test", 0).uniform(IDS[:2000])
    for mean in (0.01, 0.7, 5.0, 60.0, 499.99, 500.01, 4000.0):
        found = poisson_quantile(u, np.full(len(u), mean))
        np.testing.assert_array_equal(found, stats.poisson.ppf(u, mean).astype(np.int64))
    means = np.geomspace(0.01, 3000.0, 4000)
    for at in (1e-6, 0.5, 0.99, 0.99999):
        assert np.all(np.diff(poisson_quantile(np.full(len(means), at), means)) >= 0)
    assert poisson_quantile(np.array([0.999]), np.array([0.0]))[0] == 0
