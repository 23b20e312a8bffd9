"""What a worker process of the page does: it keeps worlds that have lived their history, and lives on from a copy."""

from __future__ import annotations

import functools
import os

import pandas as pd

from jjj_sim import quarters
from jjj_sim.calibrating import branch
from jjj_sim.comparing.headline import figures
from jjj_sim.judging.goal_indicators import goals_of
from jjj_sim.policy.plan import Plan
from jjj_sim.region import Region
from jjj_sim.reporting.charted import MAPPED
from jjj_sim.serving.controls import FIRST

START = quarters.parse(f"{FIRST}Q1")


def lived(before: Plan, plan: Plan, member: int) -> pd.DataFrame:
    """Return what the page shows, by year, of the twin that lives by `before` until START, then by `plan`.

    Wall where no run stands.
    """
    return branch.recorded(before, plan, START).annual(plan.name, member, shown(plan.region))


def stand_back() -> None:
    """Leave the processor to the worker that answers at once."""
    if hasattr(os, "nice"):
        os.nice(5)


@functools.cache
def shown(region: Region) -> frozenset[str]:
    """Return the variables that the page shows, or judges goals by."""
    goals = goals_of(region).indicators
    judged = {v for i in goals for v in (i.variable, i.over) if v} | {"gdp_real", "population"}
    return frozenset({*(variable for variable, _ in figures(region)), *MAPPED, *judged})
