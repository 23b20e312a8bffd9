"""What the uncertain parameters and outside paths are called in tables and charts, in English and Chinese.

One that has no words here goes by its dotted name; one by place has the place behind its words.
"""

from __future__ import annotations

from jjj_sim.region import Region
from jjj_sim.region.names import names
from jjj_sim.scenario.assumptions import ASSUMPTIONS

WORDS: dict[str, tuple[str, str]] = {
    "production.offset_secondary": ("trend of industry", "第二产业趋势"),
    "labour.wage_speed": ("speed of wages", "工资调整速度"),
    "labour.outside_option": ("pull of the province's pay", "本省工资的牵引"),
    "labour.common_bias": ("skill bias of technique", "技术的技能偏向"),
    "innovation.research_gain": ("productivity from research", "研发的生产率弹性"),
    "innovation.opening_flow": ("contracts in 2013", "2013年首都技术输出"),
    "innovation.trend": ("trend of contracts, early", "技术合同前期趋势"),
    "innovation.reported": ("hinterland's own count", "腹地省份合同统计口径"),
    "branching.rate": ("rate of branching", "设立分支机构速度"),
    "emissions.abatement_early": ("abatement to 2020", "2020年前减排速度"),
    "emissions.abatement_late": ("abatement after 2020", "2020年后减排速度"),
    "emissions.plan": ("clean air plan", "清洁空气计划"),
    "new_area.pull": ("pull of new area's posts", "新区岗位吸引力"),
    "demography.adult_degrees": ("degrees beside work", "在职取得学历"),
    "migration.reconsider": ("how often people reconsider", "考虑迁移的频率"),
    "migration.real_income": ("migration by income", "迁移对收入的弹性"),
    "migration.openings": ("migration by vacancies", "迁移对空缺岗位的权重"),
    "migration.services": ("migration by services", "迁移对公共服务的权重"),
    "migration.pollution": ("migration by air", "迁移对空气质量的权重"),
    "migration.network": ("migration to one's own", "同乡网络的吸引"),
    "migration.hukou": ("value of hukou", "户籍价值"),
    "migration.wish": ("wish for local hukou", "落户意愿"),
    "migration.waiting": ("years to local hukou", "落户等待年数"),
    "migration.departure": ("rate of leaving", "离开速度"),
    "migration.moving": ("cost of moving home", "迁移成本"),
    "migration.account_years": ("years of net migration held", "净迁移外推所用年数"),
    "migration.fading": ("fading of past pulls", "过往吸引力消退时间"),
    "firm_dynamics.footloose": ("founders who choose a zone", "自选分区的创办者"),
    "firm_dynamics.market": ("firms by market access", "企业对市场可达性的权重"),
    "relocation.profit": ("moves of firms by profit", "企业迁移对利润的权重"),
    "relocation.cluster": ("moves of firms to clusters", "企业迁往集群的权重"),
    "relocation.absorption": ("moves of firms to graduates", "企业迁移对大学生占比的权重"),
    "relocation.moving": ("cost of moving a firm", "企业迁移成本"),
    "relocation.distance": ("cost of a firm's distance", "企业迁移距离成本"),
    "relief.small": ("relief by size of firm", "疏解先小后大"),
    "relief.moves": ("relieved firms that move", "疏解企业搬迁而非关停"),
    "relief.technique": ("technique taken along", "疏解企业带走的技术"),
    "branching.working": ("offers that come to work", "落户新区后实际经营"),
    "labour.joining": ("joining by unemployment", "参与率对失业的反应"),
    "production.scrapped": ("capital scrapped by relief", "疏解报废的资本"),
    "production.density_gain": ("gain from density", "密度的生产率弹性"),
    "production.access_gain": ("gain from market access", "市场可达性的生产率弹性"),
    "production.cleaning_cost": ("cost of cleaning", "治污的生产率成本"),
    "innovation.trend_after": ("trend of contracts, late", "技术合同后期趋势"),
    "innovation.dip": ("dip of contracts in 2021-22", "2021—22年合同下降"),
    "innovation.contract_gain": ("productivity from contracts", "技术合同的生产率作用"),
    "innovation.catch_up": ("catching up with the best", "追赶最优省份"),
}
_PATHS = {
    "national_growth": "the nation's growth",
    "national_deflator": "the nation's prices",
    "births_trend": "trend of births",
    "mortality_trend": "trend of mortality",
    "outside_pm25_decline": "fall of PM2.5 from outside",
    "roc_pull": "pull of the rest of China",
}


def called(region: Region, dotted: str) -> tuple[str, str]:
    """Return what a parameter or path is called, from its dotted name with its section, (English, Chinese)."""
    section, name = dotted.split(".", 1)
    if section == "assumptions":
        return _PATHS.get(name, name), ASSUMPTIONS[name].zh
    if name in WORDS:
        return WORDS[name]
    whole, _, place = name.rpartition(".")
    if whole not in WORDS or place not in names(region):
        return name, name
    (en, zh), (place_en, place_zh) = WORDS[whole], names(region)[place].short
    return f"{en}, {place_en}", f"{zh}，{place_zh}"
