"""Letters and numbers of a chart: the shipped font, how wide words are, lines broken, numbers as readers write them."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Sequence
from importlib import resources

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text
from matplotlib.ticker import Formatter

FAMILY = "JJJ Sans SC"
# Sizes of letters, points: headings, words, the smallest.
HEAD, TEXT, SMALL = 9.5, 9.0, 8.0


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


def lift(ax: Axes, pad: float) -> None:
    """Set the heading of axes so many points above them."""
    said = ax.get_title(loc="left")
    for text in ax.get_children():
        if said and isinstance(text, Text) and text.get_text() == said:
            how = {"fontsize": text.get_fontsize(), "color": text.get_color(), "fontfamily": FAMILY}
            ax.set_title(said, loc="left", pad=pad, **how)  # type: ignore[arg-type]
            return


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
