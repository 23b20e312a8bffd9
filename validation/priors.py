"""Draws of the parameters from their priors, as `prior` of each parameter says it.

    N(m, s), U(a, b)                normal cut at the bounds, uniform
    log-uniform on half to twice    of the default
    log-normal                      log sd .3 [A]
    logistic(x) ~ Beta(a, b)        x by the logit of a beta
    any other text                  triangular on the bounds, peaked at the default
    fixed                           the default

Latin hypercube: with n draws, each parameter has one draw in each n-th of its distribution, in an order of its
own that is keyed by its name, so that a new parameter leaves the draws of the others alone.
"""

from __future__ import annotations

import re
import zlib

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jjj_sim.param import Param
from jjj_sim.scenario.schema import parameters

_PAIR = r"\(\s*([-+.\d]+)\s*,\s*([-+.\d]+)\s*\)"
_LOG_SD = 0.3


def quantile(param: Param, u: float) -> float:
    """Return the value of `param` at probability `u` of its prior, inside its bounds."""
    prior, lo, hi, default = param.prior, param.lo, param.hi, param.default
    if prior.startswith("fixed"):
        return default
    if found := re.match(r"N" + _PAIR, prior):
        mean, sd = map(float, found.groups())
        a, b = (lo - mean) / sd, (hi - mean) / sd
        value = float(stats.truncnorm.ppf(u, a, b, loc=mean, scale=sd))
    elif found := re.match(r"U" + _PAIR, prior):
        a, b = map(float, found.groups())
        value = a + u * (b - a)
    elif prior.startswith("log-uniform on half to twice"):
        value = default * 2.0 ** (2.0 * u - 1.0)
    elif prior.startswith("log-normal"):
        value = default * float(np.exp(_LOG_SD * stats.norm.ppf(u)))
    elif found := re.search(r"Beta" + _PAIR, prior):
        share = float(stats.beta.ppf(u, *map(float, found.groups())))
        value = float(np.log(share / (1.0 - share)))
    else:
        value = float(stats.triang.ppf(u, (default - lo) / (hi - lo), loc=lo, scale=hi - lo))
    return float(np.clip(value, lo, hi))


def hypercube(names: list[str], n: int) -> NDArray[np.float64]:
    """Return probabilities (n, len(names)), each column a shuffled midpoint rule of its own."""
    columns = [np.random.default_rng(zlib.crc32(name.encode())).permutation(n) for name in names]
    return (np.stack(columns, axis=1) + 0.5) / n if names else np.zeros((n, 0))


def parameter_draws(n: int) -> list[dict[str, float]]:
    """Return `n` settings of every parameter that has a prior, by dotted name."""
    open_ = {
        f"parameters.{process}.{name}": param
        for process, of_process in parameters().items()
        for name, param in of_process.items()
        if not param.prior.startswith("fixed")
    }
    table = hypercube(list(open_), n)
    return [
        {name: quantile(param, float(u)) for (name, param), u in zip(open_.items(), row, strict=True)} for row in table
    ]
