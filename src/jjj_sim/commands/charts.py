"""`jjj-sim charts`: draw the charts of a saved result again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options

FORMATS = ("png", "svg", "pdf")


def charts(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a folder of run or calibrate")],
    formats: Annotated[str, typer.Option("--format", help="png, svg, pdf, with commas between")] = "png,svg",
    lang: Annotated[str, typer.Option("--lang", help="en, zh, with commas between")] = "en",
) -> None:
    """Draw the charts of a result or a calibration again, in other formats or languages."""
    from jjj_sim.calibrating import calibration
    from jjj_sim.running.result import load

    langs = options.words(lang, options.LANGS, "--lang")
    kinds = options.words(formats, FORMATS, "--format")
    found = calibration.load(folder) if calibration.is_one(folder) else load(folder)
    options.draw(found, folder / "charts", langs, kinds)
    typer.echo(f"-> {folder / 'charts'}")
