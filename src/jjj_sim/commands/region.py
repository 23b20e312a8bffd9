"""`jjj-sim region check`: whether a folder is a region that the model can run on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Regions: the folders of zones, tables and policy that the model runs on.", no_args_is_help=True)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="the region's folder, with region.toml", show_default=False)],
) -> None:
    """Check a region's folder: its zones, tables, parameters and levers; every fault is told at once."""
    from jjj_sim.errors import DataError, ScenarioError

    if not folder.is_dir():
        raise ScenarioError(str(folder), ["no such folder; a region is a folder with region.toml and zones.csv"])
    told, problems = _told(folder.resolve())
    if problems:
        raise DataError("\n".join(problems))
    typer.echo("\n".join(told))


def _told(folder: Path) -> tuple[list[str], list[str]]:
    """Return what is said of a region, and all that is wrong with it."""
    from jjj_sim.errors import DataError
    from jjj_sim.processes import SCHEDULE
    from jjj_sim.region import load
    from jjj_sim.region.data import TOPICS
    from jjj_sim.scenario.draft import published

    problems: list[str] = []
    try:
        region = load(folder)
    except DataError as error:
        return [], [str(error)]
    for part in (region.tables, lambda: published(region), lambda: [kind(region) for kind in SCHEDULE]):
        try:
            part()
        except (DataError, ValueError) as error:
            problems.append(str(error))
    n_tables = sum(len(topic.declared()) for topic in TOPICS)
    roles = ", ".join(name for name, mask in region.roles.items() if mask.any())
    return [
        f"{region.id}: {region.title} {region.title_zh}",
        f"  {region.n_zones} zones in {region.n_provinces} provinces; roles filled: {roles}",
        f"  {n_tables} tables, {len(region.keyed)} parameters by place, {len(published(region))} levers: all in order",
        f"  sha256 {region.sha256}",
    ] if not problems else [], problems
