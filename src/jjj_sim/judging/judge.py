"""Judge a run: hold it against the published figures and the goals of 2030."""

from __future__ import annotations

import dataclasses
from typing import Any

from jjj_sim.judging.goal_paths import goals_path
from jjj_sim.judging.goal_thresholds import goals_thresholds
from jjj_sim.judging.goals import goals
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.scorecard import scorecard
from jjj_sim.running import ensemble
from jjj_sim.running.result import Result


def judge(result: Result) -> Result:
    """Return `result` with its `evidence` and its sheets of goals filled."""
    readings = Readings(result)
    return dataclasses.replace(
        result,
        evidence=scorecard(readings),
        goals=goals(readings),
        goals_path=goals_path(readings),
        goals_thresholds=goals_thresholds(readings),
    )


def run(*args: Any, **options: Any) -> Result:
    """Run a scenario and judge it; see `running.ensemble.run` for the arguments and errors."""
    return judge(ensemble.run(*args, **options))
