"""A back-cast from end to end: draws, search on the twin, tables, agents; kept while it runs, written whole.

Every run of the twin is kept in a workspace under what it was asked, so that the same command goes on where one was
killed. Numbers do not depend on the number of workers.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.calibrating.runs import Runs
from jjj_sim.comparing.headline import headline
from jjj_sim.errors import OpeningError, ScenarioError
from jjj_sim.messages import say
from jjj_sim.progress import Progress
from jjj_sim.reaching import agents, search, tables
from jjj_sim.reaching.agents import Agents
from jjj_sim.reaching.aim import Aim, aim_of
from jjj_sim.reaching.moves import Move, laid, moves_of
from jjj_sim.reaching.search import Found, Outcome, Point
from jjj_sim.reaching.twin import Twin, draws, values
from jjj_sim.running.provenance import n_processors, provenance
from jjj_sim.running.result import Filler, Result, whole_folder, write_manifest
from jjj_sim.scenario import Scenario, load_scenario, shipped
from jjj_sim.scenario.scenario import toml

F64 = NDArray[np.float64]

KIND, SCENARIO, FOUND = "reach", "scenario.toml", "found.toml"
SHEETS = ("search", "ray", "indicators", "goals", "side_effects")


@dataclass(frozen=True)
class Request:
    """What was asked: the goal or indicator, own targets, levers with costs (1 where none is given), and effort."""

    goal: str | None
    targets: tuple[str, ...]
    levers: tuple[str, ...]
    costs: Mapping[str, float]
    probability: float = 0.8
    since: str = "2026Q1"
    draws: int = 20
    verify: int = 20
    seed: int = 1

    def check(self) -> None:
        """Raise ScenarioError where a number is not legal."""
        problems: list[str] = []
        if not 0.0 < self.probability <= 1.0:
            problems.append(say("reach_probability", found=self.probability))
        problems += [
            say("reach_cost", lever=name, found=cost)
            for name, cost in self.costs.items()
            if not (np.isfinite(cost) and cost > 0.0)
        ]
        if problems:
            raise ScenarioError("reach", problems)


@dataclass(frozen=True)
class Reach:
    """What was found. `found` is the search, `agents` what members with agents say, None where they were not asked.

    `search` one row per point tried, `ray` share and margins along the ray through the point found, `indicators`
    those of the aim before and after over draws, `goals` all goals before and after and `side_effects` the headline
    variables, both of agents; empty without them.
    """

    scenario: Scenario
    aim: Aim
    moves: tuple[Move, ...]
    request: Request
    found: Found
    agents: Agents | None
    search: pd.DataFrame
    ray: pd.DataFrame
    indicators: pd.DataFrame
    goals: pd.DataFrame
    side_effects: pd.DataFrame
    manifest: Mapping[str, Any]

    @property
    def outcome(self) -> Outcome:
        """How the search ended."""
        return self.found.outcome

    @property
    def result(self) -> Result:
        """What the draws read at the point found, as a result of as many members, for whoever reads results."""
        n = len(self.found.point.margins)
        annual = pd.DataFrame(
            {
                "member": np.arange(n),
                "period": self.aim.year,
                "area": "",
                "area_kind": "region",
                "variable": "margin",
                "value": self.found.point.margins.min(axis=1),
                "unit": "1",
            }
        )
        return Result("reach", annual, annual.iloc[:0], annual.iloc[:0], self.manifest, "")

    def to_toml(self) -> str:
        """Return found.toml: a scenario that extends the base and sets the levers as found."""
        return _file(self.scenario, self.aim, self.moves, self.request, self.found.point)

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the folder whole and return it; each of `fill` may add files to it before it is renamed."""
        with whole_folder(Path(folder)) as made:
            sheets = [name for name in SHEETS if not getattr(self, name).empty]
            for name in sheets:
                getattr(self, name).to_csv(made / f"{name}.csv", index=False, lineterminator="\n")
            (made / SCENARIO).write_text(self.scenario.to_toml(), encoding="utf-8")
            if self.found.outcome == "found":
                (made / FOUND).write_text(self.to_toml(), encoding="utf-8")
            write_manifest({**self.manifest, "files": {}, "sheets": sheets}, made)
            for add in fill:
                add(made)
        return Path(folder)


def reach(
    scenario: str | Path | Scenario,
    request: Request,
    *,
    workers: int | None = None,
    workspace: Path | str | None = None,
    quiet: bool = True,
) -> Reach:
    """Search the smallest change of the request's levers that reaches its aim, and verify it with agents.

    With a `workspace` folder every run of the twin is kept there. ScenarioError when the scenario or the request is not
    legal, OpeningError when the twin runs at no draw.
    """
    began = time.monotonic()
    base = load_scenario(str(scenario) if isinstance(scenario, Path) else scenario)
    aim, moves, costs = checked(base, request)
    drawn = draws(base.region, request.draws, request.seed)
    twin = Twin(_short(base, aim.year), aim, moves, drawn.draws)
    n = n_processors() if workers is None else workers
    most = request.draws * search.most_points(len(moves))
    folder = None if workspace is None else Path(workspace) / _digest(twin.stamp)
    with Progress("reach", most, quiet=quiet) as progress, Runs(twin, n, folder, progress) as runs:
        read = _Reading(runs, twin)
        found = search.search(read.margins, costs.tolist(), request.probability)
        ray = read.ray(found)
        before, after = (read.values(p.strengths[None])[0] for p in (found.start, found.point))
        counts = {"runs": runs.lived, "walls": sorted(set(runs.walls.values())), "left_out": read.left_out}
    changed = None
    if found.outcome == "found":
        changed = replace(laid(base, moves, found.point.strengths.tolist()), name="found")
    asked = None
    if request.verify and found.outcome != "refused":
        asked = agents.ask(base, changed, aim, request.verify, request.seed, quiet)
    p = request.probability
    made = tables.Tables(aim, moves, costs, p)
    side = asked.comparison if asked else None
    return Reach(
        scenario=base,
        aim=aim,
        moves=moves,
        request=request,
        found=found,
        agents=asked,
        search=made.search(found),
        ray=made.ray(ray),
        indicators=made.indicators(before, after),
        goals=tables.goals(asked),
        side_effects=pd.DataFrame() if side is None else headline(side, aim.year),
        manifest={
            "kind": KIND,
            "scenario": base.name,
            "title": base.title,
            "title_zh": base.title_zh,
            "scenario_sha256": base.digest,
            "aim": {"key": aim.key, "en": aim.en, "zh": aim.zh},
            **asdict(request),
            "outcome": found.outcome,
            "draws_of": "posterior" if drawn.posterior else "priors",
            "levers_found": made.levers(found),
            "size": search.size(found.point.strengths, costs),
            "twin": made.told(found),
            "agents": None if asked is None else asked.told(p),
            **counts,
            "workers": n,
            "command": sys.argv,
            "wall_seconds": round(time.monotonic() - began, 2),
            **provenance(base.region),
        },
    )


def checked(base: Scenario, request: Request) -> tuple[Aim, tuple[Move, ...], F64]:
    """Return aim, moves and costs of a request; ScenarioError where it is not legal."""
    request.check()
    aim = aim_of(base, request.goal, request.targets)
    last = 4 * (aim.year - quarters.FIRST_YEAR) + 3
    if not 0 <= last <= base.end:
        span = {"first": quarters.FIRST_YEAR, "last": quarters.year(base.end + 1) - 1}
        raise ScenarioError("reach", [say("reach_year_outside", found=aim.year, **span)])
    moves = moves_of(base, request.levers, request.since, last)
    names = [move.name for move in moves]
    strange = [say("reach_cost_of_none", lever=name, legal=names) for name in request.costs if name not in names]
    if strange:
        raise ScenarioError("--costs", strange)
    return aim, moves, np.array([request.costs.get(name, 1.0) for name in names])


class _Reading:
    """The twin as the search asks it: draws that do not run at the scenario itself are left out."""

    def __init__(self, runs: Runs[Twin], twin: Twin) -> None:
        self.runs, self.twin = runs, twin
        start = values(runs, twin.moves, len(twin.draws), np.zeros((1, len(twin.moves))))[0]
        self._stands = np.isfinite(start).all(axis=1)
        self.left_out = int((~self._stands).sum())
        if not self._stands.any():
            raise OpeningError(next(iter(runs.walls.values()), "the twin has no reading of what is aimed at"))

    def values(self, strengths: F64) -> F64:
        """Return values (n_points, n_draws, n_indicators)."""
        return values(self.runs, self.twin.moves, len(self.twin.draws), strengths)[:, self._stands]

    def margins(self, strengths: F64) -> F64:
        """Return margins of the same shape, over the sizes of the thresholds."""
        return self.twin.aim.margins(self.values(strengths))

    def ray(self, found: Found) -> list[tuple[float, F64, F64]]:
        """Return (part of the way, strengths, values) along the ray through the point found to the nearest end."""
        end = found.point.strengths if found.outcome == "found" else found.side
        reach = float(np.abs(end).max())
        if reach <= 0.0:
            return []
        parts = sorted({0.0, *search.GRID, round(reach, 6) if found.outcome == "found" else 1.0})
        at = np.array([np.round(end * (part / reach), 6) + 0.0 for part in parts])
        return list(zip(parts, at, self.values(at), strict=True))


def _short(base: Scenario, year: int) -> Scenario:
    """Return the scenario to the end of a year."""
    until: dict[str, Any] = {"horizon.end": f"{year}Q4"}
    return load_scenario(base, **until)


def _digest(stamp: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dict(stamp), sort_keys=True).encode()).hexdigest()[:16]


def _file(base: Scenario, aim: Aim, moves: Sequence[Move], request: Request, point: Point) -> str:
    """Return a scenario file of the levers as found, the shipped base by its name and any other beside it."""
    levers: dict[str, Any] = {}
    for move, strength in zip(moves, point.strengths.tolist(), strict=True):
        if not strength:
            continue
        lever = levers.setdefault(move.lever, {})
        told = f"{move.name} at strength {abs(strength):.3g} from {request.since}"
        lever["source"] = "; ".join(filter(None, (lever.get("source", ""), told)))
        here = lever.setdefault("paths", {}).setdefault(move.key, {}) if move.key else lever
        here["path"] = move.points(strength)
    own = load_scenario(base.name, region=base.region) if base.name in shipped() else None
    is_shipped = own is not None and (own.digest, own.goals) == (base.digest, base.goals)
    share = f"{request.probability:g}"
    return toml(
        {
            "title": f"{base.title}, changed so that it meets {aim.en} with probability {share}",
            "title_zh": f"{base.title_zh or base.title}，调整后以{share}的概率达到{aim.zh}",
            "extends": base.name if is_shipped else SCENARIO,
            "levers": levers,
        }
    )
