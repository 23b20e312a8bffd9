"""The chart of winners and losers: a bar for each group and measure, by how much it gains or loses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jjj_sim.charts.comparison import scale, scale_note
from jjj_sim.charts.look import present
from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, SMALL, VERMILLION, Sheet
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.winners import GAIN, GROUPS, LOSS, winners
from jjj_sim.running.result import Result
from jjj_sim.wording.words import Lang

_COLOURS = {GAIN: BLUE, LOSS: VERMILLION}
_ROW, _GAP, _WIDTH, _NAMES = 0.165, 0.62, 5.7, 2.95
# How many rows of a group a page holds.
_PAGE = 8


def figures(found: Comparison, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield a chart for each variant of which a result tells a gain or a loss, by name."""
    table = winners(found)
    table = table[(table["better"] != "") & table["relative"].notna()]
    for variant in found.variants:
        rows = table[table["variant"] == variant.name]
        if not rows.empty:
            yield f"winners-{variant.name}", bars(found, variant, rows, lang)


def bars(found: Comparison, variant: Result, table: pd.DataFrame, lang: Lang) -> Figure:
    """Draw the rows of one variant in two columns, a panel a group, the best on top."""
    year = int(table["year"].iloc[0])
    groups = {name: rows for name in GROUPS if len(rows := _shown(table[table["group"] == name]))}
    columns = _columns({name: len(rows) * _ROW + _GAP for name, rows in groups.items()}, 1 if present().narrow else 2)
    height = 0.3 + max(sum(len(groups[name]) * _ROW + _GAP for name in column) for column in columns)
    reader = Reader(variant)
    reader.last_published = 0
    names = [reader.title(lang), Reader(found.base).short_title(lang)]
    title = {
        "en": f"Who gains and who loses in {year}: {names[0]} less {names[1]}",
        "zh": f"{year}年谁受益、谁受损：{names[0]}相对{names[1]}",
    }[lang]
    sheet = Sheet(reader, lang, title, width=_WIDTH * 2 + 0.1, height=height)
    for k, column in enumerate(columns):
        top = sheet.height - 0.32
        for name in column:
            rows = groups[name]
            high = _ROW * len(rows)
            ax = sheet.place(k * _WIDTH + _NAMES, top - high, _WIDTH - _NAMES - 0.2, high)
            sheet.heading(ax, sheet.say(f"{GROUPS[name][0]}, %", f"{GROUPS[name][1]}，%"))
            _panel(sheet, ax, rows)
            top -= high + _GAP
    sheet.key(sheet.say("gains", "受益"), Patch(color=BLUE))
    sheet.key(sheet.say("loses", "受损"), Patch(color=VERMILLION))
    sheet.key(sheet.say("does not matter, or not clear", "变化可忽略或不明显"), Patch(color=GREY))
    if reader.n_members > 1:
        sheet.key(sheet.say("90 % interval", "90%区间"), Line2D([], [], color=INK, linewidth=1.0))
    return sheet.finish(
        sheet.say(
            "Differences in percent of the base; unemployment in points of the labour force, net lending in percent of "
            "revenue, the centre's net payments of all it pays. More unemployment, PM2.5, rent and a higher price for "
            "buyers are losses. The model does not know who owns a home.",
            "相对基准变化的百分比；失业率为劳动力的百分点，净借出占财政收入，中央净支付占其全部支付。"
            "失业、PM2.5、租金上升以及购房者面对的房价上升为受损。模型不区分住房归谁所有。",
        ),
        scale_note(sheet),
        sheet.say(f"At most the {_PAGE} largest gains and losses of a group.", f"每组至多列出变化最大的{_PAGE}项。")
        if sheet.look.narrow
        else "",
        *found.warnings,
    )


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are drawn: all on a screen, on a page the largest of those that gain or lose."""
    if not present().narrow:
        return rows
    clear = rows[rows["outcome"].isin(_COLOURS)]
    return clear.loc[clear["relative"].abs().nlargest(_PAGE).index.sort_values()]


def _columns(heights: dict[str, float], n: int) -> list[list[str]]:
    """Return the groups in `n` columns about as high as each other, each in its order."""
    columns: list[list[str]] = [[] for _ in range(n)]
    filled = [0.0] * n
    for name in sorted(heights, key=lambda n: -heights[n]):
        k = filled.index(min(filled))
        columns[k].append(name)
        filled[k] += heights[name]
    order = list(heights)
    return [sorted(column, key=order.index) for column in columns if column]


def _panel(sheet: Sheet, ax: Axes, rows: pd.DataFrame) -> None:
    zh = sheet.lang == "zh"
    ends = rows[["relative_low", "relative_high"]].abs().to_numpy()
    scale(ax, float(ends.max()))
    for y, row in enumerate(rows.to_dict("records")):
        ax.barh(y, row["relative"], height=0.7, color=_COLOURS.get(row["outcome"], GREY), alpha=0.85, linewidth=0)
        ends_of = row["relative_low"], row["relative_high"]
        ax.plot(ends_of, [y, y], color=INK, linewidth=1.0)
        said = sheet.say("change on the base", "相对基准变化")
        sheet.note(ax, said, [_name(row, zh)], [row["relative"]], ends_of[:1], ends_of[1:], "%")
    ax.axvline(0, color=INK, linewidth=0.7)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks(range(len(rows)), [_name(row, zh) for row in rows.to_dict("records")])
    ax.tick_params(axis="y", length=0, labelsize=SMALL)
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.grid(False)


def _name(row: Mapping[Any, Any], zh: bool) -> str:
    who, what = (row["who_zh"], row["measure_zh"]) if zh else (row["who"], row["measure"])
    if row["group"] == "sectors":
        return str(who)
    return f"{who}：{what}" if zh else f"{who}: {what}"
