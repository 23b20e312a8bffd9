"""What an executor is: something that lives through the members of a run, somewhere, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from jjj_sim.policy.plan import Plan
from jjj_sim.running.member import Failure, Life, Request

Outcomes = Iterator[tuple[int, Life | Failure]]
Plans = Callable[[int], Plan]
At = Callable[[int], object]


class Executor(Protocol):
    """Lives through members somewhere; `processor` says on what, since the last bits of a number hang on that."""

    @property
    def processor(self) -> str:
        """The model of the processors that compute."""

    def outcomes(self, plans: Plans, request: Request, members: Sequence[int], at: At) -> Outcomes:
        """Yield (member, its life or how it failed), in any order; `at` hears how many quarters are lived."""
