"""Charts of a validation: do intervals hold, by horizon; who is nearer, series by series; is the forecast reliable."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import BLUE, GREEN, INK, ORANGE, PALE, TEXT, VERMILLION, Sheet
from jjj_sim.running.result import Result
from jjj_sim.validating import Validation
from jjj_sim.validating.holdout import ANCHORED, BEFORE, FEW, INTERVALS, LEAD, MODEL, OUTSIDE
from jjj_sim.validating.scores import CHOSEN
from jjj_sim.validating.words import word
from jjj_sim.wording.words import Lang, Text, say

_COLOURS = {BEFORE: VERMILLION, LEAD: ORANGE, FEW: GREEN, OUTSIDE: BLUE}
_ROW = 0.19
_WORST = -2.0
_BINS = 10


def coverage(found: Validation, lang: Lang) -> Figure:
    """Draw how often intervals hold what came, by years ahead and by what the intervals are made of."""
    sheet = _sheet(found, lang, ("Do intervals hold?", "区间是否可靠？"), height=3.6)
    rows = found.coverage[found.coverage["by"] == "horizon"]
    for ax, (column, nominal, who) in zip(
        sheet.axes(3, 3, left=0.7, across=0.55),
        (("inside_90", 90, MODEL), ("inside_50", 50, MODEL), ("inside_90", 90, ANCHORED)),
        strict=True,
    ):
        for kind in INTERVALS:
            some = rows[(rows["intervals"] == kind) & (rows["forecaster"] == who)]
            if some.empty:
                continue
            at = some["value"].astype(int).to_numpy()
            order = np.argsort(at)
            style: dict[str, Any] = {"color": _COLOURS[kind], "marker": "o", "markersize": 3.5, "linewidth": 1.5}
            ax.set_xticks(np.unique(at))
            ax.plot(at[order], 100.0 * some[column].to_numpy()[order], **style)
            sheet.key(word(kind, lang), Line2D([], [], **style))
        ax.axhline(nominal, color=INK, linewidth=1.0, linestyle=":")
        ax.set_ylim(0, 102)
        ax.set_xlabel(sheet.say("Years ahead", "预测年数"), fontsize=TEXT, color=INK)
        sheet.heading(ax, sheet.say(f"{nominal} % intervals: {who}", f"{nominal}%区间：{word(who, lang)}"))
        sheet.values(ax, sheet.say("Figures inside, %", "落入区间的比例（%）"))
    sheet.key(sheet.say("as they say", "名义水平"), Line2D([], [], color=INK, linewidth=1.0, linestyle=":"), last=True)
    return sheet.finish(
        sheet.say(
            "The form of the intervals was chosen after the old ones had turned out too narrow; no number in it was "
            "fitted to how often they hold. Far horizons have few figures, of the earliest origin alone.",
            "区间的形式是在发现原有区间过窄之后选定的，但其中没有任何数字按包含率拟合。较长预测期的数据很少，只来自最早的分界年。",
        ),
        *_note(found, lang),
    )


def skill(found: Validation, lang: Lang) -> Figure:
    """Draw the skill against the naive chosen in advance, a row per series, a dot per origin; losses as wins."""
    table = found.by_series.dropna(subset=[MODEL, CHOSEN])
    table = table.assign(skill=1.0 - table[MODEL] / table[CHOSEN].clip(lower=1e-9))
    middle = table.groupby(["variable", "area"])["skill"].median().sort_values()
    height = _ROW * (len(middle) + 1)
    sheet = _sheet(found, lang, ("Nearer than the naive?", "是否胜过简单方法？"), height=0.5 + height, width=9.6)
    ax = sheet.place(3.4, 0.45, 5.9, height)
    y = {key: float(i) for i, key in enumerate(middle.index)}
    low = _WORST - 0.08
    ax.axvspan(low, 0.0, color="#FBEEE6", linewidth=0, zorder=0)
    for key, part in table.groupby(["variable", "area"]):
        at = part["skill"].clip(lower=_WORST).to_numpy()
        ax.plot([at.min(), at.max()], [y[key], y[key]], color=PALE, linewidth=2, zorder=1)
    for lost, colour, name in (
        (True, VERMILLION, ("the model loses", "模型落后")),
        (False, BLUE, ("the model wins", "模型领先")),
    ):
        some = table[(table["skill"] <= 0.0) == lost]
        rows = [y[key] for key in zip(some["variable"], some["area"], strict=True)]
        style: dict[str, Any] = {"color": colour, "marker": "o", "linestyle": "none", "markersize": 5, "alpha": 0.75}
        ax.plot(some["skill"].clip(lower=_WORST), rows, zorder=3, **style)
        sheet.key(f"{say(name, lang)} ({len(some)})", Line2D([], [], **style))
    ax.plot(middle.clip(lower=_WORST), list(y.values()), "|", color=INK, markersize=8, markeredgewidth=1.4, zorder=4)
    line = Line2D([], [], color=INK, marker="|", linestyle="none", markersize=8, markeredgewidth=1.4)
    sheet.key(sheet.say("median of origins", "各分界年中位数"), line, last=True)
    ax.axvline(0.0, color=INK, linewidth=1.0)
    ax.set_yticks(list(y.values()), [f"{sheet.short(v)} · {sheet.area(a)}" for v, a in middle.index])
    ax.set_ylim(-0.8, len(middle) - 0.2)
    ax.set_xlim(low, 1.05)
    ax.grid(True, axis="x", color=PALE)
    ax.grid(False, axis="y")
    ax.set_xlabel(
        sheet.say("Skill: 1 is no error, 0 is as near", "技巧：1 为无误差，0 为相当"), fontsize=TEXT, color=INK
    )
    return sheet.finish(
        sheet.say(
            f"One dot an origin. Skill below {_WORST:g} is drawn at {_WORST:g}. The naive forecast was chosen by "
            "variable on earlier origins; at the first it is the random walk.",
            f"每个分界年一个点；低于 {_WORST:g} 的画在 {_WORST:g} 处。"
            "简单方法按变量用更早的分界年选定，最早的为随机游走。",
        ),
        *_note(found, lang),
    )


def reliability(found: Validation, lang: Lang) -> Figure:
    """Draw how often what came fell into each tenth of the forecast: even where the forecast is right."""
    sheet = _sheet(found, lang, ("Reliability", "可靠性"), height=3.1)
    for ax, who in zip(sheet.axes(2, 2), (MODEL, ANCHORED), strict=True):
        pit = found.holdout.loc[found.holdout["forecaster"] == who, "pit"].to_numpy()
        if not len(pit):
            continue
        share = np.histogram(pit, np.linspace(0.0, 1.0, _BINS + 1))[0] / len(pit)
        edges = np.array([share[0] > 2 / _BINS, *[False] * (_BINS - 2), share[-1] > 2 / _BINS])
        ax.bar(np.arange(_BINS) + 0.5, 100.0 * share, width=0.9, color=np.where(edges, VERMILLION, BLUE))
        ax.axhline(100.0 / _BINS, color=INK, linewidth=1.0, linestyle=":")
        ax.set_xticks(range(0, _BINS + 1, 2), [f"{i / _BINS:g}" for i in range(0, _BINS + 1, 2)])
        sheet.heading(ax, f"{word(who, lang)} ({len(pit)})")
        ax.set_xlabel(
            sheet.say("Chance of less than what came", "预测分布中低于实际值的概率"), fontsize=TEXT, color=INK
        )
        sheet.values(ax, sheet.say("Figures, %", "数据比例（%）"))
    sheet.key(sheet.say("figures", "数据"), Patch(color=BLUE))
    sheet.key(sheet.say("an end twice as full as it should be", "两端超过应有水平一倍"), Patch(color=VERMILLION))
    sheet.key(sheet.say("a right forecast", "正确预测的水平"), Line2D([], [], color=INK, linewidth=1.0, linestyle=":"))
    return sheet.finish(
        sheet.say(
            "High ends: intervals too narrow; a high right end: the model says too little.",
            "两端偏高说明区间过窄；右端偏高说明模型偏低。",
        ),
        *_note(found, lang),
    )


CHARTS = {"coverage": coverage, "skill": skill, "reliability": reliability}


class _Sheet(Sheet):
    """A sheet whose runs are forecasts, not members."""

    origins: tuple[int, ...] = ()

    def _subtitle(self) -> str:
        years = ", ".join(map(str, self.origins))
        return self.say(
            f"{self.reader.title(self.lang)} · origins {years}", f"{self.reader.title(self.lang)} · 分界年 {years}"
        )


def _sheet(found: Validation, lang: Lang, title: Text, height: float, width: float = 10.4) -> Sheet:
    empty = pd.DataFrame(
        {"member": [], "period": [], "area": [], "area_kind": [], "variable": [], "value": [], "unit": []}
    )
    reader = Reader(Result("validation", empty, empty, empty, found.manifest, found.scenario))
    reader.last_published = 0
    sheet = _Sheet(reader, lang, say(title, lang), width=width, height=height)
    sheet.origins = tuple(found.manifest["origins"])
    return sheet


def _note(found: Validation, lang: Lang) -> tuple[str, ...]:
    n, last = found.manifest["members"], int(found.holdout["year"].max())
    return (
        say(
            (
                f"Calibrated as of each origin, {n} draws; judged on years to {last}.",
                f"以每个分界年为准标定，{n} 次抽样；用至{last}年的数据检验。",
            ),
            lang,
        ),
    )
