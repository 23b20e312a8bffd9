"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jjj_sim.calibrating import Calibration
    from jjj_sim.charts import Drawable
    from jjj_sim.reaching import Reach
    from jjj_sim.region import Region as Place
    from jjj_sim.running.result import Filler, Result
    from jjj_sim.running.store import Store
    from jjj_sim.scenario import Scenario
    from jjj_sim.scenario.load import Grown
    from jjj_sim.sensitivity import Sensitivity
    from jjj_sim.validating import Validation

Out = Annotated[Path, typer.Option("--out", help="where result folders are written")]
Members = Annotated[int, typer.Option("--members", min=1, help="how many members, each with its own luck")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="member m draws from hash(seed, m)")]
Scale = Annotated[
    int | None,
    typer.Option("--scale", min=1, help="residents an agent stands for; the scenario's by default"),
]
Twin = Annotated[bool, typer.Option("--twin", help="expected counts instead of agents")]
FixedParameters = Annotated[
    bool, typer.Option("--fixed-parameters", help="members at default parameters, not draws of the posterior")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="set a.b=v, as in a scenario file; repeatable", show_default=False),
]
Region = Annotated[
    Path | None,
    typer.Option("--region", help="a region's folder, run instead of the shipped region", show_default=False),
]
Lang = Annotated[str, typer.Option("--lang", help="language of the summary and the charts: en or zh")]
Quiet = Annotated[bool, typer.Option("--quiet", help="no progress, no summary")]
Json = Annotated[bool, typer.Option("--json", help="print the summary as JSON")]
NoCharts = Annotated[bool, typer.Option("--no-charts", help="draw no charts")]

Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="processes; one per processor by default", show_default=False)
]

Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", help="a dask scheduler, tcp://host:port, whose workers run the members", show_default=False
    ),
]
Fresh = Annotated[bool, typer.Option("--fresh", help="run members that the store has, and keep them anew")]
NoStore = Annotated[bool, typer.Option("--no-store", help="neither read the store of members nor write it")]

LANGS = ("en", "zh")
# What the folder of work that is not done is called, after the folder that it makes.
UNFINISHED = ".unfinished"


def scenario(text: str, settings: list[str] | None, scale: int | None, region: Path | None = None) -> Scenario:
    """Return the scenario that `text` names, of the region in the folder `region`, --set and --scale laid over it."""
    return grown(text, settings, scale, region).scenario


def region_of(folder: Path | None) -> Place:
    """Return the region of a folder, the shipped one where none is named."""
    from jjj_sim import regions
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say
    from jjj_sim.region import load

    if folder is None:
        return regions.default()
    if not (folder / "region.toml").is_file():
        raise ScenarioError("--region", [say("no_region", folder=folder)])
    return load(folder.resolve())


def grown(text: str, settings: list[str] | None, scale: int | None, region: Path | None = None) -> Grown:
    """Return the same beside what it changes."""
    from jjj_sim.scenario import grow

    given = list(settings or [])
    if scale is not None:
        given.append(f"population.residents_per_agent={scale}")
    return grow(text, given, region=region_of(region))


def store(fresh: bool, no_store: bool) -> Store | None:
    """Return the store of members, None where it is not wanted; ScenarioError when both options are given."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say
    from jjj_sim.running.store import Store, place

    if fresh and no_store:
        raise ScenarioError("--no-store", [say("fresh_or_no_store")])
    return None if no_store or place() is None else Store(fresh=fresh)


def interrupted(lang: str, resume: Path | None = None, *, kept: bool) -> typer.Exit:
    """Say after Ctrl-C how to go on, and return what ends the command: where members are `kept`, the same command does,
    and a run can be taken up from the folder `resume`.
    """
    words = [word for word in sys.argv[1:] if word != "--fresh"]
    ways = [shlex.join(["jjj-sim", *words])] if kept else []
    ways += [] if resume is None else [f"jjj-sim run --resume {shlex.quote(str(resume))}"]
    zh = lang == "zh"
    if kept:
        text = (
            "已中断；完成的成员已保存，重复同一命令即可继续"
            if zh
            else ("Interrupted. What is done is kept; the same command goes on")
        )
    else:
        text = "已中断" if zh else "Interrupted"
        text += ("；继续请用" if zh else ". Go on with") if ways else ("。" if zh else ".")
    typer.echo(
        "\n" + text + ((("：" if zh else ":") + "".join(f"\n  {way}" for way in ways)) if ways else ""), err=True
    )
    return typer.Exit(130)


def tell_failed(failed: Mapping[str, str], lang: str, of: str = "") -> None:
    """Say on standard error which members failed and why, `of` which scenario where there are several."""
    for member, problem in failed.items():
        name = f"{of}: " if of else ""
        typer.echo(
            f"{name}成员 {member} 失败：{problem}" if lang == "zh" else f"{name}Member {member} failed: {problem}",
            err=True,
        )


def tell_apart(scenarios: Sequence[Scenario], command: str) -> None:
    """Make sure that no two scenarios share a name; ScenarioError names those that do."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    names = [scenario.name for scenario in scenarios]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise ScenarioError(command, [say("same_name", name=name) for name in twice])


def members_or_auto(text: str) -> int | None:
    """Return how many members `text` asks for, None for "auto"; ScenarioError for what is neither."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    if text.strip() == "auto":
        return None
    try:
        asked = int(text)
    except ValueError:
        asked = 0
    if asked < 1:
        raise ScenarioError("--members", [say("no_members", found=repr(text))])
    return asked


def words(text: str, legal: tuple[str, ...], option: str) -> tuple[str, ...]:
    """Return the words of a list such as "png,svg"; ScenarioError for one that is not legal."""
    from jjj_sim.errors import ScenarioError, nearest
    from jjj_sim.messages import say

    found = tuple(word.strip() for word in text.split(",") if word.strip())
    strange = [w for w in found if w not in legal]
    wrong = [say("no_choice", found=repr(w), legal=legal, guess=nearest(w, legal)) for w in strange]
    if wrong or not found:
        raise ScenarioError(option, wrong or [say("no_choice_given", legal=legal)])
    return found


def language(text: str) -> str:
    """Return the one language that --lang asks for; ScenarioError for none or several."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    found = words(text, LANGS, "--lang")
    if len(found) > 1:
        raise ScenarioError("--lang", [say("one_choice", legal=LANGS, found=text)])
    return found[0]


def draw(
    result: Drawable,
    folder: Path,
    langs: tuple[str, ...],
    formats: tuple[str, ...] = ("png", "svg"),
) -> None:
    """Draw the charts of a result of any kind into `folder`."""
    from jjj_sim import charts

    charts.draw(result, folder, formats=formats, langs=langs)


def span(text: str, option: str) -> tuple[int, int]:
    """Return the first and the last year of a span such as 2013-2035; ScenarioError for what is none."""
    import re

    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    found = re.fullmatch(r"\s*(\d{4})\s*[-\u2013\u2014]\s*(\d{4})\s*", text)
    if not found:
        raise ScenarioError(option, [say("years_no_span", found=repr(text))])
    return int(found[1]), int(found[2])


def check_file(path: Path) -> None:
    """Make sure that a file can be written at `path`; ScenarioError when not."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    if path.is_dir():
        raise ScenarioError("--out", [say("a_folder", path=path)])
    check_writable(path.parent)


def save(
    result: Result | Calibration | Validation | Sensitivity | Reach,
    folder: Path,
    fill: Sequence[Filler] = (),
    langs: tuple[str, ...] = ("en",),
) -> bool:
    """Save a result with its charts; when they cannot be drawn save it without, say so and return False."""
    from jjj_sim.errors import JjjError

    if not langs:
        result.save(folder, fill)
        return True
    try:
        result.save(folder, [*fill, lambda part: draw(result, part / "charts", langs)])
    except (JjjError, OSError):
        raise
    except Exception as problem:
        result.save(folder, fill)
        typer.echo(f"The charts could not be drawn ({type(problem).__name__}: {problem}).", err=True)
        typer.echo(f"The rest is saved; draw them with: jjj-sim charts {folder}", err=True)
        return False
    return True


def check_writable(folder: Path) -> None:
    """Make sure that results can be written into `folder`, made if need be; ScenarioError when not."""
    import tempfile

    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ScenarioError("--out", [say("unwritable", folder=folder, reason=reason)]) from None
