"""What is to be reached: an indicator of a goal, all mandatory indicators of a goal, or thresholds of one's own.

    margin of a member = how far it stands inside the nearer bound, over the threshold's size
    a member meets an aim where it has no margin below zero

A threshold of one's own is written ``variable:area:year<=number``, in the model's base unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.indicators import areas, indicators
from jjj_sim.judging.goal_indicators import goals_of, measure
from jjj_sim.judging.goals import TARGET
from jjj_sim.judging.readings import Readings
from jjj_sim.messages import Sentence, say
from jjj_sim.region import Region
from jjj_sim.region.goals import GoalIndicator, Goals
from jjj_sim.region.names import names
from jjj_sim.scenario import Scenario

F64 = NDArray[np.float64]

OWN = "own"
_OWN = re.compile(r"\s*(\w+)\s*:\s*(\w+)\s*:\s*(\d{4})\s*(<=|>=)\s*([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*")


class Wanted(NamedTuple):
    """An indicator and the year in which it is to be met."""

    indicator: GoalIndicator
    year: int

    def margins(self, values: F64) -> F64:
        """Return how far `values` stand inside the nearer bound, in the indicator's unit; below zero outside."""
        return self.indicator.distance(values)

    @property
    def scale(self) -> float:
        """The size of the threshold, by which margins of several indicators are compared; 1 where it is zero."""
        return abs(self.indicator.threshold) or 1.0


@dataclass(frozen=True)
class Aim:
    """What is to be met, all of it at once; `key` names it in files."""

    key: str
    en: str
    zh: str
    wanted: tuple[Wanted, ...]

    @property
    def year(self) -> int:
        """The last year that it needs."""
        return max(w.year for w in self.wanted)

    def read(self, readings: Readings) -> F64:
        """Return the values of the indicators by member (n_members, n_indicators), NaN where there is none."""
        n = readings.result.annual["member"].nunique()
        found = [measure(w.indicator, readings, w.year) for w in self.wanted]
        return np.stack([np.full(n, np.nan) if x is None else x for x in found], axis=1)

    def margins(self, values: F64) -> F64:
        """Return the margins of values (..., n_indicators) over the sizes of the thresholds."""
        return np.stack([w.margins(values[..., k]) / w.scale for k, w in enumerate(self.wanted)], axis=-1)


def aim_of(scenario: Scenario, goal: str | None, targets: Sequence[str]) -> Aim:
    """Return the aim that a goal or indicator, as the scenario judges it, and thresholds of one's own make together.

    ScenarioError names what is not known, what the model has no reading of, and what is no threshold.
    """
    problems: list[str] = []
    region = scenario.region
    known = goals_of(region).changed(scenario.goals, say("set_by_scenario"))
    parts = [] if goal is None else [_known(known, region, goal, problems)]
    parts += [_own(region, text, problems) for text in targets]
    if not parts:
        problems.append(say("reach_nothing"))
    if problems:
        raise ScenarioError("reach", problems)
    found = [part for part in parts if part is not None]
    wanted = tuple(dict.fromkeys(w for part in found for w in part.wanted))
    joined = (" and ".join(p.en for p in found), "，且".join(p.zh for p in found))
    return Aim("+".join(p.key for p in found), *joined, wanted)


def _known(known: Goals, region: Region, text: str, problems: list[str]) -> Aim | None:
    """Return the goal of a key, or the indicator of a name in either language, or of a part of one name alone."""
    key = text.strip().casefold()
    for name, goal in known.goals.items():
        if key == name.casefold():
            needed = [i for i in known.indicators if i.goal == name and i.mandatory]
            missing = [i for i in needed if i.formula is None]
            if missing or not needed:
                told = [Sentence(i.en, i.zh) for i in missing]
                problems.append(say("reach_goal_not_modelled", goal=name, missing=told))
                return None
            return Aim(name, f"{name} {goal.en}", f"{name} {goal.zh}", tuple(Wanted(i, TARGET) for i in needed))
    same = [i for i in known.indicators if key in (i.id, i.en.casefold(), i.zh.casefold())]
    found = same or [i for i in known.indicators if any(key in n.casefold() for n in (i.id, i.en, i.zh))]
    if len(found) != 1:
        legal = [*known.goals, *(i.id for i in found or known.indicators)]
        kind = "reach_several" if found else "reach_no_goal"
        problems.append(
            say(kind, found=repr(text), guess=nearest(text, legal), legal=legal[len(known.goals) * bool(found) :])
        )
        return None
    if found[0].formula is None:
        problems.append(say("reach_not_modelled", indicator=Sentence(found[0].en, found[0].zh)))
        return None
    return _alone(found[0], TARGET, region, found[0].id)


def _own(region: Region, text: str, problems: list[str]) -> Aim | None:
    """Return the aim of a threshold of one's own."""
    match = _OWN.fullmatch(text)
    if match is None:
        problems.append(say("reach_no_target", found=repr(text)))
        return None
    variable, area, year, sense, number = match.groups()
    known, places = indicators(region), [a.name for a in areas(region)]
    n = len(problems)
    for word, legal, sentence in ((variable, list(known), "reach_no_variable"), (area, places, "reach_no_area")):
        if word not in legal:
            problems.append(say(sentence, target=text, found=word, guess=nearest(word, legal)))
    if len(problems) > n:
        return None
    by = say("reach_own")
    one = GoalIndicator(
        id=f"{variable}_{area}",
        goal=OWN,
        en=known[variable].en,
        zh=known[variable].zh,
        area=area,
        sense="<=" if sense == "<=" else ">=",
        threshold=float(number),
        unit=known[variable].unit,
        kind="set",
        basis=str(by),
        basis_zh=by.zh,
        mandatory=True,
        formula="value",
        variable=variable,
    )
    return _alone(one, int(year), region, f"{variable}_{area}_{year}")


def _alone(i: GoalIndicator, year: int, region: Region, key: str) -> Aim:
    """Return the aim of one indicator, called by its name and place."""
    place = names(region)[i.area].short
    return Aim(key, f"{i.en} ({place[0]})", f"{i.zh}（{place[1]}）", (Wanted(i, year),))
