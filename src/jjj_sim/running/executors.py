"""Executors of this machine, and the choice of one. Results are keyed by member: no order decides anything."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool

from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.policy.plan import Plan
from jjj_sim.running.executor import At, Executor, Outcomes, Plans
from jjj_sim.running.member import Failure, Life, Request, outcome
from jjj_sim.running.provenance import cpu, n_processors
from jjj_sim.running.workers import Workers, tick


class Here:
    """This process, one member after another, each with all threads."""

    @property
    def processor(self) -> str:
        """The model of this machine's processor."""
        return str(cpu()["model"])

    def outcomes(self, plans: Plans, request: Request, members: Sequence[int], at: At) -> Outcomes:
        """Yield the outcomes in the order of `members`."""
        lived = itertools.count(1)
        for member in members:
            yield member, outcome(plans(member), request, member, lambda: at(next(lived)))


class Processes(Here):
    """`n` processes of this machine, each with one thread; a member whose process dies twice has failed."""

    def __init__(self, n: int) -> None:
        self.n = n

    def outcomes(self, plans: Plans, request: Request, members: Sequence[int], at: At) -> Outcomes:
        """Yield the outcomes as they are done."""
        if not members:
            return
        with Workers(min(len(members), self.n)) as workers:
            jobs = ((plans(m), request, m) for m in members)
            for index, found in workers.outcomes(_work, jobs, lambda: at(workers.ticks)):
                if isinstance(found, BrokenProcessPool):
                    found = Failure("ProcessLost", "its process was killed twice, perhaps for want of memory")
                yield members[index], found


def _work(plan: Plan, request: Request, member: int) -> Life | Failure:
    return outcome(plan, request, member, tick)


def executor(members: int, workers: int | None = None, scheduler: str | None = None) -> Executor:
    """Return what lives through so many members: `workers` processes of this machine, one per processor by default,
    or the workers of the dask `scheduler` at an address. ScenarioError when both are asked for.
    """
    if scheduler is not None:
        if workers is not None:
            raise ScenarioError("--scheduler", [say("workers_or_scheduler")])
        from jjj_sim.running.cluster import Cluster

        return Cluster(scheduler)
    n = min(members, n_processors() if workers is None else workers)
    return Here() if n <= 1 else Processes(n)
