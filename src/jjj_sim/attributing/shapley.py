"""Shapley's shares of a difference, and what two players do only together.

    phi_i  = sum over S without i of |S|! (n - |S| - 1)! / n! [v(S + i) - v(S)]
    I_ij   = sum over S without i, j of |S|! (n - |S| - 2)! / (n - 1)! [v(S + ij) - v(S + i) - v(S + j) + v(S)]

v(S) is an outcome with the players of S at their variant's setting and all others at the base's. The shares are the
mean of what a player adds over all orders in which players may come, and add up to v(all) - v(none) whatever the
outcome (Shapley 1953); I is the interaction index of Grabisch and Roubens (1999) [R]. With many players the mean is
over some orders and their reverses: the shares still add up in each order, and are estimates.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
# A set of players, as the bits of a number.
Coalition = int


def coalitions(n: int) -> list[Coalition]:
    """Return every set of `n` players."""
    return list(range(1 << n))


def chains(orders: Sequence[Sequence[int]]) -> list[Coalition]:
    """Return every set that comes up when players come in one of `orders`, each once, the empty one first."""
    found: dict[Coalition, None] = {0: None}
    for order in orders:
        members = 0
        for player in order:
            members |= 1 << player
            found[members] = None
    return list(found)


def some_orders(n: int, most: int, seed: int) -> list[tuple[int, ...]]:
    """Return `most` orders of `n` players at random (an even number), each followed by its reverse."""
    luck = np.random.default_rng(seed)
    found: list[tuple[int, ...]] = []
    for _ in range(-(-most // 2)):
        order = tuple(luck.permutation(n).tolist())
        found += [order, order[::-1]]
    return found


def shares(value: Mapping[Coalition, F64], n: int) -> F64:
    """Return the shares (n, ...) of outcomes (...) known for every set of players."""
    found = np.zeros((n, *value[0].shape))
    for i in range(n):
        others = [p for p in range(n) if p != i]
        for size in range(n):
            weight = math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)
            for some in itertools.combinations(others, size):
                without = sum(1 << p for p in some)
                found[i] += weight * (value[without | 1 << i] - value[without])
    return found


def sampled_shares(value: Mapping[Coalition, F64], orders: Sequence[Sequence[int]]) -> F64:
    """Return the shares (n, ...) as the mean over `orders` of what each player adds."""
    found = np.zeros((len(orders[0]), *value[0].shape))
    for order in orders:
        before = 0
        for player in order:
            after = before | 1 << player
            found[player] += value[after] - value[before]
            before = after
    return np.asarray(found / len(orders))


def interactions(value: Mapping[Coalition, F64], n: int) -> dict[tuple[int, int], F64]:
    """Return what each pair of players does only together, of outcomes known for every set of players."""
    found = {}
    for i, j in itertools.combinations(range(n), 2):
        others = [p for p in range(n) if p not in (i, j)]
        both, total = 1 << i | 1 << j, np.zeros(value[0].shape)
        for size in range(n - 1):
            weight = math.factorial(size) * math.factorial(n - size - 2) / math.factorial(n - 1)
            for some in itertools.combinations(others, size):
                s = sum(1 << p for p in some)
                total = total + weight * (value[s | both] - value[s | 1 << i] - value[s | 1 << j] + value[s])
        found[i, j] = total
    return found
