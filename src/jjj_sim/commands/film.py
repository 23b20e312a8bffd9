"""`jjj-sim film`: a map of the zones year by year, as GIF and MP4."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options


def film(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a result, or a comparison")],
    variable: Annotated[
        str, typer.Option("--variable", help="population, firms, pm25, house_price ...; several with commas between")
    ] = "population",
    formats: Annotated[str, typer.Option("--format", help="gif, mp4 (needs ffmpeg), with commas between")] = "gif",
    relative_to: Annotated[
        int | None, typer.Option("--relative-to", help="show the change on this year", show_default=False)
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="en, zh, with commas between")] = "en",
    out: Annotated[
        Path | None, typer.Option("--out", help="where films are written; RESULT/charts by default", show_default=False)
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Film a variable: the zones coloured year by year on one scale; of a comparison what each variant changes."""
    from jjj_sim.charts import film as law
    from jjj_sim.comparing import comparison
    from jjj_sim.running.result import kind_of, load

    langs = options.words(lang, options.LANGS, "--lang")
    kinds = options.words(formats, law.FORMATS, "--format")
    names = [name.strip() for name in variable.split(",") if name.strip()]
    law.check(kinds)
    place = out or folder / "charts"
    options.check_writable(place)
    found = comparison.load(folder) if kind_of(folder) == comparison.KIND else load(folder)
    made = [one for name in names for word in langs for one in law.films(found, name, law.language(word), relative_to)]
    for one in made:
        stem = one.name if len(langs) == 1 else f"{one.name}.{one.lang}"
        for path in law.save(one, place, kinds, stem, quiet=quiet):
            if not quiet:
                typer.echo(f"-> {path}")
