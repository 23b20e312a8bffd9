"""An attribution from end to end: players, the twin at their sets, Shapley's shares over draws, agents; a folder.

Every run of the twin is kept in a workspace under what it was asked, so that the same command goes on where one was
killed. Numbers do not depend on the number of workers.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import quarters, regions
from jjj_sim.attributing import shapley
from jjj_sim.attributing.players import Player, players_of
from jjj_sim.attributing.twin import DRAW, SET, Outcome, Twin
from jjj_sim.calibrating.runs import Runs
from jjj_sim.comparing import comparison
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.headline import figures
from jjj_sim.errors import OpeningError, ScenarioError
from jjj_sim.indicators import indicators
from jjj_sim.messages import say
from jjj_sim.progress import Progress
from jjj_sim.running.beside import opened, write_scenarios
from jjj_sim.running.provenance import n_processors, provenance
from jjj_sim.running.result import Filler, whole_folder, write_manifest
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.scenario.posterior import Draw, draws_of

F64 = NDArray[np.float64]

KIND = "attribution"
SHEETS = ("shares", "interactions", "totals")
# Up to so many players every set of them is run, above some orders.
EXACT = 6
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Request:
    """What was asked: draws of the posterior, orders where players are many, members of agents, and the seed."""

    draws: int = 8
    orders: int = 12
    members: int = 0
    seed: int = 1

    def check(self) -> None:
        """Raise ScenarioError where a number is not legal."""
        least = {"--draws": (self.draws, 1), "--orders": (self.orders, 2), "--members": (self.members, 0)}
        wrong = [say("too_few", option=k, given=n, least=low) for k, (n, low) in least.items() if n < low]
        if wrong:
            raise ScenarioError("attribute", wrong)


@dataclass(frozen=True)
class Attribution:
    """What each player does in the difference between a variant and its base.

    `shares`: one row per player, variable, area and year, the mean over draws (they add up) with 5 and 95 % of the
    draws, beside what the player does alone; `interactions`: the same of each pair, empty where players are many;
    `totals`: the whole difference of the twin, what the shares leave of it, and that of agents where asked.
    """

    base: Scenario
    variant: Scenario
    shares: pd.DataFrame
    interactions: pd.DataFrame
    totals: pd.DataFrame
    manifest: Mapping[str, Any]

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the folder whole and return it; each of `fill` may add files to it before it is renamed."""
        with whole_folder(Path(folder)) as made:
            for name in SHEETS:
                getattr(self, name).to_csv(made / f"{name}.csv", index=False, lineterminator="\n")
            write_scenarios(made, (self.base, self.variant))
            write_manifest({**self.manifest, "files": {}, "sheets": list(SHEETS)}, made)
            for add in fill:
                add(made)
        return Path(folder)


def named(base: str, variant: str) -> str:
    """Return the name of the folder of an attribution."""
    return f"attribute-{base}--{variant}"


def load(folder: Path | str) -> Attribution:
    """Return the attribution saved in `folder`; DataError when it is none, or a table is missing."""
    path = Path(folder)
    manifest, (base, variant) = opened(path, KIND, "attribution", [f"{s}.csv" for s in SHEETS], ("base", "variant"))
    shares, together, totals = (_sheet(path / f"{s}.csv") for s in SHEETS)
    return Attribution(base, variant, shares, together, totals, manifest)


def _sheet(file: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(file)
    except pd.errors.EmptyDataError:
        return pd.DataFrame()


def attribute(
    base: str | Path | Scenario,
    variant: str | Path | Scenario,
    request: Request | None = None,
    *,
    workers: int | None = None,
    workspace: Path | str | None = None,
    quiet: bool = True,
) -> Attribution:
    """Return what each setting of `variant` does in its difference from `base`.

    ScenarioError where nothing differs, or they do not end together; OpeningError when the twin runs at no draw.
    """
    began = time.monotonic()
    asked = request or Request()
    one, two = load_scenario(base), load_scenario(variant)
    players = checked(one, two, asked)
    n = len(players)
    orders = [] if n <= EXACT else shapley.some_orders(n, asked.orders, asked.seed)
    sets = shapley.chains(orders) if orders else shapley.coalitions(n)
    twin = _twin(one, two, players, asked.draws)
    many = n_processors() if workers is None else workers
    folder = None if workspace is None else Path(workspace) / _digest(twin.stamp)
    points = [{DRAW: d, SET: s} for d in range(len(twin.draws)) for s in sets]
    with Progress("attribute", len(points), quiet=quiet) as progress, Runs(twin, many, folder, progress) as runs:
        read = runs.read(points).reshape(len(twin.draws), len(sets), -1)
        walls, lived = sorted(set(runs.walls.values())), runs.lived
    stands = np.isfinite(read).all(axis=(1, 2))
    if not stands.any():
        raise OpeningError(walls[0] if walls else "the twin has no reading of the headline figures")
    value = {s: read[stands, k] for k, s in enumerate(sets)}  # each (n_draws, n_outcomes)
    found = shapley.sampled_shares(value, orders) if orders else shapley.shares(value, n)
    whole = value[(1 << n) - 1] - value[0]
    agents = _agents(one, two, asked, quiet) if asked.members else None
    return Attribution(
        base=one,
        variant=two,
        shares=_shares(twin, found, value),
        interactions=pd.DataFrame() if orders or n < 2 else _interactions(twin, shapley.interactions(value, n)),
        totals=_totals(twin, whole, found, agents),
        manifest={
            "kind": KIND,
            **regions.told(one.region),
            "base": one.name,
            "variant": two.name,
            "titles": {s.name: [s.title, s.title_zh or s.title] for s in (one, two)},
            "scenario_sha256": {s.name: s.digest for s in (one, two)},
            "players": [p.dotted for p in players],
            "exact": not orders,
            **asdict(asked),
            "orders": len(orders) or None,
            "first_quarter": quarters.label(twin.start),
            "draws_left_out": int((~stands).sum()),
            "runs": lived,
            "walls": walls,
            "workers": many,
            "command": sys.argv,
            "wall_seconds": round(time.monotonic() - began, 2),
            **provenance(one.region),
        },
    )


def checked(base: Scenario, variant: Scenario, request: Request) -> tuple[Player, ...]:
    """Return the players; ScenarioError where there are none, or the scenarios cannot be compared."""
    request.check()
    if base.end != variant.end:
        raise ScenarioError("attribute", [say("other_horizon", base=base.name, variant=variant.name)])
    players = players_of(base, variant)
    if not players:
        raise ScenarioError("attribute", [say("nothing_differs", base=base.name, variant=variant.name)])
    return players


def _twin(base: Scenario, variant: Scenario, players: tuple[Player, ...], n_draws: int) -> Twin:
    """Return the twin to be asked, of the years from the first that any player tells in."""
    start = min(player.start for player in players)
    years = range(quarters.year(start), quarters.year(base.end + 1))
    outcomes = tuple(Outcome(v, a, y) for v, a in figures(base.region) for y in years)
    known = draws_of(base.region)
    draws: tuple[Draw, ...] = ({},) if known is None else tuple(known.of(m) for m in range(n_draws))
    return Twin(base, variant, players, outcomes, draws, start)


def _shares(twin: Twin, found: F64, value: Mapping[int, F64]) -> pd.DataFrame:
    units = indicators(twin.base.region)
    rows = []
    for k, player in enumerate(twin.players):
        alone = value.get(1 << k)
        for o, outcome in enumerate(twin.outcomes):
            mine = found[k, :, o]
            low, high = np.quantile(mine, [_LOW, _HIGH])
            only = np.nan if alone is None else float((alone[:, o] - value[0][:, o]).mean())
            row = {"player": player.dotted, **outcome._asdict(), "unit": units[outcome.variable].unit}
            rows.append({**row, "share": float(mine.mean()), "low": low, "high": high, "alone": only})
    return pd.DataFrame(rows)


def _interactions(twin: Twin, found: Mapping[tuple[int, int], F64]) -> pd.DataFrame:
    rows = []
    for (i, j), both in found.items():
        for o, outcome in enumerate(twin.outcomes):
            low, high = np.quantile(both[:, o], [_LOW, _HIGH])
            row = {"first": twin.players[i].dotted, "second": twin.players[j].dotted, **outcome._asdict()}
            rows.append({**row, "together": float(both[:, o].mean()), "low": low, "high": high})
    return pd.DataFrame(rows)


def _totals(twin: Twin, whole: F64, found: F64, agents: Comparison | None) -> pd.DataFrame:
    table = None
    if agents is not None:
        table = agents.table[agents.table["area_kind"] != "zone"].set_index(["variable", "area", "period"])
    rows = []
    for o, outcome in enumerate(twin.outcomes):
        low, high = np.quantile(whole[:, o], [_LOW, _HIGH])
        residual = float(np.abs(whole[:, o] - found[:, :, o].sum(axis=0)).max())
        row: dict[str, Any] = {**outcome._asdict(), "twin": float(whole[:, o].mean()), "low": low, "high": high}
        row["residual"] = residual
        if table is not None:
            said = table.loc[[tuple(outcome)]].iloc[0]
            row |= {"agents": said["mean"], "agents_low": said["mean_low"], "agents_high": said["mean_high"]}
        rows.append(row)
    return pd.DataFrame(rows)


def _agents(base: Scenario, variant: Scenario, asked: Request, quiet: bool) -> Comparison:
    """Return the whole difference as members with agents have it."""
    return comparison.compare(base, variant, members=asked.members, seed=asked.seed, quiet=quiet)


def _digest(stamp: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dict(stamp), sort_keys=True).encode()).hexdigest()[:16]
