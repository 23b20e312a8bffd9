"""Tables in words: what was run and set, published figures, goals, sources, and what the terms mean."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from jjj_sim import quarters
from jjj_sim.exporting.heads import head
from jjj_sim.exporting.table import Cell, Table, blank, number_format
from jjj_sim.judging.targets import targets
from jjj_sim.policy.registry import levers as declared
from jjj_sim.region.names import names
from jjj_sim.reporting.asked import change
from jjj_sim.reporting.subject import Subject
from jjj_sim.scenario.difference import differences
from jjj_sim.wording.paths import compact
from jjj_sim.wording.terms import word
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import ROLES, STATUS, Lang, Text, say

_TERMS: tuple[tuple[Text, Text], ...] = (
    (
        ("member", "一次运行（成员）"),
        (
            "one life of the region: its own luck, its own draw of uncertain parameters and of the outside world",
            "区域的一次推演，有自己的随机数，并取一组不确定参数和外部环境",
        ),
    ),
    (("median", "中位数"), ("middle value over members", "各次运行的中间值")),
    (
        ("90 % interval", "90%区间"),
        ("from the 5 % to the 95 % quantile over members", "各次运行的5%至95%分位"),
    ),
    (
        ("difference", "相对基准变化"),
        (
            "variant less base, member by member with the same luck and draw, then the median over members",
            "方案减基准：随机数与抽样相同的两次运行逐次相减，再取中位数",
        ),
    ),
    (
        ("verdict", "判断"),
        (
            "how sure a difference is: higher or lower in all members or nine in ten, not clear, or too small",
            "差异有多确定：较高或较低（全部运行或九成以上）；无明显差异；或小到可忽略",
        ),
    ),
    (
        ("stock, flow, rate", "存量、流量、比率"),
        (
            "a year's stock is that of its end, a flow is summed over its quarters, a rate is a ratio of sums",
            "存量为年末值，流量为各季之和，比率为合计之比",
        ),
    ),
    (
        ("as input", "同输入"),
        (
            "a figure that enters the model: that it comes out proves nothing",
            "作为输入进入模型的数据：吻合不说明模型能力",
        ),
    ),
    (
        ("probability of a goal", "目标达到概率"),
        (
            "share of members whose value of 2030 lies within the bounds; most bounds are assumptions",
            "2030年数值在门槛之内的运行所占比例；门槛多为假设",
        ),
    ),
)


def overview(subject: Subject, lang: Lang) -> Table:
    """Return what was run: scenarios, members, scale, version, and what one must know before trusting it."""
    told = subject.base.manifest
    rows: list[tuple[Text, Cell]] = []
    for n, result in enumerate(subject.results):
        kind: Text = (
            ("Scenario", "情景") if not subject.variants else ("Variant", "方案") if n else ("Base", "基准情景")
        )
        rows.append((kind, f"{subject.title(result.name, lang)} [{result.name}]"))
    whole = names(subject.region)
    rows += [
        (("Region", "区域"), "、".join(whole[a].short[1] for a in subject.region.areas))
        if lang == "zh"
        else (("Region", "区域"), ", ".join(whole[a].short[0] for a in subject.region.areas)),
        (("Years", "年份"), f"{subject.years[0]}-{subject.years[-1]}"),
        (("Members", "运行次数"), subject.members),
        (("Seed", "随机种子"), int(told["seed"])),
        (("Residents an agent stands for", "每个智能体代表的人数"), int(told["residents_per_agent"])),
        (("Expected counts without luck (twin)", "期望值计算，无随机性（孪生）"), _yes(bool(told["twin"]), lang)),
        (("Version", "版本"), str(told["version"])),
        (("Code", "代码版本"), str(told.get("git_commit") or "-")),
    ]
    rows += [
        ((f"Fingerprint of {r.name}", f"{r.name} 的指纹"), str(r.manifest.get("scenario_sha256", "-"))[:16])
        for r in subject.results
    ]
    source = subject.comparison.manifest if subject.comparison is not None else told
    rows += [(("Before trusting it", "使用前须知"), str(alarm[lang])) for alarm in source.get("alarms", [])]
    rows += [(("Before trusting it", "使用前须知"), warning) for warning in source.get("warnings", [])]
    rows.append(
        (
            ("How to read it", "如何使用"),
            say(
                (
                    "It compares policies and does not forecast. Thresholds of goals are mostly assumptions.",
                    "用于比较政策，不作预测；目标门槛多为假设。",
                ),
                lang,
            ),
        )
    )
    cells: list[list[Cell]] = [[say(item, lang), value] for item, value in rows]
    return Table("overview", head("overview", lang), [head("item", lang), head("value", lang)], cells, words=True)


def evidence(subject: Subject, lang: Lang) -> Table:
    """Return the published figures beside the base's, each in one unit, with its citation."""
    by_id = {target.id: target for target in targets(subject.region)}
    keys = ("indicator", "area", "period", "unit", "published", "model", "low", "high", "accepted_low", "accepted_high")
    heads = [head(k, lang) for k in (*keys, "status", "role", "confidence", "source", "quote")]
    cells: list[list[Cell]] = []
    formats = []
    for row in _records(subject.base.evidence):
        target = by_id.get(str(row["id"]))
        if target is None:
            continue
        model = (row["model_median"], row["model_low"], row["model_high"])
        values = [target.value, *model, row["accept_low"], row["accept_high"]]
        known = [abs(float(v)) for v in values if v is not None and math.isfinite(float(v))]
        unit = unit_for(target.unit, lang, max(known, default=0.0))
        shown = [blank(None if v is None else float(v) / unit.divisor) for v in values]
        what, where = say((target.en, target.zh), lang), say((target.area_en, target.area_zh), lang)
        told = [say(STATUS[str(row["status"])], lang), say(ROLES.get(target.role, (target.role, "仅供参考")), lang)]
        cited = str(row.get("citation_zh" if lang == "zh" else "citation") or target.source)
        sure = head(f"{target.confidence} confidence", lang)
        quote = target.quote_zh if target.article else ""
        cells.append([what, where, target.period, unit.name, *shown, *told, sure, cited, quote])
        formats.append(number_format(max(known, default=0.0) / unit.divisor))
    return Table("evidence", head("evidence", lang), heads, cells, row_formats=tuple(formats))


def levers(subject: Subject, lang: Lang) -> Table:
    """Return every lever of the base, a row per path and a row per event: unit, who decides, path, source."""
    zh = lang == "zh"
    scenario = subject.scenarios[subject.base.name]
    keys = ("lever", "key", "unit", "path", "source")
    cells: list[list[Cell]] = []
    for name, plan in scenario.levers.items():
        spec = declared(subject.region)[name]
        called = spec.zh if zh else name.replace("_", " ")
        source = scenario.sources.get(f"levers.{name}", "")
        paths = {"": plan.path, **plan.paths}
        for key, path in paths.items():
            if path is not None:
                points = [(quarters.label(t), value) for t, value in path.points()]
                cells.append([called, _place(subject, key, lang), word(spec.unit, zh), compact(points), source])
        for key, event in plan.events.items():
            when = ("永不" if zh else "never") if event.quarter is None else quarters.label(event.quarter)
            sizes = [f"{value:,.6g} {word(what, zh)}" for what, value in event.numbers.items() if value]
            told = ("，" if zh else ", ").join([when, *sizes])
            cells.append([called, key.replace("_", " "), word(spec.unit, zh), told, source])
    return Table("levers", head("levers", lang), [head(k, lang) for k in keys], cells)


def changes(subject: Subject, lang: Lang) -> Table:
    """Return what each variant sets differently from the base."""
    base = subject.scenarios[subject.base.name]
    cells: list[list[Cell]] = []
    for variant in subject.variants:
        for one in differences(base, subject.scenarios[variant.name]):
            cells.append([subject.title(variant.name, lang), *change(one, subject.region, lang)])
    heads = [head(k, lang) for k in ("scenario", "what", "unit", "since", "base")]
    return Table("changes", head("changes", lang), [*heads, head("value", lang)], cells)


def sources(subject: Subject, lang: Lang) -> Table:
    """Return the publications that the figures beside this run are from, those used most first."""
    table = subject.base.evidence
    if table.empty:
        return Table("sources", head("sources", lang), [head("source", lang)], [])
    cited = "citation_zh" if lang == "zh" else "citation"
    by = table[cited] if cited in table else table["source"]
    years = table["period"].astype(str).str.findall(r"(?:19|20)\d\d").map(lambda found: [int(y) for y in found])
    grouped = pd.DataFrame({"by": by, "years": years}).explode("years").dropna().groupby("by")["years"]
    first, last = grouped.min().to_dict(), grouped.max().to_dict()
    count = by.value_counts()
    cells: list[list[Cell]] = []
    for name, n in count.items():
        span = f"{first[name]}-{last[name]}" if name in first else ""
        cells.append([str(name), int(n), span])
    heads = [head(k, lang) for k in ("source", "figures_used", "years_used")]
    return Table("sources", head("sources", lang), heads, cells, {heads[1]: "0"})


def notes(lang: Lang) -> Table:
    """Return what the terms mean."""
    cells: list[list[Cell]] = [[say(term, lang), say(meaning, lang)] for term, meaning in _TERMS]
    return Table("notes", head("notes", lang), [head("term", lang), head("meaning", lang)], cells, words=True)


def _place(subject: Subject, key: str, lang: Lang) -> str:
    known = names(subject.region).get(key)
    return known.short[lang == "zh"] if known else key.replace("_", " ")


def _yes(value: bool, lang: Lang) -> str:
    return head("yes" if value else "no", lang)


def _given(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and math.isnan(value)) and value != ""


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
