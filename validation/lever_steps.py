"""A natural step of every lever from 2026 on: what is done, and the area it acts on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.scenario.schema import parameters
from lab import raised
from railways import line

BEGIN, END = "2026Q1", "2035Q4"
_YEAR_LATER = "2026Q4"


@dataclass(frozen=True)
class Step:
    """`done` says in words what `setting`, the lever's table in the form of a file, does; `areas` are provinces or
    zones on which it acts first. `setting` is made from the minutes between zones as they are.
    """

    lever: str
    done: str
    areas: tuple[str, ...]
    setting: Callable[[NDArray[np.float64]], Mapping[str, Any]]

    @property
    def zones(self) -> NDArray[np.bool_]:
        """Return the zones of its areas."""
        return inside(*self.areas)

    @property
    def place(self) -> str:
        """Return its areas in words."""
        names = {"beijing": "Beijing", "tianjin": "Tianjin", "hebei": "Hebei"}
        return " and ".join(names.get(a) or REGION.name_en[REGION.index(a)].split(" (")[0] for a in self.areas)


def inside(*areas: str) -> NDArray[np.bool_]:
    """Return the zones of provinces and zones by name."""
    found = np.zeros(REGION.n_zones, dtype=bool)
    for area in areas:
        if area in REGION.ids:
            found[REGION.index(area)] = True
        else:
            found |= REGION.inside(area)
    return found


def path(lever: str, by: float, key: str | None = None, last: str = END) -> Callable[..., Mapping[str, Any]]:
    """Return a setting that raises a path by `by` from 2026 to `last`."""
    return lambda minutes: raised(lever, BEGIN, last, by, key)


def _move(jobs: float, origin: str, destination: str, **more: Any) -> Callable[..., Mapping[str, Any]]:
    event = {"quarter": BEGIN, "jobs": jobs, "origin": origin, "destination": destination, **more}
    return lambda minutes: {"events": {"one_more": event}}


def _line(minutes: NDArray[np.float64]) -> Mapping[str, Any]:
    a, b = REGION.index("xiongan"), REGION.index("tj_urban")
    return {"openings": {"one_more": line(a, b, BEGIN, minutes)}}


# A cost in utility is worth the loss of real income that moves people as much.
_INCOME = -100.0 * np.expm1(-0.1 / parameters()["migration"]["real_income"].default)
_COST = f"0.1 utility more, as {_INCOME:.0f} % less income"
STEPS = (
    Step(
        "relief_manufacturing",
        "200 manufacturers more a quarter in 2026",
        ("beijing",),
        path("relief_manufacturing", 200.0, last=_YEAR_LATER),
    ),
    Step(
        "relief_markets",
        "10 sites more a quarter in 2026",
        ("beijing",),
        path("relief_markets", 10.0, last=_YEAR_LATER),
    ),
    Step("land_reuse", "all of the floor that is freed (1)", ("beijing",), path("land_reuse", 1.0)),
    Step("negative_list", "the list is lifted (-1)", ("beijing",), path("negative_list", -1.0)),
    Step(
        "headquarters_moves",
        "one headquarters of 1,000 jobs from the core to Xiong'an",
        ("xiongan",),
        _move(1000.0, "bj_core", "xiongan"),
    ),
    Step(
        "university_hospital_moves",
        "one university of 30,000 students and 3,000 jobs from inner Beijing to Xiong'an",
        ("xiongan",),
        _move(3000.0, "bj_inner", "xiongan", students=30_000.0, beds=0.0, kind="university"),
    ),
    Step(
        "subcentre_move",
        "one wave of 12,000 jobs from the core to the sub-centre",
        ("bj_subcentre",),
        _move(12_000.0, "bj_core", "bj_subcentre"),
    ),
    Step("xiongan_investment", "10 bn yuan a year more", ("xiongan",), path("xiongan_investment", 10.0)),
    Step("xiongan_services", "0.1 more of the capital's index", ("xiongan",), path("xiongan_services", 0.1)),
    Step("xiongan_offers", "1,000 firms more at once", ("xiongan",), path("xiongan_offers", 1000.0)),
    Step("beijing_population_cap", _COST, ("beijing",), path("beijing_population_cap", 0.1)),
    Step("hukou_openness", "Tianjin 0.1 more open", ("tianjin",), path("hukou_openness", 0.1, "tianjin")),
    Step("points_hukou", "10,000 persons a year more", ("beijing",), path("points_hukou", 10_000.0)),
    Step("rail_programme", "one line from Tianjin to Xiong'an at half the minutes", ("xiongan", "tj_urban"), _line),
    Step("relocation_subsidy", "0.02 yuan a yuan more", ("tianjin", "hebei"), path("relocation_subsidy", 0.02)),
    Step("talent_subsidy", "50,000 yuan a graduate", ("tianjin", "hebei"), path("talent_subsidy", 50_000.0)),
    Step("elder_care", "half of the gap", ("beijing",), path("elder_care", 0.5)),
    Step(
        "founding_subsidy",
        "0.02 yuan a yuan more, for three years",
        ("tj_binhai", "xiongan"),
        path("founding_subsidy", 0.02),
    ),
    Step("tax_holiday", "0.4 remitted, as 15 instead of 25 percent", ("xiongan",), path("tax_holiday", 0.4)),
    Step("technology_subsidy", "0.05 of the contract more", ("tianjin", "hebei"), path("technology_subsidy", 0.05)),
    Step("rd_intensity", "Hebei 0.5 percent of GDP more", ("hebei",), path("rd_intensity", 0.5, "hebei")),
    Step("chain_coordination", "0.05 more", ("hebei",), path("chain_coordination", 0.05)),
    Step(
        "housing_supply",
        "a fifth more land in the outer districts",
        ("bj_outer",),
        path("housing_supply", 0.2, "land_bj_outer"),
    ),
    Step("emission_standards", "half as fast again (0.5)", ("hebei",), path("emission_standards", 0.5)),
    Step("steel_cap", "50 million tonnes less", ("hebei",), path("steel_cap", -50.0)),
    Step("shared_parks", "10 percent more to the origin", ("beijing",), path("shared_parks", 10.0)),
    Step(
        "ecological_compensation",
        "1 bn yuan a year more",
        ("zhangjiakou", "chengde"),
        path("ecological_compensation", 1.0),
    ),
    Step("fiscal_equalisation", "0.1 of the shortfall more", ("hebei",), path("fiscal_equalisation", 0.1)),
    Step("service_portability", "200 items more", ("hebei",), path("service_portability", 200.0)),
    Step("beijing_congestion", "a tenth more capacity", ("beijing",), path("beijing_congestion", 0.1)),
)
