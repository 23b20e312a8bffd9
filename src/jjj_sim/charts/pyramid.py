"""The pyramid of ages: locals on the left, residents with hukou elsewhere on the right, in three years.

The model has no sexes; what tells the pyramids of this region apart is who came from other provinces.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from jjj_sim.charts.reader import F64, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, ORANGE, PALE, Sheet, plain
from jjj_sim.indicators.ages import groups_of_age, key
from jjj_sim.indicators.areas import places
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, say

_CENSUS = 2020
_ROW, _DOWN = 1.95, 0.68
_OLD = "age_share_60plus"
_SIXTY = 60


def pyramid(reader: Reader, lang: Lang) -> Figure:
    """Draw a row of pyramids an area, a column each for the first year, the census of 2020 and the last year."""
    title = {"en": "Ages of residents, locals and non-locals", "zh": "常住人口年龄结构：本省户籍与外省户籍"}[lang]
    groups = groups_of_age()
    names = [f"residents_aged_{key(*group)}" for group in groups]
    areas = [a for a in places(reader.region) if all(reader.has(name, a) for name in names)]
    if not areas:
        raise MissingVariable(f"annual.parquet has no {names[0]}: it was written before ages were recorded")
    known = [int(y) for y in reader.members(names[0], areas[0]).years]
    years = sorted({known[0], _CENSUS, known[-1]} & set(known))
    sheet = Sheet(reader, lang, title)
    axes = _places(sheet, len(areas), len(years))
    for row, area in enumerate(areas):
        tables = {year: (_of(reader, "residents", area, year), _of(reader, "non_locals", area, year)) for year in years}
        biggest = max(float(_sides(*pair).max()) for pair in tables.values())
        for column, (year, pair) in enumerate(tables.items()):
            ax = axes[row * len(years) + column]
            _draw(sheet, ax, *pair, biggest, first=column == 0)
            sheet.heading(ax, f"{sheet.area(area)}, {year}" if lang == "en" else f"{sheet.area(area)}，{year}年")
            _old(sheet, ax, area, year, pair[0])
    sheet.key(sheet.say("hukou in the province", "本省户籍"), Patch(color=BLUE, alpha=0.75))
    sheet.key(sheet.say("hukou in another province", "外省户籍"), Patch(color=ORANGE, alpha=0.85))
    if reader.n_members > 1:
        sheet.key(sheet.say("90 % of members", "90%区间"), Line2D([], [], color=INK, linewidth=0.9), last=True)
    return sheet.finish(
        sheet.say(
            "Groups of five years, medians over members; one scale in each row. The model has no sexes.",
            "每五岁一组，各次运行中位数；同一行刻度相同。模型不分性别。",
        ),
        sheet.say(
            "Ages of 2013 follow the censuses by broad age; single ages inside them are the nation's.",
            "2013年年龄结构按普查大类年龄，组内按全国单岁结构分解。",
        ),
    )


def _places(sheet: Sheet, rows: int, columns: int) -> list[Axes]:
    """Return axes by row, which stay side by side on a page too: years are to be compared."""
    row, left, across = (1.5, 0.72, 0.3) if sheet.look.narrow else (_ROW, 0.85, 0.35)
    sheet.height = 0.55 + rows * row + (rows - 1) * _DOWN + 0.35
    wide = (sheet.width - left - 0.2 - across * (columns - 1)) / columns
    return [
        sheet.place(left + (i % columns) * (wide + across), 0.55 + (rows - 1 - i // columns) * (row + _DOWN), wide, row)
        for i in range(rows * columns)
    ]


def _of(reader: Reader, who: str, area: str, year: int) -> F64:
    """Return persons by member and group of age, (n_members, n_groups)."""
    tables = [reader.members(f"{who}_aged_{key(*group)}", area) for group in groups_of_age()]
    at = int(np.flatnonzero(tables[0].years == year)[0])
    return np.stack([table.values[:, at] for table in tables], axis=1)


def _sides(residents: F64, away: F64) -> F64:
    """Return medians of locals and of non-locals by group, (2, n_groups)."""
    return np.stack([np.median(residents - away, axis=0), np.median(away, axis=0)])


def _draw(sheet: Sheet, ax: Axes, residents: F64, away: F64, biggest: float, first: bool) -> None:
    """Draw one pyramid: locals to the left, non-locals to the right."""
    unit = unit_for("persons", sheet.lang, biggest)
    at = np.arange(len(groups_of_age()))
    for values, side, colour in ((residents - away, -1.0, BLUE), (away, 1.0, ORANGE)):
        middle = side * np.median(values, axis=0) / unit.divisor
        ax.barh(at, middle, height=0.86, color=colour, alpha=0.75 if side < 0 else 0.85, linewidth=0)
        if sheet.reader.n_members > 1:
            low, high = side * np.quantile(values, [0.05, 0.95], axis=0) / unit.divisor
            ax.hlines(at, low, high, color=INK, linewidth=0.8)
    reach = 1.08 * biggest / unit.divisor
    ax.set_xlim(-reach, reach)
    ax.set_ylim(-0.6, len(at) - 0.4)
    ax.axvline(0.0, color=INK, linewidth=0.7)
    ax.grid(True, axis="x", color=PALE, linewidth=0.6)
    ax.grid(False, axis="y")
    ax.xaxis.set_major_locator(MaxNLocator(nbins=5, symmetric=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: plain(abs(x))))
    ax.tick_params(labelsize=8)
    shown = at[::2]
    names = [_name(*groups_of_age()[k]) for k in shown]
    ax.set_yticks(shown, names if first else [""] * len(shown))
    ax.tick_params(axis="y", length=0)
    if first:
        ax.set_ylabel(sheet.say("Age", "年龄"), fontsize=8.5, color=INK, labelpad=2)
    ax.set_xlabel(unit.name, fontsize=8, color=INK, labelpad=1)


def _old(sheet: Sheet, ax: Axes, area: str, year: int, residents: F64) -> None:
    """Write the share of residents of sixty and over, and the published one of the year where there is one."""
    old = np.array([first >= _SIXTY for first, _ in groups_of_age()])
    share = float(np.median(100.0 * residents[:, old].sum(axis=1) / residents.sum(axis=1)))
    told = sheet.say(f"60 and over {share:.1f} %", f"60岁及以上{share:.1f}%")
    if sheet.look.narrow:
        told = sheet.say(f"60+ {share:.1f} %", f"60岁+\n{share:.1f}%")
    for point in sheet.reader.points(_OLD, area):
        if point.year == year:
            told += sheet.say(f"\ncensus {point.value:.1f} %", f"\n普查{point.value:.1f}%")
            sheet.source(say(point.citation, sheet.lang), year)
    style: dict[str, Any] = {"ha": "right", "va": "top", "fontsize": 8, "color": GREY, "linespacing": 1.2}
    ax.text(0.99, 0.98, told, transform=ax.transAxes, **style)


def _name(first: int, last: int | None) -> str:
    return f"{first}+" if last is None else f"{first}–{last}"
