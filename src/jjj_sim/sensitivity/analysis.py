"""A sensitivity analysis from end to end: a run at the defaults, Morris over all, Sobol' over the leading; kept, told.

Every point goes through one store, asked in an order that depends on the request alone. So an analysis that was killed
is taken up where it was, and one seed gives the same bits at any number of workers.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import Space
from jjj_sim.calibrating.workspace import POINTS, begin, take_up
from jjj_sim.errors import DataError, OpeningError, ScenarioError
from jjj_sim.messages import say
from jjj_sim.progress import Progress
from jjj_sim.region import Region
from jjj_sim.running.provenance import n_processors, provenance
from jjj_sim.running.result import Filler, kind_of, whole_folder, write_manifest, write_parquet
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.sensitivity import morris, salib, sobol, tables
from jjj_sim.sensitivity.outcomes import DIFFERENCE, LEVEL, Outcome, Twins, twins
from jjj_sim.sensitivity.request import MORRIS, SOBOL, Request

F64 = NDArray[np.float64]

KIND = "sensitivity"
SHEETS = ("outcomes", "morris", "sobol")


@dataclass(frozen=True)
class Sensitivity:
    """What an analysis found. Tables as in its folder; treat them as read-only.

    `outcomes` one row per outcome at the defaults and over draws, `morris` and `sobol` one per outcome and parameter,
    `points` what was asked and read; `manifest` the request, what was left out, versions, times; `scenarios` the
    resolved scenarios as TOML by name, the base first.
    """

    region: Region
    outcomes: pd.DataFrame
    morris: pd.DataFrame
    sobol: pd.DataFrame
    points: pd.DataFrame
    manifest: Mapping[str, Any]
    scenarios: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name of its folder."""
        return named(list(self.scenarios))

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the folder whole and return it; each of `fill` may add files to it before it is renamed."""
        with whole_folder(Path(folder)) as made:
            hashes = {"points.parquet": write_parquet(self.points, made / "points.parquet")}
            for name in SHEETS:
                getattr(self, name).to_csv(made / f"{name}.csv", index=False, lineterminator="\n")
            for name, text in self.scenarios.items():
                (made / f"{name}.toml").write_text(text, encoding="utf-8")
            write_manifest({**self.manifest, "files": hashes, "sheets": list(SHEETS)}, made)
            for add in fill:
                add(made)
        return Path(folder)


def named(scenarios: Sequence[str]) -> str:
    """Return the name of the folder of an analysis of scenarios, the base first."""
    return "sensitivity-" + "--".join(scenarios)


def load(folder: Path | str) -> Sensitivity:
    """Return the analysis saved in `folder`; DataError when it is none, or a table is missing."""
    path = Path(folder)
    if kind_of(path) != KIND:
        raise DataError(f"{path} is no sensitivity analysis: its manifest.json is not there")
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    texts = [f"{name}.toml" for name in manifest["scenarios"]]
    missing = [n for n in ("points.parquet", *(f"{n}.csv" for n in SHEETS), *texts) if not (path / n).is_file()]
    if missing:
        raise DataError(f"{path} is no sensitivity analysis: {', '.join(missing)} not there")
    return Sensitivity(
        region=regions.find(manifest["region"], manifest.get("region_folder")),
        **{name: pd.read_csv(path / f"{name}.csv") for name in SHEETS},
        points=pd.read_parquet(path / "points.parquet"),
        manifest=manifest,
        scenarios={name: (path / f"{name}.toml").read_text("utf-8") for name in manifest["scenarios"]},
    )


def analyse(
    scenario: str | Path | Scenario = "baseline",
    variants: Sequence[str | Path | Scenario] = (),
    request: Request | None = None,
    *,
    region: Region | None = None,
    workers: int | None = None,
    workspace: Path | str | None = None,
    quiet: bool = True,
) -> Sensitivity:
    """Return which parameters decide outcomes of a scenario, and what its variants change; nothing is left on disk.

    With a `workspace` folder every run is kept there, and `resume` goes on from it. ScenarioError when a scenario or
    the request is not legal or SALib is not installed, OpeningError when too few runs stand.
    """
    asked = request or Request()
    salib.require()
    asked.check()
    base = load_scenario(scenario, region=region)
    scenarios = [base, *(load_scenario(one, region=base.region) for one in variants)]
    names = [one.name for one in scenarios]
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise ScenarioError("sensitivity", [say("same_name", name=name) for name in twice])
    asked.space(scenarios)
    asked.figures(base.region)
    folder = None if workspace is None else Path(workspace)
    if folder is not None:
        files = {f"{one.name}.toml": one for one in scenarios}
        begin(folder, KIND, files, {**asdict(asked), "scenarios": names})
    return _run(scenarios, asked, workers, folder, quiet)


def resume(workspace: Path | str, *, workers: int | None = None, quiet: bool = True) -> Sensitivity:
    """Go on with the analysis that left `workspace`, to the bits it would have had.

    DataError when it is none, or when the data or the package's sources are not those it was begun with.
    """
    salib.require()
    folder = Path(workspace)
    told, region = take_up(folder, KIND)
    scenarios = [load_scenario(folder / f"{name}.toml", region=region) for name in told["scenarios"]]
    given = {key: told[key] for key in asdict(Request())}
    lists = {key: tuple(given[key]) for key in ("outcomes", "parameters")}
    return _run(scenarios, Request(**{**given, **lists}), workers, folder, quiet)


def _run(
    scenarios: Sequence[Scenario], asked: Request, workers: int | None, folder: Path | None, quiet: bool
) -> Sensitivity:
    start = time.monotonic()
    base = scenarios[0]
    region = base.region
    here, held = asked.space(scenarios)
    found = asked.figures(region)
    n = n_processors() if workers is None else workers
    kept = None if folder is None else folder / POINTS
    with (
        Progress("sensitivity", asked.runs(len(here)), quiet=quiet) as progress,
        Runs(twins(scenarios, found, asked.year), n, kept, progress) as runs,
    ):
        stages = _Stages(runs, here, found, asked)
        stages.live()
        counts = {"runs": runs.lived, "walls": sorted(set(runs.walls.values()))}
    manifest = {
        "kind": KIND,
        **asdict(asked),
        "outcomes": [outcome.name for outcome in found],
        "moved": here.dotted,
        "held": list(held),
        "scenarios": [one.name for one in scenarios],
        "titles": {one.name: [one.title, one.title_zh or one.title] for one in scenarios},
        "scenario_sha256": {one.name: one.digest for one in scenarios},
        "workers": n,
        "command": sys.argv,
        "wall_seconds": round(time.monotonic() - start, 2),
        **counts,
        **stages.told,
        "salib": metadata.version("SALib"),
        **provenance(region),
    }
    texts = {one.name: one.to_toml() for one in scenarios}
    return Sensitivity(region, **stages.tables, manifest=manifest, scenarios=texts)


class _Stages:
    """The stages of an analysis: `live` fills `tables`, and `told` with what the manifest says of them."""

    def __init__(self, runs: Runs[Twins], space: Space, found: Sequence[Outcome], asked: Request) -> None:
        self.runs, self.space, self.found, self.asked = runs, space, found, asked
        self.region = runs.model.scenarios[0].region
        self.names = [scenario.name for scenario in runs.model.scenarios]
        self.tables = {name: pd.DataFrame() for name in (*SHEETS, "points")}
        self.told: dict[str, Any] = {}

    def live(self) -> None:
        """Ask the defaults, then Morris, then Sobol'; OpeningError where too few runs stand."""
        default = self.runs.read([{}])[0]
        if not np.isfinite(default).all():
            raise OpeningError(next(iter(self.runs.walls.values()), "an outcome is not read at the defaults"))
        leading, drawn = self.space, None
        self.tables["morris"] = pd.DataFrame(columns=list(tables.EFFECTS))
        self.tables["sobol"] = pd.DataFrame(columns=list(tables.INDICES))
        if self.asked.screens:
            self._screen()
            kind = LEVEL if len(self.names) == 1 else DIFFERENCE
            names = tables.leading(self.tables["morris"], kind, self.asked.top)
            leading = Space(tuple(c for c in self.space.coordinates if c.dotted in names))
        if self.asked.splits and len(leading):
            drawn = self._split(leading)
        self.tables["outcomes"] = tables.outcomes(self.region, self.names, self.found, default, drawn)

    def _screen(self) -> None:
        n = len(self.space)
        chances = morris.points(n, self.asked.trajectories, self.asked.seed)
        read = self._read(self.space, MORRIS, n + 1, chances)
        good = morris.whole(n, read)
        self.told["trajectories_left_out"] = int((~good).sum())
        if good.sum() < morris.LEAST:
            why = next(iter(self.runs.walls.values()), "")
            raise OpeningError(
                f"{(~good).sum()} of {len(good)} trajectories meet a wall; {morris.LEAST} are needed. {why}"
            )
        rows = np.repeat(good, n + 1)
        self.tables["morris"] = tables.effects(
            self.region, self.space, self.names, self.found, chances[rows], read[rows], self.asked.seed
        )

    def _split(self, space: Space) -> F64 | None:
        """Fill the table of Sobol' over `space`; return the draws (n_points, n_figures), None where none is told."""
        n, samples = len(space), self.asked.samples
        read = self._read(space, SOBOL, n + 2, sobol.points(n, samples, self.asked.seed))
        walls = ~np.isfinite(read).all(axis=1)
        self.told["walls_of_sobol"] = int(walls.sum())
        self.told["sobol_refused"] = bool(walls.mean() > sobol.MOST_WALLS)
        if self.told["sobol_refused"]:
            return None
        self.tables["sobol"] = tables.indices(space, self.names, self.found, sobol.filled(read), self.asked.seed)
        return read[sobol.independent(n, samples) & ~walls]

    def _read(self, space: Space, method: str, block: int, chances: F64) -> F64:
        """Return what points read (n_points, n_figures), and take them down."""
        scores = np.array([[c.quantile(float(p)) for c, p in zip(space.coordinates, u, strict=True)] for u in chances])
        read = self.runs.read([space.settings(u) for u in scores])
        made = tables.points(space, method, block, chances, self.runs.model.figures, read)
        before = self.tables["points"]
        self.tables["points"] = made if before.empty else pd.concat([before, made], ignore_index=True)
        return read
