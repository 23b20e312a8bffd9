"""`jjj-sim check`: validate a scenario and show what would run; runs nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from jjj_sim.commands import changes, options, page
from jjj_sim.wording.paths import alike, compact
from jjj_sim.wording.terms import word

if TYPE_CHECKING:
    from jjj_sim.policy.lever import Lever
    from jjj_sim.policy.plan import LeverPlan
    from jjj_sim.scenario import Scenario
    from jjj_sim.scenario.difference import Difference
    from jjj_sim.scenario.load import Grown

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
    """Validate a scenario and print what it changes, then the resolved plan and its cost; runs nothing."""
    from jjj_sim.scenario.difference import differences

    lang = options.language(lang)
    grown = options.grown(scenario, set_, scale, region)
    takes, found = cost(grown.scenario), differences(grown.base, grown.scenario)
    if json_:
        typer.echo(json.dumps(_report(grown, found, takes), ensure_ascii=False, indent=2))
        return
    zh = lang == "zh"
    _print_changes(grown, found, zh)
    _print_log(grown.scenario, zh)
    _print_levers(grown.scenario, zh)
    _print_parameters(grown.scenario, zh)
    _print_goals(grown.scenario, zh)
    _print_run(grown.scenario, takes, zh)


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


def _print_changes(grown: Grown, found: list[Difference], zh: bool) -> None:
    """Print what a scenario changes of what it grew from, and what it sets without changing anything."""
    from jjj_sim import quarters

    scenario, base = grown.scenario, grown.base
    title = (scenario.title_zh if zh else "") or scenario.title
    page.heading(f"{scenario.name}: {title}")
    scale = (
        f"每个智能体代表 {scenario.residents_per_agent:,} 人"
        if zh
        else f"{scenario.residents_per_agent:,} residents an agent"
    )
    page.paragraph(f"2013Q1-{quarters.label(scenario.end)}{'，' if zh else ', '}{scale}\n", 0)
    below = base.name or ("历史与已公布的规划" if zh else "history and the announced plans")
    typer.echo()
    page.heading(f"改动（与 {below} 相比）" if zh else f"What it changes, against {below}")
    if not found:
        page.paragraph(f"没有：它与 {below} 相同。" if zh else f"Nothing: it is the same as {below}.")
    changes.show(found, ("原为", "现为") if zh else ("was", "is"), scenario.region, zh)
    for name in scenario.idle:
        page.paragraph(f"{name} 设了值，但与沿用的相同" if zh else f"{name} is set to what it was anyway")
    typer.echo()


def _print_log(scenario: Scenario, zh: bool) -> None:
    """Print every setting as the files and --set give it, in their order."""
    page.heading("各文件与 --set 的设置，先后为序" if zh else "What was set, in the order of the files")
    for entry in scenario.overrides or ("无" if zh else "nothing",):
        page.paragraph(entry, 2, 4)
    typer.echo()


def _print_levers(scenario: Scenario, zh: bool) -> None:
    """Print levers and assumptions with what is in force, events with all they are."""
    from jjj_sim.policy.registry import levers
    from jjj_sim.scenario.assumptions import ASSUMPTIONS
    from jjj_sim.scenario.scenario import points

    touched = " ".join(scenario.overrides)
    page.heading("杠杆（* 已设置）" if zh else "Levers (* set)")
    for name, lever in scenario.levers.items():
        spec = levers(scenario.region)[name]
        mark = "*" if f"levers.{name}." in touched else ""
        unit = word(spec.unit, zh)
        page.paragraph(f"{mark}{spec.zh} {name}（{unit}）" if zh else f"{mark}{name} ({unit})", 2, 4)
        if lever.path:
            page.paragraph(compact(points(lever.path)), 4)
        keyed = alike({key: compact(points(path)) for key, path in lever.paths.items()})
        for key, said in keyed:
            page.paragraph(f"{key}: {said}", 4, 2)
        _print_events(lever, spec, scenario, zh)
    typer.echo()
    page.heading("外部假设（* 已设置）" if zh else "Assumptions (* set)")
    for name, path in scenario.assumptions.items():
        assumption = ASSUMPTIONS[name]
        mark = "*" if f"assumptions.{name}." in touched else ""
        shown = f"{mark}{assumption.zh} " if zh else mark
        unit = word(assumption.unit, zh)
        page.paragraph(f"{shown}assumptions.{name}（{unit}）" if zh else f"{shown}assumptions.{name} ({unit})", 2, 4)
        page.paragraph(compact(points(path)), 4)
    typer.echo()


def _print_events(lever: LeverPlan, spec: Lever, scenario: Scenario, zh: bool) -> None:
    """Print a lever's events: name, date, what it is, how large, from where to where."""
    from jjj_sim.scenario.scenario import event_table

    if not lever.events:
        return
    within = sum(e.quarter is not None and e.quarter <= scenario.end for e in lever.events.values())
    typer.echo(f"    {within}/{len(lever.events)} " + ("项在期内" if zh else "events inside the horizon"))
    told = {name: changes.event(event_table(event), spec, scenario.region, zh) for name, event in lever.events.items()}
    page.rows(list(told.items()), 4, narrow=45)


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
    page.heading("与默认值不同的参数" if zh else "Parameters that differ from their default")
    if not changed:
        page.paragraph("无" if zh else "none")
    for p in changed:
        bounds = f"{p['bounds'][0]:g} .. {p['bounds'][1]:g}"
        unit = word(p["unit"], zh)
        was = f"{p['value']:g}（默认 {p['default']:g}，范围 {bounds}，{unit}）"
        said = was if zh else f"{p['value']:g} (default {p['default']:g}, bounds {bounds}, {unit})"
        page.paragraph(f"{p['name']} = {said}", 2, 4)
    typer.echo()


def _print_goals(scenario: Scenario, zh: bool) -> None:
    """Print the thresholds of goals that the scenario sets."""
    from jjj_sim.region.goals import declared

    page.heading("情景设定的目标门槛，不影响运行" if zh else "Thresholds of goals that it sets; they decide no run")
    known = declared(scenario.region).by_id()
    if not any(scenario.goals.values()):
        page.paragraph("无" if zh else "none")
    for name, setting in scenario.goals.items():
        indicator, unit = known[name], word(known[name].unit, zh)
        usual, own = indicator.numbers(), {key: value for key, value in setting.items() if key != "basis"}
        told = []
        for key, value in own.items():
            now, was = changes.bound(value, zh), changes.bound(usual[key], zh)
            told.append(f"{key} {now}（默认 {was}）" if zh else f"{key} {now} (default {was})")
        told += [f"{'依据' if zh else 'basis'} {setting['basis']}"] if "basis" in setting else []
        title = f"{indicator.zh} goals.{name}（{unit}）：" if zh else f"goals.{name} ({unit}): "
        page.paragraph(title + ("；" if zh else "; ").join(told), 2, 4)
    typer.echo()


def _print_run(scenario: Scenario, takes: Cost, zh: bool) -> None:
    """Print the order of a quarter, and what a run costs."""
    from jjj_sim.satellites import QUARTER

    page.heading("一个季度的次序" if zh else "Order of a quarter")
    page.paragraph(" → ".join(p.zh if zh else p.name for p in QUARTER))
    typer.echo()
    page.heading("规模估计" if zh else "Cost, roughly")
    if zh:
        page.paragraph(f"居民主体 {takes.residents:,}，企业主体至多 {takes.firms:,}，内存约 {takes.megabytes:,.0f} MB")
        page.paragraph(f"两核上每个成员约 {takes.seconds:,.0f} 秒。未运行。")
    else:
        agents = f"{takes.residents:,} residents and at most {takes.firms:,} firms as agents"
        page.paragraph(f"{agents}, about {takes.megabytes:,.0f} MB")
        page.paragraph(f"about {takes.seconds:,.0f} s per member on two cores. Nothing was run.")
    page.paragraph(f"sha256 {scenario.digest}")


def _report(grown: Grown, found: list[Difference], takes: Cost) -> dict[str, Any]:
    """Return the same for --json."""
    from jjj_sim.satellites import QUARTER

    scenario = grown.scenario
    return {
        "base": grown.base.name,
        "changes": [difference.table() for difference in found],
        "scenario": scenario.table(),
        "digest": scenario.digest,
        "processes": [process.name for process in QUARTER],
        "parameters_changed": _changed(scenario),
        "overrides": list(scenario.overrides),
        "idle_levers": list(scenario.idle),
        "cost": takes._asdict(),
    }
