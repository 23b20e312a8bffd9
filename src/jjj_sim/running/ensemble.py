"""Run the members of a scenario, wherever an executor does, and gather one result.

Member m of a run with seed S draws from hash(S, m), so that the first of twenty members is the run of one. Where the
region has a posterior, member m has its draw m of parameters and of the outside world.
A member that is done is kept in the store, where there is one, and not run again. A run may leave a workspace: what was
asked, the members that are done where no store keeps them, worlds saved at a checkpoint; `resume` goes on from there to
the same bits.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from jjj_sim import quarters, regions
from jjj_sim.draws import member_seed
from jjj_sim.errors import BalanceError, DataError, JjjError, OpeningError, ScenarioError
from jjj_sim.policy.plan import Plan
from jjj_sim.progress import Progress
from jjj_sim.running.executor import Executor
from jjj_sim.running.executors import executor
from jjj_sim.running.gathering import Gathering
from jjj_sim.running.member import Failure, Life, Request
from jjj_sim.running.provenance import provenance
from jjj_sim.running.recorder import Recorder
from jjj_sim.running.result import Result
from jjj_sim.running.store import Store
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.scenario.posterior import Draws, drawn, drawn_of, draws_of
from jjj_sim.sources import code_sha256
from jjj_sim.state import part

REQUEST, SCENARIO = "request.json", "scenario.toml"
CHECKPOINT = "checkpoint"


class MembersFailed(JjjError):
    """Every member of a run failed; the first failure is told."""

    exit_status = 3


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
    workers: int | None = None,
    scheduler: str | None = None,
    store: Store | Path | str | None = None,
    quiet: bool = True,
) -> Result:
    """Run `members` members of a scenario and return the result; nothing is left on disk but in a `store`.

    Members are `draws`, those of the region's posterior by default, or all at the parameters' defaults where
    `fixed_parameters`, or where the region has none.

    `workers` processes live through them, by default one per processor, or those of the dask `scheduler` at an address;
    the result does not depend on it. A `store`, a folder or ``Store()`` at its usual place, keeps members that are done
    and gives those it has; by default there is none: a library writes nothing into a home unasked.

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
    where = executor(members, workers, scheduler)
    if members < 1:
        raise ScenarioError("--members", [f"{members} is not a number of members; the least is 1"])
    if checkpoint is not None and workspace is None:
        raise ScenarioError("--checkpoint", ["a checkpoint needs a workspace to be saved in"])
    if request.workspace is not None:
        _open_workspace(request, settings)
    return _run(_Plans(settings, taken), request, where, _store(store), quiet)


def resume(
    workspace: Path | str,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    store: Store | Path | str | None = None,
    quiet: bool = True,
) -> Result:
    """Go on with the run that left `workspace`, to the bits it would have had; the other arguments as of `run`.

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
    return _run(plans, request, executor(request.members, workers, scheduler), _store(store), quiet)


def keep_checkpoint(workspace: Path, folder: Path) -> None:
    """Copy what `resume` needs to start again at the checkpoint from a workspace into `folder`/checkpoint."""
    if not any(workspace.glob("world-*.npz")):
        return
    kept = folder / CHECKPOINT
    kept.mkdir()
    for pattern in (REQUEST, SCENARIO, "world-*.npz", "record-*.npz"):
        for path in sorted(workspace.glob(pattern)):
            shutil.copy2(path, kept / path.name)


def discard(workspace: Path) -> None:
    """Remove a workspace, its request last; what cannot be removed is left."""
    for path in sorted(workspace.glob("*"), key=lambda path: path.name == REQUEST):
        with contextlib.suppress(OSError):
            path.unlink()
    with contextlib.suppress(OSError):
        workspace.rmdir()


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
    folder.mkdir(parents=True, exist_ok=True)
    asked = {
        "members": request.members,
        "checkpoint": request.checkpoint,
        "draws": request.draws,
        **part.stamp(settings.plan(), request.seed, twin=request.twin),
        **regions.told(settings.region),
    }
    # The request comes first and goes last: what holds anything is known as a workspace, whenever this is killed.
    _write(folder / REQUEST, json.dumps(asked, indent=2) + "\n")
    for part_of_another in folder.glob("*.npz"):
        part_of_another.unlink(missing_ok=True)
    _write(folder / SCENARIO, settings.to_toml())


def _write(path: Path, text: str) -> None:
    """Write a file in one rename."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _store(asked: Store | Path | str | None) -> Store | None:
    return asked if asked is None or isinstance(asked, Store) else Store(asked)


def _run(plans: _Plans, request: Request, where: Executor, store: Store | None, quiet: bool) -> Result:
    start, plan = time.monotonic(), plans.settings.plan()
    kept = _Kept(plans, request, where, store)
    lives: dict[int, Life] = {}
    gathering = Gathering(request.members)
    failed: dict[int, Failure] = {}
    length = plan.end + 1

    def take(member: int, life: Life) -> None:
        recorder = Recorder(plan)
        recorder.restore(life.record)
        gathering.add(member, recorder.frames(plan.name, member))
        lives[member] = life._replace(record={})

    left = []
    with Progress(f"{plan.name}: what is kept", request.members, quiet=quiet) as progress:
        for member in range(request.members):
            if (found := kept.read(member)) is None:
                left.append(member)
            else:
                take(member, found)
            progress.step()
    total = len(left) * length
    with Progress(plan.name, total, quiet=quiet) as progress:
        for member, outcome in where.outcomes(plans, request, left, lambda n: progress.at(min(n, total))):
            if isinstance(outcome, Failure):
                failed[member] = outcome
            else:
                kept.write(member, outcome)
                take(member, outcome)
    if not lives:
        first = failed[min(failed)]
        kinds = {kind.__name__: kind for kind in (BalanceError, DataError, OpeningError)}
        raise kinds.get(first.kind, MembersFailed)(first.message)
    tables = gathering.frames()
    return Result(
        name=plan.name,
        annual=tables.annual,
        series=tables.series,
        flows=tables.flows,
        manifest=_manifest(plan, request, lives, failed, kept.given, time.monotonic() - start),
        scenario=plans.settings.to_toml(),
        draws=plans.table(request.members),
    )


class _Kept:
    """Where members that are done are kept: in the store, else in the workspace, else nowhere.

    `given` counts those that the store had. A store has no saved worlds: with a checkpoint it is only written.
    """

    def __init__(self, plans: _Plans, request: Request, where: Executor, store: Store | None) -> None:
        self.plans, self.request, self.store = plans, request, store
        self.processor = "" if store is None else where.processor
        self.given = 0

    def read(self, member: int) -> Life | None:
        """Return a member that is done, or None; DataError when its file in the workspace is damaged."""
        done = self.request.path("done", member)
        if done is not None and done.is_file():
            return Life.of(part.read(done, self.request.stamp(self.plans(member), member)))
        if self.store is None or self.request.checkpoint is not None:
            return None
        found = self.store.read(self._made(member))
        self.given += found is not None
        return found

    def write(self, member: int, life: Life) -> None:
        """Keep a member."""
        done, settings = self.request.path("done", member), self.plans.settings
        if self.store is not None:
            asked: dict[str, Any] = {"name": settings.name, "title": settings.title, "title_zh": settings.title_zh}
            asked |= {"settings": settings.digest, "seed": self.request.seed, "member": member}
            asked |= {"residents_per_agent": settings.residents_per_agent, "region": settings.region.id}
            self.store.write(self._made(member), life, asked)
        if done is not None and (self.store is None or self.request.checkpoint is not None):
            part.write(done, self.request.stamp(self.plans(member), member), life.arrays())

    def _made(self, member: int) -> part.Stamp:
        return {**self.request.stamp(self.plans(member), member), "processor": self.processor}


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


def _manifest(
    plan: Plan,
    request: Request,
    lives: Mapping[int, Life],
    failed: Mapping[int, Failure],
    from_store: int,
    seconds: float,
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
        "from_store": from_store,
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
