"""The levers of public finance: sharing taxes, compensating upstream zones, equalising budgets."""

from __future__ import annotations

from jjj_sim.param import Path
from jjj_sim.policy.lever import LeverSpec, Range
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.quarters import parse

# Received by Zhangjiakou and Chengde in the first phase of the Chaobai agreement, bn yuan (Hebei Daily
# 2023-09-02), spread over the years between its two signatures, 2018-2021 [D].
CHAOBAI_FIRST = 3.3945
_CHAOBAI_YEARS = 4.0
RECORDED_EQUALISATION = 0.4
"""The coefficient that published budgets were made with [D]."""


def _path(*points: tuple[str, float]) -> Path:
    return Path([parse(quarter) for quarter, _ in points], [value for _, value in points])


def _shared_parks() -> LeverPlan:
    share = _path(("2013Q1", 0.0), ("2015Q2", 0.0), ("2015Q3", 50.0))
    paths = {"years": _path(("2013Q1", 5.0)), "threshold": _path(("2013Q1", 20.0))}
    return LeverPlan("shared_parks", share, paths)


def _ecological_compensation() -> LeverPlan:
    chaobai = _path(("2013Q1", 0.0), ("2017Q4", 0.0), ("2018Q1", CHAOBAI_FIRST / _CHAOBAI_YEARS))
    luanhe = _path(("2013Q1", 0.0), ("2015Q4", 0.0), ("2016Q1", 0.1))
    return LeverPlan("ecological_compensation", chaobai, {"luanhe": luanhe})


def _fiscal_equalisation() -> LeverPlan:
    return LeverPlan("fiscal_equalisation", _path(("2013Q1", RECORDED_EQUALISATION)))


FINANCE = (
    LeverSpec(
        name="shared_parks",
        zh="产业转移税收分享",
        unit="percent of three taxes to the origin",
        lo=0.0,
        hi=100.0,
        decider="C, B, T, H",
        mechanism="Where relief moves a large firm, its place pays the origin this share of its taxes for some years.",
        build=_shared_parks,
        sources=(
            "[L] 50 %, three years and two more, 20 m yuan, ceiling of three years' taxes: 财预〔2015〕92号, June 2015",
            "[D] three and two years at one rate under one ceiling are five",
        ),
        paths={"years": Range("years", 0.0, 9.75), "threshold": Range("million yuan a year", 0.0, 1000.0)},
    ),
    LeverSpec(
        name="ecological_compensation",
        zh="横向生态补偿",
        unit="bn yuan a year to Zhangjiakou and Chengde",
        lo=0.0,
        hi=50.0,
        decider="B, T, H",
        mechanism="Beijing with Hebei's match, and Tianjin on the path luanhe, pay the zones upstream of their water.",
        build=_ecological_compensation,
        sources=(
            "[L] 3.3945 received in the first phase of the Chaobai agreement from 2018: Hebei Daily 2023-09-02",
            "[L] second phase of five years signed 2022-08-30: People's Daily 2022-08-31",
            "[D] the first phase spread over 2018-2021",
            "[A] the second phase, and what follows it, at the rate of the first",
            "[L] Luanhe agreements since 2016: Hebei government 2022-09; [R] 0.1 a year from Tianjin",
        ),
        paths={"luanhe": Range("bn yuan a year from Tianjin to Chengde and Tangshan", 0.0, 50.0)},
    ),
    LeverSpec(
        name="fiscal_equalisation",
        zh="均衡性转移支付系数",
        unit="share of the shortfall of revenue behind need",
        lo=0.0,
        hi=1.0,
        decider="C",
        mechanism="The centre covers this share of what a zone's revenue and grants lack to the nation's mean a head.",
        build=_fiscal_equalisation,
        sources=(
            "[D] 0.4 with grants for common duties gives Tianjin 55 bn in 2022 and Hebei 480 in 2024",
            "[L] the centre's transfers: Tianjin 65.2 bn in 2022 (wanpiaopiao.cn/show/112995), Hebei over 400 in "
            "2025 (163.com/dy/article/JSCU1LDA05568XAF)",
        ),
    ),
)
