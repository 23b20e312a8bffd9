"""The desk behind the page: it answers what a state changes, by the twin at the posterior's mean, then by members.

The mean answers at once: its worker has lived history before it is asked. Members, each at its draw of the posterior,
follow in a process of their own; what they say is what ``jjj-sim compare --twin --members N`` says of the same file.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

import pandas as pd

from jjj_sim import regions
from jjj_sim.calibrating.twin import Wall
from jjj_sim.comparing.comparison import pair
from jjj_sim.errors import ScenarioError
from jjj_sim.judging.goals import goals
from jjj_sim.judging.readings import Readings
from jjj_sim.messages import say
from jjj_sim.reporting.subject import Subject
from jjj_sim.running.result import Result
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.posterior import Draw, drawn, draws_of
from jjj_sim.serving import worker
from jjj_sim.serving.state import State, ground, scenario

_KEPT = 16
# Seconds until members begin: a hand that still moves needs the processors for the next answer.
_PAUSE = 1.0


@dataclass(frozen=True)
class Answer:
    """What a state changes as far as it is known: `of` members asked, `done` of them; none is the mean alone.

    `subject` is what is to be shown, None where only the count has grown.
    """

    subject: Subject | None
    done: int
    of: int


class Desk:
    """Answers for one base with `members` members; a context, since its worker processes end with it."""

    def __init__(self, base: Scenario, members: int) -> None:
        self.base = base
        found = draws_of(base.region)
        self._mean: Draw = {} if found is None else {str(k): float(v) for k, v in found.table.mean().items()}
        self._draws: Sequence[Draw] = [] if found is None else [found.of(m) for m in range(members)]
        spawn = multiprocessing.get_context("spawn")
        self._first = ProcessPoolExecutor(1, mp_context=spawn)
        self._behind = ProcessPoolExecutor(1, mp_context=spawn, initializer=worker.stand_back)
        self._turn = asyncio.Lock()
        self._bases: dict[int, pd.DataFrame] = {}
        self._results: dict[tuple[int, ...], Result] = {}
        self._subjects: OrderedDict[str, tuple[Subject, int]] = OrderedDict()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pool in (self._first, self._behind):
            pool.shutdown(wait=False, cancel_futures=True)
        for worker_process in multiprocessing.active_children():
            worker_process.terminate()  # what it is about to answer nobody waits for

    @property
    def members(self) -> int:
        """How many members follow the mean."""
        return len(self._draws)

    async def warm(self) -> None:
        """Have history lived: of the mean, then of the members."""
        await self._base(-1)
        for member in range(self.members):
            await self._base(member)

    async def answers(self, state: State) -> AsyncIterator[Answer]:
        """Yield the answer of the mean, how many members are done, and the answer of all of them.

        ScenarioError where the state is not valid, or no run stands with it.
        """
        key = json.dumps(state.told(), sort_keys=True)
        if key in self._subjects and self._subjects[key][1] == self.members:
            self._subjects.move_to_end(key)
            yield Answer(*self._subjects[key], self.members)
            return
        below, made = ground(self.base, state), scenario(self.base, state)
        if key not in self._subjects:
            async with self._turn:
                table = await self._lived(below, made, -1)
            await self._base(-1)
            self._keep(key, await asyncio.to_thread(self._subject, made, [table], [-1]), 0)
        mean, _ = self._subjects[key]
        yield Answer(mean, 0, self.members)
        await asyncio.sleep(_PAUSE)
        tables = []
        for member in range(self.members):
            tables.append(await self._lived(below, made, member))
            await self._base(member)
            if member + 1 < self.members:
                yield Answer(None, member + 1, self.members)
        if tables:
            found = await asyncio.to_thread(self._subject, made, tables, range(self.members))
            self._keep(key, found, self.members)
            yield Answer(found, self.members, self.members)

    async def _base(self, member: int) -> pd.DataFrame:
        if member not in self._bases:
            self._bases[member] = await self._lived(self.base, self.base, member)
        return self._bases[member]

    async def _lived(self, below: Scenario, made: Scenario, member: int) -> pd.DataFrame:
        """Return the table of a member, -1 the mean, of a scenario that is `below` until levers move."""
        draw = self._mean if member < 0 else self._draws[member]
        before, plan = (drawn(one, draw).plan() for one in (below, made))
        pool = self._first if member < 0 else self._behind
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(pool, worker.lived, before, plan, max(member, 0))
        except Wall as wall:
            raise ScenarioError("state", [say("no_twin", reason=str(wall))]) from None

    def _subject(self, made: Scenario, tables: Sequence[pd.DataFrame], members: Sequence[int]) -> Subject:
        """Return the comparison of `made` with the base, whose result is made once for the same members."""
        key = tuple(members)
        if key not in self._results:
            self._results[key] = self._result(self.base, [self._bases[member] for member in members])
        base = self._results[key]
        return Subject(base, pair(base, [self._result(made, tables)]))

    def _result(self, made: Scenario, tables: Sequence[pd.DataFrame]) -> Result:
        told: Mapping[str, Any] = {
            "title": made.title,
            "title_zh": made.title_zh,
            "members": len(tables),
            "twin": True,
            **regions.told(made.region),
        }
        annual = pd.concat(tables, ignore_index=True)
        empty = annual.iloc[:0]
        found = Result(made.name, annual, empty, empty, told, made.to_toml())
        return replace(found, goals=goals(Readings.of(found)))

    def _keep(self, key: str, subject: Subject, done: int) -> None:
        self._subjects[key] = subject, done
        self._subjects.move_to_end(key)
        while len(self._subjects) > _KEPT:
            self._subjects.popitem(last=False)
