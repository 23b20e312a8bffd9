"""Charts of a calibration: what the loss was and is, what the figures said of parameters, and how series fit."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jjj_sim.calibrating import Calibration
from jjj_sim.calibrating.figures import ZH
from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, ORANGE, PALE, SMALL, TEXT, VERMILLION, Sheet
from jjj_sim.judging.targets import Target
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, Text, say

_ROW = 0.3
# What is shown of series: of each variable the areas that have most figures.
_SERIES = (
    *("gdp_nominal", "gdp_real_growth", "gdp_share_tertiary", "employment", "budget_revenue", "pm25"),
    *("tech_contract_flow_to_tianjin_hebei", "population"),
)
_COLUMNS = 3


def loss(found: Calibration, lang: Lang) -> Figure:
    """Draw the loss a figure by block, at the defaults and at the mode: 1 is what a right model has."""
    table = found.loss
    sheet = _sheet(found, lang, ("Loss by block", "各板块损失"), height=0.75 + _ROW * len(table))
    ax = sheet.place(1.5, 0.5, 7.6, _ROW * len(table))
    y = np.arange(len(table))[::-1].astype(float)
    marks: tuple[tuple[str, str, Text], ...] = (
        ("default", VERMILLION, ("at the defaults", "默认参数")),
        ("mode", BLUE, ("at the mode", "拟合参数")),
    )
    for shift, (column, colour, name) in zip((0.17, -0.17), marks, strict=True):
        ax.barh(y + shift, table[column] / table["weight"], height=0.3, color=colour)
        sheet.key(say(name, lang), Patch(color=colour))
    ax.axvline(1.0, color=INK, linewidth=1.0, linestyle=":")
    line = Line2D([], [], color=INK, linewidth=1.0, linestyle=":")
    sheet.key(sheet.say("a right model", "正确模型的水平"), line, last=True)
    labels = [f"{say((str(b), ZH[str(b)]), lang)} ({n})" for b, n in zip(table["block"], table["figures"], strict=True)]
    ax.set_yticks(y, labels)
    ax.grid(True, axis="x", color=PALE)
    ax.grid(False, axis="y")
    ax.set_xlabel(sheet.say("Loss over weight", "损失/权重"), fontsize=TEXT, color=INK)
    return sheet.finish(
        sheet.say(
            "Squared errors in units of discrepancy, weighted; in brackets the number of figures.",
            "以偏差标准差为单位的加权误差平方；括号内为数据个数。",
        ),
        *_note(found, lang),
    )


def parameters(found: Calibration, lang: Lang) -> Figure:
    """Draw each parameter in units of its prior: the prior's 90 %, the posterior's 90 %, default and mode."""
    table = found.parameters
    sheet = _sheet(
        found, lang, ("Parameters: prior and posterior", "参数：先验与后验"), height=0.75 + _ROW * len(table)
    )
    ax = sheet.place(3.1, 0.5, 4.2, _ROW * len(table))
    y = np.arange(len(table))[::-1].astype(float)
    across = {c: _scaled(table, c) for c in ("default", "mode", "low", "median", "high")}
    ax.axvspan(-1.645, 1.645, color="#EEEEEE", linewidth=0, zorder=0)
    ax.hlines(y, across["low"], across["high"], color=BLUE, linewidth=4, alpha=0.55)
    ax.plot(across["mode"], y, "o", color=BLUE, markersize=5, zorder=4)
    ax.plot(across["default"], y, "|", color=VERMILLION, markersize=11, markeredgewidth=1.8, zorder=3)
    for i, row in enumerate(table.to_dict("records")):
        words = f"{row['mode']:.3g} [{row['low']:.3g}, {row['high']:.3g}] {row['unit']}"
        colour = GREY if row["says"] == "prior" else INK
        ax.text(1.02, y[i], words, transform=ax.get_yaxis_transform(), fontsize=SMALL, va="center", color=colour)
    ax.set_yticks(y, [str(n).removeprefix("parameters.") for n in table["name"]])
    ax.set_xlim(-3.1, 3.1)
    ax.set_xlabel(sheet.say("Score: sds of the prior", "得分：先验标准差"), fontsize=TEXT, color=INK)
    keys: tuple[tuple[Text, Any], ...] = (
        (("posterior, 90 %", "后验90%"), Line2D([], [], color=BLUE, linewidth=4, alpha=0.55)),
        (("mode", "拟合值"), Line2D([], [], color=BLUE, marker="o", linestyle="none", markersize=5)),
        (("default", "默认值"), Line2D([], [], color=VERMILLION, marker="|", linestyle="none", markersize=11)),
        (("prior, 90 %", "先验90%"), Patch(color="#DDDDDD")),
    )
    for name, handle in keys:
        sheet.key(say(name, lang), handle)
    return sheet.finish(
        sheet.say(
            "On the right mode and 90 % interval; in grey where the prior alone decides.",
            "右侧为拟合值与90%区间；灰色表示仅由先验决定。",
        ),
        *_note(found, lang),
    )


def series(found: Calibration, lang: Lang) -> Figure:
    """Draw published series beside what the draws read: dots fitted or not, a band over draws."""
    reader = Reader(found.result)
    as_of = found.manifest["as_of"]
    reader.last_published = int(as_of or 0)
    known = set(found.readings["id"])
    shown = [(v, a) for v in _SERIES for a in reader.provinces if any(t.id in known for t in _of(found, v, a))]
    if not shown:
        shown = [(v, reader.total) for v in _SERIES[:2]]
    rows = -(-len(shown) // _COLUMNS)
    sheet = _sheet(found, lang, ("Fit of series", "序列拟合"), height=0.7 + 1.75 * rows, reader=reader)
    fitted = set(found.figures["id"])
    for ax, (variable, area) in zip(sheet.axes(len(shown), _COLUMNS, down=0.62), shown, strict=True):
        table = reader.readings.table(variable, area)
        if table is None:
            continue
        targets = [t for t in _of(found, variable, area) if t.period.isdigit() and t.comparator in ("approx", "eq")]
        unit = unit_for(reader.unit(variable), lang, float(np.nanmax(np.abs(table.values))))
        sheet.band(ax, table.band, unit, BLUE, key=sheet.say("draws, median", "抽样中位数"))
        for inside, colour, name in (
            (True, INK, ("published, fitted", "公布数据（用于拟合）")),
            (False, ORANGE, _REST),
        ):
            some = [t for t in targets if (t.id in fitted) is inside and t.year is not None and t.value is not None]
            how: dict[str, Any] = {"color": colour, "marker": "o", "linestyle": "none", "markersize": 3.4}
            ax.plot([t.year or 0 for t in some], [(t.value or 0.0) / unit.divisor for t in some], zorder=4, **how)
            sheet.key(say(name, lang), Line2D([], [], **how), last=True)
        sheet.heading(ax, f"{sheet.short(variable)} · {sheet.area(area)}")
        sheet.years(ax, int(table.years.min()), int(table.years.max()), label=False)
        sheet.values(ax, unit.name, bins=4)
    return sheet.finish(*_note(found, lang))


_REST = ("published, not in the loss", "公布数据（未用于拟合）")
CHARTS = {"loss": loss, "parameters": parameters, "series": series}


def _sheet(found: Calibration, lang: Lang, title: Text, height: float, reader: Reader | None = None) -> Sheet:
    used = Reader(found.result) if reader is None else reader
    if reader is None:
        used.last_published = 0
    sheet = Sheet(used, lang, say(title, lang), width=10.4, height=height)
    sheet.members = sheet.say(f"{used.n_members} draws", f"{used.n_members}次抽样")
    return sheet


def _note(found: Calibration, lang: Lang) -> tuple[str, ...]:
    """Return what the fit knew."""
    year = found.manifest["as_of"]
    if year is None:
        return (say(("Fitted to the figures of role calibrate.", "拟合目标为用途标为“拟合”的数据。"), lang),)
    return (say((f"Fitted as of {year}: nothing later was seen.", f"截至{year}年拟合：未使用其后数据。"), lang),)


def _scaled(table: Any, column: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return a column of values on the scale of scores, linear between the prior's 90 % points."""
    low, middle, high = (table[c].to_numpy(dtype=float) for c in ("prior_low", "prior_median", "prior_high"))
    value = table[column].to_numpy(dtype=float)
    above = 1.645 * (value - middle) / (high - middle)
    below = 1.645 * (value - middle) / (middle - low)
    return np.asarray(np.clip(np.where(value > middle, above, below), -3.0, 3.0))


def _of(found: Calibration, variable: str, area: str) -> list[Target]:
    return [t for t in found.known if t.variable == variable and t.area == area]
