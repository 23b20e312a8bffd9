"""Parameters declared where they are used: default, unit, bounds, prior and source in one place."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
from numpy.typing import NDArray


class Param:
    """A bounded number that belongs to a process class and reads like a plain attribute."""

    __slots__ = ("default", "doc", "hi", "lo", "name", "prior", "source", "unit")

    def __init__(self, default: float, unit: str, lo: float, hi: float, doc: str, prior: str, source: str) -> None:
        if not lo <= default <= hi:
            raise ValueError(f"default {default} is outside [{lo}, {hi}]: {doc}")
        self.default, self.unit, self.lo, self.hi = float(default), unit, float(lo), float(hi)
        self.doc, self.prior, self.source = doc, prior, source
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Param: ...
    @overload
    def __get__(self, instance: object, owner: type) -> float: ...
    def __get__(self, instance: object | None, owner: type) -> Param | float:
        if instance is None:
            return self
        return float(instance.__dict__.get(self.name, self.default))

    def __set__(self, instance: object, value: float) -> None:
        number = float(value)
        if not self.lo <= number <= self.hi:
            raise ValueError(f"{self.name} = {value} is outside [{self.lo:g}, {self.hi:g}]")
        instance.__dict__[self.name] = number


def param(
    default: float,
    *,
    unit: str,
    lo: float,
    hi: float,
    doc: str,
    prior: str = "fixed",
    source: str = "[A]",
) -> Any:
    """Declare a parameter on a process class.

    `unit` as printed; `lo`, `hi` inclusive bounds; `prior` the distribution used in calibration or
    "fixed"; `source` with its tag: [L] looked up, [R] recalled, [D] derived, [A] assumed.
    """
    return Param(default, unit, lo, hi, doc, prior, source)


class Path:
    """A number over time: linear between its points, held before the first and after the last.

    `quarters` are indices (0 is 2013Q1), strictly increasing; `values` in the unit of its owner.
    """

    __slots__ = ("quarters", "values")

    def __init__(self, quarters: Any, values: Any) -> None:
        self.quarters = np.asarray(quarters, dtype=np.float64)
        self.values = np.asarray(values, dtype=np.float64)
        if self.quarters.shape != self.values.shape or self.quarters.ndim != 1 or not self.quarters.size:
            raise ValueError("a path needs one value for each of at least one quarter")
        if np.any(np.diff(self.quarters) <= 0):
            raise ValueError("the quarters of a path must increase")

    def at(self, t: float) -> float:
        """Return the value in force in quarter `t`."""
        return float(np.interp(t, self.quarters, self.values))

    def over(self, t: int) -> NDArray[np.float64]:
        """Return the values in force in the quarters before `t`, shape (t,)."""
        return np.interp(np.arange(t), self.quarters, self.values)

    def mean(self, first: int, last: int) -> float:
        """Return the mean over the quarters `first`..`last`, both included."""
        return float(np.mean([self.at(t) for t in range(first, last + 1)]))

    def after(self, earlier: Path | None, neutral: float = 0.0) -> Path:
        """Return this path with `earlier` (or `neutral`) in force before its own first point."""
        start = self.quarters[0]
        if earlier is None:
            if start <= 0:
                return self
            head_q, head_v = np.array([start - 1]), np.array([neutral])
        else:
            keep = earlier.quarters < start - 1
            head_q = np.append(earlier.quarters[keep], start - 1)
            head_v = np.append(earlier.values[keep], earlier.at(start - 1))
        return Path(np.append(head_q, self.quarters), np.append(head_v, self.values))

    def points(self) -> list[tuple[int, float]]:
        """Return (quarter index, value) pairs."""
        return [(int(q), float(v)) for q, v in zip(self.quarters, self.values, strict=True)]
