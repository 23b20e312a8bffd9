"""An outside cluster: members lived through by the workers of a dask.distributed scheduler."""

from __future__ import annotations

import functools
import itertools
import threading
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from jjj_sim import regions
from jjj_sim.errors import DataError, JjjError, ScenarioError
from jjj_sim.messages import say
from jjj_sim.policy.plan import Plan
from jjj_sim.policy.registry import offered_sha256
from jjj_sim.running.executor import At, Outcomes, Plans
from jjj_sim.running.member import Failure, Life, Request, outcome
from jjj_sim.running.provenance import cpu
from jjj_sim.sources import code_sha256, computed_with

_PATIENCE = "15s"
_AHEAD = 2
_alone = threading.Lock()


class _Make(NamedTuple):
    """What a worker computes with: code, levers of other packages, versions, processor, and the region it finds."""

    code: str
    levers: str
    versions: str
    processor: str
    region: str


class ClusterLost(JjjError):
    """The scheduler is gone, or has dropped the work; members that a store keeps are kept."""


class Cluster:
    """The workers of the scheduler at `address`, which have this code and the region's folder.

    ScenarioError when dask is not installed, or nothing answers there; DataError when a worker has other code. A member
    whose worker dies is given to another one, as often as the scheduler allows (`allowed-failures`).
    """

    def __init__(self, address: str) -> None:
        if find_spec("distributed") is None:
            raise ScenarioError("--scheduler", [say("no_dask")])
        self.address = address

    @functools.cached_property
    def processor(self) -> str:
        """The models of the workers' processors."""
        with self._client() as client:
            return " + ".join(sorted({make.processor for make in _makes(client, {}).values()}))

    def outcomes(self, plans: Plans, request: Request, members: Sequence[int], at: At) -> Outcomes:
        """Yield the outcomes as they come; ScenarioError where worlds were to be saved, DataError for other workers."""
        from distributed import as_completed

        if request.checkpoint is not None:
            raise ScenarioError("--checkpoint", [say("no_checkpoint_there")])
        if not members:
            return
        asked, lived, run = replace(request, workspace=None), 0, uuid.uuid4().hex
        first = plans(members[0])
        with self._client() as client:
            _check(client, first)
            left = iter(members)
            of: dict[str, int] = {}

            def begun(n: int) -> Iterator[Any]:
                for member in itertools.islice(left, n):
                    key = f"jjj-sim-{run}-{member}"
                    of[key] = member
                    yield client.submit(_work, plans(member), asked, member, key=key, pure=False)

            ready = as_completed(list(begun(_AHEAD * sum(client.ncores().values()))), loop=client.loop)
            for future in ready:
                member = of.pop(future.key)
                found = _found(future)
                future.release()
                ready.update(begun(max(0, _AHEAD * sum(client.ncores().values()) - len(of))))
                lived += first.end + 1
                at(lived)
                yield member, found

    def _client(self) -> Any:
        from distributed import Client

        try:
            return Client(self.address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as problem:
            reason = str(problem).partition("\n")[0] or type(problem).__name__
            raise ScenarioError("--scheduler", [say("no_scheduler", address=self.address, reason=reason)]) from None


def _check(client: Any, plan: Plan) -> None:
    """Raise DataError that names a worker whose numbers would not be those of this process, and why."""
    where = regions.told(plan.region)
    mine = _make(**where)
    for worker, make in _makes(client, where).items():
        for name, found, wanted in zip(_Make._fields, make, mine, strict=True):
            if found != wanted and name != "processor":
                raise DataError(f"the worker {worker} {_LACKS[name]}: it has {_short(found)}, here is {_short(wanted)}")


_LACKS = {
    "code": "has other sources of jjj_sim",
    "levers": "has other levers of other packages",
    "versions": "computes with other packages",
    "region": "has not this region's folder, or another one",
}


def _makes(client: Any, where: dict[str, str]) -> dict[str, _Make]:
    """Return what every worker computes with, by its address; DataError when there is none, or it lacks jjj_sim."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        return dict(client.run(_make, **where))
    except TimeoutError:
        raise DataError("the scheduler has no workers; start some with: dask worker ADDRESS --nthreads 1") from None
    except ImportError as problem:
        raise DataError(f"a worker of the scheduler cannot import jjj_sim: {problem}") from None


def _make(region: str = "", region_folder: str | None = None) -> _Make:
    """Return what this process computes with; the region is empty where it is not found."""
    try:
        if region_folder is not None and not (Path(region_folder) / "region.toml").is_file():
            raise DataError(region_folder)
        digest = regions.find(region, region_folder).sha256 if region else ""
    except JjjError:
        digest = ""
    return _Make(code_sha256(), offered_sha256(), computed_with(), str(cpu()["model"]), digest)


def _short(value: str) -> str:
    return value[:12] if len(value) == 64 else value or "none"


def _found(future: Any) -> Life | Failure:
    """Return the outcome of a future; what is no failure of the model is raised."""
    from distributed.scheduler import KilledWorker

    if future.cancelled():
        raise ClusterLost("the scheduler was lost; members that were done are in the store, unless it was not wanted")
    problem = future.exception()
    if isinstance(problem, KilledWorker):
        return Failure("WorkerLost", "the workers that lived through it were killed, perhaps for want of memory")
    if problem is not None:
        raise problem
    found: Life | Failure = future.result()
    return found


def _work(plan: Plan, request: Request, member: int) -> Life | Failure:
    """Return a member's outcome; a worker with several threads lives through one member at a time."""
    import numba

    with _alone:
        numba.set_num_threads(1)
        return outcome(plan, request, member, _silent)


def _silent() -> None:
    """Hear a quarter's end, and tell nobody."""
