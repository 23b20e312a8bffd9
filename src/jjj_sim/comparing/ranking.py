"""Goals side by side: how often each is met in every scenario of a comparison, and who leads."""

from __future__ import annotations

import pandas as pd

from jjj_sim.comparing.comparison import Comparison
from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goals import met
from jjj_sim.judging.readings import Readings
from jjj_sim.region.goals import Goals

COLUMNS = ("goal", "id", "indicator", "indicator_zh", "scenario", "share", "change", "rank")


def goals_beside(found: Comparison, goals: Goals | None = None, *, every: bool = False) -> pd.DataFrame:
    """Return goals.csv of a comparison: one row per goal and scenario, with `every` one per indicator too.

    `goals` are those to judge by, the base's where none are given. `share` of the members that meet it, the `change`
    of it on the base with the same members, and the `rank` among scenarios, 1 the best, those alike together. Empty
    where no scenario reaches 2030.
    """
    rows = []
    goals = in_force(Readings.of(found.base)) if goals is None else goals
    verdicts = {result.name: met(Readings.of(result), found=goals) for result in found.results}
    for key, goal in goals.goals.items():
        told = [(key, goal.en, goal.zh), *((i.id, i.en, i.zh) for i in goals.of(key) if every)]
        for id, en, zh in told:
            shares = {name: table[id].mean() for name, table in verdicts.items() if id in table}
            if found.base.name not in shares:
                continue
            ranks = pd.Series(shares).rank(ascending=False, method="min")
            for name, share in shares.items():
                change = share - shares[found.base.name]
                rows.append((key, id, en, zh, name, share, change, int(ranks[name])))
    return pd.DataFrame(rows, columns=list(COLUMNS))
