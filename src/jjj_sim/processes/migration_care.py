"""Care and cover that follow the old of the capital to the rest of the region (京津冀养老协同).

    c_oj = e beta_G max(0, ln G* - ln(ent_j G_j))       60 and over, hukou o of the capital, j of another province
    G*   = sum of Pop G / sum of Pop                    over the capital's zones

What they can use of services there is worth (ent_j G_j)^(1 - e) G*^e to them in place of ent_j G_j: of the gap they
lose 1 - e. Where services are better than at home nothing is lost and nothing is added.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.policy.arrays import Policy
from jjj_sim.region.axes import GROUPS
from jjj_sim.state.world import World


def care(world: World, policy: Policy, services: float) -> NDArray[np.float64]:
    """Return c, utility, (n_groups, n_origins, n_places); `services` is beta_G."""
    region, n = world.region, world.region.n_zones
    found = np.zeros((len(GROUPS), region.n_places, region.n_places))
    home = region.capital
    if not home.any():
        return found
    within = np.maximum(world.tables.service_access, 1e-6)
    there = np.log(within) + np.log(policy.entitlement[:n])
    gap = np.log(np.average(within[home], weights=world.population[home])) - there
    far = home[:, None] & ~region.same_province[:n, :n]
    found[-1, :n, :n] = float(policy.elder_care) * services * np.maximum(gap, 0.0) * far
    return found
