"""Indicators of the capital's core functions: who works in them, how densely, and what relief made room for."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.indicator import F64, Indicator, ratio
from jjj_sim.state.world import World


def _in_the_capital(area: Area) -> bool:
    """Return whether an area lies in the capital, which alone is relieved."""
    return area.inside_of("capital")


def _jobs(world: World) -> tuple[F64, ...]:
    jobs = world.tables.jobs
    return (np.asarray(jobs[:, world.region.in_role("four_centres")].sum(axis=1)), jobs.sum(axis=1))


def _reused(world: World) -> tuple[F64, ...]:
    return (np.asarray(float(world.policy.land_reuse) * world.memory.jobs_freed),)


CORE_FUNCTIONS = (
    Indicator(
        "four_centre_job_share",
        "Jobs in functions of the capital",
        "首都核心功能行业岗位占比",
        "percent",
        "stock",
        "100 x jobs in services to producers, research, public functions and headquarters / all jobs",
        _jobs,
        ratio,
        100.0,
    ),
    Indicator(
        "people_density",
        "Density of people",
        "人口密度",
        "persons/km2",
        "stock",
        "residents / area",
        lambda w: (w.people.sum(axis=(1, 2, 3)), w.region.area_km2),
        ratio,
    ),
    Indicator(
        "job_density",
        "Density of jobs",
        "岗位密度",
        "jobs/km2",
        "stock",
        "jobs / area",
        lambda w: (w.tables.jobs.sum(axis=1), w.region.area_km2),
        ratio,
    ),
    Indicator(
        "jobs_freed_by_relief",
        "Jobs whose floor relief freed",
        "疏解腾退空间对应岗位",
        "persons",
        "flow",
        "jobs of firms and market sites that relief closed or moved out of their zone",
        lambda w: (w.memory.jobs_freed,),
        areas=_in_the_capital,
    ),
    Indicator(
        "freed_floor_reused",
        "Freed floor given to functions of the capital",
        "腾退空间再利用对应岗位",
        "persons",
        "flow",
        "of them, those whose floor is given to services to producers and research; the rest stays green or empty",
        _reused,
        areas=_in_the_capital,
    ),
)
