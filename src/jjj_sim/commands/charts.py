"""`jjj-sim charts`: draw the charts of a saved result again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jjj_sim.commands import options

if TYPE_CHECKING:
    from jjj_sim.charts import Drawable

FORMATS = ("png", "svg", "pdf")


def charts(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a folder that a command has written")],
    formats: Annotated[str, typer.Option("--format", help="png, svg, pdf, with commas between")] = "png,svg",
    lang: Annotated[
        str, typer.Option("--lang", help="en, zh, with commas between; the folder's own when not given")
    ] = "",
    only: Annotated[str, typer.Option("--only", help="names of charts or variables, with commas between")] = "",
    years: Annotated[str, typer.Option("--years", help="the years drawn, such as 2013-2035")] = "",
    size: Annotated[str, typer.Option("--size", help="word (15 cm, 9 pt), slide (25 cm, 14 pt) or screen")] = "screen",
    svg_text: Annotated[bool, typer.Option("--svg-text", help="letters of an SVG stay text")] = False,
) -> None:
    """Draw the charts of what a command found again: some of them, in other years, sizes, formats or languages."""
    from jjj_sim.charts import draw, language_drawn, within

    place = folder / "charts"
    langs = options.words(lang, options.LANGS, "--lang") if lang else (language_drawn(place) or "en",)
    kinds = options.words(formats, FORMATS, "--format")
    names = tuple(name.strip() for name in only.split(",") if name.strip())
    span = options.span(years, "--years") if years else None
    found = _load(folder)
    if span is not None:
        found = within(found, span)
    draw(found, place, formats=kinds, langs=langs, only=names, size=size, svg_text=svg_text)
    typer.echo(f"-> {place}")


def _load(folder: Path) -> Drawable:
    """Return what a command has written into a folder."""
    from jjj_sim.attributing import attribution
    from jjj_sim.calibrating import calibration
    from jjj_sim.comparing import comparison, movers, variance
    from jjj_sim.running.result import kind_of, load
    from jjj_sim.sensitivity import analysis
    from jjj_sim.validating import validation

    homes = (calibration, validation, analysis, variance, comparison, movers, attribution)
    reads: dict[str, Callable[[Path], Drawable]] = {home.KIND: home.load for home in homes}
    return reads.get(kind_of(folder), load)(folder)
