"""`jjj-sim check`: validate a scenario and show what would run; runs nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from jjj_sim.commands import options
from jjj_sim.commands.table import alike, compact, print_table

if TYPE_CHECKING:
    from jjj_sim.scenario import Scenario

# Residents in the region in 2013 [D], and firm agents by the scale: published registries over the weights.
_RESIDENTS = 109e6
_FIRM_AGENTS = ((1, 3.06e6), (100, 7.3e5), (1000, 1.1e5))
# Measured on two cores: imports and opening, a quarter's tables, an agent-quarter; Python and libraries, and
# how many times over the columns stand in memory while they are sampled.
_OPENING_S, _TABLES_S, _AGENT_NS, _LIBRARIES_MB, _COPIES = 3.0, 0.01, 30.0, 280.0, 2.0


class Cost(NamedTuple):
    """What a run takes: agents, megabytes, seconds per member on two cores (rough)."""

    residents: int
    firms: int
    megabytes: float
    seconds: float


def check(
    scenario: Annotated[str, typer.Argument(help="a scenario file, or the name of a shipped one")],
    set_: options.Set = None,
    region: options.Region = None,
    scale: options.Scale = None,
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """Validate a scenario and print the resolved plan: processes, levers, parameters, overrides, cost."""
    from jjj_sim import quarters

    lang = options.language(lang)
    found = options.scenario(scenario, set_, scale, region)
    takes = cost(found)
    if json_:
        typer.echo(json.dumps(_report(found, takes), ensure_ascii=False, indent=2))
        return
    zh = lang == "zh"
    title = (found.title_zh if zh else "") or found.title
    span = f"2013Q1-{quarters.label(found.end)}"
    typer.echo(f"{found.name}: {title}\n{span}, sha256 {found.digest}\n")
    _print_processes(zh)
    _print_levers(found, zh)
    _print_parameters(found, zh)
    typer.echo("改动" if zh else "What was set")
    for entry in found.overrides or ("无" if zh else "nothing",):
        typer.echo(f"  {entry}")
    for name in found.idle:
        typer.echo(f"  {name} 未改变任何结果" if zh else f"  {name} is set to what it was anyway")
    typer.echo("\n" + ("规模估计" if zh else "Cost, roughly"))
    if zh:
        typer.echo(f"  居民主体 {takes.residents:,}，企业主体至多 {takes.firms:,}，内存约 {takes.megabytes:,.0f} MB")
        typer.echo(f"  两核上每个成员约 {takes.seconds:,.0f} 秒。未运行。")
    else:
        typer.echo(
            f"  {takes.residents:,} residents and at most {takes.firms:,} firms as agents, "
            f"about {takes.megabytes:,.0f} MB"
        )
        typer.echo(f"  about {takes.seconds:,.0f} s per member on two cores. Nothing was run.")


def cost(scenario: Scenario) -> Cost:
    """Return what a run of `scenario` takes, estimated."""
    import numpy as np

    from jjj_sim.state.firms import Firms
    from jjj_sim.state.residents import Residents

    scale = scenario.residents_per_agent
    residents = round(_RESIDENTS / scale)
    at, count = np.log(np.array(_FIRM_AGENTS)).T
    firms = round(float(np.exp(np.interp(np.log(scale), at, count))))
    size = residents * Residents.bytes_per_agent() + firms * Firms.bytes_per_agent()
    quarter = _TABLES_S + 1e-9 * _AGENT_NS * (residents + firms)
    return Cost(residents, firms, _LIBRARIES_MB + _COPIES * size / 1e6, _OPENING_S + quarter * (scenario.end + 1))


def _print_processes(zh: bool) -> None:
    from jjj_sim.processes import SCHEDULE

    typer.echo("一个季度的次序" if zh else "Order of a quarter")
    typer.echo("  " + " → ".join(p.zh if zh else p.name for p in SCHEDULE) + "\n")


def _print_levers(scenario: Scenario, zh: bool) -> None:
    """Print levers and assumptions with what is in force."""
    from jjj_sim.policy.registry import levers
    from jjj_sim.scenario.assumptions import ASSUMPTIONS
    from jjj_sim.scenario.scenario import points

    touched = " ".join(scenario.overrides)
    rows = []
    for name, lever in scenario.levers.items():
        spec = levers(scenario.region)[name]
        words = [compact(points(lever.path))] if lever.path else []
        keyed = alike({key: compact(points(path)) for key, path in lever.paths.items()})
        words += [f"{key}: {said}" for key, said in keyed]
        if lever.events:
            past = sum(e.quarter is not None and e.quarter <= scenario.end for e in lever.events.values())
            words.append(f"{past}/{len(lever.events)} " + ("项在期内" if zh else "events inside the horizon"))
        mark = "*" if f"levers.{name}." in touched else ""
        rows.append((f"{mark}{spec.zh if zh else name}", spec.unit, "\n".join(words)))
    for name, path in scenario.assumptions.items():
        assumption = ASSUMPTIONS[name]
        mark = "*" if f"assumptions.{name}." in touched else ""
        label = assumption.zh if zh else f"assumptions.{name}"
        rows.append((f"{mark}{label}", assumption.unit, compact(points(path))))
    print_table(
        "杠杆与外部假设（* 已改动）" if zh else "Levers and assumptions (* set)",
        ["名称", "单位", "路径"] if zh else ["name", "unit", "path"],
        rows,
    )


def _changed(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the parameters that differ from their default."""
    from jjj_sim.scenario.schema import parameters

    declared, found = parameters(), []
    for process, values in scenario.parameters.items():
        for key, value in values.items():
            parameter = declared[process][key]
            name = f"{process}.{key}"
            keyed = {f".{place}": number for place, number in value.items()} if parameter.by else {"": value}
            usual = scenario.region.keyed.get(name, {})
            for place, number in keyed.items():
                default = usual[place[1:]] if parameter.by else parameter.default
                if number != default:
                    bounds = [parameter.lo, parameter.hi]
                    row = {"name": name + place, "value": number, "default": default, "bounds": bounds}
                    found.append(row | {"unit": parameter.unit})
    return found


def _print_parameters(scenario: Scenario, zh: bool) -> None:
    changed = _changed(scenario)
    title = "与默认值不同的参数" if zh else "Parameters that differ from their default"
    if not changed:
        typer.echo(f"{title}: {'无' if zh else 'none'}\n")
        return
    print_table(
        title,
        ["名称", "取值", "默认值", "范围", "单位"] if zh else ["name", "value", "default", "bounds", "unit"],
        [
            (
                p["name"],
                f"{p['value']:g}",
                f"{p['default']:g}",
                f"{p['bounds'][0]:g} .. {p['bounds'][1]:g}",
                p["unit"],
            )
            for p in changed
        ],
    )


def _report(scenario: Scenario, takes: Cost) -> dict[str, Any]:
    """Return the same for --json."""
    from jjj_sim.processes import SCHEDULE

    return {
        "scenario": scenario.table(),
        "digest": scenario.digest,
        "processes": [process.name for process in SCHEDULE],
        "parameters_changed": _changed(scenario),
        "overrides": list(scenario.overrides),
        "idle_levers": list(scenario.idle),
        "cost": takes._asdict(),
    }
