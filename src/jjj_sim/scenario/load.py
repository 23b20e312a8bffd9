"""Read a scenario file with all it stands on.

Precedence, in one sentence: code default < extends < with < this file < --set. A table replaces key by
key, a list replaces whole, except that a path keeps what it inherits before its own first point.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from jjj_sim import quarters
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.param import Path
from jjj_sim.policy.levers import LEVERS
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.resolve import parameters
from jjj_sim.scenario.schema import Scenario, ScenarioFile

Raw = dict[str, Any]


def shipped_folder() -> FilePath:
    """Return the folder of shipped scenarios, of a checkout or of an installed package."""
    package = FilePath(str(resources.files("jjj_sim")))
    checkout = package.parents[1] / "scenarios"
    return checkout if checkout.is_dir() else package / "shipped"


def shipped() -> dict[str, FilePath]:
    """Return the shipped scenarios by name."""
    return {p.stem: p for p in sorted(shipped_folder().glob("*.toml"))}


def load_scenario(
    scenario: str | FilePath | Scenario, settings: Sequence[str] = (), **overrides: Any
) -> Scenario:
    """Return a resolved scenario.

    `scenario` is a path, the name of a shipped one, or a Scenario; `settings` are texts like
    "relocation.hazard=0.003"; `overrides` the same as dotted keywords. Raises ScenarioError that lists
    every problem, each with where it stands, what is legal and the nearest legal name.
    """
    if isinstance(scenario, Scenario):
        where, name = scenario.name or "the scenario", scenario.name
        raw = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    else:
        path = _find(str(scenario))
        where, name = str(scenario), path.stem
        problems: list[str] = []
        raw = _gather(path, path.parent.resolve(), (), problems)
        if problems:
            raise ScenarioError(where, [*problems, *_problems_of(raw)])
    log = list(raw.pop("overrides", []))
    given = [_parse_setting(text) for text in settings] + list(overrides.items())
    for dotted, value in given:
        raw = _merge(raw, _nested(_long_name(dotted), value))
        log.append(f"{_long_name(dotted)} = {value!r}")
    raw["overrides"] = log
    raw["name"] = raw.get("name") or name
    found = _problems_of(raw)
    if found:
        raise ScenarioError(where, found)
    return Scenario.model_validate(raw)


def _find(text: str) -> FilePath:
    """Return the file of a path or shipped name."""
    path = FilePath(text)
    if path.suffix != ".toml" and not path.exists():
        if text in shipped():
            return shipped()[text]
        legal = ", ".join(shipped())
        raise ScenarioError(text, [f"no such scenario.{nearest(text, shipped())} Shipped are: {legal}."])
    if not path.is_file():
        raise ScenarioError(text, ["no such file."])
    return path


def _read(path: FilePath, problems: list[str]) -> Raw:
    """Return the tables of one file; notes what cannot be read."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            data.decode("gb18030")
            guess = " It looks like GBK: save it as UTF-8, e.g. iconv -f GBK -t UTF-8."
        except UnicodeDecodeError:
            guess = " Save it as UTF-8."
        line = data[: error.start].count(b"\n") + 1
        problems.append(f"{path.name}, line {line}: not UTF-8.{guess}")
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{path.name}: not TOML: {error}.")
        return {}


def _gather(path: FilePath, root: FilePath, chain: tuple[FilePath, ...], problems: list[str]) -> Raw:
    """Return the tables of a file laid over its parent and packages."""
    here = path.resolve()
    if here in chain:
        names = " -> ".join(p.name for p in (*chain, here))
        problems.append(f"extends goes round in a circle: {names}.")
        return {}
    own = _read(path, problems)
    raw: Raw = {}
    parent = own.pop("extends", "")
    if parent:
        found = _relative(str(parent), path, root, "extends", problems)
        if found is not None:
            raw = _gather(found, root, (*chain, here), problems)
            raw.pop("name", None)
    packages = own.pop("with", [])
    touched: dict[str, str] = {}
    for package in packages if isinstance(packages, list) else [packages]:
        found = _relative(str(package), path, root, "with", problems)
        if found is None:
            continue
        layer = _gather(found, root, (*chain, here), problems)
        for lever in layer.get("levers", {}):
            if lever in touched:
                problems.append(f"with: {touched[lever]} and {package} both set levers.{lever}; drop one.")
            touched[lever] = str(package)
        for key in ("name", "title", "title_zh"):
            layer.pop(key, None)
        raw = _merge(raw, layer)
    return _merge(raw, own)


def _relative(text: str, path: FilePath, root: FilePath, key: str, problems: list[str]) -> FilePath | None:
    """Return the file that `text` names beside `path`, inside the tree, or among the shipped ones."""
    candidate = (path.parent / text).resolve()
    if candidate.is_file():
        home = shipped_folder().resolve()
        if candidate.is_relative_to(root) or candidate.is_relative_to(home):
            return candidate
        problems.append(f"{key}: {text} lies outside the scenario's own folder tree ({root}).")
        return None
    if text in shipped():
        return shipped()[text]
    legal = [*shipped(), *(p.name for p in path.parent.glob("*.toml"))]
    problems.append(
        f"{key}: {text}: no such file beside {path.name}, and no shipped scenario.{nearest(text, legal)}"
    )
    return None


def _merge(base: Raw, over: Raw, where: tuple[str, ...] = ()) -> Raw:
    """Return `base` with `over` laid on it."""
    merged = dict(base)
    for key, value in over.items():
        spot = (*where, key)
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merge(merged[key], value, spot)
        elif _is_path(spot) and key in merged:
            merged[key] = _join(merged[key], value)
        else:
            merged[key] = value
    return merged


def _is_path(spot: tuple[str, ...]) -> bool:
    """Return whether a key holds the points of a path."""
    return spot[0] in ("levers", "assumptions") and (spot[-1] == "path" or spot[-2:-1] == ("paths",))


def _join(before: Any, points: Any) -> Any:
    """Return a path that keeps `before` up to its own first point; as given when either is malformed."""
    try:
        mine = Path([quarters.parse(q) for q, _ in points], [v for _, v in points])
        earlier = Path([quarters.parse(q) for q, _ in before], [v for _, v in before])
    except (TypeError, ValueError):
        return points
    if earlier.quarters[0] >= mine.quarters[0]:
        return points
    return [[quarters.label(q), v] for q, v in mine.after(earlier).points()]


def _parse_setting(text: str) -> tuple[str, Any]:
    """Return (dotted name, value) of "a.b=v"; v is TOML, or plain text."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise ScenarioError(f"--set {text}", ["write it as name=value, e.g. --set relocation.hazard=0.003"])
    try:
        return name.strip(), tomllib.loads(f"v = {value.strip()}")["v"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value.strip()


def _long_name(dotted: str) -> str:
    """Return the full dotted name; "migration.moving" is short for "parameters.migration.moving"."""
    return f"parameters.{dotted}" if dotted.partition(".")[0] in parameters() else dotted


def _nested(dotted: str, value: Any) -> Raw:
    """Return {"a": {"b": value}} of "a.b"."""
    for key in reversed(dotted.split(".")):
        value = {key: value}
    return dict(value)


def _problems_of(raw: Raw) -> list[str]:
    """Return everything wrong with merged tables: shape first, then names, quarters and bounds."""
    found: list[str] = []
    clean = dict(raw)
    try:
        scenario = Scenario.model_validate(raw)
    except ValidationError as error:
        for item in error.errors():
            spot = [str(part) for part in item["loc"] if not str(part).startswith(("EventSetting", "str"))]
            text = _shape_problem(spot, item)
            if text not in found:
                found.append(text)
            clean.pop(str(item["loc"][0]), None)
        try:
            scenario = Scenario.model_validate(clean)
        except ValidationError:
            return found
    try:
        scenario.plan()
    except ScenarioError as error:
        found += error.problems
    return found


def _shape_problem(spot: list[str], item: Any) -> str:
    """Return one bullet for a pydantic error."""
    where, kind = ".".join(spot), item["type"]
    if kind == "extra_forbidden":
        legal = _legal_keys(spot)
        return f"{where}: no such key.{nearest(spot[-1], legal)} Legal here: {', '.join(sorted(legal))}."
    if kind == "finite_number":
        return f"{where} = {item['input']} is not a finite number."
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = item["ctx"].get("ge", item["ctx"].get("le"))
        side = "at least" if "ge" in item["ctx"] else "at most"
        return f"{where} = {item['input']} must be {side} {limit}."
    wanted = {"float": "a number", "int": "a whole number", "string": "a text", "tuple": "a list"}
    want = next((w for k, w in wanted.items() if kind.startswith(k)), "another form")
    return f"{where} = {item['input']!r} has the wrong type; it wants {want}."


def _legal_keys(spot: list[str]) -> list[str]:
    """Return the keys legal beside the last of `spot`."""
    if len(spot) == 1:
        return [f.alias or n for n, f in ScenarioFile.model_fields.items() if n != "overrides"]
    model: Any = Scenario.model_fields[spot[0]].annotation if spot[0] in Scenario.model_fields else None
    if hasattr(model, "model_fields"):
        return list(model.model_fields)
    from jjj_sim.scenario.schema import EventSetting, LeverSetting, PathSetting

    if spot[0] == "levers":
        fields = LeverSetting if len(spot) == 3 else EventSetting
        return [f.alias or n for n, f in fields.model_fields.items()]
    return list(PathSetting.model_fields)


def idle_levers(scenario: Scenario) -> list[str]:
    """Return the levers and assumptions that a scenario sets to what they would have been anyway."""
    plan = scenario.plan()
    span = range(plan.end + 1)
    idle = []
    for name in scenario.levers:
        now, default = plan.levers[name], LEVERS[name].default()
        same = (now.zones, dict(now.shares), dict(now.events)) == (
            default.zones,
            dict(default.shares),
            dict(default.events),
        )
        pairs = [(now.path, default.path), *((now.paths[k], default.paths[k]) for k in now.paths)]
        if same and all(a is b or (a and b and all(a.at(t) == b.at(t) for t in span)) for a, b in pairs):
            idle.append(f"levers.{name}")
    for name in scenario.assumptions:
        default_path = ASSUMPTIONS[name].default
        if all(plan.assumptions[name].at(t) == default_path.at(t) for t in span):
            idle.append(f"assumptions.{name}")
    return idle
