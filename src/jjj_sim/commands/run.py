"""`jjj-sim run`: run scenarios, write a result folder each, print what came out."""

from __future__ import annotations

import functools
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import alarms, options, summary

if TYPE_CHECKING:
    from jjj_sim.running.result import Filler, Result
    from jjj_sim.scenario import Scenario


def run(
    scenarios: Annotated[
        list[str] | None, typer.Argument(help="scenario files, or names of shipped ones", show_default=False)
    ] = None,
    out: options.Out = Path("results"),
    members: options.Members = 1,
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
    checkpoint: Annotated[
        str | None, typer.Option(help="save the worlds after this quarter, e.g. 2020Q4", show_default=False)
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(help="go on with an interrupted run, or from a checkpoint", show_default=False),
    ] = None,
    workers: options.Workers = None,
    scheduler: options.Scheduler = None,
    fresh: options.Fresh = False,
    no_store: options.NoStore = False,
) -> None:
    """Run scenarios, write a result folder each, and print a summary beside the published figures."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.judging.judge import judge
    from jjj_sim.running import ensemble
    from jjj_sim.running.result import check_free
    from jjj_sim.scenario import idle_levers

    lang = options.language(lang)
    if bool(scenarios) == (resume is not None):
        raise ScenarioError("run", ["name at least one scenario, or --resume a folder, not both"])
    jobs: list[tuple[Path, Scenario | None]] = []
    if resume is not None:
        jobs.append((_take_up(resume), None))
    else:
        settings = [options.scenario(text, set_, scale, region) for text in scenarios or []]
        options.tell_apart(settings, "run")
        options.check_writable(out)
        jobs += [(out / s.name, s) for s in settings]
    for folder, _ in jobs:
        check_free(folder)
    store = options.store(fresh, no_store)
    where: dict[str, Any] = {"workers": workers, "scheduler": scheduler, "store": store, "quiet": quiet}
    reports, failed, undrawn = [], False, False
    for folder, scenario in jobs:
        workspace = folder.with_name(folder.name + options.UNFINISHED)
        try:
            if scenario is None:
                result = ensemble.resume(workspace, **where)
            else:
                result = ensemble.run(
                    scenario,
                    members,
                    seed,
                    twin=twin,
                    fixed_parameters=fixed_parameters,
                    checkpoint=checkpoint,
                    workspace=workspace,
                    **where,
                )
        except KeyboardInterrupt:
            raise options.interrupted(lang, folder, kept=store is not None) from None
        idle = [] if scenario is None else idle_levers(scenario)
        result = judge(result, idle)
        fill: list[Filler] = [functools.partial(ensemble.keep_checkpoint, workspace)]
        undrawn |= not options.save(result, folder, fill, () if no_charts else (lang,))
        ensemble.discard(workspace)
        failed |= bool(result.manifest["failed"])
        reports.append(_report(result, folder, idle))
        options.tell_failed(result.manifest["failed"], lang)
        if not json_ and not quiet:
            _print(result, folder, lang)
    if json_:
        typer.echo(json.dumps({"results": reports}, ensure_ascii=False, indent=2))
    if failed or undrawn:
        raise typer.Exit(3 if failed else 1)


def _take_up(folder: Path) -> Path:
    """Return the result folder of a run to go on with, its workspace made ready beside it.

    `folder` is the result folder, its unfinished workspace, or the checkpoint inside a result.
    """
    from jjj_sim.errors import DataError
    from jjj_sim.running.ensemble import CHECKPOINT, REQUEST

    if folder.name.endswith(options.UNFINISHED):
        folder = folder.with_name(folder.name.removesuffix(options.UNFINISHED))
    elif folder.name == CHECKPOINT and (folder / REQUEST).is_file():
        folder = folder.parent
    workspace = folder.with_name(folder.name + options.UNFINISHED)
    if (workspace / REQUEST).is_file():
        return folder
    if not (folder / CHECKPOINT / REQUEST).is_file():
        raise DataError(f"{folder} holds nothing to resume: neither {workspace.name} nor a checkpoint is there")
    shutil.copytree(folder / CHECKPOINT, workspace)
    return folder


def _report(result: Result, folder: Path, idle: list[str]) -> dict[str, Any]:
    """Return what --json prints of one result."""
    from jjj_sim.judging.summary import rows

    return {
        "scenario": result.name,
        "folder": str(folder),
        "members": result.manifest["members"],
        "seed": result.manifest["seed"],
        "failed": result.manifest["failed"],
        "from_store": result.manifest["from_store"],
        "idle_levers": idle,
        "alarms": result.manifest["alarms"],
        "wall_seconds": result.manifest["wall_seconds"],
        "evidence": result.evidence["status"].value_counts().to_dict(),
        "summary": rows(result),
    }


def _print(result: Result, folder: Path, lang: str) -> None:
    """Print the summary of one result."""
    zh = lang == "zh"
    summary.show(result, "zh" if zh else "en")
    alarms.show(result.manifest, lang)
    if kept := result.manifest["from_store"]:
        members = result.manifest["members"]
        typer.echo(f"{members} 个成员中 {kept} 个取自存储库" if zh else f"{kept} of {members} members from the store")
    typer.echo(f"-> {folder}")
