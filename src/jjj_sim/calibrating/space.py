"""The space of the estimated parameters: each in units of the spread of its own prior.

    u = (g(x) - g(median)) / s,     s = half the distance of g between the prior's 16 and 84 %

`g` is the logarithm for a prior that is one of logarithms, else the number itself. A number and its score so differ by
a straight line, and what is nearly linear in parameters is so in scores. The fit's penalty of a prior is u^2, which is
exact for a normal; the weights of draws have the prior itself, of any form. Nothing leaves the bounds.

A parameter that is not here stands at its default in the fit, and is drawn from its prior where draws are made;
nothing is claimed of it; neither is of the outside world, whose paths are shifted whole. None of migration is here:
the account's net flows are input, and figures would speak of it only through what is missed elsewhere. Those of HELD
stay at their defaults: trends without a mechanism, which would take up whatever the model misses.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from scipy.stats import qmc

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.param import Param
from jjj_sim.prior import LogNormal, LogUniform
from jjj_sim.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.schema import parameters

F64 = NDArray[np.float64]

_SIXTEEN = float(ndtr(-1.0))
_NEAR = 1e-3
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
    "innovation.catch_up",
    "branching.rate",
    "emissions.abatement_early",
    "emissions.abatement_late",
    "emissions.plan",
    "new_area.pull",
)
HELD = ("production.offset",)


@dataclass(frozen=True)
class Coordinate:
    """One uncertain number: its name with its place, how it is declared, its default, and what of a scenario it is.

    That is one of its parameters, or the shift of one of its assumptions.
    """

    name: str
    param: Param
    default: float
    section: str = "parameters"

    @property
    def dotted(self) -> str:
        """Its name in a draw."""
        return f"{self.section}.{self.name}"

    @property
    def logarithmic(self) -> bool:
        """Whether the score is a straight line of the logarithm."""
        return isinstance(self.param.prior, LogNormal | LogUniform)

    def value(self, score: float) -> float:
        """Return the number at a score, cut at its bounds."""
        middle, spread = self._line
        x = middle + spread * score
        return float(min(max(math.exp(x) if self.logarithmic else x, self.param.lo), self.param.hi))

    def score(self, value: float) -> float:
        """Return the score of a number."""
        middle, spread = self._line
        return ((math.log(value) if self.logarithmic else value) - middle) / spread

    def quantile(self, chance: float) -> float:
        """Return the score below which the prior, cut at its bounds, has `chance`."""
        return self.score(self.param.draw(chance))

    @property
    def low(self) -> float:
        """Score of the lower bound, of the prior's least thousandth where that is nearer or the bound has none."""
        return self.quantile(_NEAR) if self.logarithmic and self.param.lo <= 0.0 else self.score(self.param.lo)

    @property
    def high(self) -> float:
        """Score of the upper bound."""
        return self.score(self.param.hi)

    @functools.cached_property
    def prior_sd(self) -> float:
        """The prior's sd, in scores."""
        return float(np.std([self.quantile((i + 0.5) / 400) for i in range(400)]))

    def penalty(self, score: float) -> float:
        """Return -2 log of the prior's density at a score, up to a constant; infinite outside the bounds."""
        prior = self.param.prior
        assert prior is not None
        if not self.low - 1e-9 <= score <= self.high + 1e-9:
            return math.inf
        middle, spread = self._line
        lower, upper = (middle + spread * (score + side * _NEAR) for side in (-1.0, 1.0))
        if self.logarithmic:
            lower, upper = math.exp(lower), math.exp(upper)
        density = (prior.chance(upper) - prior.chance(lower)) / (2.0 * _NEAR)
        return -2.0 * math.log(density) if density > 0.0 else math.inf

    @functools.cached_property
    def _line(self) -> tuple[float, float]:
        """The middle and the spread of the score's line."""
        low, middle, high = (self.param.draw(p) for p in (_SIXTEEN, 0.5, 1.0 - _SIXTEEN))
        if self.logarithmic:
            low, middle, high = math.log(low), math.log(middle), math.log(high)
        return middle, (high - low) / 2.0


@dataclass(frozen=True)
class Space:
    """The coordinates, in order; a point is a vector of scores (n,)."""

    coordinates: tuple[Coordinate, ...]

    def __len__(self) -> int:
        return len(self.coordinates)

    @property
    def names(self) -> list[str]:
        """Names without their section."""
        return [c.name for c in self.coordinates]

    @property
    def dotted(self) -> list[str]:
        """Names in a draw."""
        return [c.dotted for c in self.coordinates]

    @property
    def default(self) -> F64:
        """Scores of the defaults (n,)."""
        return np.array([c.score(c.default) for c in self.coordinates])

    @functools.cached_property
    def bounds(self) -> tuple[F64, F64]:
        """Scores of the lower and upper bounds, each (n,)."""
        return np.array([c.low for c in self.coordinates]), np.array([c.high for c in self.coordinates])

    @property
    def prior_sd(self) -> F64:
        """Sds of the priors in scores (n,)."""
        return np.array([c.prior_sd for c in self.coordinates])

    def inside(self, scores: F64) -> NDArray[np.bool_]:
        """Return whether points (n_points, n) lie within the bounds."""
        low, high = self.bounds
        return np.asarray(((scores >= low) & (scores <= high)).all(axis=-1))

    def penalty(self, scores: F64) -> F64:
        """Return -2 log of the prior's density at points (n_points, n), up to a constant."""
        return np.array(
            [sum(c.penalty(float(u)) for c, u in zip(self.coordinates, row, strict=True)) for row in scores]
        )

    def prior_points(self, n: int, seed: int) -> F64:
        """Return `n` Sobol points of the prior (n, n_parameters), the same for the same seed."""
        if not len(self):
            return np.zeros((n, 0))
        chances = qmc.Sobol(len(self), rng=np.random.default_rng(seed)).random_base2((n - 1).bit_length())[:n]
        return np.array([[c.quantile(float(p)) for c, p in zip(self.coordinates, row, strict=True)] for row in chances])

    def settings(self, scores: F64) -> dict[str, float]:
        """Return the numbers at a point by dotted name, as a draw has them."""
        pairs = zip(self.coordinates, scores, strict=True)
        return {c.dotted: c.value(float(u)) for c, u in pairs}

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
    """Return the space of every other parameter that has a prior and is not held, and of the outside world."""
    mine = set(estimated.names)
    found = (c for name, c in _open(region).items() if name not in mine)
    free = (c for c in found if c.name.rpartition(".")[0] not in HELD and c.name not in HELD)
    return Space((*free, *outside().coordinates))


def outside() -> Space:
    """Return the space of the outside world: a shift of every assumed path."""
    return Space(tuple(Coordinate(name, a.shift, 0.0, "assumptions") for name, a in ASSUMPTIONS.items()))


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
