"""`jjj-sim reach`: the smallest change of stated levers with which a goal or indicator is met."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import comparison_tables, options, page
from jjj_sim.commands.goal_tables import amount
from jjj_sim.wording.terms import word

if TYPE_CHECKING:
    from jjj_sim.reaching import Reach
    from jjj_sim.region.goals import GoalIndicator

_SAYS = {
    "confirmed": ("agents confirm it", "主体模型予以证实"),
    "within the error": ("within the error, neither confirmed nor refuted", "在误差之内，未能证实或否定"),
    "one member": ("one member tells no probability", "单次运行说明不了概率"),
    "not confirmed": ("agents do not confirm it", "主体模型未予证实"),
}


def reach(
    scenario: Annotated[str, typer.Argument(help="the scenario that is changed")],
    goal: Annotated[
        str | None,
        typer.Argument(help="a goal, G4, or an indicator by id or name, or a part of one alone", show_default=False),
    ] = None,
    levers: Annotated[
        str, typer.Option(help="the levers that may be moved, with commas between; lever.key for a path by key")
    ] = "",
    target: Annotated[
        list[str] | None,
        typer.Option("--target", help="a threshold of your own: pm25:beijing:2030<=25; repeatable", show_default=False),
    ] = None,
    probability: Annotated[float, typer.Option(help="share of the draws that is to meet it")] = 0.8,
    from_: Annotated[str, typer.Option("--from", help="the first quarter in which levers move")] = "2026Q1",
    draws: Annotated[int, typer.Option(min=1, help="draws of the parameters that the twin is searched over")] = 20,
    verify: Annotated[int, typer.Option(min=0, help="members with agents that verify it; 0 asks none")] = 20,
    costs: Annotated[str, typer.Option(help="what a lever's whole strength costs beside the others: steel_cap=2")] = "",
    scale: options.Scale = None,
    seed: options.Seed = 1,
    out: Annotated[
        Path | None, typer.Option("--out", help="the folder that is written", show_default="results/reach-...")
    ] = None,
    workers: options.Workers = None,
    set_: options.Set = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Search the smallest change of levers that reaches a goal, an indicator or a threshold; verify it with agents."""
    from jjj_sim.reaching import Request
    from jjj_sim.reaching import reach as searched
    from jjj_sim.reaching.backcast import checked
    from jjj_sim.running.result import check_free

    lang = options.language(lang)
    base = options.scenario(scenario, set_, scale, region)
    names = tuple(name.strip() for name in levers.split(",") if name.strip())
    asked = Request(goal, tuple(target or ()), names, _costs(costs), probability, from_, draws, verify, seed)
    aim, _, _ = checked(base, asked)
    folder = out or Path("results") / f"reach-{base.name}-{aim.key}"
    workspace = folder.with_name(folder.name + options.UNFINISHED)
    options.check_writable(folder.parent)
    check_free(folder)
    try:
        found = searched(base, asked, workers=workers, workspace=workspace, quiet=quiet)
    except KeyboardInterrupt:
        typer.echo("\nInterrupted. The same command goes on from here.", err=True)
        raise typer.Exit(130) from None
    drawn = options.save(found, folder, (), () if no_charts else options.LANGS)
    shutil.rmtree(workspace, ignore_errors=True)
    if json_:
        typer.echo(json.dumps(_report(found, folder), ensure_ascii=False, indent=2))
    elif not quiet:
        _print(found, folder, lang)
    if found.agents is not None and any(r.manifest["failed"] for r in found.agents.results):
        raise typer.Exit(3)
    if not drawn:
        raise typer.Exit(1)


def _costs(text: str) -> dict[str, float]:
    """Return the costs by lever; ScenarioError for what is none."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    found: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = part.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            raise ScenarioError("--costs", [say("reach_no_cost", found=part)]) from None
    return found


def _report(found: Reach, folder: Path) -> dict[str, Any]:
    """Return what --json prints."""
    kept = ("aim", "probability", "outcome", "draws_of", "levers_found", "size", "twin", "agents", "left_out")
    return {
        "folder": str(folder),
        **{key: found.manifest[key] for key in kept},
        "indicators": json.loads(found.indicators.to_json(orient="records")),
        "side_effects": json.loads(found.side_effects.to_json(orient="records")),
    }


def _print(found: Reach, folder: Path, lang: str) -> None:
    """Print the verdict, the indicators before and after, and the side effects."""
    zh = lang == "zh"
    for n, line in enumerate(verdict(found, zh)):
        page.heading(line) if n == 0 else page.paragraph(line, 2, 2)
    if found.outcome != "already":
        page.heading(
            "各指标，抽样中位数（90%区间）" if zh else "Indicators, medians over draws (90 % interval)", gap=True
        )
        after = (
            ("调整后" if found.outcome == "found" else "最好一点")
            if zh
            else ("changed" if found.outcome == "found" else "at best")
        )
        label = "indicator_zh" if zh else "indicator"
        first = "情景" if zh else "scenario"
        page.rows(
            [
                cells
                for row in found.indicators.to_dict("records")
                for cells in ((str(row[label]), first, _band(row, "before", zh)), ("", after, _band(row, "after", zh)))
            ]
        )
    if found.agents is not None and found.agents.comparison is not None:
        comparison_tables.show(found.agents.comparison, zh, found.aim.year)
    typer.echo(f"-> {folder}")


def verdict(found: Reach, zh: bool) -> list[str]:
    """Return the verdict in lines, what was asked first."""
    p, twin = f"{found.request.probability:g}", found.manifest["twin"]
    limits = [limit(w.indicator, w.year, zh) for w in found.aim.wanted]
    name = found.aim.zh if zh else found.aim.en
    if len(limits) == 1:
        asked = f"{name}{limits[0]}，概率 {p}" if zh else f"{name} {limits[0]} with probability {p}"
    else:
        each = ("；" if zh else "; ").join(
            f"{w.indicator.zh if zh else w.indicator.en}{'' if zh else ' '}{text}"
            for w, text in zip(found.aim.wanted, limits, strict=True)
        )
        asked = f"{name}，概率 {p}：{each}" if zh else f"{name} with probability {p}: {each}"
    start, point = twin["start"], twin["point"]
    lines = [asked, f"情景本身：{_share(start, True)}" if zh else f"the scenario itself: {_share(start, False)}"]
    if found.outcome == "already":
        lines.append("已经达到，无需调整" if zh else "it is met already; nothing is needed")
    elif found.outcome == "found":
        moved = _moved(found, zh)
        since = found.request.since
        lines.append(f"自{since}起：{moved}" if zh else f"found: {moved}, from {since} on")
        lines.append(f"孪生模型：{_share(point, True)}" if zh else f"twin: {_share(point, False)}")
    else:
        lines += _refused(found, zh)
    lines += _agents(found, zh)
    if twin["no_help"] and found.outcome != "refused":
        names = ", ".join(twin["no_help"])
        lines.append(f"无助于此的杠杆：{names}" if zh else f"no help in either direction: {names}")
    if not twin["monotone"]:
        lines.append(
            "加大力度并不总是更好：所得为网格上最先达标处，更小者未必没有"
            if zh
            else "more is not always better here: what is told is the first that meets it on a coarse grid"
        )
    if found.manifest["draws_of"] == "priors":
        lines.append(
            "区域没有后验：抽样取自先验，主体模型用默认参数，两者并非同一分布"
            if zh
            else "the region has no posterior: draws are of the priors, while agents have the parameters' defaults"
        )
    if found.manifest["left_out"]:
        n = found.manifest["left_out"]
        lines.append(f"{n} 次抽样无法运行，未计入" if zh else f"{n} draws cannot be run and are left out")
    return lines


def limit(i: GoalIndicator, year: int, zh: bool) -> str:
    """Return the threshold of an indicator with its unit and year."""
    low, high = i.bounds
    if math.isfinite(low) and math.isfinite(high):
        ends = f"{amount(low, i.unit, zh)} {'至' if zh else 'to'} {amount(high, i.unit, zh)}"
    else:
        ends = f"{'≤' if i.sense == '<=' else '≥'} {amount(i.threshold, i.unit, zh)}"
    return f"在{year}年 {ends}" if zh else f"{ends} in {year}"


def _share(told: dict[str, Any], zh: bool) -> str:
    met, n, p = told["met"], told["draws"], told["probability"]
    return f"{n} 次抽样中 {met} 次达标（{p:.2f}）" if zh else f"{met} of {n} draws meet it ({p:.2f})"


def _moved(found: Reach, zh: bool) -> str:
    """Return the levers that are moved, with their values in the last quarter and their strengths."""
    parts = []
    for row in found.manifest["levers_found"]:
        if row["strength"]:
            before, after, s = f"{row['before']:.4g}", f"{row['after']:.4g}", f"{row['strength']:.3g}"
            unit = word(row["unit"], zh)
            parts.append(
                f"{row['lever']} 由 {before} 到 {after}（{unit}；强度 {s}）"
                if zh
                else f"{row['lever']} from {before} to {after} ({unit}; strength {s})"
            )
    return ("；" if zh else "; ").join(parts)


def _refused(found: Reach, zh: bool) -> list[str]:
    """Return the refusal: what was best, what is left, and what binds."""
    twin = found.manifest["twin"]
    lines = [
        "在界限之内，所列杠杆的任何调整都达不到" if zh else "no change of these levers within their bounds reaches it"
    ]
    if twin["full"] is None:
        lines.append("这些杠杆向任何一端都无助于此" if zh else "none of them helps towards either of its ends")
    else:
        full, best = twin["full"], twin["point"]
        lines.append(
            f"全部调到尽头：{_share(full, True)}" if zh else f"with all of them at their ends: {_share(full, False)}"
        )
        moved = _moved(found, zh)
        if moved and best != full:
            lines.append(
                f"{twin['points']} 点中最好的：{_share(best, True)}，{moved}"
                if zh
                else f"best of {twin['points']} points: {_share(best, False)}, at {moved}"
            )
        elif moved:
            lines.append(f"即 {moved}" if zh else f"that is {moved}")
    for row in found.indicators.to_dict("records"):
        short = row["margin_after"]
        if short < 0.0:
            left = amount(-short, str(row["unit"]), zh)
            who = row["indicator_zh" if zh else "indicator"]
            binds = row["indicator"] == twin["point"]["binding"]
            mark = ("（最紧）" if zh else " (it binds)") if binds else ""
            lines.append(f"尚差：{who} {left}{mark}" if zh else f"still missing: {left} of {who}{mark}")
    return lines


def _agents(found: Reach, zh: bool) -> list[str]:
    """Return what members with agents say."""
    told = found.manifest["agents"]
    if told is None:
        return [] if found.outcome == "refused" else ["未用主体模型核对" if zh else "agents were not asked"]
    n, met, says = told["members"], told["met"], _SAYS[told["says"]][zh]
    share = ""
    if told["share"] is not None:
        p, error, low, high = (f"{told[key]:.2f}" for key in ("share", "error", "low", "high"))
        share = f"（{p} ± {error}，90%区间 {low} 至 {high}）" if zh else f" ({p} +- {error}, 90 % {low} to {high})"
    before = ""
    if found.outcome == "found":
        before = (
            f"；情景本身 {told['met_before']} 次" if zh else f"; {told['met_before']} of {n} in the scenario itself"
        )
    if zh:
        return [f"主体模型：{n} 次中 {met} 次{share}{before}：{says}"]
    return [f"agents: {met} of {n}{share}{before}: {says}"]


def _band(row: dict[Any, Any], when: str, zh: bool) -> str:
    """Return median and interval of an indicator, and the share of draws that meets it."""
    unit = str(row["unit"])
    middle = amount(row[f"median_{when}"], unit, zh)
    low, high = (f"{row[f'{edge}_{when}']:,.4g}" for edge in ("low", "high"))
    p = f"{row[f'probability_{when}']:.2f}"
    return f"{middle}（{low} 至 {high}），概率 {p}" if zh else f"{middle} ({low} to {high}), met by {p}"
