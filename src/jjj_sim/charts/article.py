"""The founding article's figures beside the model's, one row each."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import (
    BLACK,
    GREEN,
    GREY,
    INK,
    PALE,
    SMALL,
    VERMILLION,
    YELLOW,
    Sheet,
    plain,
    width_of,
    wrap,
)
from jjj_sim.judging.targets import Target
from jjj_sim.wording.units import number, unit_for
from jjj_sim.wording.words import ROLES, SHORT, STATUS, Lang, say

STATUS_COLOURS = {"inside": GREEN, "outside": VERMILLION}
MARKERS = {"calibrate": "o", "validate": "s", "drive": "^"}
_SIGNS = {"gt": ">", "ge": "≥", "lt": "<"}
_EDGE = 2.6
# An accepted range of no width is drawn as one per cent of the figure either way.
_EXACT = 0.01


class Row(NamedTuple):
    """A figure of the article, and the cells of the scorecard that say what a run makes of it."""

    target: Target
    judged: Mapping[Any, Any]


class _Scale(NamedTuple):
    """Where a value stands: -1 at the lower end of the accepted range, +1 at the upper."""

    middle: float
    half: float

    def __call__(self, value: float) -> float:
        return (value - self.middle) / self.half


def _scale(target: Target) -> _Scale | None:
    low, high = target.bounds
    if low is None or high is None:
        return None
    half = (high - low) / 2
    return _Scale((low + high) / 2, half if half > 0 else _EXACT * max(abs(low), 1.0))


def article_figures(reader: Reader, lang: Lang) -> Figure:
    """Draw every figure of the article that has an accepted range, the model's place in it, and its status."""
    title = {"en": "The article's figures and ours", "zh": "文章数据与模型结果对照"}[lang]
    judged = {str(r["id"]): r for r in reader.result.evidence.to_dict("records")}
    article = [Row(t, judged[t.id]) for t in reader.targets if t.article and t.id in judged]
    made = [row for row in article if np.isfinite(float(row.judged["model_median"]))]
    rows = [(r, s) for r in made if (s := _scale(r.target)) is not None]
    if not rows:
        raise MissingVariable("evidence.csv has no figure of the article with an accepted range")
    rank = {"calibrate": 0, "validate": 1, "drive": 2}
    rows.sort(key=lambda pair: rank.get(pair[0].target.role, 3))
    sheet = Sheet(reader, lang, title, width=10.4)
    ax, names, columns = _frame(sheet, [row for row, _ in rows])
    for y, (row, scale) in enumerate(rows):
        _row(sheet, ax, y, row, scale, columns)
    ax.set_yticks(range(len(rows)), names)
    ax.tick_params(axis="y", length=0, labelsize=SMALL)
    ax.set_xticks([-1, 0, 1], ["−1", "0", "1"])
    axis = ("Place in the accepted range", "在可接受区间中的位置")
    ax.set_xlabel(say(axis, lang), fontsize=SMALL, color=INK, labelpad=2)
    for x, words in zip(columns, (sheet.say("article", "文章"), sheet.say("model", "模型")), strict=True):
        ax.text(x, -1.0, words, transform=ax.get_yaxis_transform(), fontsize=SMALL, color=GREY)
    _key(sheet)
    unplaced = len(article) - len(made), len(made) - len(rows)
    return sheet.finish(*_notes(sheet, *unplaced))


def _frame(sheet: Sheet, rows: list[Row]) -> tuple[Axes, list[str], tuple[float, float]]:
    """Return the axes, the names of the rows left of it, and where the two columns right of it stand in its widths."""
    told = [_told(row, sheet.lang) for row in rows]
    wide = [1.06 * SMALL / 72 * max(map(width_of, texts)) + 0.12 for texts in zip(*told, strict=True)]
    room = sheet.width - sum(wide) - 0.2
    lines = [wrap(_name(row.target, sheet.lang), (0.62 * room) * 72 / SMALL / 1.06) for row in rows]
    left = 1.06 * SMALL / 72 * max(width_of(line) for name in lines for line in name) + 0.2
    two = [len(name) > 1 for name in lines]
    tall = 0.3 if any(a and b for a, b in itertools.pairwise(two)) else 0.235
    sheet.height = 0.95 + tall * len(rows)
    ax = sheet.place(left, 0.5, sheet.width - left - sum(wide) - 0.1, sheet.height - 0.85)
    ax.set_xlim(-_EDGE - 0.3, _EDGE + 0.3)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.axvspan(-1, 1, color=PALE, zorder=0, linewidth=0)
    ax.grid(False)
    ax.spines["left"].set_visible(False)
    across = sheet.size(ax)[0]
    return ax, ["\n".join(name) for name in lines], (1.0 + 0.08 / across, 1.0 + (wide[0] + 0.08) / across)


def _told(row: Row, lang: Lang) -> tuple[str, str]:
    """Return the article's figure and the model's, each with its unit, the model's to three figures."""
    target, model = row.target, float(row.judged["model_median"])
    published = np.nan if target.value is None else target.value
    unit = unit_for(target.unit, lang, published)
    sign = _SIGNS.get(target.comparator, "")
    article = f"{sign}{plain(float(f'{published / unit.divisor:.5g}'))} {unit.name}".rstrip()
    return article, f"{number(model / unit.divisor)} {unit.name}".rstrip()


def _row(sheet: Sheet, ax: Axes, y: int, row: Row, scale: _Scale, columns: tuple[float, float]) -> None:
    """Draw the article's figure as a diamond, the model's as a dot with its interval, and write both."""
    target, judged = row.target, row.judged
    ax.axhline(y, color="white" if y % 2 else "#FAFAFA", linewidth=0.6, zorder=0)
    if target.value is not None:
        at = float(np.clip(scale(target.value), -_EDGE, _EDGE))
        ax.plot(at, y, "D", color=YELLOW, markeredgecolor=BLACK, markersize=5.2, zorder=3)
    colour = STATUS_COLOURS.get(str(judged["status"]), GREY)
    model, low, high = (float(judged[key]) for key in ("model_median", "model_low", "model_high"))
    exact = scale(model)
    ends = np.clip([scale(low), scale(high)], -_EDGE, _EDGE)
    ax.plot(ends, [y, y], color=colour, linewidth=1.6, zorder=4, solid_capstyle="butt")
    beyond = "<" if exact < 0 else ">"
    marker = MARKERS.get(target.role, "o") if abs(exact) <= _EDGE else beyond
    at = float(np.clip(exact, -_EDGE, _EDGE))
    ax.plot(at, y, marker, color=colour, markersize=6, zorder=5, markeredgecolor="white", markeredgewidth=0.6)
    side = ax.get_yaxis_transform()
    for x, words, ink in zip(columns, _told(row, sheet.lang), (INK, colour), strict=True):
        ax.text(x, y, words, transform=side, va="center", fontsize=SMALL, color=ink)
    unit = unit_for(target.unit, sheet.lang, np.nan if target.value is None else target.value)
    name = _name(target, sheet.lang)
    values = [part / unit.divisor for part in (model, low, high)]
    sheet.note(ax, sheet.say("model", "模型"), [name], values[:1], values[1:2], values[2:], unit.name)
    if target.value is not None:
        said = sheet.say("the article", "文章数据")
        bounds = [np.nan if edge is None else edge / unit.divisor for edge in target.bounds]
        article = (target.value / unit.divisor, [bounds[0]], [bounds[1]], unit.name, said)
        sheet.note(ax, said, [name], *article)


def _name(target: Target, lang: Lang) -> str:
    label = SHORT.get(target.variable, (target.en, target.zh))
    where = say((target.area_en, target.area_zh), lang)
    period = target.period.replace("2025-01/2025-08", "2025M1-8")
    if lang == "zh":
        return f"{say(label, lang)}，{where} {period}"
    return f"{say(label, lang)}, {where} {period}"


def _key(sheet: Sheet) -> None:
    lang = sheet.lang
    diamond = Line2D([], [], marker="D", color=YELLOW, markeredgecolor=BLACK, linestyle="none")
    sheet.key(sheet.say("the article", "文章数据"), diamond)
    sheet.key(sheet.say("accepted", "可接受区间"), Patch(color=PALE))
    for role, marker in MARKERS.items():
        sheet.key(say(ROLES[role], lang), Line2D([], [], marker=marker, color=GREY, linestyle="none"))
    for status, colour in STATUS_COLOURS.items():
        sheet.key(say(STATUS[status], lang), Patch(color=colour))


def _notes(sheet: Sheet, unmade: int, unranged: int) -> list[str]:
    return [
        sheet.say(
            "Source: the article this model follows (round table on the coordinated development of Jing-Jin-Ji, 2025). "
            "−1 and 1 are the ends of the range accepted; where only one value is, 1 % around it. Dots: medians; "
            "lines: 90 % intervals; arrowheads: beyond the frame. What enters as data or policy shows accounting, not "
            f"skill. Not drawn: {unmade} figures that no process makes and {unranged} without an accepted range.",
            "资料来源：本模型所依据的文章（京津冀协同发展圆桌，2025年）。横轴−1与1为可接受区间的下限与上限；"
            "仅接受单一数值者取其±1%。"
            "圆点：中位数；横线：90%区间；箭头：超出图框。作为数据或政策输入者，吻合属核算结果。"
            f"未画出：{unmade}项未建模，{unranged}项无可接受区间。",
        )
    ]
