"""Maps of the zones: where population changed, where the capital's firms went."""

from __future__ import annotations

import functools
import json
import tomllib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PathCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, FAMILY, GREY, INK, SMALL, TEXT, VERMILLION, Plain, Sheet, plain
from jjj_sim.region import Region
from jjj_sim.region.names import names
from jjj_sim.wording.words import Lang, Text, say, zone_short

DIVERGING = LinearSegmentedColormap.from_list("okabe_ito_diverging", [VERMILLION, "#F7F7F7", BLUE])

Place = tuple[float, float]
_WAYS: dict[str, Text] = {
    "firms_relocated": ("moved", "迁出"),
    "firms_branched": ("branches", "分支"),
    "offers_taken": ("offers", "承接"),
}
# Height of a row of the table below a map, inches.
_TABLE_ROW = 0.17
_SIDES = ("west", "east", "south", "north")


class ZoneMap(NamedTuple):
    """Outlines of the zones, largest first, who drew them, and where names stand, in degrees.

    `frame` is west, east, south, north; both directions have one scale at `latitude`. `away`: names that would
    not fit in their zone, with a line to it; `inside`: names in a zone whose centre of people is no good place.
    """

    paths: dict[str, Path]
    attribution: Text
    frame: tuple[float, float, float, float]
    latitude: float
    away: dict[str, Place]
    inside: dict[str, Place]


@functools.cache
def zone_map(region: Region) -> ZoneMap:
    """Return the map in the region's folder map/; MissingVariable when it has none."""
    outlines, labels = region.folder / "map" / "zones.geojson", region.folder / "map" / "labels.toml"
    if not outlines.is_file():
        raise MissingVariable(f"{region.id} has no map/zones.geojson")
    found = json.loads(outlines.read_text("utf-8"))
    paths = {f["id"]: _path(f["geometry"]) for f in found["features"] if f["id"] in region.ids}
    if len(paths) < region.n_zones:
        raise MissingVariable(f"{region.id}: map/zones.geojson lacks some of its zones")
    order = sorted(paths, key=lambda zone: -float(region.area_km2[region.index(zone)]))
    told = tomllib.loads(labels.read_text("utf-8")) if labels.is_file() else {}
    places = ({zone: (float(x), float(y)) for zone, (x, y) in told.get(key, {}).items()} for key in ("away", "inside"))
    frame = [told[side] for side in _SIDES] if set(_SIDES) <= set(told) else _frame(paths)
    west, east, south, north = map(float, frame)
    latitude = float(told.get("latitude", (south + north) / 2))
    english = str(found["attribution"])
    drew = (english, str(found.get("attribution_zh", english)))
    return ZoneMap({z: paths[z] for z in order}, drew, (west, east, south, north), latitude, *places)


def _frame(paths: dict[str, Path]) -> Sequence[float]:
    """Return the frame that holds all outlines."""
    (west, south), (east, north) = (
        f(np.vstack([f(path.vertices, axis=0) for path in paths.values()]), axis=0) for f in (np.min, np.max)
    )
    return west, east, south, north


def _path(geometry: dict[str, list[list[list[list[float]]]]]) -> Path:
    many = geometry["coordinates"] if str(geometry["type"]) == "MultiPolygon" else [geometry["coordinates"]]
    rings = [np.asarray(ring, dtype=float) for polygon in many for ring in polygon]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def base_map(ax: Axes, drawn: ZoneMap, colours: dict[str, str | tuple[float, float, float, float]]) -> None:
    """Draw the zones in their colours, on axes without frame."""
    west, east, south, north = drawn.frame
    ax.set_axis_off()
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect(1.0 / np.cos(np.radians(drawn.latitude)), adjustable="box", anchor="C")
    fills = [colours[zone] for zone in drawn.paths]
    ax.add_collection(
        PathCollection(list(drawn.paths.values()), facecolors=fills, edgecolors="#8A8A8A", linewidths=0.5),
        autolim=False,
    )


def high_for(width: float, drawn: ZoneMap) -> float:
    """Return how high a map of some width is, inches."""
    west, east, south, north = drawn.frame
    return float(width * (north - south) / ((east - west) * np.cos(np.radians(drawn.latitude))))


def centre(region: Region, zone: str) -> Place:
    """Return where the people of a zone live, in degrees."""
    at = region.index(zone)
    return float(region.lon[at]), float(region.lat[at])


def write(ax: Axes, region: Region, zone: str, words: str, size: float = SMALL) -> None:
    """Write words in a zone, or beside it with a line to it."""
    drawn, middle = zone_map(region), centre(region, zone)
    place = drawn.away.get(zone, drawn.inside.get(zone, middle))
    if zone in drawn.away:
        ax.plot([middle[0], place[0]], [middle[1], place[1]], color=INK, linewidth=0.6, zorder=4)
        ax.plot([middle[0]], [middle[1]], "o", color=INK, markersize=1.8, zorder=4)
    box = {"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 1.0} if zone in drawn.away else None
    ax.text(*place, words, ha="center", va="center", fontsize=size, color=INK, zorder=5, linespacing=1.1, bbox=box)


def attribution(sheet: Sheet) -> str:
    """Return who drew the boundaries, and how far to trust them."""
    name = zone_map(sheet.reader.region).attribution
    return sheet.say(
        f"{name[0]}; about 0.5 km off, a schematic and no official map.",
        f"{name[1]}；误差约0.5公里，仅为示意，非标准地图。",
    )


def short_names(sheet: Sheet) -> str:
    """Return what the short names on a map leave out: a zone that is a part of what its short name says."""
    region, called = sheet.reader.region, names(sheet.reader.region)
    zh = sheet.lang == "zh"
    short = {zone: called[zone].short[zh] for zone in region.ids}
    full = {zone: say(called[zone].full, sheet.lang) for zone in region.ids}
    parts = [
        sheet.say(f"{short[z]}: {full[z]}", f"“{short[z]}”指{full[z]}") for z in region.ids if _less(full[z], short[z])
    ]
    return sheet.say("On the map ", "图中") + sheet.say("; ", "，").join(parts) + sheet.say(".", "。") if parts else ""


def _less(full: str, short: str) -> bool:
    """Return whether a full name says that something is left out."""
    return full != short and any(word in full for word in ("excl.", "without", "不含"))


def population_change(reader: Reader, lang: Lang) -> Figure:
    """Draw the change of population by zone: 2013 to 2024, and on to the last year."""
    title = {"en": "Change of resident population by zone", "zh": "各区常住人口变化"}[lang]
    region = reader.region
    drawn, built = zone_map(region), set(np.array(region.ids)[region.new_area])
    zones = [z for z in region.ids if reader.has("population", z)]
    if len(zones) < region.n_zones:
        raise MissingVariable("annual.parquet has no population of some zones")
    table = {z: reader.members("population", z) for z in zones}
    years = [int(y) for y in table[zones[0]].years]
    spans = [(a, b) for a, b in _spans(years) if a < b]
    if not spans:
        raise MissingVariable("annual.parquet has population of a single year")
    changes = [{z: float(m.since(a).band.median[b - a]) for z, m in table.items()} for a, b in spans]
    sheet = Sheet(reader, lang, title)
    width = (sheet.width - 0.3) / 2
    sheet.height = 1.05 + min(high_for(width, drawn), 5.05)
    reach = float(np.ceil(max(abs(v) for c in changes for z, v in c.items() if z not in built) / 5) * 5) or 5.0
    norm = Normalize(-reach, reach)
    for i, ((a, b), change) in enumerate(zip(spans, changes, strict=True)):
        ax = sheet.place(0.1 + i * (width + 0.1), 0.75, width, sheet.height - 1.05)
        base_map(ax, drawn, {z: DIVERGING(norm(v)) for z, v in change.items()})
        for zone, value in change.items():
            write(ax, region, zone, f"{zone_short(region, zone, lang)}\n{_percent(value)}")
        sheet.heading(ax, sheet.say(f"{a} to {b}", f"{a}—{b}年"))
        zones_told = [zone_short(region, zone, lang) for zone in change]
        sheet.note(ax, sheet.say("change of population", "人口变化"), zones_told, list(change.values()), unit="%")
    scale_below(sheet, norm, ("Change of population, %", "人口变化，%"))
    return sheet.finish(
        sheet.say("Medians over members; white: no change.", "各次运行中位数；白色表示不变。"),
        short_names(sheet),
        attribution(sheet),
    )


def scale_below(sheet: Sheet, norm: Normalize, what: Text) -> None:
    """Draw the scale of colours below the maps of a sheet, open at both ends."""
    bar = sheet.place(sheet.width / 2 - 2.0, 0.5, 4.0, 0.14)
    colours = ScalarMappable(norm=norm, cmap=DIVERGING)
    scale = sheet.figure.colorbar(colours, cax=bar, orientation="horizontal", extend="both")
    scale.outline.set_visible(False)
    bar.set_xlabel(sheet.say(*what), fontsize=TEXT, color=INK, labelpad=2)
    bar.xaxis.set_major_formatter(Plain())
    bar.tick_params(labelsize=TEXT, labelfontfamily=FAMILY)


def _percent(value: float) -> str:
    rounded = round(value, 0 if abs(value) >= 10 else 1)
    return f"{'+' if rounded > 0 else ''}{plain(rounded)}%"


def _spans(years: list[int]) -> list[tuple[int, int]]:
    first, last = years[0], years[-1]
    return [(first, 2024), (2024, last)] if first < 2024 < last else [(first, last)]


def destinations(reader: Reader, lang: Lang) -> Figure:
    """Draw where units that left Beijing went: a map of flows, that beyond the region too, and a table."""
    title = {"en": "Where Beijing's firms went", "zh": "北京企业去向"}[lang]
    region, drawn = reader.region, zone_map(reader.region)
    last = min(2024, int(reader.result.flows["period"].max())) if len(reader.result.flows) else 2024
    first = int(reader.result.flows["period"].min()) if len(reader.result.flows) else 2013
    went = {say(word, lang): reader.left_zones(kind, last) for kind, word in _WAYS.items() if reader.sends(kind)}
    units = pd.DataFrame(went).fillna(0.0)
    units = units.loc[units.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    sheet = Sheet(reader, lang, title, height=5.9)
    below = _TABLE_ROW * (len(units) + 2.5) if sheet.look.narrow else 0.0
    wide = sheet.width - 0.2 if below else 5.2
    high = high_for(wide * 0.72, drawn) if below else sheet.height - 0.4
    sheet.height = high + 0.4 + below
    ax = sheet.place(0.1, 0.1 + below, wide, high)
    base_map(ax, drawn, dict.fromkeys(region.ids, "#EFEFEF"))
    head = f"Units moved, branches, offers taken, {first}-{last}", f"{first}—{last}年迁出、设立分支与新区承接"
    sheet.heading(ax, sheet.say(*head))
    start = centre(region, _start(region))
    every = units.sum(axis=1)
    inside = every.drop(region.outside, errors="ignore")
    for zone, value in inside.items():
        ax.add_patch(_arrow(start, centre(region, str(zone)), float(value / every.max())))
        write(ax, region, str(zone), zone_short(region, str(zone), lang))
    if region.outside in every:
        _beyond(sheet, ax, start, drawn, float(every[region.outside] / every.sum()), every)
    ax.plot(*start, "o", color=INK, markersize=4, zorder=5)
    where = sheet.area(reader.filling("capital"))
    ax.text(start[0], start[1] + 0.12, where, ha="center", fontsize=TEXT, color=INK, zorder=5)
    table = (0.2, 0.1, sheet.width - 0.4, below - 0.1) if below else (5.5, 0.1, sheet.width - 5.75, sheet.height - 0.4)
    _table(sheet, units, table)
    for way in units:
        places = [zone_short(region, str(z), lang) for z in units.index]
        sheet.note(ax, str(way), places, units[way].to_numpy(), unit=sheet.say("units", "家"))
    return sheet.finish(
        sheet.say(
            "Width of an arrow: all units. Moved: whole units that left; branches: new units of firms that stayed; "
            "offers: firms registered in the new area under its offers, of which a part comes to work. The count of "
            "firms of Beijing origin in the new area holds all three. Medians over members.",
            "箭头宽度：各类合计。迁出：整体迁离；分支：本部留京、在外新设；承接：按新区政策注册，其中部分实际入驻。"
            "新区“北京来源企业”为三者合计。各次运行中位数。",
        ),
        short_names(sheet),
        attribution(sheet),
    )


def _arrow(start: Place, end: Place, part: float) -> FancyArrowPatch:
    """Return an arrow whose width tells its part of the largest flow."""
    return FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>",
        connectionstyle="arc3,rad=0.18",
        mutation_scale=5 + 7 * part**0.5,
        linewidth=0.5 + 4.0 * part**0.5,
        color=VERMILLION,
        alpha=0.55,
        zorder=3,
        shrinkA=2,
        shrinkB=1,
    )


def _beyond(sheet: Sheet, ax: Axes, start: Place, drawn: ZoneMap, share: float, every: pd.Series[float]) -> None:
    """Draw the arrow out of the map, with the share that leaves the region."""
    west, _, _, north = drawn.frame
    outside = sheet.reader.region.outside
    end = (west + 0.25, north - 0.35)
    ax.add_patch(_arrow(start, end, float(every[outside] / every.max())))
    name = zone_short(sheet.reader.region, outside, sheet.lang)
    ax.text(end[0], end[1] + 0.1, f"{name} {100.0 * share:.0f}%", fontsize=SMALL, color=INK, va="bottom", zorder=5)


def _start(region: Region) -> str:
    """Return the zone that arrows start from: the capital's inner one, else its first."""
    inner = region.role("inner")
    return region.ids[int(np.flatnonzero(inner if inner.any() else region.capital)[0])]


def _table(sheet: Sheet, units: pd.DataFrame, place: tuple[float, float, float, float]) -> None:
    """Write units by destination (rows), by way (columns) and all."""
    ax = sheet.place(*place)
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(len(units) + 1.6, -0.9)
    every = sheet.say("all", "合计")
    columns = units.assign(**{every: units.sum(axis=1)})
    places = np.linspace(1.0, 0.46, len(columns.columns))[::-1]
    for x, word in zip(places, columns.columns, strict=True):
        ax.text(x, 0, word, ha="right", va="center", fontsize=TEXT, color=GREY)
    ax.text(0, 0, sheet.say("destination, units", "去向,家"), va="center", fontsize=TEXT, color=GREY)
    rows = [(zone_short(sheet.reader.region, str(z), sheet.lang), row) for z, row in columns.iterrows()]
    for i, (name, row) in enumerate([*rows, (every, columns.sum())], start=1):
        y = i + (0.25 if i > len(rows) else 0.0)
        ax.text(0, y, name, va="center", fontsize=TEXT, color=INK)
        for x, value in zip(places, row, strict=True):
            ax.text(x, y, f"{value:,.0f}", ha="right", va="center", fontsize=TEXT, color=INK)
    for y in (0.5, len(rows) + 0.65):
        ax.plot([0, 1], [y, y], color=GREY, linewidth=0.7)
