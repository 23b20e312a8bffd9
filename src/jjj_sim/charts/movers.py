"""The map of who moved because of a policy: people and firms, net between zones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from jjj_sim.charts.maps import attribution, base_map, centre, write, zone_map
from jjj_sim.charts.reader import MissingVariable, without_figures
from jjj_sim.charts.sheet import BLUE, GREY, INK, SMALL, VERMILLION, Sheet
from jjj_sim.comparing.movers import KINDS, NOWHERE, Movers, pairs
from jjj_sim.wording.units import number
from jjj_sim.wording.words import Lang, zone_short

_HEADS = {"residents": ("People", "居民（人）"), "firms": ("Legal units", "法人单位（家）")}
_MOST = 14
# Where the columns of a list stand.
_AT, _SIDES = (0.0, 0.42, 0.98), ("left", "left", "right")


def figures(found: Movers, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield the map, by name; none where the region has no outlines."""
    try:
        zone_map(found.base.region)
    except MissingVariable:
        return
    yield "movers", movers(found, lang)


def movers(found: Movers, lang: Lang) -> Figure:
    """Draw the largest net moves between zones as arrows, people left and firms right, and a list below each."""
    zh = lang == "zh"
    titles = [pair[zh] for pair in found.manifest["titles"].values()]
    year = found.manifest["year"]
    title = f"{year}年政策引起的迁移：{titles[1]}相对{titles[0]}" if zh else f"Moved by the policy, {year}: {titles[1]}"
    n = int(found.manifest["members"])
    sheet = Sheet(without_figures(found.base.region, n), lang, title, width=10.4, height=7.2)
    width = (sheet.width - 0.3) / 2
    for i, kind in enumerate(KINDS):
        table = pairs(found, kind)
        inside = table[~table[["origin", "destination"]].isin([NOWHERE]).any(axis=1)].head(_MOST)
        ax = sheet.place(0.1 + i * width, 2.15, width - 0.1, sheet.height - 2.5)
        sheet.heading(ax, sheet.say(*_HEADS[kind]))
        _arrows(sheet, ax, inside, BLUE if kind == "residents" else VERMILLION)
        _list(sheet, sheet.place(0.3 + i * width, 0.05, width - 0.5, 2.0), table.head(8))
    scale = found.manifest["residents_per_agent"]
    return sheet.finish(
        sheet.say(
            "The same agents in both runs, matched by their keys; net of who moved the other way, mean over members. "
            f"Agents stand for {scale:,} residents each. Elsewhere: in the region in one of the two runs only.",
            "两次运行中的同一批智能体，按编号配对；已扣除反向移动，各次运行平均。"
            f"每个智能体代表{scale:,}名居民。区域外：只在其中一次运行里位于区域内。",
        ),
        attribution(sheet),
    )


def _arrows(sheet: Sheet, ax: Axes, table: Any, colour: str) -> None:
    region = sheet.reader.region
    base_map(ax, zone_map(region), dict.fromkeys(region.ids, "#EFEFEF"))
    largest = float(table["net"].max()) if len(table) else 1.0
    for row in table.to_dict("records"):
        part = row["net"] / largest
        arrow = FancyArrowPatch(
            centre(region, row["origin"]),
            centre(region, row["destination"]),
            arrowstyle="-|>",
            connectionstyle="arc3,rad=0.18",
            mutation_scale=6 + 7 * part,
            linewidth=0.5 + 4.5 * part,
            color=colour,
            alpha=0.55,
            zorder=3,
            shrinkA=2,
            shrinkB=1,
        )
        ax.add_patch(arrow)
    for zone in dict.fromkeys([*table["origin"], *table["destination"]]):
        write(ax, region, zone, zone_short(region, zone, sheet.lang))


def _list(sheet: Sheet, ax: Axes, table: Any) -> None:
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(8.6, -0.6)
    heads = (sheet.say("from", "从"), sheet.say("to", "到"), sheet.say("net", "净"))
    for x, word, side in zip(_AT, heads, _SIDES, strict=True):
        ax.text(x, 0, word, fontsize=SMALL, color=GREY, va="center", ha=side)
    for i, row in enumerate(table.to_dict("records"), start=1):
        ends = [_name(sheet, str(row[key])) for key in ("origin", "destination")]
        for x, word, side in zip(
            (0.0, 0.42, 0.98), (*ends, number(row["net"])), ("left", "left", "right"), strict=True
        ):
            ax.text(x, i, word, fontsize=SMALL, color=INK, va="center", ha=side)


def _name(sheet: Sheet, zone: str) -> str:
    return sheet.say("elsewhere", "区域外") if zone == NOWHERE else zone_short(sheet.reader.region, zone, sheet.lang)
