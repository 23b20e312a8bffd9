"""Trade: who buys from whom, in calibrated shares (Armington).

    share_ijs = n_ijs / sum_l n_ljs,   n_ijs = theta_ijs pull_is (tau_ij / tau0_ij)^(-k_tau (sigma - 1))
    pull_is   = (defl_is / defl_nation,s) q_is^(1 - sigma) exp(zeta kappa_is),  1 for the rest of China

theta: shares of 2013, from gravity tau^-d fitted to outputs and expenditures, with own shares given. The own
cell of the rest of China is part of the fit and takes what neither buys from nor sells to the region.
Armington 1969; Anderson, van Wincoop 2003.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import N_SECTORS, N_ZONES, ROC
from jjj_sim.laws.fitting import fit_by_factors

# By sector: share of the smaller of output and expenditure that stays in the zone, and decay with minutes [A].
OWN = np.array([0.55, 0.45, 0.40, 0.85, 0.65, 0.60, 0.85, 0.50, 0.85])
DECAY = np.array([1.2, 1.0, 0.8, 3.0, 1.5, 1.5, 3.0, 1.0, 3.0])
OUTSIDE_MINUTES = 400.0


def opening_trade(
    output: NDArray[np.float64], bought: NDArray[np.float64], minutes: NDArray[np.float64], nation: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return sales of 2013 from place, to place, by sector, shape (n_zones + 1, n_zones + 1, n_sectors).

    `output` and `bought`, (n_zones, n_sectors), are met exactly; `nation` (n_sectors,) is the nation's gross
    output. What the region does not buy of its own output, the rest of China does.
    """
    trade = np.zeros((N_ZONES + 1, N_ZONES + 1, N_SECTORS))
    far = np.full((N_ZONES + 1, N_ZONES + 1), OUTSIDE_MINUTES)
    far[:N_ZONES, :N_ZONES] = minutes[:N_ZONES, :N_ZONES]
    inside = np.arange(N_ZONES)
    for s in range(N_SECTORS):
        seed = far ** -DECAY[s]
        own = OWN[s] * np.minimum(output[:, s], bought[:, s])
        seed[inside, inside] = 0.0
        outside = max(float(nation[s] - output[:, s].sum()), float(output[:, s].sum()))
        rows = np.append(output[:, s] - own, outside)
        columns = np.append(bought[:, s] - own, outside + float(output[:, s].sum() - bought[:, s].sum()))
        cells = fit_by_factors(seed, rows, columns)
        cells[inside, inside] += own
        trade[:, :, s] = cells
    return trade


def shares(theta: NDArray[np.float64], pull: NDArray[np.float64], nearer: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each buyer's shares of suppliers, shape as `theta` (supplier, buyer, sector); columns sum to one.

    `pull` (n_places, n_sectors) is 1 where nothing changed since 2013, `nearer` (n_places, n_places) likewise.
    """
    n = theta * pull[:, None, :] * nearer[:, :, None]
    return np.asarray(n / n.sum(axis=0))


def moved(theta: NDArray[np.float64], left: NDArray[np.float64], came: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return `theta` after establishments took their customers along.

    `left` (n_zones, n_sectors) is the share of a cell's customers that goes, `came` (n_zones, n_zones, n_sectors)
    how what left a zone (rows) is divided among those who received; rows sum to one, or to less where some left
    the region.
    """
    gone = theta[:N_ZONES] * left[:, None, :]
    after = theta.copy()
    after[:N_ZONES] -= gone
    arrived = np.einsum("ibs,ijs->jbs", gone, came)
    after[:N_ZONES] += arrived
    after[ROC] += gone.sum(axis=0) - arrived.sum(axis=0)
    return np.asarray(after)
