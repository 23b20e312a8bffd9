"""Pictures of plain tables as Vega-Lite, made with Altair: lines, dots with intervals, maps, bars, flows, steps.

Each takes a table in the model's units, with names already in the reader's language, and gives a `Picture`: the
specification of one view as wide as the element it is drawn in; its data beside it, under names that stay the same,
so that a page that lives may put new rows there (``view.data("rows", rows).run()``); and what it shows in words.
`Picture.whole()` is a specification that stands alone. Numbers of the data are in the unit that the picture names.
What Altair would check at every step is checked by the tests once: a page that answers at once has no time for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from jjj_sim.region import Region
from jjj_sim.reporting.outlines import outlines
from jjj_sim.reporting.picture import (
    PLAIN,
    SIGNED,
    Picture,
    Rows,
    biggest,
    colours,
    listed,
    looked_up,
    names_left,
    numbers_below,
    picture,
    records,
    scaled,
    sentences,
    tips,
    with_interval,
    years_below,
    zero_line,
)
from jjj_sim.reporting.scheme import ACCENT, DIVERGING, INK, SEQUENTIAL, SHADE, VERMILLION, Look
from jjj_sim.wording.units import Unit, number, unit_for
from jjj_sim.wording.words import Lang, zone_short

__all__ = ["Picture", "flows", "forest", "goal_bars", "lines", "steps", "zone_map"]

_ROWS = alt.NamedData("rows")


@debug_mode(False)
def lines(
    rows: pd.DataFrame,
    looks: Mapping[str, Look],
    *,
    unit: str,
    lang: Lang,
    title: str = "",
    points: pd.DataFrame | None = None,
    ends: int | None = None,
    difference: bool = False,
    key: bool = False,
    a_year: bool = False,
    height: int = 190,
) -> Picture:
    """Return lines over the years, one per scenario, with the 90 % of members as bands.

    `rows`: scenario (a name in `looks`), name (as shown), year, median, low, high. `points`: year, value, source of
    published figures, data "points". `ends` is the last year with published figures, after which the ground is
    shaded; a `difference` has a line at zero and signs; `key` draws a key; `a_year`: values are flows of a year.
    """
    published = points if points is not None and len(points) else pd.DataFrame({"value": []})
    shown = unit_for(unit, lang, max(biggest(rows, "low", "high"), biggest(published, "value")), a_year)
    told = scaled(rows[["scenario", "name", "year", "median", "low", "high"]], ("median", "low", "high"), shown)
    first, last = int(rows["year"].min()), int(rows["year"].max())
    x, colour = years_below("year", first, last), colours(looks, rows, key)
    axis, scale = alt.Axis(title=None, tickCount=5), alt.Scale(zero=difference, nice=True)
    base, form = alt.Chart(_ROWS), SIGNED if difference else PLAIN
    names = [name for name in looks if name in set(rows["scenario"])]
    dashes = alt.Scale(domain=names, range=[list(looks[name].dash) or [1, 0] for name in names])
    y = alt.Y("median:Q", axis=axis, scale=scale)
    told_tips = tips(lang, "name", year="d", median=form, low=form, high=form)
    parts: list[Any] = []
    if ends is not None and first <= ends < last:
        ground = alt.Chart(alt.InlineData(values=[{"from": ends, "to": last}])).mark_rect(color=SHADE)
        parts.append(ground.encode(x=years_below("from", first, last), x2="to:Q"))
    if difference:
        parts.append(zero_line("y"))
    low = alt.Y("low:Q", axis=axis, scale=scale)
    parts.append(base.mark_area(opacity=0.16).encode(x=x, y=low, y2="high:Q", color=colour))
    dash = alt.StrokeDash("scenario:N", scale=dashes, legend=None)
    parts.append(base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash))
    parts.append(base.mark_point(opacity=0, size=160).encode(x=x, y=y, tooltip=told_tips))
    data: dict[str, Rows] = {"rows": records(told)}
    if len(published):
        data["points"] = records(scaled(published[["year", "value", "source"]], ("value",), shown))
        marks = alt.Chart(alt.NamedData("points")).mark_point(fill="white", stroke=INK, size=28, opacity=1)
        value = alt.Y("value:Q", axis=axis, scale=scale)
        parts.append(marks.encode(x=x, y=value, tooltip=tips(lang, "source", year="d", value=PLAIN)))
    words = _over_time(told, shown, lang)
    return picture(alt.layer(*parts), data, words, title, shown.name, height, lang)


@debug_mode(False)
def forest(rows: pd.DataFrame, *, unit: str, lang: Lang, title: str = "", colour: str = ACCENT) -> Picture:
    """Return a dot with its interval for each row, in the order given, and a line at zero.

    `rows`: what (at the left, no two alike), median, low, high, all in `unit`, verdict (in words), clear (bool: dots
    of what is not clear are hollow).
    """
    shown = unit_for(unit, lang, biggest(rows, "low", "high", "median"))
    told = scaled(rows[["what", "median", "low", "high", "verdict", "clear"]], ("median", "low", "high"), shown)
    x, y, base = numbers_below("median"), names_left("what"), alt.Chart(_ROWS)
    fill = alt.condition("datum.clear", alt.value(colour), alt.value("white"))
    told_tips = tips(lang, "what", "verdict", median=SIGNED, low=SIGNED, high=SIGNED)
    chart = alt.layer(
        zero_line("x"),
        base.mark_rule(color=colour, strokeWidth=2).encode(y=y, x=numbers_below("low"), x2="high:Q"),
        base.mark_point(stroke=colour, size=72, opacity=1).encode(y=y, x=x, fill=fill, tooltip=told_tips),
    )
    rows_told = records(told)
    words = sentences(rows_told, "what", "median", shown.name, lang)
    return picture(chart, {"rows": rows_told}, words, title, shown.name, 24 * len(told) + 4, lang)


@debug_mode(False)
def zone_map(
    region: Region,
    rows: pd.DataFrame,
    *,
    unit: str,
    lang: Lang,
    year: int,
    title: str = "",
    reach: tuple[float, float] | None = None,
    diverging: bool = True,
    height: int = 300,
) -> Picture | None:
    """Return a map by zone of one year, None where the region has no outlines of its zones.

    `rows`: zone (its id), year, value. The specification has a parameter `year` that a page sets:
    ``view.signal("year", 2027).run()``. `reach` are the ends of the colours in the unit of `rows`, by default those of
    all rows; colours that are `diverging` are white at zero, with ends made alike. Data: "rows" of key (zone-year) and
    value, "zones".
    """
    drawn = outlines(region)
    if not drawn:
        return None
    low, high = reach or (float(rows["value"].min()), float(rows["value"].max()))
    if diverging:
        high = max(abs(low), abs(high)) or 1.0
        low = -high
    shown = unit_for(unit, lang, max(abs(low), abs(high)))
    told = scaled(rows[["zone", "year", "value"]], ("value",), shown)
    told["key"] = told["zone"].astype(str) + "-" + told["year"].astype(str)
    called = {zone: zone_short(region, zone, lang) for zone in region.ids}
    ends = [low / shown.divisor, high / shown.divisor]
    scale = alt.Scale(domain=ends, clamp=True, range=SEQUENTIAL)
    if diverging:
        scale = alt.Scale(domain=ends, domainMid=0, clamp=True, range=DIVERGING)
    values = [ends[0], (ends[0] + ends[1]) / 2, ends[1]]
    form: dict[str, Any] = {"format": SIGNED if diverging else PLAIN, "values": values}
    key = alt.Legend(title=None, orient="bottom", gradientLength=180, gradientThickness=9, offset=0, **form)
    chart = (
        alt.Chart(alt.NamedData("zones"))
        .mark_geoshape(stroke="#8a8a8a", strokeWidth=0.6)
        .transform_calculate(key="datum.id + '-' + year", zone=looked_up(called, "datum.id"))
        .transform_lookup("key", alt.LookupData(_ROWS, "key", ["value"]))
        .encode(
            color=alt.Color("value:Q", scale=scale, legend=key),
            tooltip=tips(lang, "zone", value=SIGNED if diverging else PLAIN),
        )
        .project(type="identity", reflectY=True)
        .add_params(alt.param(name="year", value=year))
    )
    now = records(told[told["year"] == year].sort_values("value", ascending=False))
    words = listed((f"{called[row['zone']]} {number(row['value'])}" for row in now), lang)
    words = f"{year}, {words} {shown.name}"
    data: dict[str, Rows] = {"rows": records(told[["key", "value"]]), "zones": list(drawn)}
    return picture(chart, data, words, title, shown.name, height, lang)


@debug_mode(False)
def goal_bars(
    rows: pd.DataFrame, looks: Mapping[str, Look], *, lang: Lang, title: str = "", key: bool = False
) -> Picture:
    """Return by goal the share of members that meet it, a bar per scenario.

    `rows`: goal (at the left), scenario (a name in `looks`), name (as shown), share (0 to 1), in the order to be shown.
    """
    several = rows["scenario"].nunique() > 1
    names = [name for name in looks if name in set(rows["scenario"])]
    axis = alt.Axis(title=None, format=".0%", values=[0, 0.25, 0.5, 0.8, 1], grid=True)
    within: dict[str, Any] = {"yOffset": alt.YOffset("scenario:N", sort=names)} if several else {}
    how: dict[str, Any] = {
        "y": names_left("goal"),
        "x": alt.X("share:Q", scale=alt.Scale(domain=[0, 1]), axis=axis),
        "color": colours(looks, rows, key),
        "tooltip": tips(lang, "goal", "name", share=".0%"),
        **within,
    }
    base = alt.Chart(_ROWS)
    chart = alt.layer(base.mark_bar().encode(**how), base.mark_tick(thickness=2, opacity=1).encode(**how))
    told = records(rows[["goal", "scenario", "name", "share"]])
    words = listed((f"{r['goal']}, {r['name']} {r['share']:.0%}" for r in told), lang)
    height = rows["goal"].nunique() * (10 * len(names) + 12)
    return picture(chart, {"rows": told}, words, title, "", height, lang)


@debug_mode(False)
def flows(rows: pd.DataFrame, *, unit: str, lang: Lang, title: str = "", a_year: bool = False) -> Picture:
    """Return a bar with its interval for each way, in the order given: how many went along it.

    `rows`: way (such as "Beijing → Hebei", no two alike), value, low, high.
    """
    shown = unit_for(unit, lang, biggest(rows, "value"), a_year)
    told = scaled(rows[["way", "value", "low", "high"]], ("value", "low", "high"), shown)
    base, y = alt.Chart(_ROWS), names_left("way")
    fill = alt.condition("datum.value < 0", alt.value(VERMILLION), alt.value(ACCENT))
    told_tips = tips(lang, "way", value=PLAIN, low=PLAIN, high=PLAIN)
    chart = alt.layer(
        base.mark_bar(opacity=0.75, height=alt.RelativeBandSize(0.6)).encode(
            y=y, x=numbers_below("value"), color=fill, tooltip=told_tips
        ),
        base.mark_rule(color=INK).encode(y=y, x=numbers_below("low"), x2="high:Q"),
    )
    rows_told = records(told)
    words = sentences(rows_told, "way", "value", shown.name, lang)
    return picture(chart, {"rows": rows_told}, words, title, shown.name, 22 * len(told) + 4, lang)


@debug_mode(False)
def steps(rows: pd.DataFrame, *, unit: str, lang: Lang, title: str = "") -> Picture:
    """Return what a difference is made of: bars that each begin where the one above ends; the last row is the sum.

    `rows`: what (no two alike), value, low, high.
    """
    shown = unit_for(unit, lang, max(biggest(rows, "value"), float(rows["value"].cumsum().abs().max())))
    told = scaled(rows[["what", "value", "low", "high"]], ("value", "low", "high"), shown)
    ends = [0.0, *told["value"].iloc[:-1].cumsum()]
    told["begin"] = [*ends[:-1], 0.0]
    told["end"] = told["begin"] + told["value"]
    told["kind"] = [*("down" if value < 0 else "up" for value in told["value"].iloc[:-1]), "sum"]
    scale = alt.Scale(domain=["down", "up", "sum"], range=[VERMILLION, ACCENT, INK])
    told_tips = tips(lang, "what", value=SIGNED, low=SIGNED, high=SIGNED)
    bars = alt.Chart(_ROWS).mark_bar(opacity=0.85, height=alt.RelativeBandSize(0.6))
    fill = alt.Color("kind:N", scale=scale, legend=None)
    chart = alt.layer(
        zero_line("x"),
        bars.encode(y=names_left("what"), x=numbers_below("begin"), x2="end:Q", color=fill, tooltip=told_tips),
    )
    rows_told = records(told)
    words = sentences(rows_told, "what", "value", shown.name, lang)
    return picture(chart, {"rows": rows_told}, words, title, shown.name, 24 * len(told) + 4, lang)


def _over_time(told: pd.DataFrame, shown: Unit, lang: Lang) -> str:
    """Return first and last year of every line in words."""
    found = []
    for name, rows in told.sort_values("year").groupby("name", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        start = f"{int(first['year'])}: {number(first['median'])}"
        found.append(f"{name}, {start}, {int(last['year'])}: {with_interval(last, 'median', lang)}")
    return f"{listed(found, lang)} {shown.name}"
