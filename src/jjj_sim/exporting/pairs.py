"""Tables of a comparison: differences with interval and verdict, who gains, causes, goals side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jjj_sim.comparing.winners import GROUPS
from jjj_sim.exporting.heads import head
from jjj_sim.exporting.table import Cell, Table, blank, number_format
from jjj_sim.region.names import names
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.units import Unit, unit_for
from jjj_sim.wording.words import Lang, area_name, label

_POINTS = "percentage points"
_TO_100 = 100.0


class _Shown(NamedTuple):
    """Units of a level and of its difference."""

    level: Unit
    change: Unit


def _shown(subject: Subject, row: dict[str, Any], lang: Lang) -> _Shown:
    """Return the one unit in which a level and its difference are shown; of percentages differences are points."""
    unit = str(row["unit"])
    level = unit_for(unit, lang, _size([row["base_median"]]))
    if unit == "percent":
        return _Shown(level, unit_for(_POINTS, lang, 1.0))
    small = unit_for(unit, lang, _size([row["median"], row["low"], row["high"]]))
    return _Shown(level, small)


def differences(subject: Subject, lang: Lang) -> Table:
    """Return the headline of the comparison: base, difference, interval and verdict, a row per variant and figure."""
    found = subject.headline
    return _verdicts(subject, "differences", found.to_dict("records"), lang, peak=True)


def verdicts(subject: Subject, lang: Lang) -> Table:
    """Return the differences of every indicator and area beside the zones in the year that is told."""
    parts = [subject.verdicts(variant.name) for variant in subject.variants]
    table = pd.concat(parts) if parts else pd.DataFrame()
    rows = table[table["period"] == subject.year].assign(year=subject.year)
    return _verdicts(subject, "verdicts", rows.to_dict("records"), lang, peak=False)


def _verdicts(subject: Subject, key: str, rows: Iterable[dict[Any, Any]], lang: Lang, *, peak: bool) -> Table:
    keys = ["scenario", "indicator", "area", "year", "base", "unit", "difference", "low", "high"]
    keys += ["unit", "relative", "share", "verdict", *(("peak_year", "peak") if peak else ())]
    heads = [head(k, lang) for k in keys]
    heads[9] = heads[9] + (" (difference)" if lang == "en" else "（变化）")
    cells: list[list[Cell]] = []
    formats = []
    for row in rows:
        level, change = _shown(subject, row, lang)
        base = float(row["base_median"])
        values = [float(row[k]) / change.divisor for k in ("median", "low", "high")]
        relative = math.nan if row["unit"] == "percent" or base == 0.0 else _TO_100 * float(row["median"]) / abs(base)
        told: list[Cell] = [blank(relative), blank(_TO_100 * float(row["same_sign_share"]))]
        told.append(str(row["verdict_zh" if lang == "zh" else "verdict"]))
        if peak:
            year = row["peak_year"]
            told += [None if pd.isna(year) else int(year), blank(float(row["peak"]) / change.divisor)]
        region, area = subject.region, str(row["area"])
        what: list[Cell] = [
            subject.title(str(row["variant"]), lang),
            label(region, str(row["variable"]), lang),
            area_name(region, area, lang),
        ]
        level_cells: list[Cell] = [int(row["year"]), blank(base / level.divisor), level.name]
        cells.append([*what, *level_cells, *map(blank, values), change.name, *told])
        formats.append(number_format(_size(values)))
    fixed = {heads[3]: "0", heads[4]: "#,##0.##", heads[10]: "0.00", heads[11]: "0"}
    if peak:
        fixed[heads[13]] = "0"
    return Table(key, head(key, lang), heads, cells, fixed, tuple(formats))


def zones(subject: Subject, lang: Lang) -> Table:
    """Return the differences by zone of the headline's variables, in percent of the base or in points."""
    heads = [head(k, lang) for k in ("scenario", "indicator", "zone", "year", "difference", "low", "high", "unit")]
    cells: list[list[Cell]] = []
    if subject.comparison is None:
        return Table("zones", head("zones", lang), heads, cells)
    wanted = set(subject.headline["variable"]) if not subject.headline.empty else set()
    table = subject.comparison.table
    mine = table[(table["area_kind"] == "zone") & (table["period"] == subject.year) & table["variable"].isin(wanted)]
    for row in mine.to_dict("records"):
        points = row["unit"] == "percent"
        divisor = 1.0 if points else abs(float(row["base_median"])) / _TO_100
        if not divisor:
            continue
        values = [blank(float(row[k]) / divisor) for k in ("median", "low", "high")]
        region = subject.region
        what: list[Cell] = [
            subject.title(str(row["variant"]), lang),
            label(region, str(row["variable"]), lang),
            area_name(region, str(row["area"]), lang),
            subject.year,
        ]
        cells.append([*what, *values, unit_for(_POINTS if points else "percent", lang, 1.0).name])
    fixed = {heads[3]: "0", **dict.fromkeys(heads[4:7], "0.00")}
    return Table("zones", head("zones", lang), heads, cells, fixed)


def winners(subject: Subject, lang: Lang) -> Table:
    """Return who gains and who loses, relative to the base and in their own unit."""
    zh = lang == "zh"
    keys = (
        "scenario",
        "group",
        "who",
        "measure",
        "outcome",
        "relative",
        "low",
        "high",
        "difference",
        "unit",
        "verdict",
    )
    heads = [head(k, lang) for k in keys]
    cells: list[list[Cell]] = []
    formats = []
    for row in subject.winners.to_dict("records"):
        unit = str(row["unit"])
        shown = unit_for(_POINTS if unit == "percent" else unit, lang, _size([row["median"]]))
        outcome = str(row["outcome"]) if isinstance(row["outcome"], str) else ""
        cells.append(
            [
                subject.title(str(row["variant"]), lang),
                GROUPS[str(row["group"])][zh],
                str(row["who_zh" if zh else "who"]),
                str(row["measure_zh" if zh else "measure"]),
                head(outcome, lang) if outcome else "",
                *(blank(float(row[k])) for k in ("relative", "relative_low", "relative_high")),
                blank(float(row["median"]) / shown.divisor),
                shown.name,
                str(row["verdict_zh" if zh else "verdict"]),
            ]
        )
        formats.append(number_format(_size([row["median"]]) / shown.divisor))
    fixed = dict.fromkeys(heads[5:8], "0.00")
    return Table("winners", head("winners", lang), heads, cells, fixed, tuple(formats))


def causes(subject: Subject, lang: Lang) -> Table:
    """Return what the differences of people and GDP are made of in the year that is told; means over members."""
    heads = [
        head(k, lang)
        for k in ("scenario", "indicator", "area", "cause", "partner", "difference", "low", "high", "unit")
    ]
    cells: list[list[Cell]] = []
    formats = []
    table = subject.causes
    called = names(subject.region)
    if not table.empty:
        table = table[table["year"] == subject.year]
    for row in table.to_dict("records"):
        shown = unit_for(str(row["unit"]), lang, _size([row["mean"], row["low"], row["high"]]))
        partner = str(row["partner"]) if isinstance(row["partner"], str) else ""
        values = [float(row[k]) / shown.divisor for k in ("mean", "low", "high")]
        cells.append(
            [
                subject.title(str(row["variant"]), lang),
                label(subject.region, str(row["variable"]), lang),
                area_name(subject.region, str(row["area"]), lang),
                head(str(row["cause"]), lang),
                called[partner].full[lang == "zh"] if partner in called else partner,
                *map(blank, values),
                shown.name,
            ]
        )
        formats.append(number_format(_size(values)))
    return Table("causes", head("causes", lang), heads, cells, row_formats=tuple(formats))


def goals(subject: Subject, lang: Lang) -> Table:
    """Return how often each goal is met in every scenario, and the change on the base."""
    keys = ("goal", "indicator", "scenario", "probability", "change", "rank")
    heads = [head(k, lang) for k in keys]
    cells: list[list[Cell]] = []
    for row in subject.goals_beside.to_dict("records"):
        said = str(row["indicator_zh" if lang == "zh" else "indicator"])
        share, moved = _TO_100 * float(row["share"]), _TO_100 * float(row["change"])
        title = subject.title(str(row["scenario"]), lang)
        cells.append([str(row["goal"]), said, title, blank(share), blank(moved), int(row["rank"])])
    return Table("goals_beside", head("goals_beside", lang), heads, cells, dict.fromkeys(heads[3:], "0"))


def _size(values: Iterable[Any]) -> float:
    """Return the largest size among values that are numbers."""
    found = np.abs(np.array([float(v) for v in values], dtype=float))
    found = found[np.isfinite(found)]
    return float(found.max()) if len(found) else 0.0
