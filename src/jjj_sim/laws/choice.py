"""Choosing a place: the nested logit that residents and firms share, as chances and as keyed draws.

    nests of a chooser in i: {stay} | {own province} | {other provinces of the region} | {rest of China}
    P(j) = P(n) exp(V_j / lambda) / S_n,   P(n) ~ S_n^lambda,   S_n = sum_{l in n} exp(V_l / lambda)
    j = argmax_j V_j + lambda_n (ln A_n + Gumbel_j),   A_n positive-stable of index lambda_n       draws P(j)

with V_j less the moving cost and the queue at j outside {stay}, with the grant at j in the third nest; lambda_n is
lambda inside the two nests of several places and 1 for the two of one (McFadden 1978). An empty nest has probability
zero. The kernel `processes.migration_draw.destinations` draws by the same law, resident by resident.

`province` (n_places,) is the province of each place; the last place is the rest of China, n_zones = n_places - 1.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws

# Numbers of the draws of a choice of place; a process uses those below 8 for its other decisions.
G_FIRST, A_FIRST = 8, 40


class Nests(NamedTuple):
    """Which places (columns) are in the nests of a chooser in each place (rows), (n_places, n_places) each."""

    own: NDArray[np.bool_]
    other: NDArray[np.bool_]


def nests(province: NDArray[np.int64]) -> Nests:
    """Return the nests of other zones in the own province, and of zones in the other ones."""
    n_places = len(province)
    same = province[:, None] == province[None, :]
    inside = np.arange(n_places) < n_places - 1
    return Nests(same & inside[None, :] & ~np.eye(n_places, dtype=bool), ~same & inside[None, :])


def choice_probabilities(
    utility: NDArray[Any],
    moving: NDArray[Any] | float,
    dissimilarity: float,
    province: NDArray[np.int64],
    queue: NDArray[Any] | float = 0.0,
    grant: NDArray[Any] | None = None,
) -> NDArray[np.float64]:
    """Return P(j | now in i), shape (..., n_places from, n_places to), of V with shape (..., n_places).

    `moving` is the cost of leaving, a number or an array that broadcasts with (..., n_places from); `queue`
    (n_places,) that of getting into a place, paid by all but those who stay and zero for the rest of China; `grant`,
    which broadcasts with V, what a place is worth more to who comes from another province, zero there as well.
    """
    roc = len(province) - 1
    nest = nests(province)
    peak = utility.max(axis=-1, keepdims=True)
    v = np.exp(utility - peak)
    e = np.exp((utility - queue - peak) / dissimilarity)
    from_afar = e if grant is None else np.exp((utility - queue - peak + grant) / dissimilarity)
    cost = np.exp(-np.asarray(moving, dtype=float))
    with np.errstate(divide="ignore"):
        own, other = np.log(e @ nest.own.T), np.log(from_afar @ nest.other.T)
    w_own, w_other = cost * np.exp(dissimilarity * own), cost * np.exp(dissimilarity * other)
    w_roc = cost * v[..., roc, None] * (np.arange(roc + 1) < roc)
    total = v + w_own + w_other + w_roc
    scale_own = np.divide(w_own, np.exp(own), out=np.zeros_like(own), where=np.isfinite(own)) / total
    scale_other = np.divide(w_other, np.exp(other), out=np.zeros_like(other), where=np.isfinite(other)) / total
    p = np.where(nest.own, scale_own[..., None], 0.0) * e[..., None, :]
    p += np.where(nest.other, scale_other[..., None], 0.0) * from_afar[..., None, :]
    i = np.arange(roc + 1)
    p[..., i, i] = v / total
    p[..., :roc, roc] = (w_roc / total)[..., :roc]
    return np.asarray(p)


def pair_probabilities(value: NDArray[Any], dissimilarity: float, province: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return P(j | now in i), of V with shape (..., n_places from, n_places to) that holds all costs."""
    roc = len(province) - 1
    peak = value.max(axis=-1, keepdims=True)
    v = np.exp(value - peak)
    e = np.exp((value - peak) / dissimilarity)
    weight = np.eye(roc + 1) * v
    weight[..., :roc, roc] = v[..., :roc, roc]
    for nest in nests(province):
        weight += _nest_weights(np.where(nest, e, 0.0), dissimilarity)
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def outside_probabilities(value: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return P(j) of those who must leave their province, of V (..., n_places); -inf is never chosen."""
    weight = _outside_weights(value, dissimilarity)
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def inclusive_value(value: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return the expected best utility (less Euler's constant) of those who must leave, of V (..., n_places)."""
    peak = value.max(axis=-1)
    weight = _outside_weights(value, dissimilarity)
    return np.asarray(peak + np.log(weight.sum(axis=-1)))


def _outside_weights(value: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return weights of the places beyond the own province, relative to the best: one nest, and the rest of China."""
    v = value - value.max(axis=-1, keepdims=True)
    inside = _nest_weights(np.exp(v[..., :-1] / dissimilarity), dissimilarity)
    return np.concatenate([inside, np.exp(v[..., -1:])], axis=-1)


def _nest_weights(inside: NDArray[Any], dissimilarity: float) -> NDArray[np.float64]:
    """Return S^lambda exp(V_j / lambda) / S of exp(V_j / lambda), zero outside the nest; an empty nest has none."""
    total = inside.sum(axis=-1, keepdims=True)
    scale = np.power(total, dissimilarity - 1.0, out=np.zeros_like(total), where=total > 0)
    return np.asarray(inside * scale)


def choose(
    value: NDArray[Any],
    i: NDArray[np.int64],
    ids: NDArray[np.uint64],
    draws: Draws,
    dissimilarity: float,
    province: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the best place of choosers `ids` in zones `i`, with V of shape (n, n_places) that holds all costs.

    V of the own zone is that of staying, minus infinity for those who must leave. Making one place better can
    only gain it choosers and leaves everybody else's choice among the others.
    """
    roc = len(province) - 1
    g = draws.gumbel(ids, roc + 1, G_FIRST)
    own = draws.log_stable(ids, A_FIRST, dissimilarity)
    other = draws.log_stable(ids, A_FIRST + 2, dissimilarity)
    u = value + dissimilarity * (g + np.where(nests(province).own[i], own[:, None], other[:, None]))
    u[:, roc] = value[:, roc] + g[:, roc]
    here = np.arange(len(i))
    u[here, i] = value[here, i] + g[here, i]
    return np.asarray(np.argmax(u, axis=1), dtype=np.int64)
