"""What a file does to a path that it inherits: points of its own, then a scale, then a shift.

    path(t) x scale(t) + shift(t)

A scale or shift is a number from a quarter on, or a number over time: linear between its points, held after the
last. Before its first point the path stays what it was, bit for bit.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from jjj_sim import quarters
from jjj_sim.messages import say
from jjj_sim.param import Path

CHANGES = ("scale", "shift")
KEYS = ("path", *CHANGES, "from")


def path_of(given: Sequence[Any]) -> Path:
    """Return a path from points of a file."""
    return Path([quarters.parse(point[0]) for point in given], [point[1] for point in given])


def from_opening(path: Path) -> Path:
    """Return `path` as the model sees it: from 2013Q1 on."""
    later = [(t, value) for t, value in path.points() if t > 0]
    return Path([0, *(t for t, _ in later)], [path.at(0), *(value for _, value in later)])


def changed(
    before: Path | None, given: Mapping[str, Any], where: str, bounds: tuple[float, float], problems: list[str]
) -> Path | None:
    """Return the path `before` as a setting changes it; notes what is wrong with the change."""
    amounts = {key: points for key in CHANGES if (points := _points_of(given, key, where, problems))}
    if "from" in given and not any(isinstance(given.get(key), float) for key in CHANGES):
        problems.append(say("from_of_nothing", where=where, quarter=given["from"]))
    after = before
    if "path" in given:
        after = from_opening(path_of(given["path"]).after(before))
    for key, points in amounts.items():
        after = _changed(after if after is not None else Path([0], [0.0]), path_of(points), key)
    if amounts and after is not None:
        lo, hi = bounds
        for t, value in after.points():
            if not lo <= value <= hi:
                keys = " and ".join(f"{key} {said(given[key], given)}" for key in amounts)
                place = {"value": value, "quarter": quarters.label(t), "lo": lo, "hi": hi}
                problems.append(say("change_outside", where=where, keys=keys, **place))
                break
    return after


def said(amount: Any, given: Mapping[str, Any]) -> str:
    """Return a scale or shift in few words."""
    if isinstance(amount, float):
        return f"{amount:.15g} from {given.get('from', '')}"
    return ", ".join(f"{number:.15g} from {quarter}" for quarter, number in amount)


def _points_of(given: Mapping[str, Any], key: str, where: str, problems: list[str]) -> Sequence[Any] | None:
    """Return the points of a scale or shift, None where there is none; notes one that does not say since when."""
    amount = given.get(key)
    if not isinstance(amount, float):
        return amount
    if "from" not in given:
        problems.append(say("needs_from", where=where, key=key, found=amount))
        return None
    return ((given["from"], amount),)


def _changed(before: Path, amount: Path, key: str) -> Path:
    """Return `before` scaled or shifted from the first point of `amount` on."""
    start, last = (int(q) for q in (max(amount.quarters[0], 0), max(amount.quarters[-1], 0)))
    times = {start, last, *(int(q) for path in (before, amount) for q in path.quarters if q > start)}
    ordered = sorted(times)
    if key == "scale":  # a product of two slopes is no line: a point in every quarter
        for a, b in itertools.pairwise(ordered):
            if before.at(a) != before.at(b) and amount.at(a) != amount.at(b):
                times.update(range(a, b))
    at = sorted(times)
    values = [before.at(t) * amount.at(t) if key == "scale" else before.at(t) + amount.at(t) for t in at]
    return from_opening(Path(at, np.array(values)).after(before))
