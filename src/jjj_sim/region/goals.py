"""The goals of a region: what they are called and what they are judged by, from its goals.toml.

    <=     at most `threshold`; where it has a `lower`, less than that is overshot, and not met either
    >=     at least `threshold`; where it has an `upper`, more than that likewise
    band   from `threshold` to `upper`

A threshold is official where a plan, a standard or an agreement that holds in 2030 gives the number, derived where it
is worked out from such numbers, an assumption where it is ours, and set where a scenario or a user gives it.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from jjj_sim.errors import DataError
from jjj_sim.messages import Sentence, say
from jjj_sim.region.region import Region

F64 = NDArray[np.float64]
FILE = "goals.toml"
_ID = re.compile(r"[a-z][a-z0-9_]*")
# Keys by which a scenario sets the bounds of an indicator, by its sense.
SETTABLE: Mapping[str, tuple[str, ...]] = {
    "<=": ("threshold", "lower"),
    ">=": ("threshold", "upper"),
    "band": ("threshold", "upper"),
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Goal(_Part):
    """What a goal is called."""

    en: str
    zh: str


class GoalIndicator(_Part):
    """One indicator of a goal.

    `threshold`, `lower` and `upper` are in `unit`; `guard` is the basis of the bound that tells overshooting.
    `formula` says how a run is read (`judging.goal_indicators`), `why_not` why the model has none; `latest` is
    published.
    """

    id: str
    goal: str
    en: str
    zh: str
    area: str
    sense: Literal["<=", ">=", "band"]
    threshold: float
    unit: str
    basis: str
    mandatory: bool
    kind: Literal["official", "derived", "assumption", "set"] = "assumption"
    basis_zh: str = ""
    lower: float | None = None
    upper: float | None = None
    guard: str = ""
    guard_zh: str = ""
    latest: float | None = None
    latest_year: int | None = None
    formula: str | None = None
    variable: str = ""
    areas: tuple[str, ...] = ()
    since: int = 0
    over: str = ""
    why_not: str = ""
    why_not_zh: str = ""

    @property
    def read_at(self) -> tuple[str, ...]:
        """The areas that the formula reads."""
        return self.areas or (self.area,)

    @property
    def bounds(self) -> tuple[float, float]:
        """Least and largest value that meet the goal, infinite where there is no bound."""
        if self.sense == "<=":
            return -np.inf if self.lower is None else self.lower, self.threshold
        return self.threshold, np.inf if self.upper is None else self.upper

    def distance(self, values: F64) -> F64:
        """Return how far inside the nearer bound `values` are, in `unit`; negative outside."""
        low, high = self.bounds
        return np.asarray(np.minimum(values - low, high - values))

    def meets(self, values: F64) -> NDArray[np.bool_]:
        """Return which of `values` lie between the bounds, both included."""
        return self.distance(values) >= 0.0

    def numbers(self) -> dict[str, float | None]:
        """Return the bounds by the keys that set them."""
        return {key: getattr(self, key) for key in SETTABLE[self.sense]}

    def changed(self, setting: Mapping[str, Any], by: Sentence) -> GoalIndicator:
        """Return the indicator with other bounds; what is set has the setting's basis, else `by` whom it is set."""
        numbers = {key: setting[key] for key in SETTABLE[self.sense] if key in setting}
        basis = (setting.get("basis", str(by)), setting.get("basis", by.zh))
        update: dict[str, Any] = dict(numbers)
        if "threshold" in numbers or self.sense == "band":
            update |= {"kind": "set", "basis": basis[0], "basis_zh": basis[1]}
        if self.sense != "band" and numbers.keys() - {"threshold"}:
            update |= {"guard": basis[0], "guard_zh": basis[1]}
        return self.model_copy(update=update)

    def order_problem(self) -> str | None:
        """Return that the bounds stand the wrong way round, None where they do not."""
        low, high = self.bounds
        return None if low < high else say("bounds_crossed", where=f"goals.{self.id}", low=low, high=high)


class Goals(_Part):
    """The goals of a region by key, and the indicators of all of them."""

    goals: dict[str, Goal] = {}
    indicators: tuple[GoalIndicator, ...] = ()

    def by_id(self) -> dict[str, GoalIndicator]:
        """Return the indicators by their ids."""
        return {i.id: i for i in self.indicators}

    def of(self, goal: str) -> tuple[GoalIndicator, ...]:
        """Return the indicators of a goal."""
        return tuple(i for i in self.indicators if i.goal == goal)

    def changed(self, settings: Mapping[str, Mapping[str, Any]], by: Sentence) -> Goals:
        """Return the goals with the bounds of `settings`, by id and key, in force."""
        found = [i.changed(settings[i.id], by) if settings.get(i.id) else i for i in self.indicators]
        return self.model_copy(update={"indicators": tuple(found)})


@functools.cache
def declared(region: Region) -> Goals:
    """Return the goals of a region, none where it has no goals.toml; DataError lists all that is wrong with it."""
    path = region.folder / FILE
    if not path.is_file():
        return Goals()
    try:
        found = Goals.model_validate(_named(tomllib.loads(path.read_text("utf-8-sig"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read: {error}") from None
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    else:
        problems = list(_problems(found))
    if problems:
        raise DataError(f"{path} has {len(problems)} problems:\n  * " + "\n  * ".join(problems))
    return found


def _named(tables: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of a file, indicators without an id called by their English name."""
    for row in tables.get("indicators", []):
        row.setdefault("id", "_".join(re.findall(r"[a-z0-9]+", str(row.get("en", "")).lower())))
    return tables


def _problems(found: Goals) -> Iterator[str]:
    """Yield what is wrong with ids and bounds."""
    ids = [i.id for i in found.indicators]
    for i in found.indicators:
        if not _ID.fullmatch(i.id) or ids.count(i.id) > 1:
            yield f"{i.id!r} is no id: each has its own, in lower-case letters, digits and _"
        strange = [key for key in ("lower", "upper") if getattr(i, key) is not None and key not in SETTABLE[i.sense]]
        if strange or (i.sense == "band" and i.upper is None):
            yield f"{i.id}: {i.sense} has {' and '.join(SETTABLE[i.sense])}, not {', '.join(strange) or 'one alone'}"
        elif problem := i.order_problem():
            yield problem
