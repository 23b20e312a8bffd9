"""What the inversion of migration can be asked for: nobody moves who does not reconsider.

    -net_ja <= w_ja                                  w_ja who reconsiders in a year in zone j, group a
    net_p - sum_g net_gp <= home x w_p               g home provinces but p; w_p the people of p elsewhere

The first is a bound: beyond it there is nothing to invert. The second decides between two targets that contradict each
other, the residual account of a province and the growth of its non-locals: its own people come home on balance in at
most the share `home` of those who reconsider, and newcomers fill the rest, since the account is published by year.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import BalanceError
from jjj_sim.region.axes import GROUPS

F64 = NDArray[np.float64]
_HOME = 0.4


def require_movers(net: F64, wakes: F64, names: Sequence[str]) -> None:
    """Raise BalanceError where `net` (n_zones, n_groups) loses more than reconsider in a year.

    `wakes` (n_groups, n_education, n_origins, n_places) persons a year; `names` of the zones.
    """
    able = wakes[..., :-1].sum(axis=(1, 2)).T
    open_ = np.where(net < 0.0, -net - able, -1.0)
    if open_.max() < 0.0:
        return
    z, g = divmod(int(open_.argmax()), len(GROUPS))
    raise BalanceError(
        f"the inversion of migration cannot settle: on balance {-net[z, g]:.0f} people of the group {GROUPS[g]} leave "
        f"{names[z]} in a year as published, and only {able[z, g]:.0f} reconsider; raise migration.reconsider or what "
        f"scales it for that group (young, middle, old, follow)"
    )


def newcomers(net_by_origin: F64, net: F64, wakes: F64, province: NDArray[np.int64]) -> F64:
    """Return `net_by_origin` (n_homes, n_provinces), raised where a province's own people cannot fill its account.

    Those who come instead are of each home province in the proportion that reconsiders there.
    """
    raised = net_by_origin.copy()
    for p in range(net_by_origin.shape[1]):
        inside = province == p
        elsewhere = wakes[..., ~inside].sum(axis=(0, 1, 3))
        by_home = np.bincount(province, weights=elsewhere, minlength=len(net_by_origin))
        limit, by_home[p] = _HOME * by_home[p], 0.0
        others = np.arange(len(net_by_origin)) != p
        lacking = net[inside[:-1]].sum() - net_by_origin[others, p].sum() - limit
        if lacking > 0.0:
            raised[:, p] += lacking * by_home / by_home.sum()
    return raised
