"""Charts of firms: who leaves Beijing and how, who comes to Xiong'an, how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.typing import ColorType

from jjj_sim.charts.panels import by_area, line
from jjj_sim.charts.reader import F64, Members, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREEN, ORANGE, SKY, VERMILLION, Sheet, plain
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import REGISTER_END, Lang, Text, say


class _Event(NamedTuple):
    """A way in which units leave Beijing."""

    name: Text
    colour: str


_CLOSED = _Event(("closed by relief", "疏解关停"), VERMILLION)
_RELIEVED = _Event(("moved by relief", "疏解迁出"), ORANGE)
_MOVED = _Event(("moved by own choice", "自主迁出"), SKY)
_MANUFACTURING = "relocated_general_manufacturing_firms"


def leaving_beijing(reader: Reader, lang: Lang) -> Figure:
    """Draw units leaving Beijing by event and year, branches by destination, and relief since its start."""
    title = {"en": "Firms leaving Beijing, by event", "zh": "迁出北京的企业:按方式"}[lang]
    sheet = Sheet(reader, lang, title, height=4.0)
    left, middle, right = sheet.axes(3, 3, left=0.75, right=0.25, across=0.85)
    _events(sheet, left)
    _branches(sheet, middle)
    _relief(sheet, right)
    return sheet.finish(
        sheet.say(
            "Bars: medians over members. Branches in the rest of China are left out. The article says more than 3,000 "
            "manufacturing firms and more than 1,000 markets since 2014; they enter as a quota, so that meeting them "
            "is accounting, not skill.",
            "柱:各次运行中位数。不含设于全国其他地区的分支。文章称2014年以来疏解一般制造业企业“超3000家”、"
            "疏解提升市场“超1000个”;二者作为任务输入,吻合不代表模型能力。",
        ),
    )


def _events(sheet: Sheet, ax: Axes) -> None:
    """Draw units closed by relief, moved by relief, and moved by their own choice."""
    closed, moved, relieved = (
        sheet.reader.members(v, sheet.reader.filling("capital"))
        for v in ("firms_closed_by_relief", "firms_relocated_out", "firms_relocated_by_relief")
    )
    own = Members(moved.years, moved.values - relieved.values)
    heights = {_CLOSED: closed.band.median, _RELIEVED: relieved.band.median, _MOVED: own.band.median}
    for event in heights:
        sheet.key(say(event.name, sheet.lang), Patch(color=event.colour))
    _stack(sheet, ax, moved.years, [(e.colour, h) for e, h in heights.items()])
    sheet.heading(ax, sheet.say("Units closed or moved", "关停与迁出单位"))


def _branches(sheet: Sheet, ax: Axes) -> None:
    """Draw branches of Beijing's units by the region they open in, and offers in the new area that they took."""
    reader = sheet.reader
    yearly = reader.left_yearly("firms_branched")
    others = [a for a in reader.region.areas if a != reader.filling("capital")]
    bars: list[tuple[ColorType, F64]] = []
    for area in others:
        where, colour = sheet.area(area), to_rgba(sheet.colour(area), 0.6)
        sheet.key(sheet.say(f"branch in {where}", f"分支:{where}"), Patch(color=colour))
        bars.append((colour, yearly[area].to_numpy() if area in yearly else np.zeros(len(yearly))))
    if reader.sends("offers_taken"):
        taken = reader.left_yearly("offers_taken").sum(axis=1).reindex(yearly.index, fill_value=0.0)
        sheet.key(sheet.say("offer taken in the new area", "新区承接注册"), Patch(color=GREEN))
        bars.append((GREEN, taken.to_numpy()))
    _stack(sheet, ax, yearly.index.to_numpy(), bars)
    sheet.heading(ax, sheet.say("Branches opened", "外设分支机构"))


def _stack(sheet: Sheet, ax: Axes, years: Any, heights: Sequence[tuple[ColorType, F64]]) -> None:
    """Draw stacked bars of units a year by colour."""
    unit = unit_for("units", sheet.lang, float(np.sum([height for _, height in heights], axis=0).max()), a_year=True)
    floor = np.zeros(len(years))
    for colour, height in heights:
        ax.bar(years, height / unit.divisor, 0.8, bottom=floor, color=colour, linewidth=0)
        floor = floor + height / unit.divisor
    sheet.values(ax, unit.name)
    sheet.years(ax, int(years[0]), int(years[-1]))


def _relief(sheet: Sheet, axes: Axes) -> None:
    """Draw manufacturing firms and markets relieved, cumulative."""
    reader, lang = sheet.reader, sheet.lang
    capital = reader.filling("capital")
    drawn = False
    for variable, colour, name in (
        (_MANUFACTURING, VERMILLION, ("manufacturing firms", "一般制造业企业")),
        ("relocated_or_upgraded_markets", GREEN, ("markets, logistics", "市场与物流中心")),
    ):
        if not reader.has(variable, capital):
            continue
        band = reader.members(variable, capital).band
        unit = unit_for("sites", lang, 1.0)._replace(name=sheet.say("sites", "家(个)"))
        sheet.band(axes, band, unit, colour)
        sheet.points(axes, reader.points(variable, capital), unit, colour)
        at: dict[str, Any] = {"xycoords": axes.get_yaxis_transform(), "textcoords": "offset points"}
        at |= {"xytext": (0, -8), "ha": "right", "va": "top"}
        if variable == _MANUFACTURING:  # left of the steep line; below its end stand the published figures
            at = {"xycoords": "axes fraction", "ha": "left", "va": "top"}
        place = (0.03, 0.98) if variable == _MANUFACTURING else (0.99, float(band.median[-1]))
        axes.annotate(say(name, lang), place, fontsize=8.5, color=colour, **at)
        sheet.years(axes, int(band.years[0]), int(band.years[-1]))
        drawn = True
    if not drawn:
        raise MissingVariable(f"annual.parquet has no {_MANUFACTURING}")
    sheet.values(axes, sheet.say("firms, sites", "家(个)"))
    axes.set_ylim(bottom=0)
    sheet.heading(axes, sheet.say("Relieved since 2014, cumulative", "2014年以来累计疏解"))


def xiongan_firms(reader: Reader, lang: Lang) -> Figure:
    """Draw firms of Beijing origin and branches of central state firms in Xiong'an."""
    title = {"en": "Firms from Beijing in Xiong'an, cumulative", "zh": "雄安新区的北京来源企业(累计)"}[lang]
    area = reader.filling("new_area")
    sheet = Sheet(reader, lang, title, height=4.0)
    for ax, variable in zip(sheet.axes(2, 2), ("firms_of_beijing_origin", "central_soe_branches"), strict=True):
        line(sheet, ax, variable, (area,), named=False, from_zero=True)
        sheet.heading(ax, sheet.label(variable))
        for p in reader.points(variable, area):
            if p.article:
                text = (">" if p.comparator == "gt" else "") + plain(p.value)
                ax.annotate(text, (p.year, p.value), (-7, 6), textcoords="offset points", fontsize=8.5, ha="right")
    return sheet.finish(
        sheet.say(
            "Offers enter as a path: meeting them is accounting. A part of those who registered comes to work.",
            "注册与设立规模作为政策路径输入,吻合属核算结果;注册企业中部分实际入驻。",
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
            "Rates of founding are those between the economic censuses, one to 2018 and one to 2023; after that units "
            "are founded as units close and the sector's output grows.",
            "新设率取两次经济普查之间的数值(至2018年、至2023年各一);此后新设单位随注销与行业产出增长而定。",
        )
    )
