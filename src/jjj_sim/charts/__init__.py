"""Charts of a result or a comparison, in English and Chinese: the only importer of matplotlib.

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

from jjj_sim.calibrating import Calibration
from jjj_sim.charts import calibration as _calibration
from jjj_sim.charts import comparison as _comparison
from jjj_sim.charts import validation as _validation
from jjj_sim.charts import variance as _variance
from jjj_sim.charts.catalogue import CHARTS, Chart, of_variable
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import DPI
from jjj_sim.charts.words import language
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.variance import Variance
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.indicators import indicators
from jjj_sim.running.result import Result
from jjj_sim.validating import Validation

__all__ = [
    "CHARTS",
    "Chart",
    "MissingVariable",
    "calibration_charts",
    "chart",
    "compare_charts",
    "draw",
    "figure",
    "validation_charts",
]

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
    result: Result | Comparison | Calibration | Validation | Variance,
    folder: Path | str,
    formats: Sequence[str] = ("png", "svg"),
    langs: Sequence[str] = ("en",),
) -> list[Path]:
    """Draw every chart into `folder` and return the files.

    With one language a file is ``<chart>.<format>``, with several ``<chart>.<lang>.<format>``. A chart whose
    variables the result lacks is skipped and logged.
    """
    if isinstance(result, Comparison):
        return compare_charts(result, folder, formats, langs)
    if isinstance(result, Calibration):
        return calibration_charts(result, folder, formats, langs)
    if isinstance(result, Validation):
        return validation_charts(result, folder, formats, langs)
    if isinstance(result, Variance):
        return variance_charts(result, folder, formats, langs)
    reader, files = Reader(result), []
    for lang in langs:
        for one in CHARTS.values():
            try:
                drawn = one.function(reader, language(lang))
            except MissingVariable as missing:
                _LOG.info("chart %s skipped: %s", one.name, missing)
                continue
            files += list(_save(drawn, Path(folder), one.name, formats, lang, langs))
    return files


def compare_charts(
    found: Comparison,
    folder: Path | str,
    formats: Sequence[str] = ("png", "svg"),
    langs: Sequence[str] = ("en",),
) -> list[Path]:
    """Draw for each variant its differences over time and its verdicts, and return the files."""
    files: list[Path] = []
    for lang in langs:
        for variant in found.variants:
            for kind, function in (("differences", _comparison.differences), ("verdicts", _comparison.verdicts)):
                drawn = function(found, variant, language(lang))
                files += list(_save(drawn, Path(folder), f"{kind}-{variant.name}", formats, lang, langs))
    return files


def calibration_charts(
    found: Calibration,
    folder: Path | str,
    formats: Sequence[str] = ("png", "svg"),
    langs: Sequence[str] = ("en",),
) -> list[Path]:
    """Draw the loss by block, the parameters and the fit of series of a calibration, and return the files."""
    files: list[Path] = []
    for lang in langs:
        for name, function in _calibration.CHARTS.items():
            files += list(_save(function(found, language(lang)), Path(folder), name, formats, lang, langs))
    return files


def validation_charts(
    found: Validation,
    folder: Path | str,
    formats: Sequence[str] = ("png", "svg"),
    langs: Sequence[str] = ("en",),
) -> list[Path]:
    """Draw coverage, skill and reliability of a validation, and return the files."""
    files: list[Path] = []
    for lang in langs:
        for name, function in _validation.CHARTS.items():
            files += list(_save(function(found, language(lang)), Path(folder), name, formats, lang, langs))
    return files


def variance_charts(
    found: Variance,
    folder: Path | str,
    formats: Sequence[str] = ("png", "svg"),
    langs: Sequence[str] = ("en",),
) -> list[Path]:
    """Draw the shares of each outcome over time, and return the files."""
    files: list[Path] = []
    for lang in langs:
        for outcome in dict.fromkeys(found.table["outcome"]):
            name = f"variance-{outcome.replace(' less ', '--')}"
            files += list(
                _save(_variance.shares(found, outcome, language(lang)), Path(folder), name, formats, lang, langs)
            )
    return files


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
