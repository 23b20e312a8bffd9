"""What the page is set to, and the scenario that this is: read from JSON, written as a scenario file, read from one.

A state holds what is moved from a year on, and may stand on a scenario file that was opened, under whose settings the
sliders lie. Nothing of this machine is read but the file that the browser sends and the shipped scenarios.
"""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.messages import say, shown
from jjj_sim.policy.registry import levers
from jjj_sim.scenario import Scenario, grow, load_scenario
from jjj_sim.scenario.difference import differences
from jjj_sim.scenario.scenario import toml
from jjj_sim.scenario.schema import NEVER
from jjj_sim.serving.controls import FIRST, LAST, Slider, Text, neutral, questions, sliders
from jjj_sim.serving.moves import Move, moves

NAME, SOURCE = "mine", "assumption"
TITLE: Text = ("What you set", "自拟方案")
LARGEST = 200_000
LAST_EVENT = 2040


@dataclass(frozen=True)
class State:
    """Sliders and events by id, what they change `year` on, and the text of a file that was opened, empty for none."""

    year: int = FIRST
    moved: Mapping[str, float | str] = field(default_factory=dict)
    file: str = ""
    file_name: str = ""

    @classmethod
    def of(cls, told: Any) -> State:
        """Return the state that JSON tells; ScenarioError when it is none."""
        if not isinstance(told, dict) or not isinstance(told.get("set", {}), dict):
            raise ScenarioError("state", [say("not_a_state", found=shown(told))])
        year, text, name = told.get("from", FIRST), told.get("file", ""), told.get("file_name", "")
        if not (isinstance(text, str) and isinstance(name, str) and len(text) <= LARGEST):
            raise ScenarioError("state", [say("not_a_state", found=shown(told))])
        if isinstance(year, bool) or not isinstance(year, int) or not FIRST <= year <= LAST:
            raise ScenarioError(
                "state", [say("not_settable", where="from", found=shown(year), legal=f"{FIRST}-{LAST}")]
            )
        return cls(year, told.get("set", {}), text, called(name))

    def told(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"from": self.year, "set": dict(self.moved), "file": self.file, "file_name": self.file_name}


def called(name: str) -> str:
    """Return the name of a file as a plain one: what comes from a browser is no path."""
    stem = re.sub(r"[^\w-]+", "_", re.split(r"[\\/]", name)[-1].removesuffix(".toml")).strip("_")
    return f"{stem[:60] or NAME}.toml"


def ground(base: Scenario, state: State) -> Scenario:
    """Return what the sliders lie on: the base, or the file that was opened; ScenarioError as `check` tells it."""
    return opened(state.file, state.file_name, base) if state.file else base


def scenario(base: Scenario, state: State) -> Scenario:
    """Return the scenario of a state; ScenarioError lists all that is wrong with it."""
    below = ground(base, state)
    tables = settings(below, state)
    if not tables:
        return replace(below, name=NAME)
    over: dict[str, Any] = {f"levers.{name}": table for name, table in tables.items()}
    return replace(load_scenario(below, **over), name=NAME, title=TITLE[0], title_zh=TITLE[1])


def settings(below: Scenario, state: State) -> dict[str, dict[str, Any]]:
    """Return the tables of levers, as a scenario file has them, of what is moved; what is neutral sets nothing."""
    known, dated = sliders(below), _moves(below)
    problems, tables = [], dict[str, dict[str, Any]]()
    for name, value in state.moved.items():
        if name in known:
            problems += _slide(known[name], value, below, state.year, tables)
        elif name in dated:
            problems += _date(dated[name], value, below, tables)
        else:
            problems.append(say("no_such_control", where=name, guess=nearest(name, [*known, *dated])))
    if problems:
        raise ScenarioError("state", problems)
    return tables


def written(base: Scenario, parent: str, state: State, title: str = "") -> str:
    """Return the state as the text of a scenario file on `parent`, which gives the same differences."""
    head: dict[str, Any] = {"title": title or TITLE[0], "title_zh": title or TITLE[1], "extends": parent}
    if not state.file:
        tables = settings(base, state)
        return toml(head | ({"levers": {k: t | {"source": SOURCE} for k, t in tables.items()}} if tables else {}))
    found = scenario(base, state)
    for difference in differences(base, found):
        _put(head, difference.section, difference.name, difference.key, difference.second)
    return toml(head)


def read(text: str, name: str, base: Scenario, parent: str) -> State:
    """Return the state of a file: sliders where it is what the page writes, else the file under sliders at rest.

    ScenarioError tells what is wrong with the file.
    """
    name = called(name)
    opened(text, name, base)
    tables = tomllib.loads(text)
    plain = State(FIRST, {}, text, name)
    if set(tables) - {"title", "title_zh", "extends", "levers"} or tables.get("extends") != parent:
        return plain
    own = {key: {k: v for k, v in t.items() if k != "source"} for key, t in tables.get("levers", {}).items()}
    guess = _guess(own, base)
    try:
        same = FIRST <= guess.year <= LAST and settings(base, guess) == own
    except ScenarioError:
        same = False
    return guess if same else plain


def opened(text: str, name: str, base: Scenario) -> Scenario:
    """Return the scenario of a file's text; ScenarioError calls it by `name`. It stands on shipped scenarios alone."""
    with tempfile.TemporaryDirectory(prefix="jjj-sim-page-") as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8")
        try:
            return grow(file, region=base.region).scenario
        except ScenarioError as error:
            raise ScenarioError(name, error.problems) from None


def _moves(below: Scenario) -> dict[str, Move]:
    names = [name for question in questions(below) for name in question.events]
    return {move.id: move for name in names for move in moves(below, name)}


def _slide(slider: Slider, value: Any, below: Scenario, year: int, tables: dict[str, dict[str, Any]]) -> list[str]:
    """Set a slider in the tables, and return what is wrong with its value."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not slider.lo <= value <= slider.hi:
        legal = f"{slider.lo:g} .. {slider.hi:g}"
        return [say("not_settable", where=slider.id, found=shown(value), legal=legal)]
    if value == neutral(slider, below, year):
        return []
    table = tables.setdefault(slider.lever, {})
    setting: Any = {slider.how: float(value), "from": year}
    if slider.how == "level":
        setting = [[f"{year}Q1", float(value)]]
    if slider.key:
        table.setdefault("paths", {})[slider.key] = setting
    else:
        table.update({"path": setting} if slider.how == "level" else setting)
    return []


def _date(move: Move, value: Any, below: Scenario, tables: dict[str, dict[str, Any]]) -> list[str]:
    """Set the date of an event in the tables, and return what is wrong with it."""
    if value != NEVER and (isinstance(value, bool) or not isinstance(value, int) or not FIRST <= value <= LAST_EVENT):
        legal = f"{FIRST} .. {LAST_EVENT}, {NEVER}"
        return [say("not_settable", where=move.id, found=shown(value), legal=legal)]
    kind = levers(below.region)[move.lever].events
    assert kind is not None
    when = value if value == NEVER else f"{value}Q1"
    tables.setdefault(move.lever, {}).setdefault(kind.table, {})[move.event] = when
    return []


def _guess(own: Mapping[str, Any], base: Scenario) -> State:
    """Return the state that would set a file's tables, if the page wrote them."""
    moved: dict[str, float | str] = {}
    years = []
    for slider in sliders(base).values():
        table = own.get(slider.lever, {})
        told = table.get("paths", {}).get(slider.key) if slider.key else table
        if isinstance(told, dict) and slider.how == "level" and not slider.key:
            told = told.get("path")
        if slider.how == "level" and isinstance(told, list) and len(told) == 1:
            years.append(str(told[0][0])[:4])
            moved[slider.id] = told[0][1]
        elif isinstance(told, dict) and slider.how in told:
            years.append(str(told.get("from", FIRST))[:4])
            moved[slider.id] = told[slider.how]
    for move in _moves(base).values():
        kind = levers(base.region)[move.lever].events
        when = own.get(move.lever, {}).get(kind.table if kind else "", {}).get(move.event)
        if isinstance(when, str):
            moved[move.id] = NEVER if when == NEVER else int(when[:4]) if when[:4].isdigit() else when
    year = int(years[0]) if years and years[0].isdigit() else FIRST
    return State(year, moved)


def _put(head: dict[str, Any], section: str, name: str, key: str, value: Any) -> None:
    """Put what differs where a scenario file has it."""
    table = head
    *way, last = [part for part in (section, name, *key.split(".")) if part]
    for part in way:
        table = table.setdefault(part, {})
    if value is not None:
        table[last] = value
