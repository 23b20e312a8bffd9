"""Run the members of a scenario, in this process or in several, and gather one result.

Member m of a run with seed S draws from hash(S, m), so that the first of twenty members is the run of one. Where the
region has a posterior, member m has its draw m of parameters and of the outside world.
A run may leave a workspace: what was asked, the members that are done, worlds saved at a checkpoint; `resume`
goes on from there to the same bits.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from jjj_sim import quarters, regions
from jjj_sim.draws import member_seed
from jjj_sim.errors import BalanceError, DataError, JjjError, OpeningError, ScenarioError
from jjj_sim.policy.plan import Plan
from jjj_sim.progress import Progress
from jjj_sim.running.member import Life, Request, live
from jjj_sim.running.provenance import n_processors, provenance
from jjj_sim.running.recorder import Frames, Recorder
from jjj_sim.running.result import Result
from jjj_sim.running.workers import Workers, tick
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.scenario.posterior import Draws, drawn, drawn_of, draws_of
from jjj_sim.sources import code_sha256
from jjj_sim.state import part

REQUEST, SCENARIO = "request.json", "scenario.toml"
CHECKPOINT = "checkpoint"


class MembersFailed(JjjError):
    """Every member of a run failed; the first failure is told."""

    exit_status = 3


class Failure(NamedTuple):
    """Why a member failed: the name of the error's class, and what it says."""

    kind: str
    message: str


def run(
    scenario: str | Path | Scenario = "baseline",
    members: int = 1,
    seed: int = 1,
    *,
    twin: bool = False,
    fixed_parameters: bool = False,
    draws: Draws | None = None,
    checkpoint: str | None = None,
    workspace: Path | str | None = None,
    quiet: bool = True,
) -> Result:
    """Run `members` members of a scenario and return the result; nothing is left on disk.

    Members are `draws`, those of the region's posterior by default, or all at the parameters' defaults where
    `fixed_parameters`, or where the region has none.

    With a `workspace` folder the run can be resumed from there; `checkpoint`, a quarter such as 2020Q4, saves
    every world at its close. Members that fail are named in the manifest under "failed". ScenarioError when
    the scenario or an option is not valid; when every member fails, the first one's error.
    """
    settings = load_scenario(scenario)
    plan = settings.plan()
    if draws is not None and workspace is not None:
        raise ScenarioError("draws", ["only a run with the region's own draws can be taken up from a workspace"])
    taken = None if fixed_parameters else draws or draws_of(settings.region)
    request = Request(
        members,
        seed,
        twin,
        _checkpoint(checkpoint, plan),
        None if workspace is None else Path(workspace),
        draws=None if taken is None else taken.sha256,
    )
    if members < 1:
        raise ScenarioError("--members", [f"{members} is not a number of members; the least is 1"])
    if checkpoint is not None and workspace is None:
        raise ScenarioError("--checkpoint", ["a checkpoint needs a workspace to be saved in"])
    if request.workspace is not None:
        _open_workspace(request, settings)
    return _run(_Plans(settings, taken), request, quiet)


def resume(workspace: Path | str, *, quiet: bool = True) -> Result:
    """Go on with the run that left `workspace`, to the bits it would have had.

    DataError when it is none, or when the scenario, the data or the package's sources are not those it was begun with.
    """
    folder = Path(workspace)
    if not (folder / REQUEST).is_file():
        raise DataError(f"{folder} holds no run to resume: there is no {REQUEST}")
    asked = json.loads((folder / REQUEST).read_text("utf-8"))
    part.require(folder / REQUEST, asked, {"code": code_sha256()})
    region = regions.find(asked["region"], asked.get("region_folder")) if "region" in asked else None
    settings = load_scenario(folder / SCENARIO, region=region)
    plan = settings.plan()
    if plan.digest != asked["plan"]:
        raise DataError(f"{folder / SCENARIO} is not the scenario that was being run; it was changed since")
    taken = draws_of(settings.region) if asked.get("draws") else None
    digest = None if taken is None else taken.sha256
    request = Request(asked["members"], asked["seed"], asked["twin"], asked["checkpoint"], folder, draws=digest)
    made = part.stamp(plan, request.seed, twin=request.twin)
    part.require(folder / REQUEST, {"draws": None, **asked}, {**made, "draws": digest})
    plans = _Plans(settings, taken)
    request.check_parts(plans)
    return _run(plans, request, quiet)


def further(workspace: Path | str, members: int, *, quiet: bool = True) -> Result:
    """Go on with a run to `members` members, those that are done in its workspace kept: the result of so many at once.

    DataError as `resume`.
    """
    file = Path(workspace) / REQUEST
    if file.is_file():
        asked = {**json.loads(file.read_text("utf-8")), "members": members}
        file.write_text(json.dumps(asked, indent=2) + "\n", encoding="utf-8")
    return resume(workspace, quiet=quiet)


def keep_checkpoint(workspace: Path, folder: Path) -> None:
    """Copy what `resume` needs to start again at the checkpoint from a workspace into `folder`/checkpoint."""
    if not any(workspace.glob("world-*.npz")):
        return
    kept = folder / CHECKPOINT
    kept.mkdir()
    for pattern in (REQUEST, SCENARIO, "world-*.npz", "record-*.npz"):
        for path in sorted(workspace.glob(pattern)):
            shutil.copy2(path, kept / path.name)


def _checkpoint(label: str | None, plan: Plan) -> int | None:
    """Return the quarter of a checkpoint; ScenarioError when it is not one within the horizon."""
    if label is None:
        return None
    try:
        t = quarters.parse(label)
    except ValueError as problem:
        raise ScenarioError("--checkpoint", [str(problem)]) from None
    if not 0 <= t < plan.end:
        span = f"2013Q1 to {quarters.label(plan.end - 1)}"
        raise ScenarioError("--checkpoint", [f"{label} is outside the run; it can be {span}"])
    return t


def _open_workspace(request: Request, settings: Scenario) -> None:
    """Start an empty workspace with the request and the resolved scenario."""
    folder = request.workspace
    assert folder is not None
    if folder.exists() and any(folder.iterdir()) and not (folder / REQUEST).is_file():
        raise ScenarioError(str(folder), ["it is in the way and is not an unfinished run; move it away"])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / SCENARIO).write_text(settings.to_toml(), encoding="utf-8")
    asked = {
        "members": request.members,
        "checkpoint": request.checkpoint,
        "draws": request.draws,
        **part.stamp(settings.plan(), request.seed, twin=request.twin),
        **regions.told(settings.region),
    }
    (folder / REQUEST).write_text(json.dumps(asked, indent=2) + "\n", encoding="utf-8")


def _run(plans: _Plans, request: Request, quiet: bool) -> Result:
    start, plan = time.monotonic(), plans.settings.plan()
    lives: dict[int, Life] = {}
    failed: dict[int, Failure] = {}
    alone = min(request.members, n_processors()) == 1
    with Progress(plan.name, request.members * (plan.end + 1), quiet=quiet) as progress:
        for member, outcome in (_here if alone else _pool)(plans, request, progress):
            if isinstance(outcome, Failure):
                failed[member] = outcome
            else:
                lives[member] = outcome
    if not lives:
        first = failed[min(failed)]
        kinds = {kind.__name__: kind for kind in (BalanceError, DataError, OpeningError)}
        raise kinds.get(first.kind, MembersFailed)(first.message)
    frames = _frames(plan, lives)
    return Result(
        name=plan.name,
        annual=frames.annual,
        series=frames.series,
        flows=frames.flows,
        manifest=_manifest(plan, request, lives, failed, time.monotonic() - start),
        scenario=plans.settings.to_toml(),
        draws=plans.table(request.members),
    )


class _Plans:
    """The plan of each member: the scenario's, with the member's draw where there is one."""

    def __init__(self, settings: Scenario, draws: Draws | None) -> None:
        self.settings, self.draws = settings, draws

    def __call__(self, member: int) -> Plan:
        if self.draws is None:
            return self.settings.plan()
        return drawn(self.settings, self.draws.of(member)).plan()

    def table(self, members: int) -> pd.DataFrame:
        """Return what each member was drawn, one row each; an empty table where nothing was."""
        if self.draws is None:
            return pd.DataFrame()
        rows = [{"member": m, **drawn_of(self.settings, self.draws.of(m))} for m in range(members)]
        return pd.DataFrame(rows)


def _frames(plan: Plan, lives: Mapping[int, Life]) -> Frames:
    """Return the tables of all members, in the order of members."""
    parts = []
    for member in sorted(lives):
        recorder = Recorder(plan)
        recorder.restore(lives[member].record)
        parts.append(recorder.frames(plan.name, member))
    return Frames(*(pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True)))


def _manifest(
    plan: Plan, request: Request, lives: Mapping[int, Life], failed: Mapping[int, Failure], seconds: float
) -> dict[str, Any]:
    first = lives[min(lives)]
    residuals = [life.residuals for life in lives.values()]
    return {
        "scenario": plan.name,
        "title": plan.title,
        "title_zh": plan.title_zh,
        "scenario_sha256": plan.digest,
        "seed": request.seed,
        "members": request.members,
        "member_seeds": {str(m): member_seed(request.seed, m) for m in range(request.members)},
        "failed": {str(m): f"{f.kind}: {f.message}" for m, f in sorted(failed.items())},
        "twin": request.twin,
        "draws": request.draws,
        "residents_per_agent": plan.residents_per_agent,
        "agents_at_the_end": dict(first.agents),
        "last_quarter": quarters.label(plan.end),
        "largest_residuals": {
            name: max(r.get(name, 0.0) for r in residuals) for name in sorted(set().union(*residuals))
        },
        "command": sys.argv,
        "wall_seconds": round(seconds, 2),
        **provenance(plan.region),
    }


Outcomes = Iterator[tuple[int, Life | Failure]]


def _here(plans: _Plans, request: Request, progress: Progress) -> Outcomes:
    """Live through the members one after another, each with all threads."""
    for member in range(request.members):
        yield member, _outcome(plans(member), request, member, progress.step)


def _outcome(plan: Plan, request: Request, member: int, tick: Callable[[], object]) -> Life | Failure:
    """Return a member's life, or how it failed."""
    try:
        return live(plan, request, member, tick)
    except (JjjError, ArithmeticError, MemoryError) as problem:
        return Failure(type(problem).__name__, str(problem))


def _work(plan: Plan, request: Request, member: int) -> Life | Failure:
    return _outcome(plan, request, member, tick)


def _pool(plans: _Plans, request: Request, progress: Progress) -> Outcomes:
    """Live through the members in several processes, each with one thread."""
    with Workers(min(request.members, n_processors())) as workers:
        jobs = [(plans(m), request, m) for m in range(request.members)]
        for member, outcome in workers.outcomes(_work, jobs, lambda: progress.at(workers.ticks)):
            if isinstance(outcome, BrokenProcessPool):
                yield member, Failure("BrokenProcessPool", "its process was killed, perhaps for want of memory")
            else:
                yield member, outcome
