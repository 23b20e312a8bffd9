"""Published series beside which the model is put: which table row measures which indicator, in which vintage.

The vintages follow the breaks of the sources. Levels of GDP stand on the fifth economic census; shares of
2013 and the share of the nation on the fourth, the only base on which they exist for all years; sector
shares of 2014-2018 are those first published. Population is the census-revised series. Official Hebei
contains Xiong'an.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from jjj_sim.errors import DataError
from jjj_sim.evidence.history import relieved_firms
from jjj_sim.evidence.tables import Figure, figure, series

FIRST_YEAR, LAST_FITTED_YEAR = 2013, 2020
TABLE = "region_series"
_PROVINCES = ("beijing", "tianjin", "hebei_official")
_ALL = (*_PROVINCES, "jjj")
# Totals of relieved manufacturing published to this year count from 2013, later ones and the model from 2014.
_COUNTED_FROM_2013 = 2018
_LOW_TO_HIGH = ("low", "medium", "high")


class Source(NamedTuple):
    """`variable` of region_series measures `indicator`; over `over` of the same area (or of the nation) it is
    a percentage. `role` overrides fitted to 2020, judged after. `at` is the run's area where it is another."""

    indicator: str
    variable: str
    areas: tuple[str, ...]
    first: int = FIRST_YEAR
    last: int = 9999
    over: str = ""
    nation: bool = False
    role: str = ""
    at: str = ""


_FLOW = "tech_contract_flow_to_tianjin_hebei"
_BROAD = ("primary", "secondary", "tertiary")

SOURCES = (
    Source("population", "population_resident", (*_ALL, "xiongan")),
    Source("registered_population", "population_registered", ("beijing", "tianjin"), role="context"),
    Source("migrants", "population_migrant_resident", ("beijing",)),
    Source("age_share_60plus", "age_share_60plus", _PROVINCES),
    Source("gdp_nominal", "gdp_nominal", (*_ALL, "xiongan")),
    Source("gdp_real_growth", "gdp_growth_real_5ec", _ALL),
    *(Source(f"gdp_share_{b}", f"share_{b}_4ec", _ALL, last=2013) for b in _BROAD),
    *(Source(f"gdp_share_{b}", f"share_{b}_first", _ALL, 2014, 2018, role="context") for b in _BROAD),
    *(Source(f"gdp_share_{b}", f"va_{b}", _ALL, 2019, over="gdp_nominal") for b in _BROAD),
    Source("gdp_share_of_nation", "gdp_nominal_4ec", ("jjj",), over="gdp_nominal_4ec", nation=True),
    Source("gdp_per_head", "gdp_per_capita", _PROVINCES),
    Source("employment", "employed_total", _ALL),
    Source("firms", "corporate_units_sec_ter", _ALL),
    Source("budget_spending", "budget_expenditure", _PROVINCES),
    Source("budget_revenue", "budget_revenue", _PROVINCES),
    Source("pm25", "pm25_annual_mean", _ALL),
    Source("high_speed_rail_length", "hsr_length", ("jjj",), role="context"),
    Source("relocated_general_manufacturing_firms", "relocated_manufacturing_cum", ("beijing",), role="drive"),
    Source("relocated_or_upgraded_markets", "relocated_markets_cum", ("beijing",), role="drive"),
    Source("xiongan_investment", "investment_cum", ("xiongan",), role="drive"),
    Source("central_soe_branches", "soe_branches", ("xiongan",), role="drive"),
    Source("rd_intensity", "rd_expenditure", _ALL, over="gdp_nominal", role="drive"),
    Source("rd_expenditure", "rd_expenditure", _ALL, role="context"),
    # Trend, dip and Hebei's scale were chosen on the whole series: none of it judges.
    Source(
        "tech_contract_flow_to_tianjin_hebei", "tech_contract_flow_to_tianjin_hebei", ("beijing",), role="calibrate"
    ),
    Source(
        "tech_contracts_from_beijing_tianjin",
        "tech_contracts_absorbed_from_jingjin",
        ("hebei_official",),
        role="calibrate",
    ),
    Source("tech_contracts_mutual_value", "tech_contracts_mutual_value", ("jjj",)),
    Source("firms_of_beijing_origin", "beijing_origin_firms", ("xiongan",), role="drive"),
    Source("zhongguancun_branches", "zhongguancun_branches_in_tianjin_hebei", ("beijing",), at="jjj"),
)


@dataclass(frozen=True)
class Published:
    """One published figure in base units, beside the indicator and period of the model it belongs to."""

    indicator: str
    area: str
    year: int
    period: str
    value: float
    unit: str
    role: str
    source: str
    confidence: str
    note: str


def published() -> Iterator[Published]:
    """Yield the published figures of SOURCES by indicator, area and year."""
    for source in SOURCES:
        for area in source.areas:
            for year in _years(source, area):
                yield _row(source, area, year)


def _years(source: Source, area: str) -> list[int]:
    """Return the years a source has; none where the table has no such series of the area."""
    try:
        years = series(TABLE, source.variable, area)
    except DataError:
        return []
    return [y for y in years if source.first <= y <= source.last]


def _row(source: Source, area: str, year: int) -> Published:
    top = figure(TABLE, source.variable, area, year)
    value, confidence, origin = top.value, top.confidence, top.source
    if source.over:
        below = figure(TABLE, source.over, "nation" if source.nation else area, year)
        value = 100.0 * value / below.value
        confidence = min(confidence, below.confidence, key=_LOW_TO_HIGH.index)
        origin = f"derived: {source.variable} / {source.over}; {origin}"
    if source.variable == "relocated_manufacturing_cum" and year <= _COUNTED_FROM_2013:
        value -= relieved_firms()[2013]
        origin = f"derived: {top.value:g} less those of 2013; {origin}"
    role = source.role or ("calibrate" if year <= LAST_FITTED_YEAR else "validate")
    return Published(
        indicator=source.indicator,
        area=source.at or area,
        year=year,
        period=str(year),
        value=value,
        unit="percent" if source.over else top.unit,
        role="context" if confidence == "low" else role,
        source=origin,
        confidence=confidence,
        note=_note(source, top),
    )


def _note(source: Source, top: Figure) -> str:
    if source.variable.endswith("_first"):
        return "as first published, before the censuses; " + top.note
    if source.variable.endswith("_4ec"):
        return "on the base of the fourth economic census; " + top.note
    return top.note
