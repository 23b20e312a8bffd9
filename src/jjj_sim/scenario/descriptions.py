"""What an editor shows beside each key of a scenario file, from levers, assumptions, parameters, goals themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jjj_sim.param import Param
from jjj_sim.policy.lever import EventKind, Lever
from jjj_sim.policy.registry import levers
from jjj_sim.region.goals import GoalIndicator, declared
from jjj_sim.region.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS

Table = dict[str, Any]
Place = tuple[str, ...]

_FIXED: Mapping[Place, str] = {
    ("title",): "Title in English, for tables and charts.",
    ("title_zh",): "Title in Chinese, for tables and charts.",
    ("extends",): "The one parent: a path relative to this file, or the name of a shipped scenario.",
    ("with",): "Packages of settings on top of the parent, in order: paths or shipped names.",
    ("name",): "Name of the result's folder; marks a resolved file.",
    ("overrides",): "Every value that a file or --set changed; marks a resolved file.",
    ("horizon",): "First and last quarter of the run.",
    ("horizon", "start"): "First quarter; always 2013Q1.",
    ("horizon", "end"): "Last quarter of the run, included.",
    ("population",): "How finely residents are told apart.",
    ("population", "residents_per_agent"): "Residents that one agent stands for.",
    ("run",): "How often and with what luck Python's `run` lives through the scenario unless told otherwise.",
    ("run", "members"): "Number of runs that differ in their luck alone.",
    ("run", "seed"): "Number from which all luck follows.",
    ("levers",): "Policy: who decides what, and when.",
    ("assumptions",): "The outside world: paths that nobody in the region decides.",
    ("parameters",): "Numbers of the processes, by process.",
    ("goals",): "Thresholds by which the goals are judged, by indicator; they decide no run.",
}
_SOURCE = "Where the numbers come from."
_POINTS = (
    'Points like ["2026Q1", 200]; linear between them, held after the last; before the first what is inherited holds. '
    "A year alone is its first quarter."
)
_CHANGES: Mapping[Place, str] = {
    ("scale",): "Multiplies what is inherited: a number from the quarter `from` on, or points like a path.",
    ("shift",): "Is added to what is inherited, after any scale: a number from the quarter `from` on, or points.",
    ("from",): "Since when a scale or shift of one number holds; a year alone is its first quarter.",
}


def describe(schema: Table, region: Region, parameters: Mapping[str, Mapping[str, Param]]) -> None:
    """Give every property of a JSON Schema of scenario files its description."""
    told = dict(_FIXED)
    for name, lever in levers(region).items():
        told |= {("levers", name, *place): text for place, text in _of_lever(lever)}
    for name, assumption in ASSUMPTIONS.items():
        meaning = f"{assumption.meaning} Unit: {assumption.unit}."
        told[("assumptions", name)] = meaning
        told[("assumptions", name, "path")] = f"{meaning} {_POINTS}"
        told[("assumptions", name, "source")] = _SOURCE
        told |= {("assumptions", name, *place): text for place, text in _CHANGES.items()}
    for process, found in parameters.items():
        told[("parameters", process)] = f"Parameters of {process.replace('_', ' ')}."
        for name, parameter in found.items():
            keyed = region.keyed.get(f"{process}.{name}", {})
            told |= {("parameters", process, name, *place): text for place, text in _of_parameter(parameter, keyed)}
    for indicator in declared(region).indicators:
        told |= {("goals", indicator.id, *place): text for place, text in _of_goal(indicator)}
    _write(schema, schema["$defs"], told, ())


def _of_lever(lever: Lever) -> Iterator[tuple[Place, str]]:
    """Yield place and text of a lever and its keys."""
    yield (), f"{lever.zh}. {lever.mechanism}"
    yield ("path",), f"{lever.mechanism} Unit: {lever.unit}. {_POINTS}"
    yield from _CHANGES.items()
    yield ("paths",), f"Paths by key. {lever.mechanism}"
    yield ("zones",), "Zones in which it is offered."
    yield ("shares",), f"Shares by key. {lever.mechanism}"
    yield ("source",), _SOURCE
    for key, number in lever.paths.items():
        yield ("paths", key), f"{lever.mechanism} {_words(key)}. Unit: {number.unit}. {_POINTS}"
        yield ("paths", key, "path"), _POINTS
        for (change,), text in _CHANGES.items():
            yield ("paths", key, change), text
    for key, number in lever.shares.items():
        yield ("shares", key), f"{lever.mechanism} {_words(key)}. Unit: {number.unit}."
    if lever.events is not None:
        yield from _of_events(lever, lever.events)


def _of_events(lever: Lever, kind: EventKind) -> Iterator[tuple[Place, str]]:
    """Yield place and text of what sets a lever's events."""
    table, thing = kind.table, kind.noun
    yield ("stop_after",), f"No {thing} happens after this quarter; a year alone is its last. Those named below do."
    yield ("groups",), f"By tag: what holds for every {thing} that carries it. Those named below keep their own."
    yield (table,), f'By name of the {thing}: a quarter, "never", or a table with more. {lever.mechanism}'
    for tag, meaning in lever.tags.items():
        yield ("groups", tag), f"Every {thing} with this tag: {meaning['en']}. {meaning['zh']}。"
    for place in ((table,), *(("groups", tag) for tag in lever.tags)):
        yield (*place, "quarter"), f'When the {thing} happens, like "2026Q1" or a year (its first quarter), or "never".'
        for key, number in kind.numbers.items():
            yield (*place, key), f"{_words(key)} of the {thing}. Unit: {number.unit}."
        for key, words in kind.words.items():
            home = f" Unless said otherwise: {kind.home[key]}." if key in kind.home else ""
            yield (*place, key), f"{_words(key)} of the {thing}: a {words.noun}.{home}"
    yield (table, "source"), _SOURCE
    yield (table, "tags"), f"Tags of the {thing}, by which `groups` sets many at once: {', '.join(lever.tags)}."


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _of_parameter(parameter: Param, keyed: Mapping[str, float]) -> Iterator[tuple[Place, str]]:
    """Yield place and text of a parameter, and of its values by place."""
    unit = f"{parameter.doc}. Unit: {parameter.unit}."
    if not parameter.by:
        yield (), f"{unit} Default: {parameter.default:g}."
        return
    yield (), f"{unit} By {parameter.by}."
    for place, value in keyed.items():
        yield (place,), f"{unit} In {place} by default: {value:g}."


def _of_goal(i: GoalIndicator) -> Iterator[tuple[Place, str]]:
    """Yield place and text of an indicator of a goal and its bounds."""
    about = f"{i.en} ({i.zh}), {i.area}. Unit: {i.unit}."
    yield (), f"{about} {i.kind.capitalize()}: {i.basis}."
    words = {"lower": "Below this it is overshot", "upper": "Above this it is not met"}
    words["threshold"] = "At most" if i.sense == "<=" else "At least"
    for key, value in i.numbers().items():
        yield (key,), f"{words[key]}. {about} " + ("No default." if value is None else f"Default: {value:.10g}.")
    yield ("basis",), "Where the thresholds come from."


def _write(part: Any, defs: Table, told: Mapping[Place, str], place: Place) -> None:
    """Write descriptions into the properties of `part`, which stands at `place`, and of all that is in it."""
    if isinstance(part, list):
        for item in part:
            _write(item, defs, told, place)
    if not isinstance(part, dict):
        return
    if "$ref" in part:
        _write(defs[part["$ref"].rpartition("/")[2]], defs, told, place)
    for key, inner in part.get("properties", {}).items():
        inner["description"] = told[(*place, key)]
        _write(inner, defs, told, (*place, key))
    for name in ("anyOf", "patternProperties", "additionalProperties"):
        inner = part.get(name)
        _write(list(inner.values()) if name == "patternProperties" and inner else inner, defs, told, place)
