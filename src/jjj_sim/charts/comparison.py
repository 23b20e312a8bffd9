"""Charts of a comparison: differences over time, and the verdicts of its last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from jjj_sim.charts.reader import Members, Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, SMALL, TEXT, VERMILLION, Plain, Sheet, plain
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.indicators.areas import total
from jjj_sim.running.result import Result
from jjj_sim.wording.units import Unit, number, unit_for
from jjj_sim.wording.words import Lang, say

HEADLINE = (
    "population",
    "gdp_nominal",
    "employment",
    "firms",
    "house_price",
    "service_index",
    "pm25",
    "mean_travel_minutes",
)
MORE = ("gdp_share_tertiary", "gdp_share_of_nation", "high_speed_rail_length", "firms_of_beijing_origin")
YEAR = 2030
SAME = "exactly the same"
_SHARES = ("percent",)
_ROW = 0.235
Row = Mapping[Any, Any]


class _Found(NamedTuple):
    """A row of the verdicts: `level` when the difference is a percentage of the base."""

    level: bool
    middle: float
    low: float
    high: float
    row: Row


def figures(found: Comparison, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield for each variant its differences over time and its verdicts, by name."""
    for variant in found.variants:
        yield f"differences-{variant.name}", differences(found, variant, lang)
        yield f"verdicts-{variant.name}", verdicts(found, variant, lang)


def differences(found: Comparison, variant: Result, lang: Lang) -> Figure:
    """Draw variant less base over time: a row per variable, a column per region, bands over members."""
    rows = found.differences
    rows = rows[(rows["variant"] == variant.name) & (rows["area_kind"] != "zone")]
    present = set(rows["variable"].unique())
    variables = [v for v in HEADLINE if v in present]
    sheet = _sheet(found, variant, lang, ("Differences", "差异"), height=0.75 + 1.12 * len(variables))
    areas = _areas(variant)
    axes = sheet.axes(len(variables) * len(areas), len(areas), left=1.5, across=0.55, down=0.2, top=0.3)
    grouped = dict(iter(rows.groupby(["variable", "area"], observed=True)))
    moved = rows.loc[(rows["difference"] != 0.0) & rows["variable"].isin(variables), "period"]
    first = int(moved.min()) - 1 if len(moved) else int(rows["period"].min())
    for i, variable in enumerate(variables):
        line = axes[i * len(areas) : (i + 1) * len(areas)]
        tables = {a: _members(grouped[variable, a]) for a in areas if (variable, a) in grouped}
        biggest = max((float(np.abs(t.values).max()) for t in tables.values()), default=0.0)
        unit = _unit(sheet, variable, biggest)
        for ax, area in zip(line, areas, strict=True):
            _panel(sheet, ax, tables.get(area), unit, area, first)
            if i == 0:
                sheet.heading(ax, sheet.area(area))
            last = i == len(variables) - 1
            ax.tick_params(axis="x", labelbottom=last)
            if last:
                ax.set_xlabel(sheet.say("Year", "年份"), fontsize=TEXT, color=INK, labelpad=2)
        line[0].set_ylabel(_two_lines(sheet.short(variable), unit.name, lang), fontsize=TEXT, color=INK, labelpad=4)
    return sheet.finish(
        sheet.say(
            f"Variant less base, member by member, so that luck common to both cancels; before {first + 1} they are "
            "the same. Scales differ by panel.",
            f"方案减基准,逐次配对,共同的随机性相互抵消；{first + 1}年以前完全相同。各图纵轴刻度不同。",
        ),
        *found.warnings,
    )


def verdicts(found: Comparison, variant: Result, lang: Lang) -> Figure:
    """Draw the differences of 2030 (or of the last year): a dot and an interval a row, and the verdict."""
    table = found.table[(found.table["variant"] == variant.name) & (found.table["area_kind"] != "zone")]
    last = int(table["period"].max())
    year = YEAR if (table["period"] == YEAR).any() else last
    table = table[(table["period"] == year) & table["area"].isin(_areas(variant))]
    table = table[table["variable"].isin((*HEADLINE, *MORE))]
    table = table[(table["variable"] != "gdp_share_of_nation") | (table["area"] == total(variant.region))]
    same = int((table["verdict"] == SAME).sum())
    relative = _relative(found, variant, year)
    rows: list[_Found] = []
    for row in table[table["verdict"] != SAME].to_dict("records"):
        key = (str(row["variable"]), str(row["area"]))
        if row["unit"] in _SHARES:
            rows.append(_Found(False, float(row["median"]), float(row["low"]), float(row["high"]), row))
        elif key in relative and np.isfinite(relative[key]).all():
            low, middle, high = (100.0 * v for v in relative[key])
            rows.append(_Found(True, middle, low, high, row))
    rows.sort(key=lambda r: r[:2], reverse=True)
    levels = sum(r.level for r in rows)
    panels = (levels > 0) + (levels < len(rows))
    height = 0.3 + _ROW * len(rows) + 0.6 * max(panels, 1)
    sheet = _sheet(found, variant, lang, (f"Differences in {year}", f"{year}年差异"), height)
    bottom = sheet.height - 0.3
    for part, axis in (
        (rows[:levels], ("Difference, % of the base", "差异,占基准的%")),
        (rows[levels:], ("Difference, percentage points", "差异,百分点")),
    ):
        if part:
            high = _ROW * len(part)
            ax = sheet.place(2.75, bottom - high, 3.3, high)
            _verdict_panel(sheet, ax, part, say(axis, lang))
            bottom -= high + 0.6
    sheet.key(sheet.say("higher", "较高"), Patch(color=BLUE))
    sheet.key(sheet.say("lower", "较低"), Patch(color=VERMILLION))
    sheet.key(sheet.say("no clear difference", "无明显差异"), Patch(color=GREY))
    return sheet.finish(
        sheet.say(
            "Dots: medians over members; lines: 90 % of members; on the right the same in the variable's unit. "
            f"{same} more are exactly the same in every member.",
            f"圆点:各次运行中位数;横线:90%的运行;右侧为以原单位表示的数值。另有{same}项在各次运行中完全相同。",
        ),
        scale_note(sheet),
        *found.warnings,
    )


def _sheet(found: Comparison, variant: Result, lang: Lang, what: tuple[str, str], height: float) -> Sheet:
    reader = Reader(variant)
    reader.last_published = 0
    names = [Reader(r).title(lang) for r in (variant, found.base)]
    title = {"en": f"{what[0]}: {names[0]} less {names[1]}", "zh": f"{what[1]}:{names[0]} 减 {names[1]}"}[lang]
    return Sheet(reader, lang, title, width=10.4, height=height)


def _members(rows: pd.DataFrame) -> Members:
    table = rows.pivot_table(index="member", columns="period", values="difference", observed=True)
    return Members(table.columns.to_numpy(dtype=np.int64), table.to_numpy())


def _areas(result: Result) -> tuple[str, ...]:
    """Return the areas that a comparison shows: the reporting areas and the whole."""
    return (*result.region.areas, total(result.region))


def _unit(sheet: Sheet, variable: str, biggest: float) -> Unit:
    """Return the unit to show differences of a variable in."""
    indicator = sheet.reader.indicators[variable]
    unit = "percentage points" if indicator.unit in _SHARES else indicator.unit
    return unit_for(unit, sheet.lang, biggest, a_year=indicator.kind == "flow" and "yuan" not in indicator.unit)


def _two_lines(name: str, unit: str, lang: Lang) -> str:
    return f"{name},\n{unit}" if lang == "en" else f"{name}\n{unit}"


def _panel(sheet: Sheet, ax: Axes, table: Members | None, unit: Unit, area: str, first: int) -> None:
    if table is None:
        ax.set_axis_off()
        return
    sheet.band(ax, table.band, unit, sheet.colour(area))
    ax.axhline(0, color=INK, linewidth=0.6)
    first, last = max(first, int(table.years[0])), int(table.years[-1])
    ax.set_xlim(first - 0.5, last + 0.5)
    ax.set_xticks(sorted({first, (first + last) // 2, last}))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=3))
    ax.yaxis.set_major_formatter(Plain())
    if not table.values.any():
        ax.set_yticks([0.0])
        ax.set_ylim(-1, 1)
    ax.tick_params(labelsize=SMALL)


def _relative(found: Comparison, variant: Result, year: int) -> dict[tuple[str, str], Any]:
    """Return 5, 50 and 95 % of the relative difference by variable and area."""
    rows = found.differences
    rows = rows[(rows["variant"] == variant.name) & (rows["period"] == year) & (rows["area_kind"] != "zone")]
    grouped = rows.groupby(["variable", "area"], observed=True)["relative"]
    return {
        (str(variable), str(area)): np.quantile(values, [0.05, 0.5, 0.95])
        for (variable, area), values in grouped
        if str(area) in _areas(variant) and str(variable) in (*HEADLINE, *MORE)
    }


def _verdict_panel(sheet: Sheet, ax: Axes, rows: list[_Found], axis: str) -> None:
    lang = sheet.lang
    side = ax.get_yaxis_transform()
    scale(ax, [r.middle for r in rows], max(max(abs(r.low), abs(r.high)) for r in rows))
    ax.axvline(0, color=INK, linewidth=0.7)
    ax.grid(False)
    for y, (_, middle, low, high, row) in enumerate(rows):
        colour = _colour(str(row["verdict"]))
        ax.plot([low, high], [y, y], color=colour, linewidth=1.6, solid_capstyle="butt")
        ax.plot(middle, y, "o", color=colour, markersize=5, markeredgecolor="white", markeredgewidth=0.5)
        ax.text(1.02, y, _in_units(row, sheet), transform=side, va="center", fontsize=SMALL, color=INK)
        verdict = str(row["verdict_zh" if lang == "zh" else "verdict"])
        place = 1.0 + 2.75 / sheet.size(ax)[0]
        ax.text(place, y, verdict, transform=side, va="center", fontsize=SMALL, color=colour)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    comma = ", " if lang == "en" else "，"
    ax.set_yticks(
        range(len(rows)),
        [f"{sheet.short(str(r['variable']))}{comma}{sheet.area(str(r['area']))}" for *_, r in rows],
    )
    ax.tick_params(axis="y", length=0, labelsize=SMALL)
    ax.set_xlabel(axis, fontsize=TEXT, color=INK, labelpad=2)


def scale(ax: Axes, middles: Sequence[float], reach: float) -> None:
    """Set the axis of differences up to `reach`, logarithmic outside a first tick where one dwarfs the usual."""
    usual = float(np.median(np.abs(middles)))
    if reach > 30 * usual > 0.0:
        step = 10.0 ** np.ceil(np.log10(max(usual, reach / 1e3)))
        ax.set_xscale("symlog", linthresh=step)
        marks = step * 10.0 ** np.arange(np.floor(np.log10(reach / step)) + 1)
        ax.set_xticks([*-marks[::-1], 0.0, *marks])
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: plain(x)))
        ax.minorticks_off()
    else:
        ax.xaxis.set_major_locator(MaxNLocator(nbins=5))
        ax.xaxis.set_major_formatter(Plain())
    ax.set_xlim(-1.25 * (reach or 1.0), 1.25 * (reach or 1.0))


def scale_note(sheet: Sheet) -> str:
    """Return what a reader must know of a logarithmic axis; nothing where there is none."""
    if any(ax.get_xscale() == "symlog" for ax in sheet.figure.axes):
        return sheet.say(
            "Beyond the first tick either side of zero the scale is logarithmic.", "零两侧第一刻度之外为对数刻度。"
        )
    return ""


def _colour(verdict: str) -> str:
    word = verdict.partition(" ")[0]
    return {"higher": BLUE, "lower": VERMILLION}.get(word, GREY)


def _in_units(row: Row, sheet: Sheet) -> str:
    biggest = max(abs(float(row[k])) for k in ("median", "low", "high"))
    unit = _unit(sheet, str(row["variable"]), biggest)
    middle, low, high = (_signed(float(row[k]) / unit.divisor) for k in ("median", "low", "high"))
    return f"{middle} [{low}, {high}] {unit.name}"


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)
