"""A picture, and what all pictures are put together from: rows, units above the axis, tooltips, sentences."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from jjj_sim.charts.sheet import wrap
from jjj_sim.reporting.scheme import CONFIG, Look
from jjj_sim.wording.units import Unit, number
from jjj_sim.wording.words import Lang, Text, say, typeset

Rows = list[dict[str, Any]]
WORDS: dict[str, Text] = {
    "year": ("Year", "年份"),
    "name": ("Scenario", "情景"),
    "median": ("Median", "中位数"),
    "mean": ("Mean", "均值"),
    "low": ("5 % of members", "5%分位"),
    "high": ("95 % of members", "95%分位"),
    "published": ("Published", "公布数据"),
    "source": ("Source", "来源"),
    "zone": ("Zone", "分区"),
    "goal": ("Goal", "目标"),
    "share": ("Members that meet it", "达到目标的运行占比"),
    "what": ("What", "项目"),
    "way": ("From and to", "流向"),
    "value": ("Value", "数值"),
    "verdict": ("Verdict", "判断"),
}
# Three to five digits, thousands apart; with a sign where it is a difference.
PLAIN, SIGNED = ",.5~r", "+,.4~r"
# Sizes of its type after which a title goes on in the next line.
_TITLE = 23


@dataclass(frozen=True)
class Picture:
    """A picture: `spec`, Vega-Lite without data; `data`, rows by the name the spec calls them; `alt`, in words."""

    spec: dict[str, Any]
    data: Mapping[str, Rows]
    alt: str

    def whole(self) -> dict[str, Any]:
        """Return a specification with its data in it."""
        return {**self.spec, "datasets": dict(self.data)}


def picture(
    chart: Any, data: Mapping[str, Rows], words: str, title: str, unit: str, height: int, lang: Lang
) -> Picture:
    """Return the picture of a chart under its title, with the unit upright below it."""
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec |= {"width": "container", "height": height, "config": CONFIG}
    head = {"text": wrap(title, _TITLE), "subtitle": under(unit, lang)}
    if kept := {key: text for key, text in head.items() if text}:
        spec["title"] = {"text": "", **kept}
    spec.pop("$schema", None)
    own = spec.pop("datasets", {})
    for layer in spec.get("layer", ()):
        if (name := layer.get("data", {}).get("name")) in own:
            layer["data"] = {"values": own[name]}
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return Picture(spec, data, f"{title}{colon(lang)}{words}" if title else words)


def records(table: pd.DataFrame) -> Rows:
    """Return the rows as plain numbers and texts, six digits of each number, nothing for what is no number."""
    rows: Rows = table.to_dict("records")  # type: ignore[assignment]
    return [{key: _plain(value) for key, value in row.items()} for row in rows]


def scaled(table: pd.DataFrame, columns: Iterable[str], unit: Unit) -> pd.DataFrame:
    """Return the table with columns in the unit shown."""
    return table.assign(**{name: table[name].astype(float) / unit.divisor for name in columns})


def biggest(table: pd.DataFrame, *columns: str) -> float:
    """Return the largest size in columns, zero where there is none."""
    most = float(table[list(columns)].abs().max().max()) if len(table) else 0.0
    return most if math.isfinite(most) else 0.0


def tips(lang: Lang, *fields: str, **formats: str) -> list[alt.Tooltip]:
    """Return tooltips of text fields, then of numbers with their formats."""
    words = [alt.Tooltip(f"{name}:N", title=say(WORDS[name], lang)) for name in fields]
    return words + [alt.Tooltip(f"{k}:Q", title=say(WORDS[k], lang), format=form) for k, form in formats.items()]


def colours(looks: Mapping[str, Look], rows: pd.DataFrame, key: bool, field: str = "scenario") -> alt.Color:
    """Return the colour of each scenario in `rows`, with a key of their names where asked for."""
    present = [name for name in looks if name in set(rows[field])]
    called = dict(zip(rows[field].astype(str), rows["name"].astype(str), strict=True))
    drawn: dict[str, Any] = {"symbolOpacity": 1, "symbolStrokeWidth": 3, "labelLimit": 400, "columns": 1}
    words = looked_up(called, "datum.value")
    legend = alt.Legend(title=None, labelExpr=words, symbolType="stroke", **drawn) if key else None
    scale = alt.Scale(domain=present, range=[looks[name].colour for name in present])
    return alt.Color(f"{field}:N", scale=scale, legend=legend)


def names_left(field: str) -> alt.Y:
    """Return the axis of names at the left, in the order of the rows."""
    axis = alt.Axis(title=None, labelLimit=250, domain=False, ticks=False)
    return alt.Y(f"{field}:N", sort=None, axis=axis)


def numbers_below(field: str, **scale: Any) -> alt.X:
    """Return the axis of numbers below."""
    axis = alt.Axis(title=None, tickCount=5, grid=True, labelOverlap=True)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(**{"zero": True, "nice": True, **scale}))


def years_below(field: str, first: int, last: int) -> alt.X:
    """Return the axis of years below."""
    fifths = [year for year in range(first + 2, last - 1) if year % 5 == 0]
    axis = alt.Axis(title=None, format="d", values=[first, *fifths, last], labelOverlap=True, labelFlush=True)
    return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(domain=[first, last], nice=False, zero=False))


def zero_line(axis: str) -> Any:
    """Return a line at zero of the axis x or y."""
    mark = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color="#767676")
    return mark.encode(x="zero:Q") if axis == "x" else mark.encode(y="zero:Q")


def looked_up(texts: Mapping[str, str], by: str) -> str:
    """Return an expression of Vega that gives the text of what the expression `by` gives."""
    return f"({json.dumps(dict(texts), ensure_ascii=False)})[{by}]"


def under(unit: str, lang: Lang) -> str:
    """Return how a unit is told above an axis."""
    return "" if not unit else typeset(f"单位:{unit}") if lang == "zh" else unit


def with_interval(row: Any, middle: str, lang: Lang) -> str:
    """Return a number with its interval, as in ``-120 (-150 to -90)``."""
    low, high = row.get("low"), row.get("high")
    told = number(row[middle])
    if low is None or high is None or low == high:
        return told
    return f"{told}（{number(low)}至{number(high)}）" if lang == "zh" else f"{told} ({number(low)} to {number(high)})"


def listed(parts: Iterable[str], lang: Lang) -> str:
    """Return parts as one text."""
    return ("；" if lang == "zh" else "; ").join(parts)


def colon(lang: Lang) -> str:
    """Return what stands between a title and its words."""
    return "：" if lang == "zh" else ": "


def sentences(rows: Rows, what: str, middle: str, unit: str, lang: Lang) -> str:
    """Return rows in words, ``what middle (low to high)``, the first dozen of them, in a unit."""
    told = listed((f"{row[what]} {with_interval(row, middle, lang)}" for row in rows[:12]), lang)
    return f"{told} {typeset(f'(单位:{unit})') if lang == 'zh' else unit}" if unit else told


def _plain(value: Any) -> Any:
    if isinstance(value, bool | str) or value is None:
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value
