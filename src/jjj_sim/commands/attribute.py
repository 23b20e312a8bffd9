"""`jjj-sim attribute`: what each lever of a variant does in the difference that all of them make together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import options, page
from jjj_sim.commands.comparison_tables import places, signed

if TYPE_CHECKING:
    import pandas as pd

    from jjj_sim.attributing import Attribution


def attribute(
    base: Annotated[str, typer.Argument(help="the scenario to compare with")],
    variant: Annotated[str, typer.Argument(help="a scenario that sets several levers differently")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="the folder written; results/attribute-BASE--VARIANT by default"),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="draws of the posterior that the twin is asked at")] = 8,
    orders: Annotated[int, typer.Option("--orders", help="orders in which more than six levers come")] = 12,
    members: Annotated[int, typer.Option("--members", help="members of agents that check the whole")] = 0,
    year: Annotated[int | None, typer.Option("--year", help="the year that is printed: 2030, or the last")] = None,
    seed: options.Seed = 1,
    scale: options.Scale = None,
    set_: options.Set = None,
    workers: options.Workers = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Take a difference apart: what each lever does in it, alone and together (Shapley), on the twin."""
    from jjj_sim.attributing import Request
    from jjj_sim.attributing import attribute as take_apart
    from jjj_sim.attributing.attribution import checked, named
    from jjj_sim.running.result import check_free

    lang = options.language(lang)
    one, two = (options.scenario(text, set_, scale, region) for text in (base, variant))
    asked = Request(draws, orders, members, seed)
    checked(one, two, asked)
    folder = out or Path("results") / named(one.name, two.name)
    workspace = folder.with_name(folder.name + options.UNFINISHED)
    options.check_writable(folder.parent)
    check_free(folder)
    try:
        found = take_apart(one, two, asked, workers=workers, workspace=workspace, quiet=quiet)
    except KeyboardInterrupt:
        typer.echo("\nInterrupted. The same command goes on from here.", err=True)
        raise typer.Exit(130) from None
    found.save(folder, [] if no_charts else [lambda part: options.draw(found, part / "charts", (lang,))])
    shutil.rmtree(workspace, ignore_errors=True)
    year = min(year or 2030, int(found.totals["year"].max()))
    if json_:
        told = {"folder": str(folder), **found.manifest, "year": year}
        told |= {name: _records(getattr(found, name), year) for name in ("shares", "interactions", "totals")}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not quiet:
        _print(found, year, lang == "zh")
        typer.echo(f"-> {folder}")


def _records(table: pd.DataFrame, year: int) -> list[dict[str, Any]]:
    rows = table[table["year"] == year] if len(table) else table
    found: list[dict[str, Any]] = json.loads(rows.to_json(orient="records"))
    return found


def _print(found: Attribution, year: int, zh: bool) -> None:
    """Print a block a figure: each lever's share with its interval and what it does alone, then the whole."""
    names = [pair[zh] for pair in found.manifest["titles"].values()]
    title = f"{names[1]}相对{names[0]}的变化：各杠杆的份额" if zh else f"{names[1]} less {names[0]}: shares"
    page.heading(f"{title}，{year}年" if zh else f"{title}, {year}")
    about = "Shapley shares: the mean over draws of what a lever adds, over all orders in which levers may come; "
    about += "they sum to the whole. In brackets 90 % of the draws; alone: the lever by itself."
    zh_about = "Shapley份额：各杠杆在所有先后次序中新增作用的平均，合计等于总差异；括号内为90%的抽样；"
    zh_about += "单独：只用该杠杆。"
    if not found.manifest["exact"]:
        about += f" Over {found.manifest['orders']} orders: estimates."
        zh_about += f"按{found.manifest['orders']}种次序估计。"
    page.paragraph(zh_about if zh else about)
    totals = {(r["variable"], r["area"]): r for r in _records(found.totals, year)}
    shares = _records(found.shares, year)
    for (variable, area), total in totals.items():
        mine = [r for r in shares if (r["variable"], r["area"]) == (variable, area)]
        _show(found, variable, area, total, sorted(mine, key=lambda r: -abs(r["share"])), zh)


def _show(
    found: Attribution, variable: str, area: str, total: Mapping[str, Any], mine: list[dict[str, Any]], zh: bool
) -> None:
    from jjj_sim.attributing.words import player_name
    from jjj_sim.indicators import indicators
    from jjj_sim.region.names import names
    from jjj_sim.wording.units import unit_for

    region = found.base.region
    one, place = indicators(region)[variable], names(region)[area].short[zh]
    largest = max(abs(r["share"]) for r in mine)
    base = "percentage points" if one.unit == "percent" else one.unit
    unit = unit_for(base, "zh" if zh else "en", max(largest, abs(total["twin"])))
    digits = places(total["twin"] / unit.divisor or largest / unit.divisor)

    def said(value: float | None) -> str:
        return "" if value is None else signed(value / unit.divisor, digits)

    page.heading(f"{place}{one.zh}，{unit.name}" if zh else f"{one.en}, {place}, {unit.name}", gap=True)
    cells = [["", "份额 [90%]", "单独", ""] if zh else ["", "share [90 %]", "alone", ""]]
    for r in mine:
        if r["share"] or r["low"] or r["high"]:
            name = player_name(region, r["player"])[zh]
            cells.append([name, f"{said(r['share'])} [{said(r['low'])}, {said(r['high'])}]", said(r["alone"]), ""])
    whole = f"{said(total['twin'])} [{said(total['low'])}, {said(total['high'])}]"
    cells.append(["合计（孪生模型）" if zh else "all together, twin", whole, "", ""])
    if total.get("agents") is not None:
        agents = f"{said(total['agents'])} [{said(total['agents_low'])}, {said(total['agents_high'])}]"
        cells.append(["主体模型均值及其区间" if zh else "agents, mean and its interval", agents, "", ""])
    page.rows(cells, right=(1, 2))
