"""`jjj-sim goals`: progress to the goals of 2030."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import comparison_tables, goal_tables, options

if TYPE_CHECKING:
    import pandas as pd

    from jjj_sim.judging.goal_conflicts import Conflicts
    from jjj_sim.judging.readings import Readings
    from jjj_sim.region.goals import Goals


def goals(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a result folder")],
    threshold: Annotated[
        list[str] | None,
        typer.Option(help="judge by another bound: ID=number, ID.lower=number or ID.upper=number", show_default=False),
    ] = None,
    path: Annotated[bool, typer.Option("--path", help="what the thresholds would say year by year")] = False,
    thresholds: Annotated[
        bool,
        typer.Option("--thresholds", help="what hangs on each threshold: a twentieth, and where it is 50 and 80 %"),
    ] = False,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="which goals stand in one another's way, over the members")
    ] = False,
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """Show the goals of 2030: thresholds with their basis, and the chance of meeting them.

    The result is judged anew from its tables; nothing is run. Of a comparison all scenarios stand side by side.
    With --json a list of goals.csv, and with --path, --thresholds or --conflicts an object of the tables asked for.
    """
    from jjj_sim.comparing import comparison
    from jjj_sim.judging import goals as judged
    from jjj_sim.judging.goal_conflicts import conflicts as found_conflicts
    from jjj_sim.judging.goal_indicators import in_force
    from jjj_sim.judging.goal_paths import goals_path
    from jjj_sim.judging.goal_thresholds import goals_thresholds
    from jjj_sim.judging.readings import Readings
    from jjj_sim.running.result import kind_of, load

    zh = options.language(lang) == "zh"
    if kind_of(folder) == comparison.KIND:
        _show_beside(folder, threshold or [], zh, json_)
        return
    readings = Readings.of(load(folder))
    found = _set(in_force(readings), threshold or [])
    table = judged.goals(readings, found)
    by_year = goals_path(readings, found) if path else None
    by_threshold = goals_thresholds(readings, found) if thresholds else None
    pairs = found_conflicts(readings, found) if conflicts else None
    if json_:
        typer.echo(json.dumps(_report(table, by_year, by_threshold, pairs), ensure_ascii=False, indent=2))
        return
    if not found.indicators:
        typer.echo("这个区域没有目标（没有 goals.toml）" if zh else "This region has no goals: no goals.toml")
        return
    members = _members(readings)
    goal_tables.show(table, members, not readings.result.draws.empty, readings.region, zh)
    if by_year is not None:
        goal_tables.show_path(by_year, found, members, zh)
    if by_threshold is not None:
        goal_tables.show_thresholds(by_threshold, members, zh)
    if pairs is not None:
        goal_tables.show_conflicts(pairs, found, zh)


def _show_beside(folder: Path, thresholds: list[str], zh: bool, json_: bool) -> None:
    """Print the goals and indicators of every scenario of a comparison side by side."""
    from jjj_sim.comparing.comparison import load
    from jjj_sim.comparing.ranking import goals_beside
    from jjj_sim.judging.goal_indicators import in_force
    from jjj_sim.judging.readings import Readings

    compared = load(folder)
    table = goals_beside(compared, _set(in_force(Readings.of(compared.base)), thresholds), every=True)
    if json_:
        typer.echo(json.dumps({"goals": _rows(table)}, ensure_ascii=False, indent=2))
    else:
        comparison_tables.show_goals(compared, table, zh)


def _members(readings: Readings) -> int:
    """Return how many members a result holds; those that failed are none."""
    return int(readings.result.annual["member"].nunique())


def _set(found: Goals, texts: list[str]) -> Goals:
    """Return the goals with the bounds that --threshold sets; ScenarioError lists what is wrong with them."""
    from jjj_sim.errors import ScenarioError, nearest
    from jjj_sim.messages import noun, say
    from jjj_sim.region.goals import SETTABLE

    by, known = say("set_by_option"), found.by_id()
    problems: list[str] = []
    settings: dict[str, dict[str, float]] = {}
    for text in texts:
        name, _, number = text.partition("=")
        key, _, bound = name.strip().partition(".")
        bound = bound or "threshold"
        try:
            value = float(number)
        except ValueError:
            problems.append(say("write_threshold", text=text))
            continue
        if key not in known:
            hint = nearest(key, known) or say("there_are", legal=list(known))
            problems.append(say("no_such", where=key, noun=noun("goal indicator"), hint=hint))
        elif bound not in SETTABLE[known[key].sense] or not abs(value) < float("inf"):
            hint = say("there_are", legal=[f"{key}.{name}" for name in SETTABLE[known[key].sense]])
            problems.append(say("no_such", where=f"{key}.{bound}", noun=noun("key"), hint=hint))
        else:
            settings.setdefault(key, {})[bound] = value
    changed = found.changed(settings, by)
    problems += [problem for i in changed.indicators if (problem := i.order_problem())]
    if problems:
        raise ScenarioError("--threshold", problems)
    return changed


def _report(
    table: pd.DataFrame, path: pd.DataFrame | None, thresholds: pd.DataFrame | None, pairs: Conflicts | None
) -> Any:
    """Return what --json prints."""
    rows = _rows(table)
    report: dict[str, Any] = {"goals": rows}
    if path is not None:
        report["path"] = _rows(path)
    if thresholds is not None:
        report["thresholds"] = _rows(thresholds)
    if pairs is not None:
        report["conflicts"] = {
            "missing": pairs.missing,
            "chance": None if pairs.missing else pairs.chance,
            "correlation": json.loads(pairs.correlation.to_json(orient="index")),
            "together": json.loads(pairs.together.to_json(orient="index")),
            "pairs": _rows(pairs.pairs),
        }
    return rows if len(report) == 1 else report


def _rows(table: pd.DataFrame) -> Any:
    """Return the rows of a table as JSON has them, without what is not a number."""
    return json.loads(table.to_json(orient="records"))
