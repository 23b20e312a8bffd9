"""Keyed random numbers: each draw is a pure function of what it decides, never of when it is drawn.

    key = mix(mix(seed ^ C(process)) + quarter);   u(id, alt) = mix(mix(key ^ id) + (alt + 1) * golden)

`mix` is the finaliser of SplitMix64 (Steele, Lea, Flood 2014). Results cannot depend on order, threads
or workers, and an agent keeps its luck across policy variants. Every function exists once as a numba
inline and once over NumPy arrays; both give the same bits for the same key.
"""

from __future__ import annotations

import math
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.kernels import njit, prange

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_ONE, _HALF, _ULP = np.uint64(1), 0.5, 2.0**-53

U64 = NDArray[np.uint64]
F64 = NDArray[np.float64]


@njit(inline="always")
def mix(x: Any) -> Any:
    """Return the SplitMix64 finaliser of a 64-bit word."""
    x = (x ^ (x >> _S30)) * _M1
    x = (x ^ (x >> _S27)) * _M2
    return x ^ (x >> _S31)


@njit(inline="always")
def word(key: Any, ident: Any, alternative: Any) -> Any:
    """Return the 64-bit word of (key, id, alternative)."""
    return mix(mix(key ^ ident) + (np.uint64(alternative) + _ONE) * _GOLDEN)


@njit(inline="always")
def uniform(key: Any, ident: Any, alternative: Any) -> Any:
    """Return a uniform number in (0, 1), never 0 or 1."""
    return (np.float64(word(key, ident, alternative) >> _S11) + _HALF) * _ULP


@njit(inline="always")
def gumbel(key: Any, ident: Any, alternative: Any) -> Any:
    """Return a standard Gumbel number."""
    return -np.log(-np.log(uniform(key, ident, alternative)))


@njit(inline="always")
def normal(key: Any, ident: Any, alternative: Any) -> Any:
    """Return a standard normal number (Box-Muller; uses alternatives `alternative` and + 1)."""
    radius = np.sqrt(-2.0 * np.log(uniform(key, ident, alternative)))
    return radius * np.cos(2.0 * np.pi * uniform(key, ident, alternative + 1))


@njit(inline="always")
def log_stable(key: Any, ident: Any, alternative: Any, index: float) -> Any:
    """Return the log of a positive-stable number of index `index` in (0, 1] (Kanter 1975).

    Uses alternatives `alternative` and + 1. E exp(-s A) = exp(-s^index), so that the argmax over
    V_j + index * (log A_n + Gumbel_j) is a nested logit draw with dissimilarity `index`.
    """
    if index >= 1.0:
        return 0.0
    angle = np.pi * uniform(key, ident, alternative)
    wait = -np.log(uniform(key, ident, alternative + 1))
    return (
        np.log(np.sin(index * angle))
        - np.log(np.sin(angle)) / index
        + (1.0 - index) / index * (np.log(np.sin((1.0 - index) * angle)) - np.log(wait))
    )


def mix_array(x: U64) -> U64:
    """Return `mix` over an array."""
    with np.errstate(over="ignore"):
        x = (x ^ (x >> _S30)) * _M1
        x = (x ^ (x >> _S27)) * _M2
        return np.asarray(x ^ (x >> _S31), dtype=np.uint64)


@njit(cache=True, parallel=True)
def below(key: Any, ids: Any, alternative: int, chance: Any) -> Any:
    """Return whether each id's uniform falls below its chance; boolean, shape of `ids`."""
    out = np.zeros(len(ids), dtype=np.bool_)
    for a in prange(len(ids)):
        out[a] = uniform(key, ids[a], alternative) < chance[a]
    return out


@njit(cache=True)
def poisson_quantile(u: Any, mean: Any) -> Any:
    """Return the Poisson quantile of `u` by running sum; it grows with `mean` at given `u`.

    The sum starts twelve standard deviations below the mean, where what is left out is below 1e-30.
    `u`, `mean` flat arrays; whole numbers.
    """
    out = np.zeros(len(u), dtype=np.int64)
    for c in range(len(u)):
        m = mean[c]
        if m <= 0.0:
            continue
        reach = 12.0 * math.sqrt(m)
        k = np.int64(max(math.floor(m - reach), 0.0))
        last = np.int64(m + reach + 40.0)
        term = math.exp(k * math.log(m) - m - math.lgamma(k + 1.0))
        total = term
        while total < u[c] and k < last:
            k += 1
            term *= m / k
            total += term
        out[c] = k
    return out


class Draws:
    """The random numbers of one process in one quarter, over arrays of ids.

    `key` is the 64-bit word to hand to kernels. `alternative` numbers the draws an agent makes within
    the process and quarter; two different decisions must never share one.
    """

    def __init__(self, seed: int, process: str, quarter: int) -> None:
        name = np.array([zlib.crc32(process.encode())], dtype=np.uint64)
        word_ = mix_array(np.array([seed & 0xFFFFFFFFFFFFFFFF], dtype=np.uint64) ^ mix_array(name + _ONE))
        with np.errstate(over="ignore"):
            word_ = mix_array(word_ + np.uint64(quarter + 4096) * _GOLDEN)
        self.key: np.uint64 = word_[0]

    def uniform(self, ids: U64, alternative: int | U64 = 0) -> F64:
        """Return uniforms in (0, 1), shape of `ids` (broadcast with `alternative`)."""
        with np.errstate(over="ignore"):
            alt = (np.asarray(alternative, dtype=np.uint64) + _ONE) * _GOLDEN
            bits = mix_array(mix_array(self.key ^ np.asarray(ids, dtype=np.uint64)) + alt)
        return np.asarray(((bits >> _S11).astype(np.float64) + _HALF) * _ULP)

    def gumbel(self, ids: U64, n_alternatives: int, first: int = 0) -> F64:
        """Return standard Gumbels, shape (len(ids), n_alternatives)."""
        alternatives = np.arange(first, first + n_alternatives, dtype=np.uint64)
        return np.asarray(-np.log(-np.log(self.uniform(ids[:, None], alternatives))))

    def normal(self, ids: U64, alternative: int = 0) -> F64:
        """Return standard normals; uses alternatives `alternative` and + 1."""
        radius = np.sqrt(-2.0 * np.log(self.uniform(ids, alternative)))
        return np.asarray(radius * np.cos(2.0 * np.pi * self.uniform(ids, alternative + 1)))

    def log_stable(self, ids: U64, alternative: int, index: float) -> F64:
        """Return logs of positive-stable numbers; uses alternatives `alternative` and + 1."""
        if index >= 1.0:
            return np.zeros(len(ids))
        angle = np.pi * self.uniform(ids, alternative)
        wait = -np.log(self.uniform(ids, alternative + 1))
        return np.asarray(
            np.log(np.sin(index * angle))
            - np.log(np.sin(angle)) / index
            + (1.0 - index) / index * (np.log(np.sin((1.0 - index) * angle)) - np.log(wait))
        )

    def child(self, ids: U64, ordinal: int | U64 = 0) -> U64:
        """Return the 64-bit ids of what `ids` bring forth this quarter (births, branches, entrants)."""
        with np.errstate(over="ignore"):
            alt = (np.asarray(ordinal, dtype=np.uint64) + _ONE) * _GOLDEN
            return mix_array(mix_array(self.key ^ np.asarray(ids, dtype=np.uint64)) + alt)


def member_seed(seed: int, member: int) -> int:
    """Return the seed of member `member` of a run with seed `seed`: hash(seed, member)."""
    return int(Draws(seed, "member", member).key)
