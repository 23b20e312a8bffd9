"""`jjj-sim levers`, `parameters`, `targets`, `schema`: what can be set, and the published figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import options
from jjj_sim.commands.table import alike, compact, print_table

if TYPE_CHECKING:
    from jjj_sim.policy.lever import Lever
    from jjj_sim.region import Region


def levers(lang: options.Lang = "en", json_: options.Json = False) -> None:
    """List the levers and the outside assumptions: unit, bounds, who decides, what they do by default."""
    from jjj_sim import regions
    from jjj_sim.policy.registry import levers as of_region
    from jjj_sim.scenario.assumptions import ASSUMPTIONS

    lang = options.language(lang)
    region = regions.default()
    rows = [_lever(lever, region) for lever in of_region(region).values()]
    outside: list[dict[str, Any]] = [
        {
            "name": f"assumptions.{a.name}",
            "zh": a.zh,
            "unit": a.unit,
            "bounds": [a.lo, a.hi],
            "meaning": a.meaning,
            "governs_from": a.since,
            "default": [[quarter, value] for quarter, value in a.points],
            "source": a.source,
        }
        for a in ASSUMPTIONS.values()
    ]
    if json_:
        typer.echo(json.dumps({"levers": rows, "assumptions": outside}, ensure_ascii=False, indent=2))
        return
    zh = lang == "zh"
    print_table(
        "政策杠杆（B 北京 C 中央 H 河北 T 天津 X 雄安）"
        if zh
        else "Levers (B Beijing, C centre, H Hebei, T Tianjin, X Xiong'an)",
        ["名称", "单位", "范围", "决策方", "机制", "默认路径与来源"]
        if zh
        else ["name", "unit", "bounds", "who", "what it does", "default, and its sources"],
        [
            (
                f"{row['name']}\n{row['zh']}" if zh else row["name"],
                row["unit"],
                _bounds(row["bounds"]),
                row["decider"],
                f"{row['mechanism']} Keys: {', '.join(row['keys'])}.",
                "\n".join([*_defaults(row["default"]), *row["sources"]]),
            )
            for row in rows
        ],
        lines=True,
    )
    print_table(
        "外部假设（区域内无人决定）" if zh else "Assumptions: what nobody in the region decides",
        ["名称", "单位", "范围", "起用年", "含义", "默认路径与来源"]
        if zh
        else ["name", "unit", "bounds", "from", "meaning", "default, and its source"],
        [
            (
                f"{row['name']}\n{row['zh']}" if zh else row["name"],
                row["unit"],
                _bounds(row["bounds"]),
                str(row["governs_from"]),
                row["meaning"],
                f"{compact(row['default'])}\n{row['source']}",
            )
            for row in outside
        ],
        lines=True,
    )


def parameters(
    process: Annotated[str | None, typer.Argument(help="of this process alone", show_default=False)] = None,
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """List the parameters of behaviour by process: default, bounds, unit, prior, source."""
    from jjj_sim import regions
    from jjj_sim.errors import ScenarioError, nearest
    from jjj_sim.messages import noun, say
    from jjj_sim.processes import SCHEDULE

    lang = options.language(lang)
    region = regions.default()
    found = {p.name: (p.zh, p.parameters()) for p in SCHEDULE if p.parameters()}
    if process is not None and process not in found:
        hint = nearest(process, found) or say("there_are", legal=tuple(found))
        raise ScenarioError("parameters", [say("no_such", where=process, noun=noun("process"), hint=hint)])
    rows: list[dict[str, Any]] = [
        {
            "name": f"parameters.{key}.{name}",
            "process_zh": zh,
            "default": region.default(f"{key}.{name}", p),
            "bounds": [p.lo, p.hi],
            "unit": p.unit,
            "meaning": p.doc,
            "prior": p.told(),
            "source": region.source(f"{key}.{name}", p),
        }
        for key, (zh, declared) in found.items()
        if process in (None, key)
        for name, p in declared.items()
    ]
    if json_:
        typer.echo(json.dumps({"parameters": rows}, ensure_ascii=False, indent=2))
        return
    print_table(
        "行为参数" if lang == "zh" else "Parameters of behaviour",
        ["名称", "默认值", "范围", "单位", "含义", "先验", "来源"]
        if lang == "zh"
        else ["name", "default", "bounds", "unit", "meaning", "prior", "source"],
        [
            (
                row["name"].removeprefix("parameters."),
                _default(row["default"]),
                _bounds(row["bounds"]),
                row["unit"],
                row["meaning"],
                row["prior"],
                row["source"],
            )
            for row in rows
        ],
    )


def targets(lang: options.Lang = "en", json_: options.Json = False) -> None:
    """List the founding article's figures: what is fitted, judged, driven, or only shown."""
    from jjj_sim import regions
    from jjj_sim.judging.targets import article

    lang = options.language(lang)
    found = article(regions.default())
    if json_:
        rows = [
            {
                "id": t.id,
                "region": t.area,
                "period": t.period,
                "variable": t.variable,
                "comparator": t.comparator,
                "value": t.value,
                "unit": t.printed_unit,
                "accept_low": t.accept_low,
                "accept_high": t.accept_high,
                "role": t.role,
                "quote_zh": t.quote_zh,
                "note": t.note,
                "printed": t.printed,
                "base_unit": t.unit,
            }
            for t in found
        ]
        typer.echo(json.dumps({"targets": rows}, ensure_ascii=False, indent=2))
        return
    signs = {"approx": "≈", "eq": "=", "gt": ">", "ge": "≥", "lt": "<"}
    print_table(
        "文章中的数字" if lang == "zh" else "The article's figures",
        ["编号", "区域", "时期", "变量", "数值", "单位", "用途", "原文"]
        if lang == "zh"
        else ["id", "region", "period", "variable", "figure", "unit", "role", "sentence"],
        [
            (
                t.id,
                t.area,
                t.period,
                t.variable,
                "-" if t.printed is None else f"{signs[t.comparator]} {t.printed:g}",
                t.printed_unit,
                t.role,
                t.quote_zh,
            )
            for t in found
        ],
    )


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="write it to this file", show_default=False)] = None,
) -> None:
    """Print the JSON Schema of scenario files; editors check and complete a file with it."""
    from jjj_sim import regions
    from jjj_sim.scenario.schema import json_schema

    text = json.dumps(json_schema(regions.default()), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    options.check_file(out)
    out.write_text(text, encoding="utf-8")
    typer.echo(f"-> {out}")


def _lever(spec: Lever, region: Region) -> dict[str, Any]:
    """Return what is said of a lever."""
    from jjj_sim.scenario.draft import published
    from jjj_sim.scenario.scenario import lever_table

    return {
        "name": spec.name,
        "zh": spec.zh,
        "unit": spec.unit,
        "bounds": [spec.lo, spec.hi] if spec.has_path else None,
        "decider": spec.decider,
        "mechanism": spec.mechanism,
        "keys": list(spec.keys()),
        "path_keys": {key: {"unit": r.unit, "bounds": [r.lo, r.hi]} for key, r in spec.paths.items()},
        "default": lever_table(published(region)[spec.name], region),
        "sources": list(spec.sources),
    }


def _bounds(bounds: list[float] | None) -> str:
    return "" if bounds is None else f"{bounds[0]:g} .. {bounds[1]:g}"


def _default(default: float | dict[str, float]) -> str:
    """Return a parameter's default: a number, or a line a place."""
    return "\n".join(f"{p} {v:g}" for p, v in default.items()) if isinstance(default, dict) else f"{default:g}"


def _defaults(default: dict[str, Any]) -> list[str]:
    """Return a lever's default, a line a key."""
    lines = []
    for key, value in default.items():
        if key == "path":
            lines.append(compact(value))
        elif key == "paths":
            keyed = alike({name: compact(points) for name, points in value.items()})
            lines += [f"{name}: {said}" for name, said in keyed]
        elif key == "shares":
            lines.append(", ".join(f"{name} {share:g}" for name, share in value.items()))
        elif key == "zones":
            lines.append(", ".join(value))
        else:
            lines.append(", ".join(f"{name} {event['quarter']}" for name, event in value.items()))
    return lines
