"""Charts of firms: who leaves Beijing and how, who comes to Xiong'an, how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jjj_sim.charts.panels import by_area, line
from jjj_sim.charts.reader import F64, Members, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREEN, INK, PURPLE, TEXT, VERMILLION, Sheet, plain
from jjj_sim.wording.units import Unit, unit_for
from jjj_sim.wording.words import REGISTER_END, Lang, Text, say


class _Event(NamedTuple):
    """A way in which units leave Beijing."""

    name: Text
    colour: str


_CLOSED = _Event(("closed by relief", "疏解关停"), INK)
_RELIEVED = _Event(("moved by relief", "疏解迁出"), PURPLE)
_MOVED = _Event(("moved by own choice", "自主迁出"), "#BDBDBD")
_MANUFACTURING = "relocated_general_manufacturing_firms"


def leaving_beijing(reader: Reader, lang: Lang) -> Figure:
    """Draw units leaving Beijing by event and year, branches by destination, and relief since its start."""
    title = {"en": "Beijing's firms: moved out, branches, closures", "zh": "北京企业的迁出、外设分支与关停"}[lang]
    sheet = Sheet(reader, lang, title, height=4.0)
    left, middle, right = sheet.axes(3, 3)
    _events(sheet, left)
    _branches(sheet, middle)
    _relief(sheet, right)
    return sheet.finish(
        sheet.say(
            "Bars: medians over members; thin lines: 90 % of members of those moved, which differ much from member to "
            "member. Closures are no departure and stand as a line. Branches in the rest of China are left out. The "
            "article says more than 3,000 manufacturing firms and more than 1,000 markets since 2014; they enter as a "
            "quota: meeting them is accounting.",
            "柱：各次运行中位数；细线：迁出合计的90%区间，各次运行差异较大，逐年起伏不宜解读。关停不属迁出，以折线另示。"
            "不含设于全国其他地区的分支。文章称2014年以来疏解一般制造业企业“超3000家”、疏解提升市场“超1000个”；"
            "二者作为任务输入，吻合属核算结果。",
        ),
    )


def _events(sheet: Sheet, ax: Axes) -> None:
    """Draw units moved by relief and by their own choice as bars, those closed by relief as a line."""
    closed, moved, relieved = (
        sheet.reader.members(v, sheet.reader.filling("capital"))
        for v in ("firms_closed_by_relief", "firms_relocated_out", "firms_relocated_by_relief")
    )
    own = Members(moved.years, moved.values - relieved.values)
    heights = {_RELIEVED: relieved.band.median, _MOVED: own.band.median}
    for event in (*heights, _CLOSED):
        handle = Line2D([], [], color=event.colour, linewidth=1.4) if event is _CLOSED else Patch(color=event.colour)
        sheet.key(say(event.name, sheet.lang), handle)
    bars = [_Bar(say(e.name, sheet.lang), e.colour, h) for e, h in heights.items()]
    unit = _stack(sheet, ax, moved.years, bars, float(moved.band.high.max()))
    ax.plot(closed.years, closed.band.median / unit.divisor, color=_CLOSED.colour, linewidth=1.4, zorder=4)
    sheet.note(ax, say(_CLOSED.name, sheet.lang), closed.years, closed.band.median / unit.divisor, unit=unit.name)
    if sheet.reader.n_members > 1:
        low, high = moved.band.low / unit.divisor, moved.band.high / unit.divisor
        ax.vlines(moved.years, low, high, color=INK, linewidth=0.6)
    sheet.heading(ax, sheet.say("Units moved, and closed", "迁出与关停单位"))


def _branches(sheet: Sheet, ax: Axes) -> None:
    """Draw branches of Beijing's units by the region they open in, and offers in the new area that they took."""
    reader = sheet.reader
    yearly = reader.left_yearly("firms_branched")
    others = [a for a in reader.region.areas if a != reader.filling("capital")]
    bars = []
    for area in others:
        name = sheet.say(f"branch in {sheet.area(area)}", f"分支：{sheet.area(area)}")
        sheet.key(name, Patch(color=sheet.colour(area)))
        values = yearly[area].to_numpy() if area in yearly else np.zeros(len(yearly))
        bars.append(_Bar(name, sheet.colour(area), values))
    if reader.sends("offers_taken"):
        taken = reader.left_yearly("offers_taken").sum(axis=1).reindex(yearly.index, fill_value=0.0)
        name = sheet.say("offer taken in the new area", "新区承接注册")
        sheet.key(name, Patch(facecolor="white", edgecolor=GREEN, hatch="/////", linewidth=0.8))
        bars.append(_Bar(name, "white", taken.to_numpy(), GREEN))
    _stack(sheet, ax, yearly.index.to_numpy(), bars)
    sheet.heading(ax, sheet.say("Branches opened", "外设分支机构"))


class _Bar(NamedTuple):
    """Units a year in one colour of stacked bars, hatched in `hatch` where that is one."""

    name: str
    colour: str
    heights: F64
    hatch: str = ""


def _stack(sheet: Sheet, ax: Axes, years: Any, bars: Sequence[_Bar], at_least: float = 0.0) -> Unit:
    """Draw stacked bars of units a year and return their unit."""
    highest = float(np.sum([bar.heights for bar in bars], axis=0).max())
    unit = unit_for("units", sheet.lang, max(highest, at_least), a_year=True)
    floor = np.zeros(len(years))
    for bar in bars:
        how: dict[str, Any] = {"edgecolor": bar.hatch, "hatch": "/////", "linewidth": 0.4} if bar.hatch else {}
        tall = bar.heights / unit.divisor
        ax.bar(years, tall, 0.8, bottom=floor, color=bar.colour, **({"linewidth": 0} | how))
        sheet.note(ax, bar.name, years, tall, unit=unit.name)
        floor = floor + tall
    sheet.values(ax, unit.name)
    sheet.years(ax, int(years[0]), int(years[-1]))
    return unit


def _relief(sheet: Sheet, axes: Axes) -> None:
    """Draw manufacturing firms and markets relieved, cumulative."""
    reader, lang = sheet.reader, sheet.lang
    capital = reader.filling("capital")
    drawn = False
    for variable, colour, name in (
        (_MANUFACTURING, PURPLE, ("manufacturing firms", "一般制造业企业")),
        ("relocated_or_upgraded_markets", BLUE, ("markets, logistics", "市场与物流中心")),
    ):
        if not reader.has(variable, capital):
            continue
        band = reader.members(variable, capital).band
        unit = unit_for("sites", lang, 1.0)._replace(name=sheet.say("sites", "家（个）"))
        sheet.band(axes, band, unit, colour, name=say(name, lang))
        sheet.points(axes, reader.points(variable, capital), unit, colour, name=say(name, lang))
        at: dict[str, Any] = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points"}
        at |= {"xytext": (0, -8), "ha": "right", "va": "top"}
        if variable == _MANUFACTURING:  # left of the steep line; below its end stand the published figures
            at = {"xycoords": "axes fraction", "ha": "left", "va": "top"}
        place = (0.03, 0.98) if variable == _MANUFACTURING else (0.99, float(band.median[-1]))
        axes.annotate(say(name, lang), place, fontsize=TEXT, color=colour, **at)
        sheet.years(axes, int(band.years[0]), int(band.years[-1]))
        drawn = True
    if not drawn:
        raise MissingVariable(f"annual.parquet has no {_MANUFACTURING}")
    sheet.values(axes, sheet.say("firms, sites", "家（个）"))
    sheet.from_zero(axes)
    sheet.heading(axes, sheet.say("Relieved since 2014, cumulative", "2014年以来累计疏解"))


def xiongan_firms(reader: Reader, lang: Lang) -> Figure:
    """Draw firms of Beijing origin and branches of central state firms in Xiong'an."""
    title = {
        "en": "Firms from Beijing in Xiong'an, cumulative: the offers that are put in",
        "zh": "雄安新区的北京来源企业（累计，按政策安排输入）",
    }[lang]
    area = reader.filling("new_area")
    sheet = Sheet(reader, lang, title, height=4.0)
    for ax, variable in zip(sheet.axes(2, 2), ("firms_of_beijing_origin", "central_soe_branches"), strict=True):
        line(sheet, ax, variable, (area,), named=False, from_zero=True)
        sheet.heading(ax, sheet.label(variable))
        for p in reader.points(variable, area):
            if p.article:
                text = (">" if p.comparator == "gt" else "") + plain(p.value)
                ax.annotate(text, (p.year, p.value), (-7, 6), textcoords="offset points", fontsize=TEXT, ha="right")
    return sheet.finish(
        sheet.say(
            "The lines are straight because offers enter as a path between announced figures: meeting them is "
            "accounting. Registrations, moves and branches together; a part of those who registered comes to work.",
            "曲线为折线，因注册与设立规模按已公布节点作为政策路径输入，吻合属核算结果。含承接注册、迁入与分支；注册企业中部分实际入驻。",
        )
    )


def firms(reader: Reader, lang: Lang) -> Figure:
    """Draw legal units by region."""
    title = {"en": "Legal units by region, year end", "zh": "各地区法人单位数(年末)"}[lang]
    return by_area(reader, lang, "firms", title=title, from_zero=True, data_end=REGISTER_END)


def turnover(reader: Reader, lang: Lang) -> Figure:
    """Draw units founded and units closed by region and year."""
    title = {"en": "Units founded and closed by region", "zh": "各地区新设与注销单位"}[lang]
    areas = [a for a in reader.headlines if reader.has("firm_entries", a) and reader.has("firm_exits", a)]
    if not areas:
        raise MissingVariable("annual.parquet has no firm_entries")
    sheet = Sheet(reader, lang, title, height=4.9)
    for ax, area in zip(sheet.axes(len(areas), 3), areas, strict=True):
        founded, closed = (reader.members(v, area).band for v in ("firm_entries", "firm_exits"))
        biggest = max(float(np.nanmax(b.high)) for b in (founded, closed))
        unit = unit_for("units", lang, biggest, a_year=True)
        sheet.band(ax, founded, unit, BLUE, key=sheet.say("founded", "新设"))
        sheet.band(ax, closed, unit, VERMILLION, key=sheet.say("closed", "注销"))
        for variable, colour in (("firm_entries", BLUE), ("firm_exits", VERMILLION)):
            sheet.points(ax, reader.points(variable, area), unit, colour)
        sheet.data_end(ax, "firms", REGISTER_END)
        ax.set_ylim(bottom=0)
        sheet.heading(ax, sheet.area(area))
        sheet.values(ax, unit.name)
        sheet.years(ax, int(founded.years[0]), int(founded.years[-1]))
    return sheet.finish(
        sheet.say(
            "Rates of founding are those between the economic censuses, one to 2018 and one to 2023, hence the jump "
            "between 2018 and 2019; after that units are founded as units close and the sector's output grows.",
            "新设率取两次经济普查之间的数值（至2018年、至2023年各一），2018—2019年的跳变由此而来；"
            "此后新设单位随注销与行业产出增长而定。",
        )
    )
