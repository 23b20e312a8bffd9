"""The chart of the goals: the probability of each by year, and their mandatory indicators between their bounds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from jjj_sim.charts.look import present
from jjj_sim.charts.reader import Band, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, FAMILY, GREEN, GREY, INK, SMALL, TEXT, Sheet, wrap
from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goal_paths import goals_path
from jjj_sim.region.goals import GoalIndicator, Goals
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, say

# How many panels of indicators a page holds.
_PAGE = 9
_SHADES = LinearSegmentedColormap.from_list("probability", ["#F4F4F4", BLUE])
_COLUMNS, _PANEL, _DOWN, _ROW = 4, 1.15, 1.0, 0.27
# Room above a probability at which white letters are read better than dark ones.
_DARK = 0.55


def goals(reader: Reader, lang: Lang) -> Figure:
    """Draw for each goal the share of members that meet it, year by year, and every mandatory indicator."""
    found = in_force(reader.readings)
    path = goals_path(reader.readings, found)
    known = set() if path.empty else set(path["id"])
    keys = [key for key in found.goals if key in known]
    shown = [i for i in found.indicators if i.mandatory and i.id in known]
    if present().narrow and "median" in path:
        shown = _binding(shown, path)
    if not shown:
        raise MissingVariable("annual.parquet has no indicator of a goal")
    title = {"en": "Goals of 2030, judged year by year", "zh": "2030年目标逐年判断"}[lang]
    rows = -(-len(shown) // _COLUMNS)
    strip = _ROW * len(keys) + 0.5 if keys else 0.0
    height = strip + 0.45 + rows * _PANEL + (rows - 1) * _DOWN + 0.72
    sheet = Sheet(reader, lang, title, height=height)
    panels = sheet.axes(
        len(shown), _COLUMNS, left=0.6, right=0.35, across=0.55, down=_DOWN, top=strip + 0.72, spare=False
    )
    if keys:
        _strip(sheet, path, keys, found)
    for ax, i in zip(panels, shown, strict=True):
        _panel(sheet, ax, i, path[path["id"] == i.id])
    several = reader.n_members > 1
    return sheet.finish(
        sheet.say(
            "What the thresholds of 2030 would say in each year, all mandatory indicators of a goal together"
            + (": percent of members that meet them." if several else "; one run: what it meets, no probability."),
            "各年按2030年门槛判断，一个目标的必须指标同时达到"
            + ("的运行所占百分比。" if several else "；只有一次运行，只说是否达到，不是概率。"),
        ),
        sheet.say(
            "Bounds and their basis are in goals.csv; most are assumptions.",
            "门槛及其依据见goals.csv，多为假设。",
        ),
        sheet.say(
            f"Panels: the {len(shown)} mandatory indicators met least often in the last year.",
            f"分图：最后一年达到次数最少的{len(shown)}项必须指标。",
        )
        if sheet.look.narrow
        else "",
    )


def _binding(shown: list[GoalIndicator], path: pd.DataFrame) -> list[GoalIndicator]:
    """Return the indicators that are met least often in the last year, as many as a page holds."""
    last = path[path["year"] == path["year"].max()].set_index("id")
    share = {i.id: float(last.loc[i.id, "met"]) / float(last.loc[i.id, "members"]) for i in shown if i.id in last.index}
    least = sorted(share, key=lambda key: share[key])[:_PAGE]
    return [i for i in shown if i.id in least]


def _strip(sheet: Sheet, path: pd.DataFrame, keys: list[str], found: Goals) -> None:
    """Draw a row of shaded cells a goal, a cell a year, with the probability in percent."""
    years = sorted(int(y) for y in path["year"].unique())
    left = 3.0 if sheet.lang == "en" else 2.1
    ax = sheet.place(left, sheet.height - 0.1 - _ROW * len(keys), sheet.width - left - 0.15, _ROW * len(keys))
    several = sheet.reader.n_members > 1
    for row, key in enumerate(keys):
        mine = path[path["id"] == key]
        for year, n, m in zip(mine["year"], mine["met"], mine["members"], strict=True):
            column, met = years.index(year), n / m
            ax.add_patch(Rectangle((column + 0.03, row + 0.06), 0.94, 0.88, facecolor=_SHADES(met), linewidth=0))
            text = f"{100 * met:.0f}" if several else ("" if met == 0 else sheet.say("met", "达到"))
            colour = "white" if met > _DARK else INK
            ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=SMALL, color=colour)
    ax.set_xlim(0, len(years))
    ax.set_ylim(len(keys), 0)
    names = [f"{key} {say((found.goals[key].en, found.goals[key].zh), sheet.lang)}" for key in keys]
    ax.set_yticks([row + 0.5 for row in range(len(keys))], names)
    every = -(-len(years) // max(int(sheet.size(ax)[0] / 0.36), 1))
    ax.set_xticks([c + 0.5 for c in range(0, len(years), every)], [str(y) for y in years[::every]])
    ax.tick_params(length=0, labelsize=SMALL, axis="x")
    ax.tick_params(length=0, axis="y")
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.grid(False)


def _panel(sheet: Sheet, ax: Axes, i: GoalIndicator, path: pd.DataFrame) -> None:
    """Draw an indicator: median and 90 % band over the values that meet the goal, its threshold dashed."""
    columns = {key: path[key].to_numpy(dtype=float) for key in ("median", "low", "high")}
    band = Band(path["year"].to_numpy(dtype=np.int64), **columns)
    ends = [float(columns["low"].min()), float(columns["high"].max()), i.threshold]
    if i.sense == "band" and i.upper is not None:
        ends.append(i.upper)
    unit = unit_for(i.unit, sheet.lang, max(map(abs, ends)))
    room = 0.08 * (max(ends) - min(ends)) or abs(i.threshold) or 1.0
    bottom, top = min(ends) - room, max(ends) + room
    low, high = i.bounds
    inside = (max(low, bottom) / unit.divisor, min(high, top) / unit.divisor)
    ax.axhspan(*inside, color=GREEN, alpha=0.13, linewidth=0, zorder=0.5)
    sheet.key(sheet.say("meets the goal", "达到目标"), Patch(color=GREEN, alpha=0.2))
    for bound in (low, high):
        aimed = bound == i.threshold or i.sense == "band"
        if bottom < bound < top:
            style: dict[str, Any] = {"color": GREEN, "linewidth": 1.1, "linestyle": "--" if aimed else ":"}
            ax.axhline(bound / unit.divisor, zorder=2, **style)
            name = ("threshold", "门槛") if aimed else ("overshot beyond", "超出此线即过头")
            sheet.key(sheet.say(*name), Line2D([], [], **style), last=True)
    sheet.band(ax, band, unit, BLUE)
    ax.set_ylim(bottom / unit.divisor, top / unit.divisor)
    sheet.years(ax, int(band.years[0]), int(band.years[-1]), label=False)
    sheet.values(ax, unit.name, bins=4)
    ax.tick_params(labelsize=SMALL, color=GREY)
    lines = wrap(f"{i.goal} {say((i.en, i.zh), sheet.lang)}", (sheet.size(ax)[0] + 0.3) * 72 / TEXT / 1.05)
    ax.set_title("\n".join(lines), fontsize=TEXT, loc="left", color=INK, fontfamily=FAMILY)
    sheet.note(ax, sheet.say("threshold", "门槛"), [band.years[-1]], [i.threshold / unit.divisor], unit=unit.name)
