"""A result as the charts read it: bands over members and the published figures beside them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.charts.words import Lang, say
from jjj_sim.errors import DataError
from jjj_sim.evidence.geography import GEOGRAPHY, REGIONS
from jjj_sim.running.result import Result

F64 = NDArray[np.float64]
REST_OF_CHINA = "rest_of_china"


class MissingVariable(DataError):
    """A result lacks what a chart shows."""


@dataclass(frozen=True)
class Members:
    """A variable of one area by member and year: `values` (n_members, n_years), `years` (n_years,)."""

    years: NDArray[np.int64]
    values: F64

    @property
    def band(self) -> Band:
        """Median and 5 to 95 % over members."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a year that no member has stays NaN
            low, middle, high = np.nanquantile(self.values, [0.05, 0.5, 0.95], axis=0)
        return Band(self.years, middle, low, high)

    def since(self, year: int) -> Members:
        """Return the change on `year` in percent of it, without the years before."""
        at = int(np.flatnonzero(self.years == year)[0])
        base = self.values[:, [at]]
        return Members(self.years[at:], 100.0 * (self.values[:, at:] / base - 1.0))


class Band(NamedTuple):
    """Median and 90 % interval by year."""

    years: NDArray[np.int64]
    median: F64
    low: F64
    high: F64


class Point(NamedTuple):
    """A published figure: `article` when the founding article gives it; `sure` when confidence is high."""

    year: int
    value: float
    low: float
    high: float
    article: bool
    sure: bool
    source: str
    comparator: str


class Reader:
    """Reads the tables of one result; what was asked for once is kept."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self._variables = result.annual.groupby("variable", observed=True, sort=False)
        self._tables: dict[str, dict[str, Members]] = {}
        self._members = sorted(int(m) for m in result.annual["member"].unique())
        self.n_members = len(self._members)
        evidence = result.evidence
        quote = evidence["quote_zh"].fillna("").astype(str)
        self.evidence = evidence.assign(article=quote != "")
        dated = self.evidence["period"].astype(str).str.extract(r"^(?:\d{4}-)?(\d{4})$")[0]
        given = dated.notna() & self.evidence["published"].notna()
        points = self.evidence[given].assign(year=dated[given].astype(int))
        self.last_published = int(points["year"].max()) if len(points) else 0
        self._points = _points(points)

    def title(self, lang: Lang) -> str:
        """Return the title of the scenario."""
        manifest = self.result.manifest
        english = str(manifest.get("title") or self.result.name)
        return say((english, str(manifest.get("title_zh") or english)), lang)

    def has(self, variable: str, area: str) -> bool:
        """Return whether the result has a variable of an area."""
        return area in self._table(variable)

    def members(self, variable: str, area: str) -> Members:
        """Return a variable of an area by member and year; MissingVariable when there is none."""
        table = self._table(variable)
        if area not in table:
            raise MissingVariable(f"annual.parquet has no {variable} of {area}")
        return table[area]

    def unit(self, variable: str) -> str:
        """Return the unit of a variable; MissingVariable when there is none."""
        if variable not in self._variables.groups:
            raise MissingVariable(f"annual.parquet has no {variable}")
        return str(self._variables.get_group(variable)["unit"].iloc[0])

    def points(self, variable: str, area: str) -> list[Point]:
        """Return the published figures of a variable and area that belong to one year, by year; where the
        article gives a figure, it stands for the series that repeats it.
        """
        points = self._points.get((variable, area), [])
        article = {p.year: p.value for p in points if p.article}
        return [p for p in points if p.article or not np.isclose(article.get(p.year, np.nan), p.value, rtol=1e-3)]

    def _table(self, variable: str) -> dict[str, Members]:
        """Return the members of every area of a variable; Xiong'an stands once, as region and zone agree."""
        if variable not in self._tables:
            self._tables[variable] = self._read(variable)
        return self._tables[variable]

    def _read(self, variable: str) -> dict[str, Members]:
        if variable not in self._variables.groups:
            return {}
        rows = self._variables.get_group(variable)
        rows = rows[~((rows["area_kind"] == "zone") & (rows["area"] == "xiongan"))]
        member, m = np.unique(rows["member"], return_inverse=True)
        year, y = np.unique(rows["period"].astype(int), return_inverse=True)
        a, area = pd.factorize(rows["area"].astype(str))
        values = np.full((len(area), len(member), len(year)), np.nan)
        values[a, m, y] = rows["value"]
        found = {}
        for name, block in zip(area, values, strict=True):
            known = np.isfinite(block).any(axis=0)
            if known.any():
                found[str(name)] = Members(year[known], block[:, known])
        return found

    def moved(self, kind: str, last: int) -> pd.Series[Any]:
        """Return the median over members of all that left Beijing's zones up to the year `last`, by
        destination zone (or the rest of China); MissingVariable when the result has no such flows.
        """
        inside = set(np.array(GEOGRAPHY.ids)[GEOGRAPHY.in_region("beijing")])
        rows = self._flows(kind, "zone", inside)
        sums = rows[rows["period"] <= last].groupby(["member", "destination"], observed=True)["value"].sum()
        return sums.unstack(fill_value=0).reindex(self._members, fill_value=0.0).median()

    def from_beijing(self, kind: str) -> pd.DataFrame:
        """Return the median over members of what left Beijing, years by destination region (or the rest
        of China); MissingVariable when the result has no such flows.
        """
        rows = self._flows(kind, "region", {"beijing"})
        sums = rows.groupby(["destination", "period", "member"], observed=True)["value"].sum()
        by_member = sums.unstack(fill_value=0).reindex(columns=self._members, fill_value=0.0)
        return by_member.median(axis=1).unstack("destination", fill_value=0).sort_index()

    def _flows(self, kind: str, area_kind: str, origins: set[str]) -> pd.DataFrame:
        """Return the flows of a kind that leave `origins` for elsewhere."""
        flows = self.result.flows
        rows = flows[(flows["kind"] == kind) & (flows["area_kind"] == area_kind)]
        rows = rows[rows["origin"].isin(origins) & ~rows["destination"].isin(origins)]
        if rows.empty:
            raise MissingVariable(f"flows.parquet has no {kind} from Beijing")
        return rows


def _points(rows: pd.DataFrame) -> dict[tuple[str, str], list[Point]]:
    """Return the published figures by variable and area, by year."""
    found: dict[tuple[str, str], list[Point]] = {}
    for r in rows.sort_values("year", kind="stable").to_dict("records"):
        point = Point(
            int(r["year"]),
            float(r["published"]),
            float(r["accept_low"]),
            float(r["accept_high"]),
            bool(r["article"]),
            r["confidence"] == "high",
            str(r["source"]),
            str(r["comparator"]),
        )
        found.setdefault((str(r["variable"]), str(r["region"])), []).append(point)
    return found


REGION_ORDER = (*REGIONS[:3], "hebei_official", "jjj")
