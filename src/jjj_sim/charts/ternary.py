"""The three sectors in a triangle: the paths that economies take over the years.

The triangle is drawn whole and small, and the part of it where the paths are large and stretched upwards.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from jjj_sim.charts.economy import BROAD
from jjj_sim.charts.reader import F64, MissingVariable, Reader
from jjj_sim.charts.sheet import GREY, INK, Sheet, width_of
from jjj_sim.indicators.areas import places
from jjj_sim.wording.words import Lang, Text, say

# Height of a triangle of side 1.
TALL = float(np.sqrt(3.0) / 2.0)
_CORNERS: tuple[Text, ...] = (("primary", "第一产业"), ("secondary", "第二产业"), ("tertiary", "第三产业"))
_SMALL = 2.3


class _Window(NamedTuple):
    """The part of the triangle that is shown: from `left` to `right`, and primary shares up to `top`."""

    left: float
    right: float
    top: float


def place(shares: F64) -> F64:
    """Return where shares (..., 3) of primary, secondary and tertiary stand, (..., 2), in a triangle of side 1.

    Secondary alone is (0, 0), tertiary alone (1, 0), primary alone the tip; what the shares sum to does not matter.
    """
    whole = shares / shares.sum(axis=-1, keepdims=True)
    return np.stack([whole[..., 2] + whole[..., 0] / 2.0, TALL * whole[..., 0]], axis=-1)


def sectors_ternary(reader: Reader, lang: Lang) -> Figure:
    """Draw the shares of three sectors in GDP of provinces and the new area as paths over the years."""
    title = {"en": "Three sectors in GDP: the path of each area", "zh": "三次产业结构演变轨迹"}[lang]
    areas = [a for a in places(reader.region) if all(reader.has(f"gdp_share_{b}", a) for b in BROAD)]
    if not areas:
        raise MissingVariable("annual.parquet has no gdp_share_primary")
    paths = {a: np.stack([reader.members(f"gdp_share_{b}", a).band.median for b in BROAD], axis=1) for a in areas}
    years = [int(y) for y in reader.members(f"gdp_share_{BROAD[0]}", areas[0]).years]
    sheet = Sheet(reader, lang, title, height=5.2)
    ax = sheet.place(_SMALL + 0.8, 0.5, sheet.width - _SMALL - 1.1, sheet.height - 1.15)
    window = _window(np.vstack(list(paths.values())))
    _grid(sheet, ax, window)
    for area, shares in paths.items():
        _path(sheet, ax, area, shares, years, window, _crowded(area, paths, window))
        _published(sheet, ax, area)
    _whole(sheet, paths, window)
    sheet.key(
        sheet.say("model, a dot a year", "模型，每年一点"), Line2D([], [], color=GREY, marker="o", markersize=2.6)
    )
    return sheet.finish(
        sheet.say(
            "Left the whole triangle: the nearer a corner, the larger that sector. Right its framed part, stretched "
            "upwards. Medians over members.",
            "左为完整三角形：越靠近某一顶点，该产业占比越大。右为框内部分的纵向放大。各次运行中位数。",
        )
    )


def _window(shares: F64) -> _Window:
    """Return the least window, on whole tens of percent across, that holds all shares in percent."""
    at = place(shares)
    left, right = 0.1 * np.floor(10 * at[:, 0].min()), 0.1 * np.ceil(10 * at[:, 0].max())
    right = min(max(right, left + 0.1), 1.0)
    return _Window(float(left), float(right), 0.05 * float(np.ceil(20 * 1.1 * shares[:, 0].max() / 100.0)))


def _grid(sheet: Sheet, ax: Axes, window: _Window) -> None:
    """Draw lines of equal shares: primary across, tertiary and secondary leaning, with their percent."""
    left, right, top = window
    ax.set_xlim(left, right)
    ax.set_ylim(0.0, TALL * top)
    ax.set_axis_off()
    shade: dict[str, Any] = {"color": "#D8D8D8", "linewidth": 0.7, "zorder": 0}
    step = 0.05 if top > 0.12 else 0.02
    for primary in np.arange(0.0, top + 1e-9, step):
        y = TALL * primary
        ax.plot([left, min(right, 1.0 - primary / 2.0)], [y, y], **shade)
        ax.text(left - 0.012 * (right - left), y, _percent(primary), ha="right", va="center", fontsize=8, color=GREY)
    for tertiary in np.arange(0.0, 1.0 + 1e-9, 0.1):
        highest = min(top, 1.0 - tertiary)
        ends = place(np.array([[0.0, 1.0 - tertiary, tertiary], [highest, 1.0 - tertiary - highest, tertiary]]))
        ax.plot(*ends.T, **shade)
        if left - 1e-9 <= tertiary <= right + 1e-9:
            ax.text(tertiary, -0.03 * TALL * top, _percent(tertiary), ha="center", va="top", fontsize=8, color=GREY)
    for secondary in np.arange(0.0, 1.0 + 1e-9, 0.1):
        highest = min(top, 1.0 - secondary)
        ends = place(np.array([[0.0, secondary, 1.0 - secondary], [highest, secondary, 1.0 - secondary - highest]]))
        ax.plot(*ends.T, **{**shade, "linestyle": ":"})
        if left < ends[1, 0] < right - 0.02:
            ax.text(ends[1, 0], 1.03 * TALL * top, _percent(secondary), ha="center", fontsize=8, color=GREY)
    ax.plot([left, right], [0, 0], color=INK, linewidth=0.8, clip_on=False)
    ax.text(
        left, 1.1 * TALL * top, sheet.say("secondary sector (dotted)", "第二产业占比（点线）"), fontsize=8.5, color=INK
    )
    ax.text(
        right, -0.12 * TALL * top, sheet.say("tertiary sector", "第三产业占比"), fontsize=8.5, color=INK, ha="right"
    )
    name = sheet.say("primary sector", "第一产业占比")
    ax.text(-0.1, 0.5, name, transform=ax.transAxes, rotation=90, va="center", ha="center", fontsize=8.5, color=INK)


def _crowded(area: str, paths: dict[str, F64], window: _Window) -> bool:
    """Return whether another path runs close above an area's first year."""
    x, y = place(paths[area][0])
    rest = np.vstack([place(shares) for name, shares in paths.items() if name != area] or [np.zeros((0, 2))])
    near = np.abs(rest[:, 0] - x) < 0.08 * (window.right - window.left)
    above = rest[:, 1] - y
    return bool((near & (above > 0.0) & (above < 0.2 * TALL * window.top)).any())


def _path(sheet: Sheet, ax: Axes, area: str, shares: F64, years: list[int], window: _Window, below: bool) -> None:
    """Draw an area's path with an arrow's head at its end, its name and first and last year, `below` it or above."""
    at, colour = place(shares), sheet.colour(area)
    ax.plot(*at.T, "-o", color=colour, linewidth=1.4, markersize=2.6, zorder=3)
    ax.annotate("", at[-1], at[-2], arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 1.4}, zorder=4)
    start: dict[str, Any] = {
        "textcoords": "offset points",
        "ha": "right",
        "fontsize": 8.5,
        "color": colour,
        "zorder": 6,
    }
    ax.annotate(str(years[0]), at[0], (0, -13 if below else 6), **start)
    name, (x, y) = f"{sheet.area(area)} {years[-1]}", at[-1]
    edge = x + (width_of(name) * 8.5 / 72 + 0.15) / sheet.size(ax)[0] * (window.right - window.left) > window.right
    ax.annotate(
        name,
        (x, y),
        (0, 8) if edge else (8, 0),
        textcoords="offset points",
        ha="right" if edge else "left",
        va="bottom" if edge else "center",
        fontsize=8.5,
        color=colour,
        zorder=6,
    )
    known = sheet.reader.last_year(f"gdp_share_{BROAD[-1]}") or 0
    if years[0] < known < years[-1]:
        ax.plot(*at[years.index(known)], "o", color=colour, markersize=6.5, zorder=5)
        handle = Line2D([], [], color=GREY, marker="o", linestyle="none", markersize=6.5)
        sheet.key(sheet.say(f"model, {known}", f"模型，{known}年"), handle)


def _published(sheet: Sheet, ax: Axes, area: str) -> None:
    """Mark the years in which all three shares are published."""
    tables = [{p.year: p for p in sheet.reader.points(f"gdp_share_{b}", area) if not p.article} for b in BROAD]
    years = sorted(set(tables[0]) & set(tables[1]) & set(tables[2]))
    if not years:
        return
    colour = sheet.colour(area)
    at = place(np.array([[table[y].value for table in tables] for y in years]))
    style: dict[str, Any] = {"color": colour, "markerfacecolor": "white", "markeredgewidth": 0.9, "linewidth": 0.5}
    ax.plot(*at.T, "-o", markersize=4, zorder=2.5, **style)
    handle = Line2D([], [], **{**style, "color": GREY}, marker="o", markersize=4)
    sheet.key(sheet.say("published", "公布数据"), handle, last=True)
    for table in tables:
        for year in years:
            sheet.source(say(table[year].citation, sheet.lang), year)


def _whole(sheet: Sheet, paths: dict[str, F64], window: _Window) -> None:
    """Draw the whole triangle with its corners named, the paths, and the window framed."""
    side = _SMALL - 0.5
    ax = sheet.place(0.45, sheet.height / 2 - side * TALL / 2, side, side * TALL)
    ax.set_xlim(0.0, 1.0)
    ax.set_ylim(0.0, TALL)
    ax.set_axis_off()
    ax.add_patch(
        Polygon([(0, 0), (1, 0), (0.5, TALL)], facecolor="#FAFAFA", edgecolor=INK, linewidth=0.9, clip_on=False)
    )
    for area, shares in paths.items():
        ax.plot(*place(shares).T, color=sheet.colour(area), linewidth=1.6, zorder=3)
    box = Rectangle((window.left, 0.0), window.right - window.left, TALL * window.top, fill=False, edgecolor=GREY)
    box.set(linewidth=0.8, linestyle="--", clip_on=False)
    ax.add_patch(box)
    corners = (
        ((0.5, TALL + 0.05), "center", "bottom"),
        ((0.0, -0.05), "center", "top"),
        ((1.0, -0.05), "center", "top"),
    )
    for (where, across, up), name in zip(corners, _CORNERS, strict=True):
        ax.text(*where, sheet.say(f"all {name[0]}", f"{name[1]}100%"), ha=across, va=up, fontsize=8.5, color=INK)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
