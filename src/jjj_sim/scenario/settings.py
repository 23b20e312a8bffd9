"""Settings beside a file: --set texts, and keywords of Python."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

from jjj_sim.errors import closest
from jjj_sim.messages import say
from jjj_sim.policy.registry import levers
from jjj_sim.region.goals import declared
from jjj_sim.region.region import Region
from jjj_sim.scenario.schema import Table, parameters, scenario_file, validate


def overlay(settings: Sequence[str], overrides: Table, problems: list[str], region: Region) -> Table:
    """Return --set texts and keywords as one validated file; the last of two settings of a name stands."""
    raw: Table = {}
    for text in settings:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            problems.append(say("write_setting", text=text))
            continue
        _put(raw, name.strip(), value_of(value.strip()), problems, region)
    for name, value in overrides.items():
        _put(raw, name, value, problems, region)
    tables, wrong = validate(raw, region)
    problems += wrong
    for key in ("name", "overrides", "extends", "with"):
        if tables.pop(key, None) is not None:
            problems.append(say("file_only", key=key))
    return tables


def value_of(text: str) -> Any:
    """Return a value written as in a file, or the text itself: quarters need no quotes here."""
    try:
        tables = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return tables["value"] if set(tables) == {"value"} else text


def _put(raw: Table, dotted: str, value: Any, problems: list[str], region: Region) -> None:
    """Set a dotted name in `raw`; `relocation.hazard` is short for `parameters.relocation.hazard`."""
    head = dotted.partition(".")[0]
    sections = [str(f.alias) for f in scenario_file(region).model_fields.values()]
    if head in parameters():
        dotted = f"parameters.{dotted}"
    elif head not in sections:
        words = {word: word for word in (*sections, *parameters())} | {n: f"levers.{n}" for n in levers(region)}
        words |= {i.id: f"goals.{i.id}" for i in declared(region).indicators}
        guess = closest(head, words)
        tail = dotted[len(head) :]
        hint = say("did_you_mean", word=f"{words[guess]}{tail}") if guess else say("there_are", legal=sections)
        problems.append(say("no_such_name", where=dotted, hint=hint))
        return
    *tables, last = dotted.split(".")
    for depth, key in enumerate(tables):
        inner = raw.setdefault(key, {})
        if not isinstance(inner, dict):
            inner = _spelt_out(inner, tables[: depth + 1], region)
            if inner is None:
                problems.append(say("set_twice", where=".".join(tables[: depth + 1]), inner=dotted))
                return
            raw[key] = inner
        raw = inner
    if isinstance(raw.get(last), dict) and not isinstance(value, dict):
        table = _spelt_out(value, [*tables, last], region)
        if table is None:
            problems.append(say("set_twice", where=dotted, inner=f"{dotted}.{next(iter(raw[last]), '')}"))
            return
        value = raw[last] | table
    raw[last] = value


def _spelt_out(value: Any, place: Sequence[str], region: Region) -> Table | None:
    """Return the table that a value alone stands for: the quarter of an event, the points of a path by key."""
    if len(place) != 4 or place[0] != "levers" or place[1] not in levers(region):
        return None
    kind = levers(region)[place[1]].events
    if kind is not None and place[2] in (kind.table, "groups"):
        return {"quarter": value}
    return {"path": value} if place[2] == "paths" else None
