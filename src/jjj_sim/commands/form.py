"""A scenario file to fill in: every lever, assumption and threshold of a goal with its current value, behind a #.

A line behind one # may be put in force as it stands; ## begins a remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jjj_sim import quarters
from jjj_sim.param import Path
from jjj_sim.policy.lever import Lever
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.policy.registry import levers
from jjj_sim.region.goals import declared
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.scenario import Scenario, event_table, points
from jjj_sim.scenario.schema import parameters
from jjj_sim.wording.terms import word

_LAST = 6
_HEAD = (
    "# It starts from {base} ({title}).",
    "# A line behind one # says what holds there now. To change it, take the # away, from the line in [brackets]",
    "# above it too, and edit the value. ## begins a remark. Then:",
    "#   jjj-sim check {file}",
    "#   jjj-sim compare {base} {file}",
    "# A path may also be changed as a whole: scale = 1.5 or shift = 50, with from = 2026 beside it.",
)
_HEAD_ZH = (
    "# 起点是 {base}（{title}）。",
    "# 一个 # 后面是现值。要改：去掉该行和上方 [方括号] 行的 #，再改数值；## 是说明。然后：",
    "#   jjj-sim check {file} --lang zh",
    "#   jjj-sim compare {base} {file} --lang zh",
    "# 路径也可以整体改变：scale = 1.5（倍数）或 shift = 50（加减），旁边写 from = 2026（起始年）。",
)
_MORE = (
    "## Parameters go under [parameters.PROCESS]: `jjj-sim parameters` lists them, `new --parameters` writes them.",
    "## 行为参数写在 [parameters.过程名] 下：jjj-sim parameters 列出全部，new --parameters 把它们写进来。",
)


def form(scenario: Scenario, extends: str, name: str, *, zh: bool = False, behaviour: bool = False) -> str:
    """Return the text of a file `name`.toml that extends `scenario`; of `behaviour`, with every parameter."""
    title = (scenario.title_zh if zh else "") or scenario.title
    told = {"base": extends, "title": title, "file": f"{name}.toml"}
    lines = [line.format(**told) for line in (_HEAD_ZH if zh else _HEAD)]
    lines += [f'title    = "{name}"', f'title_zh = "{name}"', f'extends  = "{extends}"', ""]
    lines += ["# [horizon]", f'# end = "{quarters.label(scenario.end)}"', ""]
    lines += ["# [population]", f"# residents_per_agent = {scenario.residents_per_agent}", ""]
    for plan in scenario.levers.values():
        lines += [*_lever(levers(scenario.region)[plan.name], plan, zh), ""]
    for key, path in scenario.assumptions.items():
        a = ASSUMPTIONS[key]
        lines += [f"## {f'{a.zh}：{a.meaning_zh}' if zh else a.meaning}"]
        lines += [f"## {word(a.unit, zh)}, {a.lo:g} .. {a.hi:g}"]
        lines += [f"# [assumptions.{key}]", f"# path = {_path(path)}", ""]
    lines += list(_goals(scenario, zh))
    lines += list(_parameters(scenario)) if behaviour else [_MORE[zh]]
    return "\n".join(lines).rstrip() + "\n"


def _lever(spec: Lever, plan: LeverPlan, zh: bool) -> Iterator[str]:
    """Yield the lines of a lever."""
    where, kind, ids = f"levers.{spec.name}", spec.events, spec.region.ids
    yield f"## {f'{spec.zh}：{spec.mechanism_zh or spec.mechanism}' if zh else spec.mechanism}"
    bounds = f", {spec.lo:g} .. {spec.hi:g}" if spec.has_path else ""
    yield f"## {word(spec.unit, zh)}{bounds}"
    if plan.path is not None or spec.takes_zones or kind is not None:
        yield f"# [{where}]"
    if plan.path is not None:
        yield f"# path = {_path(plan.path)}"
    if spec.takes_zones:
        yield f"# zones = {_list([ids[z] for z in plan.zones])}"
    if kind is not None:
        yield f"## stop_after = 2024: {'此后不再有' if zh else f'no {kind.noun} after that year'}"
        if spec.tags:
            yield f'## [{where}.groups]: {next(iter(spec.tags))} = "never"; {", ".join(spec.tags)}'
    paths = {key: _path(path) for key, path in plan.paths.items()}
    for table, values in (("paths", paths), ("shares", {key: _number(share) for key, share in plan.shares.items()})):
        if values:
            yield f"# [{where}.{table}]"
            yield from (f"# {key} = {value}" for key, value in values.items())
    if kind is not None and plan.events:
        yield f"# [{where}.{kind.table}]"
        for name, event in plan.events.items():
            told = {key: value for key, value in event_table(event).items() if key != "tags"}
            yield f"# {name} = {_value(told if len(told) > 1 else told['quarter'])}"


def _goals(scenario: Scenario, zh: bool) -> Iterator[str]:
    """Yield the lines of the goals' thresholds, by indicator."""
    found = declared(scenario.region).indicators
    if found:
        yield "## 目标门槛：用来评判结果，不影响运行。" if zh else "## Thresholds of the goals: they judge a result."
    for i in found:
        yield f"## {i.zh if zh else i.en}, {word(i.unit, zh)}"
        yield f"# [goals.{i.id}]"
        now = i.numbers() | dict(scenario.goals.get(i.id, {}))
        yield from (f"# {key} = {_value(value)}" for key, value in now.items() if value is not None)
    yield ""


def _parameters(scenario: Scenario) -> Iterator[str]:
    """Yield the lines of the parameters, by process."""
    for process, values in scenario.parameters.items():
        yield f"# [parameters.{process}]"
        for key, value in values.items():
            p = parameters()[process][key]
            yield f"# {key} = {_value(value)} # {p.doc}; {p.lo:g} .. {p.hi:g}"
        yield ""


def _path(path: Path) -> str:
    """Return the last points of a path; what comes before them is inherited."""
    return "[" + ", ".join(f'["{quarter}", {_number(value)}]' for quarter, value in points(path)[-_LAST:]) + "]"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else _number(value)


def _list(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))
