"""Participation: who of the residents works or looks for work.

    m_r p_i x the nation's participation by age, at most 1
    ln p_i'  = (1 - r) ln p_i - psi [ln(u_i / ubar_i) - mean over the region by labour force]
    ubar_i'  = ubar_i + r (u_i - ubar_i)

u is unemployment of a zone's residents, ubar what they are used to. What the whole region sees is in the nation's
participation already. Blanchard, Katz 1992; Decressin, Fatas 1995.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.state.residents import BAND_OF_AGE
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
# Unemployment below which less of it draws nobody more.
_LEAST_FELT = 0.01


def participation(world: World, by_province: F64) -> F64:
    """Return participation by zone and age; `by_province` (n_provinces,) is m."""
    by_age = world.data.people.participation[BAND_OF_AGE]
    level = by_province[world.region.inner_province] * np.exp(world.memory.joined)
    return np.asarray(np.minimum(level[:, None] * by_age, 1.0))


def join(world: World, joining: float, custom: float) -> None:
    """Let residents come to work or leave it as last quarter's unemployment was; psi and r are a quarter's."""
    tables, memory = world.tables, world.memory
    found = 1.0 - tables.employed.sum(axis=(1, 2)) / np.maximum(tables.labour_force, 1.0)
    found = np.maximum(found, _LEAST_FELT)
    gap = np.log(found / memory.usual_unemployment)
    gap = gap - np.average(gap, weights=np.maximum(tables.labour_force, 1.0))
    memory.joined = (1.0 - custom) * memory.joined - joining * gap
    memory.usual_unemployment = memory.usual_unemployment + custom * (found - memory.usual_unemployment)
