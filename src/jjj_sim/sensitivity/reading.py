"""How an analysis reads: an outcome in words, and the parameters that decide it, the largest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from jjj_sim.indicators import indicators
from jjj_sim.region.names import names
from jjj_sim.sensitivity.analysis import Sensitivity
from jjj_sim.sensitivity.outcomes import DIFFERENCE

# Effects go one way where the mean is at least this part of the mean size.
ONE_WAY = 0.8

Row = Mapping[Any, Any]


def effects(found: Sensitivity, outcome: Row) -> pd.DataFrame:
    """Return what was found of an outcome's parameters, Morris beside Sobol', the largest first, idle ones left out.

    The outcome is a row of `found.outcomes`; what a method did not ask is NaN.
    """
    keys = ["scenario", "kind", "outcome"]
    screened, split = (
        table[(table[keys] == [outcome[key] for key in keys]).all(axis=1)] for table in (found.morris, found.sobol)
    )
    both = screened.merge(split, on=[*keys, "parameter"], how="outer")
    by = "mu_star" if len(screened) else "ST"
    moving = both[(both["mu_star"] > 0.0) | both["ST"].notna()]
    return moving.sort_values([by, "parameter"], ascending=[False, True], kind="stable", ignore_index=True)


def title(found: Sensitivity, outcome: Row, zh: bool) -> str:
    """Return an outcome in words: variable, area, year, and of a difference whose it is."""
    variable, area = str(outcome["outcome"]).split(":")
    known = indicators(found.region)[variable]
    year, place = found.manifest["year"], names(found.region)[area].full[zh]
    what = f"{known.zh}，{place}，{year}年" if zh else f"{known.en}, {place}, {year}"
    if outcome["kind"] != DIFFERENCE:
        return what
    base, variant = next(iter(found.scenarios)), outcome["scenario"]
    return f"{what}：{variant}相对{base}的变化" if zh else f"{what}: {variant} less {base}"


def way(row: Row) -> int:
    """Return 1 where a parameter raises the outcome, -1 where it lowers it, 0 where it does both or Morris is not."""
    return int(np.sign(row["mu"])) if abs(row["mu"]) >= ONE_WAY * row["mu_star"] > 0.0 else 0
