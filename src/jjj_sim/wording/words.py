"""Every word on the charts that no indicator brings along, in English and Chinese."""

from __future__ import annotations

import re
from typing import Literal

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.indicators import indicators
from jjj_sim.region import Region
from jjj_sim.region.names import names

Lang = Literal["en", "zh"]
Text = tuple[str, str]
LANGS: tuple[Lang, ...] = ("en", "zh")

# Labels of indicators in places where the full one is too long.
SHORT: dict[str, Text] = {
    "population": ("Population", "常住人口"),
    "gdp_nominal": ("GDP", "地区生产总值"),
    "gdp_share_primary": ("Primary share", "第一产业占比"),
    "gdp_share_secondary": ("Secondary share", "第二产业占比"),
    "gdp_share_tertiary": ("Tertiary share", "第三产业占比"),
    "gdp_share_of_nation": ("Share of the nation", "占全国比重"),
    "employment": ("Employment", "就业人数"),
    "pm25": ("PM2.5", "PM2.5浓度"),
    "relocated_general_manufacturing_firms": ("Manufacturing relieved", "疏解一般制造业企业"),
    "relocated_or_upgraded_markets": ("Markets relieved", "疏解提升市场"),
    "central_soe_branches": ("Central state branches", "央企分支机构"),
    "hightech_manufacturing_va_growth": ("Growth, high technology", "高技术制造业增速"),
    "industry_va_growth": ("Growth, industry", "工业增速"),
    "tech_contracts_from_beijing_tianjin": ("Technology from Beijing, Tianjin", "吸纳京津技术合同"),
    "tech_contracts_from_beijing_tianjin_growth": ("Growth of the same", "吸纳京津技术合同增速"),
    "mean_travel_minutes": ("Travel time", "平均出行时间"),
    "services_theil": ("Inequality of services", "公共服务泰尔指数"),
    "cities_within_90_minutes": ("Cities within 90 minutes", "90分钟交通圈覆盖"),
    "beijing_tianjin_xiongan_minutes": ("Beijing-Tianjin-Xiong'an", "京津雄门到门时间"),
}

# The end of the data that founding follows.
REGISTER_END: Text = ("last year of the registers", "单位登记数据末年")

STATUS: dict[str, Text] = {
    "inside": ("inside", "区间内"),
    "as input": ("as put in", "与输入一致"),
    "outside": ("outside", "区间外"),
    "not modelled": ("not modelled", "未建模"),
    "context": ("context, not judged", "仅供参考"),
}
ROLES: dict[str, Text] = {
    "calibrate": ("fitted", "用于拟合"),
    "validate": ("judged, never fitted", "用于检验"),
    "drive": ("enters as data or policy", "作为数据或政策输入"),
}


_CHINESE = "\u4e00-\u9fff"
_BRACKETS = re.compile(rf"\(([^()]*[{_CHINESE}][^()]*)\)")
_STOPS = re.compile(rf"(?<=[{_CHINESE}\uff09\u201d])[,:;]")
_WIDE = {",": "\uff0c", ":": "\uff1a", ";": "\uff1b"}


def typeset(text: str) -> str:
    """Return Chinese text with the full-width stops and brackets that belong to it."""
    text = _BRACKETS.sub("\uff08\\1\uff09", text)
    return _STOPS.sub(lambda stop: _WIDE[stop[0]], text)


def say(text: Text, lang: Lang) -> str:
    """Return the text in a language."""
    return text[0] if lang == "en" else typeset(text[1])


def language(word: str) -> Lang:
    """Return `word` as a language; ScenarioError when it is none."""
    for lang in LANGS:
        if word == lang:
            return lang
    raise ScenarioError("lang", [f"{word!r} is not one of {', '.join(LANGS)}.{nearest(word, LANGS)}"])


def area_name(region: Region, area: str, lang: Lang) -> str:
    """Return the full name of an area, a zone or the world outside."""
    return say(names(region)[area].full, lang)


def zone_short(region: Region, zone: str, lang: Lang) -> str:
    """Return the name of a zone, or of the world outside, as it stands on a map."""
    return say(names(region)[zone].short, lang)


def label(region: Region, variable: str, lang: Lang) -> str:
    """Return the full label of an indicator."""
    indicator = indicators(region)[variable]
    return say((indicator.en, indicator.zh), lang)


def short(region: Region, variable: str, lang: Lang) -> str:
    """Return the short label of an indicator, its full one where it has none."""
    return say(SHORT[variable], lang) if variable in SHORT else label(region, variable, lang)
