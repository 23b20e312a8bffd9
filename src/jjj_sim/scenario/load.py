"""Read a scenario file with all it stands on.

Precedence, in one sentence: code default < `extends` < `with` < this file < `--set`. A table replaces key
by key, a list replaces whole, except that a lever's path keeps what it inherits before its own first point.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from jjj_sim import regions
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.messages import Sentence, say
from jjj_sim.region.region import Region
from jjj_sim.scenario.draft import Draft, is_resolved, unchanged
from jjj_sim.scenario.reader import Layer, Reader, shipped
from jjj_sim.scenario.scenario import Scenario
from jjj_sim.scenario.schema import Table
from jjj_sim.scenario.settings import overlay

_log = logging.getLogger(__name__)


class Grown(NamedTuple):
    """A scenario and what it grew from: its parent, or history and the announced plans where it has none."""

    scenario: Scenario
    base: Scenario


def load_scenario(
    scenario: str | FilePath | Scenario, settings: Sequence[str] = (), *, region: Region | None = None, **overrides: Any
) -> Scenario:
    """Return a resolved scenario about `region`, the default one where none is given.

    `scenario` is a path, the name of a shipped one, or a Scenario; `settings` are texts like
    "relocation.hazard=0.003"; `overrides` the same as dotted keywords. Raises ScenarioError that lists
    every problem, each with where it stands, what is legal and the nearest legal name.
    """
    return grow(scenario, settings, region=region, **overrides).scenario


def grow(
    scenario: str | FilePath | Scenario, settings: Sequence[str] = (), *, region: Region | None = None, **overrides: Any
) -> Grown:
    """Return a resolved scenario beside what it changes, as `load_scenario` reads it."""
    problems: list[str] = []
    if region is None:
        region = scenario.region if isinstance(scenario, Scenario) else regions.default()
    over = overlay(settings, overrides, problems, region)
    own: Table = {}
    if isinstance(scenario, Scenario):
        parent = before = Draft.of(scenario)
        draft = before.branch()
        where = below = scenario.name
        labels = {"name": scenario.name, "title": scenario.title, "title_zh": scenario.title_zh}
    else:
        path, where = found_file(str(scenario)), str(scenario)
        reader = Reader(path, problems, region)
        *layers, (_, own) = reader.layers(path, ()) or [Layer(path, {})]
        below = FilePath(own.get("extends", "")).stem
        draft = Draft(region)
        parent = draft.branch()
        for n, layer in enumerate(layers, 1):
            wrong = draft.lay(layer.tables, layer.path.name)
            problems += [say("in_file", file=layer.path.name, problem=problem) for problem in wrong]
            if n == reader.n_inherited:
                parent = draft.branch()
        before = draft.branch()
        problems += draft.lay(own, path.name)
        labels = {"name": path.stem, "title": own.get("name", path.stem), "title_zh": ""}
        labels |= {key: own[key] for key in labels if key in own}
    n_logged = len(draft.log)
    problems += draft.lay(over, "--set")
    if problems:
        raise ScenarioError(where, list(dict.fromkeys(problems)))
    for entry in draft.log[n_logged:]:
        _log.info("%s: %s", where, entry)
    labels |= {key: over[key] for key in labels if key in over}
    mine = {} if is_resolved(own) else own
    asked = {key: mine.get(key, {}) | over.get(key, {}) for key in ("levers", "assumptions")}
    found = draft.scenario(**labels, idle=unchanged(before, draft, asked))
    return Grown(found, parent.scenario(name=below, title=below, title_zh="", idle=()))


def idle_levers(scenario: Scenario) -> list[str]:
    """Return the levers and assumptions that a scenario sets to what they would have been anyway."""
    return list(scenario.idle)


def found_file(text: str) -> FilePath:
    """Return the file of a path or shipped name; ScenarioError where there is none."""
    path = FilePath(text)
    if "\0" not in text and path.is_file():
        return path
    if path.name == text and path.stem in shipped() and path.suffix in ("", ".toml"):
        return shipped()[path.stem]
    about: dict[str, Any] = {"guess": nearest(path.stem, shipped()), "legal": tuple(shipped())}
    if "\0" in text or (path.name == text and path.suffix == "" and not path.is_dir()):
        raise ScenarioError(text, [say("no_scenario", **about)])
    if path.is_dir():
        raise ScenarioError(text, [say("is_folder", **about)])
    files = sorted(p.name for p in path.parent.glob("*.toml")) if path.parent.is_dir() else []
    beside = say("beside", folder=path.parent.resolve(), files=files[:12]) if files else Sentence("", "")
    about["guess"] = nearest(path.name, files) or about["guess"]
    raise ScenarioError(text, [say("no_file", beside=beside, **about)])
