"""Maps of the zones: where population changed, where Beijing's firms went."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PathCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from jjj_sim.charts.reader import REST_OF_CHINA, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, FAMILY, GREY, INK, VERMILLION, Plain, Sheet, plain
from jjj_sim.charts.words import Lang, area_name, zone_short
from jjj_sim.evidence.geography import GEOGRAPHY

_FILE = resources.files("jjj_sim.evidence").joinpath("tables/zones.geojson")
DIVERGING = LinearSegmentedColormap.from_list("okabe_ito_diverging", [BLUE, "#F7F7F7", VERMILLION])
_WEST, _EAST, _SOUTH, _NORTH = 113.3, 120.1, 35.9, 42.75
_ASPECT = 1.0 / np.cos(np.radians(39.4))
# Where a name stands that would not fit in its zone: degrees, with a line to the zone.
_AWAY = {
    "bj_core": (119.15, 41.95),
    "bj_inner": (113.9, 39.78),
    "bj_subcentre": (118.85, 39.0),
    "langfang_n3": (118.95, 40.62),
    "xiongan": (113.95, 39.2),
    "langfang_rest": (118.85, 38.5),
    "tj_binhai": (118.95, 38.0),
}
# Where a name stands inside a zone whose centre of people is no good place for it.
_INSIDE = {
    "bj_outer": (116.45, 40.55),
    "tj_urban": (117.28, 39.42),
    "baoding": (114.95, 38.88),
    "tangshan": (118.38, 39.85),
    "qinhuangdao": (119.2, 40.15),
    "chengde": (117.15, 41.65),
    "zhangjiakou": (115.0, 41.15),
}


class ZoneMap(NamedTuple):
    """Outlines of the zones, largest first, and who drew them."""

    paths: dict[str, Path]
    attribution: str


@functools.cache
def zone_map() -> ZoneMap:
    """Return the outlines shipped with the package, in degrees."""
    found = json.loads(_FILE.read_text("utf-8"))
    paths = {f["id"]: _path(f["geometry"]) for f in found["features"]}
    area = dict(zip(GEOGRAPHY.ids, GEOGRAPHY.area_km2, strict=True))
    order = sorted(paths, key=lambda zone: -float(area[zone]))
    return ZoneMap({zone: paths[zone] for zone in order}, str(found["attribution"]))


def _path(geometry: dict[str, list[list[list[list[float]]]]]) -> Path:
    many = geometry["coordinates"] if str(geometry["type"]) == "MultiPolygon" else [geometry["coordinates"]]
    rings = [np.asarray(ring, dtype=float) for polygon in many for ring in polygon]
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def base_map(ax: Axes, colours: dict[str, str | tuple[float, float, float, float]]) -> None:
    """Draw the zones in their colours, on axes without frame."""
    ax.set_axis_off()
    ax.set_xlim(_WEST, _EAST)
    ax.set_ylim(_SOUTH, _NORTH)
    ax.set_aspect(_ASPECT, adjustable="box", anchor="C")
    paths = zone_map().paths
    fills = [colours[zone] for zone in paths]
    ax.add_collection(
        PathCollection(list(paths.values()), facecolors=fills, edgecolors="#8A8A8A", linewidths=0.5), autolim=False
    )


def write(ax: Axes, zone: str, words: str, size: float = 7.5) -> None:
    """Write words in a zone, or beside it with a line to it."""
    centre = (float(GEOGRAPHY.lon[GEOGRAPHY.index(zone)]), float(GEOGRAPHY.lat[GEOGRAPHY.index(zone)]))
    place = _AWAY.get(zone, _INSIDE.get(zone, centre))
    if zone in _AWAY:
        ax.plot([centre[0], place[0]], [centre[1], place[1]], color=INK, linewidth=0.6, zorder=4)
        ax.plot([centre[0]], [centre[1]], "o", color=INK, markersize=1.8, zorder=4)
    box = {"facecolor": "white", "alpha": 0.85, "linewidth": 0, "pad": 1.0} if zone in _AWAY else None
    ax.text(*place, words, ha="center", va="center", fontsize=size, color=INK, zorder=5, linespacing=1.1, bbox=box)


def attribution(sheet: Sheet) -> str:
    """Return who drew the boundaries, and how far to trust them."""
    name = zone_map().attribution
    return sheet.say(
        f"{name}; about 0.5 km off, a schematic and no official map.",
        f"{name}；误差约0.5公里，仅为示意，非标准地图。",
    )


def population_change(reader: Reader, lang: Lang) -> Figure:
    """Draw the change of population by zone: 2013 to 2024, and on to the last year."""
    title = {"en": "Change of resident population by zone", "zh": "各区常住人口变化"}[lang]
    zones = [z for z in GEOGRAPHY.ids if reader.has("population", z)]
    if len(zones) < GEOGRAPHY.n_zones:
        raise MissingVariable("annual.parquet has no population of some zones")
    table = {z: reader.members("population", z) for z in zones}
    years = [int(y) for y in table[zones[0]].years]
    spans = [(a, b) for a, b in _spans(years) if a < b]
    if not spans:
        raise MissingVariable("annual.parquet has population of a single year")
    changes = [{z: float(m.since(a).band.median[b - a]) for z, m in table.items()} for a, b in spans]
    sheet = Sheet(reader, lang, title, height=6.1)
    reach = float(np.ceil(max(abs(v) for c in changes for z, v in c.items() if z != "xiongan") / 5) * 5) or 5.0
    norm = Normalize(-reach, reach)
    width = (sheet.width - 0.3) / 2
    for i, ((a, b), change) in enumerate(zip(spans, changes, strict=True)):
        ax = sheet.place(0.1 + i * (width + 0.1), 0.75, width, sheet.height - 1.05)
        base_map(ax, {z: DIVERGING(norm(v)) for z, v in change.items()})
        for zone, value in change.items():
            write(ax, zone, f"{zone_short(zone, lang)}\n{_percent(value)}")
        sheet.heading(ax, sheet.say(f"{a} to {b}", f"{a}—{b}年"))
    bar = sheet.place(sheet.width / 2 - 2.0, 0.5, 4.0, 0.14)
    colours = ScalarMappable(norm=norm, cmap=DIVERGING)
    drawn = sheet.figure.colorbar(colours, cax=bar, orientation="horizontal", extend="both")
    drawn.outline.set_visible(False)
    bar.set_xlabel(sheet.say("Change of population, %", "人口变化,%"), fontsize=8.5, color=INK, labelpad=2)
    bar.xaxis.set_major_formatter(Plain())
    bar.tick_params(labelsize=8.5, labelfontfamily=FAMILY)
    return sheet.finish(
        sheet.say("Medians over members; white: no change.", "各次运行中位数;白色表示不变。"), attribution(sheet)
    )


def _percent(value: float) -> str:
    rounded = round(value, 0 if abs(value) >= 10 else 1)
    return f"{'+' if rounded > 0 else ''}{plain(rounded)}%"


def _spans(years: list[int]) -> list[tuple[int, int]]:
    first, last = years[0], years[-1]
    return [(first, 2024), (2024, last)] if first < 2024 < last else [(first, last)]


def destinations(reader: Reader, lang: Lang) -> Figure:
    """Draw where units that left Beijing went: a map of flows and a table."""
    title = {"en": "Where Beijing's firms went", "zh": "北京企业去向"}[lang]
    last = min(2024, int(reader.result.flows["period"].max())) if len(reader.result.flows) else 2024
    moved, branched = (reader.moved(kind, last) for kind in ("firms_relocated", "firms_branched"))
    both = moved.add(branched, fill_value=0.0).sort_values(ascending=False)
    sheet = Sheet(reader, lang, title, height=5.9)
    ax = sheet.place(0.1, 0.1, 5.2, sheet.height - 0.4)
    base_map(ax, dict.fromkeys(GEOGRAPHY.ids, "#EFEFEF"))
    sheet.heading(ax, sheet.say(f"Units moved and branches opened, 2013-{last}", f"2013—{last}年迁出单位与外设分支"))
    start = (float(GEOGRAPHY.lon[1]), float(GEOGRAPHY.lat[1]))
    inside = both.drop(REST_OF_CHINA, errors="ignore")
    for zone, value in inside.items():
        at = GEOGRAPHY.index(str(zone))
        end = (float(GEOGRAPHY.lon[at]), float(GEOGRAPHY.lat[at]))
        arrow = FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            connectionstyle="arc3,rad=0.18",
            mutation_scale=7 + 6 * value / float(inside.max()),
            linewidth=0.5 + 6.0 * value / float(inside.max()),
            color=VERMILLION,
            alpha=0.55,
            zorder=3,
            shrinkA=2,
            shrinkB=1,
        )
        ax.add_patch(arrow)
        write(ax, str(zone), zone_short(str(zone), lang), size=7)
    ax.plot(*start, "o", color=INK, markersize=4, zorder=5)
    ax.text(start[0], start[1] + 0.12, area_name("beijing", lang), ha="center", fontsize=8.5, color=INK, zorder=5)
    _table(sheet, [(str(z), float(moved.get(z, 0.0)), float(branched.get(z, 0.0))) for z in both.index])
    return sheet.finish(
        sheet.say(
            "Width of an arrow: moved and branched; the rest of China in the table only. Medians over members.",
            "箭头宽度：迁出与分支合计；全国其他地区仅列于表中。各次运行中位数。",
        ),
        attribution(sheet),
    )


def _table(sheet: Sheet, rows: list[tuple[str, float, float]]) -> None:
    """Write units by destination: moved, branched, both."""
    ax = sheet.place(5.5, 0.1, sheet.width - 5.75, sheet.height - 0.4)
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(len(rows) + 1.6, -0.9)
    columns = (0.6, 0.81, 1.0)
    heads = (
        (sheet.say("moved", "迁出"), sheet.say("branches", "分支")),
        sheet.say("both", "合计"),
    )
    for x, word in zip(columns, (*heads[0], heads[1]), strict=True):
        ax.text(x, 0, word, ha="right", va="center", fontsize=8.5, color=GREY)
    ax.text(0, 0, sheet.say("destination, units", "去向,家"), va="center", fontsize=8.5, color=GREY)
    whole = (sheet.say("all", "合计"), sum(r[1] for r in rows), sum(r[2] for r in rows))
    for i, (zone, moved, branched) in enumerate([*rows, whole], start=1):
        y = i + (0.25 if i > len(rows) else 0.0)
        name = zone if i > len(rows) else zone_short(zone, sheet.lang)
        ax.text(0, y, name, va="center", fontsize=8.5, color=INK)
        for x, value in zip(columns, (moved, branched, moved + branched), strict=True):
            ax.text(x, y, f"{value:,.0f}", ha="right", va="center", fontsize=8.5, color=INK)
    for y in (0.5, len(rows) + 0.65):
        ax.plot([0, 1], [y, y], color=GREY, linewidth=0.7)
