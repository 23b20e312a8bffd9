"""`jjj-sim variance`: how much of what is not known is parameters, the outside world, or luck."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import options, page

if TYPE_CHECKING:
    from jjj_sim.comparing.variance import Variance


def variance(
    base: Annotated[str, typer.Argument(help="the scenario")],
    variants: Annotated[
        list[str] | None, typer.Argument(help="scenarios whose differences are split too", show_default=False)
    ] = None,
    out: options.Out = Path("results"),
    draws: Annotated[int, typer.Option("--draws", help="draws of the twin, for parameters and outside world")] = 64,
    members: Annotated[int, typer.Option("--members", help="pairs of runs of agents, for luck")] = 16,
    year: Annotated[int, typer.Option("--year", help="the year that is printed")] = 2030,
    seed: options.Seed = 1,
    scale: options.Scale = None,
    set_: options.Set = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Split the variance of results, and of differences, into parameters, the outside world and luck."""
    from jjj_sim.comparing import variance as law
    from jjj_sim.running.result import check_free

    lang = options.language(lang)
    settings = [options.scenario(text, set_, scale, region) for text in (base, *(variants or []))]
    options.tell_apart(settings, "variance")
    options.check_writable(out)
    folder = out / ("variance-" + "--".join(s.name for s in settings))
    check_free(folder)
    found = law.variance(settings[0], settings[1:], draws=draws, members=members, seed=seed, quiet=quiet)
    found.save(folder, [] if no_charts else [lambda part: options.draw(found, part / "charts", (lang,))])
    if json_:
        told = {"folder": str(folder), **found.manifest, "table": _records(found, year)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not quiet:
        _print(found, year, lang == "zh")
        typer.echo(f"-> {folder}")


def _records(found: Variance, year: int) -> list[dict[str, Any]]:
    table = found.table[found.table["period"] == year]
    records: list[dict[str, Any]] = json.loads(table.to_json(orient="records"))
    return records


def _print(found: Variance, year: int, zh: bool) -> None:
    """Print a block an outcome: each headline figure with its spread and who makes it."""
    from jjj_sim.comparing.variance import PARTS, headline
    from jjj_sim.indicators import indicators
    from jjj_sim.region.names import names

    region = found.base.region
    rows = {(r["outcome"], r["variable"], r["area"]): r for r in _records(found, year)}
    words = (
        ["指标", "标准差", "参数", "外部环境", "随机性"] if zh else ["figure", "sd", "parameters", "outside", "luck"]
    )
    head = [*words, ""]
    for outcome in dict.fromkeys(found.table["outcome"]):
        page.heading(f"{outcome}，{year}年" if zh else f"{outcome}, {year}", gap=True)
        cells = [head]
        for variable, area in headline(region):
            row = rows.get((outcome, variable, area))
            if row is None:
                continue
            one, place = indicators(region)[variable], names(region)[area].short[zh]
            sd = sum(row[f"sd_{name}"] ** 2 for name in PARTS) ** 0.5
            told = [f"{row[f'share_{name}']:.0%}" if row[f"share_{name}"] is not None else "" for name in PARTS]
            cells.append([f"{one.zh if zh else one.en}, {place}", f"{sd:,.3g} {row['unit']}", *told, ""])
        page.rows(cells, right=range(1, 5))
