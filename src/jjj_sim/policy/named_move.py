"""Named moves: dated events that take an institution with its jobs from one zone to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.policy.events import Move
from jjj_sim.policy.lever import Announcing, EventKind, Lever, Range, Words

JOBS = Range("jobs", 0.0, 200_000.0)


class NamedMove(Lever):
    """A lever whose events are moves; `kind` is what moves unless an event says it, `roles` from where to where."""

    has_path = False
    kind: ClassVar[str] = ""
    roles: ClassVar[tuple[str, str]] = ("", "")
    numbers: ClassVar[Mapping[str, Range]] = {"jobs": JOBS}
    kinds: ClassVar[tuple[str, ...]] = ()
    needs: ClassVar[tuple[str, ...]] = ("jobs",)

    @property
    def events(self) -> EventKind | None:
        """Moves; None in a region that lacks either end."""
        home = self._home()
        if not home:
            return None
        zone = Words("zone", self.region.ids)
        words = {"origin": zone, "destination": zone}
        if self.kinds:
            words = {"kind": Words("kind", self.kinds), **words}
        return EventKind("move", self.numbers, words, self.needs, home)

    def _home(self) -> dict[str, str]:
        """Return the ids of origin and destination unless an event says otherwise; empty where there is none."""
        found = {}
        for word, role in zip(("origin", "destination"), self.roles, strict=True):
            inside = self.region.role(role).nonzero()[0]
            if not len(inside):
                return {}
            found[word] = self.region.ids[inside[0]]
        return found

    def announce(self, world: Announcing) -> None:
        """List every scheduled move, dated or not."""
        home = self._home()
        for name, event in self.plan(world).events.items():
            words = home | dict(event.words)
            world.policy.moves.append(
                Move(
                    lever=self.name,
                    name=name,
                    quarter=event.quarter,
                    kind=words.get("kind", self.kind),
                    jobs=event.numbers.get("jobs", 0.0),
                    students=event.numbers.get("students", 0.0),
                    beds=event.numbers.get("beds", 0.0),
                    origin=self.region.find(words["origin"]),
                    destination=self.region.find(words["destination"]),
                )
            )
