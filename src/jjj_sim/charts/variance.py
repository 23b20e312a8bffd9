"""Chart of a variance split: how much of the width of a band is parameters, the outside world and luck, by year."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from jjj_sim.charts.reader import without_figures
from jjj_sim.charts.sheet import BLUE, GREY, INK, ORANGE, SMALL, Sheet
from jjj_sim.comparing.variance import PARTS, Variance, headline
from jjj_sim.wording.units import number, unit_for
from jjj_sim.wording.words import Lang, Text, area_name, say

WORDS: dict[str, Text] = {
    "parameters": ("parameters", "参数"),
    "outside": ("outside world", "外部环境"),
    "luck": ("luck", "随机性"),
}
_COLOURS = {"parameters": BLUE, "outside": ORANGE, "luck": GREY}
_Z90 = 1.645
_ROW = 1.75


def figures(found: Variance, lang: Lang) -> Iterator[tuple[str, Figure]]:
    """Yield the shares of each outcome over time, by name."""
    for outcome in dict.fromkeys(found.table["outcome"]):
        yield f"variance-{outcome.replace(' less ', '--')}", shares(found, outcome, lang)


def shares(found: Variance, outcome: str, lang: Lang) -> Figure:
    """Draw the shares over time, a panel for each headline figure, its half-width of 90 % in the last year above."""
    table = found.table[found.table["outcome"] == outcome]
    region = found.base.region
    told = [(v, a) for v, a in headline(region) if ((table["variable"] == v) & (table["area"] == a)).any()]
    columns = 3
    lines = -(-len(told) // columns)
    title = say(("Where the width of the band comes from", "区间宽度从何而来"), lang)
    title = f"{title}: {_called(found, outcome, lang)}"
    sheet = Sheet(without_figures(region, 1), lang, title, height=0.9 + _ROW * lines)
    draws = int(found.manifest["twin_draws"])
    sheet.members = sheet.say(f"{draws} draws", f"{draws}次抽样")
    for ax, (variable, area) in zip(sheet.axes(len(told), columns, across=0.5, down=0.75), told, strict=True):
        rows = table[(table["variable"] == variable) & (table["area"] == area)].sort_values("period")
        _panel(sheet, ax, rows)
        last = rows.iloc[-1]
        width = _Z90 * sum(last[f"sd_{name}"] ** 2 for name in PARTS) ** 0.5
        unit = unit_for(str(last["unit"]), lang, width)
        place = area_name(region, area, lang)
        sheet.heading(ax, sheet.say(f"{sheet.short(variable)}, {place}", f"{place}{sheet.short(variable)}"))
        ax.set_xlabel(
            f"{int(last['period'])}: ± {number(width / unit.divisor)} {unit.name}",
            fontsize=SMALL,
            color=INK,
            labelpad=1,
        )
    for name in PARTS:
        sheet.key(say(WORDS[name], lang), Patch(color=_COLOURS[name]))
    scale = found.manifest["residents_per_agent"]
    return sheet.finish(
        sheet.say(
            "Shares of the variance, percent; below each panel half the 90 % interval of its last year. Luck is "
            f"that of agents that stand for {scale:,} residents each.",
            f"方差占比（%）；各图下方为最后一年90%区间的半宽。随机性为每个智能体代表 {scale:,} 名居民时的水平。",
        )
    )


def _panel(sheet: Sheet, ax: Axes, rows: pd.DataFrame) -> None:
    """Draw the three shares of one figure on top of one another."""
    parts = [100.0 * rows[f"share_{name}"].fillna(0.0) for name in PARTS]
    ax.stackplot(rows["period"].astype(int), *parts, colors=[_COLOURS[name] for name in PARTS], linewidth=0)
    ax.set_ylim(0, 100)
    sheet.years(ax, int(rows["period"].min()), int(rows["period"].max()), label=False)
    ax.set_xlim(int(rows["period"].min()), int(rows["period"].max()))


def _called(found: Variance, outcome: str, lang: Lang) -> str:
    """Return what an outcome is called: a scenario's title, or a difference of two."""
    names = {s.name: (s.title_zh or s.title) if lang == "zh" else s.title for s in (found.base, *found.variants)}
    variant, _, base = outcome.partition(" less ")
    if not base:
        return names[outcome]
    return say((f"{names[variant]} less {names[base]}", f"{names[variant]}相对{names[base]}的变化"), lang)
