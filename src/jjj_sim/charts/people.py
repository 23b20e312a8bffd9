"""Charts of people: how many, where, and why their number changes."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from jjj_sim.charts.panels import by_area
from jjj_sim.charts.reader import Members, MissingVariable, Point, Reader
from jjj_sim.charts.sheet import BLUE, INK, ORANGE, TEXT, Sheet, plain
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang


def population(reader: Reader, lang: Lang) -> Figure:
    """Draw residents at year end by region."""
    title = {"en": "Resident population by region, year end", "zh": "各地区常住人口(年末)"}[lang]
    return by_area(reader, lang, "population", title=title, from_zero=True, missed=True)


def xiongan_population(reader: Reader, lang: Lang) -> Figure:
    """Draw residents of Xiong'an, the published figures with their values."""
    title = {"en": "Resident population of Xiong'an, year end", "zh": "雄安新区常住人口(年末)"}[lang]
    area = reader.filling("new_area")
    sheet = Sheet(reader, lang, title)
    (ax,) = sheet.axes(1, 1)
    band = reader.members("population", area).band
    unit = unit_for("persons", lang, float(band.high.max()))
    sheet.band(ax, band, unit, sheet.colour(area))
    points = reader.points("population", area)
    sheet.points(ax, points, unit)
    sheet.values(ax, unit.name)
    sheet.years(ax, int(band.years[0]), int(band.years[-1]))
    for p in points:
        if p.article or p.year == points[0].year:
            y = p.value / unit.divisor
            text = plain(y)
            ax.annotate(text, (p.year, y), (7, -11), textcoords="offset points", fontsize=TEXT, color=INK, zorder=7)
    return sheet.finish()


def beijing_zones(reader: Reader, lang: Lang) -> Figure:
    """Draw residents of Beijing's core, inner districts, sub-centre and outer districts."""
    title = {
        "en": "Residents within Beijing: core, inner, sub-centre, outer (year end)",
        "zh": "北京市内各圈层常住人口（年末）",
    }[lang]
    zones = tuple(z for z, inside in zip(reader.region.ids, reader.region.capital, strict=True) if inside)
    if not zones:
        raise MissingVariable(f"{reader.region.id} has no zones of a capital")
    return by_area(reader, lang, "population", title=title, areas=zones, columns=2)


def natural_and_migration(reader: Reader, lang: Lang) -> Figure:
    """Draw births less deaths, and arrivals less departures, by region and year."""
    title = {
        "en": "Why populations change: natural increase and net migration",
        "zh": "人口变动来源:自然增长与净迁入",
    }[lang]
    areas = [a for a in reader.headlines if reader.has("births", a)]
    if not areas:
        raise MissingVariable("annual.parquet has no births")
    sheet = Sheet(reader, lang, title, height=4.9)
    for ax, area in zip(sheet.axes(len(areas), 3), areas, strict=True):
        births, deaths = reader.members("births", area), reader.members("deaths", area)
        natural = Members(births.years, births.values - deaths.values).band
        moved = reader.members("net_migration", area)
        net = moved.band
        total = Members(moved.years, births.values - deaths.values + moved.values).band
        biggest = max(abs(b).max() for b in (natural.median, net.median))
        unit = unit_for("persons", lang, float(biggest), a_year=True)
        for band, colour, shift, name in (
            (natural, ORANGE, -0.2, sheet.say("natural increase", "自然增长")),
            (net, BLUE, 0.2, sheet.say("net migration", "净迁入")),
        ):
            middle, low, high = (part / unit.divisor for part in (band.median, band.low, band.high))
            sheet.note(ax, name, band.years, middle, low, high, unit.name)
            ax.bar(band.years + shift, band.median / unit.divisor, 0.4, color=colour, linewidth=0, zorder=2)
            if reader.n_members > 1:
                ax.vlines(band.years + shift, band.low / unit.divisor, band.high / unit.divisor, color=INK, lw=0.7)
        ax.plot(total.years, total.median / unit.divisor, "o-", color=INK, linewidth=1, markersize=2.2)
        ax.axhline(0, color=INK, linewidth=0.7)
        sheet.points(ax, _natural(reader, area), unit, ORANGE, name=sheet.say("natural increase", "自然增长"))
        sheet.points(ax, reader.points("net_migration", area), unit, BLUE, name=sheet.say("net migration", "净迁入"))
        sheet.heading(ax, sheet.area(area))
        sheet.values(ax, unit.name)
        sheet.years(ax, int(net.years[0]), int(net.years[-1]))
    sheet.key(sheet.say("natural increase", "自然增长"), Patch(color=ORANGE))
    sheet.key(sheet.say("net migration", "净迁入"), Patch(color=BLUE))
    sheet.key(sheet.say("sum", "合计"), ax.lines[0])
    if reader.n_members > 1:
        sheet.key(sheet.say("90 % interval", "90%区间"), Line2D([], [], color=INK, linewidth=0.7))
    return sheet.finish(
        sheet.say(
            "Small areas are few agents: their years are noisy at a coarse scale.",
            "小区域智能体较少，粗尺度下年度波动较大。",
        )
    )


def _natural(reader: Reader, area: str) -> list[Point]:
    """Return published births less published deaths by year; as sure as the less sure of both."""
    deaths = {p.year: p for p in reader.points("deaths", area)}
    found = [(p, deaths[p.year]) for p in reader.points("births", area) if p.year in deaths]
    return [born._replace(value=born.value - died.value, sure=born.sure and died.sure) for born, died in found]
