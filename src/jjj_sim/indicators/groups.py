"""Indicators of groups of people: wages and unemployment by education, and of locals and non-locals.

    LF_ik s_ik        labour force of zone i and education k that is non-local, the rest is local

s is the non-local part of residents of the zone and education, each age weighing as the nation takes part in work. A
non-local (外省户籍) has the hukou in another province. Wages and unemployment are set by zone and education alike for
locals and non-locals, so that these two differ by where they live and by how they are schooled.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, ratio
from jjj_sim.region import Region
from jjj_sim.state.residents import BAND_OF_AGE
from jjj_sim.state.world import World

Active = Callable[[World], F64]
# Of a level that is not here the id stands for the name.
_LEVELS = {
    "junior": ("junior schooling or less", "初中及以下"),
    "senior": ("senior schooling", "高中"),
    "college": ("college", "大专及以上"),
}


def foreign(world: World) -> F64:
    """Return 1 where a home lies in another province than the zone, shape (n_zones, n_homes)."""
    return np.asarray(~world.region.same_province[: world.region.n_zones], dtype=np.float64)


def non_local(world: World) -> F64:
    """Return persons of the labour force who are non-local, shape (n_zones, n_education)."""
    by_origin = world.people @ world.data.people.participation[BAND_OF_AGE]
    away = (by_origin * foreign(world)[:, None, :]).sum(axis=2)
    every = by_origin.sum(axis=2)
    share = np.divide(away, every, out=np.zeros_like(away), where=every > 0.0)
    return np.asarray(share * world.memory.labour_force_before)


def local(world: World) -> F64:
    """Return persons of the labour force who are local, shape (n_zones, n_education)."""
    return np.asarray(world.memory.labour_force_before - non_local(world))


def _level(k: int) -> Active:
    """Return the labour force of one education, the others' zero."""
    return lambda world: np.asarray(world.memory.labour_force_before * (np.arange(world.region.n_education) == k))


def _pay(active: Active) -> Callable[[World], tuple[F64, ...]]:
    def measure(world: World) -> tuple[F64, ...]:
        working = active(world) * (1.0 - world.tables.unemployment)
        return ((working * world.tables.wage).sum(axis=1), working.sum(axis=1))

    return measure


def _idle(active: Active) -> Callable[[World], tuple[F64, ...]]:
    def measure(world: World) -> tuple[F64, ...]:
        people = active(world)
        return ((people * world.tables.unemployment).sum(axis=1), people.sum(axis=1))

    return measure


def _of(name: str, en: str, zh: str, active: Active, who: str) -> tuple[Indicator, Indicator]:
    """Return the wage and the unemployment rate of a group."""
    wage, idle = "wages over the employed", "100 x unemployed / labour force"
    return (
        Indicator(
            f"wage_{name}", f"Wage: {en}", f"工资:{zh}", "yuan/year", "stock", f"{wage}, {who}", _pay(active), ratio
        ),
        Indicator(
            f"unemployment_{name}",
            f"Unemployment: {en}",
            f"失业率:{zh}",
            "percent",
            "stock",
            f"{idle}, {who}",
            _idle(active),
            ratio,
            100.0,
        ),
    )


def groups(region: Region) -> tuple[Indicator, ...]:
    """Return the indicators of the levels of education of a region, of locals and of non-locals."""
    alike = "pay and unemployment of a zone and education are alike for both"
    found: list[Indicator] = []
    for k, level in enumerate(region.education):
        en, zh = _LEVELS.get(level, (level, level))
        found += _of(level, en, zh, _level(k), f"residents with {en}")
    found += _of("locals", "locals", "本省户籍", local, f"hukou in the province; {alike}")
    found += _of("non_locals", "non-locals", "外省户籍", non_local, f"hukou in another province; {alike}")
    share = Indicator(
        "non_local_share",
        "Non-locals among residents",
        "外省户籍人口占比",
        "percent",
        "stock",
        "100 x residents whose home zone lies in another province than the zone they live in / residents",
        lambda w: ((w.people.sum(axis=(1, 3)) * foreign(w)).sum(axis=1), w.population),
        ratio,
        100.0,
    )
    return (*found, share)
