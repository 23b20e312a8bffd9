"""`jjj-sim calibrate`: fit the parameters to the published figures, and tell what these leave open."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import options, page

if TYPE_CHECKING:
    from jjj_sim.calibrating import Calibration


def calibrate(
    as_of: Annotated[
        int | None, typer.Option("--as-of", help="use nothing of years after this one", show_default=False)
    ] = None,
    members: Annotated[int, typer.Option("--members", help="draws of the posterior, equally weighted")] = 200,
    quick: Annotated[bool, typer.Option("--quick", help="a look, in two minutes: few steps, few candidates")] = False,
    out: Annotated[Path, typer.Option("--out", help="the folder that is written")] = Path("results/calibration"),
    seed: Annotated[int, typer.Option("--seed", help="of the draws; the twin has no luck")] = 1,
    workers: options.Workers = None,
    parameters: Annotated[
        str | None,
        typer.Option(help="estimate these instead of the usual ones, with commas between", show_default=False),
    ] = None,
    ship: Annotated[
        bool, typer.Option("--ship", help="put the draws into the region's folder: its runs take them from then on")
    ] = False,
    resume: Annotated[
        Path | None, typer.Option(help="go on with an interrupted calibration of this folder", show_default=False)
    ] = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Fit the twin to the published figures; write parameters, draws, loss and charts into a folder."""
    from jjj_sim import calibrating
    from jjj_sim.calibrating import calibration, shipping
    from jjj_sim.errors import ScenarioError
    from jjj_sim.region import load
    from jjj_sim.running.result import check_free

    lang = options.language(lang)
    if resume is not None:
        out = resume.with_name(resume.name.removesuffix(options.UNFINISHED))
    workspace = out.with_name(out.name + options.UNFINISHED)
    options.check_writable(out.parent)
    check_free(out)
    try:
        if resume is not None:
            found = calibration.resume(workspace, workers=workers, quiet=quiet)
        else:
            if region is not None and not (region / "region.toml").is_file():
                raise ScenarioError("--region", [f"{region} is no region's folder: it has no region.toml"])
            effort = calibrating.QUICK if quick else calibrating.FULL
            request = calibration.Request(as_of, members, seed, effort)
            if parameters is not None:
                request = replace(request, names=tuple(name.strip() for name in parameters.split(",")))
            place = load(region.resolve()) if region else None
            found = calibration.calibrate(
                "baseline", request, region=place, workers=workers, workspace=workspace, quiet=quiet
            )
    except KeyboardInterrupt:
        typer.echo(f"\nInterrupted. Go on with: jjj-sim calibrate --resume {out}", err=True)
        raise typer.Exit(130) from None
    drawn = options.save(found, out, (), () if no_charts else (lang,))
    shutil.rmtree(workspace, ignore_errors=True)
    if ship:
        shipping.ship(found)
    if json_:
        typer.echo(json.dumps(_report(found, out), ensure_ascii=False, indent=2))
    elif not quiet:
        _print(found, out, lang)
    if not drawn:
        raise typer.Exit(1)


def _report(found: Calibration, folder: Path) -> dict[str, Any]:
    """Return what --json prints."""
    kept = ("fit", "fit_inflated", "posterior", "wave", "runs", "wall_seconds", "peak_memory_mb")
    return {
        "folder": str(folder),
        **{key: found.manifest[key] for key in kept},
        "loss": found.loss.to_dict("records"),
        "parameters": json.loads(found.parameters.to_json(orient="records")),
    }


def _print(found: Calibration, folder: Path, lang: str) -> None:
    """Print the loss by block, the parameters and how the search ended."""
    from jjj_sim.calibrating.figures import ZH

    zh = lang == "zh"
    say = ZH if zh else {word: word for word in ZH}
    numbers = ("weight", "default", "mode", "draws")
    _table(
        "各板块损失（正确模型约等于权重）" if zh else "Loss by block; a right model has about the weight",
        ["板块", "数据数", "权重", "默认", "拟合", "抽样均值"]
        if zh
        else ["block", "figures", "weight", "defaults", "mode", "draws, mean"],
        [
            (say[str(row["block"])], str(row["figures"]), *(f"{row[n]:.1f}" for n in numbers))
            for row in found.loss.to_dict("records")
        ],
    )
    _table(
        "参数" if zh else "Parameters",
        ["名称", "默认", "拟合", "90%区间", "后验/先验标准差", "依据"]
        if zh
        else ["name", "default", "mode", "90 %", "sd over prior's", "decided by"],
        [
            (
                str(row["name"]).removeprefix("parameters."),
                f"{row['default']:.3g}",
                f"{row['mode']:.3g}" + (f" ({say[str(row['bound'])]})" if row["bound"] else ""),
                f"{row['low']:.3g} .. {row['high']:.3g}",
                f"{row['shrinkage']:.2f}",
                say[str(row["says"])],
            )
            for row in found.parameters.to_dict("records")
        ],
    )
    ending, drawn = found.manifest["fit"], found.manifest["posterior"]
    inside = int((found.figures["status"] == "inside").sum())
    before = int((found.figures["status_default"] == "inside").sum())
    n, ess = len(found.figures), drawn["effective_sample_size"]
    members, distinct = len(found.draws), drawn["distinct_draws"]
    runs, seconds = found.manifest["runs"], found.manifest["wall_seconds"]
    if zh:
        typer.echo(f"落入可接受区间：默认 {before}/{n}，拟合 {inside}/{n}")
        typer.echo(
            f"后验：{members} 次抽样（{distinct} 个不同），有效样本量 {ess:.0f}；{runs} 次运行，{seconds:.0f} 秒"
        )
    else:
        typer.echo(f"Inside the accepted range: {before} of {n} at the defaults, {inside} at the mode")
        typer.echo(f"The fit: {ending['points']} points, gradient {ending['gradient']:.2g}; {ending['ended']}")
        typer.echo(
            f"The posterior: {members} draws, {distinct} distinct, effective sample size {ess:.0f} of "
            f"{drawn['candidates']}; {runs} runs in {seconds:.0f} s"
        )
    typer.echo(f"-> {folder}")


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    page.heading(title, gap=True)
    page.rows([headings, *rows], right=range(1, len(headings)))
