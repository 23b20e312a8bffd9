"""What was asked: each scenario, and what it sets differently from the base, in rows of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from jjj_sim import quarters
from jjj_sim.policy.registry import levers
from jjj_sim.region import Region
from jjj_sim.region.goals import declared
from jjj_sim.region.names import names
from jjj_sim.reporting.amounts import plain
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.subject import Subject
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.difference import Difference, differences
from jjj_sim.scenario.schema import parameters
from jjj_sim.wording.terms import word
from jjj_sim.wording.words import Lang, say, typeset

# Of so many rows a report shows the first; the rest is counted.
MOST = 24
_ENDS = 4


class Change(NamedTuple):
    """One row: what is set, in which unit, since when, in the base and in the variant."""

    what: str
    unit: str
    since: str
    base: str
    variant: str


def scenarios(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return each scenario with its title, its look, and the rows of what it changes of the base."""
    base, told = subject.scenarios[subject.base.name], []
    for result in subject.results:
        found = [] if result.name == subject.base.name else differences(base, subject.scenarios[result.name])
        rows = [change(one, subject.region, lang) for one in found]
        told.append(
            {
                "name": result.name,
                "title": subject.title(result.name, lang),
                "look": subject.looks[result.name],
                "is_base": result.name == subject.base.name,
                "levers": list(dict.fromkeys(row.what.partition(" · ")[0] for row in rows)),
                "changes": rows[:MOST],
                "more": max(len(rows) - MOST, 0),
            }
        )
    return told


def change(found: Difference, region: Region, lang: Lang) -> Change:
    """Return a difference of two scenarios in words."""
    title, unit = _about(found, region, lang)
    key = _key(found, region, lang)
    what = f"{title} · {key}" if key else title
    if found.since is not None:
        first, second = (_path(points) for points in (found.first, found.second))
        return Change(what, unit, quarters.label(found.since), first, second)
    if isinstance(found.first, dict) and isinstance(found.second, dict):
        apart = [name for name in {**found.first, **found.second} if found.first.get(name) != found.second.get(name)]
        first, second = (_value({k: v.get(k, "") for k in apart}, region, lang) for v in (found.first, found.second))
    else:
        first, second = (_value(value, region, lang) for value in (found.first, found.second))
    return Change(what, "" if isinstance(found.first or found.second, dict) else unit, "", first, second)


def label(region: Region, section: str, name: str, lang: Lang) -> str:
    """Return what a lever, an outside path, a process or another setting is called."""
    english = name.replace("_", " ").capitalize().replace("Xiongan", "Xiong'an")
    if section == "levers" and name in levers(region):
        return typeset(levers(region)[name].zh) if lang == "zh" else english
    if section == "assumptions" and name in ASSUMPTIONS:
        return typeset(ASSUMPTIONS[name].zh) if lang == "zh" else english
    if section == "parameters":
        process = next((p.zh for p in QUARTER if p.name == name), english)
        return tell("parameter_of", lang, process=process if lang == "zh" else english)
    if section in ("horizon", "population"):
        return tell(f"setting_{section}", lang)
    return english


def _path(points: Sequence[Sequence[Any]]) -> str:
    """Return a path in few words: where it changes, of a long one both ends; of one that stands still its value."""
    told = [f"{quarter}: {plain(float(value), 4)}" for quarter, value in _corners(points)]
    if len(told) == 1:
        return plain(float(points[0][1]), 4)
    return " → ".join(told if len(told) <= _ENDS else [*told[:2], "…", *told[-2:]])


def _corners(points: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield the points of a path without those between two of the same value."""
    for k, point in enumerate(points):
        inside = 0 < k < len(points) - 1
        if not (inside and points[k - 1][1] == point[1] == points[k + 1][1]):
            yield point


def _about(found: Difference, region: Region, lang: Lang) -> tuple[str, str]:
    unit = ""
    if found.section == "levers":
        unit = levers(region)[found.name].unit
    elif found.section == "assumptions":
        unit = ASSUMPTIONS[found.name].unit
    elif found.section == "parameters":
        unit = parameters()[found.name][found.key.partition(".")[0]].unit
    elif found.section == "goals":
        goal = declared(region).by_id()[found.name]
        return (goal.zh if lang == "zh" else goal.en), word(goal.unit, lang == "zh")
    return label(region, found.section, found.name, lang), "" if unit == "1" else word(unit, lang == "zh")


def _key(found: Difference, region: Region, lang: Lang) -> str:
    """Return which path, share, event or number of it is meant, empty for the main path."""
    if found.key in ("path", "") or found.section in ("horizon", "population"):
        return ""
    table, _, name = found.key.partition(".")
    name = name or table
    known = names(region).get(name)
    return say(known.short, lang) if known else name.replace("_", " ").capitalize()


def _value(value: Any, region: Region, lang: Lang) -> str:
    """Return what is set, in words: an event by its parts, zones by name, a number plainly."""
    if value is None:
        return tell("nothing", lang)
    if isinstance(value, dict):
        return tell("comma", lang).join(_parts(value, region, lang))
    if isinstance(value, list | tuple):
        return tell("comma", lang).join(_name(str(part), region, lang) for part in value) or tell("nothing", lang)
    return plain(float(value), 6) if isinstance(value, int | float) else _name(str(value), region, lang)


def _parts(event: dict[str, Any], region: Region, lang: Lang) -> Iterator[str]:
    for key, value in event.items():
        if key == "quarter":
            yield tell("never", lang) if value == "never" else str(value)
        elif isinstance(value, int | float):
            yield f"{plain(float(value), 6)} {word(key, lang == 'zh')}"
        else:
            yield _name(str(value), region, lang)


def _name(name: str, region: Region, lang: Lang) -> str:
    known = names(region).get(name)
    return say(known.short, lang) if known else name
