"""`jjj-sim sensitivity`: which parameters decide outcomes, and which decide what a policy changes."""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import options, page

if TYPE_CHECKING:
    from jjj_sim.sensitivity import Sensitivity

_SHOWN = 8


def sensitivity(
    scenario: Annotated[
        str | None, typer.Argument(help="a scenario file, or the name of a shipped one", show_default=False)
    ] = None,
    variants: Annotated[
        list[str] | None,
        typer.Argument(metavar="VARIANT", help="what each changes is asked, point by point", show_default=False),
    ] = None,
    method: Annotated[str, typer.Option("--method", help="morris screens, sobol splits variance, both")] = "both",
    outcome: Annotated[
        list[str] | None,
        typer.Option("--outcome", help="variable:area; repeatable; six by default", show_default=False),
    ] = None,
    year: Annotated[int, typer.Option("--year", help="of the outcomes")] = 2030,
    parameters: Annotated[
        str | None,
        typer.Option(
            "--parameters", help="move these instead of all with a prior, with commas between", show_default=False
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", help="how many Morris hands to Sobol'")] = 10,
    trajectories: Annotated[int, typer.Option("--trajectories", help="of Morris")] = 10,
    samples: Annotated[int, typer.Option("--samples", help="of Sobol', a power of two")] = 64,
    seed: Annotated[int, typer.Option("--seed", help="of the points; the twin has no luck")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", help="the folder that is written; results/sensitivity-... by default")
    ] = None,
    workers: options.Workers = None,
    resume: Annotated[
        Path | None, typer.Option(help="go on with an interrupted analysis of this folder", show_default=False)
    ] = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Ask which parameters decide outcomes of a year; with variants, which decide what these change."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say
    from jjj_sim.running.result import check_free
    from jjj_sim.sensitivity import Request, analysis, salib

    lang = options.language(lang)
    salib.require()
    if (scenario is None) == (resume is None):
        raise ScenarioError("sensitivity", [say("one_or_resume")])
    settings = [options.scenario(text, None, None, region) for text in (scenario, *(variants or [])) if text]
    if resume is not None:
        out = resume.with_name(resume.name.removesuffix(options.UNFINISHED))
    elif out is None:
        out = Path("results") / analysis.named([one.name for one in settings])
    workspace = out.with_name(out.name + options.UNFINISHED)
    options.check_writable(out.parent)
    check_free(out)
    try:
        if resume is not None:
            found = analysis.resume(workspace, workers=workers, quiet=quiet)
        else:
            names = tuple(name.strip() for name in (parameters or "").split(",") if name.strip())
            asked = Request(method, tuple(outcome or ()), year, names, top, trajectories, samples, seed)
            base, *others = settings
            found = analysis.analyse(base, others, asked, workers=workers, workspace=workspace, quiet=quiet)
    except KeyboardInterrupt:
        typer.echo(f"\nInterrupted. Go on with: jjj-sim sensitivity --resume {out}", err=True)
        raise typer.Exit(130) from None
    drawn = options.save(found, out, (), () if no_charts else (lang,))
    shutil.rmtree(workspace, ignore_errors=True)
    if json_:
        typer.echo(json.dumps(_report(found, out), ensure_ascii=False, indent=2))
    elif not quiet:
        _print(found, out, lang)
    if found.manifest.get("sobol_refused"):
        raise typer.Exit(3)
    if not drawn:
        raise typer.Exit(1)


def _report(found: Sensitivity, folder: Path) -> dict[str, Any]:
    """Return what --json prints."""
    asked = ("scenarios", "year", "method", "moved", "held", "runs", "walls", "wall_seconds")
    kept = (*asked, "trajectories_left_out", "walls_of_sobol", "sobol_refused")
    return {
        "folder": str(folder),
        **{key: found.manifest[key] for key in kept if key in found.manifest},
        **{
            name: json.loads(getattr(found, name).to_json(orient="records")) for name in ("outcomes", "morris", "sobol")
        },
    }


def _print(found: Sensitivity, folder: Path, lang: str) -> None:
    """Print each outcome with the parameters that decide it, and what was left out."""
    from jjj_sim.sensitivity.reading import effects, title, way
    from jjj_sim.sensitivity.words import called
    from jjj_sim.wording.units import unit_for

    zh = lang == "zh"
    head = ("参数", "方向", "μ*", "±", "σ", "S1", "ST") if zh else ("parameter", "", "mu*", "+-", "sigma", "S1", "ST")
    arrows = {1: "升", -1: "降", 0: "两向"} if zh else {1: "raises", -1: "lowers", 0: "both"}
    for outcome in found.outcomes.to_dict("records"):
        rows = effects(found, outcome).head(_SHOWN)
        unit = unit_for(outcome["unit"], "zh" if zh else "en", max(rows["mu_star"].max(), 0.0))
        page.heading(f"{title(found, outcome, zh)} ({unit.name})", gap=True)
        cells: list[tuple[str, ...]] = [head]
        for row in rows.to_dict("records"):
            sizes = [_cell(row[key], unit.divisor) for key in ("mu_star", "conf", "sigma")]
            arrow = arrows[way(row)] if row["mu_star"] > 0.0 else ""
            parts = [_cell(row[key]) for key in ("S1", "ST")]
            cells.append((called(found.region, row["parameter"])[zh], arrow, *sizes, *parts))
        if len(cells) > 1:
            page.rows(cells, right=range(2, len(head)))
        else:
            page.paragraph("没有参数改变此项。" if zh else "No parameter changes it.")
    told = found.manifest
    if told.get("trajectories_left_out"):
        n, of = told["trajectories_left_out"], told["trajectories"]
        typer.echo(f"{of} 条轨迹中有 {n} 条遇到无法运行的点，已略去" if zh else f"{n} of {of} trajectories met a wall")
    if told.get("walls_of_sobol"):
        n = told["walls_of_sobol"]
        typer.echo(
            f"Sobol' 有 {n} 个点无法运行，取其余点均值" if zh else f"{n} points of Sobol' are walls, at the mean"
        )
    if told.get("sobol_refused"):
        typer.echo(
            "无法运行的点超过一成，未估计 Sobol' 指数" if zh else "Above a tenth are walls: no index of Sobol' is told"
        )
    typer.echo(
        f"{told['runs']} 个点，{told['wall_seconds']:.0f} 秒"
        if zh
        else f"{told['runs']} points, {told['wall_seconds']:.0f} s"
    )
    typer.echo(f"-> {folder}")


def _cell(value: float, divisor: float = 1.0) -> str:
    """Return a number of a table, nothing where there is none."""
    from jjj_sim.wording.units import number

    return "" if math.isnan(value) else number(value / divisor)
