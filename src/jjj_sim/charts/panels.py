"""Small multiples: one variable, a panel per area, with the published figures of that area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from jjj_sim.charts.reader import Band, MissingVariable, Point, Reader
from jjj_sim.charts.sheet import INK, SMALL, TEXT, Sheet, width_of
from jjj_sim.indicators.areas import remainder
from jjj_sim.region import Region
from jjj_sim.wording.units import Unit, unit_for
from jjj_sim.wording.words import Lang, Text, label, say

# Flows of a quarter that a year means, and does not sum.
_MEANS = ("commuters_in", "commuters_out")


def unit_of(reader: Reader, variable: str, lang: Lang, biggest: float) -> Unit:
    """Return the unit to show a variable in, "a year" added to what is counted over one."""
    unit = reader.unit(variable)
    indicator = reader.indicators.get(variable)
    counted = indicator is not None and indicator.kind == "flow" and "yuan" not in unit and variable not in _MEANS
    return unit_for(unit, lang, biggest, a_year=counted)


def by_area(
    reader: Reader,
    lang: Lang,
    variable: str,
    *notes: str,
    title: str = "",
    areas: Sequence[str] = (),
    columns: int = 3,
    height: float = 4.9,
    same_scale: bool = False,
    from_zero: bool = False,
    data_end: Text | None = None,
    missed: bool = False,
) -> Figure:
    """Draw a panel for each of `areas`, the headlines where none are given, that has the variable.

    MissingVariable when none has. `data_end` names the last published year, which is marked then; `missed` writes into
    each panel how far the model stands from the last published figure.
    """
    shown = [a for a in areas or reader.headlines if reader.has(variable, a)]
    if not shown:
        raise MissingVariable(f"annual.parquet has no {variable}")
    sheet = Sheet(
        reader, lang, title or label(reader.region, variable, lang), height=height if len(shown) > columns else 3.4
    )
    axes = sheet.axes(len(shown), min(columns, len(shown)))
    bands = [reader.members(variable, a).band for a in shown]
    highest = [float(np.nanmax(b.high)) for b in bands]
    dashed = ""
    for ax, area, band, biggest in zip(axes, shown, bands, highest, strict=True):
        unit = unit_of(reader, variable, lang, max(highest) if same_scale else biggest)
        sheet.band(ax, band, unit, sheet.colour(area))
        rest = _rest(reader.region, area)
        if rest and reader.indicators[variable].kind != "rate" and reader.has(variable, rest):
            alone = reader.members(variable, rest).band
            ax.plot(alone.years, alone.median / unit.divisor, "--", color=sheet.colour(rest), linewidth=1.1)
            sheet.note(ax, sheet.area(rest), alone.years, alone.median / unit.divisor, unit=unit.name)
            dashed = sheet.say(f"Dashed: {sheet.area(rest)}.", f"虚线：{sheet.area(rest)}。")
        sheet.points(ax, reader.points(variable, area), unit)
        sheet.heading(ax, sheet.area(area))
        sheet.values(ax, unit.name)
        sheet.years(ax, int(band.years[0]), int(band.years[-1]))
        if data_end is not None:
            sheet.data_end(ax, variable, data_end)
        if from_zero:
            sheet.from_zero(ax)
        if missed:
            _miss(sheet, ax, band, reader.points(variable, area))
    if same_scale:
        share_scale(axes)
    return sheet.finish(*notes, dashed)


def _miss(sheet: Sheet, ax: Axes, band: Band, points: Sequence[Point]) -> None:
    """Write how far the median stands from the last published figure, in percent of it."""
    known = [p for p in points if p.year in band.years]
    if not known:
        return
    last = known[-1]
    away = 100.0 * (float(band.median[int(np.flatnonzero(band.years == last.year)[0])]) / last.value - 1.0)
    way = ("above", "高") if away > 0 else ("below", "低")
    text = sheet.say(
        f"{last.year}: {abs(away):.1f} % {way[0]} published", f"{last.year}年比公布数据{way[1]}{abs(away):.1f}%"
    )
    if round(away, 1) == 0.0:
        text = sheet.say(f"{last.year}: as published", f"{last.year}年与公布数据一致")
    ax.text(0.03, 0.05, text, transform=ax.transAxes, fontsize=SMALL, color=INK)


def _rest(region: Region, area: str) -> str:
    """Return the reporting area that is what an official whole leaves over, "" where there is none."""
    if area not in region.wholes or region.inside(area).all():
        return ""
    inside = region.inside(area)
    return next((a for a in region.areas if remainder(region, a) and not (region.inside(a) & ~inside).any()), "")


def share_scale(axes: Sequence[Axes]) -> None:
    """Give all axes the widest range of values among them."""
    limits = np.array([ax.get_ylim() for ax in axes])
    for ax in axes:
        ax.set_ylim(limits[:, 0].min(), limits[:, 1].max())


def line(
    sheet: Sheet,
    ax: Axes,
    variable: str,
    areas: Sequence[str],
    named: bool = True,
    step: bool = False,
    from_zero: bool = False,
    at_least: float = 0.0,
) -> None:
    """Draw one variable of several areas into one panel, the lines named at their ends; its unit is one for values of
    `at_least` that size.
    """
    reader = sheet.reader
    bands = {a: reader.members(variable, a).band for a in areas if reader.has(variable, a)}
    if not bands:
        raise MissingVariable(f"annual.parquet has no {variable}")
    unit = unit_of(reader, variable, sheet.lang, max(at_least, *(float(np.nanmax(b.high)) for b in bands.values())))
    for area, band in bands.items():
        sheet.band(ax, band, unit, sheet.colour(area), step=step, name=sheet.area(area))
        sheet.points(ax, reader.points(variable, area), unit, sheet.colour(area), name=sheet.area(area))
    sheet.values(ax, unit.name)
    first = next(iter(bands.values()))
    sheet.years(ax, int(first.years[0]), int(first.years[-1]))
    if from_zero:
        sheet.from_zero(ax)
    if named:
        ends = [(float(b.median[-1]) / unit.divisor, sheet.area(a), sheet.colour(a)) for a, b in bands.items()]
        sheet.ends(ax, ends)


class Panel(NamedTuple):
    """One panel of `in_a_row`: a variable, its areas, and its heading in English and Chinese."""

    variable: str
    areas: tuple[str, ...]
    english: str
    chinese: str
    from_zero: bool = True


def in_a_row(
    reader: Reader, lang: Lang, title: Text, panels: Sequence[Panel], note: Text, one_unit: bool = False
) -> Figure:
    """Draw panels side by side, the lines of each named at their ends where it has several areas.

    `one_unit` shows all of them in the unit of the largest.
    """
    sheet = Sheet(reader, lang, say(title, lang), height=3.8)
    named = [len(panel.areas) > 1 for panel in panels]
    room = names_room([sheet.area(a) for panel in panels for a in panel.areas]) if any(named) else 0.25
    axes = sheet.axes(len(panels), len(panels), across=0.55 + room, right=room)
    biggest = max(_biggest(reader, panel) for panel in panels) if one_unit else 0.0
    for ax, panel, several in zip(axes, panels, named, strict=True):
        line(sheet, ax, panel.variable, panel.areas, named=several, from_zero=panel.from_zero, at_least=biggest)
        sheet.heading(ax, sheet.say(panel.english, panel.chinese))
    return sheet.finish(sheet.say(*note))


def _biggest(reader: Reader, panel: Panel) -> float:
    """Return the largest value that a panel shows."""
    there = [a for a in panel.areas if reader.has(panel.variable, a)]
    return max((float(np.nanmax(reader.members(panel.variable, a).band.high)) for a in there), default=0.0)


def names_room(names: Sequence[str]) -> float:
    """Return how many inches names need right of an axis."""
    return 0.12 + 1.06 * max(map(width_of, names)) * TEXT / 72
