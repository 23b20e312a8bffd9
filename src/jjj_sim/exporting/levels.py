"""Tables of levels: the headline, every figure, zones and flows, medians over members by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from jjj_sim.exporting.heads import head
from jjj_sim.exporting.table import Cell, Table, blank, number_format
from jjj_sim.indicators.areas import named
from jjj_sim.judging.readings import Readings
from jjj_sim.region import Region
from jjj_sim.region.names import names
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.units import Unit, unit_for
from jjj_sim.wording.words import Lang, area_name, label

HEADLINE = (
    "population",
    "gdp_nominal",
    "employment",
    "firms",
    "gdp_share_tertiary",
    "gdp_share_of_nation",
    "income_per_head",
    "house_price",
    "service_index",
    "services_theil",
    "pm25",
    "mean_travel_minutes",
    "high_speed_rail_length",
)
ZONE_YEARS = (2013, 2020, 2024, 2030)
_KINDS = ("residents", "commuters", "firms_relocated", "firms_branched", "offers_taken", "markets_relocated")
_COUNTED = "units"


class _Row(NamedTuple):
    """A figure of a scenario by year: medians, the ends of the last year's interval, and the unit it is shown in."""

    scenario: str
    variable: str
    area: str
    unit: Unit
    years: Sequence[int]
    low: Sequence[float]
    median: Sequence[float]
    high: Sequence[float]


def unit_of(readings: Readings, variable: str, biggest: float, lang: Lang) -> Unit:
    """Return the unit to show a variable in, "a year" added to what is counted over one."""
    one = readings.indicators[variable]
    counted = one.kind == "flow" and "yuan" not in one.unit
    return unit_for(one.unit, lang, biggest, a_year=counted)


def reported(region: Region) -> list[str]:
    """Return the areas that are reported beside the zones."""
    return [area.name for area in named(region)]


def _rows(subject: Subject, variables: Iterable[str], areas: Sequence[str], lang: Lang) -> Iterator[_Row]:
    """Yield figures, variable by variable in one unit each, area by area, the scenarios of each beside one another."""
    readings = {result.name: Readings.of(result) for result in subject.results}
    first = readings[subject.base.name]
    for variable in variables:
        bands = {
            (area, name): table.band
            for area in areas
            for name, one in readings.items()
            if (table := one.table(variable, area)) is not None
        }
        if not bands:
            continue
        sizes = [float(np.nanmax(np.abs(band.median))) for band in bands.values()]
        unit = unit_of(first, variable, min((size for size in sizes if size), default=0.0), lang)
        for (area, name), band in bands.items():
            values = (column / unit.divisor for column in (band.low, band.median, band.high))
            yield _Row(name, variable, area, unit, [int(y) for y in band.years], *map(np.ndarray.tolist, values))


def headline(subject: Subject, lang: Lang) -> Table:
    """Return the headline: a row per figure and scenario, medians by year, the interval of the year that is told."""
    rows = list(_rows(subject, HEADLINE, reported(subject.region), lang))
    years, told = subject.years, subject.year
    ends = [head(key, lang, year=told) for key in ("low_of", "high_of")]
    several = subject.members > 1
    heads = [*_heads(subject, lang), *map(str, years), *(ends if several else [])]
    cells: list[list[Cell]] = []
    for row in rows:
        at = dict(zip(row.years, zip(row.low, row.median, row.high, strict=True), strict=True))
        medians: list[Cell] = [blank(at[year][1]) if year in at else None for year in years]
        interval = [blank(at[told][0]), blank(at[told][2])] if told in at else [None, None]
        cells.append([*_names(subject, row, lang), *medians, *(interval if several else [])])
    return Table("headline", head("headline", lang), heads, cells, row_formats=_formats(rows))


def figures(subject: Subject, lang: Lang) -> Table:
    """Return every indicator of the areas beside the zones: a row per figure and scenario, medians by year."""
    rows = list(_rows(subject, subject.readers[subject.base.name].indicators, reported(subject.region), lang))
    return _by_year(subject, "figures", rows, subject.years, lang)


def zones(subject: Subject, lang: Lang) -> Table:
    """Return the headline by zone: a row per figure and scenario, medians in a few years."""
    years = [year for year in dict.fromkeys((*ZONE_YEARS, subject.year)) if year in subject.years]
    return _by_year(subject, "zones", list(_rows(subject, HEADLINE, subject.region.ids, lang)), years, lang)


def _by_year(subject: Subject, key: str, rows: Sequence[_Row], years: Sequence[int], lang: Lang) -> Table:
    cells: list[list[Cell]] = []
    for row in rows:
        at = dict(zip(row.years, row.median, strict=True))
        cells.append([*_names(subject, row, lang), *(blank(at.get(year)) for year in years)])
    heads = [*_heads(subject, lang), *map(str, years)]
    return Table(key, head(key, lang), heads, cells, row_formats=_formats(rows))


def intervals(subject: Subject, lang: Lang) -> Table:
    """Return the headline as a row per figure, scenario and year: median and the ends of 90 %."""
    cells: list[list[Cell]] = []
    formats = []
    for row in _rows(subject, HEADLINE, reported(subject.region), lang):
        size = number_format(max(map(abs, row.median)))
        for year, *values in zip(row.years, row.median, row.low, row.high, strict=True):
            cells.append([*_names(subject, row, lang), year, *map(blank, values)])
            formats.append(size)
    tail = [head(key, lang) for key in ("year", "median", "low", "high")]
    return Table(
        "intervals", head("intervals", lang), [*_heads(subject, lang), *tail], cells, {tail[0]: "0"}, tuple(formats)
    )


def flows(subject: Subject, lang: Lang) -> Table:
    """Return who and what moved between areas by year, medians over members, groups of a kind added up."""
    years = subject.years
    called = names(subject.region)
    heads = [head(key, lang) for key in ("flow", "origin", "destination", "unit")]
    heads = [*_scenario_head(subject, lang), *heads, *map(str, years)]
    cells: list[list[Cell]] = []
    formats = []
    for result in subject.results:
        found = result.flows[(result.flows["area_kind"] == "region") & result.flows["kind"].isin(_KINDS)]
        found = found.astype({"kind": str, "origin": str, "destination": str})
        keys = ["kind", "origin", "destination"]
        sums = found.groupby([*keys, "period", "member"], observed=True)["value"].sum().unstack(fill_value=0)
        every = sorted(int(m) for m in result.annual["member"].unique())
        table = sums.reindex(columns=every, fill_value=0.0).median(axis=1).unstack("period")
        units = found.groupby("kind")["unit"].first()
        for kind, origin, destination, *found_years in table.reset_index().itertuples(index=False):
            values = dict(zip(map(int, table.columns), map(float, found_years), strict=True))
            size = float(np.nanmax(np.abs(found_years)))
            unit = unit_for(str(units[kind]), lang, size, a_year=kind != "commuters")
            ends = [called[end].full[lang == "zh"] for end in (origin, destination)]
            scenario = [subject.title(result.name, lang)] if subject.variants else []
            shown = [blank(float(values.get(year, 0.0)) / unit.divisor) for year in years]
            cells.append([*scenario, head(str(kind), lang), *ends, unit.name, *shown])
            formats.append(number_format(size / unit.divisor))
    return Table("flows", head("flows", lang), heads, cells, row_formats=tuple(formats))


def _scenario_head(subject: Subject, lang: Lang) -> list[str]:
    return [head("scenario", lang)] if subject.variants else []


def _heads(subject: Subject, lang: Lang) -> list[str]:
    return [*_scenario_head(subject, lang), *(head(key, lang) for key in ("indicator", "area", "unit"))]


def _names(subject: Subject, row: _Row, lang: Lang) -> list[Cell]:
    """Return what a row is about: scenario where there are several, indicator, area and unit."""
    scenario: list[Cell] = [subject.title(row.scenario, lang)] if subject.variants else []
    region = subject.region
    return [*scenario, label(region, row.variable, lang), area_name(region, row.area, lang), row.unit.name]


def _formats(rows: Sequence[_Row]) -> tuple[str, ...]:
    return tuple(number_format(float(np.nanmax(np.abs(row.median)))) for row in rows)
