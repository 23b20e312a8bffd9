"""The published tables: read once, converted once, every number with its source and confidence.

Base units: persons, billion yuan, yuan, percent, permille, km, m2, ug/m3. The region tables' `hebei` is the
official province with Xiong'an and is loaded as `hebei_official`. Several rows for one figure: the higher
confidence wins, then the later row; `alternatives` lists the others. A missing number is a DataError.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources

import pandas as pd

from jjj_sim.errors import DataError

_FACTORS = {
    "100m_yuan": 0.1,
    "100m CNY": 0.1,
    "trillion CNY": 1000.0,
    "10k_persons": 1e4,
    "10k persons": 1e4,
    "10k_units": 1e4,
    "10k_m2": 1e4,
    "10k_yuan_per_person": 1e4,
    "share": 1.0,
}
_CONFIDENCE = {"high": 3, "medium": 2, "low": 1}
_AREA_COLUMN = {
    "region_series": "region",
    "zone_series": "zone",
    "zone_series_2": "zone",
    "sector_base": "region",
    "relief_events": "to",
    "migration": "destination",
}
_AREAS = {"hebei": "hebei_official", "tianjin_binhai": "tj_binhai", "beijing_subcentre": "bj_subcentre"}


@dataclass(frozen=True)
class Figure:
    """One published number in base units. `unit` is the unit of the table it came from."""

    table: str
    variable: str
    area: str
    year: int
    value: float
    unit: str
    source: str
    confidence: str
    note: str


@functools.cache
def frame(name: str) -> pd.DataFrame:
    """Return a table as published, one row a figure; DataError when there is no such table."""
    path = resources.files("jjj_sim.evidence").joinpath(f"tables/{name}.csv")
    if not path.is_file():
        raise DataError(f"there is no table of evidence named {name}")
    with path.open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype={"year": str, "note": str}, keep_default_na=False, na_values=[""])


def in_base_unit(value: float, unit: str) -> float:
    """Return `value` in the base unit of its kind; units not listed are base units already."""
    return float(value) * _FACTORS.get(unit, 1.0)


def area_name(published: str) -> str:
    """Return our name of an area as a table calls it."""
    return _AREAS.get(published, published)


@functools.cache
def _index(table: str) -> dict[tuple[str, str], dict[int, list[Figure]]]:
    """Return figures by (variable, area) and year, the best of each year first."""
    column = _AREA_COLUMN.get(table)
    found: dict[tuple[str, str], dict[int, list[Figure]]] = {}
    for row in frame(table).to_dict("records"):
        year = str(row["year"])
        if not year.isdigit() or pd.isna(row["value"]):
            continue
        variable = str(row.get("variable", row.get("measure", "")))
        area = area_name(str(row[column])) if column else "nation"
        note, source = ("" if pd.isna(row[c]) else str(row[c]) for c in ("note", "source"))
        figure = Figure(
            table=table,
            variable=variable,
            area=area,
            year=int(year),
            value=in_base_unit(float(row["value"]), str(row["unit"])),
            unit=str(row["unit"]),
            source=source,
            confidence=str(row["confidence"]),
            note=note,
        )
        found.setdefault((variable, area), {}).setdefault(figure.year, []).append(figure)
    for years in found.values():
        for figures in years.values():
            figures.reverse()
            figures.sort(key=lambda f: -_CONFIDENCE.get(f.confidence, 0))
    return found


def figures(table: str, variable: str, area: str) -> dict[int, Figure]:
    """Return the figures of a series by year; DataError when there are none."""
    years = _index(table).get((variable, area))
    if not years:
        raise DataError(f"evidence table {table} has no {variable} of {area}")
    return {year: years[year][0] for year in sorted(years)}


def figure(table: str, variable: str, area: str, year: int) -> Figure:
    """Return one figure; DataError naming the table, the variable, the area and the year when missing."""
    found = figures(table, variable, area).get(year)
    if found is None:
        raise DataError(f"evidence table {table} has no {variable} of {area} in {year}")
    return found


def value(table: str, variable: str, area: str, year: int) -> float:
    """Return the value of one figure in base units; DataError when missing."""
    return figure(table, variable, area, year).value


def series(table: str, variable: str, area: str) -> dict[int, float]:
    """Return a series by year in base units; DataError when there is none."""
    return {year: f.value for year, f in figures(table, variable, area).items()}


def alternatives(table: str, variable: str, area: str, year: int) -> list[Figure]:
    """Return the other published figures of the same thing, best first."""
    return _index(table).get((variable, area), {}).get(year, [])[1:]
