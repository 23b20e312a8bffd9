"""Targets: the published figures that a run is fitted to, judged by, driven by, or only shown beside.

They stand in the region's targets.csv, one row per figure: those of the founding article, then published series.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from jjj_sim.errors import DataError, nearest
from jjj_sim.indicators import indicators
from jjj_sim.indicators.areas import areas
from jjj_sim.region import Region

ROLES = ("calibrate", "validate", "drive", "context")
COMPARATORS = ("approx", "eq", "gt", "ge", "lt")
CONFIDENCES = ("low", "medium", "high")
FILE = "targets.csv"
CITATIONS = "citations.csv"
COUNTED = "census.csv"
_Z90 = 1.645
_YEAR = re.compile(r"(?:\d{4}-)?(\d{4})")
_PERIOD = re.compile(r"\d{4}(?:$|[-/]\d{2}|H[12]$)")


class Discrepancy(NamedTuple):
    """How far a right model may stand from a published figure, one standard deviation."""

    size: float
    relative: bool = True


@dataclass(frozen=True)
class Target:
    """One published figure.

    `value`, `accept_low` and `accept_high` are in `unit`, a base unit of the model; None where the source, or
    its scan, has none. `printed` and `printed_unit` are as printed. `area` is an area of the region, or several
    joined by "+"; `area_en`, `area_zh` are its names as published, `en`, `zh` those of the variable.
    `comparator` is one of COMPARATORS. `role`: calibrate (fitted), validate (produced, never fitted), drive
    (enters as data or policy: reproducing it is accounting, not skill), context (shown, not judged). `why_not`
    says why no process makes it, where none does. `source` is the trace, where the figure was found;
    `citation_en`, `citation_zh` are the publication as a report cites it, the source where the region has no citation.
    """

    id: str
    article: bool
    area: str
    period: str
    variable: str
    comparator: str
    value: float | None
    unit: str
    accept_low: float | None
    accept_high: float | None
    discrepancy: Discrepancy | None
    role: str
    source: str
    confidence: str
    quote_zh: str
    note: str
    why_not: str
    printed: float | None
    printed_unit: str
    en: str
    zh: str
    area_en: str
    area_zh: str
    citation_en: str = ""
    citation_zh: str = ""

    @property
    def year(self) -> int | None:
        """The one year that the figure is of, the last of a span; None where it is of another period."""
        found = _YEAR.fullmatch(self.period)
        return int(found[1]) if found else None

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """The accepted range: the source's own, else 90 % of the discrepancy; a count or a floor bounds itself."""
        own = (self.accept_low, self.accept_high)
        if own != (None, None) or self.value is None:
            return own
        if self.comparator in ("approx", "eq") and self.discrepancy is not None:
            size, relative = self.discrepancy
            reach = _Z90 * size * (abs(self.value) if relative else 1.0)
            return self.value - reach, self.value + reach
        if self.comparator in ("eq", "gt", "ge"):
            return self.value, self.value if self.comparator == "eq" else None
        return None, None


@functools.cache
def targets(region: Region) -> tuple[Target, ...]:
    """Return the published figures of a region in the order of its table, none where it has no table.

    DataError lists every row with a role, a comparator, a confidence or a number that the package does not know.
    """
    path = region.folder / FILE
    if not path.is_file():
        return ()
    problems: list[str] = []
    cited = citations(region)
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = [_target(row, region, cited, problems) for row in csv.DictReader(file)]
    if problems:
        raise DataError(f"{path} has {len(problems)} problems:\n  * " + "\n  * ".join(problems))
    return tuple(target for target in found if target is not None)


@functools.cache
def citations(region: Region) -> dict[str, tuple[str, str]]:
    """Return the publication of each source in English and Chinese; none where the region has no table of them."""
    path = region.folder / CITATIONS
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lacking = [row.get("source") or "" for row in rows if not (row.get("citation_en") and row.get("citation_zh"))]
    if lacking:
        raise DataError(f"{path}: no citation_en or citation_zh of {'; '.join(lacking)}")
    return {row["source"]: (row["citation_en"], row["citation_zh"]) for row in rows}


class Count(NamedTuple):
    """A published figure of an area that is shown beside a run and judged by nothing, and how a report cites it."""

    area: str
    year: int
    variable: str
    value: float
    citation: tuple[str, str]


@functools.cache
def counts(region: Region) -> tuple[Count, ...]:
    """Return what the census counted in a region's zones, none where the region has no table of it.

    DataError names a row of no zone or without a number.
    """
    path = region.folder / COUNTED
    if not path.is_file():
        return ()
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            try:
                number = (int(row["year"]), row["variable"], float(row["value"]))
                cited = (row["citation_en"], row["citation_zh"])
            except (KeyError, TypeError, ValueError):
                raise DataError(f"{path}: {row} has no year, value or citation") from None
            if row["area"] not in region.ids:
                raise DataError(f"{path}: {row['area']!r} is no zone.{nearest(row['area'], region.ids)}")
            found.append(Count(row["area"], *number, cited))
    return tuple(found)


def article(region: Region) -> tuple[Target, ...]:
    """Return the figures of the founding article."""
    return tuple(target for target in targets(region) if target.article)


def _target(
    row: dict[str, str], region: Region, cited: dict[str, tuple[str, str]], problems: list[str]
) -> Target | None:
    """Return the target of a row; notes what is wrong with it."""
    name = row.get("id") or "a row without an id"
    legal = {"role": ROLES, "comparator": COMPARATORS, "confidence": CONFIDENCES, "by": ("article", "series")}
    wrong = [
        f"{name}: {key} {row.get(key)!r} is none of {', '.join(of)}"
        for key, of in legal.items()
        if row.get(key) not in of
    ]

    def number(column: str) -> float | None:
        try:
            return float(row[column]) if row[column] else None
        except (KeyError, ValueError):
            wrong.append(f"{name}: {column} {row.get(column)!r} is no number")
            return None

    numbers = {c: number(c) for c in ("value", "accept_low", "accept_high", "printed")}
    size = number("discrepancy")
    known = indicators(region).get(row.get("variable", ""))
    label = (row.get("en") or (known.en if known else ""), row.get("zh") or (known.zh if known else ""))
    if not all(label):
        wrong.append(f"{name}: {row.get('variable')!r} is no indicator and has no label in en and zh")
    places = {area.name for area in areas(region)}
    wrong += [
        f"{name}: {part!r} is no area.{nearest(part, places)}"
        for part in (row.get("area") or "").split("+")
        if part not in places
    ]
    if not _PERIOD.match(row.get("period") or ""):
        wrong.append(f"{name}: {row.get('period')!r} is no period; legal: 2024, 2025-07, 2025H1, 2013-2024")
    problems += wrong
    if wrong:
        return None
    citation = cited.get(row["source"], (row["source"], row["source"]))
    return Target(
        id=row["id"],
        article=row["by"] == "article",
        area=row["area"],
        period=row["period"],
        variable=row["variable"],
        comparator=row["comparator"],
        value=numbers["value"],
        unit=row["unit"],
        accept_low=numbers["accept_low"],
        accept_high=numbers["accept_high"],
        discrepancy=None if size is None else Discrepancy(size, row["relative"] == "true"),
        role=row["role"],
        source=row["source"],
        confidence=row["confidence"],
        quote_zh=row["quote_zh"],
        note=row["note"],
        why_not=row["why_not"],
        printed=numbers["printed"],
        printed_unit=row["printed_unit"],
        en=label[0],
        zh=label[1],
        area_en=row["area_en"],
        area_zh=row["area_zh"],
        citation_en=citation[0],
        citation_zh=citation[1],
    )
