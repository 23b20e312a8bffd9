"""Migration's elasticity: how many more live where it pays better, in the long run."""

from __future__ import annotations

from typing import Any

import numpy as np

from fact import Experiment, Fact, Trial
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES
from jjj_sim.state.world import World
from lab import Array, Draw, Series, zone
from picture import lines

_ZONES = ("shijiazhuang", "tj_urban")
_END = "2032Q4"
_RAISE = 1.05
_YEARS = np.arange(1, 21)
# What residents look at: tables by zone, and by zone and education.
_SEEN = (("zone",), ("zone", "education"))


def trial(draw: Draw) -> Trial:
    """Raise the wage of one zone at a time by 5 %, all else that people see held; return elasticities by year."""
    horizon: dict[str, Any] = {"horizon.end": _END}
    base = draw.run(_END, **horizon)
    paths = []
    for name in _ZONES:
        z = zone(name)

        def hold(world: World, z: int = z) -> None:
            fields = world.tables.fields()
            for key, field in fields.items():
                if field.dims in _SEEN and f"tables.{key}" in base:
                    world.tables.arrays()[key][...] = base.at(f"tables.{key}", world.t)
            world.tables.wage[z] *= _RAISE

        paid = draw.run(_END, hook=hold, **horizon)
        change = [_odds(paid, 4 * y, z) - _odds(base, 4 * y, z) for y in _YEARS.tolist()]
        paths.append(np.array(change) / np.log(_RAISE))
    path = np.mean(paths, axis=0)
    return {"path": path, "long run": path[-1], "ten years": path[9]}


def _odds(series: Series, t: int, z: int) -> float:
    """Return the mean log of people from elsewhere in zone `z` over those who stayed at home, by home zone."""
    people: Array = series.at("people", t - 1).sum(axis=1)
    others = [o for o in range(N_ZONES) if o != z]
    away, home = people[z, others], people[others, others]
    return float(np.average(np.log(away / home), weights=series.at("people", 0).sum(axis=1)[z, others]))


EXPERIMENT = Experiment("migration", trial)
FACTS = (
    Fact(
        name="migration_elasticity",
        title="Migration answers to income with an elasticity near one and a half",
        published="elasticity of the share of migrants in real income about 1.5",
        source="[R] Tombe, Zhu 2019 AER",
        unit="elasticity, after 20 years",
        low=1.0,
        high=2.0,
        reason="half a unit either way; estimates elsewhere run from .5 (Caliendo et al.) to 3.2 (Bryan, Morten) [R]",
        study=(
            "Shares of people by province of origin and of living against real income, in a model without time, on the "
            "censuses [R]: a long run, between places."
        ),
        did=(
            "The wage of one zone is 5 % higher from 2013 on, for Shijiazhuang and Tianjin in turn, while every "
            "table by zone that people look at is held at its path without that. The log of people from elsewhere "
            "over those who stayed in their home zone, by home zone, over the log of the wage."
        ),
        mechanism=(
            "The elasticity of choice is `migration.real_income`; a chain with a moving cost has a stationary "
            "elasticity between once and twice that, and people of the same home zone attract more. Births where "
            "parents live and few who reconsider make it slow."
        ),
        miss="After 20 years the stocks have not come to rest, and natives of the zone count on one side only.",
        experiment=EXPERIMENT,
        value="long run",
        beside=(("after ten years", "ten years"),),
        picture=lines(_YEARS, "elasticity of migrants to income", "years after", elasticity="path"),
        digits=2,
    ),
    Fact(
        name="migration_costs",
        title="What cheaper moving gave the nation",
        published="falling costs of trade and migration, 36 % of the growth of labour productivity 2000-05",
        source="[L] Tombe, Zhu 2019 AER (abstract)",
        unit="",
        low=-np.inf,
        high=np.inf,
        reason="",
        did="",
        mechanism="",
        cannot="The years come before the model opens, and the nation is outside it.",
    ),
)
