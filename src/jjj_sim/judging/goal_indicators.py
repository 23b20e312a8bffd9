"""The indicators of the six goals of 2030: what is read, the threshold, its basis, the latest published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jjj_sim.evidence.geography import GEOGRAPHY
from jjj_sim.judging.readings import Readings

F64 = NDArray[np.float64]
Measure = Callable[[Readings, int], F64 | None]


@dataclass(frozen=True)
class GoalIndicator:
    """One indicator of a goal; `measure` reads it, None where the model has none. `latest` is published."""

    goal: str
    indicator: str
    zh: str
    area: str
    sense: Literal["<=", ">=", "band"]
    threshold: float
    unit: str
    basis: str
    mandatory: bool
    measure: Measure | None = None
    latest: float | None = None
    latest_year: int | None = None
    upper: float | None = None

    def meets(self, values: F64) -> NDArray[np.bool_]:
        """Return which of `values` are on the right side of the threshold."""
        if self.sense == "<=":
            return values <= self.threshold
        if self.upper is not None:
            return (values >= self.threshold) & (values <= self.upper)
        return values >= self.threshold


def _of(variable: str, area: str) -> Measure:
    return lambda r, year: r.year(variable, area, year)


def _sum(variable: str, *areas: str) -> Measure:
    def measure(r: Readings, year: int) -> F64 | None:
        parts = [r.year(variable, area, year) for area in areas]
        found = [p for p in parts if p is not None]
        return np.asarray(sum(found)) if len(found) == len(areas) else None

    return measure


def _mean3(variable: str, area: str) -> Measure:
    """The mean of three years, which takes the luck of the weather out; the first year alone in 2013."""

    def measure(r: Readings, year: int) -> F64 | None:
        parts = [r.year(variable, area, y) for y in (year - 2, year - 1, year)]
        found = [p for p in parts if p is not None]
        return np.mean(found, axis=0) if found and parts[-1] is not None else None

    return measure


def _worst(variable: str) -> Measure:
    """The largest value of a year over the zones."""

    def measure(r: Readings, year: int) -> F64 | None:
        found = [v for v in (r.year(variable, zone, year) for zone in GEOGRAPHY.ids) if v is not None]
        return np.asarray(np.max(found, axis=0)) if found else None

    return measure


def _intensity(above: str, below: str, area: str, since: int) -> Measure:
    """What one variable is to another, relative to what it was in a year."""

    def measure(r: Readings, year: int) -> F64 | None:
        parts = [r.year(v, area, y) for y in (year, since) for v in (above, below)]
        found = [p for p in parts if p is not None]
        return (found[0] / found[1]) / (found[2] / found[3]) if len(found) == len(parts) else None

    return measure


def _change(variable: str, area: str, since: int, relative: bool) -> Measure:
    """The change since a year: a ratio, or a difference."""

    def measure(r: Readings, year: int) -> F64 | None:
        now, then = r.year(variable, area, year), r.year(variable, area, since)
        if now is None or then is None:
            return None
        return now / then if relative else now - then

    return measure


def _ratio(variable: str, above: str, below: str) -> Measure:
    def measure(r: Readings, year: int) -> F64 | None:
        a, b = r.year(variable, above, year), r.year(variable, below, year)
        return None if a is None or b is None else a / b

    return measure


def _yearly_growth(variable: str, area: str) -> Measure:
    """Mean growth over the five years before, percent a year."""

    def measure(r: Readings, year: int) -> F64 | None:
        now, then = r.year(variable, area, year), r.year(variable, area, year - 5)
        return None if now is None or then is None else 100.0 * ((now / then) ** 0.2 - 1.0)

    return measure


def _real_per_head(r: Readings, year: int) -> F64 | None:
    """GDP per head at the prices of 2024."""
    base = r.year("gdp_per_head", "jjj", 2024)
    growth = _change("gdp_real", "jjj", 2024, True)(r, year)
    people = _change("population", "jjj", 2024, True)(r, year)
    return None if base is None or growth is None or people is None else base * growth / people


_PLAN = "Beijing master plan 2016-2035"
_A = "assumption"

TABLE = (
    GoalIndicator(
        "G1",
        "Population of the core districts",
        "核心区人口",
        "bj_core",
        "<=",
        1.74e6,
        "persons",
        "core plan: 1.70 m in 2035, interpolated",
        True,
        _of("population", "bj_core"),
        1.804e6,
        2022,
    ),
    GoalIndicator(
        "G1",
        "Population of the six central districts",
        "城六区人口",
        "beijing",
        "<=",
        10.85e6,
        "persons",
        _PLAN,
        True,
        _sum("population", "bj_core", "bj_inner"),
        10.99e6,
        2020,
    ),
    GoalIndicator(
        "G1",
        "Population of Beijing",
        "北京常住人口",
        "beijing",
        "<=",
        23.0e6,
        "persons",
        _PLAN,
        True,
        _of("population", "beijing"),
        21.83e6,
        2024,
    ),
    GoalIndicator(
        "G1",
        "Functions of the four centres in GDP, change on 2013",
        "四个中心功能占比变化",
        "beijing",
        ">=",
        8.0,
        "percentage points",
        _A,
        False,
        _change("four_centre_share", "beijing", 2013, False),
    ),
    GoalIndicator(
        "G1",
        "Population of the sub-centre",
        "城市副中心人口",
        "bj_subcentre",
        "<=",
        2.05e6,
        "persons",
        "Tongzhou plan 2035",
        False,
        _of("population", "bj_subcentre"),
        1.84e6,
        2020,
    ),
    GoalIndicator("G2", "Market integration of wages", "工资市场一体化", "jjj", ">=", 0.25, "1", _A, True),
    GoalIndicator(
        "G2",
        "People within 60 minutes of Beijing or Tianjin",
        "60分钟可达京津人口占比",
        "jjj",
        ">=",
        65.0,
        "percent",
        "1 h and 1.5 h circles; level an assumption",
        True,
    ),
    GoalIndicator(
        "G2",
        "Population of Xiong'an",
        "雄安新区人口",
        "xiongan",
        ">=",
        1.7e6,
        "persons",
        _A,
        True,
        _of("population", "xiongan"),
        1.3607e6,
        2024,
    ),
    GoalIndicator(
        "G3",
        "Tertiary sector in GDP",
        "第三产业占比",
        "jjj",
        "band",
        70.0,
        "percent",
        "trend; a band of 70 to 73, since deindustrialisation is no goal (assumption)",
        False,
        _of("gdp_share_tertiary", "jjj"),
        68.9,
        2024,
        73.0,
    ),
    GoalIndicator(
        "G3",
        "High technology in industry, change on 2024",
        "高技术制造业占工业比重变化",
        "jjj",
        ">=",
        6.0,
        "percentage points",
        _A,
        True,
        _change("hightech_share_of_industry", "jjj", 2024, False),
    ),
    GoalIndicator(
        "G3",
        "R&D intensity",
        "研发投入强度",
        "jjj",
        ">=",
        4.7,
        "percent",
        "4.22 in 2024 and 0.08 points a year",
        True,
        _of("rd_intensity", "jjj"),
        4.22,
        2024,
    ),
    GoalIndicator(
        "G3",
        "Growth of real output per job, five years",
        "劳动生产率年均增速",
        "jjj",
        ">=",
        4.0,
        "percent/year",
        _A,
        False,
        _yearly_growth("labour_productivity", "jjj"),
        4.4,
        2024,
    ),
    GoalIndicator(
        "G4",
        "PM2.5, mean of three years",
        "PM2.5三年均值",
        "jjj",
        "<=",
        29.7,
        "ug/m3",
        "33 in 2027 (action plan) and 25 in 2035 (national), interpolated in logs",
        True,
        _mean3("pm25", "jjj"),
    ),
    GoalIndicator(
        "G4",
        "PM2.5 in Beijing, mean of three years",
        "北京PM2.5三年均值",
        "beijing",
        "<=",
        28.0,
        "ug/m3",
        "below 32 in 2025 (plan); " + _A,
        True,
        _mean3("pm25", "beijing"),
        30.5,
        2024,
    ),
    GoalIndicator(
        "G4",
        "PM2.5 in the worst zone",
        "最差分区PM2.5",
        "jjj",
        "<=",
        35.0,
        "ug/m3",
        "grade II, GB 3095-2012",
        False,
        _worst("pm25"),
    ),
    GoalIndicator(
        "G4",
        "Emissions a unit of GDP, 2024 = 1",
        "单位GDP排放(2024=1)",
        "jjj",
        "<=",
        0.7,
        "ratio",
        _A,
        False,
        _intensity("emissions", "gdp_real", "jjj", 2024),
    ),
    GoalIndicator(
        "G5",
        "Service spending per head, Beijing to Hebei",
        "京冀人均公共服务支出比",
        "beijing",
        "<=",
        2.0,
        "ratio",
        "1.91 by Beijing's trend 2014-2020, relaxed",
        True,
        _ratio("service_spending_per_head", "beijing", "hebei_official"),
        2.49,
        2020,
    ),
    GoalIndicator(
        "G5",
        "Service spending per head, Tianjin to Hebei",
        "津冀人均公共服务支出比",
        "tianjin",
        "<=",
        1.45,
        "ratio",
        _A,
        True,
        _ratio("service_spending_per_head", "tianjin", "hebei_official"),
        1.60,
        2020,
    ),
    GoalIndicator(
        "G5",
        "Theil index of services, 2013 = 1",
        "公共服务泰尔指数(2013=1)",
        "jjj",
        "<=",
        0.6,
        "ratio",
        _A,
        True,
        _change("services_theil", "jjj", 2013, True),
    ),
    GoalIndicator(
        "G5",
        "Income per head, Beijing to Hebei",
        "京冀人均收入比",
        "beijing",
        "<=",
        2.35,
        "ratio",
        "twice the speed of 2013-2021 (assumption)",
        False,
        None,
        2.55,
        2021,
    ),
    GoalIndicator(
        "G6",
        "Share of national GDP",
        "占全国GDP比重",
        "jjj",
        ">=",
        8.5,
        "percent",
        "keep the share; it fell from 9.33 while GDP doubled",
        True,
        _of("gdp_share_of_nation", "jjj"),
        8.5,
        2024,
    ),
    GoalIndicator(
        "G6",
        "GDP per head",
        "人均GDP",
        "jjj",
        ">=",
        142_400.0,
        "yuan of 2024/year",
        "20,000 US dollars at 7.12 yuan, proxy of moderately developed (assumption)",
        False,
        _real_per_head,
    ),
)
