"""Players: what a variant sets differently from its base, each a lever, an outside path or a parameter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.scenario import lever_table

LEVERS, ASSUMPTIONS, PARAMETERS = "levers", "assumptions", "parameters"


@dataclass(frozen=True)
class Player:
    """What one variant setting is: its `section` and name, and the first quarter in which it tells."""

    section: str
    name: str
    start: int

    @property
    def dotted(self) -> str:
        """Its name as in a scenario file."""
        return f"{self.section}.{self.name}"


def players_of(base: Scenario, variant: Scenario) -> tuple[Player, ...]:
    """Return the players in which a variant differs from its base, levers first."""
    return tuple(_players(base, variant))


def _players(base: Scenario, variant: Scenario) -> Iterator[Player]:
    for name, lever in variant.levers.items():
        if lever_table(lever, base.region) != lever_table(base.levers[name], base.region):
            yield Player(LEVERS, name, _first(base.levers[name], lever, base.end))
    for name, path in variant.assumptions.items():
        mine = base.assumptions[name]
        if path.points() != mine.points():
            later = (t for t in range(base.end + 1) if path.at(t) != mine.at(t))
            yield Player(ASSUMPTIONS, name, next(later, base.end))
    for process, values in variant.parameters.items():
        for key, value in values.items():
            if value != base.parameters[process][key]:
                yield Player(PARAMETERS, f"{process}.{key}", 0)


def _first(one: LeverPlan, two: LeverPlan, end: int) -> int:
    """Return the first quarter in which two plans of a lever say different things."""
    if dict(one.shares) != dict(two.shares):
        return 0
    keys = [*([None] if one.path is not None else []), *one.paths]
    paths = (t for t in range(end + 1) if any(one.at(t, key) != two.at(t, key) for key in keys))
    dates = [next(paths, end)]
    if one.zones != two.zones:
        dates.append(next((t for t in range(end + 1) if any(lever.at(t) for lever in (one, two))), end))
    for name in {*one.events, *two.events}:
        mine, other = one.events.get(name), two.events.get(name)
        if mine != other:
            dates += [e.quarter for e in (mine, other) if e is not None and e.quarter is not None]
    return min(dates)


def mixed(base: Scenario, variant: Scenario, chosen: Sequence[Player]) -> Scenario:
    """Return the base with the chosen players as the variant has them."""
    levers, paths = dict(base.levers), dict(base.assumptions)
    parameters: dict[str, dict[str, Any]] = {process: dict(values) for process, values in base.parameters.items()}
    for player in chosen:
        if player.section == LEVERS:
            levers[player.name] = variant.levers[player.name]
        elif player.section == ASSUMPTIONS:
            paths[player.name] = variant.assumptions[player.name]
        else:
            process, _, key = player.name.partition(".")
            parameters[process][key] = variant.parameters[process][key]
    return replace(base, levers=levers, assumptions=paths, parameters=parameters)
