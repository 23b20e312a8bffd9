"""`jjj-sim export`: a result or a comparison as a workbook, as CSV for spreadsheets, as a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options


def export(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a folder of `run` or `compare`")],
    xlsx: Annotated[bool, typer.Option("--xlsx", help="a workbook; what is written when nothing is asked for")] = False,
    csv: Annotated[
        bool, typer.Option("--csv", help="a folder of CSV that spreadsheets open, heads translated")
    ] = False,
    docx: Annotated[bool, typer.Option("--docx", help="a Word document of charts and tables")] = False,
    only: Annotated[str, typer.Option("--only", help="charts of the document, with commas between")] = "",
    table: Annotated[
        str,
        typer.Option(
            "--table", help="tables of the document: differences, winners, goals; of a result goals, headline"
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="folder to write into; RESULT's own", show_default=False)
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="language of heads, units and words: en or zh")] = "en",
) -> None:
    """Write the tables of a result or a comparison for others: a workbook, CSV, a Word document."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.exporting import document, files, workbook
    from jjj_sim.messages import say
    from jjj_sim.reporting.subject import of_folder
    from jjj_sim.wording.words import language

    spoken = language(options.language(lang))
    chosen = [[word.strip() for word in text.split(",") if word.strip()] for text in (only, table)]
    if any(chosen) and not docx:
        raise ScenarioError("--only" if chosen[0] else "--table", [say("only_docx")])
    if docx:
        document.require()
    place = out or folder
    options.check_writable(place)
    subject = of_folder(folder)
    name = "comparison" if subject.variants else "result"
    if xlsx or not (csv or docx):
        typer.echo(f"-> {workbook.write(subject, place / f'{name}.xlsx', spoken)}")
    if csv:
        typer.echo(f"-> {files.write(subject, place / 'tables', spoken)}")
    if docx:
        typer.echo(f"-> {document.write(subject, place / f'{name}.docx', spoken, *chosen)}")
