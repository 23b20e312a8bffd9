"""The nested logit over places that residents and firms share: probabilities for the twin.

    nests of a chooser in i: {stay} | {own province} | {other Jing-Jin-Ji} | {rest of China}
    P(j) = P(n) exp(V_j / lambda) / S_n,   P(n) ~ S_n^lambda,   S_n = sum_{l in n} exp(V_l / lambda)

with V_j less the moving cost and the queue at j outside {stay} (McFadden 1978). An empty nest has probability zero.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import GEOGRAPHY, ROC

_SAME = GEOGRAPHY.province[:, None] == GEOGRAPHY.province[None, :]
_INSIDE = np.arange(ROC + 1) < ROC
OWN = _SAME & _INSIDE[None, :] & ~np.eye(ROC + 1, dtype=bool)
OTHER = ~_SAME & _INSIDE[None, :]


def choice_probabilities(
    utility: NDArray[Any],
    moving: NDArray[Any] | float,
    dissimilarity: float,
    queue: NDArray[Any] | float = 0.0,
) -> NDArray[np.float64]:
    """Return P(j | now in i), shape (..., n_places from, n_places to), of V with shape (..., n_places).

    `moving` is the cost of leaving, a number or an array that broadcasts with (..., n_places from); `queue`
    (n_places,) that of getting into a place, paid by all but those who stay and zero for the rest of China.
    """
    peak = utility.max(axis=-1, keepdims=True)
    v = np.exp(utility - peak)
    e = np.exp((utility - queue - peak) / dissimilarity)
    cost = np.exp(-np.asarray(moving, dtype=float))
    with np.errstate(divide="ignore"):
        own, other = np.log(e @ OWN.T), np.log(e @ OTHER.T)
    w_own, w_other = cost * np.exp(dissimilarity * own), cost * np.exp(dissimilarity * other)
    w_roc = cost * v[..., ROC, None] * _INSIDE
    total = v + w_own + w_other + w_roc
    scale_own = np.divide(w_own, np.exp(own), out=np.zeros_like(own), where=np.isfinite(own)) / total
    scale_other = np.divide(w_other, np.exp(other), out=np.zeros_like(other), where=np.isfinite(other)) / total
    p = np.where(OWN, scale_own[..., None], 0.0) + np.where(OTHER, scale_other[..., None], 0.0)
    p *= e[..., None, :]
    i = np.arange(ROC + 1)
    p[..., i, i] = v / total
    p[..., :ROC, ROC] = (w_roc / total)[..., :ROC]
    return np.asarray(p)


def pair_probabilities(value: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return P(j | now in i), of V with shape (..., n_places from, n_places to) that holds all costs."""
    peak = value.max(axis=-1, keepdims=True)
    v = np.exp(value - peak)
    e = np.exp((value - peak) / dissimilarity)
    weight = np.eye(ROC + 1) * v
    weight[..., :ROC, ROC] = v[..., :ROC, ROC]
    for nest in (OWN, OTHER):
        inside = np.where(nest, e, 0.0)
        total = inside.sum(axis=-1, keepdims=True)
        scale = np.power(total, dissimilarity - 1.0, out=np.zeros_like(total), where=total > 0)
        weight += inside * scale
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))
