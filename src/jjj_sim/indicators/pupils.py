"""Indicators of relocated staff and their children."""

from __future__ import annotations

from jjj_sim.indicators.indicator import Indicator, the

PUPILS = (
    Indicator(
        "relocated_staff",
        "Staff relocated from Beijing",
        "疏解单位迁入人员",
        "persons",
        "stock",
        "posts that came from Beijing with named institutions and units of central enterprises",
        lambda w: (w.satellites["relocated_staff"],),
        areas=the("new_area"),
    ),
    Indicator(
        "pupils_of_relocated_staff",
        "Pupils of relocated staff",
        "疏解人员子女在新区上学人数",
        "persons",
        "stock",
        "children of relocated staff at school in Xiong'an at the end of the period",
        lambda w: (w.satellites["relocated_pupils"],),
        areas=the("new_area"),
    ),
    Indicator(
        "pupils_of_relocated_staff_growth",
        "Growth of pupils of relocated staff",
        "疏解人员子女入学增速",
        "percent",
        "stock",
        "children of relocated staff at school in Xiong'an, change on the year before",
        lambda w: (w.satellites["relocated_pupils"],),
        areas=the("new_area"),
        on_year=True,
    ),
)
