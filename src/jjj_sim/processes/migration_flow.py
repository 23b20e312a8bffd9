"""Expected migration in the twin: one kernel moves every age of every class by its band's chances.

step_ij = sum_s mu_sk P_s(j | i), j != i      streams s of the band (see migration)
n_j'    = n_j (1 - sum_l step_jl) + sum_i n_i step_ij
"""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.kernels import njit


@njit(cache=True)
def flow_people(people: Any, choice: Any, leaving: Any, row: Any, band: Any, starts: Any) -> Any:
    """Move `people` (zone, education, origin, age) in place; return the movers (education, from, to).

    `choice` (n_groups, n_education, n_origins, n_places, n_places) is P(to | from); stream s of `leaving`
    (n_streams, n_education) chooses by group `row[s]` and moves age band `band[s]`; band b is the ages from
    `starts[b]` to the next start. The last place of `choice` is outside.
    """
    n_zones, n_education, n_origins, n_ages = people.shape
    n_places = choice.shape[4]
    moved = np.zeros((n_education, n_zones, n_places))
    step = np.empty((n_zones, n_places))
    for b in range(len(starts)):
        first = starts[b]
        last = starts[b + 1] if b + 1 < len(starts) else n_ages
        before = np.empty((n_zones, last - first))
        for k in range(n_education):
            for o in range(n_origins):
                step[:] = 0.0
                for s in range(len(row)):
                    if band[s] == b:
                        for i in range(n_zones):
                            for j in range(n_places):
                                step[i, j] += leaving[s, k] * choice[row[s], k, o, i, j]
                for i in range(n_zones):
                    step[i, i] = 0.0
                    out = 0.0
                    for j in range(n_places):
                        out += step[i, j]
                    here = people[i, k, o, first:last]
                    total = 0.0
                    for a in range(len(here)):
                        before[i, a] = here[a]
                        total += here[a]
                        here[a] *= 1.0 - out
                    for j in range(n_places):
                        moved[k, i, j] += total * step[i, j]
                for j in range(n_zones):
                    there = people[j, k, o, first:last]
                    for i in range(n_zones):
                        source, chance = before[i], step[i, j]
                        for a in range(len(there)):
                            there[a] += source[a] * chance
    return moved
