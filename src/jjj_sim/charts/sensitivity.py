"""Charts of a sensitivity analysis: the largest effects on each outcome, and the parts of its variance."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, PALE, SKY, SMALL, TEXT, VERMILLION, Plain, Sheet
from jjj_sim.running.result import Result
from jjj_sim.sensitivity import Sensitivity
from jjj_sim.sensitivity.outcomes import DIFFERENCE
from jjj_sim.sensitivity.reading import Row, effects, way
from jjj_sim.sensitivity.words import called
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, Text, say

_COLUMNS, _MOST, _ROW = 2, 8, 0.24
_COLOURS = {1: BLUE, -1: VERMILLION, 0: GREY}


def figures(found: Sensitivity, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield the charts by name: of each method the base's levels, then each variant's differences."""
    for (scenario, kind), rows in found.outcomes.groupby(["scenario", "kind"], sort=False):
        tail = f"-{scenario}" if kind == DIFFERENCE else ""
        if len(found.morris):
            yield f"morris{tail}", morris(found, rows, lang)
        if len(found.sobol):
            yield f"sobol{tail}", sobol(found, rows, lang)


def morris(found: Sensitivity, outcomes: pd.DataFrame, lang: Lang) -> Figure:
    """Draw mu* of the leading parameters, a panel an outcome: coloured by direction, 90 % interval, sigma a ring."""
    rows = outcomes.to_dict("records")
    tables = [effects(found, outcome).head(_MOST) for outcome in rows]
    sheet = _Sheet(found, outcomes, lang, ("What decides", "由何决定"), max(map(len, tables)))
    for ax, outcome, table in zip(sheet.panels(), rows, tables, strict=True):
        reach = (table["mu_star"] + table["conf"]).max() if len(table) else 0.0
        unit = unit_for(outcome["unit"], lang, reach)
        sheet.name(ax, outcome, unit.name)
        for y, row in enumerate(table.to_dict("records")):
            size, conf, sigma = (row[key] / unit.divisor for key in ("mu_star", "conf", "sigma"))
            ax.barh(y, size, height=0.62, color=_COLOURS[way(row)], alpha=0.85)
            ax.plot([max(size - conf, 0.0), size + conf], [y, y], color=INK, linewidth=1.0)
            ax.plot(sigma, y, "o", color=INK, markerfacecolor="white", markersize=4.2, zorder=4)
        sheet.rows(ax, table)
        ax.set_xlim(left=0.0)
    for direction, text in (
        (1, ("raises it", "使其上升")),
        (-1, ("lowers it", "使其下降")),
        (0, ("both ways", "两向")),
    ):
        sheet.key(say(text, lang), Patch(color=_COLOURS[direction], alpha=0.85))
    sheet.key(sheet.say("90 % interval of mu*", "μ*的90%区间"), Line2D([], [], color=INK, linewidth=1.0), last=True)
    ring = Line2D([], [], color=INK, marker="o", markerfacecolor="white", linestyle="none", markersize=4.2)
    sheet.key(sheet.say("sigma", "σ"), ring, last=True)
    told = found.manifest
    out = told["trajectories_left_out"]
    return sheet.finish(
        sheet.say(
            "Bars: mu*, mean size of what a parameter makes of the outcome on its way from its prior's 5 to its 95 %, "
            f"over {told['trajectories'] - out} trajectories; sigma is zero where that is the same everywhere. "
            "Scales differ by panel.",
            f"横条：μ*，参数由先验5%分位移至95%分位使结果改变的平均幅度，共{told['trajectories'] - out}条轨迹；"
            "σ为零表示处处相同。各图横轴刻度不同。",
        ),
        sheet.say(f"{out} trajectories met a wall and are left out.", f"另有{out}条轨迹无法运行，已略去。")
        if out
        else "",
    )


def sobol(found: Sensitivity, outcomes: pd.DataFrame, lang: Lang) -> Figure:
    """Draw S1 and ST of the split parameters, a panel an outcome, with their 90 % intervals."""
    rows = outcomes.to_dict("records")
    split = [effects(found, outcome).dropna(subset="ST") for outcome in rows]
    tables = [table.sort_values("ST", ascending=False, kind="stable").head(_MOST) for table in split]
    sheet = _Sheet(found, outcomes, lang, ("Parts of the variance", "方差分解"), max(map(len, tables)))
    for ax, outcome, table in zip(sheet.panels(), rows, tables, strict=True):
        sheet.name(ax, outcome, sheet.say("share of variance", "占方差比例"))
        for y, row in enumerate(table.to_dict("records")):
            for shift, key, colour in ((-0.18, "S1", BLUE), (0.18, "ST", SKY)):
                value, conf = row[key], row[f"{key}_conf"]
                ax.barh(y + shift, value, height=0.34, color=colour)
                ax.plot([value - conf, value + conf], [y + shift, y + shift], color=INK, linewidth=0.9)
        sheet.rows(ax, table)
        ax.axvline(0.0, color=INK, linewidth=0.7)
        low = min(0.0, float((table["S1"] - table["S1_conf"]).min())) if len(table) else 0.0
        ax.set_xlim(max(low, -0.5), None if len(table) else 1.0)
    sheet.key(sheet.say("by itself, S1", "单独作用 S1"), Patch(color=BLUE))
    sheet.key(sheet.say("with others, ST", "含交互作用 ST"), Patch(color=SKY))
    sheet.key(sheet.say("90 % interval", "90%区间"), Line2D([], [], color=INK, linewidth=0.9), last=True)
    told = found.manifest
    walls = told["walls_of_sobol"]
    return sheet.finish(
        sheet.say(
            f"From {told['samples']} samples; the other parameters stand at their defaults. Estimates of small parts "
            "scatter around zero.",
            f"样本数{told['samples']}；其余参数取默认值。很小的份额在零附近波动。",
        ),
        sheet.say(f"{walls} walls stand at the mean.", f"{walls}个无法运行的点取均值。") if walls else "",
    )


class _Sheet(Sheet):
    """A sheet of one panel an outcome, each with room for the `longest` list of parameters."""

    def __init__(self, found: Sensitivity, outcomes: pd.DataFrame, lang: Lang, what: Text, longest: int) -> None:
        self.found, self.n, self.longest = found, len(outcomes), max(longest, 2)
        scenario, kind = outcomes["scenario"].iloc[0], outcomes["kind"].iloc[0]
        base = next(iter(found.scenarios))
        titles = {name: say((en, zh), lang) for name, (en, zh) in found.manifest["titles"].items()}
        self.about = titles[scenario]
        if kind == DIFFERENCE:
            pair = titles[scenario], titles[base]
            self.about = say((f"{pair[0]} less {pair[1]}", f"{pair[0]}相对{pair[1]}的变化"), lang)
            what = (
                f"{what[0]} the difference" if what[0].startswith("What") else f"{what[0]} of the difference",
                f"变化{what[1]}",
            )
        elif what[0].startswith("What"):
            what = (f"{what[0]} the level", f"水平{what[1]}")
        year = found.manifest["year"]
        rows = -(-self.n // _COLUMNS)
        high = _ROW * self.longest
        super().__init__(
            _reader(found), lang, say((f"{what[0]}, {year}", f"{year}年{what[1]}"), lang), 10.4, rows * (high + 0.78)
        )

    def panels(self) -> list[Axes]:
        """Return the axes of the outcomes, room for names left of each."""
        return self.axes(self.n, _COLUMNS, left=2.15, across=2.3, down=0.78, bottom=0.42, top=0.36)

    def name(self, ax: Axes, outcome: Row, unit: str) -> None:
        """Write an outcome above its panel, the unit below."""
        variable, area = str(outcome["outcome"]).split(":")
        self.heading(ax, f"{self.short(variable)} · {self.area(area)}")
        ax.set_xlabel(unit, fontsize=TEXT, color=INK, labelpad=2)

    def rows(self, ax: Axes, table: pd.DataFrame) -> None:
        """Name the rows, the first above, and set the axis of values; where there is none, say so."""
        words = [called(self.found.region, str(name))[self.lang == "zh"] for name in table["parameter"]]
        ax.set_yticks(np.arange(len(table)), words)
        ax.set_ylim(self.longest - 0.4, -0.6)
        ax.tick_params(axis="y", length=0, labelsize=SMALL)
        ax.grid(True, axis="x", color=PALE)
        ax.grid(False, axis="y")
        ax.xaxis.set_major_locator(MaxNLocator(nbins=5))
        ax.xaxis.set_major_formatter(Plain())
        if table.empty:
            text = self.say("no parameter changes it", "没有参数改变此项")
            ax.text(0.02, 0.5, text, transform=ax.transAxes, fontsize=TEXT, color=GREY, va="center")

    def _subtitle(self) -> str:
        n = self.found.manifest["runs"]
        return f"{self.about} · {self.say(f'{n} points', f'{n}个点')}"


def _reader(found: Sensitivity) -> Reader:
    """Return a reader of the base at its defaults, for the region's names."""
    rows = found.outcomes[found.outcomes["kind"] != DIFFERENCE]
    pairs = rows["outcome"].str.split(":")
    annual = pd.DataFrame(
        {
            "member": 0,
            "period": int(found.manifest["year"]),
            "area": pd.Categorical(pairs.str[1]),
            "area_kind": "region",
            "variable": pd.Categorical(pairs.str[0]),
            "value": rows["default"].to_numpy(),
            "unit": rows["unit"].to_numpy(),
        }
    )
    empty = annual.iloc[:0]
    return Reader(Result("sensitivity", annual, empty, empty, found.manifest, ""))
