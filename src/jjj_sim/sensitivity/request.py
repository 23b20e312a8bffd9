"""What is asked of a sensitivity analysis: everything that decides its numbers beside scenarios, region and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jjj_sim.calibrating.space import Coordinate, Space, others, space
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.messages import noun, say
from jjj_sim.region import Region
from jjj_sim.satellites import SATELLITES
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.posterior import drawn_of
from jjj_sim.sensitivity import morris
from jjj_sim.sensitivity.outcomes import Outcome, outcomes

MORRIS, SOBOL, BOTH = "morris", "sobol", "both"
METHODS = (MORRIS, SOBOL, BOTH)
FIRST_YEAR, LAST_YEAR = 2014, 2050


@dataclass(frozen=True)
class Request:
    """`outcomes` as variable:area, the usual ones where none are named; `parameters` dotted, all with a prior likewise.

    Morris takes `trajectories`; Sobol' `samples`, a power of two, on the `top` parameters that Morris found, or on
    those named where it is alone.
    """

    method: str = BOTH
    outcomes: tuple[str, ...] = ()
    year: int = 2030
    parameters: tuple[str, ...] = ()
    top: int = 10
    trajectories: int = 10
    samples: int = 64
    seed: int = 1

    @property
    def screens(self) -> bool:
        """Whether Morris is asked."""
        return self.method in (MORRIS, BOTH)

    @property
    def splits(self) -> bool:
        """Whether Sobol' is asked."""
        return self.method in (SOBOL, BOTH)

    def check(self) -> None:
        """Raise ScenarioError where an option is not legal."""
        problems: list[str] = []
        if self.method not in METHODS:
            guess = nearest(self.method, METHODS)
            problems.append(say("no_choice", found=repr(self.method), legal=METHODS, guess=guess))
        if self.method == SOBOL and not self.parameters:
            problems.append(say("sobol_alone"))
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            near = min(max(self.year, FIRST_YEAR), LAST_YEAR)
            problems.append(say("no_such_year", year=self.year, first=FIRST_YEAR, last=LAST_YEAR, near=near))
        if self.samples < 2 or self.samples & (self.samples - 1):
            near = max(2, 1 << (self.samples - 1).bit_length()) if self.samples > 0 else 2
            problems.append(say("no_power", samples=self.samples, near=near))
        for option, given, least in (
            ("--top", self.top, 1),
            ("--trajectories", self.trajectories, morris.LEAST),
            ("--seed", self.seed, 0),
        ):
            if given < least:
                problems.append(say("too_few", option=option, given=given, least=least))
        if problems:
            raise ScenarioError("sensitivity", problems)

    def figures(self, region: Region) -> tuple[Outcome, ...]:
        """Return the outcomes; ScenarioError names those that are none."""
        return outcomes(region, self.outcomes)

    def space(self, scenarios: Sequence[Scenario]) -> tuple[Space, tuple[str, ...]]:
        """Return what is moved, and the dotted names that are not since a scenario sets them itself.

        Parameters of satellites, which move nothing of the core, are moved where they are asked for. ScenarioError
        names parameters that are asked for and are none, have no prior, or are set by a scenario.
        """
        region = scenarios[0].region
        estimated = space(region)
        every = Space((*estimated.coordinates, *others(region, estimated).coordinates))
        asked = chosen(every, self.parameters) if self.parameters else _of_the_core(every)
        free = set.intersection(*(set(drawn_of(s, dict.fromkeys(asked.dotted, 0.0))) for s in scenarios))
        held = tuple(name for name in asked.dotted if name not in free)
        if held and self.parameters:
            raise ScenarioError("--parameters", [say("is_set", name=name) for name in held])
        return Space(tuple(c for c in asked.coordinates if c.dotted in free)), held

    def runs(self, n: int) -> int:
        """Return how many points are asked where `n` parameters are moved."""
        screened = self.trajectories * (n + 1) if self.screens else 0
        split = min(self.top, n) if self.screens else n
        return 1 + screened + (self.samples * (split + 2) if self.splits else 0)


def _of_the_core(every: Space) -> Space:
    """Return the space without the parameters of satellites."""
    apart = {kind.name for kind in SATELLITES}
    return Space(tuple(c for c in every.coordinates if c.name.partition(".")[0] not in apart))


def chosen(every: Space, names: Sequence[str]) -> Space:
    """Return the coordinates that names stand for, one by place for all its places, in the order of the space."""
    short = {c.name.rpartition(".")[0] if c.param.by else c.name for c in every.coordinates}
    legal = sorted({*short, *every.names, *every.dotted})
    problems = []
    for name in names:
        if not any(_is(c, name) for c in every.coordinates):
            hint = nearest(name, legal) or say("no_prior")
            problems.append(say("no_such", where=name, noun=noun("parameter"), hint=hint))
    if problems:
        raise ScenarioError("--parameters", problems)
    return Space(tuple(c for c in every.coordinates if any(_is(c, name) for name in names)))


def _is(coordinate: Coordinate, name: str) -> bool:
    """Return whether a name, with its section or without, means a coordinate or a group that it is in."""
    return any(f"{full}.".startswith(f"{name}.") for full in (coordinate.name, coordinate.dotted))
