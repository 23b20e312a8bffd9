"""`jjj-sim region`: whether a folder is a region that the model can run on, and a coarser one made from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Regions: the folders of zones, tables and policy that the model runs on.", no_args_is_help=True)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="the region's folder, with region.toml", show_default=False)],
) -> None:
    """Check a region's folder: zones, tables, parameters, levers, targets, goals; every fault is told at once."""
    from jjj_sim.errors import DataError, ScenarioError

    if not folder.is_dir():
        raise ScenarioError(str(folder), ["no such folder; a region is a folder with region.toml and zones.csv"])
    told, problems = _told(folder.resolve())
    if problems:
        raise DataError("\n".join(problems))
    typer.echo("\n".join(told))


@app.command()
def merge(
    source: Annotated[str, typer.Argument(help="a shipped region's id, or a region's folder", show_default=False)],
    folder: Annotated[Path, typer.Argument(help="the folder to make, not there yet", show_default=False)],
    by: Annotated[str, typer.Option(help="a column of zones.csv: province, area, or who publishes")] = "",
    zones: Annotated[Path | None, typer.Option(help='a TOML file with lines name = ["zone", "zone"]')] = None,
) -> None:
    """Make a coarser region: zones put together by a column or as a file says; what is left out is told."""
    from jjj_sim import merging, regions
    from jjj_sim.errors import DataError, ScenarioError

    if bool(by) == (zones is not None):
        raise ScenarioError(
            "region merge", ["say how zones are put together: --by COLUMN or --zones FILE, one of them"]
        )
    try:
        region = regions.find(Path(source).name, source if Path(source).is_dir() else None)
    except DataError as error:
        raise ScenarioError(source, [str(error)]) from None
    wanted = merging.from_file(zones) if zones is not None else merging.by_column(region, by)
    found = merging.merge(merging.groups(region, wanted), folder)
    told, problems = _told(found.region.folder)
    if problems:
        shutil.rmtree(folder)
        raise DataError("\n".join(problems))
    typer.echo("\n".join([*told, *(f"  note: {note}" for note in found.notes)]))


def _told(folder: Path) -> tuple[list[str], list[str]]:
    """Return what is said of a region, and all that is wrong with it."""
    from jjj_sim.errors import DataError
    from jjj_sim.judging.goal_indicators import goals_of
    from jjj_sim.judging.targets import targets
    from jjj_sim.region import load
    from jjj_sim.region.data import TOPICS
    from jjj_sim.satellites import QUARTER
    from jjj_sim.scenario.draft import published

    problems: list[str] = []
    try:
        region = load(folder)
    except DataError as error:
        return [], [str(error)]
    parts: tuple[Callable[[], object], ...] = (
        region.tables,
        lambda: published(region),
        lambda: [kind(region) for kind in QUARTER],
        lambda: targets(region),
        lambda: goals_of(region),
    )
    for part in parts:
        try:
            part()
        except (DataError, ValueError) as error:
            problems.append(str(error))
    n_tables = sum(len(topic.declared()) for topic in TOPICS if topic.present(region.folder / "tables"))
    roles = ", ".join(name for name, mask in region.roles.items() if mask.any())
    return [
        f"{region.id}: {region.title} {region.title_zh}",
        f"  {region.n_zones} zones in {region.n_provinces} provinces; roles filled: {roles}",
        f"  {n_tables} tables, {len(region.keyed)} parameters by place, {len(published(region))} levers: all in order",
        f"  sha256 {region.sha256}",
    ] if not problems else [], list(dict.fromkeys(problems))
