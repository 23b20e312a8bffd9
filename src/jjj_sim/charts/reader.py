"""A result as the charts read it: its readings, the published figures beside them, and where units went."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.errors import DataError
from jjj_sim.indicators.areas import filling, headlines, provinces, total
from jjj_sim.judging.readings import Band, Members, Readings
from jjj_sim.judging.targets import Count, Target, counts, targets
from jjj_sim.region import Region
from jjj_sim.running.result import Result
from jjj_sim.wording.words import Lang, Text, say

__all__ = ["F64", "Band", "Members", "MissingVariable", "Point", "Reader"]

F64 = NDArray[np.float64]


class MissingVariable(DataError):
    """A result lacks what a chart shows."""


class Point(NamedTuple):
    """A published figure: `article` when the article gives it; `sure` when it was looked up; how a report cites it."""

    year: int
    value: float
    low: float
    high: float
    article: bool
    sure: bool
    citation: Text
    comparator: str


class Reader:
    """Reads one result for the charts: MissingVariable where it lacks what is asked for."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.region = result.region
        self.readings = Readings.of(result)
        self.indicators = self.readings.indicators
        self._members = sorted(int(m) for m in result.annual["member"].unique())
        self.n_members = len(self._members)
        self.targets = targets(result.region)
        self._points = _points(self.targets, counts(result.region))
        self.last_published = max((p.year for points in self._points.values() for p in points), default=0)

    @property
    def total(self) -> str:
        """Name of the whole region."""
        return total(self.region)

    @property
    def headlines(self) -> tuple[str, ...]:
        """Names of the areas that stand for the region, the whole among them."""
        return headlines(self.region)

    @property
    def provinces(self) -> tuple[str, ...]:
        """Names of the areas that are whole provinces."""
        return provinces(self.region)

    def filling(self, role: str) -> str:
        """Return the name of the area that fills a role; MissingVariable when none does."""
        found = filling(self.region, role)
        if found is None:
            raise MissingVariable(f"{self.region.id} has no area that is its {role}")
        return found

    def title(self, lang: Lang) -> str:
        """Return the title of the scenario."""
        manifest = self.result.manifest
        english = str(manifest.get("title") or self.result.name)
        return say((english, str(manifest.get("title_zh") or english)), lang)

    def short_title(self, lang: Lang) -> str:
        """Return the title of the scenario without what it explains after a colon."""
        return self.title(lang).partition("：" if lang == "zh" else ": ")[0]

    def has(self, variable: str, area: str) -> bool:
        """Return whether the result has a variable of an area."""
        return self.readings.table(variable, area) is not None

    def members(self, variable: str, area: str) -> Members:
        """Return a variable of an area by member and year; MissingVariable when there is none."""
        table = self.readings.table(variable, area)
        if table is None:
            raise MissingVariable(f"annual.parquet has no {variable} of {area}")
        return table

    def unit(self, variable: str) -> str:
        """Return the unit of a variable; MissingVariable when there is none."""
        unit = self.readings.unit(variable)
        if unit is None:
            raise MissingVariable(f"annual.parquet has no {variable}")
        return unit

    def points(self, variable: str, area: str) -> list[Point]:
        """Return the published figures of a variable and area that belong to one year, by year; where the
        article gives a figure, it stands for the series that repeats it.
        """
        points = self._points.get((variable, area), [])
        article = {p.year: p.value for p in points if p.article}
        return [p for p in points if p.article or not np.isclose(article.get(p.year, np.nan), p.value, rtol=1e-3)]

    def sends(self, kind: str) -> bool:
        """Return whether the result has flows of a kind."""
        return bool((self.result.flows["kind"] == kind).any())

    def last_year(self, variable: str) -> int | None:
        """Return the last year of which any area's figure of a variable is published, None where none is."""
        return max(
            (p.year for (name, _), points in self._points.items() if name == variable for p in points), default=None
        )

    def left_zones(self, kind: str, last: int) -> pd.Series[Any]:
        """Return the median over members of all that left the capital's zones up to the year `last`, by
        destination zone (or the world outside); MissingVariable when the result has no such flows.
        """
        inside = set(np.array(self.region.ids)[self.region.capital])
        rows = self._flows(kind, "zone", inside)
        sums = rows[rows["period"] <= last].groupby(["member", "destination"], observed=True)["value"].sum()
        return sums.unstack(fill_value=0).reindex(self._members, fill_value=0.0).median()

    def left_yearly(self, kind: str) -> pd.DataFrame:
        """Return the median over members of what left the capital, years by destination area (or the world
        outside); MissingVariable when the result has no such flows.
        """
        rows = self._flows(kind, "region", {self.filling("capital")})
        sums = rows.groupby(["destination", "period", "member"], observed=True)["value"].sum()
        by_member = sums.unstack(fill_value=0).reindex(columns=self._members, fill_value=0.0)
        return by_member.median(axis=1).unstack("destination", fill_value=0).sort_index()

    def _flows(self, kind: str, area_kind: str, origins: set[str]) -> pd.DataFrame:
        """Return the flows of a kind that leave `origins` for elsewhere."""
        flows = self.result.flows
        rows = flows[(flows["kind"] == kind) & (flows["area_kind"] == area_kind)]
        rows = rows[rows["origin"].isin(origins) & ~rows["destination"].isin(origins)]
        if rows.empty:
            raise MissingVariable(f"flows.parquet has no {kind} from the capital")
        return rows


def without_figures(region: Region, members: int) -> Reader:
    """Return a reader for a region's names and units, of what `members` say that are no result's."""
    columns = {"member": range(members), "period": 0, "area": "", "area_kind": "region", "variable": "", "unit": ""}
    annual = pd.DataFrame(columns).astype({"area": "category", "variable": "category"}).assign(value=0.0)
    empty = annual.iloc[:0]
    found = Reader(Result("", annual, empty, empty, {"members": members, **regions.told(region)}, ""))
    found.last_published = 0
    return found


def _points(found: tuple[Target, ...], counted: tuple[Count, ...]) -> dict[tuple[str, str], list[Point]]:
    """Return the published figures by variable and area, by year; what a census counted where no target stands."""
    points: dict[tuple[str, str], list[Point]] = {}
    for t in found:
        if t.year is None or t.value is None:
            continue
        low, high = (np.nan if edge is None else edge for edge in t.bounds)
        sure = t.confidence == "high"
        point = Point(t.year, t.value, low, high, t.article, sure, (t.citation_en, t.citation_zh), t.comparator)
        points.setdefault((t.variable, t.area), []).append(point)
    for one in counted:
        known = points.setdefault((one.variable, one.area), [])
        if all(p.year != one.year for p in known):
            known.append(Point(one.year, one.value, np.nan, np.nan, False, True, one.citation, "eq"))
    return {key: sorted(group, key=lambda p: p.year) for key, group in points.items()}
