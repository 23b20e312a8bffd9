"""A result as the tables and arrays that people compute with: tidy, wide, labelled; and as what a notebook shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.headline import headline
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.exporting import files, workbook
from jjj_sim.exporting.levels import unit_of
from jjj_sim.indicators.areas import areas as every_area
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.summary import lines
from jjj_sim.messages import noun, say
from jjj_sim.region.names import names
from jjj_sim.reporting.subject import Subject
from jjj_sim.running.result import Result
from jjj_sim.wording.figures import with_unit
from jjj_sim.wording.words import area_name, label, language

if TYPE_CHECKING:
    import xarray

Found = Result | Comparison
_SHOWN = ("population", "gdp_nominal", "gdp_share_tertiary", "pm25")


def to_excel(found: Found, path: Path | str, lang: str = "en") -> Path:
    """Write the workbook of a result or a comparison and return its path."""
    return workbook.write(_subject(found), Path(path), language(lang))


def to_csv(found: Found, folder: Path | str, lang: str = "en") -> Path:
    """Write the tables of a result or a comparison as CSV for spreadsheets and return the folder."""
    return files.write(_subject(found), Path(folder), language(lang))


def tidy(
    result: Result,
    variables: str | Sequence[str] = (),
    areas: str | Sequence[str] = (),
    years: int | Iterable[int] = (),
    wide: bool = False,
    lang: str | None = None,
) -> pd.DataFrame:
    """Return medians and 90 % intervals over members: a row per variable, area and year, in base units.

    Everything reported where none are named, zones apart. `wide` has a row per variable and area, medians by year.
    With a `lang` names and units are those of readers. ScenarioError for a name that is none.
    """
    readings, region = Readings.of(result), result.region
    known = [area.name for area in every_area(region)]
    chosen = _legal(variables, readings.indicators, "variable") or [*readings.indicators]
    where = _legal(areas, known, "area") or [a.name for a in every_area(region) if a.kind != "zone"]
    wanted = {years} if isinstance(years, int) else set(years)
    rows: list[dict[str, Any]] = []
    for variable in chosen:
        for area in where:
            found = readings.table(variable, area)
            if found is None:
                continue
            band = found.band
            unit, divisor = readings.indicators[variable].unit, 1.0
            names_ = {"variable": variable, "area": area}
            if lang is not None:
                spoken = language(lang)
                shown = unit_of(readings, variable, float(abs(band.median).max()), spoken)
                unit, divisor = shown.name, shown.divisor
                names_ = {"variable": label(region, variable, spoken), "area": area_name(region, area, spoken)}
            for year, low, middle, high in zip(band.years, band.low, band.median, band.high, strict=True):
                if not wanted or int(year) in wanted:
                    values = {"median": middle / divisor, "low": low / divisor, "high": high / divisor}
                    rows.append({**names_, "unit": unit, "year": int(year), **values})
    long = pd.DataFrame(rows, columns=["variable", "area", "unit", "year", "median", "low", "high"])
    if not wide:
        return long
    return long.pivot(index=["variable", "area", "unit"], columns="year", values="median")


def to_xarray(result: Result) -> xarray.Dataset:
    """Return a dataset of every variable by member, area and year, with label and unit; needs the extra `arrays`."""
    if find_spec("xarray") is None:
        raise ScenarioError("to_xarray", [say("no_xarray")])
    import xarray

    readings = Readings.of(result)
    places = list(dict.fromkeys(area.name for area in every_area(result.region)))
    members, years = (np.unique(result.annual[key].to_numpy(dtype=np.int64)) for key in ("member", "period"))
    coords = {"area": np.array(places, dtype=object), "member": members, "year": years}
    arrays: dict[str, xarray.DataArray] = {}
    for name, one in readings.indicators.items():
        values = np.full((len(places), len(members), len(years)), np.nan)
        for n, place in enumerate(places):
            found = readings.table(name, place)
            if found is not None:
                values[n][:, np.isin(years, found.years)] = found.values
        if np.isfinite(values).any():
            told = {"long_name": one.en, "long_name_zh": one.zh, "units": one.unit, "kind": one.kind}
            arrays[name] = xarray.DataArray(values, coords, tuple(coords), attrs=told)
    about = {key: str(result.manifest[key]) for key in ("scenario", "title", "version", "seed")}
    return xarray.Dataset(arrays, attrs=about)


def html(found: Found) -> str:
    """Return what a notebook shows of a result or a comparison, as HTML."""
    return _comparison(found) if isinstance(found, Comparison) else _result(found)


def _result(result: Result) -> str:
    readings, called = Readings.of(result), names(result.region)
    last = int(result.annual["period"].max())
    rows = []
    for line in lines(result.region):
        for area in line.areas if line.variable in _SHOWN else ():
            found = readings.year(line.variable, area, last)
            if found is not None:
                unit = readings.indicators[line.variable].unit
                middle = with_unit(float(pd.Series(found).median()), unit, "en")
                rows.append((readings.indicators[line.variable].en, called[area].full[0], middle))
    members = int(result.manifest["members"])
    title = f"{result.manifest.get('title') or result.name}: {last}, {members} member{'s' * (members != 1)}"
    return _html(title, ("indicator", "area", "median"), rows)


def _comparison(found: Comparison) -> str:
    rows = []
    called = names(found.base.region)
    for row in headline(found).to_dict("records"):
        unit = "percentage points" if row["unit"] == "percent" else str(row["unit"])
        told = (with_unit(float(row[k]), unit, "en") for k in ("median", "low", "high"))
        what = Readings.of(found.base).indicators[str(row["variable"])].en
        rows.append((str(row["variant"]), what, called[str(row["area"])].full[0], *told, str(row["verdict"])))
    heads = ("variant", "indicator", "area", "difference", "5 %", "95 %", "verdict")
    return _html(f"{found.name}, {found.manifest['members']} members", heads, rows)


def _html(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _subject(found: Found) -> Subject:
    return Subject(found.base, found) if isinstance(found, Comparison) else Subject(found)


def _legal(given: str | Sequence[str], legal: Iterable[str], kind: str) -> list[str]:
    """Return the names given; ScenarioError for one that is not legal."""
    wanted, every = [given] if isinstance(given, str) else list(given), list(legal)
    strange = [name for name in wanted if name not in every]
    if strange:
        problems = [say("no_such", where=s, noun=noun(kind), hint=nearest(s, every)) for s in strange]
        raise ScenarioError("tidy", problems)
    return wanted
