"""The gallery: a row for each chart that run and compare draw, in the code's own words; and the pictures of the page.

    python docs/gallery.py --result results/baseline --comparison results/compare-baseline--xiongan_sooner

draws the pictures again, small and in few colours. The tables are written by docs/parameters.py.
"""

from __future__ import annotations

import argparse
import inspect
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from cells import table
from PIL import Image

from jjj_sim.charts import CHARTS, Drawable, causes, comparison, draw, variants, winners
from jjj_sim.comparing import comparison as compared
from jjj_sim.running.result import load

IMAGES = Path(__file__).resolve().parent / "images"
OF_A_RESULT = ("xiongan_population", "pyramid", "sectors_ternary", "goals_scoreboard")
OF_A_COMPARISON = ("forest", "differences-", "winners-", "causes-", "map-population")
_WIDE, _HIGH, _GAP = 560, 700, 8  # pixels
_COLOURS, _BLANK = 16, 250


class Drawn(NamedTuple):
    """A chart of a comparison: its titles, and the function that draws it."""

    title_en: str
    title_zh: str
    function: Callable[..., Any]


# By name; one that ends in a dash is drawn for each variant, whose name follows.
COMPARISON = {
    "levels": Drawn("Base and variants", "基准与各方案", variants.levels),
    "forest": Drawn("Differences in one year", "相对基准变化", variants.forest),
    "goals": Drawn("Goals of 2030 by scenario", "各方案2030年目标", variants.goals),
    "map-population": Drawn("Map: difference of population", "人口差异地图", variants.change_map),
    "differences-": Drawn("Differences over time", "历年变化", comparison.differences),
    "verdicts-": Drawn("Verdicts of the last year", "期末变化与结论", comparison.verdicts),
    "winners-": Drawn("Who gains and who loses", "谁受益、谁受损", winners.bars),
    "causes-": Drawn("What differences are made of", "变化的构成", causes.waterfalls),
}


def charts(names: str) -> str:
    """The charts of a result of these names, or those of a comparison: name, titles, what is drawn."""
    if names == "of a comparison":
        rows = [
            (f"`{name}VARIANT`" if name.endswith("-") else f"`{name}`", *_told(c)) for name, c in COMPARISON.items()
        ]
    else:
        rows = [(f"`{name}`", *_told(CHARTS[name])) for name in names.split()]
    return table(("chart", "", "", "what one reads off"), rows)


def _told(chart: Any) -> tuple[str, str, str]:
    """Return titles of a chart and the first sentence of the function that draws it."""
    said = (inspect.getdoc(chart.function) or "").partition(";")[0].partition("\n")[0].rstrip(".")
    said = said.removeprefix("Draw ")
    return chart.title_en, chart.title_zh, f"{said[0].upper()}{said[1:]}."


def keep(found: Drawable, names: Sequence[str]) -> None:
    """Draw charts at the width of a page, and keep them as pictures of few colours; of long ones the upper part."""
    with tempfile.TemporaryDirectory() as folder:
        for drawn in draw(found, folder, formats=("png",), only=names, size="word"):
            stem = next(
                (name[:-1] for name in COMPARISON if name[-1] == "-" and drawn.stem.startswith(name)), drawn.stem
            )
            with Image.open(drawn) as picture:
                size = (_WIDE, round(picture.height * _WIDE / picture.width))
                small = _upper(picture.convert("RGB").resize(size, Image.Resampling.LANCZOS))
            few = small.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
            few.save(IMAGES / f"gallery_{stem}.png", optimize=True)


def _upper(picture: Image.Image) -> Image.Image:
    """Return a picture, one that is long down to the last gap between its panels that fits."""
    if picture.height <= _HIGH:
        return picture
    blank = (np.asarray(picture)[:_HIGH] >= _BLANK).all(axis=(1, 2))
    gaps = np.lib.stride_tricks.sliding_window_view(blank, _GAP).all(axis=1)
    return picture.crop((0, 0, _WIDE, int(np.flatnonzero(gaps).max()) + _GAP))


def main() -> None:
    """Draw the pictures of the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--result", type=Path, required=True)
    parser.add_argument("--comparison", type=Path, required=True)
    folders = parser.parse_args()
    keep(load(folders.result), OF_A_RESULT)
    found = compared.load(folders.comparison)
    variant = found.variants[0].name
    keep(found, [f"{name}{variant}" if name.endswith("-") else name for name in OF_A_COMPARISON])


if __name__ == "__main__":
    main()
