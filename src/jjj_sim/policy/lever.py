"""What a lever is: who pulls it, in what unit, within what bounds, what it announces and what it settles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from jjj_sim.book import Field
from jjj_sim.errors import DataError
from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.plan import LeverPlan, Plan
from jjj_sim.region.region import Region

if TYPE_CHECKING:
    from jjj_sim.state.world import World


@dataclass(frozen=True)
class Range:
    """A number's unit and inclusive bounds; of a path of one `zone`, how zones `merge` into a larger one.

    A rule is one that tables have (`jjj_sim.merging`), or "alone": what holds for a zone is not said of a larger one.
    """

    unit: str
    lo: float
    hi: float
    zone: str = ""
    merge: str = ""


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
    word that `home` holds, that one stands. None lies before the quarter `first`.
    """

    noun: str
    numbers: Mapping[str, Range]
    words: Mapping[str, Words]
    needs: tuple[str, ...]
    home: Mapping[str, str] = field(default_factory=dict)
    table: str = "events"
    first: str = "2013Q1"


class Announcing(Protocol):
    """What a lever sees when it announces: the plan, the quarter, the region, and the arrays it writes."""

    @property
    def plan(self) -> Plan: ...
    @property
    def t(self) -> int: ...
    @property
    def policy(self) -> Policy: ...


class Lever:
    """One policy lever of a region, a file each: subclass, declare, announce, settle.

    `unit`, `lo`, `hi` are those of its main path, where it has one (`has_path`). `decider`: C the centre, B, T, H
    the provincial governments, X the authority of the new area. `paths`, `shares`, `events` and `takes_zones`
    tell which further keys a scenario may set. `announces` names the policy arrays that it writes, those of
    `Policy` as None, arrays of its own as a Field. Its default, history and then the announced plan, stands in
    the region's ``policy/<name>.toml`` in the form of a scenario file; a region without that file leaves the
    lever at `neutral`, where it does nothing.

    Every number of a default names its source. `sources` lists them, each under a tag of its own, a letter for its
    kind ([L] looked up, [R] recalled, [D] derived, [A] assumed) and a number: "[L1] first list July 2014". A point
    of a path gives the tag as its third item, with a remark behind it where one helps, ["2014Q3", 1.0, "[L1]"], an
    event as its `source`; a share is named in the source itself, "[D1] shares.research: ...", and so are the zones.
    An event may carry `tags`, by which a scenario sets many at once; the file's `tags` says what each means.
    """

    name: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    unit: ClassVar[str] = ""
    lo: ClassVar[float] = 0.0
    hi: ClassVar[float] = 0.0
    decider: ClassVar[str] = ""
    mechanism: ClassVar[str] = ""
    mechanism_zh: ClassVar[str] = ""
    neutral: ClassVar[float] = 0.0
    announces: ClassVar[Mapping[str, Field | None]] = {}
    has_path: ClassVar[bool] = True
    takes_zones: ClassVar[bool] = False

    def __init__(self, region: Region) -> None:
        self.region = region

    @property
    def paths(self) -> Mapping[str, Range]:
        """Further paths by key."""
        return {}

    @property
    def shares(self) -> Mapping[str, Range]:
        """Constant shares by key."""
        return {}

    @property
    def events(self) -> EventKind | None:
        """The kind of its events, None where it has none."""
        return None

    def announce(self, world: Announcing) -> None:
        """Write what is in force in the quarter into the policy arrays that the lever announces."""

    def settle(self, world: World) -> None:
        """Book the payments that follow from what was announced, once all processes have acted."""

    def plan(self, world: Announcing) -> LeverPlan:
        """Return this lever's plan in `world`."""
        return world.plan.levers[self.name]

    def published(self, world: Announcing) -> LeverPlan:
        """Return history and the announced plan, whatever the scenario changes."""
        return world.plan.published.get(self.name, self.plan(world))

    def at(self, world: Announcing, key: str | None = None) -> float:
        """Return the value in force in the quarter, of the main path or of the path named `key`."""
        return self.plan(world).at(world.t, key)

    def table(self) -> dict[str, Any]:
        """Return the default in the form of a scenario file's table; DataError when the file is broken."""
        path = self.region.folder / "policy" / f"{self.name}.toml"
        if not path.is_file():
            return self.idle()
        try:
            return tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(f"{path.name} cannot be read: {error}") from None

    def idle(self) -> dict[str, Any]:
        """Return the table of a region that says nothing: the neutral value, and the least on every keyed path."""
        still = [["2013Q1", self.neutral]]
        found: dict[str, Any] = {"path": still} if self.has_path else {}
        if self.paths:
            found["paths"] = {key: [["2013Q1", max(r.lo, 0.0)]] for key, r in self.paths.items()}
        return found

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the numbers of the default come from, each with its tag."""
        return tuple(self.table().get("sources", ()))

    @property
    def tags(self) -> Mapping[str, Mapping[str, str]]:
        """What the tags of its events mean, by tag and language."""
        return dict(self.table().get("tags", {}))

    def keys(self) -> tuple[str, ...]:
        """Return the keys a scenario file may set in this lever's table, ``source`` aside."""
        kind = self.events
        return tuple(
            key
            for key, has in (
                ("path", self.has_path),
                ("paths", bool(self.paths)),
                ("zones", self.takes_zones),
                ("shares", bool(self.shares)),
                (kind.table if kind else "", kind is not None),
            )
            if has
        )
