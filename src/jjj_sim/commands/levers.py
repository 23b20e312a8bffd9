"""`jjj-sim levers`: the levers and outside assumptions in a line each, or one of them whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import changes, options, page
from jjj_sim.wording.paths import compact
from jjj_sim.wording.terms import word

if TYPE_CHECKING:
    from jjj_sim.policy.lever import EventKind, Lever
    from jjj_sim.region import Region
    from jjj_sim.scenario.assumptions import Assumption

_DECIDERS = {
    "B": ("Beijing", "北京"),
    "C": ("the centre", "中央"),
    "H": ("Hebei", "河北"),
    "T": ("Tianjin", "天津"),
    "X": ("the Xiong'an authority", "雄安管委会"),
}


def levers(
    name: Annotated[
        str | None, typer.Argument(help="this lever or assumption alone, whole", show_default=False)
    ] = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """List the levers and the outside assumptions; with a NAME show one whole: keys, default path, events, sources."""
    from jjj_sim.policy.registry import levers as of_region
    from jjj_sim.scenario.assumptions import ASSUMPTIONS

    zh = options.language(lang) == "zh"
    place = options.region_of(region)
    known = of_region(place)
    if name is not None:
        name = _known(name, [*known, *ASSUMPTIONS])
    chosen = [spec for spec in known.values() if name in (None, spec.name)]
    outside = [a for a in ASSUMPTIONS.values() if name in (None, a.name)]
    if json_:
        report = {"levers": [_lever(spec, place) for spec in chosen], "assumptions": [_assumption(a) for a in outside]}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    elif name is None:
        _print_all(chosen, outside, zh)
    elif chosen:
        _print_lever(chosen[0], place, zh)
    else:
        _print_assumption(outside[0], zh)


def bounds_of(bounds: list[float] | None) -> str:
    """Return bounds in words."""
    return "" if bounds is None else f"{bounds[0]:g} .. {bounds[1]:g}"


def _known(name: str, legal: list[str]) -> str:
    """Return the lever or assumption that `name` is, or alone begins with; ScenarioError for none."""
    from jjj_sim.errors import ScenarioError, nearest
    from jjj_sim.messages import noun, say

    short = name.removeprefix("levers.").removeprefix("assumptions.")
    begun = [word for word in legal if word.startswith(short)]
    if short in legal or len(begun) == 1:
        return short if short in legal else begun[0]
    hint = nearest(short, legal) or say("there_are", legal=legal)
    raise ScenarioError("levers", [say("no_such", where=name, noun=noun("lever"), hint=hint)])


def _print_all(chosen: list[Lever], outside: list[Assumption], zh: bool) -> None:
    """Print a line a lever and a line an assumption."""
    deciders = "政策杠杆（B 北京 C 中央 H 河北 T 天津 X 雄安）"
    page.heading(deciders if zh else "Levers (B Beijing, C centre, H Hebei, T Tianjin, X Xiong'an)")
    for spec in chosen:
        bounds = bounds_of([spec.lo, spec.hi]) if spec.has_path else ""
        _print_line(spec.name, spec.zh, [spec.decider, bounds, word(spec.unit, zh)], zh)
    typer.echo()
    page.heading("外部假设（区域内无人决定）" if zh else "Assumptions: what nobody in the region decides")
    for a in outside:
        since = f"{a.since} 起" if zh else f"from {a.since}"
        _print_line(f"assumptions.{a.name}", a.zh, [bounds_of([a.lo, a.hi]), word(a.unit, zh), since], zh)
    typer.echo()
    page.paragraph("看一项的全部：jjj-sim levers 名称" if zh else "One of them whole: jjj-sim levers NAME", 0)


def _print_line(name: str, label: str, parts: list[str], zh: bool) -> None:
    told = ("，" if zh else "; ").join(part for part in parts if part)
    page.rows([(f"{name:32}", f"{label}，{told}" if zh else told)])


def _print_lever(spec: Lever, region: Region, zh: bool) -> None:
    """Print all there is to say of a lever."""
    page.heading(f"{spec.zh} {spec.name}" if zh else f"{spec.name} {spec.zh}")
    page.paragraph((spec.mechanism_zh if zh else "") or spec.mechanism)
    typer.echo()
    facts = [
        ("单位" if zh else "unit", word(spec.unit, zh)),
        ("决策方" if zh else "decided by", _deciders(spec.decider, zh)),
    ]
    if spec.has_path:
        facts.insert(1, ("范围" if zh else "bounds", bounds_of([spec.lo, spec.hi])))
    page.rows(facts)
    default = _lever(spec, region)["default"]
    if spec.has_path:
        _print_path("默认路径" if zh else "Default path", "path", spec.table().get("path", default.get("path", [])))
    for key, number in spec.paths.items():
        given = spec.table().get("paths", {}).get(key, default["paths"][key])
        limits = f"{bounds_of([number.lo, number.hi])} {word(number.unit, zh)}"
        _print_path("", f"paths.{key}（{limits}）" if zh else f"paths.{key} ({limits})", given)
    if spec.shares:
        page.heading("份额" if zh else "Shares", gap=True)
        page.rows([(f"shares.{key}", f"{share:g}") for key, share in default["shares"].items()])
    if spec.takes_zones:
        page.heading("分区" if zh else "Zones", gap=True)
        page.paragraph(", ".join(changes.place(zone, region, zh) for zone in default["zones"]))
    if spec.events is not None:
        _print_events(spec, spec.events, region, default[spec.events.table], zh)
    page.heading("来源" if zh else "Sources", gap=True)
    for source in spec.sources:
        page.paragraph(source, 2, 4)
    page.heading("写法" if zh else "To type", gap=True)
    for line in _example(spec, region):
        typer.echo(f"  {line}".rstrip())


def _deciders(letters: str, zh: bool) -> str:
    """Return who decides, spelt out."""
    return ("、" if zh else ", ").join(_DECIDERS.get(letter, (letter, letter))[zh] for letter in letters.split(", "))


def _print_path(title: str, key: str, points: list[list[Any]]) -> None:
    """Print a path point by point, the source of each behind it."""
    if title:
        page.heading(title, gap=True)
    page.paragraph(key)
    page.rows([(point[0], f"{point[1]:.6g}", " ".join(map(str, point[2:]))) for point in points], 4, right=(1,))


def _print_events(spec: Lever, kind: EventKind, region: Region, default: dict[str, Any], zh: bool) -> None:
    """Print a lever's events, what may be said of one, and its tags."""
    page.heading(kind.table, gap=True)
    given = spec.table().get(kind.table, {})
    for name, event in default.items():
        page.paragraph(name)
        page.paragraph(changes.event(event, spec, region, zh), 6)
        tags = ", ".join(event.get("tags", ()))
        about = [f"{'标签' if zh else 'tags'} {tags}" if tags else "", given.get(name, {}).get("source", "")]
        page.paragraph("; ".join(part for part in about if part), 6)
    page.heading("每一项可写" if zh else f"What a {kind.noun} may say", gap=True)
    when = "季度或年份（年份指一季度），或 never" if zh else "a quarter, or a year (its first quarter), or never"
    page.rows([("quarter", when), *_legal(spec, kind, region, zh)])
    needs = ", ".join(("quarter", *kind.needs))
    page.paragraph(f"新增一项须写 {needs}" if zh else f"A new one needs {needs}.")
    if spec.tags:
        page.heading("标签（groups 按标签设置）" if zh else "Tags, by which groups sets many at once", gap=True)
        page.rows([(tag, meaning["zh" if zh else "en"]) for tag, meaning in spec.tags.items()])


def _legal(spec: Lever, kind: EventKind, region: Region, zh: bool) -> list[tuple[str, str]]:
    """Return the keys of an event with what is legal there."""
    found = [(key, f"{bounds_of([n.lo, n.hi])} {word(n.unit, zh)}") for key, n in kind.numbers.items()]
    for key, words in kind.words.items():
        zones = words.noun == "zone"
        legal = ", ".join(changes.place(w, region, zh) if zones else w for w in words.legal)
        home = kind.home.get(key)
        usual = f"；不写则为 {home}" if zh else f"; unless said otherwise {home}"
        found.append((key, legal + (usual if home else "")))
    what = getattr(spec, "kind", "")
    if what:
        found.append(("-", f"类型总是{word(what, zh)}" if zh else f"its kind is always {what}"))
    return found


def _example(spec: Lever, region: Region) -> list[str]:
    """Return lines that a scenario file may hold."""
    from jjj_sim.scenario.draft import published

    plan, kind = published(region)[spec.name], spec.events
    if kind is not None:
        name = list(plan.events or ("a_name",))[-1]
        lines = [f"[levers.{spec.name}]", "stop_after = 2024", ""]
        if spec.tags:
            lines += [f"[levers.{spec.name}.groups]", f'{list(spec.tags)[-1]} = "never"', ""]
        return [*lines, f"[levers.{spec.name}.{kind.table}]", f'{name} = "2027Q1"']
    if plan.path is not None:
        value = f"{plan.path.at(52):g}"
        return [f"[levers.{spec.name}]", f'path = [["2026Q1", {value}]]', "# or", "scale = 1.1", "from  = 2026"]
    key = next(iter(plan.paths))
    return [
        f"[levers.{spec.name}.paths]",
        f'{key} = [["2026Q1", {plan.paths[key].at(52):g}]]',
        "# or",
        f"{key} = {{ scale = 1.1, from = 2026 }}",
    ]


def _print_assumption(a: Assumption, zh: bool) -> None:
    """Print all there is to say of an assumption."""
    page.heading(f"{a.zh} assumptions.{a.name}" if zh else f"assumptions.{a.name} {a.zh}")
    page.paragraph((a.meaning_zh if zh else "") or a.meaning)
    typer.echo()
    page.rows(
        [
            ("单位" if zh else "unit", word(a.unit, zh)),
            ("范围" if zh else "bounds", bounds_of([a.lo, a.hi])),
            ("起用年" if zh else "in force from", str(a.since)),
            ("默认路径" if zh else "default path", compact(a.points)),
            ("来源" if zh else "source", a.source),
        ]
    )


def _lever(spec: Lever, region: Region) -> dict[str, Any]:
    """Return what is said of a lever."""
    from jjj_sim.scenario.draft import published
    from jjj_sim.scenario.scenario import lever_table

    kind = spec.events
    return {
        "name": spec.name,
        "zh": spec.zh,
        "unit": spec.unit,
        "bounds": [spec.lo, spec.hi] if spec.has_path else None,
        "decider": spec.decider,
        "mechanism": spec.mechanism,
        "mechanism_zh": spec.mechanism_zh,
        "keys": list(spec.keys()),
        "path_keys": {key: {"unit": r.unit, "bounds": [r.lo, r.hi]} for key, r in spec.paths.items()},
        "event_keys": {} if kind is None else {key: list(words.legal) for key, words in kind.words.items()},
        "tags": {tag: dict(meaning) for tag, meaning in spec.tags.items()},
        "default": lever_table(published(region)[spec.name], region),
        "sources": list(spec.sources),
    }


def _assumption(a: Assumption) -> dict[str, Any]:
    """Return what is said of an assumption."""
    return {
        "name": f"assumptions.{a.name}",
        "zh": a.zh,
        "unit": a.unit,
        "bounds": [a.lo, a.hi],
        "meaning": a.meaning,
        "meaning_zh": a.meaning_zh,
        "governs_from": a.since,
        "default": [[quarter, value] for quarter, value in a.points],
        "source": a.source,
    }
