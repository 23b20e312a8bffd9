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
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import DPI
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.movers import Movers
from jjj_sim.comparing.variance import Variance
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.indicators import indicators
from jjj_sim.reaching import Reach
from jjj_sim.running.result import Result
from jjj_sim.sensitivity import Sensitivity
from jjj_sim.validating import Validation
from jjj_sim.wording.words import Lang, language

__all__ = ["CHARTS", "Chart", "Drawable", "MissingVariable", "chart", "draw", "figure"]

Drawable = Result | Comparison | Calibration | Sensitivity | Variance | Reach | Validation | Attribution | Movers

_LOG = logging.getLogger(__name__)
_SAVING = threading.Lock()  # matplotlib reads the settings of a file's format from global state
_SETTINGS: Any = {"svg.fonttype": "path", "pdf.fonttype": 42, "text.hinting": "none"}
# Light compression: files a tenth larger, saved in half the time.
_KEYWORDS: dict[str, Any] = {"png": {"pil_kwargs": {"compress_level": 1}}}
_METADATA = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}


def figure(result: Result, name: str, lang: str = "en") -> Figure:
    """Return one of CHARTS, or one panel per area of any other indicator.

    ScenarioError when there is neither; MissingVariable (a DataError) when the result lacks what it shows.
    """
    if name in CHARTS:
        return CHARTS[name].function(Reader(result), language(lang))
    known = indicators(result.region)
    if name in known:
        return of_variable(known[name]).function(Reader(result), language(lang))
    legal = [*CHARTS, *known]
    raise ScenarioError("charts", [f"there is no chart {name!r}.{nearest(name, legal)}"])


chart = figure


def draw(
    found: Drawable,
    folder: Path | str,
    formats: Sequence[str] = ("png", "svg"),
    langs: Sequence[str] = ("en",),
) -> list[Path]:
    """Draw every chart of what was found into `folder` and return the files.

    With one language a file is ``<chart>.<format>``, with several ``<chart>.<lang>.<format>``. A chart whose
    variables a result lacks is skipped and logged.
    """
    files: list[Path] = []
    for lang in langs:
        for name, drawn in _drawn(found, language(lang)):
            files += list(_save(drawn, Path(folder), name, formats, lang, langs))
    return files


def _drawn(found: Drawable, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield the charts of what was found by name."""
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
        case Result():
            yield from _of_result(Reader(found), lang)


def _of_result(reader: Reader, lang: Lang) -> Iterator[tuple[str, Figure]]:
    for one in CHARTS.values():
        try:
            drawn = one.function(reader, lang)
        except MissingVariable as missing:
            _LOG.info("chart %s skipped: %s", one.name, missing)
            continue
        yield one.name, drawn


def _save(
    drawn: Figure, folder: Path, name: str, formats: Sequence[str], lang: str, langs: Sequence[str]
) -> Iterator[Path]:
    """Write a figure in each format; the same figure gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = name if len(langs) == 1 else f"{name}.{lang}"
    for kind in formats:
        path = folder / f"{stem}.{kind}"
        with _SAVING, mpl.rc_context({**_SETTINGS, "svg.hashsalt": name}):
            drawn.savefig(path, format=kind, dpi=DPI, metadata=_METADATA.get(kind), **_KEYWORDS.get(kind, {}))
        yield path
