"""Indicators of congestion in the capital."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import Indicator, ratio, the

CONGESTION = (
    Indicator(
        "congestion_index",
        "Congestion in the peak hours",
        "高峰时段交通指数",
        "index",
        "rate",
        "index of the peak hours, 0 to 10, mean of the period's quarters",
        lambda w: (np.asarray(w.satellites["congestion_index"]), np.asarray(1.0)),
        ratio,
        areas=the("capital"),
    ),
)
