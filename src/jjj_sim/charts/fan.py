"""The fan of parameters: what was assumed of each fitted one, and what the published figures left of it."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from jjj_sim.calibrating.space import Coordinate, Space, others, space
from jjj_sim.calibrating.tables import PRIOR_DRIVEN
from jjj_sim.charts.look import present
from jjj_sim.charts.reader import F64, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, FAMILY, GREY, INK, VERMILLION, Sheet, plain, wrap
from jjj_sim.processes import SCHEDULE
from jjj_sim.satellites import SATELLITES
from jjj_sim.scenario.posterior import draws_of
from jjj_sim.sensitivity.words import called
from jjj_sim.wording.words import Lang, Text, say

_COLUMNS, _PANEL, _DOWN = 4, 0.72, 0.86
_EDGES = (0.005, 0.995)
_BINS = 24
# Fewer draws than this are dots, no distribution.
_FEW = 40
_UNITS: dict[str, Text] = {
    "%/year": ("% a year", "%/年"),
    "1/year": ("a year", "每年"),
    "1/quarter": ("a quarter", "每季"),
    "bn yuan/year": ("bn yuan a year", "十亿元/年"),
    "share": ("share", "份额"),
    "utility": ("utility", "效用"),
    "1": ("", ""),
}


class _Strip(NamedTuple):
    """A fitted parameter: its scores in the members of the run, in all draws of the posterior, and what they tell.

    `shift` is the distance of the draws' median from the prior's in sds of the prior, `left` their sd over the prior's.
    """

    one: Coordinate
    members: F64
    draws: F64
    shift: float
    left: float

    @property
    def spoken(self) -> bool:
        """Whether the figures spoke of it."""
        return self.left <= PRIOR_DRIVEN

    @property
    def moved(self) -> float:
        """How much the figures moved it: shift and narrowing together."""
        return abs(self.shift) + (1.0 - self.left)


def parameters(reader: Reader, lang: Lang) -> Figure:
    """Draw prior and posterior of each fitted parameter, the most moved first; MissingVariable where none is drawn."""
    title = {"en": "Parameters: what was assumed, and what figures left open", "zh": "参数：先验与后验分布"}[lang]
    strips = _strips(reader)
    if not strips:
        raise MissingVariable("the members are not draws of a posterior: there is no draws.csv of fitted parameters")
    columns = 2 if present().narrow else _COLUMNS
    rows = -(-len(strips) // columns)
    told = 1.5 if present().narrow else 0.0
    sheet = Sheet(reader, lang, title, height=0.62 + rows * _PANEL + (rows - 1) * _DOWN + 0.45 + told)
    wide = (sheet.width - 0.5 - 0.4 * (columns - 1)) / columns
    cells = [
        sheet.place(
            0.25 + i % columns * (wide + 0.4),
            0.45 + told + (rows - 1 - i // columns) * (_PANEL + _DOWN),
            wide,
            _PANEL,
        )
        for i in range(rows * columns)
    ]
    for ax, strip in zip(cells, strips, strict=False):
        _panel(sheet, ax, strip)
    spare = cells[len(strips) :]
    if told:
        for ax in spare:
            ax.set_axis_off()
        spare = [sheet.place(0.25, 0.25, sheet.width - 0.5, 0.9)]
    _unasked(sheet, spare)
    _key(sheet, strips)
    return sheet.finish(*_told(sheet, strips))


def _strips(reader: Reader) -> list[_Strip]:
    """Return the fitted parameters that the members have draws of, the most moved first."""
    mine, shipped = reader.result.draws, draws_of(reader.region)
    if mine.empty or shipped is None:
        return []
    table = shipped.table if shipped.sha256 == reader.result.manifest.get("draws") else mine
    found = []
    for one in _fitted(reader).coordinates:
        if one.dotted not in mine or one.dotted not in table:
            continue
        draws, members = (np.array([one.score(float(v)) for v in t[one.dotted]]) for t in (table, mine))
        shift = float(np.median(draws) - one.quantile(0.5)) / one.prior_sd
        found.append(_Strip(one, members, draws, shift, float(np.std(draws)) / one.prior_sd))
    return sorted(found, key=lambda s: (not s.spoken, -s.moved))


def _fitted(reader: Reader) -> Space:
    """Return the space of the parameters that the region's posterior was fitted in."""
    shipped = draws_of(reader.region)
    return space(reader.region, () if shipped is None else shipped.manifest["names"])


def _panel(sheet: Sheet, ax: Axes, strip: _Strip) -> None:
    """Draw prior and posterior of one parameter over its values."""
    one = strip.one
    first, last = (one.quantile(p) for p in _EDGES)
    first, last = min(first, float(strip.draws.min())), max(last, float(strip.draws.max()))
    edges = np.linspace(first, last, _BINS + 1)
    colour = BLUE if strip.spoken else GREY
    prior = np.diff([_chance(one, float(edge)) for edge in edges])
    peak = prior.max()
    ax.stairs(prior / peak, edges, fill=True, color="#DDDDDD", zorder=1)
    if len(strip.draws) >= _FEW:
        counts = np.histogram(strip.draws, edges)[0] / len(strip.draws)
        peak = max(peak, counts.max())
        ax.cla()
        ax.stairs(prior / peak, edges, fill=True, color="#DDDDDD", zorder=1)
        ax.stairs(counts / peak, edges, fill=True, color=colour, alpha=0.45, zorder=2)
    low, middle, high = np.quantile(strip.draws, [0.05, 0.5, 0.95])
    ax.plot([low, high], [-0.16, -0.16], color=colour, linewidth=3, solid_capstyle="butt", zorder=3)
    ax.plot([middle], [-0.16], "o", color=colour, markersize=5, markeredgecolor="white", markeredgewidth=0.7, zorder=4)
    ax.plot(
        strip.members, np.full(len(strip.members), -0.16), "|", color=INK, markersize=6, markeredgewidth=0.7, zorder=5
    )
    ax.plot([one.score(one.default)] * 2, [0.0, 1.0], color=VERMILLION, linewidth=1.2, linestyle=(0, (3, 2)), zorder=3)
    ax.set_ylim(-0.34, 1.05)
    ax.set_xlim(first, last)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.grid(False)
    _ticks(sheet, ax, one)
    name, unit = (
        called(sheet.reader.region, one.dotted),
        say(_UNITS.get(one.param.unit, (one.param.unit,) * 2), sheet.lang),
    )
    told = tuple(plain(float(f"{one.value(float(v)):.2g}")) for v in (middle, low, high))
    ax.set_title(say(name, sheet.lang), fontsize=9, loc="left", color=INK, pad=16, fontfamily=FAMILY)
    words = f"{told[0]} [{told[1]}, {told[2]}] {unit}".rstrip()
    ax.text(0.0, 1.06, words, transform=ax.transAxes, fontsize=8, color=colour, va="bottom")


def _chance(one: Coordinate, score: float) -> float:
    """Return the probability of the prior, cut at its bounds, below a score."""
    prior, param = one.param.prior, one.param
    assert prior is not None
    below, above = prior.chance(param.lo), prior.chance(param.hi)
    return float(np.clip((prior.chance(one.value(score)) - below) / (above - below), 0.0, 1.0))


def _ticks(sheet: Sheet, ax: Axes, one: Coordinate) -> None:
    """Set three ticks at round values of the parameter."""
    first, last = ax.get_xlim()
    scores = np.linspace(first, last, 7)[[1, 3, 5]]
    values = [float(f"{one.value(float(s)):.2g}") for s in scores]
    at = [one.score(v) if v > 0 or not one.logarithmic else float(s) for v, s in zip(values, scores, strict=True)]
    ax.set_xticks(at)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda score, _: plain(float(f"{one.value(score):.2g}"))))
    ax.tick_params(axis="x", labelsize=8, color=GREY, length=2.5)


def _key(sheet: Sheet, strips: list[_Strip]) -> None:
    sheet.key(sheet.say("prior", "先验"), Patch(color="#DDDDDD"))
    if len(strips[0].draws) >= _FEW:
        sheet.key(sheet.say("draws of the posterior", "后验抽样"), Patch(color=BLUE, alpha=0.45))
    style: dict[str, Any] = {"color": BLUE, "linewidth": 3, "marker": "o", "markersize": 5}
    sheet.key(sheet.say("median and 90 %", "中位数与90%区间"), Line2D([], [], **style))
    if sheet.reader.n_members <= _FEW:
        marks = Line2D([], [], color=INK, marker="|", linestyle="none", markersize=7)
        sheet.key(sheet.say("members of this run", "本次各成员取值"), marks)
    dashed = Line2D([], [], color=VERMILLION, linewidth=1.2, linestyle=(0, (3, 2)))
    sheet.key(sheet.say("default", "默认值"), dashed)
    if any(not s.spoken for s in strips):
        sheet.key(
            sheet.say("figures say little: prior decides", "数据几乎未提供信息，由先验决定"),
            Patch(color=GREY),
            last=True,
        )


def _unasked(sheet: Sheet, cells: list[Axes]) -> None:
    """Write into the cells left over of which processes the prior alone decides the parameters, and how many."""
    for ax in cells:
        ax.set_axis_off()
    drawn = _others(sheet)
    if not cells or not drawn:
        return
    ax = cells[0]
    kinds = Counter(name.split(".")[1] for name in drawn if name.startswith("parameters."))
    names = {process.name: (process.name.replace("_", " "), process.zh) for process in (*SCHEDULE, *SATELLITES)}
    counted = [*kinds.most_common(), ("", len(drawn) - kinds.total())]
    names[""] = ("the outside world", "外部路径")
    called_by = {kind: say(names.get(kind, (kind, kind)), sheet.lang) for kind, _ in counted}
    told = [sheet.say(f"{called_by[kind]} {n}", f"{called_by[kind]}{n}") for kind, n in counted]
    wide = sheet.size(ax)[0] * len(cells) + 0.4 * (len(cells) - 1)
    lines = wrap(sheet.say(", ", "、").join(told), wide * 72 / 8 / 1.05)
    heading = sheet.say(f"Only the prior decides {len(drawn)} others", f"另有{len(drawn)}个仅由先验决定")
    ax.set_title(heading, fontsize=9, loc="left", color=INK, pad=16, fontfamily=FAMILY)
    words = "\n".join(lines)
    ax.text(0.0, 1.12, words, transform=ax.transAxes, fontsize=8, color=GREY, va="top", linespacing=1.3)


def _others(sheet: Sheet) -> list[str]:
    """Return what the members were drawn of that no figure was asked about, by dotted name."""
    rest = others(sheet.reader.region, _fitted(sheet.reader)).dotted
    return [name for name in rest if name in sheet.reader.result.draws]


def _told(sheet: Sheet, strips: list[_Strip]) -> tuple[str, ...]:
    n = len(strips[0].draws)
    return (
        sheet.say(
            "Most moved first: distance of the medians in sds of the prior, and how much narrower the draws are.",
            "按变动大小排列：中位数偏移（以先验标准差计）与分布收窄程度之和。",
        ),
        sheet.say(
            f"{n} draws of the posterior. Where only the prior decides, no figure was asked.",
            f"后验抽样{n}组。仅由先验决定的参数按先验抽样，未用数据拟合。",
        ),
    )
