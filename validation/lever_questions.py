"""Four questions of planners: what is asked, and the numbers that answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION, SECTORS
from jjj_sim.scenario.draft import published
from lab import BEIJING, Series, raised
from lever_steps import inside

_SEEN = "2030Q4"
_TIANJIN, _XIONGAN, _ALL = inside("tianjin"), inside("xiongan"), inside(*REGION.ids)
_RELIEF = ("2026Q1", "2026Q4")
_MANUFACTURERS = 800.0


@dataclass(frozen=True)
class Question:
    """`levers` beside the baseline, and the numbers by label that two runs give, the baseline first."""

    title: str
    told: str
    levers: Mapping[str, Any]
    numbers: Callable[[Series, Series], dict[str, float]]


def _more(base: Series, other: Series, name: str, of: np.ndarray, quarter: str = _SEEN) -> float:
    return float((other.at(name, quarter) - base.at(name, quarter))[of].sum())


def _gdp(base: Series, other: Series, of: np.ndarray, year: int = 2030) -> float:
    """Return GDP of a year above the baseline, bn yuan at current prices."""
    made = [s.total("tables.va_nominal", f"{year}Q1", f"{year}Q4")[of].sum() for s in (other, base)]
    return float(made[0] - made[1])


def _hukou(base: Series, other: Series) -> dict[str, float]:
    became = [s.total("flows.conversions", "2026Q1", _SEEN)[_TIANJIN].sum() for s in (other, base)]
    return {
        "people in Tianjin after five years, thousand": _more(base, other, "population", _TIANJIN) / 1e3,
        "people who became local within five years, thousand": float(became[0] - became[1]) / 1e3,
        "jobs in Tianjin, thousand": _more(base, other, "tables.jobs", _TIANJIN) / 1e3,
        "people in the rest of the region, thousand": _more(base, other, "population", ~_TIANJIN) / 1e3,
    }


def _offers(base: Series, other: Series) -> dict[str, float]:
    name = "stocks.firms_of_capital_origin"
    return {
        "firms of Beijing's origin in Xiong'an": _more(base, other, name, _XIONGAN),
        "people in Xiong'an, thousand": _more(base, other, "population", _XIONGAN) / 1e3,
        "jobs in Xiong'an, thousand": _more(base, other, "tables.jobs", _XIONGAN) / 1e3,
        "GDP of Xiong'an in 2030, bn yuan": _gdp(base, other, _XIONGAN),
        "GDP of Beijing in 2030, bn yuan": _gdp(base, other, BEIJING),
    }


def _relief(base: Series, other: Series) -> dict[str, float]:
    def gone(series: Series) -> float:
        closed = series.total("flows.jobs_closed_by_relief", *_RELIEF)[BEIJING].sum()
        moved = series.total("flows.jobs_moved_by_relief", *_RELIEF)[:N_ZONES][BEIJING]
        return float(closed + moved[:, np.append(~BEIJING, True)].sum())

    jobs = gone(other) - gone(base)
    lost = [s.total("tables.va_nominal", "2027Q1", "2027Q4")[BEIJING].sum(axis=0) for s in (other, base)]
    by_sector = lost[0] - lost[1]
    found = {"jobs closed or moved out of Beijing in 2026, thousand": jobs / 1e3}
    found |= {
        f"Beijing's value added of 2027, {sector.key.replace('_', ' ')}, bn yuan": float(value)
        for sector, value in zip(SECTORS, by_sector, strict=True)
    }
    found["Beijing's value added of 2027 a job gone, thousand yuan"] = float(by_sector.sum()) * 1e6 / jobs
    found["the region's value added of 2027, bn yuan"] = _gdp(base, other, _ALL, 2027)
    return found


def _railways(base: Series, other: Series) -> dict[str, float]:
    km = other.at("tables.high_speed_km", _SEEN) - base.at("tables.high_speed_km", _SEEN)
    whole = base.total("tables.va_nominal", "2030Q1", _SEEN).sum()
    gdp = _gdp(base, other, _ALL)
    return {
        "high-speed line in 2030, km": float(km),
        "GDP of the region in 2030, bn yuan": gdp,
        "the same, % of GDP": 100.0 * gdp / float(whole),
        "jobs of the region, thousand": _more(base, other, "tables.jobs", _ALL) / 1e3,
        "people of Xiong'an, thousand": _more(base, other, "population", _XIONGAN) / 1e3,
    }


def _held(lever: str, key: str | None = None) -> float:
    """Return the value of a path at the end of 2025."""
    return published(REGION)[lever].at(parse("2025Q4"), key)


def _never_after(quarter: str) -> dict[str, Any]:
    """Return the rail programme without the lines that would open after a quarter."""
    plan = published(REGION)["rail_programme"].events
    late = [name for name, event in plan.items() if event.quarter is not None and event.quarter > parse(quarter)]
    return {"openings": dict.fromkeys(late, "never")}


QUESTIONS = (
    Question(
        "Tianjin opens its hukou fully",
        "Openness of Tianjin goes to 1 in the first quarter of 2026; the end of 2030 against the baseline.",
        {"hukou_openness": {"paths": {"tianjin": [["2025Q4", _held("hukou_openness", "tianjin")], ["2026Q1", 1.0]]}}},
        _hukou,
    ),
    Question(
        "Xiong'an offers 15,000 places for Beijing's firms by 2030 in place of 5,200",
        "The path of offers rises to 15,000 by the end of 2030; that year against the baseline.",
        {"xiongan_offers": {"path": [["2025Q4", _held("xiongan_offers")], [_SEEN, 15_000.0]]}},
        _offers,
    ),
    Question(
        "Beijing relieves 800 manufacturers more in 2026",
        "200 more a quarter; value added of 2027 at current prices against the baseline.",
        {"relief_manufacturing": raised("relief_manufacturing", *_RELIEF, _MANUFACTURERS / 4.0)},
        _relief,
    ),
    Question(
        "No railway opens after 2024",
        "Lines that would open from 2025 on never do; 2030 against the baseline.",
        {"rail_programme": _never_after("2024Q4")},
        _railways,
    ),
)
