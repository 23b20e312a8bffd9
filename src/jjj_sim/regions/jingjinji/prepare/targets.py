"""The published figures that runs are held against: the founding article's, and the series beside them.

Which table row measures which indicator, in which vintage, follows the breaks of the sources. Levels of GDP stand
on the fifth economic census; shares of 2013 and the share of the nation on the fourth, the only base on which they
exist for all years; sector shares of 2014-2018 are those first published. Population is the census-revised series.
Official Hebei contains Xiong'an.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jjj_sim.errors import DataError
from jjj_sim.regions.jingjinji.statistics.history import relieved_firms
from jjj_sim.regions.jingjinji.statistics.tables import Figure, base_unit, figure, series, text, to_base

COLUMNS = (
    "id",
    "by",
    "area",
    "period",
    "variable",
    "comparator",
    "value",
    "unit",
    "accept_low",
    "accept_high",
    "discrepancy",
    "relative",
    "role",
    "source",
    "confidence",
    "quote_zh",
    "note",
    "why_not",
    "printed",
    "printed_unit",
    "en",
    "zh",
    "area_en",
    "area_zh",
)
ARTICLE = "founding article: round table on the coordinated development of Jing-Jin-Ji, 2025"
FIRST_YEAR, LAST_FITTED_YEAR = 2013, 2020
TABLE, SYSTEMS = "region_series", "region_series_4"
_PROVINCES = ("beijing", "tianjin", "hebei_official")
_ALL = (*_PROVINCES, "jjj")
# The article's Hebei is the province with Xiong'an; two of its places are zones of the model.
_AREAS = {"hebei": "hebei_official", "tianjin_binhai": "tj_binhai", "beijing_subcentre": "bj_subcentre"}
# How the article calls its places.
_CALLED = {
    "beijing": ("Beijing", "北京"),
    "tianjin": ("Tianjin", "天津"),
    "xiongan": ("Xiong'an", "雄安新区"),
    "hebei_official": ("Hebei", "河北"),
    "jjj": ("Jing-Jin-Ji", "京津冀"),
    "beijing+tianjin": ("Beijing, Tianjin", "北京、天津"),
    "bj_subcentre": ("Sub-centre", "城市副中心"),
    "langfang_n3": ("North Three Counties", "北三县"),
    "tj_binhai": ("Binhai", "滨海新区"),
}
# Totals of relieved manufacturing published to this year count from 2013, later ones and the model from 2014.
_COUNTED_FROM_2013 = 2018
_LOW_TO_HIGH = ("low", "medium", "high")


class Discrepancy(NamedTuple):
    """How far a right model may stand from a published figure, one standard deviation."""

    size: float
    relative: bool = True


# Model discrepancies of calibration; a variable without one is shown and not judged.
DISCREPANCY = {
    "population": Discrepancy(0.007),
    "migrants": Discrepancy(0.05),
    "age_share_60plus": Discrepancy(0.7, relative=False),
    "gdp_nominal": Discrepancy(0.01),
    "gdp_real_growth": Discrepancy(0.5, relative=False),
    "gdp_share_primary": Discrepancy(0.7, relative=False),
    "gdp_share_secondary": Discrepancy(0.7, relative=False),
    "gdp_share_tertiary": Discrepancy(0.7, relative=False),
    "gdp_share_of_nation": Discrepancy(0.12, relative=False),
    "gdp_per_head": Discrepancy(0.012),
    "budget_spending": Discrepancy(0.05),
    "budget_revenue": Discrepancy(0.05),
    "employment": Discrepancy(0.02),
    "firms": Discrepancy(0.15),
    "pm25": Discrepancy(0.06),
    "rd_intensity": Discrepancy(0.02),
    "tech_contract_flow_to_tianjin_hebei": Discrepancy(0.15),
    "tech_contracts_from_beijing_tianjin": Discrepancy(0.15),
    "tech_contracts_mutual_value": Discrepancy(0.15),
    "relocated_general_manufacturing_firms": Discrepancy(0.15),
    "relocated_or_upgraded_markets": Discrepancy(0.15),
    "xiongan_investment": Discrepancy(0.15),
    "firms_of_beijing_origin": Discrepancy(0.15),
    "central_soe_branches": Discrepancy(0.15),
    "zhongguancun_branches": Discrepancy(0.15),
    "municipal_offices_moved": Discrepancy(5.0, relative=False),
}
# Growth in the epidemic, which fell on places as no sector's exposure tells: vaccines made Beijing's 2021.
COVID_GROWTH, COVID_YEARS = Discrepancy(1.5, relative=False), (2020, 2021, 2022)
# A new area is small, and its numbers young: never less than this.
NEW_AREA = Discrepancy(0.05)
# Figures of the article for which no process stands, and why.
WHY_NOT = {
    "strategic_emerging_industry_va_growth": "a list of products inside industry, whose weight in it and overlap with "
    "high-technology manufacturing are not published: weights could be set from this growth alone; that of "
    "high-technology manufacturing stands beside it",
    "contaminated_land_safe_use": "a rule that is kept; no register of contaminated plots is published",
    "national_advanced_manufacturing_clusters": "awarded by the ministry to chains of products; in what zones are "
    "specialised is counted beside it and is another count",
    "industrial_export_delivery": "trade with the world has no law: exports are published of eight months of one "
    "province, net outflow to 2017 on an older GDP and with the rest of China in it",
}
# Figures of the article that prove nothing of the model: what is assumed decides them.
ASSUMED = {"passenger_flow_internal_share": "rail's share beyond the region, which no survey tells, decides it"}
# Figures of the article that the model has as input; rides follow from the minutes of lines.
AS_INPUT = ("one_card_services", "ftz_same_standard_items", "cities_within_hour_ride")
# The article tells minutes on the train between main stations; those from door to door stand beside.
READ_AS = {
    "cities_within_90_minutes": "cities_within_hour_ride",
    "beijing_tianjin_xiongan_minutes": "beijing_tianjin_xiongan_ride",
}
# What the article gives figures of and no indicator measures under that name.
LABELS: dict[str, tuple[str, str]] = {
    "gdp_nominal_ratio": ("GDP, multiple of 2013", "地区生产总值为2013年的倍数"),
    "gdp_share_tertiary_change": ("Rise of the tertiary share", "第三产业占比提升"),
    "gdp_share_tertiary_change_rank": ("Rank of Hebei's rise", "河北三产占比升幅排名"),
    "cross_province_services": ("Services across provinces", "跨省通办事项"),
    "contaminated_land_safe_use": ("Safe use of contaminated land", "建设用地安全利用率"),
    "population_trend": ("Population trend", "人口年均变化"),
    "soe_headquarters_moved": ("State headquarters moved", "央企总部迁入"),
    "municipal_offices_moved": ("Municipal offices moved", "市级机关搬迁"),
    "strategic_emerging_industry_va_growth": ("Growth, emerging industry", "战略性新兴产业增速"),
    "industrial_export_delivery": ("Industrial exports", "工业出口交货值"),
    "national_advanced_manufacturing_clusters": ("National clusters", "国家级先进制造业集群"),
    "share_of_national_top_ai_talent": ("Share of top AI talent", "顶尖人工智能人才占比"),
    "technology_envoy_problems_solved": ("Technical problems solved", "攻克技术难题"),
    "pm25_change": ("Change of PM2.5", "PM2.5浓度变化"),
}


class Source(NamedTuple):
    """`variable` of region_series measures `indicator`; over `over` of the same area (or of the nation) it is
    a percentage. `role` overrides fitted to 2020, judged after. `at` is the run's area where it is another. Rows of
    another `table` are of the article's other systems: they are shown beside the run and no fit is made to them. What
    is published of a day or half a year is taken so many `times`, in `unit`; `month` is that of a figure that is no
    year's end."""

    indicator: str
    variable: str
    areas: tuple[str, ...]
    first: int = FIRST_YEAR
    last: int = 9999
    over: str = ""
    nation: bool = False
    role: str = ""
    at: str = ""
    table: str = TABLE
    times: float = 1.0
    unit: str = ""
    month: str = ""


_FLOW = "tech_contract_flow_to_tianjin_hebei"
_BROAD = ("primary", "secondary", "tertiary")

SOURCES = (
    Source("population", "population_resident", (*_ALL, "xiongan")),
    Source("registered_population", "population_registered", ("beijing", "tianjin"), role="context"),
    Source("migrants", "population_migrant_resident", ("beijing",)),
    Source("age_share_60plus", "age_share_60plus", _PROVINCES),
    # Births and deaths are input; net migration is what the account leaves, to 2020 inverted.
    Source("births", "births", _PROVINCES, role="drive"),
    Source("deaths", "deaths", _PROVINCES, role="drive"),
    Source("net_migration", "net_migration_derived", _PROVINCES, role="context"),
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
    *(Source(name, name, ("tianjin", "hebei_official"), table=SYSTEMS) for name in ("port_containers", "port_cargo")),
    # The elasticity of trips was set by looking at these; the passengers to the new area set nothing.
    Source("rail_passengers", "rail_passengers", ("jjj",), role="calibrate", table=SYSTEMS),
    Source(
        "rail_capital_pilot",
        "jingjin_intercity_passengers_h1",
        ("beijing_tianjin",),
        at="jjj",
        table=SYSTEMS,
        times=2.0,
    ),
    Source(
        "rail_capital_pilot",
        "jingjin_intercity_daily",
        ("beijing_tianjin",),
        role="calibrate",
        at="jjj",
        table=SYSTEMS,
        times=365.0,
        unit="passengers",
    ),
    Source("elder_beds", "elder_beds", ("beijing",), role="drive", table=SYSTEMS),
    Source("elder_residents_in_homes", "elder_residents_in_homes", ("beijing",), role="calibrate", table=SYSTEMS),
    Source(
        "beijing_elders_in_homes_elsewhere", "beijing_elders_in_yanda", ("langfang_n3",), role="validate", table=SYSTEMS
    ),
    Source("one_card_services", "one_card_hr_services", ("jjj",), last=2023, role="drive", table=SYSTEMS),
    Source("ftz_same_standard_items", "ftz_same_standard_items", ("jjj",), role="drive", table=SYSTEMS),
    Source("recognising_institutions", "test_recognition_institutions", ("jjj",), role="drive", table=SYSTEMS),
    Source(
        "medical_alliances",
        "medical_alliances_with_jingjin",
        ("hebei_official",),
        role="drive",
        at="jjj",
        table=SYSTEMS,
    ),
    Source("schools_together", "schools_with_jingjin", ("hebei_official",), role="drive", at="jjj", table=SYSTEMS),
    Source("settling_institutions", "one_card_medical_institutions", ("jjj",), role="drive", table=SYSTEMS),
    Source("hospital_beds", "hospital_beds", ("beijing",), role="calibrate", table="zone_series"),
    Source("hospital_beds_per_1000", "beds_per_1000", ("beijing",), role="calibrate"),
    Source("hospital_beds_per_1000", "beds_per_1000", ("tianjin",), role="validate"),
    Source("rail_capital_new_area", "jingxiong_rail_passengers", ("beijing_xiongan",), at="jjj", table=SYSTEMS),
    # To 2016 the record, in step with the nation's before; the law begins after it.
    Source("hightech_firms", "hnte", _PROVINCES, last=2016, role="drive", table=SYSTEMS),
    Source("hightech_firms", "hnte", _PROVINCES, 2017, table=SYSTEMS),
    Source("hightech_firms_per_10k_units", "hnte_per_10k_corporate", ("hebei_official",), table=SYSTEMS),
    Source("ai_firms", "ai_firms", ("beijing",), table=SYSTEMS),
    Source("zgc_park_firms_cum", "zgc_park_firms_cum", ("tj_binhai",), table=SYSTEMS),
    # One count, in tables of two names; both years set the cost of a site.
    Source(
        "smart_factories_and_digital_workshops",
        "smart_factories_digital_workshops",
        ("tianjin",),
        role="calibrate",
        table=SYSTEMS,
    ),
    # Of the park that no parameter was set by.
    Source(
        "zgc_city_firms_cum",
        "jingjin_zgc_city_firms_cum_august",
        ("tianjin_baodi",),
        role="validate",
        at="tianjin",
        table=SYSTEMS,
        month="08",
    ),
    Source("ai_core_revenue", "ai_core_industry", ("beijing",), role="calibrate", table=SYSTEMS),
    # Use of 2013 and 2020 is put in; Tianjin's and Hebei's sections to 2020 and the groundwater's depth set what bends.
    Source("points_applicants", "points_hukou_applicants", ("beijing",), role="calibrate", table=SYSTEMS),
    Source(
        "points_odds",
        "points_hukou_quota",
        ("beijing",),
        last=2021,
        over="points_hukou_applicants",
        role="calibrate",
        table=SYSTEMS,
    ),
    Source("congestion_index", "congestion_index_peak", ("beijing",), last=2013, role="drive", table=SYSTEMS),
    Source("congestion_index", "congestion_index_peak", ("beijing",), 2014, 2018, role="validate", table=SYSTEMS),
    Source("congestion_index", "congestion_index_peak", ("beijing",), 2019, 2022, table=SYSTEMS),
    Source("congestion_index", "congestion_index_peak", ("beijing",), 2023, role="calibrate", table=SYSTEMS),
    # Counts of grade A set the curve; the cap on steel is the output of 2021-23.
    Source("steel_grade_a_firms", "steel_grade_a_firms", ("hebei_official",), role="calibrate", table=SYSTEMS),
    Source("crude_steel", "crude_steel", ("hebei_official",), last=2013, role="drive", table=SYSTEMS),
    Source("crude_steel", "crude_steel", ("hebei_official",), 2014, 2016, role="validate", table=SYSTEMS),
    Source("crude_steel", "crude_steel", ("hebei_official",), 2017, 2018, role="calibrate", table=SYSTEMS),
    Source("crude_steel", "crude_steel", ("hebei_official",), 2019, 2020, role="validate", table=SYSTEMS),
    Source("crude_steel", "crude_steel", ("hebei_official",), 2021, role="drive", table=SYSTEMS),
    Source("crude_steel", "crude_steel", ("tianjin",), role="validate", table=SYSTEMS),
    Source("water_use", "water_use", _PROVINCES, last=2013, role="drive", table=SYSTEMS),
    Source("water_use", "water_use", _PROVINCES, 2014, 2019, role="validate", table=SYSTEMS),
    Source("water_use", "water_use", _PROVINCES, 2020, 2020, role="calibrate", table=SYSTEMS),
    Source("water_use", "water_use", _PROVINCES, 2021, table=SYSTEMS),
    Source("groundwater_depth", "groundwater_depth", ("beijing",), table=SYSTEMS),
    Source("groundwater_depth", "groundwater_depth_november", ("beijing",), table=SYSTEMS),
    Source("water_good_share", "water_good_share", ("beijing",), role="validate", table=SYSTEMS),
    Source("water_good_share", "water_good_share", ("tianjin", "hebei_official"), table=SYSTEMS),
    Source("water_inferior_share", "water_inferior_share", ("tianjin", "hebei_official"), table=SYSTEMS),
)


def rows() -> Iterator[dict[str, Any]]:
    """Yield the article's figures in the order of their table, then the series by indicator, area and year."""
    for row in csv.DictReader(io.StringIO(text("article_targets"))):
        yield _of_article(row)
    for source in SOURCES:
        found = [_of_series(source, area, year) for area in source.areas for year in _years(source, area)]
        if not found:
            raise DataError(
                f"{source.table} has no {source.variable} of {', '.join(source.areas)} for {source.indicator}"
            )
        yield from found


def write(path: Path) -> None:
    """Write every figure into a table, numbers so that they read back to the same bits."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for row in rows():
            writer.writerow({k: repr(v) if isinstance(v, float) else v for k, v in row.items() if v is not None})


def _of_article(row: dict[str, str]) -> dict[str, Any]:
    area, variable = _AREAS.get(row["region"], row["region"]), READ_AS.get(row["variable"], row["variable"])

    def number(column: str) -> float | None:
        return to_base(float(row[column]), row["unit"]) if row[column] else None

    return {
        "id": row["id"],
        "by": "article",
        "area": area,
        "period": row["period"],
        "variable": variable,
        "comparator": row["comparator"],
        "value": number("value"),
        "unit": base_unit(row["unit"]),
        "accept_low": number("accept_low"),
        "accept_high": number("accept_high"),
        "role": "context" if variable in ASSUMED else "drive" if variable in AS_INPUT else row["role"],
        "source": ARTICLE,
        "confidence": "high",
        "quote_zh": row["quote_zh"],
        "note": "; ".join(filter(None, (row["note"], ASSUMED.get(variable)))),
        "why_not": WHY_NOT.get(variable),
        "printed": float(row["value"]) if row["value"] else None,
        "printed_unit": row["unit"],
    } | _told(variable, area)


def _told(variable: str, area: str, year: int | None = None) -> dict[str, Any]:
    """Return the cells that depend on the variable, the area and the year alone."""
    found = DISCREPANCY.get(variable)
    if variable == "gdp_real_growth" and year in COVID_YEARS:
        found = COVID_GROWTH
    if found is not None and area == "xiongan" and found.relative:
        found = max(found, NEW_AREA)
    label, called = LABELS.get(variable, ("", "")), _CALLED[area]
    return {
        "discrepancy": None if found is None else found.size,
        "relative": None if found is None else str(found.relative).lower(),
        "en": label[0],
        "zh": label[1],
        "area_en": called[0],
        "area_zh": called[1],
    }


def _years(source: Source, area: str) -> list[int]:
    """Return the years a source has; none where the table has no such series of the area."""
    try:
        years = series(source.table, source.variable, area)
    except DataError:
        return []
    return [y for y in years if source.first <= y <= source.last]


def _of_series(source: Source, area: str, year: int) -> dict[str, Any]:
    top = figure(source.table, source.variable, area, year)
    value, confidence, origin = top.value, top.confidence, top.source
    if source.over:
        below = figure(source.table, source.over, "nation" if source.nation else area, year)
        value = 100.0 * value / below.value
        confidence = min(confidence, below.confidence, key=_LOW_TO_HIGH.index)
        origin = f"derived: {source.variable} / {source.over}; {origin}"
    if source.times != 1.0:
        value *= source.times
        origin = f"derived: {top.value:g} times {source.times:g}; {origin}"
    if source.variable == "relocated_manufacturing_cum" and year <= _COUNTED_FROM_2013:
        value -= relieved_firms()[2013]
        origin = f"derived: {top.value:g} less those of 2013; {origin}"
    role = source.role or ("calibrate" if year <= LAST_FITTED_YEAR else "validate")
    unit = "percent" if source.over else source.unit or top.unit
    place = source.at or area
    period = f"{year}-{source.month}" if source.month else str(year)
    return {
        "id": f"{source.indicator}_{place}_{period}",
        "by": "series",
        "area": place,
        "period": period,
        "variable": source.indicator,
        "comparator": top.comparator,
        "value": value,
        "unit": unit,
        "role": "context" if confidence == "low" else role,
        "source": origin,
        "confidence": confidence,
        "note": _note(source, top),
        "printed": value,
        "printed_unit": unit,
    } | _told(source.indicator, place, year)


def _note(source: Source, top: Figure) -> str:
    if source.variable.endswith("_first"):
        return "as first published, before the censuses; " + top.note
    if source.variable.endswith("_4ec"):
        return "on the base of the fourth economic census; " + top.note
    return top.note
