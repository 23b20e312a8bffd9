"""Departures: the parameters of a plan that are not at their defaults, the farthest first.

distance = | value - default | / (hi - lo)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jjj_sim.policy.plan import Plan
    from jjj_sim.processes.process import Process

_TOLD = 8


class Departure(NamedTuple):
    """A parameter by dotted name (and place, where it differs by place), off its default by `distance` of its range."""

    name: str
    value: float
    default: float
    distance: float


def departures(processes: Sequence[Process], plan: Plan) -> list[Departure]:
    """Return the parameters of `plan` that are not at their defaults, the farthest in units of its bounds first."""
    found = []
    for process in processes:
        given = plan.parameters.get(process.name, {})
        for name, parameter in process.parameters().items():
            if name not in given:
                continue
            dotted = f"{process.name}.{name}"
            default: Any = plan.region.default(dotted, parameter)
            for place, value, usual in _pairs(given[name], default):
                if value != usual:
                    distance = abs(value - usual) / (parameter.hi - parameter.lo)
                    found.append(Departure(dotted + place, value, usual, distance))
    return sorted(found, key=lambda d: -d.distance)


def told(moved: Sequence[Departure]) -> str:
    """Return a message's last lines: the parameters that stand farthest from their defaults."""
    if not moved:
        return "Every parameter is at its default; look at the levers and assumptions."
    lines = [f"  * {d.name} = {d.value:g}, by default {d.default:g}" for d in moved[:_TOLD]]
    if len(moved) > _TOLD:
        lines.append(f"  and {len(moved) - _TOLD} more")
    return "\n".join(["Far from their defaults, the farthest first:", *lines])


def _pairs(value: Any, default: Any) -> list[tuple[str, float, float]]:
    """Return (suffix of the name, value, default) of a number, or of a mapping by place."""
    if not isinstance(value, Mapping):
        return [("", float(value), float(default))]
    return [(f".{k}", float(v), float(default[k])) for k, v in value.items() if k in default]
