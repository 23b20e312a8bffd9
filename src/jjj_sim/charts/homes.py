"""Charts of homes: what they cost beside incomes and services, how much there is of them, and who commutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from jjj_sim.charts.panels import unit_of
from jjj_sim.charts.reader import Members, MissingVariable, Reader
from jjj_sim.charts.sheet import GREY, INK, PALETTE, Sheet
from jjj_sim.indicators.areas import places
from jjj_sim.wording.units import Unit, unit_for
from jjj_sim.wording.words import Lang, Text, zone_short

_ROW, _DOWN, _NAMES = 1.55, 0.72, 1.3
_ORIGINS = 6
_TIMES: dict[str, Text] = {
    "income_per_head": ("income", "人均收入"),
    "house_price": ("house price", "房价"),
    "service_spending_per_head": ("service spending", "人均公共服务支出"),
}
_COLOURS = {name: PALETTE[k] for k, name in enumerate(_TIMES)}

Measure = Callable[[str], Members]


def homes_and_incomes(reader: Reader, lang: Lang) -> Figure:
    """Draw house prices, rents, incomes, what homes cost in years of income, services and their gap."""
    title = {"en": "House prices, incomes and services", "zh": "房价、收入与公共服务"}[lang]
    sheet, axes = _grid(reader, lang, title, 3)
    areas = _areas(reader, ("house_price", "rent", "income_per_head", "service_spending_per_head"))
    for ax, variable in zip(axes, ("house_price", "rent", "income_per_head"), strict=False):
        _variable(sheet, ax, variable, areas)
    years = sheet.say("years of income", "年收入倍数")
    _lines(sheet, axes[3], areas, lambda area: price_to_income(reader, area), Unit(1.0, years))
    sheet.heading(
        axes[3], sheet.say("Price of a resident's floor, in years of income", "房价收入比（人均住房价值与年收入）")
    )
    _variable(sheet, axes[4], "service_spending_per_head", areas)
    _gaps(sheet, axes[5])
    return sheet.finish(
        sheet.say(
            "Price in years of income: value of homes a resident over disposable income a resident and year.",
            "房价收入比：人均住房价值除以人均年可支配收入。",
        ),
        sheet.say(
            "Prices are of the whole stock, as asked for existing homes; income is of the national accounts, some two "
            "fifths above the household survey's. Published figures of both measure something else and are not drawn.",
            "房价为存量住房挂牌价口径；收入为国民核算口径，比住户调查高约四成。公布的新房均价和调查收入口径不同，"
            "故未画出。",
        ),
    )


def housing_and_commuting(reader: Reader, lang: Lang) -> Figure:
    """Draw floor space a resident, homes built, commuters into the capital by origin and into each area."""
    title = {"en": "Housing and commuting", "zh": "住房与通勤"}[lang]
    sheet, axes = _grid(reader, lang, title, 3)
    areas = _areas(reader, ("housing", "homes_built", "mean_travel_minutes"))
    metres = sheet.say("m² a resident", "平方米/人")
    _lines(sheet, axes[0], areas, lambda area: floor_per_head(reader, area), Unit(1.0, metres))
    sheet.heading(axes[0], sheet.say("Floor space", "人均住房面积"))
    _variable(sheet, axes[1], "homes_built", areas)
    _variable(sheet, axes[2], "homes_removed", areas)
    _commuters(sheet, axes[3])
    _variable(sheet, axes[4], "commuters_in", areas, a_year=False)
    _variable(sheet, axes[5], "mean_travel_minutes", areas)
    return sheet.finish(
        sheet.say(
            "Floor space: homes at the end of the year over residents, empty ones included: the model has no vacancy.",
            "人均住房面积：年末住房存量除以常住人口，含空置住房（模型不区分空置）。",
        ),
        sheet.say(
            "Who commutes where in 2013 is imputed; nobody commutes from beyond the region. Minutes are those between "
            "residents of the region, door to door; the minutes of commuters alone are not recorded.",
            "2013年通勤联系为推算，不含区域以外的通勤。出行时间为区域居民之间的门到门时间，通勤者自身的时间未记录。",
        ),
    )


def price_to_income(reader: Reader, area: str) -> Members:
    """Return the value of homes a resident over the yearly income of one, in years."""
    value, income = reader.members("housing_value", area), reader.members("income_per_head", area)
    people = reader.members("population", area)
    return Members(value.years, 1e9 * value.values / people.values / income.values)


def floor_per_head(reader: Reader, area: str) -> Members:
    """Return floor space of homes a resident at the end of a year, m2."""
    housing, people = reader.members("housing", area), reader.members("population", area)
    return Members(housing.years, housing.values / people.values)


def gap(reader: Reader, variable: str, above: str, below: str) -> Members:
    """Return how many times as much of a variable one area has as another."""
    first, second = reader.members(variable, above), reader.members(variable, below)
    return Members(first.years, first.values / second.values)


def _areas(reader: Reader, variables: Sequence[str]) -> list[str]:
    """Return the provinces and the new area; MissingVariable names the first variable that none of them has."""
    areas = list(places(reader.region))
    for variable in variables:
        if not any(reader.has(variable, area) for area in areas):
            raise MissingVariable(f"annual.parquet has no {variable}")
    return [area for area in areas if all(reader.has(variable, area) for variable in variables)]


def _grid(reader: Reader, lang: Lang, title: str, rows: int) -> tuple[Sheet, list[Axes]]:
    """Return a sheet with two columns of panels, room beside each for the names of its lines."""
    sheet = Sheet(reader, lang, title, height=0.35 + rows * _ROW + (rows - 1) * _DOWN + 0.5)
    axes = sheet.axes(2 * rows, 2, left=0.75, right=_NAMES, across=_NAMES + 0.75, down=_DOWN, bottom=0.5, top=0.35)
    return sheet, axes


def _lines(sheet: Sheet, ax: Axes, areas: Sequence[str], measure: Measure, unit: Unit) -> None:
    """Draw a measure of areas as lines with bands, named at their ends."""
    bands = {area: measure(area).band for area in areas}
    for area, band in bands.items():
        sheet.band(ax, band, unit, sheet.colour(area))
    _close(sheet, ax, unit)
    ends = [(float(b.median[-1]) / unit.divisor, sheet.area(a), sheet.colour(a)) for a, b in bands.items()]
    sheet.ends(ax, ends)
    years = next(iter(bands.values())).years
    sheet.years(ax, int(years[0]), int(years[-1]), label=False)


def _close(sheet: Sheet, ax: Axes, unit: Unit) -> None:
    ax.set_ylim(bottom=0.0)
    sheet.values(ax, unit.name, bins=4)


def _variable(sheet: Sheet, ax: Axes, variable: str, areas: Sequence[str], a_year: bool = True) -> None:
    """Draw an indicator of areas, with published figures where there are any."""
    reader = sheet.reader
    biggest = max(float(np.nanmax(reader.members(variable, a).band.high)) for a in areas)
    unit = unit_of(reader, variable, sheet.lang, biggest)
    if not a_year:
        unit = unit_for(reader.unit(variable), sheet.lang, biggest)
    _lines(sheet, ax, areas, lambda area: reader.members(variable, area), unit)
    for area in areas:
        sheet.points(ax, reader.points(variable, area), unit, sheet.colour(area))
    sheet.heading(ax, sheet.label(variable))


def _gaps(sheet: Sheet, ax: Axes) -> None:
    """Draw how many times as much the capital's province has as the one that has least of it."""
    reader = sheet.reader
    capital = reader.filling("capital")
    others = [a for a in reader.provinces if a != capital]
    if not others:
        ax.set_axis_off()
        return
    least = min(others, key=lambda a: float(reader.members("service_spending_per_head", a).band.median[-1]))
    ends, unit = [], Unit(1.0, sheet.say("times", "倍"))
    for variable, words in _TIMES.items():
        band = gap(reader, variable, capital, least).band
        colour = _COLOURS[variable]
        sheet.band(ax, band, unit, colour)
        ends.append((float(band.median[-1]), sheet.say(*words), colour))
    _close(sheet, ax, unit)
    ax.axhline(1.0, color=GREY, linewidth=0.8, linestyle=":")
    sheet.ends(ax, ends)
    years = reader.members("income_per_head", capital).years
    sheet.years(ax, int(years[0]), int(years[-1]), label=False)
    above, below = sheet.area(capital), sheet.area(least)
    sheet.heading(ax, sheet.say(f"Gap: {above} to {below}", f"差距：{above}与{below}之比"))


def _commuters(sheet: Sheet, ax: Axes) -> None:
    """Draw commuters from outside into the capital by the zone they live in, the largest origins named."""
    reader, region = sheet.reader, sheet.reader.region
    table = into_the_capital(reader)
    order = table.mean().sort_values(ascending=False, kind="stable").index
    main, rest = list(order[:_ORIGINS]), list(order[_ORIGINS:])
    columns = [(zone_short(region, str(z), sheet.lang), table[z].to_numpy()) for z in main]
    if rest:
        columns.append((sheet.say("others", "其他"), table[rest].sum(axis=1).to_numpy()))
    unit = unit_for("persons", sheet.lang, float(table.sum(axis=1).max()))
    base, ends = np.zeros(len(table)), []
    for (name, values), colour in zip(columns, [*_shades(sheet, main), GREY], strict=False):
        top = base + values / unit.divisor
        ax.fill_between(table.index, base, top, color=colour, linewidth=0.4, edgecolor="white")
        ends.append((float((base[-1] + top[-1]) / 2), name, INK))
        base = top
    ax.set_ylim(0.0, 1.05 * float(base.max()))
    _close(sheet, ax, unit)
    sheet.years(ax, int(table.index[0]), int(table.index[-1]), label=False)
    sheet.ends(ax, ends)
    capital = sheet.area(reader.filling("capital"))
    sheet.heading(ax, sheet.say(f"Commuters into {capital} by origin", f"进入{capital}的通勤者（按居住地）"))


def _shades(sheet: Sheet, zones: Sequence[str]) -> list[str]:
    """Return colours of zones: of the area they lie in, paler from one zone of it to the next."""
    region, seen, found = sheet.reader.region, dict[str, int](), []
    for zone in zones:
        area = next(a for a in region.areas if region.inside(a)[region.index(zone)])
        seen[area] = seen.get(area, 0) + 1
        white = min(0.2 * (seen[area] - 1), 0.8)
        found.append(to_hex(_paler(sheet.colour(area), white)))
    return found


def _paler(colour: str, white: float) -> tuple[float, float, float]:
    red, green, blue = ((1.0 - white) * part + white for part in to_rgb(colour))
    return red, green, blue


def into_the_capital(reader: Reader) -> pd.DataFrame:
    """Return commuters into the capital from outside it, years by zone of residence, means over members."""
    region, flows = reader.region, reader.result.flows
    inside = set(np.array(region.ids)[region.capital])
    rows = flows[(flows["kind"] == "commuters") & (flows["area_kind"] == "zone")]
    rows = rows[rows["destination"].isin(inside) & ~rows["origin"].isin(inside)]
    if rows.empty:
        raise MissingVariable("flows.parquet has no commuters into the capital")
    sums = rows.groupby(["period", "origin"], observed=True)["value"].sum().unstack(fill_value=0)
    return sums / reader.n_members
