"""Several variants in one picture: levels as lines, 2030 side by side, maps of what changes, goals by scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from jjj_sim.charts.comparison import row_name, scale, scale_note
from jjj_sim.charts.maps import DIVERGING, attribution, base_map, high_for, scale_below, short_names, write, zone_map
from jjj_sim.charts.panels import unit_of
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREY, HEAD, INK, PALETTE, SMALL, TEXT, Sheet, wrap
from jjj_sim.comparing import verdict
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.headline import figures as headline_figures
from jjj_sim.comparing.headline import year_of
from jjj_sim.comparing.ranking import goals_beside
from jjj_sim.indicators.areas import total
from jjj_sim.wording.units import Unit, signed
from jjj_sim.wording.words import Lang, zone_short

LEVELS = ("population", "gdp_nominal", "house_price", "pm25")
_SHADES = LinearSegmentedColormap.from_list("share", ["#F4F4F4", BLUE])
# Points of a share count as they are; all else is told in percent of the base.
_POINTS = "percent"
_SMALL = (verdict.SAME[0], verdict.SMALL[0])
# Inches a row: in a narrow look, whose page is a report's, lines stand closer.
_ROW, _NARROW_ROW, _DARK = 0.26, 0.18, 0.55
_DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)))


def figures(found: Comparison, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield the charts that put all scenarios together, by name; a map only where the region has one."""
    yield "levels", levels(found, lang)
    yield "forest", forest(found, lang)
    if not goals_beside(found).empty:
        yield "goals", goals(found, lang)
    try:
        yield "map-population", change_map(found, lang, "population")
    except MissingVariable:
        return


def colour(k: int) -> str:
    """Return the colour of scenario `k`: ink for the base, the palette for the variants as given."""
    return INK if k == 0 else PALETTE[(k - 1) % len(PALETTE)]


def levels(found: Comparison, lang: Lang) -> Figure:
    """Draw base and variants as lines with bands, a row per variable and a column per area; equal lines are named."""
    readers = [Reader(result) for result in found.results]
    first = readers[0]
    areas = (*first.region.areas, first.total)
    variables = [v for v in LEVELS if any(first.has(v, a) for a in areas)]
    sheet = _sheet(found, lang, ("Base and variants", "基准与各方案"), width=10.4, height=0.75 + 1.4 * len(variables))
    axes = sheet.table(len(variables), len(areas), left=1.15, top=0.45)
    units = {v: _unit(first, v, areas, lang) for v in variables}
    same: set[int] = set(range(1, len(readers)))
    for row, variable in enumerate(variables):
        for column, area in enumerate(areas):
            ax = axes[row * len(areas) + column]
            if not first.has(variable, area):
                ax.set_axis_off()
                continue
            same &= _lines(sheet, ax, readers, variable, area, units[variable])
            if row == 0:
                sheet.column(ax, sheet.area(area))
            sheet.years(ax, *_span(first))
            ax.tick_params(axis="x", labelbottom=row == len(variables) - 1)
        row_name(sheet, axes[row * len(areas)], sheet.short(variable), units[variable].name)
    equal = [readers[k].title(lang) for k in sorted(same)]
    base = first.title(lang)
    comma = sheet.say(", ", "、")
    return sheet.finish(
        sheet.say("Lines: medians over members; bands: 90 % intervals.", "线：各次运行中位数；阴影：90%区间。")
        if first.n_members > 1
        else sheet.say("One run each.", "各一次运行。"),
        sheet.say(f"Equal to {base} in every panel: {comma.join(equal)}.", f"各图均与{base}相同：{comma.join(equal)}。")
        if equal
        else "",
        *found.warnings,
    )


def _unit(reader: Reader, variable: str, areas: Sequence[str], lang: Lang) -> Unit:
    """Return the one unit of a row of panels, that of the middle area by size."""
    there = [reader.members(variable, a).band for a in areas if reader.has(variable, a)]
    return unit_of(reader, variable, lang, float(np.median([np.nanmax(band.high) for band in there])))


def _lines(sheet: Sheet, ax: Axes, readers: Sequence[Reader], variable: str, area: str, unit: Unit) -> set[int]:
    """Draw one panel and return the variants whose every member equals the base's."""
    bands = [reader.members(variable, area).band for reader in readers]
    equal = set()
    for k, (reader, band) in enumerate(zip(readers, bands, strict=True)):
        style: dict[str, Any] = {"linestyle": _DASHES[k % len(_DASHES)], "linewidth": 1.5, "color": colour(k)}
        ax.plot(band.years, band.median / unit.divisor, zorder=3, **style)
        low, high = band.low / unit.divisor, band.high / unit.divisor
        name = f"{sheet.short(variable)} {sheet.area(area)} {reader.title(sheet.lang)}"
        sheet.note(ax, name, band.years, band.median / unit.divisor, low, high, unit.name)
        if reader.n_members > 1:
            ax.fill_between(band.years, low, high, color=colour(k), alpha=0.13, linewidth=0)
        sheet.key(reader.title(sheet.lang), Line2D([], [], **style))
        if k and np.array_equal(reader.members(variable, area).values, readers[0].members(variable, area).values):
            equal.add(k)
    sheet.values(ax, "", bins=4)
    ax.tick_params(labelsize=SMALL)
    return equal


def forest(found: Comparison, lang: Lang) -> Figure:
    """Draw the differences of one year: a row per figure of the headline, a dot and interval per variant."""
    year = year_of(found)
    region = found.base.region
    table = found.table[(found.table["period"] == year) & (found.table["area_kind"] != "zone")]
    rows = {(r["variable"], r["area"], r["variant"]): r for r in table.to_dict("records")}
    known = {(variable, area): r for (variable, area, _), r in rows.items()}
    cells = [cell for cell in headline_figures(region) if cell in known]
    variants = list(dict.fromkeys(v.name for v in found.variants))
    sheet = _sheet(found, lang, (f"Differences in {year}", f"{year}年相对基准变化"), width=10.4, height=0.75)
    height = (_row(sheet) * max(len(variants), 1) + 0.1) * len(cells)
    sheet.height += height
    left, right = (2.15, 1.5) if sheet.look.narrow else (2.6, 3.6)
    ax = sheet.place(left, 0.55, sheet.width - left - right, height)
    reach = 0.0
    for row, (variable, area) in enumerate(cells):
        for k, name in enumerate(variants):
            at = row + (k + 0.5) / len(variants) - 0.5
            one = rows[variable, area, name]
            divisor = 1.0 if one["unit"] == _POINTS else abs(float(one["base_median"])) / 100.0
            middle, low, high = (float(one[c]) / divisor for c in ("median", "low", "high"))
            reach = max(reach, abs(low), abs(high))
            shade = colour(k + 1)
            ax.plot([low, high], [at, at], color=shade, linewidth=1.6, solid_capstyle="butt")
            ax.plot(middle, at, "o", color=shade, markersize=4.5, markeredgecolor="white", markeredgewidth=0.5)
            said = str(one["verdict_zh" if lang == "zh" else "verdict"])
            told = f"{signed(middle)} [{signed(low)}, {signed(high)}]"
            told += "" if sheet.look.narrow else f"  {said}"
            unit = sheet.say("pp", "百分点") if one["unit"] == _POINTS else "%"
            cell = _named(sheet, variable, area, False)
            sheet.note(ax, Reader(found.result(name)).title(lang), [cell], [middle], [low], [high], unit)
            words = GREY if one["verdict"] in _SMALL else shade
            ax.text(1.02, at, told, transform=ax.get_yaxis_transform(), va="center", fontsize=SMALL, color=words)
    ax.axvline(0, color=INK, linewidth=0.7)
    ax.grid(False)
    ax.set_ylim(len(cells) - 0.5, -0.5)
    for row in range(1, len(cells)):
        ax.axhline(row - 0.5, color="#E4E4E4", linewidth=0.6)
    ax.set_yticks(range(len(cells)), [_named(sheet, v, a, known[v, a]["unit"] == _POINTS) for v, a in cells])
    ax.tick_params(axis="y", length=0, labelsize=SMALL)
    scale(ax, reach)
    label = sheet.say("Difference, % of the base (pp: percentage points)", "相对基准变化，%（注明者为百分点）")
    ax.set_xlabel(label, fontsize=TEXT, color=INK, labelpad=2)
    for k, name in enumerate(variants):
        style: dict[str, Any] = {"color": colour(k + 1), "marker": "o", "markersize": 4.5, "linewidth": 1.6}
        sheet.key(Reader(found.result(name)).title(lang), Line2D([], [], **style))
    return sheet.finish(
        sheet.say(
            "Variant less base, member by member with the same luck and draw. Dots: medians; lines: 90 % intervals.",
            "各方案相对基准的变化，逐次配对，随机数与抽样相同。圆点：中位数；横线：90%区间。",
        ),
        scale_note(sheet),
        *found.warnings,
    )


def _row(sheet: Sheet) -> float:
    """Return the height of a row in inches."""
    return _NARROW_ROW if sheet.look.narrow else _ROW


def _named(sheet: Sheet, variable: str, area: str, points: bool) -> str:
    """Return the name of a figure; one of which `points` are shown says so."""
    short = sheet.short(variable) + (sheet.say(", pp", "，百分点") if points else "")
    if area == total(sheet.reader.region):
        return short
    return sheet.say(f"{short}, {sheet.area(area)}", f"{sheet.area(area)}{short}")


def goals(found: Comparison, lang: Lang) -> Figure:
    """Draw how often each goal and mandatory indicator is met in every scenario."""
    table = goals_beside(found, every=True)
    names = list(dict.fromkeys(result.name for result in found.results))
    ids = list(dict.fromkeys(table["id"]))
    shares = {(r["id"], r["scenario"]): float(r["share"]) for r in table.to_dict("records")}
    sheet = _sheet(found, lang, ("Goals of 2030 by scenario", "各方案2030年目标"), width=9.6, height=0.85)
    height = _row(sheet) * len(ids)
    sheet.height += height
    left = min(3.7 if lang == "en" else 2.6, 0.52 * sheet.width)
    ax = sheet.place(left, 0.1, sheet.width - left - 0.2, height)
    several = Reader(found.base).n_members > 1
    for row, id in enumerate(ids):
        for column, name in enumerate(names):
            share = shares.get((id, name))
            if share is None:
                continue
            ax.add_patch(Rectangle((column + 0.02, row + 0.05), 0.96, 0.9, facecolor=_SHADES(share), linewidth=0))
            text = f"{100 * share:.0f}" if several else sheet.say("met", "达到") if share else ""
            shade = "white" if share > _DARK else INK
            ax.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=SMALL, color=shade)
    ax.set_xlim(0, len(names))
    ax.set_ylim(len(ids), 0)
    ax.xaxis.tick_top()
    wide = (sheet.width - left) / len(names) * 72 / 8.5 / 1.05
    titles = ["\n".join(wrap(Reader(found.result(name)).title(lang), wide)[:2]) for name in names]
    ax.set_xticks([c + 0.5 for c in range(len(names))], titles)
    first = {str(r["id"]): r for r in table.drop_duplicates("id").to_dict("records")}
    said = "indicator_zh" if lang == "zh" else "indicator"
    labels = [f"{id} {first[id][said]}" if id == first[id]["goal"] else str(first[id][said]) for id in ids]
    ax.set_yticks([row + 0.5 for row in range(len(ids))], labels)
    for row, id in enumerate(ids):
        if row and id == first[id]["goal"]:
            ax.axhline(row, color=GREY, linewidth=0.6)
    ax.tick_params(length=0, labelsize=SMALL)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.grid(False)
    return sheet.finish(
        sheet.say(
            "Percent of members that meet it" if several else "One run each: what it meets, which is no probability",
            "达到的运行所占百分比" if several else "各一次运行：只说是否达到，不是概率",
        )
        + sheet.say(
            "; of a goal all mandatory indicators together. Bounds and their basis: goals.csv; most are assumptions.",
            "；目标须其必须指标同时达到。门槛及依据见goals.csv，多为假设。",
        )
    )


def change_map(found: Comparison, lang: Lang, variable: str) -> Figure:
    """Draw the difference of a variable by zone, a map per variant, one scale centred on zero."""
    year, region = year_of(found), found.base.region
    drawn = zone_map(region)
    table = found.table[(found.table["variable"] == variable) & (found.table["period"] == year)]
    table = table[table["area_kind"] == "zone"]
    variants = list(dict.fromkeys(v.name for v in found.variants))
    changes = {}
    for name in variants:
        mine = table[table["variant"] == name].set_index("area")
        percent = 100.0 * mine["median"] / mine["base_median"].abs()
        if set(percent.index) < set(region.ids):
            raise MissingVariable(f"the comparison has no {variable} of some zones")
        changes[name] = {zone: float(percent[zone]) for zone in region.ids}
    columns = min(len(variants), 2)
    rows = -(-len(variants) // columns)
    name = _label(found, variable, lang)
    what = (f"{name}: difference by zone, {year}", f"{year}年各分区{name}相对基准变化")
    sheet = _sheet(found, lang, what, width=9.6, height=1.0)
    width = (sheet.width - 0.3) / columns
    high = min(high_for(width, drawn), 4.7)
    sheet.height = 0.85 + (high + 0.3) * rows
    built = set(np.array(region.ids)[region.new_area])
    usual = [abs(v) for c in changes.values() for z, v in c.items() if z not in built]
    reach = _round_up(max(usual, default=0.0))
    norm = Normalize(-reach, reach)
    for i, (name, change) in enumerate(changes.items()):
        bottom = 0.75 + (high + 0.3) * (rows - 1 - i // columns)
        ax = sheet.place(0.1 + (i % columns) * width, bottom, width - 0.1, high)
        base_map(ax, drawn, {z: DIVERGING(norm(v)) for z, v in change.items()})
        for zone, value in change.items():
            write(ax, region, zone, f"{zone_short(region, zone, lang)}\n{_percent(value)}%")
        title = Reader(found.result(name)).title(lang)
        sheet.heading(ax, wrap(title, width * 72 / HEAD / 1.05)[0])
        told = [zone_short(region, zone, lang) for zone in change]
        sheet.note(ax, title, told, list(change.values()), unit="%")
    scale_below(sheet, norm, ("Change on the base, %", "相对基准变化，%"))
    return sheet.finish(
        sheet.say("Medians over members; white: no difference.", "各次运行中位数；白色表示无变化。"),
        short_names(sheet),
        attribution(sheet),
    )


def _label(found: Comparison, variable: str, lang: Lang) -> str:
    """Return the label of a variable in a language."""
    one = Reader(found.base).indicators[variable]
    return one.zh if lang == "zh" else one.en


def _sheet(found: Comparison, lang: Lang, what: tuple[str, str], width: float, height: float) -> Sheet:
    reader = Reader(found.base)
    reader.last_published = 0
    return Sheet(reader, lang, what[lang == "zh"], width=width, height=height)


def _span(reader: Reader) -> tuple[int, int]:
    periods = reader.result.annual["period"]
    return int(periods.min()), int(periods.max())


def _round_up(value: float) -> float:
    """Return 1, 2 or 5 times a power of ten that is no smaller than a value; 1 for zero."""
    if value <= 0.0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value))


def _percent(value: float) -> str:
    """Return a percentage to a tenth, a small one to a hundredth."""
    rounded = round(value, 1 if abs(value) >= 1.0 else 2)
    return "0" if rounded == 0.0 else f"{rounded:+g}".replace("-", "−")
