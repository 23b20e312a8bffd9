"""Draws of the parameters from their priors, each by its own quantile inside its bounds (`Param.draw`).

Latin hypercube: with n draws, each parameter has one draw in each n-th of its distribution, in an order of its
own that is keyed by its name, so that a new parameter leaves the draws of the others alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.param import Param
from jjj_sim.region import Region
from jjj_sim.scenario.schema import parameters


def hypercube(names: list[str], n: int) -> NDArray[np.float64]:
    """Return probabilities (n, len(names)), each column a shuffled midpoint rule of its own."""
    columns = [np.random.default_rng(zlib.crc32(name.encode())).permutation(n) for name in names]
    return (np.stack(columns, axis=1) + 0.5) / n if names else np.zeros((n, 0))


def parameter_draws(n: int) -> list[dict[str, float]]:
    """Return `n` settings of every parameter that has a prior, by dotted name."""
    open_ = dict(_open(regions.default()))
    table = hypercube(list(open_), n)
    return [{name: p.draw(float(u)) for (name, p), u in zip(open_.items(), row, strict=True)} for row in table]


def _open(region: Region) -> Iterator[tuple[str, Param]]:
    """Return the parameters that have a prior by dotted name, one per place where they differ by place."""
    for process, declared in parameters().items():
        for name, param in declared.items():
            if not param.fixed:
                places = region.keyed.get(f"{process}.{name}", {}) if param.by else {"": 0.0}
                yield from ((f"parameters.{process}.{name}.{place}".rstrip("."), param) for place in places)
