"""Films: a map of the zones coloured year by year, on one scale of colours for all years, as GIF and MP4.

What adds up over zones is shown a km2, for large zones would else be dark because they are large; what is a mean or a
share as it is; change in percent of a year; of a comparison the difference from the base, in percent of it.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.animation import FFMpegWriter
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, LinearSegmentedColormap, LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, NullFormatter
from numpy.typing import NDArray
from PIL import Image
from scipy.spatial.distance import cdist

from jjj_sim.charts.maps import DIVERGING, attribution, base_map, write, zone_map
from jjj_sim.charts.panels import unit_of
from jjj_sim.charts.reader import F64, Members, Reader
from jjj_sim.charts.sheet import BLUE, FAMILY, GREY, INK, SKY, Sheet, colours, plain
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.indicators.areas import places
from jjj_sim.indicators.indicator import total as adds_up
from jjj_sim.messages import say as told
from jjj_sim.progress import Progress
from jjj_sim.running.result import Result
from jjj_sim.wording.units import Unit, number, unit_for
from jjj_sim.wording.words import Lang, language, say, zone_short

__all__ = ["FORMATS", "Film", "check", "films", "language", "save"]

FORMATS = ("gif", "mp4")
_SEQUENTIAL = LinearSegmentedColormap.from_list("pale_to_deep", ["#F5F7F9", SKY, BLUE, "#00263E"])
_DPI, _HEIGHT, _SIDE = 110, 5.3, 0.42
# How long a frame and the last one stand, milliseconds.
_STANDS, _LAST_STANDS = 800, 3200
_RATE = 5  # frames a second of an MP4: a year is several
_POINTS = "percent"


@dataclass(frozen=True)
class Film:
    """A film in the making.

    `values` (n_years, n_zones) are what colours tell, in `unit`, medians over members; `figures` by area what stands
    beside the map, in `figure_unit`. `variant` is the scenario that is compared with the reader's, None without one.
    """

    name: str
    reader: Reader
    lang: Lang
    variable: str
    years: tuple[int, ...]
    values: F64
    unit: str
    figures: dict[str, Members]
    figure_unit: Unit
    changes: bool
    since: int | None = None
    variant: Reader | None = None

    @functools.cached_property
    def scale(self) -> tuple[Normalize, Colormap]:
        """The scale of colours, the same in all years; of change without the new area, which would drown the rest."""
        built = self.reader.region.new_area
        if self.changes:
            usual = np.abs(self.values[:, ~built])
            reach = _round_up(float(np.nanmax(usual)) if usual.size else 0.0)
            return Normalize(-reach, reach), DIVERGING
        low, high = float(np.nanmin(self.values)), float(np.nanmax(self.values))
        if self._adds_up and low > 0.0:
            return LogNorm(low, high), _SEQUENTIAL
        room = 0.02 * (high - low) or 1.0
        return Normalize(low - room, high + room), _SEQUENTIAL

    @property
    def _adds_up(self) -> bool:
        return self.reader.indicators[self.variable].combine is adds_up

    def frame(self, year: int) -> Figure:
        """Draw one year: the map, the year in large letters, figures of areas, and their paths so far."""
        title = self._title()
        sheet = Sheet(self.reader, self.lang, title, height=_HEIGHT)
        if self.variant is not None:
            n = self.reader.n_members
            sheet.members = sheet.say(f"base of the comparison · {n} pair{'s' * (n != 1)}", f"对比基准 · {n}对运行")
        side = _SIDE * sheet.width
        ax = sheet.place(0.1, 0.55, sheet.width - side - 0.3, _HEIGHT - 0.6)
        self._map(sheet, ax, year)
        self._bar(sheet, sheet.place(0.35, 0.42, sheet.width - side - 0.8, 0.13))
        self._beside(sheet, side, year)
        return _even(sheet.finish(*self._notes(sheet), attribution(sheet)))

    def _title(self) -> str:
        label = self.reader.indicators[self.variable]
        name = say((label.en, label.zh), self.lang)
        if self.since is not None:
            return say((f"{name}: change on {self.since}", f"{name}：比{self.since}年的变化"), self.lang)
        if self.variant is not None:
            variant = self.variant.title(self.lang)
            return say((f"{name}: what changes with {variant}", f"{name}：{variant}带来的变化"), self.lang)
        if self._adds_up:
            return say((f"{name} per km²", f"{name}（每平方公里）"), self.lang)
        return name

    def _map(self, sheet: Sheet, ax: Axes, year: int) -> None:
        region, (norm, shades) = self.reader.region, self.scale
        row = self.values[self.years.index(year)]
        base_map(ax, zone_map(region), {z: shades(norm(v)) for z, v in zip(region.ids, row, strict=True)})
        for zone, value in zip(region.ids, row, strict=True):
            words = f"{zone_short(region, zone, self.lang)}\n{self._short(value)}"
            write(ax, region, zone, words, size=7.5)
            ax.texts[-1].set_path_effects([withStroke(linewidth=2.0, foreground="white")])

    def _short(self, value: float) -> str:
        if not self.changes:
            return number(value)
        fine = 2 if (self.scale[0].vmax or 0.0) < 5.0 else 1
        rounded = round(value, 0 if abs(value) >= 10 else fine)
        return f"{rounded:+g}".replace("-", "−") if rounded else "0"

    def _bar(self, sheet: Sheet, ax: Axes) -> None:
        norm, shades = self.scale
        open_ends = "both" if self.changes else "neither"
        drawn = ScalarMappable(norm=norm, cmap=shades)
        bar = sheet.figure.colorbar(drawn, cax=ax, orientation="horizontal", extend=open_ends)
        bar.outline.set_visible(False)
        ax.set_xlabel(self.unit, fontsize=8.5, color=INK, labelpad=2)
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: plain(value)))
        ax.xaxis.set_minor_formatter(NullFormatter())
        ax.tick_params(labelsize=8.5, labelfontfamily=FAMILY)

    def _beside(self, sheet: Sheet, side: float, year: int) -> None:
        """Write the year large, the figures of areas, and draw their paths with the year marked."""
        left, rows = sheet.width - side, 0.27 * (len(self.figures) + 1)
        ax = sheet.place(left, 0.0, side - 0.14, _HEIGHT)
        ax.set_axis_off()
        ax.set_xlim(0.0, side - 0.14)
        ax.set_ylim(0.0, _HEIGHT)
        ax.text(0.0, _HEIGHT - 0.1, str(year), fontsize=38, color=INK, va="top")
        if 0 < sheet.reader.last_published < year:
            words = sheet.say("projection", "推演")
            ax.text(1.75, _HEIGHT - 0.62, words, fontsize=9, color=GREY, va="bottom")
        y = _HEIGHT - 1.05
        ax.text(0.0, y, self.figure_unit.name, fontsize=8.5, color=GREY, va="center")
        shades = colours(self.reader.region)
        at = self.years.index(year)
        for area, members in self.figures.items():
            y -= 0.27
            band, colour = members.band, shades.get(area, INK)
            middle, low, high = (self._figure(float(v[at])) for v in (band.median, band.low, band.high))
            told = f"{middle} [{low}, {high}]" if self.reader.n_members > 1 else middle
            ax.text(0.0, y, sheet.area(area), fontsize=9, color=colour, va="center")
            ax.text(side - 0.14, y, told, fontsize=9, color=INK, va="center", ha="right")
        tall = _HEIGHT - 1.05 - rows - 0.35 - 0.45
        self._paths(sheet, sheet.place(left + 0.5, 0.45, side - 0.75, tall), year)

    def _figure(self, value: float) -> str:
        shown = value / self.figure_unit.divisor
        if not self.changes:
            return number(shown)
        places = 1 if (self.scale[0].vmax or 0.0) >= 5.0 else 2
        return f"{round(shown, places) + 0.0:+.{places}f}".replace("-", "−")

    def _paths(self, sheet: Sheet, ax: Axes, year: int) -> None:
        shades, at = colours(self.reader.region), self.years.index(year)
        for area, members in self.figures.items():
            if self._adds_up and not self.changes and area == self.reader.total:
                continue  # beside it the others would lie flat
            middle = members.band.median / self.figure_unit.divisor
            ax.plot(self.years, middle, color=shades.get(area, INK), linewidth=1.0, alpha=0.3)
            ax.plot(self.years[: at + 1], middle[: at + 1], color=shades.get(area, INK), linewidth=1.8)
            ax.plot([year], [middle[at]], "o", color=shades.get(area, INK), markersize=4.5)
        ax.axvline(year, color=GREY, linewidth=0.8, zorder=1)
        sheet.values(ax, "", bins=4)
        sheet.years(ax, self.years[0], self.years[-1], label=False)

    def _notes(self, sheet: Sheet) -> Iterator[str]:
        many = self.reader.n_members > 1
        yield sheet.say(
            f"{'Medians over members' if many else 'One run'}; one scale of colours for all years.",
            f"{'各次运行中位数' if many else '一次运行'}；各年色标相同。",
        )
        built = self.reader.region.new_area
        reach = self.scale[0].vmax or 0.0
        if self.changes and built.any() and float(np.nanmax(np.abs(self.values[:, built]))) > reach:
            area = sheet.area(self.reader.filling("new_area"))
            yield sheet.say(f"{area} goes beyond the scale.", f"{area}超出色标范围。")


def films(found: Result | Comparison, variable: str, lang: Lang, since: int | None = None) -> list[Film]:
    """Return the film of a variable of a result, or one for each variant of a comparison.

    `since` shows the change on that year. ScenarioError when there is no such variable, when it is not of zones, or
    when the year is not in the result.
    """
    results = found.results if isinstance(found, Comparison) else (found,)
    readers = [Reader(result) for result in results]
    base = readers[0]
    _check(base, variable, since, compared=len(readers) > 1 or isinstance(found, Comparison))
    if isinstance(found, Comparison):
        return [_difference(base, other, variable, lang) for other in readers[1:]]
    return [_levels(base, variable, lang, since)]


def _check(reader: Reader, variable: str, since: int | None, compared: bool) -> None:
    """Raise ScenarioError for what cannot be filmed."""
    known = reader.indicators
    zones = reader.region.ids
    if variable not in known:
        raise ScenarioError(
            "--variable", [told("no_variable_to_film", name=repr(variable), guess=nearest(variable, known))]
        )
    if not all(reader.has(variable, zone) for zone in zones):
        raise ScenarioError("--variable", [told("not_of_zones", name=variable)])
    if since is None:
        return
    if compared:
        raise ScenarioError("--relative-to", [told("base_is_the_measure")])
    years = [int(y) for y in reader.members(variable, zones[0]).years]
    if since not in years:
        raise ScenarioError("--relative-to", [told("no_year_to_film", year=since, first=years[0], last=years[-1])])


def _levels(reader: Reader, variable: str, lang: Lang, since: int | None) -> Film:
    """Return the film of levels, a km2 for what adds up, or of the change on a year."""
    region = reader.region
    tables = [reader.members(variable, zone) for zone in region.ids]
    shown = [area for area in (*places(region), reader.total) if reader.has(variable, area)]
    if since is not None:
        points = reader.unit(variable) == _POINTS
        change = [_since(table, since, points) for table in tables]
        words = (
            (f"change on {since}, percentage points", f"比{since}年变化，百分点")
            if points
            else (f"change on {since}, %", f"比{since}年变化，%")
        )
        figures = {area: _since(reader.members(variable, area), since, points) for area in shown}
        unit = Unit(1.0, say(words, lang))
        return _film(reader, lang, variable, change, unit.name, figures, unit, True, since=since)
    figures = {area: reader.members(variable, area) for area in shown}
    biggest = max(float(np.nanmax(np.abs(m.values))) for area, m in figures.items() if area != reader.total)
    unit = unit_of(reader, variable, lang, biggest)
    if reader.indicators[variable].combine is adds_up:
        dense = [Members(t.years, t.values / float(km2)) for t, km2 in zip(tables, region.area_km2, strict=True)]
        usual = float(np.nanmedian(np.abs([t.values for t in dense])))
        own = unit_for(reader.unit(variable), lang, usual)
        dense = [Members(t.years, t.values / own.divisor) for t in dense]
        name = say((f"{own.name} per km²", f"{own.name}/平方公里"), lang)
        return _film(reader, lang, variable, dense, name, figures, unit, False)
    own = unit_of(reader, variable, lang, max(float(np.nanmax(np.abs(t.values))) for t in tables))
    scaled = [Members(t.years, t.values / own.divisor) for t in tables]
    return _film(reader, lang, variable, scaled, own.name, figures, unit, False)


def _difference(base: Reader, other: Reader, variable: str, lang: Lang) -> Film:
    """Return the film of what a variant changes, in percent of the base, member by member."""
    points = base.unit(variable) == _POINTS

    def apart(area: str) -> Members:
        one, two = base.members(variable, area), other.members(variable, area)
        away = two.values - one.values
        return Members(one.years, away if points else 100.0 * away / np.abs(one.values))

    words = (
        ("difference, percentage points", "与基准之差，百分点")
        if points
        else ("difference, % of the base", "与基准之差，占基准的%")
    )
    unit = Unit(1.0, say(words, lang))
    shown = [area for area in (*places(base.region), base.total) if base.has(variable, area)]
    zones = [apart(zone) for zone in base.region.ids]
    figures = {area: apart(area) for area in shown}
    return _film(base, lang, variable, zones, unit.name, figures, unit, True, variant=other)


def _film(
    reader: Reader,
    lang: Lang,
    variable: str,
    zones: list[Members],
    unit: str,
    figures: dict[str, Members],
    figure_unit: Unit,
    changes: bool,
    since: int | None = None,
    variant: Reader | None = None,
) -> Film:
    values = np.stack([table.band.median for table in zones], axis=1)
    years = tuple(int(y) for y in zones[0].years)
    name = f"film-{variable}" + (f"-{variant.result.name}" if variant is not None else "")
    return Film(
        name, reader, lang, variable, years, values, unit, figures, figure_unit, changes, since=since, variant=variant
    )


def _since(table: Members, year: int, points: bool) -> Members:
    """Return the change on a year over all years, in percent of it or in points."""
    at = int(np.flatnonzero(table.years == year)[0])
    base = table.values[:, [at]]
    return Members(table.years, table.values - base if points else 100.0 * (table.values / base - 1.0))


def save(film: Film, folder: Path, kinds: tuple[str, ...], stem: str = "", *, quiet: bool = False) -> list[Path]:
    """Write a film in each of `kinds` and return the files; ScenarioError when one needs what is not installed."""
    check(kinds)
    folder.mkdir(parents=True, exist_ok=True)
    done = []
    with Progress(film.name, len(film.years), quiet=quiet) as progress:
        pictures = []
        for year in film.years:
            pictures.append(_picture(film.frame(year)))
            progress.step()
    for kind in kinds:
        path = folder / f"{stem or film.name}.{kind}"
        part = path.with_name(f".{path.name}.part.{kind}")
        try:
            {"gif": _gif, "mp4": _mp4}[kind](pictures, part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        done.append(path)
    return done


def check(kinds: tuple[str, ...]) -> None:
    """Raise ScenarioError when a kind of film needs a program that is not installed."""
    if "mp4" in kinds and shutil.which("ffmpeg") is None:
        raise ScenarioError("--format", [told("no_ffmpeg")])


def _picture(drawn: Figure) -> Image.Image:
    """Return a figure as a picture."""
    drawn.set_dpi(_DPI)
    drawn.canvas.draw()
    return Image.fromarray(np.asarray(drawn.canvas.buffer_rgba())[..., :3].copy())  # type: ignore[attr-defined]


def _even(drawn: Figure) -> Figure:
    """Make a figure an even number of pixels wide and high, as films must be."""
    drawn.set_size_inches(*(2.0 * np.round(size * _DPI / 2.0) / _DPI for size in drawn.get_size_inches()))
    return drawn


def _gif(pictures: list[Image.Image], path: Path) -> None:
    """Write a GIF that runs for ever, its colours those of first, middle and last frame together."""
    few = [pictures[k] for k in sorted({0, len(pictures) // 2, len(pictures) - 1})]
    wide, tall = few[0].size
    together = Image.new("RGB", (wide, tall * len(few)))
    for k, picture in enumerate(few):
        together.paste(picture, (0, k * tall))
    found = together.quantize(255, method=Image.Quantize.MEDIANCUT).getpalette()
    palette = np.vstack([np.full((1, 3), 255), np.array(found).reshape(-1, 3)])  # paper stays white
    frames = [_indexed(picture, palette) for picture in pictures]
    stands = [_STANDS] * (len(frames) - 1) + [_LAST_STANDS]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=stands, loop=0, optimize=False)


def _indexed(picture: Image.Image, palette: NDArray[np.int64]) -> Image.Image:
    """Return a picture in the nearest colours of a palette (n_colours, 3)."""
    pixels = np.asarray(picture).astype(np.int64)
    kinds, where = np.unique(pixels @ np.array([65536, 256, 1]), return_inverse=True)
    shades = np.stack([kinds >> 16, kinds >> 8 & 255, kinds & 255], axis=1)
    nearest_one = cdist(shades, palette, "sqeuclidean").argmin(axis=1).astype(np.uint8)
    made = Image.fromarray(nearest_one[where].reshape(pixels.shape[:2]), "P")
    made.putpalette(palette.ravel().tolist())
    return made


def _mp4(pictures: list[Image.Image], path: Path) -> None:
    """Write an MP4 with ffmpeg, every frame as long as in the GIF."""
    wide, tall = pictures[0].size
    canvas = Figure(figsize=(wide / _DPI, tall / _DPI), dpi=_DPI)
    shown = canvas.figimage(np.asarray(pictures[0]), resize=False)
    smooth = ["-r", "25", "-pix_fmt", "yuv420p", "-preset", "slow", "-crf", "20", "-fflags", "+bitexact"]
    writer = FFMpegWriter(fps=_RATE, codec="libx264", extra_args=smooth)
    stands = [_STANDS] * (len(pictures) - 1) + [_LAST_STANDS]
    with writer.saving(canvas, str(path), _DPI):
        for picture, stand in zip(pictures, stands, strict=True):
            shown.set_data(np.asarray(picture))
            for _ in range(stand * _RATE // 1000):
                writer.grab_frame()


def _round_up(value: float) -> float:
    """Return 1, 2 or 5 times a power of ten that is no smaller than a value; 1 for zero."""
    if not value > 0.0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value))
