"""Charts of an attribution: each lever's share in one year, and year by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from jjj_sim.attributing import Attribution
from jjj_sim.attributing.words import player_name
from jjj_sim.charts.reader import without_figures
from jjj_sim.charts.sheet import GREY, INK, PALETTE, SMALL, Plain, Sheet
from jjj_sim.wording.units import Unit, unit_for
from jjj_sim.wording.words import Lang

YEAR = 2030
_ROW, _MOST, _COLUMNS = 0.2, 6, 2


def figures(found: Attribution, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield the shares of one year and those over time, by name."""
    yield "shapley", bars(found, lang)
    if found.shares["year"].nunique() > 1:
        yield "shapley-by-year", by_year(found, lang)


def bars(found: Attribution, lang: Lang) -> Figure:
    """Draw a bar per lever with the 90 % of the draws, a panel per figure, the whole below them."""
    year = min(YEAR, int(found.shares["year"].max()))
    shares, totals = (t[t["year"] == year] for t in (found.shares, found.totals))
    told = list(dict.fromkeys(zip(totals["variable"], totals["area"], strict=True)))
    n = 1 + min(shares["player"].nunique(), _MOST)
    rows = -(-len(told) // _COLUMNS)
    sheet = _sheet(found, lang, (f"Who does what in {year}", f"{year}年各杠杆的份额"), 0.75 + rows * (_ROW * n + 0.75))
    left = 2.0 if lang == "en" else 1.75
    axes = sheet.axes(len(told), _COLUMNS, left=left, across=left + 0.15, down=0.75, bottom=0.45, top=0.3)
    for ax, (variable, area) in zip(axes, told, strict=True):
        mine = shares[(shares["variable"] == variable) & (shares["area"] == area)]
        total = totals[(totals["variable"] == variable) & (totals["area"] == area)].iloc[0]
        _panel(sheet, ax, found, mine, total)
    sheet.key(sheet.say("a lever's share", "单个杠杆的份额"), Patch(color=PALETTE[1]))
    sheet.key(sheet.say("all together", "合计"), Patch(color=INK))
    sheet.key(sheet.say("90 % of the draws", "90%的抽样"), Line2D([], [], color=GREY, linewidth=1.4))
    return sheet.finish(*_notes(found, sheet))


def _panel(sheet: Sheet, ax: Axes, found: Attribution, mine: pd.DataFrame, total: Any) -> None:
    mine = mine.reindex(mine["share"].abs().sort_values(ascending=False, kind="stable").index).head(_MOST)
    unit = _unit(sheet, found, str(total["variable"]), max(abs(total["twin"]), float(mine["share"].abs().max())))
    names = [player_name(found.base.region, str(p))[sheet.lang == "zh"] for p in mine["player"]]
    values = [*mine["share"], total["twin"]]
    ends = [(*mine["low"], total["low"]), (*mine["high"], total["high"])]
    colours = [*[PALETTE[1]] * len(mine), INK]
    for y, (value, low, high, colour) in enumerate(zip(values, *ends, colours, strict=True)):
        ax.barh(y, value / unit.divisor, height=0.62, color=colour, alpha=0.85, linewidth=0)
        ax.plot([low / unit.divisor, high / unit.divisor], [y, y], color=GREY, linewidth=1.4)
    ax.axvline(0, color=INK, linewidth=0.7)
    ax.set_ylim(len(values) - 0.4, -0.6)
    ax.set_yticks(range(len(values)), [*names, sheet.say("all together", "合计")])
    ax.tick_params(axis="y", length=0, labelsize=SMALL)
    ax.grid(False)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4))
    ax.xaxis.set_major_formatter(Plain())
    ax.set_xlabel(unit.name, fontsize=SMALL, color=INK, labelpad=1)
    short, area = sheet.short(str(total["variable"])), sheet.area(str(total["area"]))
    sheet.heading(ax, sheet.say(f"{short}, {area}", f"{area}{short}"))


def by_year(found: Attribution, lang: Lang) -> Figure:
    """Draw the shares over time, a panel per figure, a line for each lever that leads in any of them."""
    told = list(dict.fromkeys(zip(found.totals["variable"], found.totals["area"], strict=True)))
    largest = found.totals.groupby(["variable", "area"])["twin"].agg(lambda x: x.abs().max())
    weight = found.shares["share"].abs() / [largest[cell] or np.inf for cell in _cells(found.shares)]
    leading = weight.groupby(found.shares["player"]).max().nlargest(len(PALETTE)).index
    colours = dict(zip(leading, PALETTE, strict=False))
    rows = -(-len(told) // 3)
    sheet = _sheet(found, lang, ("Which lever acts when", "各杠杆何时起作用"), 0.75 + 1.75 * rows)
    for ax, (variable, area) in zip(sheet.axes(len(told), 3), told, strict=True):
        mine = found.shares[(found.shares["variable"] == variable) & (found.shares["area"] == area)]
        total = found.totals[(found.totals["variable"] == variable) & (found.totals["area"] == area)]
        biggest = max(float(total["twin"].abs().max()), float(mine["share"].abs().max()))
        unit = _unit(sheet, found, variable, biggest)
        for player, colour in colours.items():
            path = mine[mine["player"] == player]
            ax.plot(path["year"], path["share"] / unit.divisor, color=colour, linewidth=1.5)
            name = player_name(found.base.region, str(player))[lang == "zh"]
            sheet.key(name, Line2D([], [], color=colour, linewidth=1.5))
        ax.plot(total["year"], total["twin"] / unit.divisor, color=INK, linewidth=1.8, linestyle="--")
        sheet.key(
            sheet.say("all together", "合计"), Line2D([], [], color=INK, linewidth=1.8, linestyle="--"), last=True
        )
        ax.axhline(0, color=INK, linewidth=0.6)
        short, place = sheet.short(variable), sheet.area(area)
        sheet.heading(ax, sheet.say(f"{short}, {place}", f"{place}{short}"))
        sheet.values(ax, unit.name, bins=4)
        sheet.years(ax, int(total["year"].min()), int(total["year"].max()))
    return sheet.finish(*_notes(found, sheet))


def _cells(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["variable"], table["area"], strict=True))


def _unit(sheet: Sheet, found: Attribution, variable: str, biggest: float) -> Unit:
    base = sheet.reader.indicators[variable].unit
    return unit_for("percentage points" if base == "percent" else base, sheet.lang, biggest)


def _notes(found: Attribution, sheet: Sheet) -> tuple[str, ...]:
    how = found.manifest["orders"]
    estimate = (
        sheet.say(f" Estimates over {how} orders.", f"按{how}种次序估计。")
        if how
        else sheet.say(" Every set of levers was run.", "全部组合均已运行。")
    )
    return (
        sheet.say(
            "Shapley shares: the mean, over all orders in which levers may come, of what a lever adds; they sum to the "
            "whole. The twin, mean over draws." + estimate,
            "Shapley份额：各杠杆在所有先后次序中新增作用的平均，合计等于总变化。孪生模型，抽样均值。" + estimate,
        ),
    )


def _sheet(found: Attribution, lang: Lang, what: tuple[str, str], height: float) -> Sheet:
    zh = lang == "zh"
    names = [pair[zh] for pair in found.manifest["titles"].values()]
    title = f"{what[1]}：{names[1]}相对{names[0]}的变化" if zh else f"{what[0]}: {names[1]} less {names[0]}"
    n = int(found.manifest["draws"]) - int(found.manifest["draws_left_out"])
    sheet = Sheet(without_figures(found.base.region, n), lang, title, width=9.6, height=height)
    sheet.members = sheet.say(f"{n} draws of the twin", f"孪生模型{n}次抽样")
    return sheet
