"""A calibration from end to end: fit, inflation, other starts, posterior, propagation, one wave; kept and told.

Every run goes through one store, asked in an order that depends on the numbers alone. So a calibration that was
killed is taken up where it was, and one seed gives the same bits at any number of workers.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.calibrating import loss, tables
from jjj_sim.calibrating.effort import FULL, Effort
from jjj_sim.calibrating.figures import LAST_YEAR, figures
from jjj_sim.calibrating.fit import Fit, fit
from jjj_sim.calibrating.influence import influence
from jjj_sim.calibrating.posterior import Posterior, posterior
from jjj_sim.calibrating.problem import Problem, problem
from jjj_sim.calibrating.propagation import Propagated, propagated
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import ESTIMATED, Space, others, space
from jjj_sim.calibrating.twin import Model, published, twin
from jjj_sim.calibrating.wave import Wave, starts, wave
from jjj_sim.calibrating.workspace import POINTS, begin, take_up
from jjj_sim.errors import DataError, OpeningError, ScenarioError
from jjj_sim.judging.targets import Target, targets
from jjj_sim.progress import Progress
from jjj_sim.region import Region
from jjj_sim.running.provenance import n_processors, provenance
from jjj_sim.running.result import Filler, Result, kind_of, whole_folder, write_manifest, write_parquet
from jjj_sim.scenario import Scenario, load_scenario

F64 = NDArray[np.float64]

SCENARIO, KIND, FIRST_AS_OF = "scenario.toml", "calibration", 2014
PARQUET = ("draws", "readings")
SHEETS = ("parameters", "loss", "figures", "apart", "influence", "path", "starts")


@dataclass(frozen=True)
class Request:
    """What was asked: everything that decides the posterior beside scenario, region and code."""

    as_of: int | None = None
    members: int = 200
    seed: int = 1
    effort: Effort = FULL
    names: tuple[str, ...] = ESTIMATED

    def check(self) -> None:
        """Raise ScenarioError where something is not legal."""
        problems = []
        if self.members < 1:
            problems.append(f"--members {self.members} is no number of draws; the least is 1")
        if self.seed < 0:
            problems.append(f"--seed {self.seed} is below zero; the least is 0")
        if self.as_of is not None and not FIRST_AS_OF <= self.as_of <= LAST_YEAR:
            near = min(max(self.as_of, FIRST_AS_OF), LAST_YEAR)
            legal = f"it can be {FIRST_AS_OF} to {LAST_YEAR}"
            problems.append(f"--as-of {self.as_of} is no year that can be fitted; {legal}. Did you mean {near}?")
        if problems:
            raise ScenarioError("calibrate", problems)


@dataclass(frozen=True)
class Calibration:
    """What a calibration found. Tables as in its folder; treat them as read-only.

    `parameters` one row per estimated parameter, `loss` by block, `figures` those in the loss, `apart` those that are
    not and why, `influence` where parameters would go without a block, `path` J by point of the fit, `starts` where
    other starts ended, `draws` one row per member of the posterior, `readings` what each draw reads; `manifest`
    versions, numbers of convergence, times.
    """

    region: Region
    known: tuple[Target, ...]
    parameters: pd.DataFrame
    loss: pd.DataFrame
    figures: pd.DataFrame
    apart: pd.DataFrame
    influence: pd.DataFrame
    path: pd.DataFrame
    starts: pd.DataFrame
    draws: pd.DataFrame
    readings: pd.DataFrame
    manifest: Mapping[str, Any]
    scenario: str

    @property
    def result(self) -> Result:
        """What the draws read of years, as a result of as many members, for whoever reads results."""
        by_id = {t.id: t for t in self.known if t.period.isdigit()}
        rows = self.readings[self.readings["id"].isin(by_id)]
        of = [by_id[i] for i in rows["id"]]
        annual = pd.DataFrame(
            {
                "member": rows["draw"].to_numpy(),
                "period": np.array([int(t.period) for t in of], dtype=np.int64),
                "area": pd.Categorical([t.area for t in of]),
                "area_kind": "region",
                "variable": pd.Categorical([t.variable for t in of]),
                "value": rows["value"].to_numpy(),
                "unit": [t.unit for t in of],
            }
        )
        empty = annual.iloc[:0]
        return Result("calibration", annual, empty, empty, self.manifest, self.scenario)

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the folder whole and return it; each of `fill` may add files to it before it is renamed."""
        with whole_folder(Path(folder)) as made:
            hashes = {f"{n}.parquet": write_parquet(getattr(self, n), made / f"{n}.parquet") for n in PARQUET}
            for name in SHEETS:
                getattr(self, name).to_csv(made / f"{name}.csv", index=False, lineterminator="\n")
            (made / SCENARIO).write_text(self.scenario, encoding="utf-8")
            write_manifest({**self.manifest, "files": hashes, "sheets": list(SHEETS)}, made)
            for add in fill:
                add(made)
        return Path(folder)


def load(folder: Path | str) -> Calibration:
    """Return the calibration saved in `folder`; DataError when it is none, or a table is missing."""
    path = Path(folder)
    names = [*(f"{n}.parquet" for n in PARQUET), *(f"{n}.csv" for n in SHEETS), SCENARIO]
    missing = [name for name in names if not (path / name).is_file()]
    if kind_of(path) != KIND or missing:
        raise DataError(f"{path} is no calibration: {', '.join(missing) or 'its manifest.json'} not there")
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    region = regions.find(manifest["region"], manifest.get("region_folder"))
    found = {name: pd.read_parquet(path / f"{name}.parquet") for name in PARQUET}
    found |= {name: pd.read_csv(path / f"{name}.csv", keep_default_na=name != "parameters") for name in SHEETS}
    text = (path / SCENARIO).read_text("utf-8")
    return Calibration(region, published(targets(region)), **found, manifest=manifest, scenario=text)


def calibrate(
    scenario: str | Path | Scenario = "baseline",
    request: Request | None = None,
    *,
    region: Region | None = None,
    workers: int | None = None,
    workspace: Path | str | None = None,
    quiet: bool = True,
) -> Calibration:
    """Fit the twin of a scenario and return the calibration; nothing is left on disk.

    With a `workspace` folder every run is kept there, and `resume` goes on from it. ScenarioError when the scenario or
    the request is not legal, OpeningError when the twin cannot be run at its defaults.
    """
    asked = request or Request()
    asked.check()
    settings = load_scenario(str(scenario) if isinstance(scenario, Path) else scenario, region=region)
    space(settings.region, asked.names)
    folder = None if workspace is None else Path(workspace)
    if folder is not None:
        begin(folder, KIND, {SCENARIO: settings}, asdict(asked))
    return _run(settings, asked, workers, folder, quiet)


def resume(workspace: Path | str, *, workers: int | None = None, quiet: bool = True) -> Calibration:
    """Go on with the calibration that left `workspace`, to the bits it would have had.

    DataError when it is none, or when the data or the package's sources are not those it was begun with.
    """
    folder = Path(workspace)
    told, region = take_up(folder, KIND)
    settings = load_scenario(folder / SCENARIO, region=region)
    asked = Request(told["as_of"], told["members"], told["seed"], Effort(**told["effort"]), tuple(told["names"]))
    return _run(settings, asked, workers, folder, quiet)


def _run(settings: Scenario, asked: Request, workers: int | None, folder: Path | None, quiet: bool) -> Calibration:
    start = time.monotonic()
    model = twin(settings, as_of=asked.as_of)
    here = space(settings.region, asked.names)
    n = n_processors() if workers is None else workers
    total = asked.effort.runs(len(here), asked.members)
    points = None if folder is None else folder / POINTS
    label = "calibrate" if asked.as_of is None else f"calibrate as of {asked.as_of}"
    with Progress(label, total, quiet=quiet) as progress, Runs(model, n, points, progress) as runs:
        found = stages(runs, here, settings.region, asked)
        counts = {"runs": runs.lived, "runs_asked": runs.asked, "walls": sorted(set(runs.walls.values()))}
    manifest = {
        "kind": KIND,
        "scenario": settings.name,
        "title": settings.title,
        "title_zh": settings.title_zh,
        "scenario_sha256": settings.digest,
        **asdict(asked),
        "workers": n,
        "command": sys.argv,
        "wall_seconds": round(time.monotonic() - start, 2),
        "peak_memory_mb": peak_memory(),
        **counts,
        **found.told(),
        **provenance(settings.region),
    }
    return found.calibration(settings, manifest)


@dataclass(frozen=True)
class Found:
    """What the stages found, before it is told."""

    problem: Problem
    model: Model
    default: F64
    first: Fit
    mode: Fit
    posterior: Posterior
    other: Space
    propagated: Propagated | None
    wave: Wave | None
    starts: pd.DataFrame = field(default_factory=pd.DataFrame)

    def told(self) -> dict[str, Any]:
        """Return what the manifest says of convergence and of the posterior."""
        inflation = dict(zip(self.problem.figures.blocks.tolist(), self.problem.inflation.tolist(), strict=True))
        return {
            "figures_in_the_loss": len(self.problem.figures),
            "sum_of_weights": float(self.problem.figures.weight.sum()),
            "figures_apart": tables.why(self.problem.figures.apart),
            "inflation": inflation,
            "fit": _ending(self.first),
            "fit_inflated": _ending(self.mode),
            "posterior": {
                "candidates": len(self.posterior.candidates),
                "cut_at_bounds": self.posterior.cut,
                "walls": self.posterior.walls,
                "effective_sample_size": self.posterior.effective,
                "distinct_draws": len(set(self.posterior.draws.tolist())),
            },
            "redrawn": None if self.propagated is None else self.propagated.redrawn,
            "wave": None if self.wave is None else self.wave.told(),
        }

    def calibration(self, settings: Scenario, manifest: Mapping[str, Any]) -> Calibration:
        """Return the calibration with its tables."""
        figures, known = self.problem.figures, self.model.figures
        at_mode = self.problem.read_all(self.mode.scores[None])[0]
        draws = tables.draws(self.problem.space, self.posterior, self.other, self.propagated)
        read = self.propagated.read if self.propagated else self.problem.read_all(self.posterior.scores)
        by_block = loss.by_block(figures, {"default": self.default, "fit": self.first.read, "mode": self.mode.read})
        squares = loss.residuals(figures, self.posterior.read[self.posterior.draws]) ** 2
        blocks = figures.blocks
        drawn = {b: squares[:, blocks == b].sum(axis=1).mean() for b in by_block["block"]} | {
            "all": squares.sum(1).mean()
        }
        by_block["draws"] = by_block["block"].map(drawn)
        return Calibration(
            region=settings.region,
            known=known,
            parameters=tables.parameters(self.problem.space, self.mode, self.posterior),
            loss=by_block,
            figures=tables.fitted(figures, self.problem.inflation, self.default, self.mode, self.posterior),
            apart=tables.apart(figures, known, at_mode),
            influence=influence(self.problem, self.mode),
            path=self.first.path,
            starts=self.starts,
            draws=draws,
            readings=tables.readings(known, read),
            manifest=manifest,
            scenario=settings.to_toml(),
        )


def stages(runs: Runs[Model], here: Space, region: Region, asked: Request) -> Found:
    """Live through the stages; OpeningError where no search can begin."""
    effort, seed = asked.effort, asked.seed
    plain = problem(runs, here, figures(runs.model.figures, region, asked.as_of))
    default = plain.read(here.default[None])[0]
    first = fit(plain, here.default, effort.fit)
    if first is None:
        raise OpeningError("no run stands at the defaults, so that no search can begin")
    full = plain.inflated(first.read)
    mode = fit(full, first.scores, effort.again) or first
    drawn = posterior(full, mode, asked.members, effort.candidates, effort.rounds, seed)
    ended = starts(full, mode, drawn.covariance, effort.starts, effort.start, seed + 100)
    other = others(region, here)
    spread = propagated(full, other, drawn.scores, seed + 200) if effort.propagated else None
    one = wave(full, mode, *drawn.moments(), effort.wave, seed + 300) if effort.wave else None
    return Found(full, runs.model, default, first, mode, drawn, other, spread, one, ended)


def peak_memory() -> dict[str, int] | None:
    """Return the most memory held at a time in MB, by this process and by the largest worker; None where untold."""
    try:
        import resource
    except ImportError:
        return None
    unit = 2**20 if sys.platform == "darwin" else 2**10
    kinds = {"this_process": resource.RUSAGE_SELF, "largest_worker": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(kind).ru_maxrss // unit for name, kind in kinds.items()}


def _ending(found: Fit) -> dict[str, Any]:
    return {
        "J": found.cost,
        "points": len(found.path),
        "gradient": found.gradient,
        "lowered_by_the_last_point": float(-found.path["lowest"].diff().iloc[-1]) if len(found.path) > 1 else 0.0,
        "ended": found.reason,
        "no_run_along": list(found.flat),
    }
