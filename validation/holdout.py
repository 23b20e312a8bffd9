"""Hold-out: the twin calibrated as of a year, and what it then says of the years up to 2024, beside naive forecasts.

    forecast   median over draws; with it what a right model may miss, N(0, sd x inflation of the block)
    defaults   the twin that was not fitted
    anchored   the same times what was published over what was read in the last year known (plus, for rates)
    MASE       |error| over the mean yearly change of the series up to the origin
    CRPS       of draws with their errors, of a rival that of its normal; in sds of the figure
    skill      1 - mean |error| of the model over that of the rival, in a series; the median over series

A figure counts where nothing of its year entered: neither as a target nor, since tables are cut, as data. Levers go on
as they went: a forecast given policy. Levels are judged in logs. 2025 is not looked at.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from jjj_sim.calibrating import Calibration, Effort, calibration
from jjj_sim.calibrating.figures import block, spread_of
from jjj_sim.calibrating.twin import twin
from jjj_sim.calibrating.workspace import REQUEST
from jjj_sim.judging.targets import Target
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.sources import code_sha256
from rivals import KNOWING, NAIVE, Forecast, naive, shift_share

F64 = NDArray[np.float64]

ORIGINS = (2016, 2018, 2020, 2022)
EFFORT = Effort(fit=5, again=2, start=1, starts=0, candidates=64, rounds=1, wave=0, propagated=True)
DRAWS = 64
CHOSEN, BEST = "the naive chosen in advance", "the best of naive, afterwards"
ANCHORED = "model, anchored"
UNFITTED = "model, defaults"
_CLOUD = 1280  # points of the errors around a forecast


def calibrated(place: Path, asked: calibration.Request, workers: int | None) -> Calibration:
    """Return the calibration in `place`, made or gone on with where these sources have not made it as asked."""
    workspace = place.with_name(place.name + ".unfinished")
    wanted = {"code": code_sha256(), "effort": dataclasses.asdict(asked.effort), "as_of": asked.as_of}

    def as_wanted(file: Path, code: str) -> bool:
        made = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        return {**made, "code": made.get(code)} | wanted == {**made, "code": made.get(code)}

    if as_wanted(place / "manifest.json", "code_sha256"):
        return calibration.load(place)
    if as_wanted(workspace / REQUEST, "code"):
        found = calibration.resume(workspace, workers=workers, quiet=False)
    else:
        found = calibration.calibrate("baseline", asked, workers=workers, workspace=workspace, quiet=False)
    found.save(place)
    shutil.rmtree(workspace, ignore_errors=True)
    return found


def forecasts(found: Calibration, origin: int, default: F64) -> pd.DataFrame:
    """Return one row per figure after the origin and forecaster: error, CRPS, and whether its intervals hold it.

    `default` (n_figures,) is what the twin reads at its default parameters, in tables as known at the origin.
    """
    groups: dict[tuple[str, str], list[Target]] = {}
    for target in found.known:
        if not target.article and _judged(target):
            groups.setdefault((target.variable, target.area), []).append(target)
    read = {str(key): part["value"].to_numpy() for key, part in found.readings.groupby("id", observed=True)}
    usual = {t.id: x for t, x in zip(found.known, default, strict=True)}
    inflation = found.manifest["inflation"]
    rows: list[dict[str, Any]] = []
    for (variable, area), targets in groups.items():
        rows += _series((variable, area), targets, read, usual, origin, inflation.get(block(variable), 1.0))
    return pd.DataFrame(rows)


def _judged(target: Target) -> bool:
    """Return whether a figure judges: of one year, with a discrepancy, neither input nor of low confidence."""
    roles = target.role in ("calibrate", "validate") and target.confidence != "low"
    return roles and target.year is not None and target.discrepancy is not None and target.value is not None


def _series(
    key: tuple[str, str],
    targets: Sequence[Target],
    read: dict[str, F64],
    usual: dict[str, float],
    origin: int,
    inflation: float,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of one series."""
    relative = bool(targets[0].discrepancy and targets[0].discrepancy.relative)
    value = {int(t.year or 0): float(t.value or 0.0) for t in targets}
    past = {y: x for y, x in value.items() if y <= origin}
    ahead = [t for t in targets if (t.year or 0) > origin and t.id in read]
    if not ahead or not past or max(past) < origin:
        return
    years = [int(t.year or 0) for t in ahead]
    truth = _scaled(np.array([value[y] for y in years]), relative)
    sd = np.array([spread_of(t) / (abs(value[int(t.year or 0)]) if relative else 1.0) for t in ahead])
    draws = np.stack([_scaled(read[t.id], relative) for t in ahead], axis=1)
    told: dict[str, F64 | Forecast] = {"model": draws}
    told[UNFITTED] = _scaled(np.array([[usual[t.id] for t in ahead]]), relative)
    last = next((t for t in targets if t.year == origin and t.id in read), None)
    if last is not None and origin > FIRST_YEAR:
        told[ANCHORED] = draws + (_scaled(past[origin], relative) - _scaled(read[last.id], relative))[:, None]
    told |= naive(past, years, relative, float(sd.min()))
    for name, knowing in (("shift-share", False), (KNOWING, True)):
        middle = shift_share(*key, origin, years, knowing)
        if middle is not None:
            level = np.log(middle) + np.log(past[origin]) if relative else middle
            walk = told["random walk"]
            assert isinstance(walk, Forecast)
            told[name] = Forecast(level, walk.sd)
    change = np.abs(np.diff(_scaled(np.array([past[y] for y in sorted(past)]), relative)))
    unit = float(change.mean()) if len(change) else np.nan
    for name, forecast in told.items():
        yield from _scored(name, forecast, truth, sd * inflation, years, origin, unit, key)


def _scored(
    name: str,
    forecast: F64 | Forecast,
    truth: F64,
    sd: F64,
    years: list[int],
    origin: int,
    unit: float,
    key: tuple[str, str],
) -> Iterator[dict[str, Any]]:
    """Yield the rows of one forecaster of a series."""
    if isinstance(forecast, Forecast):
        middle, spread = forecast
        score = _crps_normal(truth, middle, spread)
        held = {p: np.abs(truth - middle) <= z * spread for p, z in ((50, 0.6745), (90, 1.6449))}
    else:
        luck = np.random.default_rng(origin)
        cloud = np.repeat(forecast, -(-_CLOUD // len(forecast)), axis=0)
        cloud = cloud + luck.normal(size=cloud.shape) * sd
        middle = np.median(forecast, axis=0)
        score = _crps_cloud(truth, cloud)
        edges = {p: np.quantile(cloud, [0.5 - p / 200, 0.5 + p / 200], axis=0) for p in (50, 90)}
        held = {p: (truth >= low) & (truth <= high) for p, (low, high) in edges.items()}
    for i, year in enumerate(years):
        yield {
            "origin": origin,
            "variable": key[0],
            "area": key[1],
            "year": year,
            "horizon": year - origin,
            "forecaster": name,
            "error": middle[i] - truth[i],
            "scaled": abs(middle[i] - truth[i]) / unit,
            "crps": score[i],
            "sd": sd[i],
            "inside_50": bool(held[50][i]),
            "inside_90": bool(held[90][i]),
        }


def _scaled(x: Any, relative: bool) -> F64:
    """Return a level in logs, a rate as it is."""
    return np.asarray(np.log(x) if relative else x, dtype=float)


def _crps_normal(truth: F64, middle: F64, sd: F64) -> F64:
    """Return the CRPS of normals (Gneiting, Raftery 2007, recalled)."""
    z = (truth - middle) / sd
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(sd * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def _crps_cloud(truth: F64, cloud: F64) -> F64:
    """Return the CRPS of samples (n, n_years): mean |x - y| less half the mean |x - x'|."""
    ordered, n = np.sort(cloud, axis=0), len(cloud)
    rank = 2 * np.arange(1, n + 1) - n - 1
    return np.asarray(np.abs(cloud - truth).mean(axis=0) - (rank @ ordered) / n**2)


def by_series(rows: pd.DataFrame) -> pd.DataFrame:
    """Return mean absolute errors (logs, or points) by origin and series, a column per forecaster."""
    kept = rows.assign(absolute=rows["error"].abs())
    found = kept.pivot_table("absolute", ["origin", "variable", "area"], "forecaster", aggfunc="mean")
    naive_ones = [name for name in NAIVE if name in found]
    return found.assign(**{CHOSEN: chosen(rows), BEST: found[naive_ones].min(axis=1)})


def chosen(rows: pd.DataFrame) -> pd.Series[float]:
    """Return the error, by origin and series, of the naive forecast that was best of its variable on earlier data.

    Chosen at an origin from the forecasts of earlier origins, as far as they could be judged then; at the first the
    random walk. Where the chosen one was not made, the random walk stands.
    """
    found: dict[tuple[int, str, str], float] = {}
    kept = rows[rows["forecaster"].isin(NAIVE)].assign(absolute=rows["error"].abs())
    for (origin, variable, area), part in kept.groupby(["origin", "variable", "area"]):
        seen = kept[(kept["origin"] < origin) & (kept["year"] <= origin) & (kept["variable"] == variable)]
        best = "random walk" if seen.empty else str(seen.groupby("forecaster")["absolute"].mean().idxmin())
        errors = part.groupby("forecaster")["absolute"].mean()
        found[origin, variable, area] = float(errors.get(best, errors["random walk"]))
    return pd.Series(found)


def wins(rows: pd.DataFrame, who: str = "model", by: str = "origin") -> pd.DataFrame:
    """Return for each value of `by` and rival: series both forecast, in how many the model is nearer, median skill."""
    table, found = by_series(rows), []
    for value, part in table.groupby(by, sort=False):
        for rival in (*NAIVE, CHOSEN, BEST, KNOWING, UNFITTED):
            both = part[[who, rival]].dropna() if rival in part else part.iloc[:0]
            if len(both):
                skill = 1.0 - both[who] / both[rival].clip(lower=1e-9)
                row = {by: value, "rival": rival, "series": len(both), "won": int((skill > 0).sum())}
                found.append({**row, "skill": float(skill.median())})
    return pd.DataFrame(found)


def scores(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return for each value of `by` and forecaster: figures, MASE, CRPS in sds, and coverage of 50 and 90 %."""
    grouped = rows.assign(crps=rows["crps"] / rows["sd"]).groupby([by, "forecaster"], sort=False)
    return grouped.agg(
        figures=("error", "size"),
        mase=("scaled", "median"),
        crps=("crps", "median"),
        inside_50=("inside_50", "mean"),
        inside_90=("inside_90", "mean"),
    ).reset_index()


def lived(folder: Path, origins: Sequence[int] = ORIGINS, workers: int | None = None) -> pd.DataFrame:
    """Return the forecasts of all origins; calibrations are kept in `folder`."""
    parts = []
    for origin in origins:
        asked = calibration.Request(as_of=origin, members=DRAWS, effort=EFFORT)
        found = calibrated(folder / str(origin), asked, workers)
        parts.append(forecasts(found, origin, twin("baseline", as_of=origin).read({})))
    return pd.concat(parts, ignore_index=True)
