"""Trade: who buys from whom, in calibrated shares (Armington).

    share_ijs = n_ijs / sum_l n_ljs,   n_ijs = theta_ijs pull_is (tau_ij / tau0_ij)^(-k_tau (sigma - 1))
    pull_is   = (defl_is / defl_nation,s) q_is^(1 - sigma) exp(zeta kappa_is),  1 for the rest of China

theta: shares of 2013, from gravity tau^-d e^(home [one province]) fitted to outputs and expenditures, with own
shares given. The own cell of the rest of China is part of the fit and takes what neither buys from nor sells to the
region. Armington 1969; Anderson, van Wincoop 2003; Poncet 2003 (borders of provinces).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.laws.fitting import fit_by_factors

F64 = NDArray[np.float64]


def opening_trade(
    output: F64,
    bought: F64,
    minutes: F64,
    nation: F64,
    *,
    own: F64,
    decay: F64,
    outside_minutes: float,
    bias: F64,
) -> F64:
    """Return sales of 2013 from place, to place, by sector, shape (n_zones + 1, n_zones + 1, n_sectors).

    `output` and `bought`, (n_zones, n_sectors), are met exactly; `nation` (n_sectors,) is the nation's gross
    output. What the region does not buy of its own output, the rest of China does. By sector, (n_sectors,): `own`,
    the share of the smaller of output and spending that stays in the zone, and `decay` of trade with minutes.
    `bias` (n_zones, n_zones) multiplies trade between two zones at a given distance.
    """
    n_zones, n_sectors = output.shape
    trade = np.zeros((n_zones + 1, n_zones + 1, n_sectors))
    far = np.full((n_zones + 1, n_zones + 1), outside_minutes)
    far[:n_zones, :n_zones] = minutes
    inside = np.arange(n_zones)
    for s in range(n_sectors):
        seed = far ** -decay[s]
        stays = own[s] * np.minimum(output[:, s], bought[:, s])
        seed[:n_zones, :n_zones] *= bias
        seed[inside, inside] = 0.0
        outside = max(float(nation[s] - output[:, s].sum()), float(output[:, s].sum()))
        rows = np.append(output[:, s] - stays, outside)
        columns = np.append(bought[:, s] - stays, outside + float(output[:, s].sum() - bought[:, s].sum()))
        cells = fit_by_factors(seed, rows, columns)
        cells[inside, inside] += stays
        trade[:, :, s] = cells
    return trade


def shares(theta: F64, pull: F64, nearer: F64) -> F64:
    """Return each buyer's shares of suppliers, shape as `theta` (supplier, buyer, sector); columns sum to one.

    `pull` (n_places, n_sectors) is 1 where nothing changed since 2013, `nearer` (n_places, n_places) likewise.
    """
    n = theta * pull[:, None, :] * nearer[:, :, None]
    return np.asarray(n / n.sum(axis=0))


def moved(theta: F64, left: F64, came: F64) -> F64:
    """Return `theta` after establishments took their customers along.

    `left` (n_zones, n_sectors) is the share of a cell's customers that goes, `came` (n_zones, n_zones, n_sectors)
    how what left a zone (rows) is divided among those who received; rows sum to one, or to less where some left
    the region.
    """
    gone = theta[:-1] * left[:, None, :]
    after = theta.copy()
    after[:-1] -= gone
    arrived = np.einsum("ibs,ijs->jbs", gone, came)
    after[:-1] += arrived
    after[-1] += gone.sum(axis=0) - arrived.sum(axis=0)
    return np.asarray(after)
