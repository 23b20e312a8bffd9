"""The record of a run: the parts of every indicator by quarter, and who moved where by year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.indicators import Indicator, areas, indicators
from jjj_sim.indicators.indicator import F64
from jjj_sim.policy.plan import Plan
from jjj_sim.region import Region
from jjj_sim.state.world import World


class Flow(NamedTuple):
    """Rows of one `kind` in flows.parquet, from `field` of World.flows: (from, to) or (from, to, sector).

    The group of a row is `cause`, the sector, or "cause.sector"; an index past the zones is the world outside.
    """

    kind: str
    field: str
    cause: str
    unit: str

    def groups(self, sectors: Sequence[str]) -> list[str]:
        """Return the groups of a field by sector, or of one without (`sectors` empty)."""
        return [f"{self.cause}.{s}" if self.cause else s for s in sectors] or [self.cause]


FLOWS = (
    Flow("residents", "moves", "all", "persons"),
    Flow("firms_relocated", "firms_moved_by_relief", "relief", "units"),
    Flow("firms_relocated", "firms_moved_freely", "voluntary", "units"),
    Flow("firms_branched", "firms_branched", "", "units"),
    Flow("offers_taken", "offers_taken", "xiongan", "units"),
    Flow("markets_relocated", "sites_moved", "relief", "sites"),
    Flow("commuters", "commuters", "all", "persons"),
    Flow("institutions_relocated", "institutions_moved", "named", "institutions"),
    Flow("technology_contracts", "technology_contracts", "all", "bn yuan"),
)


class Frames(NamedTuple):
    """The tidy tables of one member, columns as in the result folder."""

    annual: pd.DataFrame
    series: pd.DataFrame
    flows: pd.DataFrame


class Recorder:
    """Records a world once a quarter; `frames` turns the record into tidy tables.

    Ratios are kept as their parts, so that every sum over zones and quarters is exact.
    """

    def __init__(self, plan: Plan) -> None:
        self.region = plan.region
        self.n_quarters = plan.end + 1
        self.recorded = 0
        self._arrays: dict[str, F64] = {}

    def record(self, world: World) -> None:
        """Record the quarter just lived; ValueError when it is not the next one."""
        if world.t != self.recorded:
            raise ValueError(f"{quarters.label(world.t)} comes after {self.recorded} recorded quarters")
        for indicator in indicators(self.region).values():
            for i, part in enumerate(indicator.measure(world)):
                self._array(f"{indicator.name}.{i}", self.n_quarters, part)[world.t] = part
        for flow in FLOWS:
            moved = world.flows.arrays()[flow.field]
            self._array(f"flow.{flow.field}", -(-self.n_quarters // 4), moved)[world.t // 4] += moved
        self.recorded += 1

    def _array(self, name: str, length: int, part: F64) -> F64:
        """Return the array of `name`, allocated on first sight."""
        if name not in self._arrays:
            self._arrays[name] = np.zeros((length, *np.shape(part)))
        return self._arrays[name]

    def state(self) -> dict[str, NDArray[Any]]:
        """Return the record as arrays by name, to be saved."""
        return {**self._arrays, "recorded": np.asarray(self.recorded)}

    def restore(self, arrays: Mapping[str, Any]) -> None:
        """Set the record to what `state` returned."""
        self._arrays = {name: np.array(array) for name, array in arrays.items() if name != "recorded"}
        self.recorded = int(arrays["recorded"])

    def quarterly(self, indicator: Indicator) -> F64:
        """Return values by quarter and area, shape (n_quarters, n_areas); NaN where it is not reported."""
        return _by_area(self.region, indicator, [part[: self.recorded] for part in self._parts(indicator)], lag=4)

    def yearly(self, indicator: Indicator) -> F64:
        """Return values by complete year and area, shape (n_years, n_areas): stocks at the close of the
        fourth quarter, the parts of flows and rates summed over the quarters before they are combined.
        """
        n = self.recorded // 4
        by_year = [part[: 4 * n].reshape(n, 4, *part.shape[1:]) for part in self._parts(indicator)]
        if indicator.kind == "stock":
            return _by_area(self.region, indicator, [part[:, 3] for part in by_year], lag=1)
        return _by_area(self.region, indicator, [part.sum(axis=1) for part in by_year], lag=1)

    def _parts(self, indicator: Indicator) -> list[F64]:
        prefix = f"{indicator.name}."
        return [array for name, array in self._arrays.items() if name.startswith(prefix)]

    def frames(self, scenario: str, member: int) -> Frames:
        """Return the tidy tables of this member, rows by period, kind of area, area and variable."""
        labels = [quarters.label(t) for t in range(self.recorded)]
        periods = pd.Categorical(labels, labels, ordered=True)
        found = list(indicators(self.region).values())
        series = np.stack([self.quarterly(i) for i in found], axis=2)
        return Frames(
            self.annual(scenario, member),
            _tidy(self.region, found, scenario, member, periods, series, lag=4),
            self._flow_table(member),
        )

    def annual(self, scenario: str, member: int, variables: Collection[str] | None = None) -> pd.DataFrame:
        """Return the table by year of this member, of all variables or of some."""
        found = [i for i in indicators(self.region).values() if variables is None or i.name in variables]
        values = np.stack([self.yearly(i) for i in found], axis=2)
        return _tidy(self.region, found, scenario, member, self._years, values, lag=1)

    @property
    def _years(self) -> NDArray[np.int64]:
        return quarters.FIRST_YEAR + np.arange(self.recorded // 4)

    def _flow_table(self, member: int) -> pd.DataFrame:
        """Return moves by year, between zones and between reporting areas, the world outside among both."""
        keys, years = [s.key for s in self.region.sectors], self._years
        levels = _levels(self.region)
        legal = {
            "kind": _once(flow.kind for flow in FLOWS),
            "group": _once(g for flow in FLOWS for sectors in ([], keys) for g in flow.groups(sectors)),
            "place": _once(name for names, _ in levels.values() for name in names),
            "unit": _once(flow.unit for flow in FLOWS),
        }
        tables = []
        for flow in FLOWS:
            moved = self._arrays[f"flow.{flow.field}"][: len(years)]
            n = moved.shape[1]
            groups = flow.groups([] if moved.ndim == 3 else keys)
            moved = moved.reshape(*moved.shape[:3], len(groups))
            for area_kind, (names, places) in levels.items():
                between = np.einsum("ai,yijg,bj->ygab", places[:, :n], moved, places[:, :n])
                between[:, :, np.eye(len(names), dtype=bool)] = 0.0
                y, g, a, b = np.nonzero(between)
                every = np.zeros(len(y), dtype=np.int64)
                tables.append(
                    pd.DataFrame(
                        {
                            "member": every + member,
                            "period": years[y],
                            "kind": _labels([flow.kind], every, legal["kind"]),
                            "group": _labels(groups, g, legal["group"]),
                            "origin": _labels(names, a, legal["place"]),
                            "destination": _labels(names, b, legal["place"]),
                            "value": between[y, g, a, b],
                            "unit": _labels([flow.unit], every, legal["unit"]),
                            "area_kind": _labels([area_kind], every, list(levels)),
                        }
                    )
                )
        return pd.concat(tables, ignore_index=True)


def _levels(region: Region) -> dict[str, tuple[tuple[str, ...], F64]]:
    """Return the places between which moves are told, by kind: names, and their zones (n_areas, n_places)."""
    every = np.eye(region.n_places)
    reported = [np.append(region.inside(name), False) for name in region.areas]
    return {
        "zone": ((*region.ids, region.outside), every),
        "region": ((*region.areas, region.outside), np.vstack([*reported, every[-1]]).astype(float)),
    }


def _once(names: Iterable[str]) -> list[str]:
    """Return each name once, in the order of first sight."""
    return list(dict.fromkeys(names))


def _by_area(region: Region, indicator: Indicator, parts: Sequence[F64], lag: int) -> F64:
    """Return values by period and area; `lag` periods make a year, for changes on the year before."""
    values = np.full((len(parts[0]), len(areas(region))), np.nan)
    for a, area in enumerate(areas(region)):
        if indicator.covers(area):
            values[:, a] = indicator.over(parts, area.inside, leading=1)
    if indicator.on_year:
        levels = values.copy()
        values[...] = np.nan
        before = np.where(levels[:-lag] > 0.0, levels[:-lag], np.nan)
        values[lag:] = 100.0 * (levels[lag:] / before - 1.0)
    return values


def _tidy(
    region: Region, found: Sequence[Indicator], scenario: str, member: int, periods: Any, values: F64, lag: int
) -> pd.DataFrame:
    """Return one row per reported figure of `values`, shape (n_periods, n_areas, n_indicators)."""
    every = areas(region)
    reported = np.zeros(values.shape, dtype=bool)
    for column, indicator in enumerate(found):
        first = lag if indicator.on_year else 0
        reported[first:, [row for row, area in enumerate(every) if indicator.covers(area)], column] = True
    p, a, v = np.nonzero(reported)
    return pd.DataFrame(
        {
            "scenario": _labels([scenario], np.zeros(len(p), dtype=np.int64)),
            "member": np.full(len(p), member, dtype=np.int64),
            "period": periods[p],
            "area": _labels([area.name for area in every], a),
            "area_kind": _labels([area.kind for area in every], a),
            "variable": _labels([i.name for i in found], v),
            "value": values[p, a, v],
            "unit": _labels([i.unit for i in found], v),
        }
    )


def _labels(names: Sequence[str], index: NDArray[Any], categories: Sequence[str] | None = None) -> Any:
    """Return `names` picked by `index` as a categorical, its categories in the order of first sight."""
    legal = _once(names) if categories is None else list(categories)
    place = {name: i for i, name in enumerate(legal)}
    codes = np.array([place[name] for name in names], dtype=np.int64)[index]
    return pd.Categorical.from_codes(codes, categories=pd.Index(legal))
