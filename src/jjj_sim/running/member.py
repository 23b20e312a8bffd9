"""One member of a run: a world lived through and recorded, saved at a checkpoint, taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np

from jjj_sim.draws import member_seed
from jjj_sim.errors import DataError, JjjError
from jjj_sim.policy.plan import Plan
from jjj_sim.running import clock
from jjj_sim.running.recorder import Recorder
from jjj_sim.sources import code_sha256
from jjj_sim.state import part
from jjj_sim.state.world import World


@dataclass(frozen=True)
class Request:
    """What was asked of a run, and of which code. Worlds are saved in `workspace` after the quarter `checkpoint`.

    `draws` is the sha256 of the draws that members have, None where they have none.
    """

    members: int
    seed: int
    twin: bool = False
    checkpoint: int | None = None
    workspace: Path | None = None
    draws: str | None = None
    code: str = field(default_factory=code_sha256)

    def path(self, kind: str, member: int) -> Path | None:
        """Return where the workspace keeps the "world", the "record" or the "done" of a member."""
        return None if self.workspace is None else self.workspace / f"{kind}-{member:04d}.npz"

    def stamp(self, plan: Plan, member: int) -> part.Stamp:
        """Return what every part of a member was made of; DataError when this process runs other code."""
        made = part.stamp(plan, member_seed(self.seed, member), twin=self.twin)
        if made["code"] != self.code:
            raise DataError("the sources of jjj_sim were changed while the run went on; run the scenario anew")
        return made

    def check_parts(self, plans: Callable[[int], Plan]) -> None:
        """Raise DataError when a part in the workspace is not one of this run; `plans` gives that of a member."""
        for member in range(self.members):
            for kind in ("done", "world", "record"):
                path = self.path(kind, member)
                if path is not None and path.is_file():
                    part.check(path, self.stamp(plans(member), member))


class Life(NamedTuple):
    """What a member leaves: its record, the largest residual of each identity, agents at the end."""

    record: Mapping[str, Any]
    residuals: Mapping[str, float]
    agents: Mapping[str, int]

    def arrays(self) -> dict[str, Any]:
        """Return all of it as arrays by name, to be saved."""
        return (
            {**self.record}
            | {f"residual {k}": np.asarray(v) for k, v in self.residuals.items()}
            | {f"agents {k}": np.asarray(v) for k, v in self.agents.items()}
        )

    @classmethod
    def of(cls, arrays: Mapping[str, Any]) -> Self:
        """Return the life whose `arrays` these are."""
        residuals = {k.partition(" ")[2]: float(v) for k, v in arrays.items() if k.startswith("residual ")}
        agents = {k.partition(" ")[2]: int(v) for k, v in arrays.items() if k.startswith("agents ")}
        return cls({k: v for k, v in arrays.items() if " " not in k}, residuals, agents)


class Failure(NamedTuple):
    """Why a member failed: the name of the error's class, and what it says."""

    kind: str
    message: str


def outcome(plan: Plan, request: Request, member: int, tick: Callable[[], object]) -> Life | Failure:
    """Return a member's life, or how it failed."""
    try:
        return live(plan, request, member, tick)
    except (JjjError, ArithmeticError, MemoryError) as problem:
        return Failure(type(problem).__name__, str(problem))


def live(plan: Plan, request: Request, member: int, tick: Callable[[], object]) -> Life:
    """Live through one member, from the workspace's saved world where there is one.

    `tick` is called at every quarter's end. Raises BalanceError when an identity breaks.
    """
    made = request.stamp(plan, member)
    world = clock.build(plan, member_seed(request.seed, member), twin=request.twin)
    recorder = Recorder(plan)
    saved, record = request.path("world", member), request.path("record", member)
    if saved is not None and record is not None and saved.is_file():
        world.load(saved)
        recorder.restore(part.read(record, made))

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
            part.write(record, made, recorder.state())
            world.save(saved)
    agents = {"residents": len(world.residents), "firms": len(world.firms)}
    return Life(recorder.state(), residuals, agents)
