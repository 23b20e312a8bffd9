"""Charts of firms: who leaves Beijing and how, who comes to Xiong'an, how many there are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from jjj_sim.charts.panels import by_area, line
from jjj_sim.charts.reader import REGION_ORDER, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREEN, ORANGE, SKY, VERMILLION, Sheet, plain
from jjj_sim.charts.units import unit_for
from jjj_sim.charts.words import Lang, Text, area_name, label, say


class _Event(NamedTuple):
    """A way in which units leave Beijing, or stretch out of it."""

    variable: str
    name: Text
    colour: str


_EVENTS = (
    _Event("firms_closed_by_relief", ("closed by relief", "疏解关停"), VERMILLION),
    _Event("firms_relocated_by_relief", ("moved by relief", "疏解迁出"), ORANGE),
    _Event("firms_relocated_out", ("moved out by own choice", "自主迁出"), SKY),
    _Event("firms_branched_out", ("branch opened outside", "外设分支机构"), BLUE),
)


def leaving_beijing(reader: Reader, lang: Lang) -> Figure:
    """Draw units leaving Beijing by event and year, and relief counted from its start."""
    title = {"en": "Firms leaving Beijing, by event", "zh": "迁出北京的企业:按方式"}[lang]
    sheet = Sheet(reader, lang, title, height=4.2)
    left, right = sheet.axes(2, 2, left=0.75, right=0.35, across=1.0)
    parts = {e: reader.members(e.variable, "beijing").band for e in _EVENTS if reader.has(e.variable, "beijing")}
    if not parts:
        raise MissingVariable("annual.parquet has no firms_relocated_out of beijing")
    medians = {e: np.asarray(band.median) for e, band in parts.items()}
    years = next(iter(parts.values())).years
    relieved, moved = _EVENTS[1], _EVENTS[2]
    split = relieved in medians
    if split and moved in medians:
        medians[moved] = np.maximum(medians[moved] - medians[relieved], 0.0)
    most = float(np.sum(list(medians.values()), axis=0).max())
    unit = unit_for("units", lang, most, a_year=True)
    floor = np.zeros(len(years))
    for event, height in medians.items():
        left.bar(years, height / unit.divisor, 0.8, bottom=floor, color=event.colour, linewidth=0)
        floor = floor + height / unit.divisor
        name = say(event.name, lang)
        if event == moved and not split:
            name = sheet.say("moved out, relief included", "迁出(含疏解)")
        sheet.key(name, Patch(color=event.colour))
    sheet.heading(left, sheet.say("Units by event, medians", "各方式单位数(中位数)"))
    sheet.values(left, unit.name)
    sheet.years(left, int(years[0]), int(years[-1]))
    _relief(sheet, right)
    return sheet.finish(
        sheet.say(
            "The article says more than 3,000 manufacturing firms and more than 1,000 markets since 2014; they "
            "enter as a quota, so that meeting them is accounting, not skill.",
            "文章称2014年以来疏解一般制造业企业“超3000家”、疏解提升市场“超1000个”;二者作为任务输入,吻合不代表模型能力。",
        ),
        columns=5,
    )


def _relief(sheet: Sheet, axes: Axes) -> None:
    """Draw manufacturing firms and markets relieved, cumulative."""
    reader, lang = sheet.reader, sheet.lang
    drawn = False
    for variable, colour, name in (
        ("relocated_general_manufacturing_firms", VERMILLION, ("manufacturing firms", "一般制造业企业")),
        ("relocated_or_upgraded_markets", GREEN, ("markets, logistics", "市场与物流中心")),
    ):
        if not reader.has(variable, "beijing"):
            continue
        band = reader.members(variable, "beijing").band
        unit = unit_for("sites", lang, 1.0)._replace(name=sheet.say("sites", "家(个)"))
        sheet.band(axes, band, unit, colour)
        sheet.points(axes, reader.points(variable, "beijing"), unit, colour)
        middle = 2 * len(band.years) // 3
        axes.annotate(
            say(name, lang),
            (float(band.years[middle]), float(band.median[middle])),
            (0, -14),
            textcoords="offset points",
            fontsize=8.5,
            color=colour,
        )
        sheet.years(axes, int(band.years[0]), int(band.years[-1]))
        drawn = True
    if not drawn:
        raise MissingVariable("annual.parquet has no relocated_general_manufacturing_firms")
    sheet.values(axes, sheet.say("firms, sites", "家(个)"))
    axes.set_ylim(bottom=0)
    sheet.heading(axes, sheet.say("Relieved since 2013, cumulative", "2013年以来累计疏解"))


def xiongan_firms(reader: Reader, lang: Lang) -> Figure:
    """Draw firms of Beijing origin and branches of central state firms in Xiong'an."""
    title = {"en": "Firms from Beijing in Xiong'an, cumulative", "zh": "雄安新区的北京来源企业(累计)"}[lang]
    sheet = Sheet(reader, lang, title, height=4.0)
    for ax, variable in zip(sheet.axes(2, 2), ("firms_of_beijing_origin", "central_soe_branches"), strict=True):
        line(sheet, ax, variable, ("xiongan",), named=False, from_zero=True)
        sheet.heading(ax, label(variable, lang))
        for p in reader.points(variable, "xiongan"):
            if p.article:
                text = (">" if p.comparator == "gt" else "") + plain(p.value)
                ax.annotate(text, (p.year, p.value), (-7, 6), textcoords="offset points", fontsize=8.5, ha="right")
    return sheet.finish(
        sheet.say(
            "Offers enter as a path: meeting them is accounting.", "注册与设立规模作为政策路径输入,吻合属核算结果。"
        )
    )


def firms(reader: Reader, lang: Lang) -> Figure:
    """Draw legal units by region."""
    title = {"en": "Legal units by region, year end", "zh": "各地区法人单位数(年末)"}[lang]
    return by_area(reader, lang, "firms", title=title, from_zero=True)


def turnover(reader: Reader, lang: Lang) -> Figure:
    """Draw units founded and units closed by region and year."""
    title = {"en": "Units founded and closed by region", "zh": "各地区新设与注销单位"}[lang]
    areas = [a for a in REGION_ORDER if reader.has("firm_entries", a) and reader.has("firm_exits", a)]
    if not areas:
        raise MissingVariable("annual.parquet has no firm_entries")
    sheet = Sheet(reader, lang, title, height=4.9)
    for ax, area in zip(sheet.axes(len(areas), 3), areas, strict=True):
        founded, closed = (reader.members(v, area).band for v in ("firm_entries", "firm_exits"))
        biggest = max(float(np.nanmax(b.high)) for b in (founded, closed))
        unit = unit_for("units", lang, biggest, a_year=True)
        sheet.band(ax, founded, unit, BLUE, key=sheet.say("founded", "新设"))
        sheet.band(ax, closed, unit, VERMILLION, key=sheet.say("closed", "注销"))
        ax.set_ylim(bottom=0)
        sheet.heading(ax, area_name(area, lang))
        sheet.values(ax, unit.name)
        sheet.years(ax, int(founded.years[0]), int(founded.years[-1]))
    return sheet.finish()
