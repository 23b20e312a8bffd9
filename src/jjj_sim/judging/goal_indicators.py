"""The indicators of a region's goals: thresholds and their basis from its goals.toml, and how a run is read for each.

value          the variable of the area            sum            over several areas
mean3          mean of three years, the first alone in 2013: takes out the luck of the weather
worst          the largest over the zones          ratio          of the first area to the second
change         now less `since`                    growth_since   now over `since`
growth         mean over the five years before, percent a year
intensity      the variable over `over`, relative to `since`
real_per_head  the variable of `since`, grown with GDP at constant prices and shrunk with people
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from jjj_sim.errors import DataError, nearest
from jjj_sim.indicators import areas, indicators
from jjj_sim.judging.readings import Readings
from jjj_sim.region import Region

F64 = NDArray[np.float64]
FILE = "goals.toml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Goal(_Part):
    """What a goal is called."""

    en: str
    zh: str


class GoalIndicator(_Part):
    """One indicator of a goal; `formula` reads it, None where the model has none. `latest` is published."""

    goal: str
    en: str
    zh: str
    area: str
    sense: Literal["<=", ">=", "band"]
    threshold: float
    unit: str
    basis: str
    mandatory: bool
    upper: float | None = None
    latest: float | None = None
    latest_year: int | None = None
    formula: str | None = None
    variable: str = ""
    areas: tuple[str, ...] = ()
    since: int = 0
    over: str = ""

    @property
    def read_at(self) -> tuple[str, ...]:
        """The areas that the formula reads."""
        return self.areas or (self.area,)

    def meets(self, values: F64) -> NDArray[np.bool_]:
        """Return which of `values` are on the right side of the threshold."""
        if self.sense == "<=":
            return values <= self.threshold
        if self.upper is not None:
            return (values >= self.threshold) & (values <= self.upper)
        return values >= self.threshold

    def measure(self, readings: Readings, year: int) -> F64 | None:
        """Return the values of a year by member, None where the model or the run has none."""
        return None if self.formula is None else FORMULAS[self.formula](self, readings, year)


class Goals(_Part):
    """The goals of a region by key, and the indicators of all of them."""

    goals: dict[str, Goal] = {}
    indicators: tuple[GoalIndicator, ...] = ()


@functools.cache
def goals_of(region: Region) -> Goals:
    """Return the goals of a region, none where it has no goals.toml; DataError lists all that is wrong with it."""
    path = region.folder / FILE
    if not path.is_file():
        return Goals()
    try:
        found = Goals.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read: {error}") from None
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    else:
        problems = [problem for i in found.indicators for problem in _problems(i, found, region)]
    if problems:
        raise DataError(f"{path} has {len(problems)} problems:\n  * " + "\n  * ".join(problems))
    return found


def _problems(i: GoalIndicator, found: Goals, region: Region) -> list[str]:
    """Return the names of an indicator that nothing has."""
    names = {"goal": [i.goal], "area": [i.area, *i.areas]}
    legal = {"goal": list(found.goals), "area": [a.name for a in areas(region)]}
    if i.formula is not None:
        names |= {"formula": [i.formula], "variable": [v for v in (i.variable, i.over) if v]}
        legal |= {"formula": list(FORMULAS), "variable": list(indicators(region))}
    return [
        f"{i.en}: there is no {kind} {name!r}.{nearest(name, legal[kind])}"
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


def _growth(i: GoalIndicator, r: Readings, year: int) -> F64 | None:
    found = _all([r.year(i.variable, i.read_at[0], y) for y in (year, year - 5)])
    return 100.0 * ((found[0] / found[1]) ** 0.2 - 1.0) if found else None


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
    "growth": _growth,
    "intensity": _intensity,
    "real_per_head": _real_per_head,
}
