"""The goals of 2030 as a table: bounds with their basis, the interval of members, the chance with its error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from jjj_sim.exporting.heads import head
from jjj_sim.exporting.table import Cell, Table, blank, number_format
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, area_name

KEYS = ("goal", "indicator", "area", "mandatory", "unit", "bounds", "kind", "basis", "latest")
_VALUES = ("median_2030", "low_2030", "high_2030")
_BOUNDS = ("bound_low", "bound_high")
_CHANCES = ("probability", "probability_error")
Row = Mapping[Any, Any]


def goals(subject: Subject, lang: Lang) -> Table:
    """Return the goals of the base, a row per goal and per indicator."""
    heads = [head(k, lang) for k in (*KEYS, "median", "low", "high", "probability", "error", "status")]
    rows, formats = [], []
    for row in subject.base.goals.to_dict("records"):
        numbers = {k: _number(row, k) for k in (*_BOUNDS, *_VALUES, "latest")}
        size = max((abs(v) for k, v in numbers.items() if k != "latest" and math.isfinite(v)), default=0.0)
        unit = unit_for(_text(row, "unit"), lang, size)
        shown = {k: v / unit.divisor for k, v in numbers.items()}
        words = _indicator(subject, row, shown, lang) if _text(row, "area") else ["", "", "", "", "", "", ""]
        words[2] = unit.name if words[0] else ""
        chances = [blank(100.0 * _number(row, k)) for k in _CHANCES]
        name = _text(row, "indicator_zh" if lang == "zh" else "indicator")
        status = head(_text(row, "status"), lang)
        rows.append([_text(row, "goal"), name, *words, *(blank(shown[k]) for k in _VALUES), *chances, status])
        formats.append(number_format(size / unit.divisor))
    fixed = {head("probability", lang): "0", head("error", lang): "0"}
    return Table("goals", head("goals", lang), heads, rows, fixed, tuple(formats))


def _indicator(subject: Subject, row: Row, shown: Mapping[str, float], lang: Lang) -> list[Cell]:
    """Return area, whether it must be met, room for the unit, bounds, kind, basis and latest figure of an indicator."""
    low, high = (_plain(shown[k]) for k in _BOUNDS)
    both = f"{low}至{high}" if lang == "zh" else f"{low} to {high}"
    bounds = both if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
    latest = _plain(shown["latest"])
    latest += f" ({_number(row, 'latest_year'):.0f})" if latest else ""
    must = head("yes" if row.get("mandatory") in (True, "True") else "no", lang)
    kind, basis = head(_text(row, "kind"), lang), _text(row, "basis_zh" if lang == "zh" else "basis")
    return [area_name(subject.region, _text(row, "area"), lang), must, "", bounds, kind, basis, latest]


def _plain(value: float) -> str:
    """Return a number with four digits at most; nothing for what is none."""
    return f"{float(f'{value:.4g}'):,.10g}" if math.isfinite(value) else ""


def _number(row: Row, key: str) -> float:
    value = row.get(key)
    return math.nan if value is None or value == "" or isinstance(value, bool) else float(value)


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""
