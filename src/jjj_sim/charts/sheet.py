"""The sheet a chart is drawn on: title above, axes placed in inches, caption below, the shipped font.

Positions are computed, not searched for, so that a chart is quick to draw and the same every time.
"""

from __future__ import annotations

import functools
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import Formatter, MaxNLocator, StrMethodFormatter

from jjj_sim.charts.reader import Band, Point, Reader
from jjj_sim.indicators.areas import remainder
from jjj_sim.region import Region
from jjj_sim.wording.units import Unit
from jjj_sim.wording.words import Lang, Text, area_name, label, say, short

FAMILY = "JJJ Sans SC"
DPI = 150

# Okabe and Ito's colours, told apart by all who see them.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY, PALE, INK = "#767676", "#ECECEC", "#222222"
PALETTE = (VERMILLION, BLUE, GREEN, ORANGE, PURPLE, SKY)

ARTICLE_NOTE = (
    "Diamonds: the founding article (round table on the coordinated development of Jing-Jin-Ji, 2025).",
    "菱形：创始文章（京津冀协同发展圆桌，2025年）的数据。",
)
RANGE_NOTE = ("Vertical bars: the range accepted.", "竖线：可接受区间。")
# Drawn letters are hinted to whole pixels and come out a little wider than the font says.
_HINTED = 1.05
_KEY_SIZE = 8.5
_MARGIN, _HEAD, _LINE = 0.14, 0.62, 0.155


@functools.cache
def colours(region: Region) -> dict[str, str]:
    """Return the colours of a region's areas; a whole province has that of the rest that goes by its name."""
    found = {name: PALETTE[i % len(PALETTE)] for i, name in enumerate(region.areas)}
    rests = [name for name in region.areas if remainder(region, name)]
    for name, inside in region.wholes.items():
        parts = [rest for rest in rests if not (region.inside(rest) & ~inside).any()]
        found[name] = found[parts[0]] if parts and not inside.all() else INK
    return found


@functools.cache
def font() -> font_manager.FontProperties:
    """Make the shipped font known to matplotlib, once, and return it."""
    file = resources.files("jjj_sim.charts").joinpath("fonts/JJJSansSC-Regular.ttf")
    with resources.as_file(file) as path:
        font_manager.fontManager.addfont(str(path))
    return font_manager.FontProperties(family=[FAMILY])


@functools.cache
def _face() -> FT2Font:
    face = FT2Font(font_manager.findfont(font()))
    face.set_size(100, 72)
    return face


@functools.cache
def _advance(character: str) -> float:
    """Return how wide a character is, in units of the font size."""
    return float(_face().load_char(ord(character)).linearHoriAdvance) / 65536 / 100


def width_of(text: str) -> float:
    """Return how wide a text is, in units of its font size."""
    return sum(map(_advance, text))


def wrap(text: str, width: float) -> list[str]:
    """Break a text into lines at most `width` font sizes wide, at spaces or between Chinese characters."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_of(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterable[str]:
    """Yield the smallest parts that stay together: a word with its space, a character with its stop."""
    piece = ""
    for i, c in enumerate(text):
        piece += c
        following = text[i + 1] if i + 1 < len(text) else ""
        wide = any(unicodedata.east_asian_width(x) in "WF" for x in c + following)
        if len(piece) > 60 or c == " " or (wide and following not in "，。；：、）”》,.;:)" and c not in "（“《("):
            yield piece
            piece = ""
    if piece:
        yield piece


class Sheet:
    """One figure in the making.

    Sizes are inches. `axes` places a grid of axes in the body; `finish` writes title, key and caption,
    fits the height to the caption and returns the figure. `members` says what was run, where that is not the
    reader's members.
    """

    def __init__(self, reader: Reader, lang: Lang, title: str, width: float = 9.6, height: float = 4.4) -> None:
        font()
        self.reader, self.lang, self.title = reader, lang, say((title, title), lang)
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width, height + 2), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self.figure)
        self._places: list[tuple[Axes, tuple[float, float, float, float]]] = []
        self._keys: dict[str, Any] = {}
        self._sources: dict[str, int] = {}
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
        ax.tick_params(labelsize=8.5, color=GREY, labelcolor=INK, labelfontfamily=FAMILY, length=3)
        ax.grid(True, axis="y", color=PALE, linewidth=0.8)
        ax.set_axisbelow(True)
        return ax

    def axes(
        self,
        n: int,
        columns: int,
        left: float = 0.75,
        right: float = 0.25,
        across: float = 0.85,
        down: float = 0.78,
        bottom: float = 0.5,
        top: float = 0.3,
    ) -> list[Axes]:
        """Add `n` axes in rows of `columns` that fill the body."""
        rows = -(-n // columns)
        w = (self.width - left - right - across * (columns - 1)) / columns
        h = (self.height - bottom - top - down * (rows - 1)) / rows
        return [
            self.place(left + (i % columns) * (w + across), bottom + (rows - 1 - i // columns) * (h + down), w, h)
            for i in range(n)
        ]

    def size(self, ax: Axes) -> tuple[float, float]:
        """Return width and height of axes."""
        box = next(place for other, place in self._places if other is ax)
        return box[2], box[3]

    def band(
        self, ax: Axes, band: Band, unit: Unit, colour: str, style: str = "-", key: str = "", step: bool = False
    ) -> None:
        """Draw the median, and the 90 % band when there are several members."""
        how: dict[str, Any] = {"drawstyle": "steps-mid"} if step else {}
        ax.plot(band.years, band.median / unit.divisor, style, color=colour, linewidth=1.8, zorder=3, **how)
        several = self.reader.n_members > 1
        if several:
            low, high = band.low / unit.divisor, band.high / unit.divisor
            ax.fill_between(band.years, low, high, color=colour, alpha=0.22, linewidth=0, step="mid" if step else None)
        self.key(
            key or (self.say("model, median", "模型中位数") if several else self.say("model", "模型")),
            Line2D([], [], color=colour if key else GREY, linewidth=1.8),
        )
        if several:
            self.key(self.say("90 % of members", "90%的运行"), Patch(color=GREY, alpha=0.3, linewidth=0), last=True)

    def points(self, ax: Axes, points: Sequence[Point], unit: Unit, colour: str = BLACK) -> None:
        """Mark published figures: circles, hollow when not of high confidence; diamonds for the article's."""
        for sure in (True, False):
            some = [p for p in points if not p.article and p.sure is sure]
            if not some:
                continue
            face = colour if sure else "white"
            style: dict[str, Any] = {"marker": "o", "markersize": 3.6, "linestyle": "none", "color": colour}
            style |= {"markerfacecolor": face, "markeredgewidth": 0.9}
            ax.plot([p.year for p in some], [p.value / unit.divisor for p in some], zorder=4, **style)
            key = ("published", "公布数据") if sure else ("published, not of high confidence", "公布数据(非高可信度)")
            style |= {"color": GREY, "markerfacecolor": GREY if sure else "white"}
            self.key(self.say(*key), Line2D([], [], **style), last=True)
            self._unsure |= not sure
            for p in some:
                self.source(p.source)
        for p in points:
            if p.article:
                self.article(ax, p.year, p.value / unit.divisor, p.low / unit.divisor, p.high / unit.divisor)

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

    def source(self, source: str) -> None:
        """Remember a source for the caption."""
        self._sources[source] = self._sources.get(source, 0) + 1

    def years(self, ax: Axes, first: int, last: int, label: bool = True) -> None:
        """Set an axis of years, and shade those after the last published figure."""
        ax.set_xlim(first - 0.5, last + 0.5)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=max(int(self.size(ax)[0] / 0.55), 2), integer=True))
        ax.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
        if label:
            ax.set_xlabel(self.say("Year", "年份"), fontsize=8.5, color=INK, labelpad=2)
        if 0 < self.reader.last_published < last:
            ax.axvspan(self.reader.last_published + 0.5, last + 0.5, color="#F6F6F6", zorder=0, linewidth=0)
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
        """Set the axis of values: its label with the unit, plain numbers."""
        ax.set_ylabel(name, fontsize=8.5, color=INK, labelpad=3)
        ax.yaxis.set_major_locator(MaxNLocator(nbins=bins, steps=[1, 2, 2.5, 5, 10]))
        ax.yaxis.set_major_formatter(Plain())

    def heading(self, ax: Axes, text: str) -> None:
        """Write the heading of a panel."""
        ax.set_title(text, fontsize=9.5, loc="left", color=INK, pad=5, fontfamily=FAMILY)

    def ends(self, ax: Axes, labels: Sequence[tuple[float, str, str]], size: float = 8.5) -> None:
        """Write (value, text, colour) right of the axes at the lines' ends, pushed apart where they meet."""
        bottom, top = ax.get_ylim()
        gap = 1.5 * size / 72 / self.size(ax)[1]
        order = sorted(range(len(labels)), key=lambda i: labels[i][0])
        at = spread([(labels[i][0] - bottom) / (top - bottom) for i in order], gap)
        for i, y in zip(order, at, strict=True):
            _, text, colour = labels[i]
            ax.text(1.015, y, text, transform=ax.transAxes, fontsize=size, color=colour, va="center")

    def finish(self, *notes: str) -> Figure:
        """Write title, key and caption and return the figure."""
        size = 7.5
        text = [n for n in (*self._notes(), *(say((n, n), self.lang) for n in notes), *self._cited()) if n]
        joined = self.say(" ", "").join(text)
        lines = wrap(joined, (self.width - 2 * _MARGIN) * 72 / size / _HINTED)
        foot = 0.16 + _LINE * len(lines)
        keys = sorted(self._keys.items(), key=lambda item: item[1][0])
        columns = _columns([name for name, _ in keys], (self.width - 2 * _MARGIN) * 72 / _KEY_SIZE)
        key_rows = -(-len(keys) // columns)
        head = _HEAD + 0.2 * key_rows
        total = foot + self.height + head
        fig = self.figure
        fig.set_size_inches(self.width, total)
        for ax, (x, y, w, h) in self._places:
            ax.set_position((x / self.width, (y + foot) / total, w / self.width, h / total))
        left = _MARGIN / self.width
        fits = (self.width - 2 * _MARGIN) * 72 / _HINTED / width_of(self.title)
        fig.text(left, 1 - 0.12 / total, self.title, fontsize=min(13.0, fits), color=BLACK, va="top")
        fig.text(left, 1 - 0.4 / total, self._subtitle(), fontsize=8.5, color=GREY, va="top")
        for i, line in enumerate(lines):
            y = (foot - 0.08 - _LINE * i) / total
            fig.text(left, y, line, fontsize=size, color=GREY, va="top")
        if keys:
            legend = fig.legend(
                [handle for _, (_, handle) in keys],
                [name for name, _ in keys],
                loc="upper left",
                bbox_to_anchor=(left, 1 - (_HEAD - 0.02) / total),
                ncols=columns,
                frameon=False,
                fontsize=_KEY_SIZE,
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
        for ax, _ in self._places:  # ticks have theirs from `place`
            for words in (*ax.texts, ax.xaxis.label, ax.yaxis.label):
                words.set_fontfamily(FAMILY)
        for words in fig.texts:
            words.set_fontfamily(FAMILY)
        return fig

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
            yield self.say("Hollow: confidence not high.", "空心:可信度非高。")
        if self._projected:
            year = self.reader.last_published
            yield self.say(f"Shaded: after the last published year ({year}).", f"浅灰:最后公布年份({year}年)之后。")

    def _cited(self) -> Iterable[str]:
        if not self._sources:
            return
        ranked = sorted(self._sources, key=lambda s: -self._sources[s])
        names = [textwrap.shorten(s, 96, placeholder=" …") if " " in s else s[:96] for s in ranked[:4]]
        more = len(ranked) - len(names)
        rest = self.say(f"; {more} more in evidence.csv", f"；其余{more}项见evidence.csv") if more else ""
        yield self.say("Published: ", "公布数据来源:") + "; ".join(names) + rest + self.say(".", "。")


def _columns(names: Sequence[str], width: float) -> int:
    """Return the most columns in which a key of `names` is at most `width` font sizes wide."""
    for columns in range(len(names), 1, -1):
        widest = [max(map(width_of, part)) for part in np.array_split(np.array(names), columns)]
        if _HINTED * sum(widest) + 2.1 * columns + 1.3 * (columns - 1) <= width:
            return columns
    return 1


class Plain(Formatter):
    """Ticks as plain numbers of one precision: thousands apart, true minus sign."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return one tick."""
        return plain(x)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return all ticks, with as many decimals as the one that needs most."""
        texts = [plain(v) for v in values]
        decimals = max((len(t.partition(".")[2]) for t in texts), default=0)
        return [f"{round(v, 6):,.{decimals}f}".replace("-", "−") for v in values]


def plain(value: float) -> str:
    """Return a number without needless zeros: thousands apart, true minus sign."""
    return f"{round(value, 6):,.6g}".replace("-", "−")


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Return rising places moved as little as needed to stand `gap` apart, inside 0 and 1 where they fit."""
    groups: list[tuple[float, int]] = []
    for place in places:
        groups.append((place, 1))
        while len(groups) > 1 and _overlaps(groups[-2], groups[-1], gap):
            (a, n), (b, m) = groups.pop(-2), groups.pop()
            groups.append(((a * n + b * m) / (n + m), n + m))
    found = [centre + gap * (i - (n - 1) / 2) for centre, n in groups for i in range(n)]
    found = [min(y, 1.0 - gap * (len(found) - 1 - i)) for i, y in enumerate(found)]
    return [max(y, gap * i) for i, y in enumerate(found)]


def _overlaps(below: tuple[float, int], above: tuple[float, int], gap: float) -> bool:
    return above[0] - below[0] < gap * (below[1] + above[1]) / 2 - 1e-12
