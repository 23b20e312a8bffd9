"""How many members are enough: more of them, ten at a time, until every verdict of the headline is clear.

Whether to go on is asked after each batch, so that a verdict that is clear by chance ends the runs a little too often:
state the members beside the verdict, as every comparison does.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from jjj_sim.comparing.alarms import settings_apart
from jjj_sim.comparing.comparison import Comparison, pair, warnings
from jjj_sim.comparing.headline import headline
from jjj_sim.comparing.matter import Matter
from jjj_sim.comparing.verdict import UNCLEAR
from jjj_sim.errors import ScenarioError
from jjj_sim.judging import judge
from jjj_sim.running import ensemble
from jjj_sim.running.result import Result
from jjj_sim.scenario import Scenario, idle_levers, load_scenario

BATCH, MOST = 10, 100


def until_clear(
    base: str | Path | Scenario,
    *variants: str | Path | Scenario,
    seed: int = 1,
    twin: bool = False,
    fixed_parameters: bool = False,
    matters: Mapping[str, Matter] | None = None,
    quiet: bool = True,
    batch: int = BATCH,
    most: int = MOST,
) -> Comparison:
    """Compare with `batch` members, then twice, three times as many, until no headline is unclear or `most` are run.

    The comparison is the one of so many members at once. Arguments and errors otherwise as `comparison.compare`.
    """
    if not variants:
        raise ScenarioError("compare", ["there is no variant; name a base and at least one variant"])
    settings = [load_scenario(s) for s in (base, *variants)]
    warned = warnings([s.plan() for s in settings])
    apart = {s.name: settings_apart(settings[0], s) for s in settings[1:]}
    start, members = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="jjj-sim-") as folder:
        spaces = [Path(folder) / str(k) for k in range(len(settings))]
        while True:
            members = min(members + batch, most)
            results: list[Result] = []
            for scenario, space in zip(settings, spaces, strict=True):
                if space.exists():
                    lived = ensemble.further(space, members, quiet=quiet)
                else:
                    lived = ensemble.run(
                        scenario,
                        members,
                        seed,
                        twin=twin,
                        fixed_parameters=fixed_parameters,
                        workspace=space,
                        quiet=quiet,
                    )
                results.append(judge.judge(lived, idle_levers(scenario)))
            found = pair(results[0], results[1:], warned, time.monotonic() - start, matters, apart)
            if members >= most or not (headline(found)["verdict"] == UNCLEAR[0]).any():
                return found
