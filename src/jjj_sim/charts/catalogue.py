"""The charts there are: name, titles, and the function that draws each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from jjj_sim.charts import (
    accounts,
    article,
    economy,
    fan,
    firms,
    flow_maps,
    goals,
    homes,
    innovation,
    maps,
    people,
    place,
    pyramid,
    scoreboard,
    systems,
    ternary,
)
from jjj_sim.charts.panels import by_area
from jjj_sim.charts.reader import Reader
from jjj_sim.indicators import Indicator
from jjj_sim.wording.words import Lang


@dataclass(frozen=True)
class Chart:
    """A named chart; `function` draws it from a reader in a language."""

    name: str
    title_en: str
    title_zh: str
    function: Callable[[Reader, Lang], Figure]


def of_variable(indicator: Indicator) -> Chart:
    """Return the chart of an indicator that has none of its own: one panel per area."""

    def draw(reader: Reader, lang: Lang) -> Figure:
        return by_area(reader, lang, indicator.name)

    return Chart(indicator.name, indicator.en, indicator.zh, draw)


_OWN = (
    Chart("population", "Population by region", "各地区常住人口", people.population),
    Chart("xiongan_population", "Population of Xiong'an", "雄安新区常住人口", people.xiongan_population),
    Chart("beijing_zones", "Population within Beijing", "北京市内人口", people.beijing_zones),
    Chart("population_change", "Map: change of population", "人口变化地图", maps.population_change),
    Chart("natural_and_migration", "Natural increase and migration", "自然增长与净迁入", people.natural_and_migration),
    Chart("pyramid", "Ages of residents", "常住人口年龄结构", pyramid.pyramid),
    Chart("flows_people", "Map: who moves where", "人口迁移流向图", flow_maps.flows_people),
    Chart("flows_commuters", "Map: who commutes where", "跨区通勤流向图", flow_maps.flows_commuters),
    Chart("gdp_nominal", "GDP by region", "各地区生产总值", economy.gdp),
    Chart("gdp_share_of_nation", "Share of national GDP", "占全国GDP比重", economy.gdp_share_of_nation),
    Chart("sector_structure", "Three sectors", "三次产业结构", economy.sector_structure),
    Chart("sectors_ternary", "Path of the three sectors", "三次产业结构演变轨迹", ternary.sectors_ternary),
    Chart("leaving_beijing", "Firms leaving Beijing", "迁出北京的企业", firms.leaving_beijing),
    Chart("destinations", "Map: where Beijing's firms went", "北京企业去向地图", maps.destinations),
    Chart("flows_firms", "Map: where firms go", "企业迁移流向图", flow_maps.flows_firms),
    Chart("xiongan_firms", "Firms from Beijing in Xiong'an", "雄安北京来源企业", firms.xiongan_firms),
    Chart("firms", "Legal units by region", "各地区法人单位", firms.firms),
    Chart("turnover", "Units founded and closed", "新设与注销单位", firms.turnover),
    Chart("technology", "Technology contracts and research", "技术合同与研发投入", innovation.technology),
    Chart("labour", "Labour market", "劳动力市场", accounts.labour),
    Chart("budgets", "Budgets of local governments", "地方财政", accounts.budgets),
    Chart("pm25", "PM2.5 by region", "各地区PM2.5", place.pm25),
    Chart("rail_and_travel", "High-speed rail and travel times", "高铁与出行时间", place.rail_and_travel),
    Chart("homes_and_incomes", "House prices, incomes and services", "房价、收入与公共服务", homes.homes_and_incomes),
    Chart("housing_and_commuting", "Housing and commuting", "住房与通勤", homes.housing_and_commuting),
    Chart("services", "Public services and inequality", "公共服务与差距", place.services),
    Chart("goals", "Goals of 2030 by year", "2030年目标逐年判断", goals.goals),
    Chart("goals_scoreboard", "Scoreboard of the goals of 2030", "2030年目标一览", scoreboard.goals_scoreboard),
    Chart("parameters", "Parameters: prior and posterior", "参数：先验与后验", fan.parameters),
    Chart("systems", "The article's other systems", "文章所述其他系统", systems.systems),
    Chart("article_figures", "The article's figures and ours", "文章数据与模型结果", article.article_figures),
)
CHARTS: dict[str, Chart] = {c.name: c for c in _OWN}
