"""How a run is read for each indicator of a region's goals (`region.goals`), by its formula.

value          the variable of the area            sum            over several areas
mean3          mean of three years, the first alone in 2013: takes out the luck of the weather
worst          the largest over the zones          ratio          of the first area to the second
change         now less `since`                    growth_since   now over `since`
narrowing      one less now over `since`
growth         mean over the five years before, percent a year
growth_above   the same of the first area's variable, less that of `over` in the second area
intensity      the variable over `over`, relative to `since`
real_per_head  the variable of `since`, grown with GDP at constant prices and shrunk with people
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError, nearest
from jjj_sim.indicators import areas, indicators
from jjj_sim.judging.readings import Readings
from jjj_sim.messages import say
from jjj_sim.region import Region
from jjj_sim.region.goals import FILE, GoalIndicator, Goals, declared

F64 = NDArray[np.float64]


@functools.cache
def goals_of(region: Region) -> Goals:
    """Return the goals of a region, none where it has no goals.toml; DataError lists all that is wrong with it."""
    found = declared(region)
    problems = [problem for i in found.indicators for problem in _problems(i, found, region)]
    if problems:
        raise DataError(f"{region.folder / FILE} has {len(problems)} problems:\n  * " + "\n  * ".join(problems))
    return found


def in_force(readings: Readings) -> Goals:
    """Return the goals of a result's region with the thresholds that its scenario sets.

    DataError where it sets one of an indicator that the region has no more.
    """
    found, settings = goals_of(readings.region), tomllib.loads(readings.result.scenario).get("goals", {})
    for name in settings.keys() - found.by_id().keys():
        guess = nearest(name, found.by_id())
        raise DataError(f"scenario.toml of {readings.result.name} sets goals.{name}, which is no indicator.{guess}")
    return found.changed(settings, say("set_by_scenario"))


def measure(i: GoalIndicator, readings: Readings, year: int) -> F64 | None:
    """Return the values of a year by member, None where the model or the run has none."""
    return None if i.formula is None else FORMULAS[i.formula](i, readings, year)


def recorded(i: GoalIndicator, readings: Readings) -> bool:
    """Return whether a result has the variables of an indicator in any year; one of an older version may not."""
    places = readings.region.ids if i.formula == "worst" else i.read_at
    variables = [v for v in (i.variable, i.over) if v]
    return all(any(readings.table(v, place) is not None for place in places) for v in variables)


def _problems(i: GoalIndicator, found: Goals, region: Region) -> list[str]:
    """Return the names of an indicator that nothing has."""
    names = {"goal": [i.goal], "area": [i.area, *i.areas]}
    legal = {"goal": list(found.goals), "area": [a.name for a in areas(region)]}
    if i.formula is not None:
        names |= {"formula": [i.formula], "variable": [v for v in (i.variable, i.over) if v]}
        legal |= {"formula": list(FORMULAS), "variable": list(indicators(region))}
    return [
        f"{i.id}: there is no {kind} {name!r}.{nearest(name, legal[kind])}"
        for kind, given in names.items()
        for name in given
        if name not in legal[kind]
    ]


Formula = Callable[[GoalIndicator, Readings, int], F64 | None]


def _value(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    return r.year(i.variable, i.read_at[0], year)


def _sum(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    found = _all([r.year(i.variable, area, year) for area in i.read_at])
    return np.asarray(sum(found)) if found else None


def _mean3(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    parts = [r.year(i.variable, i.read_at[0], y) for y in (year - 2, year - 1, year)]
    found = [p for p in parts if p is not None]
    return np.mean(found, axis=0) if found and parts[-1] is not None else None


def _worst(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    found = [v for v in (r.year(i.variable, zone, year) for zone in r.region.ids) if v is not None]
    return np.asarray(np.max(found, axis=0)) if found else None


def _ratio(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    found = _all([r.year(i.variable, area, year) for area in i.read_at])
    return found[0] / found[1] if found else None


def _change(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    found = _all([r.year(i.variable, i.read_at[0], y) for y in (year, i.since)])
    return found[0] - found[1] if found else None


def _growth_since(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    return _times(i.variable, i, r, year)


def _times(variable: str, i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    """Return how many times what it was a variable is."""
    found = _all([r.year(variable, i.read_at[0], y) for y in (year, i.since)])
    return found[0] / found[1] if found else None


def _narrowing(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    times = _times(i.variable, i, r, year)
    return None if times is None else 1.0 - times


def _growth(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    return _five_years(i.variable, i.read_at[0], r, year)


def _five_years(variable: str, area: str, r: Readings, year: int) -> F64 | None:
    """Return the mean growth of a variable over the five years before, percent a year."""
    found = _all([r.year(variable, area, y) for y in (year, year - 5)])
    return 100.0 * ((found[0] / found[1]) ** 0.2 - 1.0) if found else None


def _growth_above(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    pairs = zip((i.variable, i.over), i.read_at, strict=True)
    found = _all([_five_years(variable, area, r, year) for variable, area in pairs])
    return found[0] - found[1] if found else None


def _intensity(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    area = i.read_at[0]
    found = _all([r.year(v, area, y) for y in (year, i.since) for v in (i.variable, i.over)])
    return (found[0] / found[1]) / (found[2] / found[3]) if found else None


def _real_per_head(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    base = r.year(i.variable, i.read_at[0], i.since)
    found = _all([base, _times("gdp_real", i, r, year), _times("population", i, r, year)])
    return found[0] * found[1] / found[2] if found else None


def _all(parts: list[F64 | None]) -> list[F64]:
    """Return the parts where none is missing, otherwise none of them."""
    found = [part for part in parts if part is not None]
    return found if len(found) == len(parts) else []


FORMULAS: Mapping[str, Formula] = {
    "value": _value,
    "sum": _sum,
    "mean3": _mean3,
    "worst": _worst,
    "ratio": _ratio,
    "change": _change,
    "growth_since": _growth_since,
    "narrowing": _narrowing,
    "growth": _growth,
    "growth_above": _growth_above,
    "intensity": _intensity,
    "real_per_head": _real_per_head,
}
