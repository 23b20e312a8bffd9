"""The policy arrays under history and the announced plan, whatever a scenario changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.plan import Plan
from jjj_sim.policy.registry import levers, own_arrays


@dataclass
class _Quarter:
    """What a lever sees in one quarter of the published plan."""

    plan: Plan
    t: int
    policy: Policy


def published(plan: Plan, first: int, last: int) -> Policy:
    """Return the mean of the policy arrays over the quarters `first`..`last`, both included; no moves, no lines.

    Where a plan knows no published levers its own stand.
    """
    known = replace(plan, levers=plan.published or plan.levers)
    kinds = [lever for name, lever in levers(plan.region).items() if name in known.levers]
    quarters = []
    for t in range(first, last + 1):
        seen = _Quarter(known, t, Policy(plan.region.sizes, own_arrays(kinds)))
        for lever in kinds:
            lever.announce(seen)
        quarters.append(seen.policy.arrays())
    mean = Policy(plan.region.sizes, own_arrays(kinds))
    for name, array in mean.arrays().items():
        array[...] = np.ascontiguousarray(np.stack([q[name] for q in quarters], axis=-1)).mean(axis=-1)
    return mean
