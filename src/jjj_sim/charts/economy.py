"""Charts of output: GDP, its share of the nation, its sectors."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from jjj_sim.charts.panels import by_area, line
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, ORANGE, SKY, SMALL, TEXT, Sheet, width_of
from jjj_sim.wording.words import Lang, Text, say

BROAD = ("primary", "secondary", "tertiary")
_COLOURS = (ORANGE, BLUE, SKY)
_SECTORS: tuple[Text, ...] = (("primary", "第一产业"), ("secondary", "第二产业"), ("tertiary", "第三产业"))


def gdp(reader: Reader, lang: Lang) -> Figure:
    """Draw GDP at current prices by region."""
    title = {"en": "GDP by region, current prices", "zh": "各地区生产总值(现价)"}[lang]
    return by_area(reader, lang, "gdp_nominal", title=title, from_zero=True)


def gdp_share_of_nation(reader: Reader, lang: Lang) -> Figure:
    """Draw the region's share of national GDP."""
    title = {"en": "Jing-Jin-Ji's share of national GDP", "zh": "京津冀地区生产总值占全国比重"}[lang]
    sheet = Sheet(reader, lang, title)
    (ax,) = sheet.axes(1, 1)
    line(sheet, ax, "gdp_share_of_nation", (reader.total,), named=False)
    return sheet.finish()


class _Row(NamedTuple):
    """A bar of the sector chart; `article` marks the article's own structure."""

    area: str
    year: int
    shares: tuple[float, float, float]
    article: bool


def sector_structure(reader: Reader, lang: Lang) -> Figure:
    """Draw the three sectors' shares in 2013, 2024 and the last year, the article's beside them."""
    title = {"en": "Three sectors in GDP by region", "zh": "各地区三次产业结构"}[lang]
    rows = _rows(reader)
    if not rows:
        raise MissingVariable("annual.parquet has no gdp_share_primary")
    sheet = Sheet(reader, lang, title, height=0.7 + 0.275 * len(rows) + 0.13 * len({r.area for r in rows}))
    left = 0.15 + max(width_of(_name(row, True, sheet)) for row in rows) * TEXT / 72 * 1.05
    ax = sheet.place(left, 0.45, sheet.width - left - 0.25, sheet.height - 0.55)
    at, ticks, names = 0.0, [], []
    given = {(row.area, row.year) for row in rows if row.article}
    for i, row in enumerate(rows):
        at += 1.0 if i and rows[i - 1].area == row.area else 1.5
        ticks.append(at)
        names.append(_name(row, i == 0 or rows[i - 1].area != row.area, sheet))
        _bar(sheet, row, at)
        said = f"{sheet.area(row.area)} {names[-1].removeprefix(sheet.area(row.area)).strip()}"
        sectors = [say(text, lang) for text in _SECTORS]
        sheet.note(
            ax, said, sectors, row.shares, unit="%", source=sheet.say("the article", "文章") if row.article else ""
        )
        for p in reader.points("gdp_share_tertiary", row.area):
            if p.article and p.year == row.year and not row.article and (row.area, row.year) not in given:
                sheet.article(ax, 100.0 - p.value, at)
    ax.set_ylim(at + 0.7, 0.8)
    ax.set_yticks(ticks, names)
    ax.tick_params(axis="y", length=0)
    ax.grid(False)
    ax.set_xlim(0, 100)
    ax.set_xlabel(sheet.say("Share of GDP, %", "占地区生产总值比重，%"), fontsize=TEXT, color=INK, labelpad=2)
    for text, colour in zip(_SECTORS, _COLOURS, strict=True):
        sheet.key(say(text, lang), Patch(color=colour))
    pale = Patch(facecolor="white", edgecolor=GREY, hatch="////", linewidth=0)
    sheet.key(sheet.say("as the article gives it", "文章给出的结构"), pale)
    return sheet.finish(
        sheet.say(
            "Hatched bars: the article's structure of 2013 and 2024. Diamonds: where it has the tertiary sector of "
            "Beijing and Tianjin begin, of which it says more than 80 and 60 %. The model's bars are medians.",
            "斜线条：文章给出的2013年和2024年结构。菱形：文章称北京、天津第三产业占比“超80%”“超六成”，菱形右侧即第三产业。"
            "模型数据为各次运行中位数。",
        )
    )


def _rows(reader: Reader) -> list[_Row]:
    rows = []
    for area in dict.fromkeys((reader.total, *reader.headlines)):
        if not all(reader.has(f"gdp_share_{b}", area) for b in BROAD):
            continue
        years = reader.members("gdp_share_primary", area).years
        medians = [reader.members(f"gdp_share_{b}", area).band.median for b in BROAD]
        for year in sorted({2013, 2024, int(years[-1])} & {int(y) for y in years}):
            at = int(np.flatnonzero(years == year)[0])
            rows.append(_Row(area, year, _three([float(m[at]) for m in medians]), False))
            published = [
                [p.value for p in reader.points(f"gdp_share_{b}", area) if p.article and p.year == year] for b in BROAD
            ]
            if all(published):
                rows.append(_Row(area, year, _three([p[0] for p in published]), True))
    return rows


def _three(values: list[float]) -> tuple[float, float, float]:
    a, b, c = values
    return a, b, c


def _name(row: _Row, first: bool, sheet: Sheet) -> str:
    what = sheet.say(f"{row.year} article", f"{row.year}年文章") if row.article else f"{row.year}"
    return f"{sheet.area(row.area)}   {what}" if first else what


def _bar(sheet: Sheet, row: _Row, at: float) -> None:
    ax = sheet.figure.axes[0]
    start = 0.0
    for share, colour in zip(row.shares, _COLOURS, strict=True):
        look: dict[str, Any] = {"hatch": "////", "edgecolor": "white", "alpha": 0.65} if row.article else {}
        ax.barh(at, share, 0.82, left=start, color=colour, linewidth=0, **look)
        if share >= 3.0:
            ink = "white" if colour == BLUE and not row.article else INK
            box = {"facecolor": "white", "pad": 0.8, "linewidth": 0} if row.article else None
            ax.text(
                start + share / 2, at, f"{share:.1f}", ha="center", va="center", fontsize=SMALL, color=ink, bbox=box
            )
        start += share
