"""Charts of accounts: the labour market, and the budgets of local governments."""

from __future__ import annotations

from matplotlib.figure import Figure

from jjj_sim.charts.panels import Panel, in_a_row
from jjj_sim.charts.reader import Reader
from jjj_sim.wording.words import Lang


def labour(reader: Reader, lang: Lang) -> Figure:
    """Draw commuters into Beijing, unemployment and wages."""
    title = ("The labour market", "劳动力市场")
    note = (
        "In 2013 every zone starts at the same unemployment (assumed). Commuters: people who live outside and work in "
        "Beijing, mean of the year. Wages include what employers pay for insurance.",
        "2013年各分区失业率假定相同。通勤人数为居住在外、在京工作者的年平均人数。工资含单位缴纳的社会保险。",
    )
    panels = (
        Panel("commuters_in", (reader.filling("capital"),), "Commuters into Beijing", "跨省进京通勤人数"),
        Panel("unemployment_rate", reader.provinces, "Unemployment rate", "失业率"),
        Panel("wage", reader.provinces, "Mean wage, insurance included", "平均工资（含单位社保）"),
    )
    return in_a_row(reader, lang, title, panels, note)


def budgets(reader: Reader, lang: Lang) -> Figure:
    """Draw revenue, spending and transfers of local governments."""
    title = ("Budgets of local governments", "地方财政")
    note = ("To 2024 spending is input; revenue rates are data.", "2024年及以前支出为输入，收入占比为数据。")
    panels = (
        Panel("budget_revenue", reader.provinces, "Budget revenue", "一般公共预算收入"),
        Panel("budget_spending", reader.provinces, "Budget spending", "一般公共预算支出"),
        Panel("transfers", reader.provinces, "Transfers from the centre", "中央转移支付"),
    )
    return in_a_row(reader, lang, title, panels, note, one_unit=True)
