"""Participation in the labour force by age band."""

from __future__ import annotations

import numpy as np

# By age band of residents.AGE_BANDS; fixed, not estimated [R].
PARTICIPATION = np.array([0.0, 0.40, 0.90, 0.75, 0.25, 0.0])
