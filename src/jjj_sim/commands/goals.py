"""`jjj-sim goals`: progress to the goals of 2030."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options


def goals(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a result folder")],
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """Show the goals of 2030: thresholds with their basis, and the chance of meeting them."""
    from jjj_sim.judging import summary
    from jjj_sim.running.result import load

    lang = options.language(lang)
    table = load(folder).goals
    if json_:
        typer.echo(json.dumps(json.loads(table.to_json(orient="records")), ensure_ascii=False, indent=2))
    else:
        typer.echo(summary.render_goals(table, lang))
