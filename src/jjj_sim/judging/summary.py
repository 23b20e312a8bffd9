"""The summary of a run: the region's areas in a few years, beside what was published."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from jjj_sim.indicators.areas import filling, provinces, total
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.targets import targets
from jjj_sim.region import Region
from jjj_sim.running.result import Result

YEARS = (2013, 2020, 2024, 2030)


class Line(NamedTuple):
    """A variable of the summary, and the areas that it is told of."""

    variable: str
    areas: tuple[str, ...]


def lines(region: Region) -> tuple[Line, ...]:
    """Return what the summary tells of a region."""
    whole = (total(region),)
    each = (*region.areas, *whole)
    capital, new_area = ([name] if name else [] for name in (filling(region, role) for role in ("capital", "new_area")))
    return (
        Line("population", each),
        Line("gdp_nominal", each),
        Line("gdp_share_tertiary", (*provinces(region), *whole)),
        Line("pm25", each),
        Line("gdp_share_of_nation", whole),
        Line("high_speed_rail_length", whole),
        Line("relocated_general_manufacturing_firms", tuple(capital)),
        Line("relocated_or_upgraded_markets", tuple(capital)),
        Line("firms_of_beijing_origin", tuple(new_area)),
    )


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
