"""Alarms of a run: what whoever reads it must know before trusting it. Silent where all is well.

A figure in which agents are counted swings by luck as 1 / sqrt(agents): by a fifth and more below thirty.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from jjj_sim.indicators.areas import places
from jjj_sim.judging.readings import Readings
from jjj_sim.messages import Sentence, say
from jjj_sim.region.names import names
from jjj_sim.running.result import Result
from jjj_sim.scenario.posterior import draws_of
from jjj_sim.scenario.schema import parameters

LEAST_AGENTS = 30
# An estimated parameter stands at a bound within this part of its range, in so many of the members.
_CLOSE, _OFTEN = 0.01, 0.1


class Alarm(NamedTuple):
    """What kind of alarm it is, what it is about (an area, a lever, a parameter), and what it says."""

    kind: str
    about: str
    said: Sentence

    def told(self) -> dict[str, str]:
        """Return it as a manifest keeps it."""
        return {"kind": self.kind, "about": self.about, "en": str(self.said), "zh": self.said.zh}


def of_run(result: Result, idle: Iterable[str] = ()) -> list[Alarm]:
    """Return the alarms of a judged result; `idle` names what the scenario set to what it was anyway."""
    found = [Alarm("idle", name, say("alarm_idle", name=name, scenario=result.name)) for name in idle]
    return [*found, *_few_agents(result), *_one_member(result), *_at_bounds(result)]


def lucky(told: Mapping[str, Any]) -> bool:
    """Return whether another member of a run, by its manifest, could have come out otherwise."""
    return not told.get("twin") or bool(told.get("draws"))


def _few_agents(result: Result) -> Iterator[Alarm]:
    """Yield the places of the headline in which too few agents live, and the scale that would do."""
    scale = result.manifest.get("residents_per_agent")
    if result.manifest.get("twin") or not scale:
        return
    readings = Readings.of(result)
    for area in places(result.region):
        table = readings.table("population", area)
        if table is None:
            continue
        middle = table.band.median
        least = int(np.nanargmin(middle))
        agents = middle[least] / scale
        if agents < LEAST_AGENTS:
            called = names(result.region)[area].short
            told = {"agents": f"{agents:.0f}", "scale": f"{scale:,}", "swing": f"{100 / math.sqrt(max(agents, 1)):.0f}"}
            told |= {"year": str(int(table.years[least])), "people": f"{middle[least]:,.0f}"}
            told |= {"least": str(LEAST_AGENTS), "enough": str(enough(float(middle[least])))}
            yield Alarm("few_agents", area, say("alarm_few_agents", area=Sentence(*called), **told))


def enough(people: float) -> int:
    """Return the largest round scale, one digit and zeros, at which so many people are at least thirty agents."""
    most = max(people / LEAST_AGENTS, 1.0)
    step = 10 ** math.floor(math.log10(most))
    return int(most // step * step)


def _one_member(result: Result) -> Iterator[Alarm]:
    if int(result.manifest.get("members", 0)) != 1 or result.goals.empty or not lucky(result.manifest):
        return
    if result.goals["status"].str.endswith("in this run").any():
        yield Alarm("one_member", "", say("alarm_one_member"))


def _at_bounds(result: Result) -> Iterator[Alarm]:
    """Yield each estimated parameter that members were drawn at a bound of."""
    draws = draws_of(result.region) if result.manifest.get("draws") else None
    if draws is None:
        return
    for name in draws.manifest.get("names", ()):
        dotted = f"parameters.{name}"
        if dotted not in result.draws:
            continue
        process, key, *_ = name.split(".")
        declared = parameters()[process][key]
        values = result.draws[dotted].to_numpy(dtype=np.float64)
        reach = _CLOSE * (declared.hi - declared.lo)
        for bound in (declared.lo, declared.hi):
            there = int((np.abs(values - bound) <= reach).sum())
            if there and there >= _OFTEN * len(values):
                told = {"name": name, "bound": f"{bound:g}", "there": str(there), "members": str(len(values))}
                yield Alarm("at_bound", name, say("alarm_at_bound", **told))
