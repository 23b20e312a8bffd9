"""Published figures of 2013-2024 beside a run of the baseline: one row a variable and area, over its years.

    z = (model - data) / sd,   score = root mean square of z over the years after 2013

The discrepancy sd is the scorecard's where it states one. A sector's comes from those of GDP and of shares,
sqrt(.01^2 + (.7 / share)^2) of the value, share in percent [D]. The others stand in SD with their reason [A].
What is read as an index is told so: levels of two concepts differ, growth should not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.targets import Discrepancy, Target, targets
from jjj_sim.regions.jingjinji.statistics import commuting, unemployment, wages
from jjj_sim.regions.jingjinji.statistics.geography import REGION, SECTORS
from jjj_sim.regions.jingjinji.statistics.tables import CONFIDENCES, Figure, figure, series

F64 = NDArray[np.float64]
FIRST, LAST = 2013, 2024
PROVINCES = ("beijing", "tianjin", "hebei_official")
BROAD = ("primary", "secondary", "tertiary")
# Discrepancies of variables that the scorecard does not judge [A].
SD = {
    "zone_population": Discrepancy(0.02),  # census of November, run of December; borders
    "unemployment_rate": Discrepancy(0.5, relative=False),  # a survey of towns beside town and country
    "wage": Discrepancy(0.05),  # growth; half of Hebei's workers are in no published mean
    "income_per_head": Discrepancy(0.05),  # growth of a survey beside that of accounts
    "house_price": Discrepancy(0.15),  # growth; mix of new homes sold beside all homes
    "asking_price": Discrepancy(0.25),  # asking prices of a portal
    "commuters": Discrepancy(0.25),  # one covid year, and a share of stable workers
    "college_share": Discrepancy(1.0, relative=False),
}
# What entered the run as data, or chose a parameter: agreement there is no skill.
IMPOSED = ("budget_spending", "rd_intensity")
SET_ON = (
    *("tech_contract_flow_to_tianjin_hebei", "tech_contracts_from_beijing_tianjin", "commuters", "firms", "pm25"),
    *("population", "population, census", "migrants", "house_price, growth"),
)
_LEFT = ("registered_population", "rd_expenditure", "high_speed_rail_length")
_OVER_ALL, _SHARE = 0.01, 0.7


class Beside(NamedTuple):
    """A variable of an area over `years`: what was published, the model's median, and the discrepancies."""

    variable: str
    area: str
    unit: str
    years: tuple[int, ...]
    data: F64
    model: F64
    sd: F64
    confidence: str
    relative: bool = True

    @property
    def judged(self) -> NDArray[np.bool_]:
        """Years after the opening, which is the data."""
        return np.array(self.years) > FIRST

    @property
    def score(self) -> float:
        """Return the root mean square of the standardised errors; nan without a year after the opening."""
        z = ((self.model - self.data) / self.sd)[self.judged]
        return float(np.sqrt(np.mean(z**2))) if len(z) else float("nan")

    @property
    def last(self) -> float:
        """Return the error of the last year: percent of the data, or its own unit for a rate."""
        gap = self.model[-1] - self.data[-1]
        return float(100.0 * gap / self.data[-1] if self.relative else gap)

    @property
    def key(self) -> tuple[str, str]:
        """Return (variable, area)."""
        return self.variable, self.area

    @property
    def kind(self) -> str:
        """Return what the data were used for: imposed, set on, or nothing."""
        return "imposed" if self.variable in IMPOSED else "set on" if self.variable in SET_ON else ""


def beside(readings: Readings, college: Mapping[str, float], neighbours: float) -> list[Beside]:
    """Return every comparison, worst first; `college` is the share by area in 2020, percent, and `neighbours`
    the commuters from the North Three Counties into Beijing in 2022, persons."""
    rows = [
        *_published(readings),
        *_sectors(readings),
        *_zones(readings),
        *_indices(readings),
        *_unemployment(readings),
        *_commuters(readings, neighbours),
        *_college(college),
    ]
    return sorted((r for r in rows if np.isfinite(r.score)), key=lambda r: -r.score)


def index(values: Mapping[int, float]) -> dict[int, float]:
    """Return `values` over the first of them, the years from FIRST on."""
    kept = {y: v for y, v in values.items() if FIRST <= y <= LAST}
    base = kept[min(kept)]
    return {y: v / base for y, v in kept.items()}


def sector_sd(share: float) -> float:
    """Return the relative discrepancy of a sector that holds `share` (0 to 1) of GDP."""
    return float(np.hypot(_OVER_ALL, _SHARE / 100.0 / share))


def row(
    key: tuple[str, str],
    unit: str,
    data: Mapping[int, float],
    model: Mapping[int, float],
    found: Discrepancy,
    confidence: str,
) -> Beside | None:
    """Return the comparison over the years that both have; None without one."""
    years = tuple(y for y in sorted(data) if y in model and FIRST <= y <= LAST)
    if not years:
        return None
    a, b = np.array([data[y] for y in years]), np.array([model[y] for y in years])
    sd = found.size * (np.abs(a) if found.relative else np.ones_like(a))
    return Beside(*key, unit, years, a, b, sd, confidence, found.relative)


def lowest(figures: list[Figure]) -> str:
    """Return the lowest confidence of several figures."""
    return min((f.confidence for f in figures), key=CONFIDENCES.index)


def _medians(readings: Readings, variable: str, area: str) -> dict[int, float]:
    found = {y: readings.year(variable, area, y) for y in readings.years(variable, area)}
    return {y: float(np.median(v)) for y, v in found.items() if v is not None and np.isfinite(v).all()}


def _published(readings: Readings) -> Iterator[Beside]:
    """Yield the published series that the scorecard judges, without what drives the run."""
    groups: dict[tuple[str, str], list[Target]] = {}
    for t in targets(readings.region):
        told = not t.article and t.role != "drive" and t.variable not in _LEFT and t.confidence != "low"
        if told and t.discrepancy is not None and t.year is not None and t.year <= LAST:
            groups.setdefault((t.variable, t.area), []).append(t)
    for (variable, area), figures in groups.items():
        if variable.startswith("gdp_share_") and not variable.endswith("nation"):
            continue
        model = _medians(readings, variable, area)
        data = {t.year: t.value for t in figures if t.year is not None and t.value is not None}
        confidence = min((t.confidence for t in figures), key=CONFIDENCES.index)
        found = figures[0].discrepancy or Discrepancy(np.nan)
        if (one := row((variable, area), figures[0].unit, data, model, found, confidence)) is not None:
            own = {t.year: t.discrepancy.size for t in figures if t.discrepancy is not None}
            yield one._replace(sd=one.sd * np.array([own[y] for y in one.years]) / found.size)


def _sectors(readings: Readings) -> Iterator[Beside]:
    """Yield value added at current prices by three and by nine sectors, on the fifth census' base, 2019-24."""
    for area in PROVINCES:
        gdp, total = _medians(readings, "gdp_nominal", area), series("region_series", "gdp_nominal", area)
        for broad in BROAD:
            share = _medians(readings, f"gdp_share_{broad}", area)
            data = series("region_series", f"va_{broad}", area)
            model = {y: gdp[y] * share[y] / 100.0 for y in gdp}
            sd = sector_sd(data[LAST] / total[LAST])
            high = lowest([figure("region_series", f"va_{broad}", area, y) for y in data if y >= 2019])
            one = row((f"va_{broad}", area), "bn yuan", _since(data), model, Discrepancy(sd), high)
            if one is not None:
                yield one
        for s, sector in enumerate(SECTORS[1:], start=1):
            where = {"sector_id": str(s)}
            data = _since(series("sector_base", "va", area, **where))
            level = lowest([figure("sector_base", "va", area, y, **where) for y in data])
            sd = sector_sd(data[LAST] / total[LAST])
            key = (f"va_{sector.key}", area)
            one = row(key, "bn yuan", data, _medians(readings, key[0], area), Discrepancy(sd), level)
            if one is not None:
                yield one


def _since(values: Mapping[int, float]) -> dict[int, float]:
    """Return the years of the fifth census' base: sectors before 2019 stand on others."""
    return {y: v for y, v in values.items() if 2019 <= y <= LAST}


def _zones(readings: Readings) -> Iterator[Beside]:
    """Yield people by zone beside the census of November 2020: Tianjin's two, whose border moved, together."""
    together = tuple(z for z in REGION.ids if REGION.inside("tianjin")[REGION.index(z)])
    for zones in (together, *((z,) for z in REGION.ids if z not in together)):
        found = [figure("zone_series", "population", zone, 2020) for zone in zones]
        model = sum(_medians(readings, "population", zone)[2020] for zone in zones)
        counted, confidence = sum(f.value for f in found), lowest(found)
        key = ("population, census", "+".join(zones))
        one = row(key, "persons", {2020: counted}, {2020: model}, SD["zone_population"], confidence)
        if one is not None:
            yield one


def _indices(readings: Readings) -> Iterator[Beside]:
    """Yield growth of wages, income and prices since 2013 (or the first year published)."""
    for area in PROVINCES:
        yield from _grown(readings, "wage", area, wages.average(area), SD["wage"], "medium")
        income = series("region_series", "income_disposable_pc", area)
        yield from _grown(readings, "income_per_head", area, income, SD["income_per_head"], "medium")
    for area in ("beijing", "tianjin"):
        price = series("region_series", "new_home_price", area)
        yield from _grown(readings, "house_price", area, price, SD["house_price"], "high")
    for zone in REGION.ids:
        try:
            asked = series("zone_series_2", "house_price_listing", zone)
        except DataError:
            continue
        asked = {y: v for y, v in asked.items() if FIRST <= y <= LAST}
        if len(asked) > 1:
            yield from _grown(readings, "house_price", zone, asked, SD["asking_price"], "medium")


def _grown(
    readings: Readings, variable: str, area: str, data: Mapping[int, float], sd: Discrepancy, confidence: str
) -> Iterator[Beside]:
    first = min(y for y in data if y >= FIRST)
    model = {y: v for y, v in _medians(readings, variable, area).items() if y >= first}
    one = row((f"{variable}, growth", area), f"{first} = 1", index(data), index(model), sd, confidence)
    if one is not None:
        yield one._replace(data=one.data[1:], model=one.model[1:], sd=one.sd[1:], years=one.years[1:])


def _unemployment(readings: Readings) -> Iterator[Beside]:
    for area in ("beijing", "tianjin"):
        model = _medians(readings, "unemployment_rate", area)
        one = row(
            ("unemployment_rate", area),
            "percent",
            {LAST: unemployment.urban_rate(area)[LAST]},
            model,
            SD["unemployment_rate"],
            "high",
        )
        if one is not None:
            yield one


def _commuters(readings: Readings, neighbours: float) -> Iterator[Beside]:
    inwards = _medians(readings, "commuters_in", "beijing")
    of: dict[str, Callable[[int], float]] = {"outside": lambda y: inwards[y], "langfang_n3": lambda y: neighbours}
    groups: dict[str, dict[int, float]] = {}
    for one in commuting.into_beijing():
        groups.setdefault(one.name, {})[one.year] = one.persons
    for name, data in groups.items():
        model = {y: of[name](y) for y in data}
        found = row(("commuters", name), "persons", data, model, SD["commuters"], "medium")
        if found is not None:
            yield found


def _college(college: Mapping[str, float]) -> Iterator[Beside]:
    for area, share in college.items():
        found = figure("region_series", "tertiary_education_share", area, 2020)
        one = row(
            ("college_share", area),
            "percent",
            {2020: found.value},
            {2020: share},
            SD["college_share"],
            found.confidence,
        )
        if one is not None:
            yield one
