"""Indicators of one card and shared services: input, of the whole region."""

from __future__ import annotations

import numpy as np

from jjj_sim.indicators.indicator import F64, Indicator, the_whole
from jjj_sim.state.world import World

# Name, label, label in Chinese, unit, formula.
_COUNTS = (
    (
        "one_card_services",
        "Services on one card",
        "一卡通办事项",
        "items",
        "services of employment and social insurance on one card; input",
    ),
    (
        "settling_institutions",
        "Medical institutions on one card",
        "一卡通结医疗机构",
        "institutions",
        "medical institutions that settle on one card; input",
    ),
    (
        "recognising_institutions",
        "Institutions that recognise tests",
        "检验结果互认机构",
        "institutions",
        "medical institutions that recognise each other's tests; input",
    ),
    (
        "medical_alliances",
        "Medical alliances with Hebei",
        "京津冀医联体",
        "alliances",
        "alliances of Hebei's hospitals with those of Beijing and Tianjin; input",
    ),
    (
        "schools_together",
        "Schools run together in Hebei",
        "合作办学学校",
        "schools",
        "schools of Hebei run together with those of Beijing and Tianjin; input",
    ),
    (
        "ftz_same_standard_items",
        "Free-trade items of one standard",
        "自贸区同事同标事项",
        "items",
        "items handled alike in the free-trade zones of the three provinces; input",
    ),
)


def _count(name: str, en: str, zh: str, unit: str, formula: str) -> Indicator:
    """Return the indicator of a count."""
    return Indicator(name, en, zh, unit, "stock", formula, lambda w: (w.satellites[name],), areas=the_whole)


def _portability(world: World) -> tuple[F64, ...]:
    return (np.asarray(world.tables.portability),)


ONE_CARD = (
    *(_count(*told) for told in _COUNTS),
    Indicator(
        "services_open_elsewhere",
        "Services open in another province",
        "可跨省办理的服务占比",
        "percent",
        "stock",
        "100 x part of administrative services that residents can use in another of the three provinces",
        _portability,
        scale=100.0,
        areas=the_whole,
    ),
)
