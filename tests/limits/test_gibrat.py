"""Pure Gibrat growth: log size spreads as sigma squared t and becomes normal; with exit and entry, Pareto."""

import numpy as np
import pytest
from plans import JJJ
from scipy.optimize import brentq
from scipy.stats import kurtosis, skew

from jjj_sim.draws import Draws
from jjj_sim.processes.firm_dynamics import FirmDynamics, live_a_quarter
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES
from jjj_sim.state.firms import BIN_CENTRES, N_BINS

N, QUARTERS = 40_000, 40
FEWER = 20_000


def test_without_entry_exit_and_reversion_the_variance_grows_by_sigma_squared_a_year():
    law = FirmDynamics(JJJ, reversion=0.0)
    ids = Draws(4, "gibrat", 0).child(np.arange(N, dtype=np.uint64), 1)
    zone = sector = flags = np.zeros(N, dtype=np.uint8)
    x, offset = np.zeros(N), np.zeros((N_ZONES, N_SECTORS))
    for t in range(QUARTERS):
        key = Draws(4, law.name, t).key
        live_a_quarter(ids, zone, sector, flags, x, offset, 1e-12, 0.25, 0.0, 0.0, law.volatility / 2, key)
    expected = law.volatility**2 * QUARTERS / 4
    assert x.var() == pytest.approx(expected, rel=0.03)
    assert x.mean() == pytest.approx(0.0, abs=4 * np.sqrt(expected / N))
    assert abs(skew(x)) < 0.05
    assert kurtosis(x) == pytest.approx(0.0, abs=0.1)

    counts = np.zeros(N_BINS)
    counts[11:13] = 0.5
    start = (counts * BIN_CENTRES**2).sum()
    for _ in range(QUARTERS):
        counts = counts @ law.growth_matrix()
    assert (counts * BIN_CENTRES**2).sum() - start == pytest.approx(expected)


@pytest.mark.parametrize(("exit_", "volatility"), [(0.07, 0.3), (0.09, 0.4)])
def test_with_exit_and_entry_the_tail_is_pareto_with_the_index_of_kesten_and_reed(exit_, volatility):
    """The index a solves (1 - h) E exp(a growth) = 1: of normal growth, and of the twin's lattice."""
    h, sigma = exit_ / 4, volatility / 2
    index = np.sqrt(-2.0 * np.log1p(-h)) / sigma
    ids = Draws(4, "pareto", 0).child(np.arange(FEWER, dtype=np.uint64), 1)
    zone = sector = flags = np.zeros(FEWER, dtype=np.uint8)
    x, offset, beyond = np.zeros(FEWER), np.zeros((N_ZONES, N_SECTORS)), []
    for t in range(400):
        luck = Draws(4, "firm_dynamics", t)
        alive = live_a_quarter(ids, zone, sector, flags, x, offset, h, 1e-9, 0.0, 0.0, sigma, luck.key)
        x[~alive], ids[~alive] = 0.0, luck.child(ids[~alive])
        if t >= 225 and t % 25 == 0:
            beyond.append(x[x > 1.0] - 1.0)
    beyond = np.concatenate(beyond)
    assert len(beyond) > 10_000
    assert 1.0 / beyond.mean() == pytest.approx(index, rel=0.04)
    assert beyond.std() / beyond.mean() == pytest.approx(1.0, abs=0.04)

    matrix = (1.0 - h) * FirmDynamics(JJJ, reversion=0.0, volatility=volatility).growth_matrix()
    entry = np.zeros(N_BINS)
    entry[11:13] = 0.5
    counts = np.linalg.solve(np.eye(N_BINS) - matrix.T, entry)
    step = BIN_CENTRES[1] - BIN_CENTRES[0]
    jump = (sigma / step) ** 2
    lattice = brentq(lambda a: (1.0 - h) * (1.0 + jump * (np.cosh(a * step) - 1.0)) - 1.0, 0.1, 5.0)
    np.testing.assert_allclose(-np.diff(np.log(counts[13:18])) / step, lattice, rtol=1e-3)
    assert lattice == pytest.approx(index, rel=0.05)
