"""The scoreboard of the goals: each goal's chance and what binds it, each indicator between its thresholds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from jjj_sim.charts.look import present
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREEN, GREY, INK, PALE, VERMILLION, Sheet, width_of, wrap
from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goals import TARGET
from jjj_sim.judging.goals import goals as judged
from jjj_sim.wording.units import number, unit_for
from jjj_sim.wording.words import Lang, Text, say

_ROW, _GAP, _HEAD = 0.235, 0.2, 0.3
_SIZE = 8.0
# Marks of thresholds by who sets them, and how the mark is filled.
_KINDS: dict[str, tuple[Text, str]] = {
    "official": (("official threshold", "官方门槛"), "full"),
    "derived": (("derived from official numbers", "由官方数字推算"), "left"),
    "assumption": (("our assumption", "本文假设"), "none"),
    "set": (("set by the scenario", "情景设定"), "top"),
}
_STATUS: dict[str, tuple[Text, str]] = {
    "met": (("met", "达到"), GREEN),
    "likely": (("likely", "较可能"), BLUE),
    "at risk": (("at risk", "有风险"), VERMILLION),
    "met in this run": (("met in this run", "本次运行达到"), GREEN),
    "not met in this run": (("not met in this run", "本次运行未达到"), VERMILLION),
}
_PURE = ("1", "ratio")
_UNJUDGED: Text = ("not judged", "不作判断")

Row = dict[str, Any]


class _Columns(NamedTuple):
    """Where columns begin, in inches: names of indicators, strips and their width, values, thresholds, chances."""

    names: float
    strips: float
    wide: float
    values: float
    bounds: float
    chances: float


def goals_scoreboard(reader: Reader, lang: Lang) -> Figure:
    """Draw a block a goal: its chance in the last year, what binds it, and a strip an indicator."""
    table = judged(reader.readings, in_force(reader.readings))
    if table.empty:
        raise MissingVariable(f"{reader.region.id} has no goals")
    known = table[table["median_2030"].notna() & (table["id"] != table["goal"])]
    if known.empty:
        raise MissingVariable("annual.parquet has no indicator of a goal")
    blocks = [(key, known[known["goal"] == key]) for key in dict.fromkeys(known["goal"])]
    line = 2 * _ROW if present().narrow else 0.0  # a goal stands above its indicators where there is no room beside
    tall = {key: line + max(len(rows), 0 if line else 3.6) * _ROW for key, rows in blocks}
    height = _HEAD + sum(tall.values()) + _GAP * len(blocks)
    sheet = Sheet(reader, lang, say(_title(reader), lang), height=height)
    ax = sheet.place(0.0, 0.0, sheet.width, height)
    ax.set_xlim(0.0, sheet.width)
    ax.set_ylim(height, 0.0)
    ax.set_axis_off()
    at = _columns(sheet)
    _heads(sheet, ax, at)
    top = _HEAD
    wholes: dict[str, Any] = {str(r["id"]): r for r in table[table["id"] == table["goal"]].to_dict("records")}
    for key, rows in blocks:
        (_line if line else _tile)(sheet, ax, wholes.get(key, {}), key, top, tall[key])
        for i, row in enumerate(rows.to_dict("records")):
            _strip(sheet, ax, at, row, top + line + _ROW * (i + 0.5))
        top += tall[key]
        ax.plot([0.14, sheet.width - 0.14], [top + _GAP / 2] * 2, color="#DDDDDD", linewidth=0.6)
        top += _GAP
    _key(sheet, known)
    return sheet.finish(*_told(sheet, table))


def _title(reader: Reader) -> Text:
    return f"Goals of {TARGET}: how they stand", f"{TARGET}年目标一览"


def _columns(sheet: Sheet) -> _Columns:
    if sheet.look.narrow:
        return _Columns(0.28, 2.2, 0.75, 3.02, 4.42, sheet.width - 0.14)
    names = 2.15
    share = sheet.width - names
    return _Columns(
        names, names + 0.345 * share, 0.185 * share, names + 0.545 * share, names + 0.715 * share, sheet.width - 0.14
    )


def _heads(sheet: Sheet, ax: Axes, at: _Columns) -> None:
    several = sheet.reader.n_members > 1
    value = ("median [90 %]", "中位数[90%区间]") if several else ("value", "数值")
    chance = ("members, %", "达到，%") if several else ("", "")
    beside = () if sheet.look.narrow else ((0.14, ("goal", "目标"), "left"),)
    heads: tuple[tuple[float, Text, str], ...] = (
        *beside,
        (at.names, ("indicator", "指标"), "left"),
        (at.values, value, "left"),
        (at.bounds, ("needs", "门槛与单位"), "left"),
        (at.chances, chance, "right"),
    )
    for x, words, side in heads:
        ax.text(x, _HEAD / 2 - 0.05, say(words, sheet.lang), ha=side, va="center", fontsize=8, color=GREY)


def _tile(sheet: Sheet, ax: Axes, whole: Row, key: str, top: float, tall: float) -> None:
    """Draw a goal's tile: its chance large, its name, its status, and what binds it."""
    status = str(whole.get("status", ""))
    words, colour = _STATUS.get(status, (_UNJUDGED, GREY))
    ax.add_patch(Rectangle((0.14, top), 0.07, tall, facecolor=colour, linewidth=0))
    left, wide = 0.28, 1.7
    state = _state(sheet, whole, words)
    name = str(whole.get("indicator" if sheet.lang == "en" else "indicator_zh", key))
    lines = wrap(f"{key} {name}", wide * 72 / 8.5 / 1.05)[:2]
    y = top + 0.085
    for line in lines:
        ax.text(left, y, line, fontsize=8.5, color=INK, va="center")
        y += 0.155
    ax.text(left, y + 0.045, state, fontsize=11, color=colour, va="center")
    binding = whole.get("binding_en" if sheet.lang == "en" else "binding_zh")
    if _given(binding):
        told = wrap(sheet.say(f"binds: {binding}", f"制约指标：{binding}"), wide * 72 / _SIZE / 1.05)
        y += 0.215
        for line in told[: max(int((top + tall + 0.1 - y) / 0.135), 1)]:
            ax.text(left, y, line, fontsize=_SIZE, color=GREY, va="center")
            y += 0.135


def _line(sheet: Sheet, ax: Axes, whole: Row, key: str, top: float, tall: float) -> None:
    """Draw a goal above its indicators: its name and chance, and below them what binds it."""
    words, colour = _STATUS.get(str(whole.get("status", "")), (_UNJUDGED, GREY))
    ax.add_patch(Rectangle((0.14, top), 0.07, tall, facecolor=colour, linewidth=0))
    name = str(whole.get("indicator" if sheet.lang == "en" else "indicator_zh", key))
    ax.text(0.28, top + 0.5 * _ROW, f"{key} {name}", fontsize=9, color=INK, va="center")
    state = _state(sheet, whole, words)
    ax.text(sheet.width - 0.14, top + 0.5 * _ROW, state, fontsize=9.5, color=colour, ha="right", va="center")
    binding = whole.get("binding_en" if sheet.lang == "en" else "binding_zh")
    if _given(binding):
        told = sheet.say(f"binds: {binding}", f"制约指标：{binding}")
        ax.text(0.28, top + 1.35 * _ROW, told, fontsize=_SIZE, color=GREY, va="center")


def _state(sheet: Sheet, whole: Row, words: Text) -> str:
    """Return a goal's chance and status in words."""
    state = say(words, sheet.lang)
    if sheet.reader.n_members > 1 and _given(whole.get("probability")):
        share = f"{100 * whole['probability']:.0f}"
        return sheet.say(f"{share} % · {state}", f"{share}% · {state}")
    return state


def _strip(sheet: Sheet, ax: Axes, at: _Columns, row: Row, y: float) -> None:
    """Draw an indicator: who sets its threshold, its name, interval over the values that meet it, numbers."""
    _, fill = _KINDS.get(str(row["kind"]), _KINDS["assumption"])
    ax.plot([at.names + 0.05], [y], "o", color=INK, fillstyle=fill, markersize=4.6, markeredgewidth=0.8)
    colour = _STATUS.get(str(row["status"]), (_UNJUDGED, GREY))[1]
    name = say((str(row["indicator"]), str(row["indicator_zh"])), sheet.lang) + ("" if row["mandatory"] else " °")
    room = (at.strips - at.names - 0.24) * 72 / 1.05
    shown = name if width_of(name) * _SIZE <= room else f"{wrap(name, room / _SIZE - 1.0)[0]}…"
    ax.text(at.names + 0.15, y, shown, fontsize=_SIZE, color=INK, va="center")
    _scale(ax, at, row, y, colour)
    ends = [v for v in (row["median_2030"], *_bounds(row)) if math.isfinite(v)]
    unit = unit_for(str(row["unit"]), sheet.lang, max(map(abs, ends)))
    digits = _digits(row, unit.divisor)
    middle, low, high = (_number(float(row[f"{c}_2030"]) / unit.divisor, digits) for c in ("median", "low", "high"))
    told = f"{middle} [{low}, {high}]" if sheet.reader.n_members > 1 else middle
    ax.text(at.values, y, told, fontsize=_SIZE, color=INK, va="center")
    needs = f"{_needs(row, unit.divisor)} {'' if row['unit'] in _PURE else unit.name}".strip()
    room = (at.chances - at.bounds - 0.3) * 72 / 1.05 / _SIZE
    if width_of(needs) > room:  # of prices, the year that they are of stands in goals.csv
        needs = needs.partition("（" if sheet.lang == "zh" else " of ")[0]
    ax.text(at.bounds, y, needs, fontsize=_SIZE, color=GREY, va="center")
    chance = row["probability"]
    share = (
        f"{100 * chance:.0f}"
        if _given(chance)
        else say(_STATUS.get(str(row["status"]), (_UNJUDGED, ""))[0], sheet.lang)
    )
    ax.text(at.chances, y, share, fontsize=8, color=colour, ha="right", va="center")


def _scale(ax: Axes, at: _Columns, row: Row, y: float, colour: str) -> None:
    """Draw the strip: green where the goal is met, the 90 % interval and the median."""
    values = [float(row[f"{c}_2030"]) for c in ("low", "median", "high")]
    low, high = _bounds(row)
    ends = [v for v in (*values, low, high) if math.isfinite(v)]
    room = 0.18 * (max(ends) - min(ends)) or abs(ends[0]) or 1.0
    first, last = min(ends) - room, max(ends) + room

    def place(value: float) -> float:
        inside = min(max(value, first), last)
        return at.strips + at.wide * (inside - first) / (last - first)

    tall = 0.62 * _ROW
    ax.add_patch(Rectangle((at.strips, y - tall / 2), at.wide, tall, facecolor=PALE, linewidth=0))
    left, right = place(low), place(high)
    ax.add_patch(Rectangle((left, y - tall / 2), right - left, tall, facecolor=GREEN, alpha=0.28, linewidth=0))
    for bound in (low, high):
        if math.isfinite(bound):
            ax.plot([place(bound)] * 2, [y - tall / 2, y + tall / 2], color=GREEN, linewidth=1.2)
    ax.plot([place(values[0]), place(values[2])], [y, y], color=colour, linewidth=2.4, solid_capstyle="butt")
    ax.plot([place(values[1])], [y], "o", color=colour, markersize=5, markeredgecolor="white", markeredgewidth=0.7)


def _bounds(row: Mapping[str, Any]) -> tuple[float, float]:
    low, high = float(row["bound_low"]), float(row["bound_high"])
    return (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)


def _needs(row: Row, divisor: float) -> str:
    low, high = _bounds(row)
    if math.isfinite(low) and math.isfinite(high):
        return f"{_short(low / divisor)}–{_short(high / divisor)}"
    return f"≤ {_short(high / divisor)}" if math.isfinite(high) else f"≥ {_short(low / divisor)}"


def _short(value: float) -> str:
    return f"{round(value, 6):,.6g}".replace("-", "−")


def _digits(row: Row, divisor: float) -> int:
    """Return how many decimals tell the interval and its distance to the bounds apart."""
    values = np.array([float(row[f"{c}_2030"]) for c in ("low", "median", "high")])
    ends = [abs(values[1] - bound) for bound in _bounds(row) if math.isfinite(bound)]
    apart = max(float(np.ptp(values)), min(ends, default=0.0)) / divisor
    largest = np.abs(values).max() / divisor
    needed = 2 - math.floor(math.log10(apart)) - 1 if apart > 0.0 else 1
    return int(min(max(needed, 0), max(3 - math.floor(math.log10(largest)), 0) if largest > 0.0 else 2, 3))


def _number(value: float, digits: int) -> str:
    return number(value) if digits > 6 else f"{value:,.{digits}f}".replace("-", "−")


def _key(sheet: Sheet, known: pd.DataFrame) -> None:
    for kind, (words, fill) in _KINDS.items():
        if (known["kind"] == kind).any():
            handle = Line2D([], [], color=INK, marker="o", linestyle="none", fillstyle=fill, markersize=5)  # type: ignore[arg-type]
            sheet.key(say(words, sheet.lang), handle)
    sheet.key(sheet.say("meets the goal", "达到目标的范围"), Patch(facecolor=GREEN, alpha=0.28))
    if sheet.reader.n_members > 1:
        style: dict[str, Any] = {"color": GREY, "marker": "o", "markersize": 5, "linewidth": 2.4}
        sheet.key(sheet.say("median and 90 % of members", "中位数与90%区间"), Line2D([], [], **style))


def _told(sheet: Sheet, table: pd.DataFrame) -> list[str]:
    n = sheet.reader.n_members
    notes = [
        sheet.say(
            "A goal is met where all its mandatory indicators are, in the same member; ° marks those that are not "
            "mandatory. Each strip has a scale of its own.",
            "同一次运行中必须指标全部达到，目标才算达到；°为非必须指标。各行刻度不同。",
        ),
        sheet.say(
            f"Percent of {n} members. Met: 80 % or more; likely: 50 % or more.",
            f"百分比为{n}次运行中达到的比例：80%及以上为“达到”，50%及以上为“较可能”。",
        )
        if n > 1
        else sheet.say("One run: what it meets, no probability.", "只有一次运行：只说是否达到，不是概率。"),
    ]
    missing = table[table["median_2030"].isna() & (table["id"] != table["goal"])]
    if len(missing):
        names = sheet.say(", ", "、").join(missing["indicator" if sheet.lang == "en" else "indicator_zh"])
        notes.append(sheet.say(f"Not modelled: {names}.", f"未建模：{names}。"))
    notes.append(sheet.say("Basis of every threshold: goals.csv.", "各门槛的依据见goals.csv。"))
    return notes


def _given(value: Any) -> bool:
    return value is not None and value == value and value != ""
