"""One member of a run: a world lived through and recorded, saved at a checkpoint, taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from jjj_sim.draws import member_seed
from jjj_sim.policy.plan import Plan
from jjj_sim.running import clock
from jjj_sim.running.recorder import Recorder
from jjj_sim.state.world import World


@dataclass(frozen=True)
class Request:
    """What was asked of a run. Worlds are saved in `workspace` after the quarter `checkpoint`, if any."""

    members: int
    seed: int
    twin: bool = False
    checkpoint: int | None = None
    workspace: Path | None = None

    def path(self, kind: str, member: int) -> Path | None:
        """Return where the workspace keeps the "world", the "record" or the "done" of a member."""
        return None if self.workspace is None else self.workspace / f"{kind}-{member:04d}.npz"


class Life(NamedTuple):
    """What a member leaves: its record, the largest residual of each identity, agents at the end."""

    record: Mapping[str, Any]
    residuals: Mapping[str, float]
    agents: Mapping[str, int]


def live(plan: Plan, request: Request, member: int, tick: Callable[[], object]) -> Life:
    """Live through one member, from the workspace's saved world where there is one.

    `tick` is called at every quarter's end. Raises BalanceError when an identity breaks.
    """
    done = request.path("done", member)
    if done is not None and done.is_file():
        return _read(done)
    world = clock.build(plan, member_seed(request.seed, member), twin=request.twin)
    recorder = Recorder(plan)
    saved, record = request.path("world", member), request.path("record", member)
    if saved is not None and record is not None and saved.is_file():
        world.load(saved)
        recorder.restore(_arrays(record))

    def on_quarter(w: World) -> None:
        recorder.record(w)
        tick()

    residuals: dict[str, float] = {}
    stops = [plan.end]
    if request.checkpoint is not None and world.t <= request.checkpoint:
        stops.insert(0, request.checkpoint)
    for stop in stops:
        found = clock.simulate(world, until=stop, on_quarter=on_quarter).largest
        residuals |= {k: max(v, residuals.get(k, 0.0)) for k, v in found.items()}
        if stop == request.checkpoint and saved is not None and record is not None:
            _write(record, recorder.state())
            world.save(saved)
    agents = {"residents": len(world.residents), "firms": len(world.firms)}
    life = Life(recorder.state(), residuals, agents)
    if done is not None:
        _write(
            done,
            {**life.record}
            | {f"residual {k}": np.asarray(v) for k, v in residuals.items()}
            | {f"agents {k}": np.asarray(v) for k, v in agents.items()},
        )
    return life


def _write(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays by name in one rename; names may hold dots and spaces."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, **arrays)
    part.replace(path)


def _arrays(path: Path) -> dict[str, Any]:
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def _read(path: Path) -> Life:
    arrays = _arrays(path)
    residuals = {k.partition(" ")[2]: float(v) for k, v in arrays.items() if k.startswith("residual ")}
    agents = {k.partition(" ")[2]: int(v) for k, v in arrays.items() if k.startswith("agents ")}
    rest = {k: v for k, v in arrays.items() if " " not in k}
    return Life(rest, residuals, agents)
