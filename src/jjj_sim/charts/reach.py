"""The chart of a reach: the share of draws that meets the aim, and the margin of each indicator, along the strength."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, ORANGE, TEXT, VERMILLION, Plain, Sheet
from jjj_sim.reaching import Reach
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, say

_MARGIN_HEIGHT = 1.75


def figures(found: Reach, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield the chart by name; none to draw of what is met already, or by no lever."""
    if not found.ray.empty:
        yield "strength", strength(found, lang)


def strength(found: Reach, lang: Lang) -> Figure:
    """Draw the share of draws, then a panel of margins for each indicator, over the largest strength of the ray."""
    indicators = list(dict.fromkeys(found.ray["indicator"]))
    reader = Reader(found.result)
    reader.last_published = 0
    name = found.aim.en if lang == "en" else found.aim.zh
    title = {"en": f"Reach: {name}", "zh": f"反推：{name}"}[lang]
    sheet = Sheet(reader, lang, title, width=8.4, height=2.4 + (_MARGIN_HEIGHT + 0.3) * len(indicators))
    sheet.members = sheet.say(f"{reader.n_members} draws of the twin", f"孪生模型{reader.n_members}次抽样")
    bottom = sheet.height - 0.3 - 1.55
    top = sheet.place(1.0, bottom, 7.0, 1.55)
    _share(sheet, top, found)
    for indicator in indicators:
        bottom -= _MARGIN_HEIGHT + 0.3
        ax = sheet.place(1.0, bottom, 7.0, _MARGIN_HEIGHT - 0.25)
        _margins(sheet, ax, found, found.ray[found.ray["indicator"] == indicator])
        ax.set_xlim(top.get_xlim())
    ax.set_xlabel(_axis(sheet, found), fontsize=TEXT, color=INK, labelpad=2)
    return sheet.finish(
        sheet.say(
            f"Strength 0 is the scenario, 1 the lever's legal end. The margin is that which "
            f"{found.request.probability:.0%} of the draws keep; above zero the threshold is met.",
            f"强度0为情景本身，1为杠杆允许范围的尽头。余量为{found.request.probability:.0%}的抽样所能保有者；零以上即达标。",
        ),
        sheet.say(
            "Several levers: along the ray through the point found; the strength shown is the largest of them.",
            "多个杠杆：沿经过所得点的射线；横轴为其中最大的强度。",
        )
        if len(found.moves) > 1
        else "",
    )


def _share(sheet: Sheet, ax: Any, found: Reach) -> None:
    """Draw the share of draws, that asked for, and what members with agents say."""
    rows = found.ray.drop_duplicates("part")
    ax.plot(rows["part"], 100.0 * rows["probability"], "-o", color=BLUE, linewidth=1.6, markersize=4)
    sheet.key(sheet.say("draws that meet it", "达标的抽样"), Line2D([], [], color=BLUE, marker="o", markersize=4))
    ax.axhline(100.0 * found.request.probability, color=INK, linewidth=1.0, linestyle=":")
    dotted = Line2D([], [], color=INK, linewidth=1.0, linestyle=":")
    sheet.key(sheet.say("asked for", "要求"), dotted)
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(-4, 104)
    sheet.values(ax, sheet.say("share, %", "比例，%"))
    sheet.heading(ax, sheet.say("Probability", "概率"))
    _mark(sheet, ax, found)
    asked = found.agents
    if asked is not None and found.outcome == "found":
        at = float(np.abs(found.found.point.strengths).max())
        how: dict[str, Any] = {"color": ORANGE, "marker": "s", "markersize": 6, "capsize": 3, "linestyle": "none"}
        share, interval = asked.met.mean(), asked.probability
        ends = [[100.0 * max(share - interval.low, 0.0)], [100.0 * max(interval.high - share, 0.0)]]
        ax.errorbar([at], [100.0 * share], yerr=np.nan_to_num(ends), zorder=5, **how)
        square = Line2D([], [], color=ORANGE, marker="s", linestyle="none", markersize=6)
        sheet.key(sheet.say("members with agents, 90 %", "主体模型的运行，90%区间"), square, last=True)


def _margins(sheet: Sheet, ax: Any, found: Reach, rows: Any) -> None:
    """Draw the margin that so many draws keep, and the median."""
    unit = unit_for(str(rows["unit"].iloc[0]), sheet.lang, float(rows["margin"].abs().max()))
    ax.plot(rows["part"], rows["margin"] / unit.divisor, "-o", color=BLUE, linewidth=1.6, markersize=4)
    ax.plot(rows["part"], rows["median_margin"] / unit.divisor, "--", color=GREY, linewidth=1.2)
    sheet.key(sheet.say("median of the draws", "抽样中位数"), Line2D([], [], color=GREY, linestyle="--"))
    ax.axhline(0.0, color=INK, linewidth=0.8)
    sheet.values(ax, unit.name, bins=4)
    ax.yaxis.set_major_formatter(Plain())
    name = str(rows["indicator" if sheet.lang == "en" else "indicator_zh"].iloc[0])
    sheet.heading(ax, sheet.say(f"Margin: {name}", f"余量：{name}"))
    _mark(sheet, ax, found)


def _mark(sheet: Sheet, ax: Any, found: Reach) -> None:
    """Mark the point found."""
    if found.outcome == "found":
        ax.axvline(float(np.abs(found.found.point.strengths).max()), color=VERMILLION, linewidth=1.2)
        sheet.key(sheet.say("found", "所得"), Line2D([], [], color=VERMILLION, linewidth=1.2))


def _axis(sheet: Sheet, found: Reach) -> str:
    """Return the label of the strengths."""
    end = found.found.point.strengths if found.outcome == "found" else found.found.side
    moved = [move.name for move, s in zip(found.moves, end, strict=True) if s]
    return say((f"Strength of {', '.join(moved)}", f"{'、'.join(moved)} 的强度"), sheet.lang)
