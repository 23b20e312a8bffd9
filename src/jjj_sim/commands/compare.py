"""`jjj-sim compare`: what a policy changes, with intervals and a plain verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import comparison_tables, options

if TYPE_CHECKING:
    import pandas as pd

    from jjj_sim.running.result import Filler


def compare(
    base: Annotated[str, typer.Argument(help="the scenario to compare with")],
    variants: Annotated[list[str], typer.Argument(help="scenarios that differ from it")],
    out: options.Out = Path("results"),
    members: Annotated[
        str,
        typer.Option(
            "--members",
            help="how many members, each with its own luck; auto: ten by ten until the headline is clear, at most 100",
        ),
    ] = "10",
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
    matters: Annotated[
        list[str] | None,
        typer.Option(
            "--matters",
            help="smallest difference that matters: variable=number in its unit, or variable=number%; repeatable",
            show_default=False,
        ),
    ] = None,
    workers: options.Workers = None,
    scheduler: options.Scheduler = None,
    fresh: options.Fresh = False,
    no_store: options.NoStore = False,
) -> None:
    """Run a base and its variants with the same luck; write the differences and a verdict on each."""
    from jjj_sim.comparing import comparison
    from jjj_sim.comparing.causes import FILE as CAUSES
    from jjj_sim.comparing.causes import causes
    from jjj_sim.comparing.enough import until_clear
    from jjj_sim.comparing.headline import headline
    from jjj_sim.comparing.matter import parse
    from jjj_sim.comparing.ranking import goals_beside
    from jjj_sim.comparing.winners import FILE as WINNERS
    from jjj_sim.comparing.winners import winners
    from jjj_sim.indicators import indicators
    from jjj_sim.running.result import check_free

    lang = options.language(lang)
    asked = options.members_or_auto(members)
    settings = [options.scenario(text, set_, scale, region) for text in (base, *variants)]
    options.tell_apart(settings[1:], "compare")
    options.tell_apart([settings[0], *(s for s in settings[1:] if s.digest != settings[0].digest)], "compare")
    own = parse(matters or [], indicators(settings[0].region))
    options.check_writable(out)
    check_free(out / comparison.named([s.name for s in settings]))
    store = options.store(fresh, no_store)
    how: dict[str, Any] = {"seed": seed, "twin": twin, "fixed_parameters": fixed_parameters, "matters": own}
    how |= {"workers": workers, "scheduler": scheduler, "store": store, "quiet": quiet}
    try:
        found = until_clear(*settings, **how) if asked is None else comparison.compare(*settings, members=asked, **how)
    except KeyboardInterrupt:
        raise options.interrupted(lang, kept=store is not None) from None
    folder = out / found.name
    fill: list[Filler] = [lambda part: _write(headline(found), part / "headline.csv")]
    fill.append(lambda part: _write(winners(found), part / WINNERS))
    fill.append(lambda part: _write(causes(found), part / CAUSES))
    fill.append(lambda part: _write(goals_beside(found, every=True), part / "goals.csv"))
    if not no_charts:
        fill.append(lambda part: options.draw(found, part / "charts", (lang,)))
    found.save(folder, fill)
    if json_:
        report = {
            "folder": str(folder),
            "members": found.manifest["members"],
            "seed": seed,
            "failed": found.manifest["failed"],
            "from_store": found.manifest["from_store"],
            "warnings": found.warnings,
            "alarms": found.manifest["alarms"],
            "verdicts": json.loads(headline(found).to_json(orient="records")),
        }
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    elif not quiet:
        comparison_tables.show(found, lang == "zh")
        typer.echo()
        if kept := sum(found.manifest["from_store"].values()):
            n = found.manifest["members"] * len(found.manifest["from_store"])
            typer.echo(f"{n} 个成员中 {kept} 个取自存储库" if lang == "zh" else f"{kept} of {n} members from the store")
        typer.echo(f"-> {folder}")
    for name, failed in found.manifest["failed"].items():
        options.tell_failed(failed, lang, name)
    if any(found.manifest["failed"].values()):
        raise typer.Exit(3)


def _write(table: pd.DataFrame, file: Path) -> None:
    """Write a sheet."""
    table.to_csv(file, index=False, lineterminator="\n")
