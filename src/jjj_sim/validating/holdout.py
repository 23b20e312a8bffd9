"""Hold-out: a twin calibrated as of a year, and what it then says of the years up to LAST_YEAR, beside naive forecasts.

    forecast   the draws of the posterior, each with what a model may miss at that lead (calibrating.miss)
    defaults   the twin that was not fitted
    anchored   the same times what was published over what was read in the last year known (plus, for rates)
    scaled     |error| over the mean yearly change of the series up to the origin: its mean is the MASE

A figure counts where nothing of its year entered: neither as a target nor, since tables are cut, as data. Levers go on
as they went: a forecast given policy. Levels are judged in logs. 2025 is not looked at.

INTERVALS names what intervals were made of, one source of error after another: the same sd at every lead and normal
errors; sds that grow with the lead; Student's t where series are few; outside paths drawn too. The last one stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.calibrating import Calibration
from jjj_sim.calibrating.figures import block, spread_of
from jjj_sim.calibrating.miss import Miss, miss
from jjj_sim.judging.targets import Target
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region import Region
from jjj_sim.validating import gravity, shift_share
from jjj_sim.validating.forecast import Forecast, certain
from jjj_sim.validating.naive import LEAST, WALK, naive

F64 = NDArray[np.float64]

MODEL, ANCHORED, UNFITTED = "model", "model, anchored", "model, defaults"
NAIVE = (*LEAST, shift_share.NAME, gravity.NAME)
BEFORE, LEAD, FEW, OUTSIDE = "as before", "lead", "lead, few series", "lead, few series, outside"
INTERVALS = (BEFORE, LEAD, FEW, OUTSIDE)
OUTSIDE_NAMES = "assumptions."
_HALF, _NINETY = 0.5, 0.9


@dataclass(frozen=True)
class Read:
    """What was read of every figure of `found.known`: by draws (n_members, n_figures) as they are, with the outside
    world at its defaults where any of it was drawn, and by the twin at its defaults (n_figures,)."""

    draws: F64
    fixed: F64 | None
    default: F64


@dataclass(frozen=True)
class Series:
    """One published series at an origin: the years ahead, what was published, in logs where `relative`.

    `sd` (n_years,) are the discrepancies of its figures with measurement errors, `past` what was known.
    """

    region: Region
    variable: str
    area: str
    origin: int
    years: list[int]
    relative: bool
    truth: F64
    sd: F64
    past: Mapping[int, float]

    @property
    def unit(self) -> float:
        """Mean yearly change up to the origin, nan with one year."""
        known = sorted(self.past)
        change = np.abs(np.diff(scaled(np.array([self.past[y] for y in known]), self.relative)) / np.diff(known))
        return float(change.mean()) if len(change) else np.nan


def forecasts(found: Calibration, origin: int, read: Read) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row per figure after the origin and forecaster, and the same of the model by kind of intervals."""
    groups: dict[tuple[str, str], list[Target]] = {}
    for target in found.known:
        if not target.article and _judged(target):
            groups.setdefault((target.variable, target.area), []).append(target)
    place = {t.id: i for i, t in enumerate(found.known)}
    misses, inflation = miss(found), found.manifest["inflation"]
    rows: list[dict[str, Any]] = []
    kinds: list[dict[str, Any]] = []
    for (variable, _), targets in groups.items():
        ahead = [t for t in targets if (t.year or 0) > origin and np.isfinite(read.draws[:, place[t.id]]).all()]
        past = {int(t.year or 0): float(t.value or 0.0) for t in targets if (t.year or 0) <= origin}
        if not ahead or origin not in past:
            continue
        series = _series(found.region, origin, ahead, past)
        columns = [place[t.id] for t in ahead]
        base = next((place[t.id] for t in targets if t.year == origin), None)
        if origin == FIRST_YEAR or base is None or not np.isfinite(read.draws[:, base]).all():
            base = None
        told: dict[str, Forecast] = {}
        for kind in INTERVALS:
            made = _model(series, misses, inflation.get(block(variable), 1.0), read, columns, base, kind)
            for name, forecast in made.items():
                kinds += [row | {"intervals": kind} for row in _scored(series, name, forecast)]
            told = made or told
        for name, forecast in (told | rivals(series)).items():
            rows += _scored(series, name, forecast)
    return pd.DataFrame(rows), pd.DataFrame(kinds)


def _series(region: Region, origin: int, ahead: Sequence[Target], past: Mapping[int, float]) -> Series:
    first = ahead[0]
    relative = bool(first.discrepancy and first.discrepancy.relative)
    truth = scaled(np.array([t.value for t in ahead], dtype=float), relative)
    sd = np.array([spread_of(t) / (abs(t.value or 1.0) if relative else 1.0) for t in ahead])
    years = [int(t.year or 0) for t in ahead]
    return Series(region, first.variable, first.area, origin, years, relative, truth, sd, past)


def _model(
    series: Series, misses: Miss, inflation: float, read: Read, columns: list[int], base: int | None, kind: str
) -> dict[str, Forecast]:
    """Return the model's forecasts with a kind of intervals, as it is, anchored and at its defaults.

    None where the kind is of outside paths and these were not drawn.
    """
    if kind == OUTSIDE and read.fixed is None:
        return {}
    draws = read.draws if kind == OUTSIDE or read.fixed is None else read.fixed
    found: dict[str, Forecast] = {}
    for name, source in ((MODEL, draws), (ANCHORED, draws), (UNFITTED, read.default[None])):
        points, anchored = scaled(source[:, columns], series.relative), None
        if name == ANCHORED:
            if base is None:
                continue
            anchored = series.origin
            known = float(scaled(np.array(series.past[series.origin]), series.relative))
            points = points + (known - scaled(source[:, base], series.relative))[:, None]
        factor, df = misses.factor(series.variable, series.years, anchored)
        if kind == BEFORE:
            factor = np.full(len(series.years), inflation)
        found[name] = Forecast(points, series.sd * factor, np.inf if kind in (BEFORE, LEAD) else df)
    return found


def rivals(series: Series) -> dict[str, Forecast]:
    """Return what rivals forecast of a series, those that can."""
    found = naive(series.past, series.years, series.relative, float(series.sd.min()))
    region, variable, area, origin, years = series.region, series.variable, series.area, series.origin, series.years
    others = {
        shift_share.NAME: shift_share.shift_share(region, variable, area, origin, years),
        gravity.NAME: gravity.gravity(region, variable, area, origin, years),
        shift_share.KNOWING: shift_share.shift_share(region, variable, area, origin, years, knowing=True),
    }
    for name, middle in others.items():
        if middle is not None:
            level = np.log(middle) + np.log(series.past[origin]) if series.relative else middle
            found[name] = certain(level, found[WALK].sd)
    return found


def _judged(target: Target) -> bool:
    """Return whether a figure judges: of one year, with a discrepancy, neither input nor of low confidence."""
    roles = target.role in ("calibrate", "validate") and target.confidence != "low"
    return roles and target.year is not None and target.discrepancy is not None and target.value is not None


def _scored(series: Series, name: str, forecast: Forecast) -> Iterator[dict[str, Any]]:
    """Yield the rows of one forecaster of a series."""
    middle, truth = forecast.middle, series.truth
    pit, score, (low, high) = forecast.pit(truth), forecast.crps(truth), forecast.interval(_NINETY)
    for i, year in enumerate(series.years):
        yield {
            "origin": series.origin,
            "variable": series.variable,
            "area": series.area,
            "year": year,
            "horizon": year - series.origin,
            "forecaster": name,
            "published": truth[i],
            "middle": middle[i],
            "low": low[i],
            "high": high[i],
            "logs": series.relative,
            "error": middle[i] - truth[i],
            "scaled": abs(middle[i] - truth[i]) / series.unit,
            "crps": score[i],
            "sd": series.sd[i],
            "pit": pit[i],
            "inside_50": bool(abs(pit[i] - 0.5) <= _HALF / 2),
            "inside_90": bool(abs(pit[i] - 0.5) <= _NINETY / 2),
        }


def scaled(x: Any, relative: bool) -> F64:
    """Return a level in logs, a rate or a share as it is."""
    return np.asarray(np.log(x) if relative else x, dtype=float)
