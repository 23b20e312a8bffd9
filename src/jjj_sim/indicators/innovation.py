"""Indicators of innovation: research, technology sold across borders, what is learned."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.areas import Area, named
from jjj_sim.indicators.indicator import F64, Indicator, Kind, ratio, the, the_whole
from jjj_sim.state.world import World


def _buyers(area: Area) -> bool:
    """Return whether an area is reported in the hinterland, which counts what it buys."""
    return area.inside_of("hinterland") and any(area.same_as(other) for other in named(area.region))


def _sold_across(world: World) -> F64:
    """Return technology sold to the region's other provinces, by zone of the seller, bn yuan."""
    province = world.region.inner_province
    return np.asarray((world.flows.technology_contracts * (province[:, None] != province)).sum(axis=1))


def _knowledge(world: World) -> tuple[F64, ...]:
    made = world.tables.value_added
    return ((made * world.tables.knowledge).sum(axis=1), made.sum(axis=1))


def _reported(name: str, en: str, zh: str, unit: str, kind: Kind, *, on_year: bool) -> Indicator:
    return Indicator(
        name,
        en,
        zh,
        unit,
        kind,
        "technology contracts that Hebei counts as bought from Beijing and Tianjin: the model's flow times "
        "the scale of that compiler" + (", percent change on a year before" if on_year else ""),
        lambda w: (w.flows.contracts_as_buyers_count,),
        areas=_buyers,
        on_year=on_year,
    )


INNOVATION = (
    Indicator(
        "rd_stock",
        "Research stock",
        "研发资本存量",
        "bn yuan of 2013",
        "stock",
        "past expenditure on research and development at 2013 prices, worn by 15 % a year",
        lambda w: (w.stocks.rd_stock,),
    ),
    Indicator(
        "rd_expenditure",
        "Expenditure on research",
        "研发经费支出",
        "bn yuan",
        "flow",
        "expenditure on research and development at current prices",
        lambda w: (w.flows.research_spending,),
    ),
    Indicator(
        "rd_intensity",
        "R&D intensity",
        "研发投入强度",
        "percent",
        "rate",
        "100 x expenditure on research and development / GDP, on the base of the fifth census",
        lambda w: (w.flows.research_spending, w.tables.va_nominal.sum(axis=1)),
        ratio,
        100.0,
    ),
    Indicator(
        "tech_contract_flow_to_tianjin_hebei",
        "Technology sold by Beijing to Tianjin and Hebei",
        "北京流向津冀技术合同成交额",
        "bn yuan",
        "flow",
        "contracts of Beijing's sellers with buyers in Tianjin, Hebei and Xiong'an",
        lambda w: (_sold_across(w),),
        areas=the("capital"),
    ),
    Indicator(
        "tech_contracts_mutual_value",
        "Technology sold between the three provinces",
        "京津冀三地互相成交技术合同额",
        "bn yuan",
        "flow",
        "contracts whose seller and buyer stand in different provinces of the region",
        lambda w: (_sold_across(w),),
        areas=the_whole,
    ),
    _reported(
        "tech_contracts_from_beijing_tianjin",
        "Technology that Hebei buys from Beijing and Tianjin",
        "河北吸纳京津技术合同成交额",
        "bn yuan",
        "flow",
        on_year=False,
    ),
    _reported(
        "tech_contracts_from_beijing_tianjin_growth",
        "Growth of technology that Hebei buys from Beijing and Tianjin",
        "河北吸纳京津技术合同成交额增速",
        "percent",
        "rate",
        on_year=True,
    ),
    Indicator(
        "knowledge_gain",
        "Productivity by research over the nation's",
        "研发带来的相对生产率",
        "percent",
        "stock",
        "100 x log productivity gained since 2013 by research, contracts and catching up, over the nation's, "
        "weighted by value added",
        _knowledge,
        ratio,
        100.0,
    ),
)
