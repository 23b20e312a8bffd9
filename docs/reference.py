"""The tables of the scenario reference, from scenarios/scenario.schema.json: a row for each key of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cells import table
from scenario_tables import told

from jjj_sim.quarters import label
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.draft import published
from jjj_sim.wording.paths import alike

SCHEMA = Path(__file__).resolve().parents[1] / "scenarios" / "scenario.schema.json"
_PATHS = {"path", "scale", "shift", "from"}
_GENERIC = {"path", "scale", "shift", "from", "source", "stop_after", "groups", "paths"}
_UNIT = re.compile(r" ?Unit: (.*?)\.(?= |$)")
_DEFAULT = re.compile(r" ?(?:Default: )?((?<=Default: ).*?|By zone)\.(?= |$)")
_SAID = re.compile(r"(?<=.) ?(Points like|Decided by:).*$")
_CELLS = "\t"
_HEAD = ("key", "type", "unit", "bounds", "default", "meaning")

Node = dict[str, Any]


def reference(section: str) -> str:
    """Return the table of a section of a scenario file; `file` is its top, `path` what may stand where a path may."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    defs: Node = schema["$defs"]
    if section == "file":
        rows = [_row(key, node, defs) for key, node in schema["properties"].items()]
    else:
        rows = list(_rows("path_0_to_1" if section == "path" else section, defs))
    return table(_HEAD, [(f"`{key}`", *cells) for key, *cells in rows])


def _rows(section: str, defs: Node) -> Iterator[tuple[str, ...]]:
    """Give the rows of a section: of levers one each, then those of its own keys; of parameters those of a process."""
    for name, node in defs[section]["properties"].items():
        own = _resolved(node, defs)
        match section:
            case "levers":
                yield from _lever(name, node, own, defs)
            case "parameters" | "goals":
                for key, inner in own["properties"].items():
                    if key != "basis":
                        yield _row(f"{name}.{key}", inner, defs)
            case "assumptions":
                yield _path_row(name, node, own, told(ASSUMPTIONS[name].default()))
            case _:
                *row, default, meaning = _row(name, node, defs)
                yield (*row, _of_baseline().get(name, default), meaning)


def _of_baseline() -> dict[str, str]:
    """Return what the baseline says of the run itself, which the schema leaves open."""
    baseline = load_scenario("baseline")
    return {"start": label(0), "end": label(baseline.end), "residents_per_agent": f"{baseline.residents_per_agent}"}


def _lever(name: str, node: Node, own: Node, defs: Node) -> Iterator[tuple[str, ...]]:
    plan = published(REGION)[name]
    keys = own["properties"]
    if "path" in keys:
        yield _path_row(name, node, own, told(plan.path) if plan.path is not None else "")
    else:
        yield (name, "table", _found(_UNIT, own), "", "", _meaning(node))
    paths = {}
    for key, inner in _resolved(keys["paths"], defs)["properties"].items() if "paths" in keys else ():
        value = _value(inner["anyOf"][1])
        paths[key] = _CELLS.join(["path", _found(_UNIT, inner), _bounds(value), told(plan.paths[key])])
    for key, cells in alike(paths):
        yield (f"{name}.paths.{key}", *cells.split(_CELLS), "")
    for key in keys:
        if key == "shares":
            for sector, inner in _resolved(keys[key], defs)["properties"].items():
                yield (f"{name}.shares.{sector}", "number", *_row("", inner, defs)[2:4], f"{plan.shares[sector]:g}", "")
        elif key not in _GENERIC:
            zones = ", ".join(f"`{REGION.ids[zone]}`" for zone in plan.zones) if key == "zones" else ""
            yield (*_row(f"{name}.{key}", keys[key], defs)[:4], zones, _meaning(keys[key]))


def _path_row(name: str, node: Node, own: Node, default: str) -> tuple[str, ...]:
    """Return the row of a table that is a path: the unit and bounds of its points."""
    return (name, "path", _found(_UNIT, own), _bounds(_value(own["properties"]["path"])), default, _meaning(node))


def _row(key: str, node: Node, defs: Node) -> tuple[str, ...]:
    own = _resolved(node, defs)
    said = {**own, "description": node.get("description", own.get("description", ""))}
    return (key, _type(own), _found(_UNIT, said), _bounds(own), _found(_DEFAULT, said), _meaning(said))


def _resolved(node: Node, defs: Node) -> Node:
    return defs[node["$ref"].split("/")[-1]] if "$ref" in node else node


def _value(path: Node) -> Node:
    """Return what the number of a point of a path may be."""
    value: Node = path["items"]["prefixItems"][1]
    return value


def _type(node: Node) -> str:
    """Return a type in a word."""
    if "enum" in node:
        return "one of " + ", ".join(f"`{word}`" for word in node["enum"])
    if node.get("properties", {}).keys() >= _PATHS:
        return "path"
    if r"\d{4}" in node.get("pattern", ""):
        return "quarter"
    if "anyOf" in node:
        return "number or path"
    return {"object": "table", "array": "list", "string": "text"}.get(node.get("type", ""), node.get("type", ""))


def _bounds(node: Node) -> str:
    lo, hi = node.get("minimum"), node.get("maximum")
    bounded = node.get("type") in ("number", "integer") and lo is not None and hi is not None and abs(hi) < 1e15
    return f"{lo:g} to {hi:g}" if bounded else ""


def _found(pattern: re.Pattern[str], node: Node) -> str:
    """Return what a description says of a unit, or of a default."""
    found = pattern.search(node.get("description", ""))
    return "" if found is None else found[1]


def _meaning(node: Node) -> str:
    """Return a description without what has a column of its own."""
    said = node.get("description", "")
    for pattern in (_SAID, _UNIT, _DEFAULT):
        said = pattern.sub("", said)
    return said.strip()
