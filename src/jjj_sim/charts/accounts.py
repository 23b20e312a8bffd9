"""Charts of accounts: the labour market, and the budgets of local governments."""

from __future__ import annotations

from matplotlib.figure import Figure

from jjj_sim.charts.panels import Panel, in_a_row
from jjj_sim.charts.reader import Reader
from jjj_sim.charts.words import Lang

_REGIONS = ("beijing", "tianjin", "hebei_official")
_LABOUR = (
    Panel("commuters_in", ("beijing",), "Commuters into Beijing", "跨省进京通勤人数"),
    Panel("unemployment_rate", _REGIONS, "Unemployment", "失业率"),
    Panel("wage", _REGIONS, "Mean wage", "平均工资"),
)
_BUDGETS = (
    Panel("budget_revenue", _REGIONS, "Budget revenue", "一般公共预算收入"),
    Panel("budget_spending", _REGIONS, "Budget spending", "一般公共预算支出"),
    Panel("transfers", _REGIONS, "Transfers from the centre", "中央转移支付"),
)


def labour(reader: Reader, lang: Lang) -> Figure:
    """Draw commuters into Beijing, unemployment and wages."""
    title = ("The labour market", "劳动力市场")
    note = (
        "In 2013 every zone starts at the same unemployment (assumed). Wages include what employers pay for insurance.",
        "2013年各区失业率假定相同。工资含单位缴纳的社会保险。",
    )
    return in_a_row(reader, lang, title, _LABOUR, note)


def budgets(reader: Reader, lang: Lang) -> Figure:
    """Draw revenue, spending and transfers of local governments."""
    title = ("Budgets of local governments", "地方财政")
    note = ("To 2024 spending is input; revenue rates are data.", "2024年以前支出为输入,收入占比为数据。")
    return in_a_row(reader, lang, title, _BUDGETS, note)
