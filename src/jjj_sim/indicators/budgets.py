"""Indicators of public money: revenue, transfers, what is shared and compensated, and what is borrowed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, the_whole
from jjj_sim.state.ledger import ACCOUNTS
from jjj_sim.state.world import World


def _flow(name: str, en: str, zh: str, formula: str, measure: Callable[[World], F64]) -> Indicator:
    return Indicator(name, en, zh, "bn yuan", "flow", formula, lambda w: (measure(w),))


def _net(paid: F64) -> F64:
    """Return receipts less payments by zone of a matrix of payments from, to."""
    return np.asarray(paid.sum(axis=0) - paid.sum(axis=1))


def _from_the_centre(world: World) -> F64:
    """Return what the centre pays to local governments and remits to firms, by zone."""
    built = float(world.tables.new_area_investment) + float(world.flows.new_area_services_grant)
    to_the_new_area = world.region.new_area * built
    return np.asarray(world.tables.central_transfers + to_the_new_area + world.flows.tax_remitted_by_centre)


BUDGETS = (
    _flow(
        "budget_revenue",
        "Budget revenue",
        "一般公共预算收入",
        "general budget revenue where it is raised: taxes of firms and the local part of income tax, without land, "
        "the funds of social insurance and transfers",
        lambda w: w.tables.budget_revenue,
    ),
    _flow(
        "transfers",
        "Transfers from the centre",
        "中央对地方转移支付",
        "returned taxes, grants for common duties and equalisation; without special grants and Xiong'an's investment",
        lambda w: w.tables.central_transfers,
    ),
    _flow(
        "tax_shared",
        "Shared taxes, net",
        "产业转移税收分享净收入",
        "taxes of firms that relief moved, received by their origin less paid by their place",
        lambda w: _net(w.flows.tax_shared),
    ),
    _flow(
        "ecological_compensation",
        "Ecological compensation, net",
        "横向生态补偿净收入",
        "received less paid for the water of the Chaobai and the Luanhe",
        lambda w: _net(w.flows.ecological_compensation),
    ),
    _flow(
        "services_settled",
        "Services settled between provinces, net",
        "跨省通办结算净收入",
        "received less paid for services that residents of another province use beyond the record",
        lambda w: _net(w.flows.services_settled),
    ),
    _flow(
        "land_income",
        "Land income",
        "土地出让收入",
        "a share of the sales of new homes",
        lambda w: w.flows.land_income,
    ),
    _flow(
        "social_transfers",
        "Pensions and assistance",
        "养老金和社会救助",
        "paid by local governments and their funds to households",
        lambda w: w.tables.social_transfers,
    ),
    _flow(
        "household_taxes",
        "Taxes and contributions of households",
        "个人所得税和社会保险缴费",
        "income tax, local and central, and social contributions",
        lambda w: w.tables.household_taxes,
    ),
    _flow(
        "net_lending",
        "Net lending of local governments",
        "地方政府净借出",
        "all receipts less all spending of local governments and their funds; minus is what they borrow",
        lambda w: w.flows.net_lending,
    ),
    _flow(
        "centre_payments",
        "Payments of the centre",
        "中央支付",
        "transfers, investment and services of the new area, and taxes that the centre remits to firms",
        _from_the_centre,
    ),
    Indicator(
        "centre_net_payments",
        "Payments of the centre less its taxes",
        "中央净支付(支付减税收)",
        "bn yuan",
        "flow",
        "all that the centre pays into the region less the taxes it takes there; minus is what it gains",
        lambda w: (np.asarray(-w.ledger.net[ACCOUNTS.index("centre")].sum()),),
        areas=the_whole,
    ),
)
