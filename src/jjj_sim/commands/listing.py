"""`jjj-sim parameters`, `targets`, `schema`: the numbers of behaviour, the published figures, the form of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from jjj_sim.commands import options, page
from jjj_sim.commands.levers import bounds_of
from jjj_sim.wording.terms import word

_SIGNS = {"approx": "≈", "eq": "=", "gt": ">", "ge": "≥", "lt": "<"}


def parameters(
    name: Annotated[
        str | None,
        typer.Argument(help="of this process alone, or this parameter (process.name)", show_default=False),
    ] = None,
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """List the parameters of behaviour by process: default, bounds, unit, prior, source."""
    from jjj_sim import regions
    from jjj_sim.errors import ScenarioError, nearest
    from jjj_sim.messages import noun, say
    from jjj_sim.satellites import QUARTER

    zh = options.language(lang) == "zh"
    region = regions.default()
    found = {p.name: (p.zh, p.parameters()) for p in QUARTER if p.parameters()}
    process, _, only = (name or "").removeprefix("parameters.").partition(".")
    if process and process not in found:
        hint = nearest(process, found) or say("there_are", legal=tuple(found))
        raise ScenarioError("parameters", [say("no_such", where=process, noun=noun("process"), hint=hint)])
    if only and only not in found[process][1]:
        legal = tuple(found[process][1])
        hint = nearest(only, legal, f"{process}.") or say("there_are", legal=legal)
        raise ScenarioError("parameters", [say("no_such", where=name, noun=noun("parameter"), hint=hint)])
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
        if process in ("", key)
        for name, p in declared.items()
        if only in ("", name)
    ]
    if json_:
        typer.echo(json.dumps({"parameters": rows}, ensure_ascii=False, indent=2))
        return
    page.heading("行为参数" if zh else "Parameters of behaviour")
    last = ""
    for row in rows:
        name = row["name"].removeprefix("parameters.")
        head = name.partition(".")[0]
        if zh and head != last:
            page.heading(f"{row['process_zh']} {head}")
            last = head
        page.paragraph(f"{name} = {_default(row['default'])}", 2, 4)
        unit = "" if row["unit"] == "1" else f" {word(row['unit'], zh)}"
        bounds = f"{bounds_of(row['bounds'])}{unit}"
        prior = word(row["prior"], zh).replace("decides alone", word("decides alone", zh))
        page.paragraph(f"{bounds}；先验 {prior}" if zh else f"{bounds}; prior {prior}", 6)
        page.paragraph(row["meaning"], 6)
        page.paragraph(row["source"], 6)


def targets(lang: options.Lang = "en", json_: options.Json = False) -> None:
    """List the founding article's figures: what is fitted, judged, driven, or only shown."""
    from jjj_sim import regions
    from jjj_sim.judging.targets import article

    zh = options.language(lang) == "zh"
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
    page.heading("文章中的数字" if zh else "The article's figures")
    for t in found:
        figure = "-" if t.printed is None else f"{_SIGNS[t.comparator]} {t.printed:g} {word(t.printed_unit, zh)}"
        label, area = (t.zh, t.area_zh) if zh else (t.en, t.area_en)
        page.paragraph(f"{t.id} {area} {t.period}", 2, 4)
        page.paragraph(f"{label}：{figure}，{word(t.role, zh)}" if zh else f"{label}: {figure}; {t.role}", 6)
        page.paragraph(t.quote_zh, 6)


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


def _default(default: float | dict[str, float]) -> str:
    """Return a parameter's default: a number, or one by place."""
    return ", ".join(f"{p} {v:g}" for p, v in default.items()) if isinstance(default, dict) else f"{default:g}"
