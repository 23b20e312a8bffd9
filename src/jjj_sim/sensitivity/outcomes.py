"""Outcomes: variables of areas in a year, read of the twin of a scenario and of a variant at the same point.

difference = variant - base, at the same parameters and outside paths: one point is asked of both
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.calibrating import twin
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.indicators import areas, indicators
from jjj_sim.indicators.areas import filling, total
from jjj_sim.messages import noun, say
from jjj_sim.region import Region
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.scenario.posterior import moved

F64 = NDArray[np.float64]

LEVEL, DIFFERENCE = "level", "difference"


@dataclass(frozen=True)
class Outcome:
    """A variable of an area."""

    variable: str
    area: str

    @property
    def name(self) -> str:
        """The two as they are written: variable:area."""
        return f"{self.variable}:{self.area}"


def usual(region: Region) -> tuple[Outcome, ...]:
    """Return what planners look at: output, people, air and structure of the region and its roles' areas."""
    whole = total(region)
    wanted = (
        ("gdp_nominal", whole),
        ("gdp_nominal", filling(region, "hinterland")),
        ("population", filling(region, "capital")),
        ("population", filling(region, "new_area")),
        ("pm25", whole),
        ("gdp_share_tertiary", whole),
    )
    return tuple(Outcome(variable, area) for variable, area in wanted if area is not None)


def outcomes(region: Region, texts: Sequence[str]) -> tuple[Outcome, ...]:
    """Return the outcomes that texts like "population:beijing" name, the usual ones where there are none.

    ScenarioError lists every text that names none.
    """
    known, places = indicators(region), {area.name: area for area in areas(region)}
    problems: list[str] = []
    for text in texts:
        variable, _, place = text.partition(":")
        if variable not in known:
            problems.append(say("no_such", where=text, noun=noun("variable"), hint=nearest(variable, known)))
        elif place not in places:
            hint = nearest(place, places) or say("there_are", legal=tuple(region.areas) + tuple(region.wholes))
            problems.append(say("no_such", where=text, noun=noun("area"), hint=hint))
        elif not known[variable].covers(places[place]):
            legal = tuple(name for name, area in places.items() if known[variable].covers(area))
            problems.append(say("not_reported", variable=variable, area=place, legal=legal))
    if problems:
        raise ScenarioError("--outcome", problems)
    return tuple(Outcome(*text.split(":")) for text in dict.fromkeys(texts)) or usual(region)


@dataclass(frozen=True)
class Twins:
    """Reads outcomes of a year of the twins of a base and of its variants, names of which differ."""

    scenarios: tuple[Scenario, ...]
    outcomes: tuple[Outcome, ...]
    year: int

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """Whose and what: the base's outcomes, then each variant's."""
        return tuple((scenario.name, outcome.name) for scenario in self.scenarios for outcome in self.outcomes)

    @property
    def stamp(self) -> Mapping[str, Any]:
        """The stamps of their runs, and what is read."""
        stamps = [twin.stamp(scenario.plan()) for scenario in self.scenarios]
        return {"twins": stamps, "figures": [list(figure) for figure in self.figures], "year": self.year}

    def read(self, settings: Mapping[str, float]) -> F64:
        """Return the readings (n_figures,); Wall where one of the runs does not stand."""
        found = [twin.lived(moved(scenario, settings).plan()) for scenario in self.scenarios]
        values = [readings.year(o.variable, o.area, self.year) for readings in found for o in self.outcomes]
        return np.array([np.nan if value is None else float(value[0]) for value in values])


def twins(scenarios: Sequence[Scenario], found: Sequence[Outcome], year: int) -> Twins:
    """Return what reads outcomes of `year` of a base and its variants, each to the end of it."""
    until: dict[str, Any] = {"horizon.end": f"{year}Q4"}
    return Twins(tuple(load_scenario(scenario, **until) for scenario in scenarios), tuple(found), year)


def told(scenarios: Sequence[str], read: F64) -> dict[tuple[str, str], F64]:
    """Return what is analysed of readings (n_points, n_figures): values (n_points, n_outcomes) by whose and kind.

    These are the base's levels, and the difference of each variant to it.
    """
    base, *variants = np.split(read, len(scenarios), axis=1)
    found = {(scenarios[0], LEVEL): base}
    return found | {(name, DIFFERENCE): one - base for name, one in zip(scenarios[1:], variants, strict=True)}


def unit(region: Region, outcome: Outcome, kind: str) -> str:
    """Return the unit of an outcome; a difference of percents is in percentage points."""
    found = indicators(region)[outcome.variable].unit
    return "percentage points" if kind == DIFFERENCE and found == "percent" else found
