"""The search: the smallest strengths at which a share p of the draws meets what is aimed at.

    min |c s|   s.t.   P(s) >= p,   0 <= s <= 1        |c s| = sqrt(sum_i (c_i s_i)^2)
    m_d(s) = min over indicators of their margins, met where m_d >= 0
    q(s)   = the ceil(p n)-th largest of the n margins m_d:   P(s) >= p  exactly where  q(s) >= 0

P is a step function of s, q is continuous: q is searched on. Nothing is taken for monotone. Each lever first tries both
of its ends; its side is the one with the least shortfall sum_i min(q_i, 0) over indicators, then with the larger q,
then with the larger sum of q_i; a lever that helps neither alone nor beside the others stays where it is. Rays, the
levers together and each alone, are tried on a coarse grid; the first grid point that meets it and the one before
bracket a root (Brent 1973). Several levers go on from the smallest by sequential quadratic programming (SLSQP: Kraft
1988), and down their ray. What is returned is always a point that was run and meets it; where none does, the best that
was tried.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize

F64 = NDArray[np.float64]
# Margins (n_points, n_draws, n_indicators) at signed strengths (n_points, n): above zero towards the upper end.
Margins = Callable[[F64], F64]
Outcome = Literal["already", "found", "refused"]

GRID = (0.25, 0.5, 0.75, 1.0)
_NEAR = 0.25
# Strengths are told to a thousandth; a root is found to less than that, a start of several levers coarser.
_STEP, _COARSE, _SLOPE = 1e-3, 2e-2, 0.02
_ITERATIONS = 12
_FLAT = 1e-9
# A wall has no margin; a margin this low stands for it where a number is needed.
_WALL = -1e6


@dataclass(frozen=True)
class Point:
    """A point that was run: signed strengths (n,) and margins (n_draws, n_indicators), minus infinity at a wall."""

    strengths: F64
    margins: F64

    @property
    def met(self) -> NDArray[np.bool_]:
        """Which draws meet it (n_draws,)."""
        return np.asarray(self.margins.min(axis=1) >= 0.0)

    @property
    def probability(self) -> float:
        """Share of the draws that meet it."""
        return float(self.met.mean())

    def quantile(self, p: float) -> float:
        """Return q: the margin that a share `p` of the draws has at least."""
        return _kept(self.margins.min(axis=1), p)

    def each(self, p: float) -> F64:
        """Return q of each indicator alone (n_indicators,)."""
        return np.array([_kept(column, p) for column in self.margins.T])


@dataclass(frozen=True)
class Found:
    """How a search ended. `point` meets it, or is the best of those tried where the outcome is "refused".

    `start` is the scenario itself, `full` all levers that help at their ends, None where none helps; `side` (n,) is +1
    or -1 towards the upper or lower legal end, 0 for a lever that helps on neither side; `monotone` whether along no
    ray that was tried q fell before it was met, or went below zero again; `tried` are all points in their order.
    """

    outcome: Outcome
    point: Point
    start: Point
    full: Point | None
    side: F64
    monotone: bool
    tried: tuple[Point, ...]


def needed(n: int, p: float) -> int:
    """Return how many of `n` draws are a share `p`, at least one."""
    return max(1, math.ceil(p * n - 1e-9))


def size(strengths: F64, costs: F64) -> float:
    """Return the size of a change: the Euclidean norm of strengths times costs."""
    return float(np.sqrt(np.square(costs * strengths).sum()))


def search(margins: Margins, costs: Sequence[float], p: float) -> Found:
    """Return the smallest strengths of as many levers as there are `costs` that a share `p` of draws meets it at."""
    return _Search(margins, np.asarray(costs, dtype=float), p).run()


def most_points(n: int) -> int:
    """Return about how many points a search over `n` levers asks at most."""
    one = 1 + 4 * n + len(GRID) + 8
    return one if n == 1 else one + (len(GRID) - 2 + 5) * n + _ITERATIONS * (n + 2) + 12


@dataclass
class _Search:
    """One search, and what it has asked."""

    margins: Margins
    costs: F64
    p: float
    tried: dict[tuple[float, ...], Point] = field(default_factory=dict)
    monotone: bool = True

    def run(self) -> Found:
        """Search and return how it ended."""
        n = len(self.costs)
        start = self.ask([np.zeros(n)])[0]
        side = np.zeros(n)
        if self.meets(start):
            return self.found("already", start, start, None, side)
        side = self.sides(start)
        if not side.any():
            return self.found("refused", self.best(), start, None, side)
        rays = [side]
        if np.count_nonzero(side) > 1:
            rays += [np.where(np.arange(n) == i, side, 0.0) for i in np.flatnonzero(side)]
        for ray in rays:
            self.along(ray, _STEP if len(rays) == 1 else _COARSE)
        full = self.ask([side])[0]
        smallest = self.smallest()
        if smallest is None:
            return self.found("refused", self.best(), start, full, side)
        if len(rays) > 1:
            self.descend(side, smallest)
        return self.found("found", self.told_short(self.smallest() or smallest), start, full, side)

    def found(self, outcome: Outcome, point: Point, start: Point, full: Point | None, side: F64) -> Found:
        return Found(outcome, point, start, full, side, self.monotone, tuple(self.tried.values()))

    def ask(self, points: Sequence[F64]) -> list[Point]:
        """Return points, those that are new run all at once."""
        keys = [tuple(np.round(np.clip(s, -1.0, 1.0), 6) + 0.0) for s in points]
        new = [key for key in dict.fromkeys(keys) if key not in self.tried]
        if new:
            read = self.margins(np.array(new))
            read = np.where(np.isfinite(read), read, -np.inf)
            self.tried.update({key: Point(np.array(key), m) for key, m in zip(new, read, strict=True)})
        return [self.tried[key] for key in keys]

    def q(self, strengths: F64) -> float:
        """Return q at a point as a finite number."""
        return max(self.ask([strengths])[0].quantile(self.p), _WALL)

    def meets(self, point: Point) -> bool:
        return point.quantile(self.p) >= 0.0

    def smallest(self) -> Point | None:
        """Return the smallest point that meets it, None where none does."""
        met = [point for point in self.tried.values() if self.meets(point)]
        return min(met, key=lambda point: size(point.strengths, self.costs), default=None)

    def best(self) -> Point:
        """Return the point that most draws meet, of those the one with the largest q, then the smallest."""
        return max(
            self.tried.values(),
            key=lambda s: (s.probability, s.quantile(self.p), -size(s.strengths, self.costs)),
        )

    def sides(self, start: Point) -> F64:
        """Return the side of each lever that helps more, 0 where neither does.

        A lever that does not help alone is asked again beside those that do, at their ends.
        """
        side = self.helping(start, np.ones(len(self.costs), dtype=bool))
        if side.any() and not side.all():
            side = side + self.helping(self.ask([side])[0], side == 0.0)
        return side

    def helping(self, start: Point, asked: NDArray[np.bool_]) -> F64:
        """Return the side of each lever `asked` that helps more from `start`, 0 where neither does."""
        n = len(self.costs)
        ways = [(i, sign) for i in np.flatnonzero(asked) for sign in (1.0, -1.0)]
        points = [start.strengths + sign * part * np.eye(n)[i] for i, sign in ways for part in (_NEAR, 1.0)]
        read = self.ask(points)
        side, reached = np.zeros(n), [self._worth(start)] * n
        for k, (i, sign) in enumerate(ways):
            worth = max(self._worth(read[2 * k]), self._worth(read[2 * k + 1]))
            if _above(worth, reached[i]):
                reached[i], side[i] = worth, sign
        return side

    def _worth(self, point: Point) -> tuple[float, float, float]:
        """Return what sides are compared by, in the order of its parts."""
        each = np.maximum(point.each(self.p), _WALL)
        return float(np.minimum(each, 0.0).sum()), max(point.quantile(self.p), _WALL), float(each.sum())

    def along(self, ray: F64, tolerance: float) -> None:
        """Try a ray on the grid, and where it meets the aim the root in the first bracket."""
        stops = (0.0, *GRID)
        read = [max(point.quantile(self.p), _WALL) for point in self.ask([t * ray for t in stops])]
        first = next((k for k, value in enumerate(read) if value >= 0.0), None)
        before, after = read[: None if first is None else first + 1], [] if first is None else read[first:]
        rising = all(b >= a - _FLAT for a, b in itertools.pairwise(before))
        self.monotone &= rising and all(value >= 0.0 for value in after)
        if first:
            self.root(ray, stops[first - 1], stops[first], tolerance)

    def root(self, ray: F64, low: float, high: float, tolerance: float) -> None:
        """Run the points that lead to the root of q along a ray between `low`, not met, and `high`, met."""
        brentq(lambda t: self.q(t * ray), low, high, xtol=tolerance / 2.0, rtol=1e-6, maxiter=30)

    def descend(self, side: F64, start: Point) -> None:
        """Run the points of SLSQP from `start` and of the ray through its end."""
        active = np.flatnonzero(side)

        def whole(x: F64) -> F64:
            point = np.zeros(len(side))
            point[active] = side[active] * x
            return point

        def limits(x: F64) -> F64:
            return self.limits(self.ask([whole(x)])[0])

        def slopes(x: F64) -> F64:
            step = np.where(x + _SLOPE <= 1.0, _SLOPE, -_SLOPE)
            here, *there = self.ask([whole(x), *(whole(x + row) for row in np.diag(step))])
            return np.stack([(self.limits(k) - self.limits(here)) / h for k, h in zip(there, step, strict=True)], 1)

        weight = self.costs[active] ** 2
        ended = minimize(
            lambda x: float(weight @ x**2),
            np.abs(start.strengths[active]),
            jac=lambda x: 2.0 * weight * x,
            method="SLSQP",
            bounds=[(0.0, 1.0)] * len(active),
            constraints={"type": "ineq", "fun": limits, "jac": slopes},
            options={"maxiter": _ITERATIONS, "ftol": 1e-5},
        )
        self.shorten(whole(np.clip(ended.x, 0.0, 1.0)))

    def limits(self, point: Point) -> F64:
        """Return what must not be below zero: q, and of several indicators that of each alone, which is smoother."""
        joint = np.array([point.quantile(self.p)])
        several = point.margins.shape[1] > 1
        return np.asarray(np.maximum(np.append(point.each(self.p), joint) if several else joint, _WALL))

    def shorten(self, end: F64) -> None:
        """Run the points of the root near the end of a search, along the ray through it."""
        reach = float(np.abs(end).max())
        if reach <= 0.0:
            return
        ray, met = end / reach, self.q(end) >= 0.0
        at = reach
        for part in (0.99, 0.96, 0.88, 0.7) if met else (1.01, 1.05, 1.15, 1.4):
            before, at = at, min(part * reach, 1.0)
            if (self.q(at * ray) >= 0.0) is not met:
                self.root(ray, min(before, at), max(before, at), _STEP)
                return

    def told_short(self, point: Point) -> Point:
        """Return the point rounded up to thousandths where that meets it, else the point itself."""
        up = np.sign(point.strengths) * np.ceil(np.abs(point.strengths) / _STEP - 1e-6) * _STEP
        rounded = self.ask([up])[0]
        return rounded if self.meets(rounded) else point


def _kept(margins: F64, p: float) -> float:
    """Return the margin that a share `p` has at least."""
    return float(np.sort(margins)[len(margins) - needed(len(margins), p)])


def _above(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Return whether `a` is larger in the first part in which the two differ by more than rounding."""
    return next((x > y for x, y in zip(a, b, strict=True) if abs(x - y) > _FLAT), False)
