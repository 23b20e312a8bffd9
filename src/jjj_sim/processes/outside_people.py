"""People who live outside the region: who could come, and how strongly the world outside draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.region.topics.people import People
from jjj_sim.state.world import World


def outside_pool(known: People, time: float) -> NDArray[np.float64]:
    """Return who lives outside the region, persons (n_bands, n_education, n_origins), with the education of `time`.

    Education by band is linear between the censuses known and held before and after, and never below one in a hundred.
    """
    schooling = known.outside_schooling
    (first, last), (early, late) = schooling.times[[0, -1]], schooling.values[[0, -1]]
    passed = (np.clip(time, first, last) - first) / (last - first) if last > first else 0.0
    shares = np.maximum(early + passed * (late - early), 0.01)
    shares = shares / shares.sum(axis=1, keepdims=True)
    return np.asarray((known.outside_ages[:, None] * shares)[:, :, None] * known.outside)


def outside_pull(world: World, span: tuple[int, int]) -> float:
    """Return the mean rise of the pull of the rest of China since 2013 over the quarters `span`, utility."""
    first, last = span
    return float(world.plan.assumptions["roc_pull"].risen(last + 1)[first:].mean())
