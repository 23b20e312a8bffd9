"""The space of the estimated parameters: each in units of its own prior.

    x = F^-1( F(lo) + Phi(u) (F(hi) - F(lo)) ),      u ~ N(0, 1) before anything is seen

`F` is the prior's distribution, `lo` and `hi` the bounds. With scores `u` the penalty of a prior of any form is u^2,
and no parameter can leave its bounds; searches and draws keep to |u| <= REACH. A parameter that is not here stands at
its default in the fit, and is drawn from its prior where draws are made; nothing is claimed of it. None of migration
is here: the account's net flows are input, and figures would speak of it only through what is missed elsewhere. Those
of HELD stay at their defaults: trends without a mechanism, which would take up whatever the model misses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.param import Param
from jjj_sim.region import Region
from jjj_sim.scenario.schema import parameters

F64 = NDArray[np.float64]

REACH = 3.0
# What published figures can speak of; one that differs by place stands for all its places.
ESTIMATED = (
    "production.offset_secondary",
    "labour.wage_speed",
    "labour.outside_option",
    "labour.common_bias",
    "innovation.research_gain",
    "innovation.opening_flow",
    "innovation.trend",
    "innovation.reported",
    "branching.rate",
    "emissions.abatement_early",
    "emissions.abatement_late",
    "emissions.plan",
    "new_area.pull",
)
HELD = ("production.offset",)


@dataclass(frozen=True)
class Coordinate:
    """One estimated number: its dotted name with its place, how it is declared, and its default."""

    name: str
    param: Param
    default: float

    def value(self, score: float) -> float:
        """Return the number at a score."""
        return self.param.draw(float(ndtr(score)))

    def score(self, value: float) -> float:
        """Return the score of a number, cut at REACH."""
        prior = self.param.prior
        assert prior is not None
        below, above = prior.chance(self.param.lo), prior.chance(self.param.hi)
        chance = (prior.chance(value) - below) / (above - below)
        return float(np.clip(ndtri(chance), -REACH, REACH))


@dataclass(frozen=True)
class Space:
    """The coordinates, in order; a point is a vector of scores (n,)."""

    coordinates: tuple[Coordinate, ...]

    def __len__(self) -> int:
        return len(self.coordinates)

    @property
    def names(self) -> list[str]:
        """Dotted names."""
        return [c.name for c in self.coordinates]

    @property
    def default(self) -> F64:
        """Scores of the defaults (n,)."""
        return np.array([c.score(c.default) for c in self.coordinates])

    def settings(self, scores: F64) -> dict[str, float]:
        """Return the numbers at a point by dotted name, as a scenario takes them."""
        pairs = zip(self.coordinates, scores, strict=True)
        return {f"parameters.{c.name}": c.value(float(u)) for c, u in pairs}

    def values(self, scores: F64) -> F64:
        """Return the numbers at points (..., n)."""
        flat = scores.reshape(-1, len(self))
        found = [[c.value(float(u)) for c, u in zip(self.coordinates, row, strict=True)] for row in flat]
        return np.array(found).reshape(scores.shape)


def space(region: Region, names: Sequence[str] = ESTIMATED) -> Space:
    """Return the space of the parameters `names`, dotted, those by place once for every place that has one.

    ScenarioError names each that there is not, or that has no prior to be fitted under.
    """
    known = _open(region)
    problems, found = [], []
    for name in names:
        mine = [c for c in known.values() if c.name == name or c.name.startswith(f"{name}.")]
        if not mine:
            legal = {key for c in known.values() for key in (c.name, ".".join(c.name.split(".")[:2]))}
            problems.append(f"{name}: no parameter with a prior.{nearest(name, sorted(legal))}")
        found += mine
    if len({c.name for c in found}) < len(found):
        problems.append("a parameter is named twice")
    if problems:
        raise ScenarioError("--parameters", problems)
    return Space(tuple(found))


def others(region: Region, estimated: Space) -> Space:
    """Return the space of every other parameter that has a prior and is not held."""
    mine = set(estimated.names)
    found = (c for name, c in _open(region).items() if name not in mine)
    return Space(tuple(c for c in found if c.name.rpartition(".")[0] not in HELD and c.name not in HELD))


def _open(region: Region) -> Mapping[str, Coordinate]:
    """Return every parameter that has a prior, those by place once for every place that has one."""
    found: dict[str, Coordinate] = {}
    for process, declared in parameters().items():
        for key, param in declared.items():
            if param.fixed:
                continue
            name = f"{process}.{key}"
            places = region.keyed.get(name, {}) if param.by else {"": param.default}
            for place, default in places.items():
                dotted = f"{name}.{place}".rstrip(".")
                found[dotted] = Coordinate(dotted, param, float(default))
    return found
