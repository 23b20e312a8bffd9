"""`jjj-sim report`: one HTML file of a result or a comparison, in both languages; as PDF where a browser prints it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options


def report(
    folder: Annotated[Path, typer.Argument(metavar="RESULT|COMPARISON", help="a folder of a run or a comparison")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="the file that is written; report-FOLDER.html beside the folder by default",
            show_default=False,
        ),
    ] = None,
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            help="a folder of `attribute` or `movers` of its scenarios; those next to it are found; repeatable",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="language it opens in, and of the PDF: en or zh")] = "en",
    pdf: Annotated[bool, typer.Option("--pdf", help="print it to A4 as well, beside it as .LANG.pdf")] = False,
) -> None:
    """Write a report: the answer in words, pictures, goals, who gains, how far to trust it; opens without a network."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say
    from jjj_sim.reporting import browser, extra, subject
    from jjj_sim.reporting.report import write
    from jjj_sim.wording.words import language

    spoken = language(options.language(lang))
    extra.require()
    if pdf:
        browser.browser()
    whole = folder.resolve()
    file = out or whole.with_name(f"report-{whole.name}.html")
    if file.suffix.lower() != ".html":
        raise ScenarioError("--out", [say("not_html", found=file)])
    options.check_writable(file.parent)
    write(subject.of_folder(folder, tuple(beside or ())), file, spoken)
    typer.echo(f"-> {file}")
    if pdf:
        typer.echo(f"-> {browser.print_pdf(file, file.with_suffix(f'.{spoken}.pdf'), spoken)}")
