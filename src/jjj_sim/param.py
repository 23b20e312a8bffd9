"""Parameters declared where they are used: default, unit, bounds, prior and source in one place."""

from __future__ import annotations

import math
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from jjj_sim.prior import Prior


class Param:
    """A bounded number that belongs to a process class and reads like a plain attribute."""

    __slots__ = ("by", "decides_alone", "default", "doc", "hi", "lo", "merge", "name", "prior", "source", "unit")

    def __init__(
        self,
        default: float,
        unit: str,
        lo: float,
        hi: float,
        doc: str,
        prior: Prior | None,
        source: str,
        by: str = "",
        decides_alone: bool = False,
        merge: str = "",
    ) -> None:
        if by not in ("", "province", "zone"):
            raise ValueError(f"a parameter differs by province or by zone, not by {by!r}: {doc}")
        self.by, self.decides_alone, self.merge = by, decides_alone, merge
        if not by and not lo <= default <= hi:
            raise ValueError(f"default {default} is outside [{lo}, {hi}]: {doc}")
        self.default, self.unit, self.lo, self.hi = float(default), unit, float(lo), float(hi)
        self.doc, self.prior, self.source = doc, prior, source
        self.name = ""

    @property
    def fixed(self) -> bool:
        """Whether it is held at its default: it has no prior."""
        return self.prior is None

    def told(self) -> str:
        """Return its prior in words: the distribution, and whether it alone decides, no data speaking."""
        if self.prior is None:
            return "fixed"
        return f"{self.prior}, decides alone" if self.decides_alone else str(self.prior)

    def draw(self, u: float) -> float:
        """Return its value at probability `u` of its prior, cut at its bounds; the default where it is fixed."""
        return self.default if self.prior is None else self.prior.within(u, self.lo, self.hi)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Param: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Any: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        if instance is None:
            return self
        return instance.__dict__.get(self.name, self.default)

    def __set__(self, instance: Any, value: Any) -> None:
        """Set a number, or where the parameter differs by place a vector from a mapping id -> number."""
        if self.by:
            for key, number in value.items():
                self.check(number, f"{self.name}.{key}")
            vector = getattr(instance.region, f"by_{self.by}")(f"{instance.name}.{self.name}", value)
            vector.setflags(write=False)
            instance.__dict__[self.name] = vector
            return
        self.check(value, self.name)
        instance.__dict__[self.name] = float(value)

    def check(self, value: float, name: str) -> None:
        """Raise ValueError when `value` is outside the bounds."""
        if not self.lo <= float(value) <= self.hi:
            raise ValueError(f"{name} = {value} is outside [{self.lo:g}, {self.hi:g}]")


def param(
    default: float = math.nan,
    *,
    unit: str,
    lo: float,
    hi: float,
    doc: str,
    prior: Prior | None = None,
    decides_alone: bool = False,
    source: str = "[A]",
    by: str = "",
    merge: str = "",
) -> Any:
    """Declare a parameter on a process class.

    `unit` as printed; `lo`, `hi` inclusive bounds; `prior` the distribution it is drawn from, None
    where it is fixed; it `decides_alone` where no data speak; `source` with its tag: [L] looked up,
    [R] recalled, [D] derived, [A] assumed. One that differs `by`
    "province" or by "zone" has its values, by id, and their source in the region's parameters.toml; it reads as
    a vector, a zone without a value of its own taking its province's, or 0 where there is none either. One by zone
    says how zones `merge` into a larger one, by a rule as tables have it (`jjj_sim.merging`).
    """
    return Param(default, unit, lo, hi, doc, prior, source, by, decides_alone, merge)


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

    def risen(self, t: int) -> NDArray[np.float64]:
        """Return the level that a yearly rate makes in the quarters before `t`, zero in the first, shape (t,)."""
        rate = self.over(t)
        return np.asarray((np.cumsum(rate) - rate[0]) / 4.0)

    def after(self, earlier: Path | None, neutral: float = 0.0) -> Path:
        """Return this path with `earlier` (or `neutral`) in force before its own first point."""
        start = self.quarters[0]
        if earlier is None:
            if start <= 0:
                return self
            head_q, head_v = np.array([start - 1]), np.array([neutral])
        else:
            kept = [float(q) for q in earlier.quarters if q < start - 1]
            cut = int(kept[-1]) if kept else 0  # a segment cut short rounds otherwise: there each quarter is kept
            short = Path([*kept, start - 1], [earlier.at(q) for q in (*kept, start - 1)])
            between = [float(q) for q in range(cut + 1, int(start) - 1)]
            if any(short.at(q) != earlier.at(q) for q in between):
                kept += between
            head_q = np.array([*kept, start - 1])
            head_v = np.array([earlier.at(q) for q in head_q])
        return Path(np.append(head_q, self.quarters), np.append(head_v, self.values))

    def points(self) -> list[tuple[int, float]]:
        """Return (quarter index, value) pairs."""
        return [(int(q), float(v)) for q, v in zip(self.quarters, self.values, strict=True)]
