"""`jjj-sim serve`: a page on this machine with levers, and what they change, at once."""

from __future__ import annotations

from typing import Annotated

import typer

from jjj_sim.commands import options


def serve(
    scenario: Annotated[
        str | None,
        typer.Argument(metavar="[SCENARIO]", help="a shipped scenario or a file that the page opens with"),
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="the port; 0 is one that is free")] = 0,
    members: Annotated[
        int, typer.Option("--members", min=0, help="members of the posterior that give the intervals; 0 for none")
    ] = 16,
    lang: Annotated[str, typer.Option("--lang", help="language that it opens in: en or zh")] = "en",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="open no browser, only tell the address")] = False,
) -> None:
    """Open a page with levers by question: what they change, a map, the goals; for this machine alone, until Ctrl-C."""
    import webbrowser

    from jjj_sim.serving import extra
    from jjj_sim.wording.words import language

    spoken = language(options.language(lang))
    extra.require()
    from jjj_sim.serving import server

    with server.listening(port, members, spoken, scenario) as running:
        told = "本机网页（Ctrl-C 结束）" if spoken == "zh" else "On this machine alone, until Ctrl-C"
        typer.echo(f"{told}: {running.address}")
        if not no_browser:
            webbrowser.open(running.address)
        running.wait()
