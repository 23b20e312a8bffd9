"""The region as a Mesa model: the clock, and the zones as Mesa agents over rows of arrays.

Residents and firms are columns swept by kernels; the zones are `mesa.Agent`s, so that `model.agents`,
agent reporters, `mesa.batch_run` and maps work as in any Mesa model. No science lives here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mesa
import numpy as np

from jjj_sim import balance, quarters
from jjj_sim.draws import member_seed
from jjj_sim.errors import ScenarioError
from jjj_sim.indicators import area_value, indicators
from jjj_sim.running import clock
from jjj_sim.scenario import Scenario, load_scenario

MODEL_REPORTERS = (
    "population",
    "gdp_nominal",
    "gdp_share_tertiary",
    "pm25",
    "high_speed_rail_length",
    "firms",
)
ZONE_REPORTERS = ("population", "gdp_nominal", "employment", "firms", "pm25", "service_index")

LAST_SEED = 2**63 - 1


class Zone(mesa.Agent):  # type: ignore[misc]
    """A zone: a view of row `index` of the world's arrays."""

    def __init__(self, model: RegionModel, index: int) -> None:
        super().__init__(model)
        self.index = index
        region = model.plan.region
        self.zone = region.ids[index]
        self.name_en, self.name_zh = region.name_en[index], region.name_zh[index]
        self.region = region.areas[int(region.area[index])]
        self.lon, self.lat = float(region.lon[index]), float(region.lat[index])

    def value(self, variable: str) -> float:
        """Return an indicator of this zone in the current quarter."""
        return area_value(self.model.world, variable, np.array([self.index]))


class RegionModel(mesa.Model):  # type: ignore[misc]
    """A region from 2013Q1, one quarter per step; `running` is False once the horizon is reached.

    `scenario` is a name, a path or a Scenario; `rng` an integer seed (None takes one from the system, as
    Mesa does); keyword arguments are dotted names, e.g. ``RegionModel(**{"relocation.hazard": 0.003})``.
    The region's records carry an indicator's name, the zones' ``zone_`` and that name.
    Raises ScenarioError when the scenario, a name or the seed is not valid.
    """

    def __init__(
        self,
        scenario: str | Scenario = "baseline",
        *,
        rng: Any = None,
        seed: Any = None,
        twin: bool = False,
        **kwargs: Any,
    ) -> None:
        start = _start(rng, seed)
        super().__init__(rng=start)
        number = start if isinstance(start, int) else int(self.rng.integers(2**62))
        self.settings = load_scenario(scenario, **kwargs)
        self.plan = self.settings.plan()
        self.world = clock.build(self.plan, member_seed(number, 0), twin=twin)
        self.residuals = balance.Residuals()
        self.quarter = ""
        self.running: bool = True
        for index in range(self.plan.region.n_zones):
            Zone(self, index)
        known = indicators(self.plan.region)
        self.datacollector = mesa.DataCollector(
            model_reporters={"quarter": "quarter"} | {v: _of_region(v) for v in MODEL_REPORTERS if v in known},
            agent_reporters={"zone": "zone"} | {f"zone_{v}": _of_zone(v) for v in ZONE_REPORTERS if v in known},
        )

    def step(self) -> None:
        """Live through one quarter and collect once, at its close; ValueError after the horizon."""
        if not self.running:
            raise ValueError(f"the horizon {quarters.label(self.plan.end)} is reached")
        self.quarter = quarters.label(self.world.t)
        clock.step(self.world, self.residuals)
        self._collect()
        self.world.t += 1
        self.running = self.world.t <= self.plan.end

    def _collect(self) -> None:
        """Record region and zones under one number.

        Mesa 3.3's `batch_run` looks for the zones under the place of the region's record in its list, counted from
        zero, while `collect` writes them under the number of steps, counted from one. Later versions count by time.
        """
        self.steps -= 1
        try:
            self.datacollector.collect(self)
        finally:
            self.steps += 1


def _start(rng: Any, seed: Any) -> Any:
    """Return the whole number a model starts from, or what NumPy makes a generator of; ScenarioError if neither."""
    if rng is not None and seed is not None:
        raise ScenarioError("RegionModel", ["rng and seed are both given; one is enough"])
    start = rng if seed is None else seed
    if isinstance(start, int | np.integer):
        legal = 0 <= int(start) <= LAST_SEED
        start = int(start)
    else:
        legal = start is None or isinstance(
            start, np.random.Generator | np.random.BitGenerator | np.random.SeedSequence
        )
    if not legal:
        raise ScenarioError("RegionModel", [f"{start!r} is not a seed; write a whole number in [0, {LAST_SEED}]"])
    return start


def _of_region(variable: str) -> Callable[[RegionModel], float]:
    """Return a model reporter: an indicator of the whole region."""
    return lambda model: float(area_value(model.world, variable, np.arange(model.plan.region.n_zones)))


def _of_zone(variable: str) -> Callable[[Zone], float]:
    """Return an agent reporter: the same of one zone."""
    return lambda zone: float(zone.value(variable))
