"""The chart of causes: from the base to the variant in steps, people on the left and output on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, SMALL, VERMILLION, Plain, Sheet
from jjj_sim.comparing.causes import ALL, MOVES, bridge, causes
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.headline import year_of
from jjj_sim.indicators.areas import total
from jjj_sim.running.result import Result
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, Text, zone_short

_NAMES: dict[str, Text] = {
    "births": ("births", "出生"),
    "deaths": ("deaths", "死亡"),
    "price": ("prices", "价格"),
    "jobs": ("jobs", "就业"),
    "capital_per_job": ("capital a job", "劳均资本"),
    "rest": ("technique, mix, use (residual)", "技术、结构与产能利用（余项）"),
    ALL: ("variant less base", "相对基准变化"),
}
_VARIABLES = ("population", "gdp_nominal")
_ROW, _GAP = 0.185, 0.75
# The same on a page, where two panels side by side have room for short names alone.
_GAP_OF_PAGE = 0.62
_REST_OF_PAGE: Text = ("residual", "余项")


def figures(found: Comparison, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield a chart for each variant whose differences can be taken apart, by name."""
    table = causes(found)
    for variant in found.variants:
        rows = table[table["variant"] == variant.name]
        if not rows.empty:
            yield f"causes-{variant.name}", waterfalls(found, variant, rows, lang)


def waterfalls(found: Comparison, variant: Result, table: pd.DataFrame, lang: Lang) -> Figure:
    """Draw for each area what its difference of people, and of output, is made of."""
    year = year_of(found)
    reader = Reader(variant)
    reader.last_published = 0
    names = [reader.title(lang), Reader(found.base).short_title(lang)]
    title = {
        "en": f"Where the differences of {year} come from: {names[0]} less {names[1]}",
        "zh": f"{year}年变化从何而来：{names[0]}相对{names[1]}",
    }[lang]
    areas = (*variant.region.areas, total(variant.region))
    steps = {(area, v): bridge(table, v, area, year) for area in areas for v in _VARIABLES}
    areas = tuple(area for area in areas if any(steps[area, v] for v in _VARIABLES))
    sheet = Sheet(reader, lang, title, width=10.4)
    rows = [[(area, v) for v in _VARIABLES] for area in areas]
    highs = [_ROW * max(len(steps[cell]) for cell in row) for row in rows]
    gap = _GAP_OF_PAGE if sheet.look.narrow else _GAP
    sheet.height = 0.25 + sum(highs) + gap * len(rows)
    left, wide = ({"en": 1.55, "zh": 1.3}[lang] if sheet.look.narrow else 2.1), (sheet.width - 0.2) / 2
    top = sheet.height - 0.3
    for row, high in zip(rows, highs, strict=True):
        for k, (area, variable) in enumerate(row):
            told = steps[area, variable]
            if told:
                tall = _ROW * len(told)
                ax = sheet.place(wide * k + left, top - tall, wide - left - 0.1, tall)
                what, where = sheet.short(variable), sheet.area(area)
                sheet.heading(ax, sheet.say(f"{what}, {where}", f"{where}{what}"))
                _panel(sheet, ax, told)
        top -= high + gap
    sheet.key(sheet.say("adds", "增加"), Patch(color=BLUE))
    sheet.key(sheet.say("takes away", "减少"), Patch(color=VERMILLION))
    sheet.key(sheet.say("the difference", "总变化"), Patch(color=GREY))
    if reader.n_members > 1:
        sheet.key(sheet.say("90 % interval", "90%区间"), Line2D([], [], color=INK, linewidth=1.0))
    return sheet.finish(
        sheet.say(
            "Means over members; the steps sum to the whole. People: births, deaths and net moves since the first "
            "year, by where they come from or go to. Output: prices, jobs and output a job weigh by logarithmic means; "
            "of output a job, capital by the model's own share, and what it leaves.",
            "各次运行的平均，各步之和等于总变化。人口：自首年起累计的出生、死亡及按来源和去向的净迁移。"
            "产出：价格、就业和劳均产出按对数平均加权；劳均产出中，资本按模型自身的份额计，其余为余项。",
        ),
        *found.warnings,
    )


def _panel(sheet: Sheet, ax: Axes, rows: Sequence[dict[str, Any]]) -> None:
    unit = unit_for(str(rows[0]["unit"]), sheet.lang, max(abs(row["mean"]) for row in rows))
    begin = 0.0
    for y, row in enumerate(rows):
        value, whole = row["mean"] / unit.divisor, row["cause"] == ALL
        low, high = (row[end] / unit.divisor if whole else float("nan") for end in ("low", "high"))
        sheet.note(ax, sheet.say("step", "分解"), [_name(sheet, row)], [value], [low], [high], unit.name)
        colour = GREY if whole else BLUE if value >= 0.0 else VERMILLION
        ax.barh(y, value, left=0.0 if whole else begin, height=0.66, color=colour, alpha=0.85, linewidth=0)
        if whole:
            ax.plot([row["low"] / unit.divisor, row["high"] / unit.divisor], [y, y], color=INK, linewidth=1.0)
        else:
            begin += value
            ax.plot([begin, begin], [y, y + 1], color=INK, linewidth=0.5)
    ax.axvline(0, color=INK, linewidth=0.7)
    ax.use_sticky_edges = False
    ax.margins(x=0.06)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks(range(len(rows)), [_name(sheet, row) for row in rows])
    ax.tick_params(axis="y", length=0, labelsize=SMALL)
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.grid(False)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=3 if sheet.look.narrow else 5))
    ax.xaxis.set_major_formatter(Plain())
    ax.set_xlabel(unit.name, fontsize=SMALL, color=INK, labelpad=1)


def _name(sheet: Sheet, row: dict[str, Any]) -> str:
    if row["cause"] == "rest" and sheet.look.narrow:
        return sheet.say(*_REST_OF_PAGE)
    if row["cause"] != MOVES:
        return sheet.say(*_NAMES[row["cause"]])
    place = zone_short(sheet.reader.region, row["partner"], sheet.lang)
    return sheet.say(f"moves, {place}", f"迁移，{place}")
