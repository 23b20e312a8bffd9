"""`jjj-sim new`: a scenario file to fill in; runs nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from jjj_sim.commands import options, page


def new(
    name: Annotated[str, typer.Argument(help="what the scenario is to be called, or where its file is to stand")],
    base: Annotated[str, typer.Option("--from", help="the scenario it starts from")] = "baseline",
    parameters: Annotated[bool, typer.Option("--parameters", help="write the parameters of behaviour as well")] = False,
    region: options.Region = None,
    lang: options.Lang = "en",
) -> None:
    """Write a scenario file with every lever at its current value, each behind a # until it is changed."""
    from jjj_sim.commands.form import form
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    zh = options.language(lang) == "zh"
    path = Path(name if name.endswith(".toml") else f"{name}.toml")
    scenario = options.scenario(base, None, None, region)
    if path.exists():
        raise ScenarioError("new", [say("in_the_way", path=path)])
    text = form(scenario, _extends(base, path), path.stem, zh=zh, behaviour=parameters)
    options.check_file(path)
    path.write_text(text, encoding="utf-8")
    page.paragraph(f"-> {path}", 0)
    page.paragraph(f"改好后：jjj-sim check {path} --lang zh" if zh else f"Edit it, then: jjj-sim check {path}", 0)


def _extends(base: str, path: Path) -> str:
    """Return how the file at `path` names its parent; ScenarioError for one outside its folder."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say
    from jjj_sim.scenario import shipped_folder

    file, folder = Path(base), path.parent.resolve()
    if not file.is_file() or file.resolve().is_relative_to(shipped_folder().resolve()):
        return file.stem
    if not file.resolve().is_relative_to(folder):
        raise ScenarioError("new", [say("new_outside_tree", base=base, folder=folder)])
    return Path(os.path.relpath(file.resolve(), folder)).as_posix()
