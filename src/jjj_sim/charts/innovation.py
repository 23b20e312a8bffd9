"""Charts of innovation: technology sold across the provinces' borders, research over GDP."""

from __future__ import annotations

from matplotlib.figure import Figure

from jjj_sim.charts.panels import Panel, in_a_row
from jjj_sim.charts.reader import Reader
from jjj_sim.wording.words import Lang


def technology(reader: Reader, lang: Lang) -> Figure:
    """Draw what Beijing sells to Tianjin and Hebei, what Hebei says it buys, and research over GDP."""
    title = ("Technology contracts and research", "技术合同与研发投入")
    note = (
        "The two counts have different compilers. Growth of contracts beyond research, absorption and travel time "
        "is an unexplained trend.",
        "两个口径由不同部门统计。合同增长中超出研发、吸纳能力和出行时间的部分为未解释趋势。",
    )
    capital, hinterland = reader.filling("capital"), reader.filling("hinterland")
    bought = ("Hebei's own count of its purchases", "河北吸纳京津")
    panels = (
        Panel("tech_contract_flow_to_tianjin_hebei", (capital,), "Beijing to Tianjin, Hebei", "北京流向津冀"),
        Panel("tech_contracts_from_beijing_tianjin", (hinterland,), *bought),
        Panel("rd_intensity", reader.provinces, "Research over GDP", "研发投入强度"),
    )
    return in_a_row(reader, lang, title, panels, note)
