"""Which goals stand in one another's way: rank correlation of their margins over members, and who is met with whom.

    margin       signed distance to the nearer bound over the spread; of a goal the least of its mandatory indicators
    correlation  Spearman's: below zero the members that do better in one do worse in the other
    together     share of members that meet both

Members differ in their luck and in what they draw of parameters and outside paths: what is correlated is what these
move, not what a policy would.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goals import margins, met
from jjj_sim.judging.readings import Readings
from jjj_sim.messages import Sentence, say
from jjj_sim.region.goals import Goals

LEAST = 20


class Conflicts(NamedTuple):
    """Matrices by goal, and the pairs of mandatory indicators of different goals, the most opposed first.

    `correlation` is nan for a goal whose margin is the same in all members; `missing` says why there is none at all.
    """

    correlation: pd.DataFrame
    together: pd.DataFrame
    pairs: pd.DataFrame
    missing: Sentence | None = None


def conflicts(readings: Readings, found: Goals | None = None) -> Conflicts:
    """Return how the goals of 2030 go together over the members of a result; none with fewer than 20."""
    found = in_force(readings) if found is None else found
    away, verdicts = margins(readings, found=found), met(readings, found=found)
    keys = [key for key in found.goals if key in verdicts]
    empty = Conflicts(pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    if len(verdicts) < LEAST:
        return empty._replace(missing=say("too_few_members", members=len(verdicts), least=LEAST))
    if len(keys) < 2:
        return empty._replace(missing=say("too_few_goals"))
    met_by = verdicts[keys].to_numpy(dtype=float)
    together = pd.DataFrame(met_by.T @ met_by / len(met_by), index=keys, columns=keys)
    needed = [i for i in found.indicators if i.mandatory and i.id in away]
    ranks = _correlation(away[[i.id for i in needed]])
    values = ranks.to_numpy(dtype=float)
    rows = [
        (a.id, needed[k].id, values[n, k])
        for n, a in enumerate(needed)
        for k in range(n + 1, len(needed))
        if a.goal != needed[k].goal and np.isfinite(values[n, k])
    ]
    pairs = pd.DataFrame(rows, columns=["first", "second", "correlation"]).sort_values("correlation", kind="stable")
    return Conflicts(_correlation(away[keys]), together, pairs.reset_index(drop=True))


def _correlation(table: pd.DataFrame) -> pd.DataFrame:
    """Return Spearman's correlation of columns; nan where one does not differ between members."""
    return table.rank().corr()
