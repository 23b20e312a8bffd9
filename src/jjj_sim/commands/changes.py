"""Differences of scenarios, and their events, as the terminal tells them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jjj_sim.commands import page
from jjj_sim.wording.paths import compact
from jjj_sim.wording.terms import word

if TYPE_CHECKING:
    from jjj_sim.policy.lever import Lever
    from jjj_sim.region import Region
    from jjj_sim.scenario.difference import Difference

_WHOLE = {"horizon": "模拟期末", "population": "每个智能体代表的人数"}


def show(found: Sequence[Difference], labels: tuple[str, str], region: Region, zh: bool) -> None:
    """Print differences, a block a lever, an assumption or a process."""
    from jjj_sim import quarters

    for (section, name), group in itertools.groupby(found, key=lambda d: (d.section, d.name)):
        title, unit = _about(section, name, region, zh)
        if section in _WHOLE:
            page.rows([(title, f"{difference.first} → {difference.second}") for difference in group])
            continue
        page.paragraph(title, 2, 4)
        plain = []
        for difference in group:
            if difference.since is None:
                plain.append(_plain(difference, unit, region, zh))
                continue
            key = "" if difference.key == "path" else difference.key.removeprefix("paths.") + " "
            since = quarters.label(difference.since)
            page.paragraph(f"{key}{since} 起" if zh else f"{key}from {since}", 4)
            told = (compact(difference.first), compact(difference.second))
            page.rows([(label, path) for label, path in zip(labels, told, strict=True)], 6)
        page.rows(plain, 4, narrow=45)


def event(told: dict[str, Any], spec: Lever, region: Region, zh: bool) -> str:
    """Return an event in words: its date, what it is, how large, from where to where."""
    kind = spec.events
    if kind is None:
        return ""
    stands = {**kind.home, **told}
    parts = [_date(stands["quarter"], zh)]
    parts += [word(what, zh) for what in [stands.get("kind", getattr(spec, "kind", ""))] if what]
    parts += [_size(stands[key], number.unit, zh) for key, number in kind.numbers.items() if stands.get(key)]
    ends = [stands.get(a) or stands.get(b) for a, b in (("origin", "from"), ("destination", "to"))]
    if all(ends):
        parts.append(" → ".join(place(str(end), region, zh) for end in ends))
    return ("，" if zh else ", ").join(parts)


def place(name: str, region: Region, zh: bool) -> str:
    """Return what a zone is called: its id, in Chinese its name before it."""
    from jjj_sim.region.names import names

    known = names(region).get(name)
    return f"{known.short[1]}({name})" if zh and known else name


def bound(value: float | None, zh: bool) -> str:
    """Return a bound of a goal's indicator."""
    return ("无" if zh else "none") if value is None else f"{value:,.10g}"


def _about(section: str, name: str, region: Region, zh: bool) -> tuple[str, str]:
    """Return the heading of a block, and the unit of what is in it."""
    from jjj_sim.policy.registry import levers
    from jjj_sim.region.goals import declared
    from jjj_sim.satellites import QUARTER
    from jjj_sim.scenario.assumptions import ASSUMPTIONS

    if section in ("levers", "assumptions"):
        spec: Any = levers(region)[name] if section == "levers" else ASSUMPTIONS[name]
        unit = word(spec.unit, zh)
        shown = name if section == "levers" else f"assumptions.{name}"
        return (f"{spec.zh} {shown}（{unit}）" if zh else f"{shown} ({unit})"), unit
    if section == "parameters":
        process = next((p.zh for p in QUARTER if p.name == name), "")
        return (f"{process} parameters.{name}" if zh else f"parameters.{name}"), ""
    if section == "goals":
        indicator = declared(region).by_id()[name]
        unit = word(indicator.unit, zh)
        return (f"{indicator.zh} goals.{name}（{unit}）" if zh else f"goals.{name} ({unit})"), unit
    return f"{_WHOLE[section]} {section}.{name}" if zh else f"{section}.{name}", ""


def _plain(difference: Difference, unit: str, region: Region, zh: bool) -> tuple[str, str]:
    """Return name and change of what is no path."""
    from jjj_sim.policy.registry import levers
    from jjj_sim.scenario.schema import parameters

    first, second = difference.first, difference.second
    table, _, name = difference.key.partition(".")
    if difference.section == "levers":
        spec = levers(region)[difference.name]
        if spec.events is not None and table == spec.events.table:
            return name, _event_change(first, second, spec, region, zh)
        if table == "zones":
            return ("分区" if zh else "zones"), _zones(first, second, region, zh)
    if difference.section == "goals":
        return difference.key, " → ".join(bound(value, zh) for value in (first, second))
    said = f"{_number(first)} → {_number(second)}"
    if difference.section == "parameters":
        unit = word(parameters()[difference.name][table].unit, zh)
        said += f" ({unit})" if unit not in ("", "1") else ""
    return difference.key, said


def _event_change(first: Any, second: Any, spec: Lever, region: Region, zh: bool) -> str:
    """Return what becomes of an event: all of a new one, of another what changes."""
    if first is None or second is None:
        new = ("新增：" if zh else "new: ") if first is None else ("没有了：" if zh else "gone: ")
        return new + event(first or second, spec, region, zh)
    kind = spec.events
    parts = []
    for key in dict.fromkeys((*first, *second)):
        a, b = first.get(key), second.get(key)
        if a == b:
            continue
        if key == "quarter":
            parts.append(f"{_date(a, zh)} → {_date(b, zh)}")
        elif kind is not None and key in kind.numbers:
            parts.append(f"{_number(a or 0)} → {_size(b or 0, kind.numbers[key].unit, zh)}")
        else:
            parts.append(f"{key} {place(str(a), region, zh)} → {place(str(b), region, zh)}")
    return ("，" if zh else ", ").join(parts)


def _zones(first: list[str], second: list[str], region: Region, zh: bool) -> str:
    """Return which zones come and which go."""
    come = [place(zone, region, zh) for zone in second if zone not in first]
    go = [place(zone, region, zh) for zone in first if zone not in second]
    parts = [("加上 " if zh else "with ") + ", ".join(come)] if come else []
    parts += [("去掉 " if zh else "without ") + ", ".join(go)] if go else []
    return ("；" if zh else "; ").join(parts)


def _date(quarter: str, zh: bool) -> str:
    return "永不" if zh and quarter == "never" else quarter


def _size(number: float, unit: str, zh: bool) -> str:
    return f"{number:,.6g}{word(unit, zh)}" if zh else f"{number:,.6g} {unit}"


def _number(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
