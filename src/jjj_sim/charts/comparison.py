"""Charts of a comparison: differences over time, and the verdicts of its last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from jjj_sim.charts.reader import Members, Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, SMALL, TEXT, VERMILLION, Sheet, plain, wrap
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.indicators.areas import total
from jjj_sim.running.result import Result
from jjj_sim.wording.units import Unit, signed, unit_for
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
# Inches a row: in a narrow look, whose page is a report's, lines stand closer.
_ROW, _NARROW_ROW = 0.235, 0.14
# Up to here the axis of differences is linear, percent.
_LINEAR = 0.1
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
    sheet = _sheet(found, variant, lang, ("Differences", "变化"), height=0.75 + 1.12 * len(variables))
    areas = _areas(variant)
    axes = sheet.table(len(variables), len(areas), left=1.5)
    matters = _matters(found, variant)
    grouped = dict(iter(rows.groupby(["variable", "area"], observed=True)))
    first = _first(rows[rows["variable"].isin(variables)], matters)
    for i, variable in enumerate(variables):
        line = axes[i * len(areas) : (i + 1) * len(areas)]
        tables = {a: _members(grouped[variable, a]) for a in areas if (variable, a) in grouped}
        biggest = max((float(np.abs(t.values).max()) for t in tables.values()), default=0.0)
        unit = _unit(sheet, variable, biggest)
        for ax, area in zip(line, areas, strict=True):
            floor = matters.get((variable, area), 0.0)
            _panel(sheet, ax, tables.get(area), unit, area, first, floor, f"{sheet.short(variable)} {sheet.area(area)}")
            if i == 0:
                sheet.column(ax, sheet.area(area))
            ax.tick_params(axis="x", labelbottom=i == len(variables) - 1)
        row_name(sheet, line[0], sheet.short(variable), unit.name)
    since = first + 1 if first > int(rows["period"].min()) else None
    return sheet.finish(
        sheet.say(
            "Change on the base, member by member, so that luck common to both cancels"
            + (f"; before {since} nothing that matters" if since else "")
            + ". Scales differ by panel; none is finer than twice the difference that matters, so what is "
            "flat is too small to matter.",
            "相对基准变化，逐次配对，共同的随机性相互抵消"
            + (f"；{since}年以前变化可忽略" if since else "")
            + "。各图纵轴刻度不同，"
            "但均不细于“可忽略”门槛的两倍，看似水平者即变化可忽略。",
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
    sheet = _sheet(found, variant, lang, (f"Differences in {year}", f"{year}年变化"), 0.3 + 0.6 * max(panels, 1))
    line = _NARROW_ROW if sheet.look.narrow else _ROW
    sheet.height += line * len(rows)
    bottom = sheet.height - 0.3
    for part, axis in (
        (rows[:levels], ("Change on the base, %", "相对基准变化，%")),
        (rows[levels:], ("Change on the base, percentage points", "相对基准变化，百分点")),
    ):
        if part:
            high = line * len(part)
            left, right = (1.95, 2.15) if sheet.look.narrow else (2.75, 4.35)
            ax = sheet.place(left, bottom - high, sheet.width - left - right, high)
            _verdict_panel(sheet, ax, part, say(axis, lang))
            bottom -= high + 0.6
    sheet.key(sheet.say("higher", "较高"), Patch(color=BLUE))
    sheet.key(sheet.say("lower", "较低"), Patch(color=VERMILLION))
    sheet.key(sheet.say("no clear difference, or too small to matter", "变化不明显或可忽略"), Patch(color=GREY))
    return sheet.finish(
        sheet.say(
            "Dots: medians over members; lines: 90 % intervals; on the right the same in the variable's unit. "
            f"{same} more are exactly the same in every member.",
            f"圆点：各次运行中位数；横线：90%区间；右侧为以原单位表示的数值。另有{same}项在各次运行中完全相同。",
        ),
        scale_note(sheet),
        *found.warnings,
    )


def _sheet(found: Comparison, variant: Result, lang: Lang, what: tuple[str, str], height: float) -> Sheet:
    reader = Reader(variant)
    reader.last_published = 0
    names = [reader.title(lang), Reader(found.base).short_title(lang)]
    title = {"en": f"{what[0]}: {names[0]} less {names[1]}", "zh": f"{names[0]}相对{names[1]}的{what[1]}"}[lang]
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


def row_name(sheet: Sheet, ax: Axes, name: str, unit: str) -> None:
    """Write upright, left of a row of panels or on a page above it, what it shows and in which unit."""
    how: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points", "annotation_clip": False}
    how |= {"fontsize": SMALL, "color": INK}
    if sheet.look.narrow:
        told = sheet.say(f"{name}, {unit}", f"{name}（单位：{unit}）")
        above = 3 + 12 * len([line for line in ax.get_title(loc="left").split("\n") if line])
        ax.annotate(told, (0.0, 1.0), (-72 * (sheet.left_of(ax) - 0.14), above), va="bottom", **how)
        return
    wide = (sheet.left_of(ax) - 0.5) * 72
    lines = [*wrap(name, wide / TEXT / 1.05), *wrap(unit, wide / SMALL / 1.05)]
    ax.annotate("\n".join(lines), (0.0, 0.5), (-wide - 34, 0), va="center", **how)


def _matters(found: Comparison, variant: Result) -> dict[tuple[str, str], float]:
    """Return the difference that matters by variable and area, the largest over the years."""
    rows = found.table[found.table["variant"] == variant.name]
    found_at: dict[tuple[str, str], float] = {}
    for variable, area, matters in zip(rows["variable"], rows["area"], rows["matters"].fillna(0.0), strict=True):
        found_at[variable, area] = max(found_at.get((variable, area), 0.0), float(matters))
    return found_at


def _first(rows: pd.DataFrame, matters: Mapping[tuple[str, str], float]) -> int:
    """Return the year before the first in which a difference is more than a twentieth of what matters."""
    floor = np.array([matters.get(key, 0.0) for key in zip(rows["variable"], rows["area"], strict=True)]) / 20.0
    moved = rows.loc[rows["difference"].abs().to_numpy() > floor, "period"]
    return int(moved.min()) - 1 if len(moved) else int(rows["period"].min())


def _panel(
    sheet: Sheet, ax: Axes, table: Members | None, unit: Unit, area: str, first: int, matters: float, name: str
) -> None:
    if table is None:
        ax.set_axis_off()
        return
    shown = table.years >= first
    table = Members(table.years[shown], table.values[:, shown])
    sheet.band(ax, table.band, unit, sheet.colour(area), name=name)
    ax.axhline(0, color=INK, linewidth=0.6)
    sheet.years(ax, int(table.years[0]), int(table.years[-1]))
    sheet.values(ax, "", bins=3)
    band = table.band
    low, high = float(band.low.min()) / unit.divisor, float(band.high.max()) / unit.divisor
    least = 2.0 * matters / unit.divisor
    if max(abs(low), abs(high)) < least:
        low, high = -least, least
    room = 0.08 * (max(high, 0.0) - min(low, 0.0)) or 1.0
    ax.set_ylim(min(low, 0.0) - room, max(high, 0.0) + room)
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
    scale(ax, max(max(abs(r.low), abs(r.high)) for r in rows))
    ax.axvline(0, color=INK, linewidth=0.7)
    ax.grid(False)
    unit = axis.rpartition(sheet.say(", ", "，"))[2]
    for y, (_, middle, low, high, row) in enumerate(rows):
        name = sheet.say("{0}, {1}", "{1}{0}").format(sheet.short(str(row["variable"])), sheet.area(str(row["area"])))
        sheet.note(ax, sheet.say("change on the base", "相对基准变化"), [name], [middle], [low], [high], unit)
        colour = _colour(str(row["verdict"]))
        ax.plot([low, high], [y, y], color=colour, linewidth=1.6, solid_capstyle="butt")
        ax.plot(middle, y, "o", color=colour, markersize=5, markeredgecolor="white", markeredgewidth=0.5)
        ax.text(1.02, y, _in_units(row, sheet), transform=side, va="center", fontsize=SMALL, color=INK)
        if sheet.look.narrow:
            continue
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


def scale(ax: Axes, reach: float) -> None:
    """Set the axis of differences up to `reach`: linear to a tenth either side of zero, logarithmic beyond."""
    ax.set_xscale("symlog", linthresh=_LINEAR, linscale=0.6)
    ends = int(np.ceil(np.log10(max(reach, 1.0))))
    marks = 10.0 ** np.arange(np.log10(_LINEAR), ends + 1)
    if len(marks) > 3:
        marks = marks[-1::-2][::-1] if len(marks) % 2 else marks[1::2]
    ax.set_xticks([*-marks[::-1], 0.0, *marks])
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: plain(x)))
    ax.minorticks_off()
    ax.set_xlim(-1.3 * 10.0**ends, 1.3 * 10.0**ends)


def scale_note(sheet: Sheet) -> str:
    """Return what a reader must know of the axis."""
    return sheet.say(
        "The axis is linear to 0.1 either side of zero and logarithmic beyond, in every chart of the comparison.",
        "横轴零两侧0.1以内为线性刻度，其外为对数刻度，本次对比各图相同。",
    )


def _colour(verdict: str) -> str:
    word = verdict.partition(" ")[0]
    return {"higher": BLUE, "lower": VERMILLION}.get(word, GREY)


def _in_units(row: Row, sheet: Sheet) -> str:
    biggest = max(abs(float(row[k])) for k in ("median", "low", "high"))
    unit = _unit(sheet, str(row["variable"]), biggest)
    middle, low, high = (signed(float(row[k]) / unit.divisor) for k in ("median", "low", "high"))
    return f"{middle} [{low}, {high}] {unit.name}"
