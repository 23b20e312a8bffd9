"""Pure Gibrat growth: log size spreads as sigma squared t and becomes normal."""

import numpy as np
import pytest
from scipy.stats import kurtosis, skew

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import N_SECTORS, N_ZONES
from jjj_sim.processes.firm_dynamics import FirmDynamics, live_a_quarter
from jjj_sim.state.firms import BIN_CENTRES, N_BINS

N, QUARTERS = 40_000, 40


def test_without_entry_exit_and_reversion_the_variance_grows_by_sigma_squared_a_year():
    law = FirmDynamics(reversion=0.0)
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
