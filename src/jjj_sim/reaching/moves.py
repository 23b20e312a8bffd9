"""Moves: how far a lever's path is shifted from where the scenario has it towards a legal end.

    path_s(t) = (1 - |s|) path(t) + |s| end,   t >= from;   path(t) before
    end = the upper bound of the path where s > 0, the lower one where s < 0

A strength is a share of the room that is left between the scenario's own path and the law of the file. It is no cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jjj_sim import quarters
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.messages import noun, say
from jjj_sim.param import Path
from jjj_sim.policy.lever import Lever
from jjj_sim.policy.registry import levers
from jjj_sim.scenario import Scenario, load_scenario


@dataclass(frozen=True)
class Move:
    """One path that may be moved: of a lever, or its path of a `key`. `start` is the first quarter that is moved."""

    lever: str
    key: str
    unit: str
    lo: float
    hi: float
    path: Path
    start: int

    @property
    def name(self) -> str:
        """How it is called: ``lever`` or ``lever.key``."""
        return f"{self.lever}.{self.key}" if self.key else self.lever

    def moved(self, strength: float) -> Path:
        """Return the path at a signed strength, as it was before `start`."""
        if strength == 0.0:
            return self.path
        part, end = abs(strength), self.hi if strength > 0 else self.lo
        later = [int(q) for q in self.path.quarters if q > self.start]
        at = [self.start, *later]
        values = [(1.0 - part) * self.path.at(t) + part * end for t in at]
        return Path(at, [min(max(v, self.lo), self.hi) for v in values]).after(self.path if self.start else None)

    def points(self, strength: float) -> list[list[Any]]:
        """Return the points from `start` on in the form of a scenario file."""
        return [[quarters.label(t), v] for t, v in self.moved(strength).points() if t >= self.start]


def moves_of(scenario: Scenario, given: Sequence[str], since: str, last: int) -> tuple[Move, ...]:
    """Return the moves of the levers `given`, ``lever`` or ``lever.key``, from quarter `since` on.

    ScenarioError names each that there is not, that has no path to move, and a quarter that is not before `last`.
    """
    problems: list[str] = []
    start = _quarter(since, last, problems)
    found = [_move(scenario, text.strip(), start, problems) for text in given if text.strip()]
    if not found:
        problems.append(say("reach_no_levers"))
    chosen = tuple(move for move in found if move is not None)
    twice = {move.name for move in chosen if [m.name for m in chosen].count(move.name) > 1}
    problems += [say("reach_lever_twice", lever=name) for name in sorted(twice)]
    if problems:
        raise ScenarioError("--levers", problems)
    return chosen


def laid(scenario: Scenario, moves: Sequence[Move], strengths: Sequence[float]) -> Scenario:
    """Return the scenario with its levers moved by signed strengths."""
    return load_scenario(scenario, **settings(moves, strengths))


def settings(moves: Sequence[Move], strengths: Sequence[float]) -> dict[str, Any]:
    """Return what sets the moves, by dotted name as --set takes it; nothing for a lever that is not moved."""
    found: dict[str, Any] = {}
    for move, strength in zip(moves, strengths, strict=True):
        if strength:
            inner = f".paths.{move.key}" if move.key else ""
            found[f"levers.{move.lever}{inner}.path"] = move.points(strength)
    return found


def _quarter(text: str, last: int, problems: list[str]) -> int:
    try:
        start = quarters.parse(text)
    except ValueError as error:
        problems.append(f"--from: {error}")
        return 0
    if not 0 < start <= last:
        span = {"first": quarters.label(1), "last": quarters.label(last)}
        problems.append(say("reach_from_outside", found=text, **span))
    return start


def _move(scenario: Scenario, text: str, start: int, problems: list[str]) -> Move | None:
    """Return the move of a lever's path by name; notes why there is none."""
    known = levers(scenario.region)
    name, _, key = text.removeprefix("levers.").replace(".paths.", ".").removesuffix(".path").partition(".")
    lever = known.get(name)
    if lever is None:
        hint = nearest(name, known) or say("there_are", legal=usable(known))
        problems.append(say("no_such", where=text, noun=noun("lever"), hint=hint))
        return None
    if key:
        if key not in lever.paths:
            legal = [f"{name}.{k}" for k in lever.paths]
            hint = nearest(text, legal) or (say("there_are", legal=legal) if legal else "")
            problems.append(say("reach_no_key", lever=name, key=key, hint=hint))
            return None
        bounds = lever.paths[key]
        return Move(name, key, bounds.unit, bounds.lo, bounds.hi, scenario.levers[name].paths[key], start)
    path = scenario.levers[name].path
    if not lever.has_path or path is None:
        keys = [f"{name}.{k}" for k in lever.paths]
        if keys:
            problems.append(say("reach_needs_key", lever=name, legal=keys))
        else:
            problems.append(say("reach_events", lever=name, legal=usable(known)))
        return None
    return Move(name, "", lever.unit, lever.lo, lever.hi, path, start)


def usable(known: Mapping[str, Lever]) -> list[str]:
    """Return the levers that have a path to move."""
    return [name if spec.has_path else f"{name}.KEY" for name, spec in known.items() if spec.has_path or spec.paths]
