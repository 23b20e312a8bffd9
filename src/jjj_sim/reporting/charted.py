"""The pictures of a report: figures over time, maps by zone, goals, sides, moves and causes of one subject."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

import pandas as pd

from jjj_sim.charts.reader import Reader
from jjj_sim.comparing.headline import figures
from jjj_sim.reporting import amounts, pictures
from jjj_sim.reporting.picture import Picture
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang, label

# What is drawn by zone, where the results have it.
MAPPED = ("population", "gdp_nominal", "house_price", "pm25")
_EDGE = 0.95


class Pair(NamedTuple):
    """A figure over time: the levels of all scenarios, and the differences from the base where there are some."""

    title: str
    level: Picture
    difference: Picture | None


def over_time(subject: Subject, lang: Lang) -> Iterator[Pair]:
    """Yield the figures of the headline over time, with published points."""
    for variable, area in figures(subject.region):
        if all(reader.has(variable, area) for reader in subject.readers.values()):
            yield pair_of(subject, variable, area, lang)


def pair_of(subject: Subject, variable: str, area: str, lang: Lang) -> Pair:
    """Return a figure that all results have over time, with published points."""
    title = amounts.subject(subject.region, {"variable": variable, "area": area}, lang)
    reader = subject.readers[subject.base.name]
    flow, unit = reader.indicators[variable].kind == "flow", reader.unit(variable)
    level = pictures.lines(
        _levels(subject, variable, area, lang),
        subject.looks,
        unit=unit,
        lang=lang,
        title=title,
        points=points(reader, variable, area, lang),
        ends=reader.last_published or None,
        a_year=flow,
    )
    rows = _differences(subject, variable, area, lang)
    difference = None
    if rows is not None:
        difference = pictures.lines(
            rows,
            subject.looks,
            unit="percentage points" if unit == "percent" else unit,
            lang=lang,
            title=tell("change_of", lang, what=title),
            difference=True,
            a_year=flow,
        )
    return Pair(title, level, difference)


def points(reader: Reader, variable: str, area: str, lang: Lang) -> pd.DataFrame:
    """Return the published figures of a variable and area: year, value and the publication, as it is cited."""
    found = [
        (t.year, t.value, t.citation_zh if lang == "zh" else t.citation_en)
        for t in reader.targets
        if (t.variable, t.area) == (variable, area) and t.year is not None and t.value is not None
    ]
    table = pd.DataFrame(found, columns=["year", "value", "source"])
    return table.drop_duplicates(["year", "value"]).sort_values("year")


def maps(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return for each mapped variable the maps: the base's change since the first year, each variant's difference."""
    told = []
    for variable in MAPPED:
        shown = maps_of(subject, variable, lang)
        if shown:
            told.append({"variable": variable, "label": label(subject.region, variable, lang), "pictures": shown})
    return told


def maps_of(subject: Subject, variable: str, lang: Lang, only: Collection[str] | None = None) -> list[dict[str, Any]]:
    """Return the maps of a variable by scenario, the base first: name, look and picture; none without its zones.

    `only` names the scenarios that are wanted, where not all are.
    """
    first, reader = subject.years[0], subject.readers[subject.base.name]
    zones = [zone for zone in subject.region.ids if reader.has(variable, zone)]
    if len(zones) < subject.region.n_zones or len(subject.years) < 2:
        return []
    rows = []
    for zone in zones:
        band = reader.members(variable, zone).since(first).band
        rows += [(zone, int(year), float(v)) for year, v in zip(band.years, band.median, strict=True)]
    base = pd.DataFrame(rows, columns=["zone", "year", "value"])
    shown = [(subject.base.name, tell("map_of_base", lang, year=first), base)]
    if subject.comparison is not None:
        table = subject.comparison.differences
        table = table[(table["variable"] == variable) & (table["area_kind"] == "zone")]
        middle = table.groupby(["variant", "area", "period"], observed=True)["relative"].median().mul(100.0)
        for variant in subject.variants:
            one = middle.xs(variant.name, level="variant").reset_index()
            one.columns = pd.Index(["zone", "year", "value"])
            shown.append((variant.name, subject.title(variant.name, lang), one))
    edges = [_edge(base), _edge(pd.concat([rows for _, _, rows in shown[1:]])) if shown[1:] else 0.0]
    found = []
    for n, (name, title, table) in enumerate(shown):
        if only is not None and name not in only:
            continue
        edge = edges[min(n, 1)]
        how: dict[str, Any] = {"unit": "percent", "lang": lang, "year": subject.year, "title": title}
        picture = pictures.zone_map(subject.region, table, reach=(-edge, edge), height=290, **how)
        if picture is not None:
            found.append({"name": name, "look": subject.looks[name], "picture": picture})
    return found


def _edge(rows: pd.DataFrame) -> float:
    """Return where colours end: what nineteen in twenty zones stay below in the year in which they differ most."""
    by_year = rows.assign(value=rows["value"].abs()).groupby("year")["value"].quantile(_EDGE)
    most = float(by_year.max())
    return max(float(f"{most:.1g}"), 0.01)


def _levels(subject: Subject, variable: str, area: str, lang: Lang) -> pd.DataFrame:
    parts = []
    for name, reader in subject.readers.items():
        band = reader.members(variable, area).band
        parts.append(pd.DataFrame({"year": band.years, "median": band.median, "low": band.low, "high": band.high}))
        parts[-1] = parts[-1].assign(scenario=name, name=subject.title(name, lang)).dropna()
    return pd.concat(parts, ignore_index=True).astype({"year": int})


def _differences(subject: Subject, variable: str, area: str, lang: Lang) -> pd.DataFrame | None:
    parts = []
    for variant in subject.variants:
        table = subject.verdicts(variant.name)
        rows = table[(table["variable"] == variable) & (table["area"] == area)].sort_values("period")
        parts.append(
            rows[["period", "median", "low", "high"]]
            .rename(columns={"period": "year"})
            .assign(scenario=variant.name, name=subject.title(variant.name, lang))
        )
    return _from_first(pd.concat(parts, ignore_index=True)) if any(len(part) for part in parts) else None


def _from_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return differences from the year before the first that is other than zero; all where none is."""
    apart = rows.loc[(rows[["low", "median", "high"]] != 0.0).any(axis=1), "year"]
    last = int(rows["year"].max())
    return rows[rows["year"] >= min(int(apart.min()) - 1, last - 4)].reset_index(drop=True) if len(apart) else rows
