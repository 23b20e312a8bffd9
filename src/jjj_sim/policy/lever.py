"""What a lever is: who pulls it, in what unit, within what bounds, and what it does unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from jjj_sim.policy.plan import LeverPlan


@dataclass(frozen=True)
class Range:
    """A number's unit and inclusive bounds."""

    unit: str
    lo: float
    hi: float


@dataclass(frozen=True)
class Words:
    """A word's legal values; empty `legal` leaves the word free."""

    noun: str
    legal: tuple[str, ...]


@dataclass(frozen=True)
class EventKind:
    """The events of a lever: `table` is their key in a scenario file (``events`` or ``openings``).

    Every event has a quarter (``2026Q1`` or ``never``); `numbers` and `words` may stand beside it. A name
    that the default list does not hold is a new event: it must give `needs`, and where it is silent on a
    word that `home` holds, that one stands.
    """

    noun: str
    numbers: Mapping[str, Range]
    words: Mapping[str, Words]
    needs: tuple[str, ...]
    home: Mapping[str, str] = field(default_factory=dict)
    table: str = "events"


@dataclass(frozen=True)
class LeverSpec:
    """One policy lever. `unit`, `lo`, `hi` are those of its main path, where it has one (`has_path`).

    `decider`: C the centre, B, T, H the provincial governments, X the Xiong'an authority. `paths`, `zones`,
    `shares`, `events` tell which further keys a scenario may set. `build` returns the default plan: history,
    then the announced path; `sources` name its numbers with their tags.
    """

    name: str
    zh: str
    unit: str
    lo: float
    hi: float
    decider: str
    mechanism: str
    build: Callable[[], LeverPlan]
    sources: tuple[str, ...]
    has_path: bool = True
    paths: Mapping[str, Range] = field(default_factory=dict)
    zones: bool = False
    shares: Mapping[str, Range] = field(default_factory=dict)
    events: EventKind | None = None

    def default(self) -> LeverPlan:
        """Return history and the announced path; computed once."""
        return _built(self.build)

    def keys(self) -> tuple[str, ...]:
        """Return the keys a scenario file may set in this lever's table, ``source`` aside."""
        return tuple(
            key
            for key, has in (
                ("path", self.has_path),
                ("paths", bool(self.paths)),
                ("zones", self.zones),
                ("shares", bool(self.shares)),
                (self.events.table if self.events else "", self.events is not None),
            )
            if has
        )


@cache
def _built(build: Callable[[], LeverPlan]) -> LeverPlan:
    return build()
