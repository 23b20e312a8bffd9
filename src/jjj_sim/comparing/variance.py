"""Where the width of a band comes from: parameters, the outside world, or luck.

    V_k = mean over members of (y - y_k)^2 / 2      y_k: the same member, but for k drawn anew

That is the total effect of k (Jansen 1999, recalled): what of the variance would stay if all but k were known. For
parameters and the outside world both runs are the twin's, so that no luck is in it; for luck both are agents with one
draw and two seeds. What two of them do only together is counted in each, so that the three may sum to a little more
than the whole; shares are of their sum. Of a difference between scenarios the same, with y its difference.

Luck is that of agents of the size that ran: at the region one to one it is smaller, by the root of residents an agent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.errors import ScenarioError
from jjj_sim.indicators.areas import filling, total
from jjj_sim.region import Region
from jjj_sim.running import ensemble
from jjj_sim.running.beside import opened, write_scenarios
from jjj_sim.running.result import Filler, whole_folder, write_manifest
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.posterior import Draws, draws_of

F64 = NDArray[np.float64]

KIND, TABLE = "variance", "variance.csv"
PARTS = ("parameters", "outside", "luck")
LEAST = 4
_KEYS = ["area", "variable", "period"]


@dataclass(frozen=True)
class Variance:
    """`table`: one row per outcome (a scenario, or a variant less its base), area, variable and year.

    Columns: `unit`, `middle` (median of the twin's draws), `sd_parameters`, `sd_outside`, `sd_luck` in the unit, and
    the `share_` of each in the sum of the three variances.
    """

    base: Scenario
    variants: tuple[Scenario, ...]
    table: pd.DataFrame
    manifest: Mapping[str, Any]

    def save(self, folder: Path, fill: Sequence[Filler] = ()) -> Path:
        """Write the table, the scenarios and the manifest, whole or not at all; each of `fill` may add files."""
        with whole_folder(folder) as part:
            self.table.to_csv(part / TABLE, index=False, lineterminator="\n")
            write_scenarios(part, (self.base, *self.variants))
            write_manifest({**self.manifest, "files": {}}, part)
            for add in fill:
                add(part)
        return folder


def load(folder: Path | str) -> Variance:
    """Return the split saved in `folder`; DataError when it is none, or a file is missing."""
    path = Path(folder)
    manifest, (base, *variants) = opened(path, KIND, "split of a variance", [TABLE], ("base", "variants"))
    return Variance(base, tuple(variants), pd.read_csv(path / TABLE), manifest)


def variance(
    base: Scenario,
    variants: Sequence[Scenario] = (),
    *,
    draws: int = 64,
    members: int = 16,
    seed: int = 1,
    quiet: bool = True,
) -> Variance:
    """Split the variance of every recorded figure, and of its differences, over `draws` of the twin.

    `members` pairs of agents' runs tell of luck. ScenarioError where the region has no posterior.
    """
    shipped = draws_of(base.region)
    if shipped is None:
        raise ScenarioError("variance", ["the region has no posterior; make one: jjj-sim calibrate --ship"])
    if min(draws, members) < LEAST:
        raise ScenarioError("variance", [f"{min(draws, members)} members tell of no variance; the least is {LEAST}"])
    taken = min(draws, len(shipped))
    at = np.random.default_rng(seed).permutation(len(shipped))[:taken]
    mine, other = shipped.table.iloc[at], shipped.table.iloc[np.roll(at, 1)]
    outside = [name.startswith("assumptions.") for name in shipped.table.columns]
    tables = {"own": mine, "parameters": _with(mine, other, ~np.array(outside)), "outside": _with(mine, other, outside)}
    lots = {name: Draws(table, shipped.sha256, shipped.manifest) for name, table in tables.items()}
    found: dict[str, dict[str, pd.DataFrame]] = {}
    for one in (base, *variants):
        runs = {n: ensemble.run(one, taken, seed, twin=True, draws=lot, quiet=quiet) for n, lot in lots.items()}
        runs |= {f"luck {s}": ensemble.run(one, members, seed + s, draws=lots["own"], quiet=quiet) for s in (0, 1)}
        found[one.name] = {name: _wide(run.annual) for name, run in runs.items()}
    units = runs["own"].annual.drop_duplicates("variable").set_index("variable")["unit"]
    parts = [_split(base.name, found[base.name])]
    for one in variants:
        both = {name: found[one.name][name] - read for name, read in found[base.name].items()}
        parts.append(_split(f"{one.name} less {base.name}", both))
    table = pd.concat(parts, ignore_index=True)
    table.insert(4, "unit", table["variable"].map(units))
    told: dict[str, Any] = {"kind": KIND, **regions.told(base.region)}
    told |= {"base": base.name, "variants": [v.name for v in variants], "seed": seed}
    told |= {"twin_draws": taken, "members": members, "residents_per_agent": base.residents_per_agent}
    told |= {"draws": shipped.sha256, "scenario_sha256": {s.name: s.digest for s in (base, *variants)}}
    return Variance(base, tuple(variants), table, told)


def headline(region: Region) -> list[tuple[str, str]]:
    """Return what is told first: six outcomes as (variable, area)."""
    whole = total(region)
    capital, new_area = filling(region, "capital"), filling(region, "new_area")
    asked = [("gdp_nominal", whole), ("gdp_share_tertiary", whole), ("pm25", whole), ("gdp_share_of_nation", whole)]
    return [*asked, *(("population", area) for area in (capital, new_area) if area)]


def split(own: F64, anew: F64) -> F64:
    """Return the variance that one part makes: of runs (n, ...) and the same with that part drawn anew."""
    return np.asarray(((own - anew) ** 2).mean(axis=0) / 2.0)


def _with(mine: pd.DataFrame, other: pd.DataFrame, which: object) -> pd.DataFrame:
    """Return draws with the columns `which` of the others."""
    names = mine.columns[np.asarray(which, dtype=bool)]
    changed = mine.copy()
    changed[names] = other[names].to_numpy()
    return changed


def _wide(annual: pd.DataFrame) -> pd.DataFrame:
    """Return a row per member, a column per area, variable and year, zones apart."""
    kept = annual[annual["area_kind"] != "zone"]
    return kept.pivot_table("value", "member", _KEYS, observed=True)


def _split(outcome: str, read: dict[str, pd.DataFrame]) -> pd.DataFrame:
    columns = read["own"].columns
    for run in read.values():
        columns = columns.intersection(run.columns)
    at = {name: run[columns].to_numpy() for name, run in read.items()}
    variances = {name: split(at["own"], at[name]) for name in ("parameters", "outside")}
    variances["luck"] = split(at["luck 0"], at["luck 1"])
    whole = sum(variances.values())
    table = columns.to_frame(index=False)
    table.insert(0, "outcome", outcome)
    table["middle"] = np.median(at["own"], axis=0)
    for name in PARTS:
        table[f"sd_{name}"] = np.sqrt(variances[name])
    with np.errstate(invalid="ignore", divide="ignore"):
        for name in PARTS:
            table[f"share_{name}"] = variances[name] / whole
    return table
