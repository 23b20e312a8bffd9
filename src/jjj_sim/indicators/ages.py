"""Indicators of age: residents in groups of five years, and those of them whose hukou lies in another province.

They are recorded of named areas, not of each zone. The model has no sexes.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.groups import foreign
from jjj_sim.indicators.indicator import F64, Indicator
from jjj_sim.state.world import World

WIDTH, OLDEST = 5, 85


def groups_of_age() -> tuple[tuple[int, int | None], ...]:
    """Return the least and the largest age of every group, youngest first; the last has no largest."""
    closed = ((age, age + WIDTH - 1) for age in range(0, OLDEST, WIDTH))
    return (*closed, (OLDEST, None))


def key(first: int, last: int | None) -> str:
    """Return what a group is called in names of indicators."""
    return f"{first}_{'up' if last is None else last}"


def _aged(first: int, last: int | None) -> Callable[[World], tuple[F64, ...]]:
    ages = slice(first, None if last is None else last + 1)
    return lambda world: (np.asarray(world.people[..., ages].sum(axis=(1, 2, 3))),)


def _non_locals_aged(first: int, last: int | None) -> Callable[[World], tuple[F64, ...]]:
    ages = slice(first, None if last is None else last + 1)
    return lambda world: (np.asarray((world.people[..., ages].sum(axis=(1, 3)) * foreign(world)).sum(axis=1)),)


def _named(area: Area) -> bool:
    return area.kind != "zone"


def _of(first: int, last: int | None) -> tuple[Indicator, Indicator]:
    en = f"of {first} and over" if last is None else f"of {first} to {last}"
    zh = f"{first}岁及以上" if last is None else f"{first}—{last}岁"
    who = f"{en} at the end of the period, age counted by calendar year"
    return (
        Indicator(
            f"residents_aged_{key(first, last)}",
            f"Residents {en}",
            f"{zh}常住人口",
            "persons",
            "stock",
            f"residents {who}",
            _aged(first, last),
            areas=_named,
        ),
        Indicator(
            f"non_locals_aged_{key(first, last)}",
            f"Non-locals {en}",
            f"{zh}外省户籍常住人口",
            "persons",
            "stock",
            f"residents with hukou in another province, {who}",
            _non_locals_aged(first, last),
            areas=_named,
        ),
    )


_BY_GROUP = tuple(_of(first, last) for first, last in groups_of_age())
AGES = (*(residents for residents, _ in _BY_GROUP), *(away for _, away in _BY_GROUP))
