"""The sheet a chart is drawn on: title above, axes placed in inches, caption below, the shipped font.

Positions are computed, not searched for, so that a chart is quick to draw and the same every time.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, MaxNLocator, StrMethodFormatter
from numpy.typing import ArrayLike

from jjj_sim.charts.lettering import FAMILY, HEAD, SMALL, TEXT, Plain, font, lift, plain, spread, width_of, wrap
from jjj_sim.charts.look import enlarge, present
from jjj_sim.charts.numbers import Number, Picture
from jjj_sim.charts.reader import Band, Point, Reader
from jjj_sim.indicators.areas import remainder
from jjj_sim.region import Region
from jjj_sim.wording.units import Unit
from jjj_sim.wording.words import Lang, Text, area_name, label, say, short

__all__ = ["FAMILY", "HEAD", "SMALL", "TEXT", "Plain", "Sheet", "font", "plain", "spread", "width_of", "wrap"]

DPI = 150

# Okabe and Ito's colours, told apart by all who see them.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY, PALE, INK = "#767676", "#ECECEC", "#222222"
PALETTE = (VERMILLION, BLUE, GREEN, ORANGE, PURPLE, SKY)

ARTICLE_NOTE = (
    "Diamonds: the article this model follows (round table on the coordinated development of Jing-Jin-Ji, 2025).",
    "菱形：本模型所依据的文章（京津冀协同发展圆桌，2025年）。",
)
RANGE_NOTE = ("Vertical bars: the range accepted.", "竖线：可接受区间。")
# Drawn letters are hinted to whole pixels and come out a little wider than the font says.
_HINTED = 1.05
_MARGIN, _TITLE, _LINE, _KEY_LINE = 0.14, 0.23, 0.16, 0.2
# Height of the unit that stands upright above an axis, inches.
UNIT = 0.17
# How wide a panel of a grid is at least, inches.
_NARROWEST = 1.2
# How many publications a caption names.
_CITED = 6
# How far apart ticks of years stand at least, inches, and the steps between them.
_YEAR_ROOM, _YEAR_STEPS = 0.48, (1, 2, 5, 10, 20, 50)


@functools.cache
def colours(region: Region) -> dict[str, str]:
    """Return the colours of a region's areas; a whole province has that of the rest that goes by its name."""
    found = {name: PALETTE[i % len(PALETTE)] for i, name in enumerate(region.areas)}
    rests = [name for name in region.areas if remainder(region, name)]
    for name, inside in region.wholes.items():
        parts = [rest for rest in rests if not (region.inside(rest) & ~inside).any()]
        found[name] = found[parts[0]] if parts and not inside.all() else INK
    return found


class Sheet:
    """One figure in the making.

    Sizes are inches. `axes` places a grid of axes in the body; `finish` writes title, key and caption,
    fits the height to the caption and returns the figure. `members` says what was run, where that is not the
    reader's members.
    """

    def __init__(self, reader: Reader, lang: Lang, title: str, width: float = 9.6, height: float = 4.4) -> None:
        font()
        self.reader, self.lang, self.title = reader, lang, say((title, title), lang)
        self.look = present()
        self.width, self.height = self.look.wide(width), height
        self.figure = Picture(figsize=(self.width, height + 2), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        self._places: list[tuple[Axes, tuple[float, float, float, float]]] = []
        self._spare: tuple[float, float] | None = None
        self._spare_rows = 0
        self._units: dict[Axes, str] = {}
        self._numbers: list[tuple[Axes, Number]] = []
        self._keys: dict[str, Any] = {}
        self._sources: dict[str, list[int]] = {}
        self.members = ""
        self._unsure = self._article = self._ranged = self._projected = False

    def say(self, english: str, chinese: str) -> str:
        """Return the text in the sheet's language."""
        return say((english, chinese), self.lang)

    def area(self, name: str) -> str:
        """Return the name of an area in the sheet's language."""
        return area_name(self.reader.region, name, self.lang)

    def label(self, variable: str) -> str:
        """Return the label of an indicator in the sheet's language."""
        return label(self.reader.region, variable, self.lang)

    def short(self, variable: str) -> str:
        """Return the short label of an indicator in the sheet's language."""
        return short(self.reader.region, variable, self.lang)

    def colour(self, area: str) -> str:
        """Return the colour of an area, the first of the palette for a zone."""
        return colours(self.reader.region).get(area, PALETTE[0])

    def place(self, left: float, bottom: float, width: float, height: float, **kw: Any) -> Axes:
        """Add axes whose box stands at (left, bottom) of the body."""
        ax: Axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0), label=str(len(self._places)), **kw)
        self._places.append((ax, (left, bottom, width, height)))
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[["left", "bottom"]].set_color(GREY)
        ax.tick_params(labelsize=TEXT, color=GREY, labelcolor=INK, labelfontfamily=FAMILY, length=3)
        ax.grid(True, axis="y", color=PALE, linewidth=0.8)
        ax.set_axisbelow(True)
        return ax

    def axes(
        self,
        n: int,
        columns: int,
        left: float = 0.62,
        right: float = 0.22,
        across: float = 0.7,
        down: float = 0.82,
        bottom: float = 0.34,
        top: float = 0.47,
        spare: bool = True,
        tall: float = 99.0,
    ) -> list[Axes]:
        """Add `n` axes in rows of `columns` that fill the body; fewer columns where the look has no room, as high then.

        A cell that is left over holds the key, unless it is not `spare`. `tall` bounds their height in a narrow look.
        """
        h = self._high(n, columns, down, bottom + top)
        room = self.width - left - right + across
        across_now = max(min(self.look.across(columns), int(room / (across + _NARROWEST))), 1)
        rows = -(-n // across_now)
        if self.look.narrow:
            h = min(h, tall, self.look.tall) if rows > 1 else h
            self.height = rows * h + down * (rows - 1) + bottom + top
        w = room / across_now - across
        if spare and n % across_now:
            self._spare = (left + (n % across_now) * (w + across) - 0.3, bottom + h + 0.1)
            self._spare_rows = int((h + 0.3) / _KEY_LINE)
        return [
            self.place(left + (i % across_now) * (w + across), bottom + (rows - 1 - i // across_now) * (h + down), w, h)
            for i in range(n)
        ]

    def table(self, rows: int, columns: int, left: float, across: float = 0.55, top: float = 0.3) -> list[Axes]:
        """Add axes in rows and columns that stay as they are in every look, near each other, as a table of panels.

        On a page the names of rows stand above them, which leaves the width to the panels.
        """
        down = 0.2
        if self.look.narrow:
            left, across, down, top = 0.5, 0.5, 0.42, top + 0.28
            self.height += (down - 0.2) * rows + 0.28
        w = (self.width - left - 0.2 - across * (columns - 1)) / columns
        h = (self.height - 0.35 - top - down * (rows - 1)) / rows
        return [
            self.place(left + (i % columns) * (w + across), 0.35 + (rows - 1 - i // columns) * (h + down), w, h)
            for i in range(rows * columns)
        ]

    def column(self, ax: Axes, text: str) -> None:
        """Write the heading of a column of a table of panels, on as many lines as its width needs."""
        wide = (self.size(ax)[0] + 0.25) * 72 / SMALL / _HINTED
        lines = wrap(text, wide) if self.look.narrow else [text]
        size = SMALL if self.look.narrow else HEAD
        ax.set_title("\n".join(lines), fontsize=size, loc="left", color=INK, pad=5, fontfamily=FAMILY)

    def left_of(self, ax: Axes) -> float:
        """Return how many inches are left of axes."""
        return next(place for other, place in self._places if other is ax)[0]

    def _high(self, n: int, columns: int, down: float, around: float) -> float:
        """Return how high an axis of a grid is that fills the body."""
        rows = -(-n // columns)
        return (self.height - around - down * (rows - 1)) / rows

    def size(self, ax: Axes) -> tuple[float, float]:
        """Return width and height of axes."""
        box = next(place for other, place in self._places if other is ax)
        return box[2], box[3]

    def band(
        self,
        ax: Axes,
        band: Band,
        unit: Unit,
        colour: str,
        style: str = "-",
        key: str = "",
        step: bool = False,
        name: str = "",
    ) -> None:
        """Draw the median, and the 90 % band when there are several members; `name` is the line's in the numbers."""
        how: dict[str, Any] = {"drawstyle": "steps-mid"} if step else {}
        middle, low, high = (part / unit.divisor for part in (band.median, band.low, band.high))
        ax.plot(band.years, middle, style, color=colour, linewidth=1.8, zorder=3, **how)
        several = self.reader.n_members > 1
        if several:
            ax.fill_between(band.years, low, high, color=colour, alpha=0.22, linewidth=0, step="mid" if step else None)
        said = key or (self.say("model, median", "模型中位数") if several else self.say("model", "模型"))
        self.key(said, Line2D([], [], color=colour if key else GREY, linewidth=1.8))
        if several:
            self.key(self.say("90 % interval", "90%区间"), Patch(color=GREY, alpha=0.3, linewidth=0), last=True)
        lower, upper = (low, high) if several else (None, None)
        self.note(ax, name or said, band.years, middle, lower, upper, unit.name)

    def points(self, ax: Axes, points: Sequence[Point], unit: Unit, colour: str = BLACK, name: str = "") -> None:
        """Mark published figures: circles, hollow when not looked up; diamonds for the article's."""
        for sure in (True, False):
            some = [p for p in points if not p.article and p.sure is sure]
            if not some:
                continue
            face = colour if sure else "white"
            style: dict[str, Any] = {"marker": "o", "markersize": 3.6, "linestyle": "none", "color": colour}
            style |= {"markerfacecolor": face, "markeredgewidth": 0.9}
            ax.plot([p.year for p in some], [p.value / unit.divisor for p in some], zorder=4, **style)
            key = ("published", "公布数据") if sure else ("published, not looked up", "公布数据（未查到原刊）")
            style |= {"color": GREY, "markerfacecolor": GREY if sure else "white"}
            said = self.say(*key)
            self.key(said, Line2D([], [], **style), last=True)
            self._unsure |= not sure
            for p in some:
                self.source(say(p.citation, self.lang), p.year)
                self._point(ax, f"{name} {said}".strip(), p, unit)
        for p in points:
            if p.article:
                self.article(ax, p.year, p.value / unit.divisor, p.low / unit.divisor, p.high / unit.divisor)
                self._point(ax, f"{name} {self.say('the article', '文章数据')}".strip(), p, unit)

    def _point(self, ax: Axes, series: str, point: Point, unit: Unit) -> None:
        value, low, high = (number / unit.divisor for number in (point.value, point.low, point.high))
        cited = say(point.citation, self.lang)
        self.note(ax, series, [point.year], [value], [low], [high], unit=unit.name, source=cited)

    def note(
        self,
        ax: Axes,
        series: str,
        at: Sequence[Any] | ArrayLike,
        values: ArrayLike,
        low: ArrayLike | None = None,
        high: ArrayLike | None = None,
        unit: str = "",
        source: str = "",
    ) -> None:
        """Remember numbers drawn in axes, in the unit of the axis, for the file beside the chart."""
        middle = np.atleast_1d(np.asarray(values, dtype=float))
        blank = np.full(middle.shape, np.nan)
        ends = [blank if end is None else np.atleast_1d(np.asarray(end, dtype=float)) for end in (low, high)]
        model = source or self.say("this model", "本模型")
        for place, value, lower, upper in zip(np.atleast_1d(np.asarray(at)), middle, *ends, strict=True):
            number = Number("", series, str(place), float(value), float(lower), float(upper), unit, model)
            self._numbers.append((ax, number))

    def article(self, ax: Axes, x: float, y: float, low: float = np.nan, high: float = np.nan) -> None:
        """Mark a figure of the article, with the range accepted where it has one."""
        style: dict[str, Any] = {"marker": "D", "markersize": 6.5, "linestyle": "none"}
        style |= {"color": YELLOW, "markeredgecolor": BLACK, "markeredgewidth": 1.0}
        if np.isfinite(low) and np.isfinite(high):
            ax.plot([x, x], [low, high], color=BLACK, linewidth=1.3, zorder=5, solid_capstyle="butt")
            self._ranged |= high > low
        ax.plot([x], [y], zorder=6, **style)
        self.key(self.say("the article", "文章数据"), Line2D([], [], **style), last=True)
        self._article = True

    def key(self, text: str, handle: Any, last: bool = False) -> None:
        """Add an entry to the key, once; those marked `last` follow the others."""
        self._keys.setdefault(text, (last, handle))

    def source(self, source: str, year: int | None = None) -> None:
        """Remember a publication for the caption, and the year its figure is of."""
        self._sources.setdefault(source, []).extend([] if year is None else [year])

    def years(self, ax: Axes, first: int, last: int, label: bool = False) -> None:
        """Set an axis of years that ends in the last, and shade those after the last published figure."""
        ax.set_xlim(first - 0.5, last + 0.5)
        most = max(int(self.size(ax)[0] / _YEAR_ROOM), 2)
        step = next((s for s in _YEAR_STEPS if (last - first) / s < most), _YEAR_STEPS[-1])
        ax.xaxis.set_major_locator(FixedLocator(list(range(last, first - 1, -step))[::-1]))
        ax.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
        if label:
            ax.set_xlabel(self.say("Year", "年份"), fontsize=TEXT, color=INK, labelpad=2)
        if 0 < self.reader.last_published < last:
            ax.axvspan(self.reader.last_published + 0.5, last + 0.5, color="#F1F1F1", zorder=0, linewidth=0)
            self._projected = True

    def data_end(self, ax: Axes, variable: str, name: Text) -> None:
        """Mark the last published year of a variable, `name` in the key; nothing where none is published."""
        year = self.reader.last_year(variable)
        if year is None:
            return
        style: dict[str, Any] = {"color": GREY, "linewidth": 0.9, "linestyle": ":"}
        ax.axvline(year + 0.5, zorder=1, **style)
        self.key(self.say(f"{name[0]}, {year}", f"{name[1]}({year}年)"), Line2D([], [], **style), last=True)

    def values(self, ax: Axes, name: str, bins: int = 5) -> None:
        """Set the axis of values: its unit upright above it, plain numbers."""
        if name:
            self._units[ax] = name
        ax.yaxis.set_major_locator(MaxNLocator(nbins=bins, steps=[1, 2, 2.5, 5, 10]))
        ax.yaxis.set_major_formatter(Plain())

    def from_zero(self, ax: Axes) -> None:
        """Let the axis of values begin at zero, with room above the highest."""
        ax.set_ylim(0.0, 1.08 * ax.dataLim.y1)

    def heading(self, ax: Axes, text: str) -> None:
        """Write the heading of a panel, on as many lines as its room needs."""
        left, _, wide, _ = next(place for other, place in self._places if other is ax)
        room = min(wide + 0.5, self.width - left) * 72 / HEAD / _HINTED
        said = "\n".join(line for part in text.split("\n") for line in wrap(part, room))
        ax.set_title(said, fontsize=HEAD, loc="left", color=INK, pad=5, fontfamily=FAMILY)

    def _write_units(self) -> None:
        """Write the units above their axes, the headings above them."""
        shaded = False
        for ax, name in self._units.items():
            said = self.say(name, f"单位：{name}")
            how: dict[str, Any] = {
                "xycoords": "axes fraction",
                "textcoords": "offset points",
                "va": "bottom",
                "fontsize": SMALL,
            }
            ax.annotate(said, (0.0, 1.0), (0, 3), ha="left", color=GREY, annotation_clip=False, **how)
            lift(ax, 5 + 72 * UNIT)
            note = self._after(ax)
            room = 72 * self.size(ax)[0] / SMALL / _HINTED
            if note and not shaded and width_of(said) + width_of(note) + 2.0 < room:
                ax.annotate(note, (1.0, 1.0), (0, 3), ha="right", color=GREY, annotation_clip=False, **how)
                shaded = True

    def _after(self, ax: Axes) -> str:
        """Return what is said of the shaded years, "" where none are shaded."""
        year = self.reader.last_published
        if not self._projected or not 0 < year < ax.get_xlim()[1] - 0.5:
            return ""
        return self.say(f"shaded: after {year}", f"{year}年后为推演")

    def ends(self, ax: Axes, labels: Sequence[tuple[float, str, str]], size: float = TEXT) -> None:
        """Write (value, text, colour) right of the axes at the lines' ends, pushed apart where they meet."""
        bottom, top = ax.get_ylim()
        gap = 1.5 * size / 72 / self.size(ax)[1]
        order = sorted(range(len(labels)), key=lambda i: labels[i][0])
        at = spread([(labels[i][0] - bottom) / (top - bottom) for i in order], gap)
        for i, y in zip(order, at, strict=True):
            _, text, colour = labels[i]
            ax.text(1.015, y, text, transform=ax.transAxes, fontsize=size, color=colour, va="center")

    def finish(self, *notes: str) -> Picture:
        """Write title, key and caption and return the figure."""
        self._write_units()
        text = [n for n in (*self._notes(), *(say((n, n), self.lang) for n in notes), *self._cited()) if n]
        wide = (self.width - 2 * _MARGIN) * 72 / _HINTED
        lines = wrap(self.say(" ", "").join(text), wide / SMALL)
        titles = wrap(self.title, wide / 12.5)
        told = wrap(self._subtitle(), wide / TEXT)
        keys = [
            (_cut(name, 0.9 * wide / TEXT), found)
            for name, found in sorted(self._keys.items(), key=lambda item: item[1][0])
        ]
        columns = _columns([name for name, _ in keys], (self.width - 2 * _MARGIN) * 72 / TEXT)
        aside = self._spare if len(keys) <= self._spare_rows else None
        key_rows = 0 if aside else -(-len(keys) // columns)
        above = 0.12 + _TITLE * len(titles)
        head = above + 0.05 + 0.18 * len(told) + _KEY_LINE * key_rows
        foot = 0.16 + _LINE * len(lines)
        total = foot + self.height + head
        fig = self.figure
        fig.set_size_inches(self.width, total)
        for ax, (x, y, w, h) in self._places:
            ax.set_position((x / self.width, (y + foot) / total, w / self.width, h / total))
        left = _MARGIN / self.width
        rows = [(12.5, BLACK, 0.12 + _TITLE * i, line) for i, line in enumerate(titles)]
        rows += [(TEXT, GREY, above + 0.03 + 0.18 * i, line) for i, line in enumerate(told)]
        rows += [(SMALL, GREY, total - foot + 0.08 + _LINE * i, line) for i, line in enumerate(lines)]
        for size, colour, y, line in rows:
            fig.text(left, 1 - y / total, line, fontsize=size, color=colour, va="top")
        if keys and aside:
            self._legend(keys, (aside[0] / self.width, (aside[1] + foot) / total), 1)
        elif keys:
            self._legend(keys, (left, 1 - (head - _KEY_LINE * key_rows + 0.02) / total), columns)
        for ax, _ in self._places:  # ticks have theirs from `place`
            for words in (*ax.texts, ax.xaxis.label, ax.yaxis.label):
                words.set_fontfamily(FAMILY)
        for words in fig.texts:
            words.set_fontfamily(FAMILY)
        fig.lang = self.lang
        fig.numbers = [n._replace(panel=n.panel or ax.get_title(loc="left")) for ax, n in self._numbers]
        enlarge(fig, self.look.scale)
        return fig

    def _legend(self, keys: Sequence[tuple[str, Any]], place: tuple[float, float], columns: int) -> None:
        legend = self.figure.legend(
            [handle for _, (_, handle) in keys],
            [name for name, _ in keys],
            loc="upper left",
            bbox_to_anchor=place,
            ncols=columns,
            frameon=False,
            fontsize=TEXT,
            borderaxespad=0,
            borderpad=0,
            labelspacing=0.35,
            handlelength=1.6,
            handletextpad=0.5,
            columnspacing=1.3,
        )
        legend.set_zorder(10)
        for words in legend.get_texts():
            words.set_fontfamily(FAMILY)

    def _subtitle(self) -> str:
        n = self.reader.n_members
        runs = self.members or self.say(f"{n} member{'s' * (n != 1)}", f"{n}次运行")
        return " · ".join(filter(None, (self.reader.title(self.lang), runs)))

    def _notes(self) -> Iterable[str]:
        if self._article:
            yield say(ARTICLE_NOTE, self.lang)
        if self._ranged:
            yield say(RANGE_NOTE, self.lang)
        if self._unsure:
            yield self.say(
                "Hollow: not looked up in the publication, or derived from such figures; less certain.",
                "空心：未查到原刊或据此类数据推算，可信度较低。",
            )
        if self._projected:
            year = self.reader.last_published
            yield self.say(f"Shaded: after {year}, a projection.", f"浅灰：{year}年后为推演。")

    def _cited(self) -> Iterable[str]:
        if not self._sources:
            return
        ranked = sorted(self._sources, key=lambda s: -len(self._sources[s]))
        names = [_dated(source, self._sources[source], self.lang) for source in ranked[:_CITED]]
        more = len(ranked) - len(names)
        rest = self.say(f"; {more} more in the numbers of this chart", f"；其余{more}项见本图数据") if more else ""
        yield self.say("Sources: ", "资料来源：") + self.say("; ", "；").join(names) + rest + self.say(".", "。")


def _cut(text: str, width: float) -> str:
    """Return a text that is at most `width` font sizes wide, cut where it is wider."""
    return text if width_of(text) <= width else wrap(text, width - 1.0)[0] + "…"


def _dated(source: str, years: Sequence[int], lang: Lang) -> str:
    """Return a publication with the years its figures are of, where it does not tell one itself."""
    if not years or any(part.isdigit() and len(part) == 4 for part in re.findall(r"\d+", source)):
        return source
    first, last = min(years), max(years)
    if lang == "zh":
        return f"{source}（{first}—{last}年）" if last > first else f"{source}（{first}年）"
    return f"{source} ({first}-{last})" if last > first else f"{source} ({first})"


def _columns(names: Sequence[str], width: float) -> int:
    """Return the most columns in which a key of `names` is at most `width` font sizes wide."""
    for columns in range(len(names), 1, -1):
        widest = [max(map(width_of, part)) for part in np.array_split(np.array(names), columns)]
        if _HINTED * sum(widest) + 2.1 * columns + 1.3 * (columns - 1) <= width:
            return columns
    return 1
