"""A validation from end to end: calibrations as of earlier years, their forecasts, known truths; kept and told.

Every run is kept in the workspace: a validation that was interrupted goes on from there to the same numbers.
"""

from __future__ import annotations

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

from jjj_sim import regions
from jjj_sim.calibrating import Calibration, Effort, calibration
from jjj_sim.calibrating.figures import LAST_YEAR, figures
from jjj_sim.calibrating.miss import miss
from jjj_sim.calibrating.problem import problem
from jjj_sim.calibrating.recovery import recovery
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import space
from jjj_sim.calibrating.twin import twin
from jjj_sim.calibrating.workspace import REQUEST, begin, take_up
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.progress import Progress
from jjj_sim.region import Region
from jjj_sim.running.provenance import n_processors, provenance
from jjj_sim.running.result import Filler, kind_of, whole_folder, write_manifest
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.validating import checks, scores
from jjj_sim.validating.holdout import OUTSIDE_NAMES, Read, forecasts

F64 = NDArray[np.float64]

KIND, SCENARIO = "validation", "scenario.toml"
SHEETS = ("holdout", "by_series", "wins", "scores", "coverage", "recovery", "predictive", "blocks")
ORIGINS = (2016, 2018, 2020, 2022)
HELD_OUT = Effort(fit=5, again=2, start=1, starts=0, candidates=64, rounds=1, wave=0, propagated=True)
LOOK = Effort(fit=2, again=1, start=1, starts=0, candidates=16, rounds=1, wave=0, propagated=True)
# Points that the fit of a known truth may try.
_MOST = 3


@dataclass(frozen=True)
class Request:
    """What was asked: origins of forecasts, draws of each, known truths, seed, and the effort of each calibration."""

    origins: tuple[int, ...] = ORIGINS
    members: int = 64
    truths: int = 20
    seed: int = 1
    effort: Effort = HELD_OUT

    def check(self) -> None:
        """Raise ScenarioError where something is not legal."""
        first, last = calibration.FIRST_AS_OF, LAST_YEAR - 1
        problems = [
            f"--origins {year} is no year to forecast from; it can be {first} to {last}. "
            f"Did you mean {min(max(year, first), last)}?"
            for year in self.origins
            if not first <= year <= last
        ]
        if not self.origins:
            problems.append("--origins names no year")
        if len(set(self.origins)) < len(self.origins):
            problems.append("--origins names a year twice")
        if self.members < 1:
            problems.append(f"--members {self.members} is no number of draws; the least is 1")
        if self.truths < 0:
            problems.append(f"--recovery {self.truths} is below zero; 0 leaves known truths out")
        if self.seed < 0:
            problems.append(f"--seed {self.seed} is below zero; the least is 0")
        if problems:
            raise ScenarioError("validate", problems)

    def runs(self, n_parameters: int) -> int:
        """Return how many runs of the twin it takes at most: calibrations, draws without the outside, truths."""
        origin = self.effort.runs(n_parameters, self.members) + self.members + 1
        return len(self.origins) * origin + self.recovery_runs(n_parameters)

    def recovery_runs(self, n_parameters: int) -> int:
        """Return how many of them are those of known truths."""
        return self.truths * (1 + (_MOST - 1) * (n_parameters + 1)) + (n_parameters + 1) * (self.truths > 0)


@dataclass(frozen=True)
class Validation:
    """What a validation found. Tables as in its folder; treat them as read-only.

    `holdout` one row per figure and forecaster, `by_series` mean absolute errors, `wins` of the model against every
    rival, `scores` MASE, CRPS and coverage, `coverage` by what intervals are made of, `recovery` one row per known
    truth and parameter, `predictive` the fitted figures in the bands of the draws, `blocks` where parameters would go
    without a block of figures.
    """

    region: Region
    holdout: pd.DataFrame
    by_series: pd.DataFrame
    wins: pd.DataFrame
    scores: pd.DataFrame
    coverage: pd.DataFrame
    recovery: pd.DataFrame
    predictive: pd.DataFrame
    blocks: pd.DataFrame
    manifest: Mapping[str, Any]
    scenario: str

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the folder whole and return it; each of `fill` may add files to it before it is renamed."""
        with whole_folder(Path(folder)) as made:
            for name in SHEETS:
                getattr(self, name).to_csv(made / f"{name}.csv", index=False, lineterminator="\n")
            (made / SCENARIO).write_text(self.scenario, encoding="utf-8")
            write_manifest({**self.manifest, "files": {}, "sheets": list(SHEETS)}, made)
            for add in fill:
                add(made)
        return Path(folder)


def load(folder: Path | str) -> Validation:
    """Return the validation saved in `folder`; DataError when it is none, or a table is missing."""
    path = Path(folder)
    missing = [name for name in (*(f"{n}.csv" for n in SHEETS), SCENARIO) if not (path / name).is_file()]
    if kind_of(path) != KIND or missing:
        raise DataError(f"{path} is no validation: {', '.join(missing) or 'its manifest.json'} not there")
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    region = regions.find(manifest["region"], manifest.get("region_folder"))
    text = (path / SCENARIO).read_text("utf-8")
    return Validation(
        region, **{name: _sheet(path / f"{name}.csv") for name in SHEETS}, manifest=manifest, scenario=text
    )


def _sheet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype={"value": str})
    except pd.errors.EmptyDataError:
        return pd.DataFrame()


def validate(
    scenario: str | Path | Scenario = "baseline",
    request: Request | None = None,
    *,
    region: Region | None = None,
    workers: int | None = None,
    workspace: Path | str,
    quiet: bool = True,
) -> Validation:
    """Calibrate as of every origin, forecast, and recover known truths; runs are kept in `workspace`.

    ScenarioError when the scenario or the request is not legal.
    """
    asked = request or Request()
    asked.check()
    settings = load_scenario(str(scenario) if isinstance(scenario, Path) else scenario, region=region)
    folder = Path(workspace)
    begin(folder, KIND, {SCENARIO: settings}, asdict(asked))
    return _Work(settings, asked, folder, workers, quiet).done()


def resume(workspace: Path | str, *, workers: int | None = None, quiet: bool = True) -> Validation:
    """Go on with the validation that left `workspace`.

    DataError when it is none, or when the data or the package's sources are not those it was begun with.
    """
    folder = Path(workspace)
    told, region = take_up(folder, KIND)
    settings = load_scenario(folder / SCENARIO, region=region)
    effort = Effort(**told["effort"])
    asked = Request(tuple(told["origins"]), told["members"], told["truths"], told["seed"], effort)
    return _Work(settings, asked, folder, workers, quiet).done()


class _Work:
    """The stages of one validation in its workspace."""

    def __init__(self, settings: Scenario, asked: Request, folder: Path, workers: int | None, quiet: bool) -> None:
        self.settings, self.asked, self.folder, self.quiet = settings, asked, folder, quiet
        self.workers = n_processors() if workers is None else workers
        self.seconds = 0.0

    def done(self) -> Validation:
        """Live through the stages and return what they found."""
        start = time.monotonic()
        rows, kinds, predictive, blocks, told = [], [], [], [], {}
        for origin in self.asked.origins:
            found = self._calibrated(origin)
            some, by_kind = forecasts(found, origin, self._read(found, origin))
            rows.append(some)
            kinds.append(by_kind)
            predictive.append(checks.predictive(found).assign(origin=origin))
            blocks.append(found.influence.assign(origin=origin))
            told[str(origin)] = _told(found)
        forecast = pd.concat(rows, ignore_index=True)
        if forecast.empty:
            raise DataError("no published figure after the origins can judge: the region's targets.csv gives none")
        manifest = {
            "kind": KIND,
            "scenario": self.settings.name,
            "title": self.settings.title,
            "title_zh": self.settings.title_zh,
            "scenario_sha256": self.settings.digest,
            **asdict(self.asked),
            "workers": self.workers,
            "command": sys.argv,
            "calibrations": told,
        }
        truths = self._recovered() if self.asked.truths else pd.DataFrame()
        runs = sum(1 for _ in self.folder.rglob("*.npz"))
        manifest |= {"runs": runs, "wall_seconds": round(self.seconds + time.monotonic() - start, 2)}
        return Validation(
            region=self.settings.region,
            holdout=forecast,
            by_series=scores.by_series(forecast).reset_index(),
            wins=scores.all_wins(forecast),
            scores=scores.all_scores(forecast),
            coverage=scores.coverage(pd.concat(kinds, ignore_index=True)),
            recovery=truths,
            predictive=_first(pd.concat(predictive, ignore_index=True), "origin"),
            blocks=_first(pd.concat(blocks, ignore_index=True), "origin"),
            manifest=manifest | provenance(self.settings.region),
            scenario=self.settings.to_toml(),
        )

    def _calibrated(self, origin: int) -> Calibration:
        """Return the calibration as of an origin: kept, gone on with, or made."""
        place = self.folder / f"as_of_{origin}"
        workspace = place.with_name(f"{place.name}.unfinished")
        if kind_of(place) == calibration.KIND:
            found = calibration.load(place)
            self.seconds += float(found.manifest["wall_seconds"])
            return found
        if (workspace / REQUEST).is_file():
            found = calibration.resume(workspace, workers=self.workers, quiet=self.quiet)
        else:
            request = calibration.Request(origin, self.asked.members, self.asked.seed, self.asked.effort)
            found = calibration.calibrate(
                self.settings, request, workers=self.workers, workspace=workspace, quiet=self.quiet
            )
        found.save(place)
        return found

    def _read(self, found: Calibration, origin: int) -> Read:
        """Return what draws and defaults read, and the draws without the outside where any of it was drawn."""
        table = found.readings.pivot(index="draw", columns="id", values="value").sort_index()
        draws = table.reindex(columns=[t.id for t in found.known]).to_numpy(dtype=float)
        here = space(found.region)
        asked: list[dict[str, float]] = [here.settings(here.default)]
        names = [str(column) for column in found.draws]
        if any(name.startswith(OUTSIDE_NAMES) for name in names):
            own = [name for name in names if name.startswith("parameters.")]
            asked += [dict(zip(own, map(float, row), strict=True)) for row in found.draws[own].to_numpy()]
        points = self.folder / f"points_{origin}"
        model = twin(self.settings, as_of=origin)
        with (
            Progress(f"as of {origin}, outside known", len(asked), quiet=self.quiet) as progress,
            Runs(model, self.workers, points, progress) as runs,
        ):
            read = runs.read(asked)
        fixed = np.where(np.isfinite(read[1:]), read[1:], draws) if len(asked) > 1 else None
        return Read(draws, fixed, read[0])

    def _recovered(self) -> pd.DataFrame:
        """Return what became of the known truths."""
        region = self.settings.region
        here = space(region)
        total = self.asked.recovery_runs(len(here))
        with (
            Progress("known truths", total, quiet=self.quiet) as progress,
            Runs(twin(self.settings), self.workers, self.folder / "truths", progress) as runs,
        ):
            return recovery(problem(runs, here, figures(runs.model.figures, region)), self.asked.truths, _MOST)


def _told(found: Calibration) -> dict[str, Any]:
    """Return what the manifest keeps of a calibration."""
    kept = ("figures_in_the_loss", "inflation", "fit", "fit_inflated", "posterior", "redrawn", "runs", "wall_seconds")
    groups = {f"{block}, {kind}": group._asdict() for (block, kind), group in miss(found).groups.items()}
    return {key: found.manifest[key] for key in kept} | {"miss": groups}


def _first(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table[[column, *(c for c in table if c != column)]]
