"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from jjj_sim.calibrating import Calibration
    from jjj_sim.comparing.comparison import Comparison
    from jjj_sim.running.result import Filler, Result
    from jjj_sim.scenario import Scenario

Out = Annotated[Path, typer.Option("--out", help="where result folders are written")]
Members = Annotated[int, typer.Option("--members", min=1, help="how many members, each with its own luck")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="member m draws from hash(seed, m)")]
Scale = Annotated[
    int | None,
    typer.Option("--scale", min=1, help="residents an agent stands for; the scenario's by default"),
]
Twin = Annotated[bool, typer.Option("--twin", help="expected counts instead of agents")]
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

LANGS = ("en", "zh")


def scenario(text: str, settings: list[str] | None, scale: int | None, region: Path | None = None) -> Scenario:
    """Return the scenario that `text` names, of the region in the folder `region`, --set and --scale laid over it."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.region import load
    from jjj_sim.scenario import load_scenario

    given = list(settings or [])
    if scale is not None:
        given.append(f"population.residents_per_agent={scale}")
    if region is not None and not (region / "region.toml").is_file():
        raise ScenarioError("--region", [f"{region} is no region's folder: it has no region.toml"])
    return load_scenario(text, given, region=load(region.resolve()) if region else None)


def words(text: str, legal: tuple[str, ...], option: str) -> tuple[str, ...]:
    """Return the words of a list such as "png,svg"; ScenarioError for one that is not legal."""
    from jjj_sim.errors import ScenarioError, nearest

    found = tuple(word.strip() for word in text.split(",") if word.strip())
    wrong = [f"{w!r} is not one of {', '.join(legal)}.{nearest(w, legal)}" for w in found if w not in legal]
    if wrong or not found:
        raise ScenarioError(option, wrong or [f"it is empty; give some of {', '.join(legal)}"])
    return found


def draw(
    result: Result | Comparison | Calibration,
    folder: Path,
    langs: tuple[str, ...],
    formats: tuple[str, ...] = ("png", "svg"),
) -> None:
    """Draw the charts of a result, a comparison or a calibration into `folder`."""
    from jjj_sim import charts

    charts.draw(result, folder, formats=formats, langs=langs)


def save(
    result: Result | Calibration, folder: Path, fill: Sequence[Filler] = (), langs: tuple[str, ...] = ("en",)
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

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ScenarioError(
            "--out", [f"{folder} cannot be written to ({reason}); name another folder with --out."]
        ) from None
