"""The tables of the pages on scenarios: levers, events, tags, assumptions, what is shipped; in English and Chinese."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from cells import table

from jjj_sim.param import Path as TimePath
from jjj_sim.policy.lever import EventKind, Lever
from jjj_sim.policy.registry import levers as of_region
from jjj_sim.quarters import label
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.scenario import load_scenario, packages, shipped
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.draft import published
from jjj_sim.wording.paths import alike
from jjj_sim.wording.terms import word

LEVERS = of_region(REGION)
_CHINESE = re.compile(r"[一-鿿]")
_DECIDERS = {"B": "北京", "C": "中央", "H": "河北", "T": "天津", "X": "雄安"}


def told(path: TimePath) -> str:
    """Return a path in few words: its points, or of a long one the first, the middle left out, the last."""
    points = [f"{label(t)} {value:.6g}" for t, value in path.points()]
    return ", ".join(points if len(points) <= 7 else [*points[:2], "...", *points[-2:]])


def _keys(spec: Lever, zh: bool) -> str:
    """Return what a scenario may set of a lever; in `land_*` the star stands for a zone."""
    keys = [f"`{key}`" for key in spec.keys() if key != "paths"]  # noqa: SIM118
    paths = alike({key: f"{r.unit} {r.lo} {r.hi}" for key, r in spec.paths.items()})
    keys += [f"`paths.{key.partition(' ')[0]}`" for key, _ in paths]
    if (kind := spec.events) is not None:
        given = [*(f"`{k}`" for k in kind.numbers), *(f"`{k}`" for k in kind.words)]
        keys.append(("每一项可写 " if zh else "each event ") + ", ".join(["`quarter`", *given]))
    return "; ".join(keys)


def _default(spec: Lever) -> str:
    plan, parts = published(REGION)[spec.name], []
    if plan.path is not None:
        parts.append(told(plan.path))
    parts += [f"{key}: {said}" for key, said in alike({k: told(path) for k, path in plan.paths.items()})]
    if plan.shares:
        parts.append("shares " + ", ".join(f"{key} {share:g}" for key, share in plan.shares.items()))
    if plan.zones:
        parts.append(f"{len(plan.zones)} zones")
    if plan.events:
        parts.append(f"{len(plan.events)} dated {spec.events.noun if spec.events else 'event'}s")
    return "; ".join(parts)


def levers(lang: str) -> str:
    """The levers: who pulls them, what they do, what may be set."""
    zh, rows = lang == "zh", []
    for s in LEVERS.values():
        bounds = f"{s.lo:g}{'至' if zh else ' to '}{s.hi:g}" if s.has_path else ""
        if zh:
            decider = "、".join(_DECIDERS[letter] for letter in s.decider.split(", "))
            rows.append((f"{s.zh} `{s.name}`", decider, word(s.unit, True), bounds, s.mechanism_zh, _keys(s, True)))
        else:
            rows.append((f"`{s.name}` {s.zh}", s.decider, s.unit, bounds, s.mechanism, _keys(s, False)))
    if zh:
        return table(("杠杆", "决策方", "单位", "范围", "作用", "可写的键"), rows)
    return table(("lever", "decider", "unit", "bounds", "what it does", "keys"), rows)


def lever_defaults(_: str) -> str:
    """The levers' default paths: history, then the announced plan, with sources."""
    rows = [(f"`{s.name}`", _default(s), "; ".join(s.sources)) for s in LEVERS.values()]
    return table(("lever", "unless set otherwise", "sources"), rows)


def lever_events(lang: str) -> str:
    """What an event of a lever may say, and what holds where it is silent."""
    zh = lang == "zh"
    rows = [row for spec in LEVERS.values() if spec.events is not None for row in _event_rows(spec, spec.events, zh)]
    zones = ("、" if zh else ", ").join(f"`{zone}`" for zone in REGION.ids)
    if zh:
        return table(("杠杆", "键", "允许的写法", "新增一项时"), rows) + f"\n\n分区：{zones}。"
    return table(("lever", "key", "legal", "in a new event"), rows) + f"\n\nZones: {zones}."


def _event_rows(spec: Lever, kind: EventKind, zh: bool) -> list[tuple[str, ...]]:
    needed, nothing, to = ("必须写", "无", "至") if zh else ("needed", "nothing", " to ")
    never = (
        f'季度或年份，{kind.first} 起，或 `"never"`'
        if zh
        else f'a quarter or a year, from {kind.first} on, or `"never"`'
    )
    rows = [(f"`{spec.name}`", "`quarter`", never, needed)]
    for key, number in kind.numbers.items():
        legal = f"{number.lo:g}{to}{number.hi:g} {word(number.unit, zh)}"
        rows.append(("", f"`{key}`", legal, needed if key in kind.needs else nothing))
    for key, words in kind.words.items():
        zone, outside = ("一个分区", "，或") if zh else ("a zone", ", or")
        legal = zone if words.noun == "zone" else ", ".join(f"`{w}`" for w in words.legal)
        legal += f"{outside} `{REGION.outside}`" if words.noun == "zone" and REGION.outside in words.legal else ""
        usual = needed if key in kind.needs else f"`{kind.home[key]}`" if key in kind.home else nothing
        rows.append(("", f"`{key}`", legal, usual))
    if what := getattr(spec, "kind", ""):
        rows.append(("", "kind", f"固定为 `{what}`，不必写" if zh else f"always `{what}`, not to be set", ""))
    return rows


def tags(lang: str) -> str:
    """The tags by which events are set together."""
    rows = []
    for spec in LEVERS.values():
        events = published(REGION)[spec.name].events
        for tag, meaning in spec.tags.items():
            members = ", ".join(f"`{name}`" for name, event in events.items() if tag in event.tags)
            if lang == "zh":
                rows.append((f"`{spec.name}`", f"`{tag}`", meaning["zh"], members))
            else:
                rows.append((f"`{spec.name}`", f"`{tag}` {meaning['zh']}", meaning["en"], members))
    return table(("杠杆", "标签", "含义", "所含各项") if lang == "zh" else ("lever", "tag", "", "events"), rows)


def assumptions(lang: str) -> str:
    """The outside paths."""
    every = ASSUMPTIONS.values()
    if lang == "zh":
        rows = [
            (
                f"{a.zh} `{a.name}`",
                word(a.unit, True),
                f"{a.lo:g}至{a.hi:g}",
                told(a.default()),
                str(a.since),
                a.meaning_zh,
            )
            for a in every
        ]
        return table(("外部假设", "单位", "范围", "默认", "生效年份", "含义"), rows)
    rows = [
        (f"`{a.name}` {a.zh}", a.unit, f"{a.lo:g} to {a.hi:g}", told(a.default()), str(a.since), a.meaning, a.source)
        for a in every
    ]
    return table(("assumption", "unit", "bounds", "default", "in force from", "meaning", "source"), rows)


def library(lang: str) -> str:
    """The shipped scenarios: title, and what each asks as its first lines say it."""
    if lang == "zh":
        rows = [(f"`{name}`", load_scenario(name).title_zh, _asks(file, "zh")) for name, file in shipped().items()]
        return table(("情景", "标题", "问的是什么"), rows)
    titles = {name: load_scenario(name) for name in shipped()}
    rows = [
        (f"`{name}`", titles[name].title, titles[name].title_zh, _asks(file, "en")) for name, file in shipped().items()
    ]
    return table(("scenario", "title", "", "what it asks"), rows)


def packaged(lang: str) -> str:
    """The shipped packages of policies."""
    every = packages().items()
    if lang == "zh":
        return table(("政策包", "作用"), [(f"`{name}`", _asks(file, "zh")) for name, file in every])
    rows = [(f"`{name}`", _asks(file, "en"), _asks(file, "zh")) for name, file in every]
    return table(("package", "what it does", ""), rows)


def _asks(file: Path, lang: str) -> str:
    """Return the comment that opens a scenario file, its lines in one language."""
    said = itertools.takewhile(lambda line: line.startswith("#"), file.read_text("utf-8").splitlines())
    lines = [line.removeprefix("# ") for line in said if line.startswith("# ")]
    chinese = [line for line in lines if _CHINESE.search(line)]
    return "".join(chinese) if lang == "zh" else " ".join(line for line in lines if line not in chinese)
