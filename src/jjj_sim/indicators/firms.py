"""Indicators of firms: units, entry, exit, relief, relocation and branching."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, ratio, the
from jjj_sim.state.world import World


def _headquarters(world: World) -> tuple[F64, ...]:
    """Headquarters on the list that have moved, by destination."""
    moved = np.zeros(world.region.n_zones)
    for i in world.policy.moves:
        if i.lever == "headquarters_moves" and i.quarter is not None and i.quarter <= world.t:
            moved[i.destination] += 1.0
    return (moved,)


def _offices(world: World) -> tuple[F64, ...]:
    """Jobs of municipal offices that have moved, and of all on the list, by destination."""
    moved, listed = np.zeros((2, world.region.n_zones))
    for i in world.policy.moves:
        if i.lever == "subcentre_move":
            listed[i.destination] += i.jobs
            moved[i.destination] += i.jobs * i.moved(world.t)
    return (moved, listed)


FIRMS = (
    Indicator(
        "firms",
        "Legal units",
        "法人单位",
        "units",
        "stock",
        "legal units of all sectors at the end of the period",
        lambda w: (w.tables.firm_units.sum(axis=1),),
    ),
    Indicator(
        "firm_entries",
        "Units founded",
        "新设单位",
        "units",
        "flow",
        "legal units founded in the period",
        lambda w: (w.flows.firm_entries.sum(axis=1),),
    ),
    Indicator(
        "firm_exits",
        "Units closed",
        "注销单位",
        "units",
        "flow",
        "legal units closed in the period, those closed by relief apart",
        lambda w: (w.flows.firm_exits.sum(axis=1),),
    ),
    Indicator(
        "entries_refused",
        "Foundings refused",
        "禁限目录不予办理",
        "units",
        "flow",
        "foundings refused by the negative list in the period",
        lambda w: (w.flows.entries_refused.sum(axis=1),),
    ),
    Indicator(
        "firms_closed_by_relief",
        "Units closed by relief",
        "疏解关停单位",
        "units",
        "flow",
        "units on Beijing's relief lists that closed instead of moving",
        lambda w: (w.flows.firms_closed_by_relief.sum(axis=1),),
    ),
    Indicator(
        "firms_relocated_in",
        "Units moved in",
        "迁入单位",
        "units",
        "flow",
        "whole units that moved into the area from outside it, the rest of China included",
        lambda w: (w.flows.firms_relocated.sum(axis=2),),
        crossing="in",
    ),
    Indicator(
        "firms_relocated_out",
        "Units moved out",
        "迁出单位",
        "units",
        "flow",
        "whole units that moved out of the area, the rest of China included",
        lambda w: (w.flows.firms_relocated.sum(axis=2),),
        crossing="out",
    ),
    Indicator(
        "firms_relocated_by_relief",
        "Units moved out by relief",
        "疏解迁出单位",
        "units",
        "flow",
        "units on Beijing's relief lists that moved out of the area; part of the units moved out",
        lambda w: (w.flows.firms_moved_by_relief.sum(axis=2),),
        crossing="out",
    ),
    Indicator(
        "firms_branched_in",
        "Branches opened from outside",
        "外来分支机构",
        "units",
        "flow",
        "branches opened in the area by parents outside it",
        lambda w: (w.flows.firms_branched.sum(axis=2),),
        crossing="in",
    ),
    Indicator(
        "firms_branched_out",
        "Branches opened elsewhere",
        "外设分支机构",
        "units",
        "flow",
        "branches opened outside the area by parents in it, the rest of China included",
        lambda w: (w.flows.firms_branched.sum(axis=2),),
        crossing="out",
    ),
    Indicator(
        "jobs_carried",
        "Jobs that arrived with moved units, net",
        "随迁移单位净流入的岗位",
        "persons",
        "flow",
        "jobs of units and institutions that moved in, less those that moved out, of all causes",
        lambda w: (w.flows.jobs_carried.sum(axis=1),),
    ),
    Indicator(
        "relocated_general_manufacturing_firms",
        "Manufacturing firms relieved, cumulative",
        "累计疏解一般制造业企业",
        "firms",
        "stock",
        "manufacturing firms closed or moved by relief since 2014",
        lambda w: (w.stocks.relieved_manufacturing,),
        areas=the("capital"),
    ),
    Indicator(
        "relocated_or_upgraded_markets",
        "Markets and logistics centres relieved, cumulative",
        "累计疏解提升市场和物流中心",
        "sites",
        "stock",
        "wholesale markets and logistics centres closed, moved or upgraded by relief since 2014",
        lambda w: (w.stocks.relieved_markets,),
        areas=the("capital"),
    ),
    Indicator(
        "firms_of_beijing_origin",
        "Firms of Beijing origin",
        "北京来源企业",
        "firms",
        "stock",
        "firms of Beijing origin registered or branched there, cumulative",
        lambda w: (w.stocks.firms_of_capital_origin,),
        areas=the("new_area"),
    ),
    Indicator(
        "central_soe_branches",
        "Branches of central state firms",
        "中央企业分支机构",
        "units",
        "stock",
        "branches of central state-owned firms, cumulative",
        lambda w: (w.stocks.central_soe_branches,),
        areas=the("new_area"),
    ),
    Indicator(
        "zhongguancun_branches",
        "Branches of Zhongguancun's firms",
        "中关村企业设立的分支机构",
        "branches",
        "stock",
        "branches of Zhongguancun's firms in the area, a fixed part of those that Beijing's firms open less closures",
        lambda w: (w.stocks.park_branches,),
    ),
    Indicator(
        "soe_headquarters_moved",
        "Headquarters of central firms moved in, cumulative",
        "累计迁入央企总部",
        "headquarters",
        "stock",
        "headquarters on the list of moves whose quarter has come, by destination",
        _headquarters,
    ),
    Indicator(
        "municipal_offices_moved",
        "Municipal offices moved",
        "市级机关搬迁完成率",
        "percent",
        "stock",
        "100 x jobs of the municipal offices that have moved there / jobs of all on the list",
        _offices,
        ratio,
        100.0,
        areas=the("sub_centre"),
    ),
)
