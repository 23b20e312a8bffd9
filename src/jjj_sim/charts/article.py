"""The founding article's figures beside the model's, one row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import BLACK, GREEN, GREY, INK, PALE, SMALL, TEXT, VERMILLION, YELLOW, Sheet, plain
from jjj_sim.judging.targets import Target
from jjj_sim.wording.units import unit_for
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
    rows = [(r, s) for r in article if (s := _scale(r.target)) is not None]
    if not rows:
        raise MissingVariable("evidence.csv has no figure of the article with an accepted range")
    rank = {"calibrate": 0, "validate": 1, "drive": 2}
    rows.sort(key=lambda pair: rank.get(pair[0].target.role, 3))
    sheet = Sheet(reader, lang, title, width=10.4, height=0.95 + 0.235 * len(rows))
    left, right = (3.55, 3.3) if lang == "en" else (3.3, 3.0)
    ax = sheet.place(left, 0.5, sheet.width - left - right, sheet.height - 0.85)
    ax.set_xlim(-_EDGE - 0.3, _EDGE + 0.3)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.axvspan(-1, 1, color=PALE, zorder=0, linewidth=0)
    ax.grid(False)
    ax.spines["left"].set_visible(False)
    for y, (row, scale) in enumerate(rows):
        _row(sheet, ax, y, row, scale)
    ax.set_yticks(range(len(rows)), [_name(row.target, lang) for row, _ in rows])
    ax.tick_params(axis="y", length=0)
    ax.set_xticks([-2, -1, 0, 1, 2], ["−2", "−1", "0", "1", "2"])
    axis = (
        "Place in the accepted range, half-widths (−1 lower end, 1 upper end)",
        "在可接受区间中的位置,半宽(−1下限,1上限)",
    )
    ax.set_xlabel(say(axis, lang), fontsize=TEXT, color=INK, labelpad=2)
    for x, words in zip((1.02, 1.27), (sheet.say("article", "文章"), sheet.say("model", "模型")), strict=True):
        ax.text(_column(sheet, ax, x), -1.0, words, transform=ax.get_yaxis_transform(), fontsize=TEXT, color=GREY)
    _key(sheet)
    return sheet.finish(*_notes(sheet, len(article), len(rows)))


def _column(sheet: Sheet, ax: Axes, at: float) -> float:
    """Return the place of a column of words right of the axes, in widths of the axes."""
    inches = 0.12 if at < 1.2 else (1.5 if sheet.lang == "en" else 1.35)
    return 1.0 + inches / sheet.size(ax)[0]


def _row(sheet: Sheet, ax: Axes, y: int, row: Row, scale: _Scale) -> None:
    """Draw the article's figure as a diamond, the model's as a dot with its interval, and write both."""
    lang, target, judged = sheet.lang, row.target, row.judged
    published = np.nan if target.value is None else target.value
    model = float(judged["model_median"])
    ax.axhline(y, color="white" if y % 2 else "#FAFAFA", linewidth=0.6, zorder=0)
    if not np.isnan(published):
        at = float(np.clip(scale(published), -_EDGE, _EDGE))
        ax.plot(at, y, "D", color=YELLOW, markeredgecolor=BLACK, markersize=5.2, zorder=3)
    colour = STATUS_COLOURS.get(str(judged["status"]), GREY)
    if not np.isnan(model):
        exact = scale(model)
        ends = np.clip([scale(float(judged["model_low"])), scale(float(judged["model_high"]))], -_EDGE, _EDGE)
        ax.plot(ends, [y, y], color=colour, linewidth=1.6, zorder=4, solid_capstyle="butt")
        beyond = "<" if exact < 0 else ">"
        marker = MARKERS.get(target.role, "o") if abs(exact) <= _EDGE else beyond
        at = float(np.clip(exact, -_EDGE, _EDGE))
        ax.plot(at, y, marker, color=colour, markersize=6, zorder=5, markeredgecolor="white", markeredgewidth=0.6)
    unit = unit_for(target.unit, lang, published)
    sign = _SIGNS.get(target.comparator, "")
    told = sign + plain(published / unit.divisor)
    found = say(STATUS["not modelled"], lang) if np.isnan(model) else plain(float(f"{model / unit.divisor:.4g}"))
    words = found if np.isnan(model) else f"{found} {unit.name}".rstrip()
    side = ax.get_yaxis_transform()
    ax.text(_column(sheet, ax, 1.0), y, told, transform=side, va="center", fontsize=SMALL, color=INK)
    ax.text(_column(sheet, ax, 1.3), y, words, transform=side, va="center", fontsize=SMALL, color=colour)


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


def _notes(sheet: Sheet, n_figures: int, shown: int) -> list[str]:
    rest = n_figures - shown
    return [
        sheet.say(
            "Source: the founding article (round table on the coordinated development of Jing-Jin-Ji, 2025). Dots: "
            "medians; lines: 90 % of members; arrowheads: beyond the frame. Where only one value is accepted the "
            f"half-width is 1 % of it. {rest} more figures have no accepted range and stand in evidence.csv. What "
            "enters as data or policy shows accounting, not skill.",
            "来源:创始文章(京津冀协同发展圆桌,2025年)。圆点:中位数;横线:90%的运行;箭头:超出图框。"
            f"仅接受单一数值者,半宽取其1%。另有{rest}项数据无可接受区间,见evidence.csv。作为数据或政策输入者,吻合属核算而非模型能力。",
        )
    ]
