"""`jjj-sim compare`: what a policy changes, with intervals and a plain verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options


def compare(
    base: Annotated[str, typer.Argument(help="the scenario to compare with")],
    variants: Annotated[list[str], typer.Argument(help="scenarios that differ from it")],
    out: options.Out = Path("results"),
    members: options.Members = 10,
    seed: options.Seed = 1,
    scale: options.Scale = None,
    twin: options.Twin = False,
    fixed_parameters: options.FixedParameters = False,
    set_: options.Set = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Run a base and its variants with the same luck; write the differences and a verdict on each."""
    from jjj_sim.comparing import comparison
    from jjj_sim.judging import summary
    from jjj_sim.running.result import check_free

    lang = options.language(lang)
    settings = [options.scenario(text, set_, scale, region) for text in (base, *variants)]
    options.tell_apart(settings[1:], "compare")
    options.tell_apart([settings[0], *(s for s in settings[1:] if s.digest != settings[0].digest)], "compare")
    options.check_writable(out)
    check_free(out / comparison.named([s.name for s in settings]))
    found = comparison.compare(
        *settings, members=members, seed=seed, twin=twin, fixed_parameters=fixed_parameters, quiet=quiet
    )
    folder = out / found.name
    found.save(folder, [] if no_charts else [lambda part: options.draw(found, part / "charts", (lang,))])
    if json_:
        report = {
            "folder": str(folder),
            "members": members,
            "seed": seed,
            "failed": found.manifest["failed"],
            "warnings": found.warnings,
            "verdicts": json.loads(summary.headlines(found).to_json(orient="records")),
        }
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    elif not quiet:
        typer.echo(summary.render_comparison(found, lang))
        typer.echo(f"-> {folder}")
    if any(found.manifest["failed"].values()):
        raise typer.Exit(3)
