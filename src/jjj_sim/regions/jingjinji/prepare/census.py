"""What the census counted in each zone: shown on charts beside the run, and judged by nothing.

The count is of 1 November, the run's residents are of the year's end.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from jjj_sim.regions.jingjinji.statistics.tables import figure

YEAR = 2020
COLUMNS = ("area", "year", "variable", "value", "unit", "citation_en", "citation_zh")
_CITED = (
    "Seventh National Population Census, county tables (1 November 2020)",
    "第七次全国人口普查分县资料（2020年11月1日）",
)


def write(path: Path, zones: Iterable[str]) -> None:
    """Write the residents of every zone that the census counted."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for zone in zones:
            counted = figure("zone_series", "population", zone, YEAR)
            rows.writerow((zone, YEAR, "population", repr(counted.value), counted.unit, *_CITED))
