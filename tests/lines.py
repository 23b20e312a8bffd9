"""Stand-ins for a twin where a calibration needs a model: one that is linear in scores, and one that echoes."""

from dataclasses import dataclass, field

import numpy as np

from jjj_sim.calibrating.twin import Wall

NAMES = ("labour.wage_speed", "labour.common_bias", "emissions.abatement_early")


@dataclass(frozen=True)
class Line:
    """Reads `base` + sum over parameters of slope x score; no run stands where the first is above `wall`.

    The user interrupts it when it has been asked `stop` times.
    """

    figures: tuple
    base: tuple
    slopes: tuple
    space: object
    wall: float = np.inf
    stop: int = 0
    asked: list = field(default_factory=list, compare=False)

    @property
    def stamp(self):
        """Whatever tells it apart."""
        return {"line": str((self.base, self.slopes))}

    def read(self, settings):
        """Readings at settings; Wall above the wall."""
        self.asked.append(dict(settings))
        if len(self.asked) == self.stop:
            raise KeyboardInterrupt
        u = np.array([c.score(settings[f"parameters.{c.name}"]) for c in self.space.coordinates])
        if u[0] > self.wall:
            raise Wall("OpeningError: too far")
        return np.array(self.base) + np.array(self.slopes) @ u


def straight(found, here, stop=0):
    """A line that misses every figure of `found` by about a hundredth, with slopes of about as much."""
    luck = np.random.default_rng(1)
    value = np.array([t.value for t in found])
    base = value * (1 + 0.01 * luck.normal(size=len(value)))
    slopes = 0.01 * np.abs(value)[:, None] * luck.normal(size=(len(value), len(here)))
    return Line(tuple(found), tuple(base), tuple(map(tuple, slopes)), here, stop=stop)


class Echo:
    """Reads the sum of what is set over each figure's value."""

    def __init__(self, figures):
        self.figures, self.stamp = figures, {}

    def read(self, settings):
        """Readings at settings."""
        return np.array([sum(settings.values()) / t.value for t in self.figures])


@dataclass(frozen=True)
class Surface:
    """Reads `law` of chances, a pair of scenarios' outcomes at a time, in the place of twins.

    `law` takes the chances of the coordinates in order and returns one number a figure; a wall stands where the first
    is above `wall`. The user interrupts it when it has been asked `stop` times.
    """

    scenarios: tuple
    outcomes: tuple
    space: object
    law: object
    wall: float = np.inf
    stop: int = 0
    asked: list = field(default_factory=list, compare=False)

    @property
    def figures(self):
        """Whose and what."""
        return tuple((s.name, o.name) for s in self.scenarios for o in self.outcomes)

    @property
    def stamp(self):
        """Whatever tells it apart."""
        return {"surface": [s.name for s in self.scenarios]}

    def read(self, settings):
        """Readings at settings, the middle where nothing is set; Wall above the wall."""
        self.asked.append(dict(settings))
        if len(self.asked) == self.stop:
            raise KeyboardInterrupt
        chances = np.array([_chance(c, settings.get(c.dotted)) for c in self.space.coordinates])
        if chances[0] > self.wall:
            raise Wall("OpeningError: too far")
        return np.asarray(self.law(chances), dtype=float)


def _chance(coordinate, value):
    """The chance below a value in the prior cut at its bounds; the middle where there is none."""
    if value is None:
        return 0.5
    p = coordinate.param
    low, high = p.prior.chance(p.lo), p.prior.chance(p.hi)
    return (p.prior.chance(value) - low) / (high - low)
