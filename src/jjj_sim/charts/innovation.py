"""Charts of innovation: technology sold across the provinces' borders, research over GDP."""

from __future__ import annotations

from matplotlib.figure import Figure

from jjj_sim.charts.panels import line
from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import Sheet
from jjj_sim.charts.words import Lang

_PANELS = (
    ("tech_contract_flow_to_tianjin_hebei", ("beijing",), "Beijing to Tianjin, Hebei", "北京流向津冀"),
    ("tech_contracts_from_beijing_tianjin", ("hebei_official",), "Hebei's own count of its purchases", "河北吸纳京津"),
    ("rd_intensity", ("beijing", "tianjin", "hebei_official"), "Research over GDP", "研发投入强度"),
)


def technology(reader: Reader, lang: Lang) -> Figure:
    """Draw what Beijing sells to Tianjin and Hebei, what Hebei says it buys, and research over GDP."""
    title = {"en": "Technology contracts and research", "zh": "技术合同与研发投入"}[lang]
    sheet = Sheet(reader, lang, title, height=3.8)
    width = (sheet.width - 0.8 - 2 * 0.85 - 1.75) / 3
    for i, (variable, areas, english, chinese) in enumerate(_PANELS):
        ax = sheet.place(0.8 + i * (width + 0.85), 0.5, width, sheet.height - 0.85)
        line(sheet, ax, variable, areas, named=len(areas) > 1, from_zero=True)
        sheet.heading(ax, sheet.say(english, chinese))
    return sheet.finish(
        sheet.say(
            "The two counts have different compilers. Growth of contracts beyond research, absorption and travel time "
            "is an unexplained trend.",
            "两个口径由不同部门统计。合同增长中超出研发、吸纳能力和出行时间的部分为未解释趋势。",
        )
    )
