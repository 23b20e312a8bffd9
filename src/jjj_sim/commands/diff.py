"""`jjj-sim diff`: what two scenarios set differently; runs nothing."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from jjj_sim.commands import changes, options, page


def diff(
    first: Annotated[str, typer.Argument(help="a scenario file, or the name of a shipped one")],
    second: Annotated[str, typer.Argument(help="another")],
    region: options.Region = None,
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """Tell what two scenarios set differently: levers, assumptions, parameters, horizon."""
    from jjj_sim.scenario.difference import differences

    zh = options.language(lang) == "zh"
    a, b = (options.scenario(text, None, None, region) for text in (first, second))
    found = differences(a, b)
    if json_:
        report = {
            "first": a.name,
            "second": b.name,
            "same": not found,
            "differences": [difference.table() for difference in found],
        }
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    labels = (a.name, b.name) if a.name != b.name else (first, second)
    for label, scenario in zip(labels, (a, b), strict=True):
        page.heading(f"{label}: {(scenario.title_zh if zh else '') or scenario.title}")
    typer.echo()
    if not found:
        page.paragraph(
            "两个情景的设置完全相同。" if zh else "They set the same: a run of one is a run of the other.", 0
        )
        return
    changes.show(found, labels, a.region, zh)
