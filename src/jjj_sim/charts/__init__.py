"""Charts of a result, a comparison and whatever else is found, in English and Chinese: the only importer of matplotlib.

Charts are drawn with the shipped font, in colours that all can tell apart, with units on every axis; the
article's and other published figures stand as marked points, their sources in the caption.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from jjj_sim.attributing import Attribution
from jjj_sim.calibrating import Calibration
from jjj_sim.charts import attribution as _attribution
from jjj_sim.charts import calibration as _calibration
from jjj_sim.charts import causes as _causes
from jjj_sim.charts import comparison as _comparison
from jjj_sim.charts import movers as _movers
from jjj_sim.charts import reach as _reach
from jjj_sim.charts import sensitivity as _sensitivity
from jjj_sim.charts import validation as _validation
from jjj_sim.charts import variance as _variance
from jjj_sim.charts import variants as _variants
from jjj_sim.charts import winners as _winners
from jjj_sim.charts.catalogue import CHARTS, Chart, of_variable
from jjj_sim.charts.lettering import FAMILY
from jjj_sim.charts.look import LOOKS, drawn_as, look_of
from jjj_sim.charts.numbers import language_of, write
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import DPI
from jjj_sim.charts.window import within
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.movers import Movers
from jjj_sim.comparing.variance import Variance
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.messages import say
from jjj_sim.reaching import Reach
from jjj_sim.running.result import Result
from jjj_sim.sensitivity import Sensitivity
from jjj_sim.validating import Validation
from jjj_sim.wording.words import Lang, language

__all__ = [
    "CHARTS",
    "LOOKS",
    "Chart",
    "Drawable",
    "MissingVariable",
    "chart",
    "draw",
    "figure",
    "language_drawn",
    "within",
]

Drawable = Result | Comparison | Calibration | Sensitivity | Variance | Reach | Validation | Attribution | Movers

_LOG = logging.getLogger(__name__)
_SAVING = threading.Lock()  # matplotlib reads the settings of a file's format from global state
_SETTINGS: Any = {"pdf.fonttype": 42, "text.hinting": "none"}
# Light compression: files a tenth larger, saved in half the time.
_KEYWORDS: dict[str, Any] = {"png": {"pil_kwargs": {"compress_level": 1}}}
# What a reader of an SVG takes that has not the shipped font.
_FAMILIES = f"'{FAMILY}', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif"
_METADATA = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}


def figure(result: Result, name: str, lang: str = "en", size: str = "screen") -> Figure:
    """Return one of CHARTS, or one panel per area of any other indicator; `size` is one of LOOKS.

    ScenarioError when there is neither; MissingVariable (a DataError) when the result lacks what it shows.
    """
    with drawn_as(look_of(size)):
        return _one(Reader(result), name, language(lang))


chart = figure


def _one(reader: Reader, name: str, lang: Lang) -> Figure:
    if name in CHARTS:
        return CHARTS[name].function(reader, lang)
    known = reader.indicators
    if name not in known:
        raise ScenarioError("charts", [_unknown(name, [*CHARTS, *known])])
    return of_variable(known[name]).function(reader, lang)


def _unknown(name: str, legal: Sequence[str]) -> str:
    return say("no_chart", name=repr(name), guess=nearest(name, legal))


def draw(
    found: Drawable,
    folder: Path | str,
    formats: Sequence[str] = ("png", "svg"),
    langs: Sequence[str] = ("en",),
    only: Sequence[str] = (),
    size: str = "screen",
    svg_text: bool = False,
) -> list[Path]:
    """Draw the charts of what was found into `folder`, of `only` these names, and return the pictures.

    A file is ``<chart>.<format>``; with several languages, or where the folder's charts are in another, it is
    ``<chart>.<lang>.<format>``. The numbers of each chart stand beside it in ``data/``. `size` is one of LOOKS;
    `svg_text` keeps letters of an SVG as text. A chart whose variables a result lacks is skipped and logged.
    ScenarioError, with nothing drawn, for a name that is no chart.
    """
    place, files = Path(folder), []
    told = language_drawn(place)
    for lang in langs:
        tail = f".{lang}" if len(langs) > 1 or told not in (None, lang) else ""
        with drawn_as(look_of(size)):
            for name, drawn in _drawn(found, language(lang), only):
                files += list(_save(drawn, place, name, f"{name}{tail}", formats, svg_text))
    return files


def language_drawn(folder: Path) -> Lang | None:
    """Return the language of the charts in a folder whose names say none: English where nothing tells, None of none."""
    found = (language_of(path) for path in sorted((folder / "data").glob("*.csv")) if "." not in path.stem)
    told = next((lang for lang in found if lang), None)
    if told is None and any("." not in path.stem for kind in _METADATA for path in folder.glob(f"*.{kind}")):
        return "en"
    return told


def _drawn(found: Drawable, lang: Lang, only: Sequence[str]) -> Iterator[tuple[str, Figure]]:
    """Yield the charts of what was found by name; ScenarioError for one of `only` that is none."""
    if isinstance(found, Result):
        reader = Reader(found)
        legal = [*CHARTS, *reader.indicators]
        wrong = [_unknown(name, legal) for name in only if name not in legal]
        if wrong:
            raise ScenarioError("--only", wrong)
        yield from _of_result(reader, lang, only or tuple(CHARTS))
        return
    if not only:
        yield from _of_others(found, lang)
        return
    drawn = dict(_of_others(found, lang))
    wrong = [_unknown(name, list(drawn)) for name in only if name not in drawn]
    if wrong:
        raise ScenarioError("--only", wrong)
    yield from ((name, drawn[name]) for name in only)


def _of_others(found: Drawable, lang: Lang) -> Iterator[tuple[str, Figure]]:
    match found:
        case Comparison():
            yield from _variants.figures(found, lang)
            yield from _comparison.figures(found, lang)
            yield from _winners.figures(found, lang)
            yield from _causes.figures(found, lang)
        case Calibration():
            yield from ((name, function(found, lang)) for name, function in _calibration.CHARTS.items())
        case Validation():
            yield from ((name, function(found, lang)) for name, function in _validation.CHARTS.items())
        case Sensitivity():
            yield from _sensitivity.figures(found, lang)
        case Variance():
            yield from _variance.figures(found, lang)
        case Attribution():
            yield from _attribution.figures(found, lang)
        case Movers():
            yield from _movers.figures(found, lang)
        case Reach():
            yield from _reach.figures(found, lang)


def _of_result(reader: Reader, lang: Lang, names: Sequence[str]) -> Iterator[tuple[str, Figure]]:
    for name in names:
        try:
            drawn = _one(reader, name, lang)
        except MissingVariable as missing:
            _LOG.info("chart %s skipped: %s", name, missing)
            continue
        yield name, drawn


def _save(
    drawn: Figure, folder: Path, name: str, stem: str, formats: Sequence[str], svg_text: bool = False
) -> Iterator[Path]:
    """Write a figure in each format and its numbers; the same figure gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = _SETTINGS | {"svg.fonttype": "none" if svg_text else "path", "svg.hashsalt": name}
    for kind in formats:
        path = folder / f"{stem}.{kind}"
        with _SAVING, mpl.rc_context(settings):
            drawn.savefig(path, format=kind, dpi=DPI, metadata=_METADATA.get(kind), **_KEYWORDS.get(kind, {}))
        if kind == "svg" and svg_text:
            path.write_text(path.read_text("utf-8").replace(f"'{FAMILY}'", _FAMILIES), encoding="utf-8")
        yield path
    write(drawn, folder / "data" / f"{stem}.csv")
