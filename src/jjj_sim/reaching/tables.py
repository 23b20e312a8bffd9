"""Tables of a reach: points tried, the ray, indicators before and after over draws, all goals before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.reaching import search
from jjj_sim.reaching.agents import Agents
from jjj_sim.reaching.aim import Aim
from jjj_sim.reaching.moves import Move
from jjj_sim.reaching.search import Found, Point

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Tables:
    """What the tables are of."""

    aim: Aim
    moves: Sequence[Move]
    costs: F64
    probability: float

    def search(self, found: Found) -> pd.DataFrame:
        """Return one row per point tried, in their order: strengths, size, share of draws, q and what binds."""
        rows = []
        for n, point in enumerate(found.tried):
            strengths = dict(zip([m.name for m in self.moves], point.strengths.tolist(), strict=True))
            told = {"size": search.size(point.strengths, self.costs), **self.told_point(point)}
            rows.append({"point": n, **strengths, **told})
        return pd.DataFrame(rows)

    def told_point(self, point: Point) -> dict[str, Any]:
        """Return draws that meet it, their share, q over the threshold's size, and the indicator that binds."""
        each = point.each(self.probability)
        return {
            "met": int(point.met.sum()),
            "draws": len(point.met),
            "probability": point.probability,
            "margin": point.quantile(self.probability),
            "binding": self.aim.wanted[int(np.argmin(each))].indicator.en,
        }

    def told(self, found: Found) -> dict[str, Any]:
        """Return what the manifest says of the search: the scenario, the point, all levers at their ends."""
        full = None if found.full is None else self.told_point(found.full)
        sides = zip(self.moves, found.side.tolist(), strict=True)
        return {
            "start": self.told_point(found.start),
            "point": self.told_point(found.point),
            "full": full,
            "no_help": [move.name for move, side in sides if side == 0.0 and found.outcome != "already"],
            "monotone": found.monotone,
            "points": len(found.tried),
        }

    def levers(self, found: Found) -> list[dict[str, Any]]:
        """Return for each lever its strength, its end, and its values in the aim's last quarter before and after."""
        last = 4 * (self.aim.year - 2013) + 3
        rows = []
        for move, strength in zip(self.moves, found.point.strengths.tolist(), strict=True):
            rows.append(
                {
                    "lever": move.name,
                    "unit": move.unit,
                    "strength": abs(strength),
                    "towards": move.hi if strength > 0 else move.lo if strength < 0 else None,
                    "before": move.path.at(last),
                    "after": move.moved(strength).at(last),
                }
            )
        return rows

    def ray(self, ray: Sequence[tuple[float, F64, F64]]) -> pd.DataFrame:
        """Return one row per part of the way and indicator: share of draws, margin kept by p of them, median."""
        rows = []
        for part, strengths, values in ray:
            point = Point(strengths, np.where(np.isfinite(values), self.aim.margins(values), -np.inf))
            kept = point.each(self.probability)
            for k, wanted in enumerate(self.aim.wanted):
                rows.append(
                    {
                        "part": part,
                        **dict(zip([m.name for m in self.moves], strengths.tolist(), strict=True)),
                        "indicator": wanted.indicator.en,
                        "indicator_zh": wanted.indicator.zh,
                        "unit": wanted.indicator.unit,
                        "probability": point.probability,
                        "margin": kept[k] * wanted.scale,
                        "median_margin": float(np.median(point.margins[:, k])) * wanted.scale,
                    }
                )
        return pd.DataFrame(rows).replace([np.inf, -np.inf], np.nan)

    def indicators(self, before: F64, after: F64) -> pd.DataFrame:
        """Return one row an indicator: quantiles over draws (n_draws, n_indicators) and shares, before and after."""
        rows = []
        for k, wanted in enumerate(self.aim.wanted):
            i = wanted.indicator
            row: dict[str, Any] = {
                "id": i.id,
                "indicator": i.en,
                "indicator_zh": i.zh,
                "area": i.area,
                "year": wanted.year,
            }
            row |= {"sense": i.sense, "threshold": i.threshold, "lower": i.lower, "upper": i.upper, "unit": i.unit}
            for name, values in (("before", before[:, k]), ("after", after[:, k])):
                there = values[np.isfinite(values)]
                low, median, high = np.quantile(there, [0.05, 0.5, 0.95]) if len(there) else (np.nan,) * 3
                margins = np.where(np.isfinite(values), wanted.margins(values), -np.inf)
                row |= {
                    f"median_{name}": median,
                    f"low_{name}": low,
                    f"high_{name}": high,
                    f"probability_{name}": float((margins >= 0.0).mean()),
                    f"margin_{name}": Point(np.zeros(0), margins[:, None]).quantile(self.probability),
                }
            rows.append(row)
        return pd.DataFrame(rows)


def goals(asked: Agents | None) -> pd.DataFrame:
    """Return all goals before and after as members with agents have them, empty without them."""
    if asked is None or asked.before.goals.empty:
        return pd.DataFrame()
    told = ["goal", "id", "indicator", "indicator_zh", "area", "threshold", "unit", "mandatory"]
    read = ["median_2030", "low_2030", "high_2030", "met", "members", "probability", "status"]
    table = asked.before.goals.reindex(columns=told)
    for name, result in (("before", asked.before), ("after", asked.after)):
        if result is not None:
            table = table.join(result.goals.reindex(columns=read).add_suffix(f"_{name}"))
    return table
