"""Published figures by table, variable, area and year, in base units, each with its source and confidence.

Base units: persons, bn yuan (1e9), yuan, percent, permille, km, m2, ug/m3, plain counts. A year is an
integer, or the published text where it is none ("2010-2020"). `area` is a region (`beijing`, `tianjin`,
`xiongan`, `hebei`, `hebei_official`, `jjj`, `nation`), a zone id, a prefecture as published
(`pref:baoding`), or an industry. Official Hebei contains Xiong'an and is loaded as `hebei_official`. Where
several rows share a key, the one of higher confidence, then the later row, stands; `alternatives` returns the
others.
"""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from jjj_sim.errors import DataError, nearest

if TYPE_CHECKING:
    import pandas as pd

CONFIDENCES = ("low", "medium", "high")

# Published unit -> (base unit, factor). Complete over the tables; an unknown unit is a DataError.
UNITS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "persons": ("persons", 1.0),
        "10k_persons": ("persons", 1e4),
        "10k persons": ("persons", 1e4),
        "persons (age in 2020)": ("persons", 1.0),
        "persons (people working in Beijing and living in Yanjiao)": ("persons", 1.0),
        "persons/yr": ("persons/year", 1.0),
        "persons/day": ("persons/day", 1.0),
        "100m_yuan": ("bn yuan", 0.1),
        "100m CNY": ("bn yuan", 0.1),
        "billion CNY": ("bn yuan", 1.0),
        "trillion CNY": ("bn yuan", 1000.0),
        "yuan": ("yuan", 1.0),
        "yuan_per_person": ("yuan/person", 1.0),
        "10k_yuan_per_person": ("yuan/person", 1e4),
        "yuan_per_worker": ("yuan/worker", 1.0),
        "yuan_per_year": ("yuan/year", 1.0),
        "yuan_per_m2": ("yuan/m2", 1.0),
        "CNY/m2": ("yuan/m2", 1.0),
        "pct": ("percent", 1.0),
        "percent": ("percent", 1.0),
        "percent, real": ("percent", 1.0),
        "percent, year on year": ("percent", 1.0),
        "percent a year": ("percent/year", 1.0),
        "pct_of_gdp": ("percent", 1.0),
        "pct_of_population": ("percent", 1.0),
        "pct_points": ("percentage points", 1.0),
        "percentage points": ("percentage points", 1.0),
        "permille": ("permille", 1.0),
        "share": ("share", 1.0),
        "share of employed residents": ("share", 1.0),
        "share of family households": ("share", 1.0),
        "share of family households (long form)": ("share", 1.0),
        "share of around-Beijing car commuting": ("share", 1.0),
        "ratio": ("ratio", 1.0),
        "index": ("index", 1.0),
        "2014=100": ("index, 2014=100", 1.0),
        "ug_per_m3": ("ug/m3", 1.0),
        "km": ("km", 1.0),
        "km2": ("km2", 1.0),
        "10k_m2": ("m2", 1e4),
        "m2/person": ("m2/person", 1.0),
        "minutes": ("minutes", 1.0),
        "units": ("units", 1.0),
        "10k_units": ("units", 1e4),
        "firms": ("firms", 1.0),
        "firms, cumulative": ("firms", 1.0),
        "firms in the year": ("firms/year", 1.0),
        "branches": ("branches", 1.0),
        "branches, cumulative": ("branches", 1.0),
        "markets": ("markets", 1.0),
        "markets, cumulative": ("markets", 1.0),
        "buildings": ("buildings", 1.0),
        "contracts": ("contracts", 1.0),
        "investments": ("investments", 1.0),
        "registrations": ("registrations", 1.0),
        "households": ("households", 1.0),
        "beds": ("beds", 1.0),
        "beds in the cities (urban statistics)": ("beds", 1.0),
        "hospitals": ("hospitals", 1.0),
        "universities": ("universities", 1.0),
        "headquarters": ("headquarters", 1.0),
        "clusters": ("clusters", 1.0),
        "problems": ("problems", 1.0),
        "sections": ("sections", 1.0),
        "sites": ("sites", 1.0),
        "items": ("items", 1.0),
        "rank of Hebei": ("rank", 1.0),
        "million TEU": ("TEU", 1e6),
        "10k TEU": ("TEU", 1e4),
        "10k t": ("t", 1e4),
        "100m t": ("t", 1e8),
        "100m m3": ("m3", 1e8),
        "m3 per 10k yuan": ("m3/yuan", 1e-4),
        "m": ("m", 1.0),
        "10k m2": ("m2", 1e4),
        "trillion_yuan": ("bn yuan", 1000.0),
        "100m_yuan a year": ("bn yuan/year", 0.1),
        "100m persons": ("persons", 1e8),
        "10k passengers": ("passengers", 1e4),
        "100m passengers": ("passengers", 1e8),
        "10k passengers a day": ("passengers/day", 1e4),
        "100m trips": ("trips", 1e8),
        "10k trips a day": ("trips/day", 1e4),
        "10k persons a day": ("persons/day", 1e4),
        "10k vehicles": ("vehicles", 1e4),
        "10k beds": ("beds", 1e4),
        "10k visits": ("visits", 1e4),
        "students": ("students", 1.0),
        "homes": ("homes", 1.0),
        "schools": ("schools", 1.0),
        "HQ": ("headquarters", 1.0),
        "HQs": ("headquarters", 1.0),
        "university": ("universities", 1.0),
        "institutions": ("institutions", 1.0),
        "10k institutions": ("institutions", 1e4),
        "centres": ("centres", 1.0),
        "alliances": ("alliances", 1.0),
        "libraries": ("libraries", 1.0),
        "sights": ("sights", 1.0),
        "lines": ("lines", 1.0),
        "models": ("models", 1.0),
        "years": ("years", 1.0),
        "sites cumulative": ("sites", 1.0),
        "district": ("places", 1.0),
        "city": ("places", 1.0),
        "province plan": ("plans", 1.0),
        "pilot starts": ("pilots", 1.0),
        "firms per 10k corporate units": ("per 10k units", 1.0),
        "pct to each side": ("percent", 1.0),
        "pct of river length": ("percent", 1.0),
        "pct of national sections": ("percent", 1.0),
        "pct of 3641 sections": ("percent", 1.0),
        "pct of 208 state and provincial sections": ("percent", 1.0),
        "actual beds per 1000 residents": ("per 1000 persons", 1.0),
        "persons per 1000 residents": ("per 1000 persons", 1.0),
        "per_1000_residents": ("per 1000 persons", 1.0),
        "per_million": ("per million persons", 1.0),
    }
)

_PROVINCE_IDS = {
    "prov:beijing": "beijing",
    "prov:tianjin": "tianjin",
    "prov:hebei": "hebei_official",
    "prov:hebei_province_incl_xiongan": "hebei_official",
    "China": "nation",
}


class Layout(NamedTuple):
    """How one table is keyed: the column of the variable, of the area (None: the nation), further keys, and
    the published areas that are loaded under another name."""

    variable: str
    area: str | None
    extra: tuple[str, ...] = ()
    renamed: Mapping[str, str] = MappingProxyType({})
    later: tuple[str, ...] = ()


# What may follow a unit: the number is a floor, a ceiling or a round one.
_QUALIFIED = re.compile(r" \((>|<=?|near|about)\)$")
_COMPARED = {">": "gt", "<": "lt", "<=": "lt"}

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "region_series": Layout("variable", "region", renamed={"hebei": "hebei_official"}, later=("region_series_3",)),
        "region_series_4": Layout("variable", "region", renamed={"hebei": "hebei_official"}),
        "zone_series": Layout("variable", "zone", renamed=_PROVINCE_IDS),
        "zone_series_2": Layout("variable", "zone", renamed=_PROVINCE_IDS),
        "national_series": Layout("variable", None),
        "industry_series": Layout("variable", None),
        "sector_base": Layout("measure", "region", ("sector_id", "sector"), {"hebei_province": "hebei_official"}),
        "education_by_sector": Layout("variable", "industry"),
        "migration": Layout("measure", "destination", ("origin",), _PROVINCE_IDS),
        "commuting": Layout("variable", "origin", ("destination",)),
        "unemployment": Layout("variable", "region", ("education",), {"hebei": "hebei_official"}),
        "wages": Layout("variable", "region", renamed={"hebei": "hebei_official"}),
    }
)


@dataclass(frozen=True)
class Figure:
    """One published number in base units, with where it comes from. `where` holds further keys (sector,
    origin) as published; `comparator` is "gt" or "lt" where the number is a floor or a ceiling."""

    value: float
    unit: str
    source: str
    confidence: str
    note: str
    variable: str
    area: str
    year: int | str
    where: tuple[tuple[str, str], ...] = ()
    round: int = 0
    comparator: str = "approx"


def to_base(value: float, unit: str) -> float:
    """Return `value` in the base unit of `unit`; DataError for a unit that is not in UNITS."""
    return value * _base(unit)[1]


def base_unit(unit: str) -> str:
    """Return the base unit of a published unit; DataError for a unit that is not in UNITS."""
    return _base(unit)[0]


def _base(unit: str) -> tuple[str, float]:
    try:
        return UNITS[_QUALIFIED.sub("", unit)]
    except KeyError:
        raise DataError(f"no conversion for the unit {unit!r}.{nearest(unit, UNITS)}") from None


def text(name: str) -> str:
    """Return the text of ``tables/<name>.csv``; DataError when there is no such table."""
    path = resources.files("jjj_sim.regions.jingjinji.statistics").joinpath(f"tables/{name}.csv")
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise DataError(f"there is no table {name!r} in the evidence.{nearest(name, LAYOUTS)}") from None


@functools.cache
def _frame(name: str) -> pd.DataFrame:
    import pandas as pd

    return pd.read_csv(io.StringIO(text(name)))


def frame(name: str) -> pd.DataFrame:
    """Return the raw table as published (units and areas not converted), a copy; DataError if unknown."""
    return _frame(name).copy()


Key = tuple[str, str]


@functools.cache
def _index(table: str) -> dict[Key, list[Figure]]:
    """Return the figures of a table by (variable, area), in the order of its rows."""
    if table not in LAYOUTS:
        raise DataError(f"no figures are kept in a table {table!r}.{nearest(table, LAYOUTS)}")
    layout = LAYOUTS[table]
    found: dict[Key, list[Figure]] = {}
    for turn, row in _rows(table, layout):
        published = row[layout.area] if layout.area else "nation"
        area = layout.renamed.get(published, published)
        unit, factor = _base(row["unit"])
        bound = _QUALIFIED.search(row["unit"])
        figure_ = Figure(
            value=float(row["value"]) * factor,
            unit=unit,
            source=row["source"],
            confidence=row["confidence"],
            note=row["note"],
            variable=row[layout.variable],
            area=area,
            year=int(row["year"]) if row["year"].isdigit() else row["year"],
            where=tuple((k, row[k]) for k in layout.extra),
            round=turn,
            comparator=_COMPARED.get(bound[1], "approx") if bound else "approx",
        )
        found.setdefault((figure_.variable, area), []).append(figure_)
    return found


def _rows(table: str, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table and of the later rounds that go on with it, each with the number of its round."""
    for turn, name in enumerate((table, *layout.later)):
        yield from ((turn, row) for row in csv.DictReader(io.StringIO(text(name))))


def _candidates(table: str, variable: str, area: str, year: int | str, where: Mapping[str, str]) -> list[Figure]:
    """Return the figures of one key, best first; DataError when none, or when several keys answer."""
    wanted = where.items()
    found = [f for f in _index(table).get((variable, area), []) if f.year == year and wanted <= dict(f.where).items()]
    asked = f"{table}: {variable}, {area}, {year}" + "".join(f", {k} {v}" for k, v in wanted)
    if not found:
        raise DataError(f"{asked}: no such figure.{_hint(table, variable, area)}")
    if len({f.where for f in found}) > 1:
        keys = ", ".join(LAYOUTS[table].extra)
        raise DataError(f"{asked}: {len(found)} figures; say which {keys}")
    order = sorted(enumerate(found), key=lambda p: (p[1].round, CONFIDENCES.index(p[1].confidence), p[0]), reverse=True)
    return [f for _, f in order]


def _hint(table: str, variable: str, area: str) -> str:
    """Return what is there instead: years of the key, or the nearest variable or area."""
    index = _index(table)
    if (variable, area) in index:
        years = sorted({str(f.year) for f in index[variable, area]})
        return f" Years: {', '.join(years)}."
    if area in LAYOUTS[table].renamed:
        return f" {area} is loaded as {LAYOUTS[table].renamed[area]}."
    areas = {a for v, a in index if v == variable}
    if areas:
        return f" Areas: {', '.join(sorted(areas))}."
    return nearest(variable, {v for v, _ in index})


@functools.cache
def figure(table: str, variable: str, area: str, year: int | str, **where: str) -> Figure:
    """Return one published figure in base units.

    `where` narrows tables with further keys: `sector_id` and `sector` of sector_base, `origin` of migration
    (its area is the destination). DataError names table, variable, area and year when it is missing or not
    unique.
    """
    return _candidates(table, variable, area, year, where)[0]


def value(table: str, variable: str, area: str, year: int | str, **where: str) -> float:
    """Return the value of `figure`, in base units."""
    return figure(table, variable, area, year, **where).value


def alternatives(table: str, variable: str, area: str, year: int | str, **where: str) -> list[Figure]:
    """Return the published figures of the same key that `figure` passes over, best first."""
    return _candidates(table, variable, area, year, where)[1:]


def series(table: str, variable: str, area: str, **where: str) -> dict[int, float]:
    """Return year -> value in base units, whole years only, ascending; DataError when there is none."""
    years = sorted({f.year for f in _index(table).get((variable, area), []) if isinstance(f.year, int)})
    found: dict[int, float] = {}
    for year in years:
        wanted = where.items()
        if any(f.year == year and wanted <= dict(f.where).items() for f in _index(table)[variable, area]):
            found[year] = value(table, variable, area, year, **where)
    if not found:
        raise DataError(f"{table}: {variable}, {area}: no such series.{_hint(table, variable, area)}")
    return found
