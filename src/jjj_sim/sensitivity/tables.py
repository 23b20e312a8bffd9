"""The tables of a sensitivity analysis: outcomes, effects, indices and points, as the house writes tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.calibrating.space import Space
from jjj_sim.region import Region
from jjj_sim.sensitivity import morris, sobol
from jjj_sim.sensitivity.outcomes import Outcome, told, unit

F64 = NDArray[np.float64]

OUTCOMES = ("scenario", "kind", "outcome", "unit", "default", "points", "mean", "sd", "low", "high")
_MOVED = ("scenario", "kind", "outcome", "unit", "parameter", "parameter_unit", "from", "to")
EFFECTS = (*_MOVED, "mu", "mu_star", "sigma", "conf")
INDICES = ("scenario", "kind", "outcome", "parameter", "S1", "S1_conf", "ST", "ST_conf")
# Outcomes that differ by less than this part of their size do not differ.
_SAME = 1e-9


def effects(
    region: Region, space: Space, names: Sequence[str], found: Sequence[Outcome], chances: F64, read: F64, seed: int
) -> pd.DataFrame:
    """Return one row per outcome and parameter of whole trajectories: Morris's effects."""
    ends = [[c.param.draw(p) for p in (morris.LOW, morris.HIGH)] for c in space.coordinates]
    rows: list[dict[str, Any]] = []
    for (name, kind), values in told(names, read).items():
        for k, outcome in enumerate(found):
            one = _told(morris.effects(chances, values[:, k], seed), read[:, k])
            for j, c in enumerate(space.coordinates):
                row: dict[str, Any] = {"scenario": name, "kind": kind, "outcome": outcome.name}
                row |= {"unit": unit(region, outcome, kind), "parameter": c.dotted, "parameter_unit": c.param.unit}
                row |= {"from": ends[j][0], "to": ends[j][1]}
                rows.append({**row, **{key: column[j] for key, column in one._asdict().items()}})
    return pd.DataFrame(rows, columns=list(EFFECTS))


def indices(space: Space, names: Sequence[str], found: Sequence[Outcome], read: F64, seed: int) -> pd.DataFrame:
    """Return one row per outcome that varies and parameter, from readings without walls: Sobol's indices."""
    rows: list[dict[str, Any]] = []
    for (name, kind), values in told(names, read).items():
        for k, outcome in enumerate(found):
            if not varies(values[:, k], read[:, k]):
                continue
            one = sobol.indices(len(space), values[:, k], seed)
            for j, dotted in enumerate(space.dotted):
                numbers = (one.first[j], one.first_conf[j], one.total[j], one.total_conf[j])
                row = (name, kind, outcome.name, dotted, *numbers)
                rows.append(dict(zip(INDICES, row, strict=True)))
    return pd.DataFrame(rows, columns=list(INDICES))


def outcomes(
    region: Region, names: Sequence[str], found: Sequence[Outcome], default: F64, drawn: F64 | None
) -> pd.DataFrame:
    """Return one row per outcome: at the defaults (n_figures,), and over draws of the priors (n_points, n_figures).

    The draws are those of Sobol', in which the parameters that are not split stand at their defaults.
    """
    rows: list[dict[str, Any]] = []
    spread = told(names, drawn) if drawn is not None else {}
    for (name, kind), values in told(names, default[None]).items():
        for k, outcome in enumerate(found):
            row: dict[str, Any] = {"scenario": name, "kind": kind, "outcome": outcome.name}
            row |= {"unit": unit(region, outcome, kind), "default": values[0, k], "points": 0}
            if spread:
                mine = spread[name, kind][:, k]
                low, high = np.quantile(mine, [0.05, 0.95])
                row |= {"points": len(mine), "mean": mine.mean(), "sd": mine.std(ddof=1), "low": low, "high": high}
            rows.append(row)
    return pd.DataFrame(rows, columns=list(OUTCOMES))


def points(
    space: Space, method: str, block: int, chances: F64, figures: Sequence[tuple[str, str]], read: F64
) -> pd.DataFrame:
    """Return one row per point: method, trajectory or sample of `block` points, parameters, readings; empty at walls.

    A parameter that is not moved is empty: it stands as the scenario has it.
    """
    table: dict[str, Any] = {"method": method, "block": np.arange(len(chances)) // block}
    table |= {c.dotted: [c.param.draw(float(p)) for p in chances[:, k]] for k, c in enumerate(space.coordinates)}
    table |= {f"{name} {outcome}": read[:, i] for i, (name, outcome) in enumerate(figures)}
    return pd.DataFrame(table)


def leading(table: pd.DataFrame, kind: str, most: int) -> list[str]:
    """Return the parameters of the largest effects on outcomes of a kind, the largest first, at most `most`.

    Effects are told in the outcome's largest; a parameter counts by its largest over outcomes, then by their sum.
    """
    mine = table[table["kind"] == kind]
    each = mine.pivot_table(index=["scenario", "outcome"], columns="parameter", values="mu_star", sort=False)
    each = each[each.max(axis=1) > 0.0]
    each = each.div(each.max(axis=1), axis=0)
    ranked = pd.DataFrame({"largest": each.max(), "sum": each.sum()})
    ranked = ranked[ranked["largest"] > 0.0].sort_values(["largest", "sum"], ascending=False, kind="stable")
    return [str(name) for name in ranked.index[:most]]


def _told(found: morris.Effects, level: F64) -> morris.Effects:
    """Return effects with zero for those that are rounding, beside the size of the level (n_points,)."""
    rounding = found.mu_star <= _SAME * np.abs(level).max()
    return morris.Effects(*(np.where(rounding, 0.0, part) for part in found))


def varies(values: F64, level: F64) -> bool:
    """Return whether values (n_points,) differ by more than rounding, beside the size of the level (n_points,)."""
    return bool(np.ptp(values) > _SAME * np.abs(level).max())
