"""Judge a run: hold it against the published figures and the goals of 2030."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jjj_sim.judging.alarms import of_run
from jjj_sim.judging.goal_paths import goals_path
from jjj_sim.judging.goal_thresholds import goals_thresholds
from jjj_sim.judging.goals import goals
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.scorecard import scorecard
from jjj_sim.running import ensemble
from jjj_sim.running.result import Result
from jjj_sim.scenario import Scenario, idle_levers, load_scenario


def judge(result: Result, idle: Iterable[str] = ()) -> Result:
    """Return `result` with its `evidence` and its sheets of goals filled, and its alarms in the manifest.

    `idle` names what the scenario set to what it was anyway.
    """
    readings = Readings(result)
    judged = dataclasses.replace(
        result,
        evidence=scorecard(readings),
        goals=goals(readings),
        goals_path=goals_path(readings),
        goals_thresholds=goals_thresholds(readings),
    )
    alarms = [alarm.told() for alarm in of_run(judged, idle)]
    return dataclasses.replace(judged, manifest={**judged.manifest, "alarms": alarms})


def run(scenario: str | Path | Scenario = "baseline", *args: Any, **options: Any) -> Result:
    """Run a scenario and judge it; see `running.ensemble.run` for the arguments and errors."""
    settings = load_scenario(scenario)
    return judge(ensemble.run(settings, *args, **options), idle_levers(settings))
