"""Flow maps: who moves, commutes or relocates from where to where, as arrows to scale and as a table of all.

Flows are means over members and years, so that they add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle

from jjj_sim.charts.look import present
from jjj_sim.charts.maps import Place, attribution, base_map, centre, write, zone_map
from jjj_sim.charts.reader import F64, MissingVariable, Reader
from jjj_sim.charts.sheet import BLUE, GREY, INK, ORANGE, VERMILLION, Sheet, plain, width_of, wrap
from jjj_sim.region import Region
from jjj_sim.wording.units import Unit, number, unit_for
from jjj_sim.wording.words import Lang, Text, say, zone_short

_MAP, _CELL, _SIZE = 4.75, 0.235, 8.0
_ARROWS, _WIDEST, _BEND = 14, 8.0, 0.16
_SEEN = 0.01
_LAST_KNOWN = 2024


class _Kind(NamedTuple):
    """What moves: kinds of flows.parquet, title, whether arrows are net, whether a year counts them anew."""

    kinds: tuple[str, ...]
    title: Text
    net: bool
    a_year: bool
    note: Text


_PEOPLE = _Kind(
    ("residents",),
    ("Who moves where", "人口迁移流向"),
    True,
    True,
    ("Moves of residents, students and families with them.", "常住人口迁移，含随迁人员。"),
)
_COMMUTERS = _Kind(
    ("commuters",),
    ("Who commutes where", "跨区通勤流向"),
    False,
    False,
    (
        "People who live in one zone and work in another. Who commutes where in 2013 is imputed from jobs, people and "
        "travel times; nobody commutes from beyond the region.",
        "居住与工作不在同一分区的人。2013年通勤联系由岗位、人口和出行时间推算；不含区域以外的通勤。",
    ),
)
_FIRMS = _Kind(
    ("firms_relocated", "firms_branched", "offers_taken"),
    ("Where firms go", "企业迁移流向"),
    True,
    True,
    (
        "Units that moved, of their own or by relief, branches of firms of the capital, and offers taken in the new "
        "area (registrations, of which a part comes to work).",
        "自主和疏解迁移的单位、北京企业设立的分支机构，以及雄安新区承接（为注册数，其中部分实际入驻）。",
    ),
)


def flows_people(reader: Reader, lang: Lang) -> Figure:
    """Draw net moves of residents between zones, and all between areas."""
    return _flows(reader, lang, _PEOPLE)


def flows_commuters(reader: Reader, lang: Lang) -> Figure:
    """Draw commuters between zones, and all between areas."""
    return _flows(reader, lang, _COMMUTERS)


def flows_firms(reader: Reader, lang: Lang) -> Figure:
    """Draw net moves of firms between zones with branches and offers, and all between areas."""
    return _flows(reader, lang, _FIRMS)


def _flows(reader: Reader, lang: Lang, kind: _Kind) -> Figure:
    """Draw a map and a table for each span of years."""
    table = reader.result.flows
    table = table[table["kind"].isin(kind.kinds)]
    if table.empty:
        raise MissingVariable(f"flows.parquet has no {kind.kinds[0]}")
    region, years = reader.region, (int(table["period"].min()), int(reader.result.flows["period"].max()))
    spans = [(years[0], _LAST_KNOWN), (_LAST_KNOWN + 1, years[1])] if years[0] <= _LAST_KNOWN < years[1] else [years]
    zones, areas = (*region.ids, region.outside), (*region.areas, region.outside)
    ends = nodes(region)
    between = [merged(mean_flows(table, "zone", zones, span, reader.n_members), ends) for span in spans]
    among = [mean_flows(table, "region", areas, span, reader.n_members) for span in spans]
    rows = len(areas) + 4
    across = 1 if present().narrow else len(spans)
    tall = _MAP + _CELL * rows + 0.5
    sheet = Sheet(reader, lang, say(kind.title, lang), height=tall * (len(spans) // across))
    wide = (sheet.width - 0.28 - 0.3 * (across - 1)) / across
    arrows = [_arrows(found, kind.net) for found in between]
    biggest = max((a.value for some in arrows for a in some), default=1.0)
    unit = unit_for(str(table["unit"].iloc[0]), lang, max(float(m.to_numpy().max()) for m in among), a_year=kind.a_year)
    for i, span in enumerate(spans):
        left, bottom = 0.14 + i % across * (wide + 0.3), sheet.height - tall * (i // across + 1)
        ax = sheet.place(left, bottom + tall - _MAP - 0.25, wide, _MAP)
        _map(sheet, ax, arrows[i], biggest, unit)
        _share(sheet, ax, among[i])
        sheet.heading(ax, _span(sheet, span, kind))
        _table(sheet, sheet.place(left, bottom + 0.12, wide, _CELL * rows), among[i], unit)
    _key(sheet, kind, biggest, unit)
    return sheet.finish(*_told(sheet, kind), attribution(sheet))


def mean_flows(
    table: pd.DataFrame, level: str, names: Sequence[str], span: tuple[int, int], members: int
) -> pd.DataFrame:
    """Return flows a year from (rows) to (columns) `names`, mean over `members` and the years of `span`."""
    rows = table[(table["area_kind"] == level) & table["period"].between(*span)]
    sums = rows.groupby(["origin", "destination"], observed=True)["value"].sum().unstack(fill_value=0)
    whole = sums.reindex(index=list(names), columns=list(names), fill_value=0.0).fillna(0.0)
    return whole / (members * (span[1] - span[0] + 1))


class Arrow(NamedTuple):
    """An arrow: from where to where by name, and what flows."""

    origin: str
    destination: str
    value: float


def nodes(region: Region) -> dict[str, str]:
    """Return where flows of each zone begin and end: a reporting area that is one city is one place."""
    _, city = region.groups["city"]
    found = {zone: zone for zone in region.ids}
    for area in region.areas:
        inside = region.inside(area)
        if len(set(city[inside])) == 1:
            found |= dict.fromkeys(np.array(region.ids)[inside].tolist(), area)
    return {**found, region.outside: region.outside}


def merged(between: pd.DataFrame, ends: dict[str, str]) -> pd.DataFrame:
    """Return flows between zones summed to the places where they begin and end; none stays inside one."""
    names = list(dict.fromkeys(ends[str(zone)] for zone in between.index))
    belongs = np.array([[ends[str(zone)] == name for zone in between.index] for name in names], dtype=float)
    values = belongs @ between.to_numpy() @ belongs.T
    np.fill_diagonal(values, 0.0)
    return pd.DataFrame(values, index=names, columns=names)


def _arrows(between: pd.DataFrame, net: bool) -> list[Arrow]:
    """Return the largest flows, net of what comes back where `net` says so, the smallest first."""
    names, inside = list(between.index), between.to_numpy()
    values = np.maximum(inside - inside.T, 0.0) if net else inside
    order = np.argsort(-values, axis=None, kind="stable")[:_ARROWS]
    pairs = [divmod(int(k), len(names)) for k in order]
    found = [Arrow(names[a], names[b], float(values[a, b])) for a, b in pairs]
    return [arrow for arrow in reversed(found) if arrow.value > 0.0]


def _map(sheet: Sheet, ax: Axes, arrows: list[Arrow], biggest: float, unit: Unit) -> None:
    """Draw the zones, the box of the rest of the country where an arrow needs it, and the arrows with numbers."""
    region, drawn = sheet.reader.region, zone_map(sheet.reader.region)
    base_map(ax, drawn, dict.fromkeys(region.ids, "#F1F1F1"))
    taken = _Labels(sheet, ax)
    ends = nodes(region)
    for name in dict.fromkeys(ends[zone] for zone in region.ids):
        words = zone_short(region, name, sheet.lang)
        mine = [zone for zone in region.ids if ends[zone] == name]
        if len(mine) == 1:
            write(ax, region, mine[0], words, size=_SIZE)
            taken.hold(drawn.away.get(mine[0], drawn.inside.get(mine[0], centre(region, mine[0]))), words)
        else:
            x, y = next((drawn.inside[zone] for zone in mine if zone in drawn.inside), _stand(region, name))
            ax.text(x, y, words, ha="center", va="center", fontsize=_SIZE + 1, color=INK, zorder=5)
            taken.hold((x, y), words)
    if any(region.outside in (a.origin, a.destination) for a in arrows):
        x, y = _box(region)
        taken.hold((x, y), zone_short(region, region.outside, sheet.lang))
        box = {"facecolor": "white", "edgecolor": INK, "linewidth": 0.8, "pad": 3.0}
        words = zone_short(region, region.outside, sheet.lang)
        ax.text(x, y, words, ha="center", va="center", fontsize=_SIZE, color=INK, bbox=box, zorder=6)
    for arrow in arrows:
        outer = region.outside in (arrow.origin, arrow.destination)
        width = _WIDEST * arrow.value / biggest
        head = f"head_length={4 + 0.8 * width},head_width={4 + 1.5 * width}"
        ax.add_patch(
            FancyArrowPatch(
                _stand(region, arrow.origin),
                _stand(region, arrow.destination),
                arrowstyle=f"simple,{head},tail_width={max(width, 0.4)}",
                connectionstyle=f"arc3,rad={_BEND}",
                color=ORANGE if outer else VERMILLION,
                alpha=0.62,
                linewidth=0,
                zorder=3,
                shrinkA=3,
                shrinkB=2,
            )
        )
    for arrow in sorted(arrows, key=lambda a: -a.value):
        if arrow.value >= _SEEN * biggest:
            taken.put(_stand(region, arrow.origin), _stand(region, arrow.destination), _figure(arrow.value, unit))


def _stand(region: Region, name: str) -> Place:
    """Return where an arrow begins or ends: where the people of a zone live, the middle of several, the box outside."""
    if name == region.outside:
        return _box(region)
    inside = [zone for zone, end in nodes(region).items() if end == name]
    x, y = np.mean([centre(region, zone) for zone in inside], axis=0)
    return float(x), float(y)


def _box(region: Region) -> Place:
    """Return where the box of the rest of the country stands: the lower right of the map."""
    west, east, south, north = zone_map(region).frame
    return west + 0.83 * (east - west), south + 0.2 * (north - south)


class _Labels:
    """Words on a map that do not lie over one another, in degrees."""

    def __init__(self, sheet: Sheet, ax: Axes) -> None:
        self.ax, (west, east, south, north) = ax, zone_map(sheet.reader.region).frame
        self.latitude = float(np.cos(np.radians(zone_map(sheet.reader.region).latitude)))
        wide, tall = sheet.size(ax)
        self.degree = min(tall / (north - south), wide / ((east - west) * self.latitude))  # inches of latitude
        self.boxes: list[tuple[float, float, float, float]] = []

    def hold(self, place: Place, words: str) -> None:
        """Keep the room of words written around a place."""
        self.boxes.append(self._around(place, words))

    def put(self, start: Place, end: Place, words: str) -> None:
        """Write words on the arrow from `start` to `end` where there is room, nowhere when there is none."""
        for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22):
            at = self._along(start, end, part)
            box = self._around(at, words)
            if not any(_over(box, other) for other in self.boxes):
                self.boxes.append(box)
                halo = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 0.6}
                self.ax.text(*at, words, ha="center", va="center", fontsize=_SIZE, color=INK, bbox=halo, zorder=5)
                return

    def _along(self, start: Place, end: Place, part: float) -> Place:
        """Return the point at `part` of the bent line that an arrow follows."""
        a, b = (np.array([x * self.latitude, y]) for x, y in (start, end))
        across = b - a
        bend = (a + b) / 2 + _BEND * np.array([across[1], -across[0]])
        x, y = (1 - part) ** 2 * a + 2 * part * (1 - part) * bend + part**2 * b
        return float(x / self.latitude), float(y)

    def _around(self, place: Place, words: str) -> tuple[float, float, float, float]:
        wide = max(map(width_of, words.split("\n"))) * _SIZE / 72 * 1.1 / self.degree / self.latitude
        tall = 1.25 * _SIZE / 72 * (words.count("\n") + 1) / self.degree
        return place[0] - wide / 2, place[0] + wide / 2, place[1] - tall / 2, place[1] + tall / 2


def _over(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    return one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]


def _share(sheet: Sheet, ax: Axes, among: pd.DataFrame) -> None:
    """Write below the map which part of all flows crosses the region's border; nothing where none does."""
    outside = sheet.reader.region.outside
    crossing = float(among.loc[outside].to_numpy().sum() + among[outside].to_numpy().sum())
    whole = float(among.to_numpy().sum())
    if crossing <= 0.0:
        return
    words = sheet.say(
        f"{100 * crossing / whole:.0f} % of flows between areas cross the region's border",
        f"{100 * crossing / whole:.0f}%的跨地区流动与区域以外往来",
    )
    ax.text(1.0, 0.0, words, transform=ax.transAxes, ha="right", va="bottom", fontsize=_SIZE, color=GREY)


def _table(sheet: Sheet, ax: Axes, among: pd.DataFrame, unit: Unit) -> None:
    """Write gross flows between areas, from rows to columns, shaded by size, with sums and what is net."""
    names = [n for n in among.index if among.loc[n].sum() + among[n].sum() > 0.0]
    values = among.loc[names, names].to_numpy() / unit.divisor
    region = sheet.reader.region
    titles = [zone_short(region, n, sheet.lang) for n in names]
    first = max(map(width_of, [*titles, _word(sheet, "from")])) * 8 / 72 * 1.1 + 0.12
    wide, tall = sheet.size(ax)
    step = (wide - first) / (len(names) + 1)
    ax.set_xlim(0, wide)
    ax.set_ylim(tall, 0)
    ax.set_axis_off()
    peak = values.max() or 1.0
    decimals = 1 if peak >= 10.0 else 2
    places = [first + step * (k + 1) - 0.05 for k in range(len(names) + 1)]
    for x, title in zip(places, [*titles, _word(sheet, "sum")], strict=True):
        words = "\n".join(wrap(title, 0.95 * step * 72 / _SIZE / 1.05))
        ax.text(x, 2.35 * _CELL, words, ha="right", va="bottom", fontsize=_SIZE, color=GREY, linespacing=1.05)
    ax.text(
        0,
        0.5 * _CELL,
        sheet.say(f"From row to column, {unit.name}", f"由行至列，{unit.name}"),
        va="center",
        fontsize=8,
        color=GREY,
    )
    lines: list[tuple[str, F64]] = [(t, np.append(v, v.sum())) for t, v in zip(titles, values, strict=True)]
    lines.append((_word(sheet, "sum"), np.append(values.sum(axis=0), values.sum())))
    for row, (title, cells) in enumerate(lines):
        y = (row + 3.0) * _CELL
        ax.text(0, y, title, va="center", fontsize=8, color=INK if row < len(names) else GREY)
        for column, (x, value) in enumerate(zip(places, cells, strict=True)):
            if column == row and row < len(names):
                continue
            if row < len(names) and column < len(names):
                shade = Rectangle((x - step + 0.08, y - 0.48 * _CELL), step - 0.06, 0.96 * _CELL, linewidth=0)
                shade.set(facecolor=BLUE, alpha=0.45 * float(value / peak))
                ax.add_patch(shade)
            ax.text(x, y, f"{value:,.{decimals}f}", ha="right", va="center", fontsize=8, color=INK)
    ax.plot([0, wide], [(len(names) + 2.5) * _CELL] * 2, color=GREY, linewidth=0.6)


_WORDS: dict[str, Text] = {"from": ("from", "由"), "sum": ("all", "合计")}


def _word(sheet: Sheet, key: str) -> str:
    return say(_WORDS[key], sheet.lang)


def _figure(value: float, unit: Unit) -> str:
    shown = value / unit.divisor
    return "0" if shown == 0.0 else number(shown, 2 if abs(shown) < 10 else 3)


def _span(sheet: Sheet, span: tuple[int, int], kind: _Kind) -> str:
    first, last = span
    if first == last:
        return str(first)
    mean = sheet.say("mean of the years", "年均") if kind.a_year else sheet.say("mean of the years", "各年平均")
    return sheet.say(f"{first} to {last}, {mean}", f"{first}—{last}年，{mean}")


def _key(sheet: Sheet, kind: _Kind, biggest: float, unit: Unit) -> None:
    """Explain the arrows, and how wide one of a round number is."""
    half = biggest / unit.divisor / 2
    power = 10.0 ** np.floor(np.log10(half))
    step = float(next(k * power for k in (5.0, 2.0, 1.0) if k * power <= half))
    words = sheet.say("net flow", "净流量") if kind.net else sheet.say("flow", "流量")
    width = _WIDEST * step * unit.divisor / biggest
    text = sheet.say(f"{words}, this wide: {plain(step)} {unit.name}", f"{words}，此线宽为{plain(step)}{unit.name}")
    sheet.key(text, Line2D([], [], color=VERMILLION, alpha=0.62, linewidth=width))
    if kind.net:
        outer = sheet.say("net flow with the rest of China, same scale", "与全国其他地区的净流量，同一比例")
        sheet.key(outer, Line2D([], [], color=ORANGE, alpha=0.62, linewidth=width))


def _told(sheet: Sheet, kind: _Kind) -> tuple[str, ...]:
    what = ("net flows", "净流量") if kind.net else ("flows", "流量")
    return (
        say(kind.note, sheet.lang),
        sheet.say(
            f"Arrows: the {_ARROWS} largest {what[0]}, those inside a city left out; widths to one scale in both maps. "
            "Tables: all flows between areas, gross. Means over members.",
            f"箭头为最大的{_ARROWS}条{what[1]}（市内除外），两图线宽比例相同；表为地区间全部流量（未抵减）。"
            "各次运行平均。",
        ),
    )
