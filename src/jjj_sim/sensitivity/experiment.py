"""The twin as a function, for the tools of others: uncertain numbers in, outcomes out.

SALib takes `problem` and `values`, the EMA Workbench the experiment itself, which is called with settings by name.
Names are those of a draw, with `_` for each dot, so that they are also names of arguments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from jjj_sim.calibrating.space import Space
from jjj_sim.calibrating.twin import Wall
from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.sensitivity.outcomes import Twins, told, twins
from jjj_sim.sensitivity.request import Request

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Experiment:
    """The twins of a base and of its variants as a function of the parameters of `space`."""

    space: Space
    twins: Twins

    @property
    def names(self) -> list[str]:
        """Names of the parameters, as arguments."""
        return [name.replace(".", "_") for name in self.space.dotted]

    @property
    def outcomes(self) -> list[str]:
        """Names of what it returns: the base's outcomes, then what each variant changes of them."""
        names = [scenario.name for scenario in self.twins.scenarios]
        return [f"{o.name}" for o in self.twins.outcomes] + [
            f"{o.name} {name} - {names[0]}" for name in names[1:] for o in self.twins.outcomes
        ]

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """Bounds of the parameters, each in its own unit."""
        return [(float(c.value(c.low)), float(c.value(c.high))) for c in self.space.coordinates]

    @property
    def problem(self) -> dict[str, object]:
        """What SALib asks for: number, names and bounds of the parameters; all between them is as likely."""
        return {"num_vars": len(self.names), "names": self.names, "bounds": [list(pair) for pair in self.bounds]}

    def sample(self, n: int, seed: int = 1) -> pd.DataFrame:
        """Return `n` points of the priors, spread evenly (Sobol'): one column a parameter, in its own unit."""
        points = self.space.values(self.space.prior_points(n, seed))
        return pd.DataFrame(points, columns=self.names)

    def values(self, points: ArrayLike) -> F64:
        """Return the outcomes (n_points, n_outcomes) at points (n_points, n_parameters); NaN where no run stands."""
        table = np.atleast_2d(np.asarray(points, dtype=float))
        if table.shape[1] != len(self.space):
            raise ScenarioError("experiment", [say("so_many_columns", found=table.shape[1], wanted=len(self.space))])
        read = np.stack([self._read(dict(zip(self.space.dotted, row, strict=True))) for row in table])
        return np.hstack(list(told([scenario.name for scenario in self.twins.scenarios], read).values()))

    def __call__(self, **settings: float) -> dict[str, float]:
        """Return the outcomes by name at settings by name; what is not set stands at its default."""
        by_name = dict(zip(self.names, self.space.dotted, strict=True))
        strange = [name for name in settings if name not in by_name]
        if strange:
            raise ScenarioError("experiment", [say("no_argument", name=name, legal=self.names) for name in strange])
        defaults = {c.dotted: c.default for c in self.space.coordinates}
        read = self._read(defaults | {by_name[name]: float(value) for name, value in settings.items()})
        found = told([scenario.name for scenario in self.twins.scenarios], read[None])
        return dict(zip(self.outcomes, map(float, np.hstack(list(found.values()))[0]), strict=True))

    def _read(self, settings: dict[str, float]) -> F64:
        try:
            return self.twins.read(settings)
        except Wall:
            return np.full(len(self.twins.figures), np.nan)


def experiment(
    base: str | Scenario = "baseline",
    *variants: str | Scenario,
    parameters: Sequence[str] = (),
    outcomes: Sequence[str] = (),
    year: int = 2030,
) -> Experiment:
    """Return the twin of `base`, and of `variants`, as a function of uncertain numbers.

    `parameters` are dotted names, every one of the core with a prior where none are given; `outcomes` are written
    variable:area, the usual ones where none are given, read in `year`. ScenarioError for a name that is none.
    """
    request = Request(outcomes=tuple(outcomes), parameters=tuple(parameters), year=year)
    scenarios = [load_scenario(one) for one in (base, *variants)]
    space, _ = request.space(scenarios)
    return Experiment(space, twins(scenarios, request.figures(scenarios[0].region), year))


def sample(n: int, parameters: Sequence[str] = (), seed: int = 1, base: str | Scenario = "baseline") -> pd.DataFrame:
    """Return `n` points of the priors of a scenario's uncertain numbers: one column a parameter, by its dotted name."""
    found = experiment(base, parameters=parameters)
    return found.sample(n, seed).set_axis(found.space.dotted, axis="columns")
