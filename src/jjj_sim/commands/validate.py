"""`jjj-sim validate`: judge the calibration by years that it never saw, beside forecasts that need no model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import options, page

if TYPE_CHECKING:
    from jjj_sim.validating import Validation

# What a look leaves of draws and known truths.
_MEMBERS, _TRUTHS = 16, 4


def validate(
    origins: Annotated[
        str, typer.Option("--origins", help="last years known, with commas between")
    ] = "2016,2018,2020,2022",
    members: Annotated[int, typer.Option("--members", help="draws of the posterior as of each origin")] = 64,
    quick: Annotated[
        bool,
        typer.Option("--quick", help=f"a look: few steps, at most {_MEMBERS} draws an origin and {_TRUTHS} truths"),
    ] = False,
    out: Annotated[Path, typer.Option("--out", help="the folder that is written")] = Path("results/validation"),
    recovery: Annotated[int, typer.Option("--recovery", help="known truths to be found again; 0 for none")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="of the draws; the twin has no luck")] = 1,
    workers: options.Workers = None,
    resume: Annotated[
        Path | None, typer.Option(help="go on with an interrupted validation of this folder", show_default=False)
    ] = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Calibrate as of earlier years and judge what that says of later ones; write tables and charts into a folder."""
    from jjj_sim.calibrating.space import space
    from jjj_sim.running.result import check_free
    from jjj_sim.validating import validation

    lang = options.language(lang)
    if resume is not None:
        out = resume.with_name(resume.name.removesuffix(options.UNFINISHED))
    workspace = out.with_name(out.name + options.UNFINISHED)
    options.check_writable(out.parent)
    check_free(out)
    try:
        if resume is not None:
            found = validation.resume(workspace, workers=workers, quiet=quiet)
        else:
            if quick:
                members, recovery = min(members, _MEMBERS), min(recovery, _TRUTHS)
            effort = validation.LOOK if quick else validation.HELD_OUT
            request = validation.Request(_years(origins), members, recovery, seed, effort)
            request.check()
            place = options.region_of(region)
            if not quiet:
                runs = request.runs(len(space(place)))
                typer.echo(
                    f"最多运行孪生模型 {runs} 次" if lang == "zh" else f"At most {runs} runs of the twin", err=True
                )
            found = validation.validate(
                "baseline", request, region=place, workers=workers, workspace=workspace, quiet=quiet
            )
    except KeyboardInterrupt:
        typer.echo(f"\nInterrupted. Go on with: jjj-sim validate --resume {out}", err=True)
        raise typer.Exit(130) from None
    drawn = options.save(found, out, (), () if no_charts else (lang,))
    shutil.rmtree(workspace, ignore_errors=True)
    if json_:
        typer.echo(json.dumps(_report(found, out), ensure_ascii=False, indent=2))
    elif not quiet:
        _print(found, out, lang)
    if not drawn:
        raise typer.Exit(1)


def _years(text: str) -> tuple[int, ...]:
    """Return the years of a list such as "2016,2020"; ScenarioError for what is none."""
    from jjj_sim.errors import ScenarioError

    words = [word.strip() for word in text.split(",") if word.strip()]
    wrong = [word for word in words if not (word.isascii() and word.isdigit())]
    if wrong:
        raise ScenarioError("--origins", [f"{w!r} is no year; write years like 2016,2020" for w in wrong])
    return tuple(map(int, words))


def _report(found: Validation, folder: Path) -> dict[str, Any]:
    """Return what --json prints."""
    from jjj_sim.calibrating.recovery import summary

    whole = found.wins[found.wins["by"].isin(["all", "origin", "variable"])]
    tables = {"wins": whole, "coverage": found.coverage, "predictive": found.predictive}
    if len(found.recovery):
        tables["recovery"] = summary(found.recovery)
    return {
        "folder": str(folder),
        **{key: found.manifest[key] for key in ("origins", "members", "truths", "runs", "wall_seconds")},
        **{name: json.loads(table.to_json(orient="records")) for name, table in tables.items()},
    }


def _print(found: Validation, folder: Path, lang: str) -> None:
    """Print who is nearer, how often intervals hold, where the model loses and wins, and known truths."""
    zh, rows, told = lang == "zh", found.holdout, found.manifest
    mine = rows[rows["forecaster"] == "model"]
    n, series = len(mine), len(mine[["variable", "area"]].drop_duplicates())
    years = "、".join(map(str, told["origins"])) if zh else ", ".join(map(str, told["origins"]))
    runs, seconds = told["runs"], told["wall_seconds"]
    page.heading(
        f"样本外检验：以 {years} 年为界，{series} 个序列的 {n} 个数据；{runs} 次运行，{seconds:.0f} 秒"
        if zh
        else f"Years never seen: origins {years}; {n} figures of {series} series; {runs} runs in {seconds:.0f} s"
    )
    _nearer(found, lang)
    _held(found, lang)
    _lost_and_won(found, lang)
    if len(found.recovery):
        _truths(found, lang)
    typer.echo(f"-> {folder}")


def _nearer(found: Validation, lang: str) -> None:
    """Print in how many series the model is nearer than each rival."""
    from jjj_sim.validating.holdout import ANCHORED, MODEL
    from jjj_sim.validating.scores import RIVALS
    from jjj_sim.validating.words import word

    zh = lang == "zh"
    whole = found.wins[found.wins["by"] == "all"].to_dict("records")
    cells = {(row["forecaster"], row["rival"]): f"{row['won']}/{row['series']} ({row['skill']:+.2f})" for row in whole}
    page.heading(
        "误差更小的序列数（技巧中位数）" if zh else "Series in which the model is nearer (median skill)", gap=True
    )
    table = [["对手" if zh else "rival", word(MODEL, lang), word(ANCHORED, lang)]]
    for rival in RIVALS:
        if (MODEL, rival) in cells:
            table.append([word(rival, lang), cells[MODEL, rival], cells.get((ANCHORED, rival), "")])
    _table(table)


def _held(found: Validation, lang: str) -> None:
    """Print how often intervals of 90 % hold, by what they are made of."""
    from jjj_sim.validating.holdout import INTERVALS
    from jjj_sim.validating.words import word

    zh = lang == "zh"
    rows = found.coverage[found.coverage["forecaster"] == "model"]
    kinds = [kind for kind in INTERVALS if (rows["intervals"] == kind).any()]
    page.heading("90%区间包含公布值的比例" if zh else "Intervals of 90 % hold", gap=True)
    table = [["分界年" if zh else "origin", *(word(kind, lang) for kind in kinds)]]
    for by in ("origin", "all"):
        for value, part in rows[rows["by"] == by].groupby("value", sort=False):
            share = part.set_index("intervals")["inside_90"]
            table.append([word(str(value), lang), *(f"{share[kind]:.0%}" for kind in kinds)])
    _table(table)


def _lost_and_won(found: Validation, lang: str) -> None:
    """Print the variables in which the model loses against the naive chosen in advance, then those it wins."""
    from jjj_sim.validating.scores import CHOSEN
    from jjj_sim.wording.words import language, short

    zh, rows = lang == "zh", found.wins
    rows = rows[(rows["by"] == "variable") & (rows["forecaster"] == "model") & (rows["rival"] == CHOSEN)]
    lost, won = rows[rows["skill"] <= 0].sort_values("skill"), rows[rows["skill"] > 0].sort_values("skill")[::-1]
    names = {True: "输给事先选定的简单方法" if zh else "Loses against the naive chosen in advance"}
    names[False] = "胜过" if zh else "Wins against it"
    for some, title in ((lost, names[True]), (won, names[False])):
        page.heading(title, gap=True)
        label = [short(found.region, str(v), language(lang)) for v in some["value"]]
        cells = zip(label, some["won"], some["series"], some["skill"], strict=True)
        _table([name, f"{int(a)}/{int(b)}", f"{skill:+.2f}"] for name, a, b, skill in cells)


def _truths(found: Validation, lang: str) -> None:
    """Print what became of the known truths."""
    from jjj_sim.calibrating.recovery import summary

    table = summary(found.recovery)
    prior = [str(name) for name, says in zip(table["name"], table["says"], strict=True) if says == "prior"]
    n, held = found.recovery["truth"].nunique(), found.recovery["inside_90"].mean()
    page.heading("已知真值" if lang == "zh" else "Known truths", gap=True)
    if lang == "zh":
        page.paragraph(f"{n} 个；90%区间包含真值的比例 {held:.0%}；由先验决定：{'、'.join(prior) or '无'}。")
    else:
        page.paragraph(f"{n}; intervals of 90 % hold {held:.0%}; left to their priors: {', '.join(prior) or 'none'}.")


def _table(rows: Iterable[list[str]]) -> None:
    """Print rows, all but the first column to the right."""
    listed = list(rows)
    if listed:
        page.rows([[*row, ""] for row in listed], right=range(1, len(listed[0])), narrow=0)
