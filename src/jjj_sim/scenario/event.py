"""How a file sets dated events: it stops those after a quarter, sets a group of them, then single ones by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jjj_sim import quarters
from jjj_sim.errors import nearest
from jjj_sim.messages import noun, say
from jjj_sim.policy.lever import EventKind
from jjj_sim.policy.plan import Event
from jjj_sim.scenario.log import entry
from jjj_sim.scenario.scenario import event_table
from jjj_sim.scenario.schema import NEVER, Table

Events = dict[str, Event]


def lay_events(
    before: Mapping[str, Event], kind: EventKind, setting: Table, where: str, log: list[str], problems: list[str]
) -> Events:
    """Return a lever's events with a setting laid on them: `stop_after`, then `groups`, then each by name."""
    events = dict(before)
    if "stop_after" in setting:
        _stop(events, setting["stop_after"], f"{where}.stop_after", log)
    named = {_full_name(name, given, kind, events): given for name, given in setting.get(kind.table, {}).items()}
    _lay_groups(events, kind, setting.get("groups", {}), where, log, problems, set(named))
    for name, given in named.items():
        key, known = f"{where}.{kind.table}.{name}", events.get(name)
        if known is None and not _complete(given, kind):
            problems.append(_lacking(key, name, kind, events))
            continue
        events[name] = event_of(kind, known, given)
        was = event_table(before[name]) if name in before else None
        log.append(entry(key, given, was and {word: value for word, value in was.items() if word != "tags"}))
    return events


def event_of(kind: EventKind, known: Event | None, given: Table) -> Event:
    """Return an event that keeps what it is not given."""
    when = known.quarter if known else None
    if "quarter" in given:
        when = None if given["quarter"] == NEVER else quarters.parse(given["quarter"])
    numbers = {key: value for key, value in given.items() if key in kind.numbers}
    words = {key: value for key, value in given.items() if key in kind.words}
    tags = tuple(given["tags"]) if "tags" in given else known.tags if known else ()
    if known:
        return Event(when, {**known.numbers, **numbers}, {**known.words, **words}, tags)
    return Event(when, numbers, {**kind.home, **words}, tags)


def _stop(events: Events, last: str, where: str, log: list[str]) -> None:
    """Let no event happen after the quarter `last`."""
    late = [n for n, event in events.items() if event.quarter is not None and event.quarter > quarters.parse(last)]
    events.update({name: replace(events[name], quarter=None) for name in late})
    log.append(entry(where, f"{last}: never {', '.join(late) or 'any, as before'}", None))


def _lay_groups(
    events: Events, kind: EventKind, groups: Table, where: str, log: list[str], problems: list[str], named: set[str]
) -> None:
    """Set the events of each tag; notes where two tags set one event differently that the file does not name."""
    set_by: dict[str, str] = {}
    for tag, given in groups.items():
        members = [name for name, event in events.items() if tag in event.tags]
        for name in members:
            other = set_by.setdefault(name, tag)
            if name not in named and groups[other] != given:
                told: dict[str, Any] = {"where": f"{where}.groups", "first": other, "second": tag, "event": name}
                problems.append(say("groups_differ", table=f"{where}.{kind.table}", **told))
            events[name] = event_of(kind, events[name], given)
        log.append(entry(f"{where}.groups.{tag}", given, None) + f": {', '.join(members)}")


def _complete(given: Table, kind: EventKind) -> bool:
    """Return whether a setting says all that a new event needs."""
    return all(key in given for key in ("quarter", *kind.needs))


def _full_name(name: str, given: Table, kind: EventKind, events: Mapping[str, Event]) -> str:
    """Return the event that `name` means: itself, or the only one it begins (tianjin_baoding)."""
    begun = [event for event in events if event.startswith(f"{name}_")]
    return begun[0] if name not in events and len(begun) == 1 and not _complete(given, kind) else name


def _lacking(where: str, name: str, kind: EventKind, events: Mapping[str, Event]) -> str:
    """Return the bullet of an event that neither exists nor says what a new one needs."""
    guess = nearest(name, events, where.removesuffix(name))
    return say("new_event_needs", where=where, noun=noun(kind.noun), guess=guess, needs=("quarter", *kind.needs))
