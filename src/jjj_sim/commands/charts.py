"""`jjj-sim charts`: draw the charts of a saved result again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options

FORMATS = ("png", "svg", "pdf")


def charts(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a folder that a command has written")],
    formats: Annotated[str, typer.Option("--format", help="png, svg, pdf, with commas between")] = "png,svg",
    lang: Annotated[str, typer.Option("--lang", help="en, zh, with commas between")] = "en",
) -> None:
    """Draw the charts of what a command found again, in other formats or languages."""
    from jjj_sim.attributing import attribution
    from jjj_sim.calibrating import calibration
    from jjj_sim.comparing import comparison, movers, variance
    from jjj_sim.running.result import kind_of, load
    from jjj_sim.sensitivity import analysis
    from jjj_sim.validating import validation

    langs = options.words(lang, options.LANGS, "--lang")
    kinds = options.words(formats, FORMATS, "--format")
    homes = (calibration, validation, analysis, variance, comparison, movers, attribution)
    reads = {home.KIND: home.load for home in homes}
    options.draw(reads.get(kind_of(folder), load)(folder), folder / "charts", langs, kinds)
    typer.echo(f"-> {folder / 'charts'}")
