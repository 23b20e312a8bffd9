"""How large a difference must be to matter: a share of what the base has, or a number in the variable's unit.

What statistics of the region can tell apart is no finer: population is published to some .7 %, shares of GDP are
revised by half a point, annual PM2.5 by one microgram. A difference a good deal smaller, which paired luck lets a run
see all the same, is told to be one that does not matter. The thresholds are ours; whoever compares may set others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.messages import say

F64 = NDArray[np.float64]


class Matter(NamedTuple):
    """A threshold: `share` of the base's level, or `size` in the variable's unit."""

    share: float = 0.0
    size: float = 0.0

    def __str__(self) -> str:
        return f"{100.0 * self.share:g}%" if self.share else f"{self.size:g}"


USUAL = Matter(share=0.001)
BY_UNIT: Mapping[str, Matter] = {
    "percent": Matter(size=0.05),
    "ug/m3": Matter(size=0.1),
    "minutes": Matter(size=0.5),
    "log": Matter(size=0.001),
}
BY_VARIABLE: Mapping[str, Matter] = {"gdp_share_of_nation": Matter(size=0.01)}
_TEXT = re.compile(r"\s*(\w+)\s*=\s*(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*(%?)\s*")


def matter(variable: str, unit: str, own: Mapping[str, Matter] | None = None) -> Matter:
    """Return the threshold of a variable, one's `own` before ours."""
    return (own or {}).get(variable) or BY_VARIABLE.get(variable) or BY_UNIT.get(unit) or USUAL


def thresholds(variables: Iterable[str], units: Iterable[str], base: F64, own: Mapping[str, Matter]) -> F64:
    """Return for each row the smallest difference that matters, in its unit; `base` is the base's level (n_rows,)."""
    found = [matter(v, u, own) for v, u in zip(variables, units, strict=True)]
    share, size = np.array(found, dtype=np.float64).reshape(-1, 2).T
    return np.asarray(share * np.abs(base) + size)


def parse(texts: Iterable[str], known: Iterable[str]) -> dict[str, Matter]:
    """Return thresholds from texts like ``population=0.5%`` or ``pm25=0.2``; ScenarioError names each that is none."""
    found: dict[str, Matter] = {}
    problems: list[str] = []
    legal = list(known)
    for text in texts:
        match = _TEXT.fullmatch(text)
        if match is None:
            problems.append(say("no_threshold_of_matter", found=repr(text)))
        elif match[1] not in legal:
            problems.append(say("no_variable_to_matter", found=match[1], guess=nearest(match[1], legal)))
        else:
            number = float(match[2])
            found[match[1]] = Matter(share=number / 100.0) if match[3] else Matter(size=number)
    if problems:
        raise ScenarioError("--matters", problems)
    return found
