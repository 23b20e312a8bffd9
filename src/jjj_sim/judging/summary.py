"""The summary of a run: the region's areas in a few years, beside what was published. Fits 100 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jjj_sim.indicators import indicators
from jjj_sim.indicators.areas import filling, provinces, total
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.targets import targets
from jjj_sim.region import Region
from jjj_sim.region.names import names
from jjj_sim.running.result import Result

YEARS = (2013, 2020, 2024, 2030)


class Line(NamedTuple):
    """A variable of the summary: printed over `divisor` in a unit, with so many decimals, for some areas."""

    variable: str
    divisor: float
    unit: tuple[str, str]
    decimals: int
    areas: tuple[str, ...]


def lines(region: Region) -> tuple[Line, ...]:
    """Return what the summary tells of a region."""
    whole = (total(region),)
    each = (*region.areas, *whole)
    capital, new_area = ([name] if name else [] for name in (filling(region, role) for role in ("capital", "new_area")))
    return (
        Line("population", 1e6, ("million", "百万人"), 2, each),
        Line("gdp_nominal", 1.0, ("bn yuan", "十亿元"), 0, each),
        Line("gdp_share_tertiary", 1.0, ("percent", "%"), 1, (*provinces(region), *whole)),
        Line("pm25", 1.0, ("ug/m3", "微克/立方米"), 1, each),
        Line("gdp_share_of_nation", 1.0, ("percent", "%"), 2, whole),
        Line("high_speed_rail_length", 1.0, ("km", "公里"), 0, whole),
        Line("relocated_general_manufacturing_firms", 1.0, ("firms", "家"), 0, tuple(capital)),
        Line("relocated_or_upgraded_markets", 1.0, ("sites", "个"), 0, tuple(capital)),
        Line("firms_of_beijing_origin", 1.0, ("firms", "家"), 0, tuple(new_area)),
    )


_SIGN = {"approx": "", "eq": "", "gt": "> ", "ge": ">= ", "lt": "< "}
_STATUS = {"inside": "内", "as input": "同输入", "outside": "外", "context": "仅供参考", "not modelled": "未建模"}


def rows(result: Result) -> list[dict[str, Any]]:
    """Return the summary as records: medians over members by year, and the published figure."""
    readings = Readings.of(result)
    found: list[dict[str, Any]] = []
    for line in lines(result.region):
        for area in line.areas:
            values = {y: readings.year(line.variable, area, y) for y in YEARS}
            found.append(
                {
                    "variable": line.variable,
                    "area": area,
                    "unit": readings.indicators[line.variable].unit,
                    "median": {str(y): float(np.median(v)) for y, v in values.items() if v is not None},
                    "published": _published(result, line.variable, area),
                }
            )
    return found


def _published(result: Result, variable: str, area: str) -> dict[str, Any] | None:
    """Return the article's latest figure of a variable and area, else the latest published, and how it was judged."""
    mine = [t for t in targets(result.region) if (t.variable, t.area) == (variable, area)]
    dated = [t for t in mine if t.year is not None and t.value is not None]
    if not dated:
        return None
    last = max(reversed(dated), key=lambda t: (t.article, t.year or 0))
    judged = {} if result.evidence.empty else dict(zip(result.evidence["id"], result.evidence["status"], strict=True))
    return {
        "period": last.period,
        "comparator": last.comparator,
        "published": last.value,
        "status": judged.get(last.id, "not judged"),
        "confidence": last.confidence,
        "article": last.article,
    }


def render(result: Result, lang: str = "en") -> str:
    """Return the summary as text of at most 100 columns."""
    zh = lang == "zh"
    out = [_title(result, zh), ""]
    head = ("已公布" if zh else "published").rjust(22)
    out.append(_pad("", 34) + "".join(str(y).rjust(10) for y in YEARS) + head)
    found = iter(rows(result))
    called = names(result.region)
    for line in lines(result.region):
        indicator = indicators(result.region)[line.variable]
        out.append(f"{indicator.zh if zh else indicator.en}, {line.unit[zh]}")
        for row in (next(found) for _ in line.areas):
            cells = [_number(row["median"].get(str(y)), line) for y in YEARS]
            name = _pad("  " + called[row["area"]].short[zh], 34)
            out.append((name + "".join(c.rjust(10) for c in cells) + _beside(row["published"], line)).rstrip())
    return "\n".join([*out, "", *_verdict(result, zh), _accounts(result.manifest["largest_residuals"], zh)])


def _title(result: Result, zh: bool) -> str:
    m = result.manifest
    title = m.get("title_zh" if zh else "title") or result.name
    if zh:
        return f"{result.name}:{title}({m['members']}次运行,种子{m['seed']},中位数)"
    n = m["members"]
    return f"{result.name}: {title} ({n} member{'s' * (n != 1)}, seed {m['seed']}{', median' * (n != 1)})"


def _number(value: float | None, line: Line) -> str:
    return "-" if value is None else f"{value / line.divisor:,.{line.decimals}f}"


def _beside(published: dict[str, Any] | None, line: Line) -> str:
    """Return the published figure with its last year; * marks the article's, ? what is not of high
    confidence.
    """
    if published is None:
        return ""
    mark = "*" if published["article"] else "" if published["confidence"] == "high" else "?"
    number = _SIGN[published["comparator"]] + _number(float(published["published"]), line)
    return f"{number}{mark} ({str(published['period'])[-4:]})".rjust(22)


def _verdict(result: Result, zh: bool) -> Sequence[str]:
    """Return how many of the article's figures are inside, and those outside."""
    if result.evidence.empty:
        return []
    article = result.evidence[result.evidence["id"].isin([t.id for t in targets(result.region) if t.article])]
    count = article["status"].value_counts()
    parts = [f"{_STATUS[s] if zh else s} {count.get(s, 0)}" for s in _STATUS]
    told = [("文章数据(*):" if zh else "The article's figures (*): ") + ", ".join(parts)]
    for _, row in article[article["status"] == "outside"].iterrows():
        low, high = (("" if pd.isna(row[k]) else f"{row[k]:,.10g}") for k in ("accept_low", "accept_high"))
        told.append(f"  {row['id']}: {row['model_median']:,.6g} {row['unit']}, not in [{low}, {high}]"[:100])
    return told


def _accounts(residuals: dict[str, float], zh: bool) -> str:
    """Return how many identities held in every quarter, and the largest relative residual."""
    largest = max(residuals.values(), default=0.0)
    if zh:
        return f"核算恒等式:{len(residuals)}项每季度均成立,最大相对残差{largest:.0e}"
    return f"Accounts: {len(residuals)} identities held in every quarter, largest relative residual {largest:.0e}"


def _pad(text: str, width: int) -> str:
    from rich.cells import cell_len

    return text + " " * max(width - cell_len(text), 0)
