"""Every word on the charts that no indicator brings along, in English and Chinese."""

from __future__ import annotations

import re
from typing import Literal

from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.evidence.geography import GEOGRAPHY
from jjj_sim.indicators import INDICATORS

Lang = Literal["en", "zh"]
Text = tuple[str, str]
LANGS: tuple[Lang, ...] = ("en", "zh")

REGIONS: dict[str, Text] = {
    "beijing": ("Beijing", "北京"),
    "tianjin": ("Tianjin", "天津"),
    "xiongan": ("Xiong'an", "雄安新区"),
    "hebei": ("Hebei without Xiong'an", "河北(不含雄安)"),
    "hebei_official": ("Hebei with Xiong'an", "河北(含雄安)"),
    "jjj": ("Jing-Jin-Ji", "京津冀"),
    "rest_of_china": ("Rest of China", "全国其他地区"),
    "beijing+tianjin": ("Beijing, Tianjin", "北京、天津"),
}

# Names short enough for a map; the long ones are the geography's.
ZONES_SHORT: dict[str, Text] = {
    "bj_core": ("Beijing core", "核心区"),
    "bj_inner": ("Beijing inner", "近郊四区"),
    "bj_subcentre": ("Sub-centre", "副中心"),
    "bj_outer": ("Beijing outer", "远郊九区"),
    "tj_urban": ("Tianjin", "天津"),
    "tj_binhai": ("Binhai", "滨海"),
    "xiongan": ("Xiong'an", "雄安"),
    "langfang_n3": ("North Three", "北三县"),
    "langfang_rest": ("Langfang", "廊坊"),
    "shijiazhuang": ("Shijiazhuang", "石家庄"),
    "tangshan": ("Tangshan", "唐山"),
    "qinhuangdao": ("Qinhuangdao", "秦皇岛"),
    "handan": ("Handan", "邯郸"),
    "xingtai": ("Xingtai", "邢台"),
    "baoding": ("Baoding", "保定"),
    "zhangjiakou": ("Zhangjiakou", "张家口"),
    "chengde": ("Chengde", "承德"),
    "cangzhou": ("Cangzhou", "沧州"),
    "hengshui": ("Hengshui", "衡水"),
    "rest_of_china": REGIONS["rest_of_china"],
}

# What the article gives figures of and no indicator measures under that name.
TARGETS: dict[str, Text] = {
    "gdp_nominal_ratio": ("GDP, multiple of 2013", "地区生产总值为2013年的倍数"),
    "gdp_share_tertiary_change": ("Rise of the tertiary share", "第三产业占比提升"),
    "gdp_share_tertiary_change_rank": ("Rank of Hebei's rise", "河北三产占比升幅排名"),
    "passenger_flow_internal_share": ("Trips inside the region", "客流内循环占比"),
    "cross_province_services": ("Services across provinces", "跨省通办事项"),
    "ftz_same_standard_items": ("Free-trade items of one standard", "自贸区同事同标事项"),
    "contaminated_land_safe_use": ("Safe use of contaminated land", "建设用地安全利用率"),
    "population_trend": ("Population trend", "人口年均变化"),
    "pupils_of_relocated_staff_growth": ("Pupils of relocated staff", "疏解人员子女入学增速"),
    "soe_headquarters_moved": ("State headquarters moved", "央企总部迁入"),
    "municipal_offices_moved": ("Municipal offices moved", "市级机关搬迁"),
    "strategic_emerging_industry_va_growth": ("Growth, emerging industry", "战略性新兴产业增速"),
    "industrial_export_delivery": ("Industrial exports", "工业出口交货值"),
    "national_advanced_manufacturing_clusters": ("National clusters", "国家级先进制造业集群"),
    "ai_firms": ("AI firms", "人工智能企业"),
    "share_of_national_top_ai_talent": ("Share of top AI talent", "顶尖人工智能人才占比"),
    "smart_factories_and_digital_workshops": ("Smart factories", "智能工厂和数字化车间"),
    "port_containers": ("Port containers", "港口集装箱吞吐量"),
    "zgc_park_new_firms": ("New firms, Zhongguancun park", "滨海中关村科技园新增企业"),
    "zgc_city_new_firms": ("New firms, Zhongguancun city", "京津中关村科技城新增企业"),
    "new_national_hightech_firms": ("New high-technology firms", "新增高新技术企业"),
    "technology_envoy_problems_solved": ("Technical problems solved", "攻克技术难题"),
    "steel_firms_grade_a": ("Steel firms of grade A", "钢铁企业环保创A"),
    "pm25_change": ("Change of PM2.5", "PM2.5浓度变化"),
    "inferior_class_v_sections": ("River sections below class V", "劣Ⅴ类断面"),
    "one_card_services": ("Services on one card", "一卡通办事项"),
}

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
    """Return `word` as a language; ScenarioError when the charts do not speak it."""
    for lang in LANGS:
        if word == lang:
            return lang
    raise ScenarioError("lang", [f"{word!r} is not one of {', '.join(LANGS)}.{nearest(word, LANGS)}"])


def area_name(area: str, lang: Lang) -> str:
    """Return the full name of a region or a zone."""
    if area in REGIONS:
        return say(REGIONS[area], lang)
    zone = GEOGRAPHY.index(area)
    return say((GEOGRAPHY.name_en[zone], GEOGRAPHY.name_zh[zone]), lang)


def zone_short(zone: str, lang: Lang) -> str:
    """Return the name of a zone, or of the rest of China, as it stands on a map."""
    return say(ZONES_SHORT[zone], lang)


def label(variable: str, lang: Lang) -> str:
    """Return the full label of an indicator."""
    return say((INDICATORS[variable].en, INDICATORS[variable].zh), lang)


def short(variable: str, lang: Lang) -> str:
    """Return the short label of an indicator or of a figure of the article; its name where it has none."""
    if variable in SHORT:
        return say(SHORT[variable], lang)
    if variable in TARGETS:
        return say(TARGETS[variable], lang)
    return label(variable, lang) if variable in INDICATORS else variable
