"""Read a scenario file with all it stands on.

Precedence, in one sentence: code default < `extends` < `with` < this file < `--set`. A table replaces key
by key, a list replaces whole, except that a lever's path keeps what it inherits before its own first point.
"""

from __future__ import annotations

import copy
import logging
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from jjj_sim import regions
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.policy.registry import levers
from jjj_sim.region.region import Region
from jjj_sim.scenario.draft import Draft, is_resolved, unchanged
from jjj_sim.scenario.scenario import Scenario
from jjj_sim.scenario.schema import Table, parameters, scenario_file, validate

_LARGEST = 1_000_000
_log = logging.getLogger(__name__)


class Layer(NamedTuple):
    """One validated file."""

    path: FilePath
    tables: Table


def shipped_folder() -> FilePath:
    """Return the folder of shipped scenarios, of a checkout or of an installed package."""
    package = FilePath(str(resources.files("jjj_sim")))
    checkout = package.parents[1] / "scenarios"
    return checkout if checkout.is_dir() else package / "shipped"


def shipped() -> dict[str, FilePath]:
    """Return the shipped scenarios by name."""
    return {path.stem: path for path in sorted(shipped_folder().glob("*.toml"))}


def load_scenario(
    scenario: str | FilePath | Scenario, settings: Sequence[str] = (), *, region: Region | None = None, **overrides: Any
) -> Scenario:
    """Return a resolved scenario about `region`, the default one where none is given.

    `scenario` is a path, the name of a shipped one, or a Scenario; `settings` are texts like
    "relocation.hazard=0.003"; `overrides` the same as dotted keywords. Raises ScenarioError that lists
    every problem, each with where it stands, what is legal and the nearest legal name.
    """
    problems: list[str] = []
    if region is None:
        region = scenario.region if isinstance(scenario, Scenario) else regions.default()
    over = _overrides(settings, overrides, problems, region)
    own: Table = {}
    if isinstance(scenario, Scenario):
        draft = Draft.of(scenario)
        before, where = copy.deepcopy(draft), scenario.name
        labels = {"name": scenario.name, "title": scenario.title, "title_zh": scenario.title_zh}
    else:
        path, where = _find(str(scenario)), str(scenario)
        *below, (_, own) = _Reader(path, problems, region).layers(path, ()) or [Layer(path, {})]
        draft = Draft(region)
        for layer in below:
            problems += [f"{layer.path.name}: {p}" for p in draft.lay(layer.tables, layer.path.name)]
        before = copy.deepcopy(draft)
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
    return draft.scenario(**labels, idle=unchanged(before, draft, asked))


def idle_levers(scenario: Scenario) -> list[str]:
    """Return the levers and assumptions that a scenario sets to what they would have been anyway."""
    return list(scenario.idle)


def _find(text: str) -> FilePath:
    """Return the file of a path or shipped name."""
    path = FilePath(text)
    if path.is_file():
        return path
    if path.name == text and path.stem in shipped() and path.suffix in ("", ".toml"):
        return shipped()[path.stem]
    what = "that is a folder" if path.is_dir() else "no such scenario"
    legal = ", ".join(shipped())
    raise ScenarioError(text, [f"{what}.{nearest(path.stem, shipped())} Shipped are {legal}."])


class _Reader:
    """Reads the file `top` and what it stands on; `root`, its folder, is the tree that they may not leave."""

    def __init__(self, top: FilePath, problems: list[str], region: Region) -> None:
        self.top, self.problems, self.region = top.resolve(), problems, region
        self.root = self.top.parent
        self.done: set[FilePath] = set()

    def note(self, path: FilePath, problems: Sequence[str]) -> None:
        """Keep problems, with the file they are in where it is not the one asked for."""
        inside = "" if path.resolve() == self.top else f"{path.name}: "
        self.problems += [f"{inside}{problem}" for problem in problems]

    def layers(self, path: FilePath, chain: tuple[FilePath, ...]) -> list[Layer]:
        """Return the layers of a file, the lowest first; a file that two others stand on comes once."""
        here = path.resolve()
        if here in chain:
            names = " -> ".join(p.name for p in (*chain[chain.index(here) :], here))
            self.problems.append(f"extends goes round in a circle: {names}.")
            return []
        if here in self.done:
            return []
        tables, problems = validate(_read(path, self.problems), self.region)
        self.note(here, problems)
        found: list[Layer] = []
        chain = (*chain, here)
        if tables.get("extends"):
            found += self._below(tables["extends"], "extends", path, chain)
        setters: dict[str, str] = {}
        for package in tables.get("with") or []:
            layers = self._below(package, "with", path, chain)
            for lever in sorted({name for layer in layers for name in layer.tables.get("levers", {})}):
                if lever in setters:
                    both = f"with: {setters[lever]} and {package} both set levers.{lever}; drop one of them."
                    self.note(here, [both])
                setters[lever] = package
            found += layers
        self.done.add(here)
        return [*found, Layer(here, tables)]

    def _below(self, text: str, key: str, path: FilePath, chain: tuple[FilePath, ...]) -> list[Layer]:
        """Return the layers of a parent or package: a file beside `path`, in the tree, or a shipped one."""
        beside = (path.parent / text).resolve()
        inside = any(beside.is_relative_to(tree) for tree in (self.root, shipped_folder().resolve()))
        name = text.removesuffix(".toml")
        if inside and beside.is_file():
            return self.layers(beside, chain)
        if name in shipped():
            return self.layers(shipped()[name], chain)
        if not inside:
            problem = f"{key} = {text!r} lies outside the scenario's own folder tree, {self.root}."
        else:
            files = {p.name: p for p in path.parent.glob("*.toml")} | shipped()
            guess = nearest(text, files)
            problem = (
                f"{key} = {text!r}: no such file beside {path.name}, and no shipped scenario."
                f"{guess} Shipped are {', '.join(shipped())}."
            )
        self.note(path, [problem])
        return []


def _read(path: FilePath, problems: list[str]) -> Table:
    """Return the tables of one file; notes why it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(f"{path.name} cannot be read: {error.strerror}.")
        return {}
    if len(data) > _LARGEST:
        problems.append(f"{path.name} holds {len(data):,} bytes; a scenario is text of at most {_LARGEST:,}.")
        return {}
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(f"{path.name}, line {line}: not UTF-8.{_encoding(data, path.name)}")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path.name} is not TOML: {error}.")
    except RecursionError:
        problems.append(f"{path.name} is not a scenario: its lists are nested too deeply.")
    return {}


def _encoding(data: bytes, name: str) -> str:
    """Return what a text that is not UTF-8 looks like, and how to mend it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return f" It looks like UTF-16: save it as UTF-8, or iconv -f UTF-16 -t UTF-8 {name} > utf8.toml."
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return " Save it as UTF-8 in your editor."
    return f" It looks like GBK: save it as UTF-8, or iconv -f GBK -t UTF-8 {name} > utf8.toml."


def _overrides(settings: Sequence[str], overrides: Table, problems: list[str], region: Region) -> Table:
    """Return --set texts and keywords as one validated file; the last of two settings of a name stands."""
    raw: Table = {}
    for text in settings:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            problems.append(f"--set {text}: write name=value, like --set relocation.hazard=0.003.")
            continue
        _put(raw, name.strip(), _value(value.strip()), problems, region)
    for name, value in overrides.items():
        _put(raw, name, value, problems, region)
    tables, wrong = validate(raw, region)
    problems += wrong
    for key in ("name", "overrides", "extends", "with"):
        if tables.pop(key, None) is not None:
            problems.append(f"{key} cannot be set here; it belongs in a file.")
    return tables


def _value(text: str) -> Any:
    """Return a value written as in a file, or the text itself: quarters need no quotes here."""
    try:
        tables = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, RecursionError):
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
        guess = nearest(head, words).removesuffix("?").rpartition(" ")[2]
        tail = dotted[len(head) :]
        hint = f" Did you mean {words[guess]}{tail}?" if guess else f" There are {', '.join(sections)}."
        problems.append(f"{dotted}: no such name.{hint}")
        return
    *tables, last = dotted.split(".")
    for key in tables:
        if not isinstance(raw.setdefault(key, {}), dict):
            raw[key] = {}
        raw = raw[key]
    raw[last] = value
