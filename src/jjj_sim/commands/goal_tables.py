"""The goals of 2030 on the terminal: how they stand, by year, by threshold, against one another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import typer

from jjj_sim.commands import changes, page
from jjj_sim.wording.terms import word

if TYPE_CHECKING:
    import pandas as pd

    from jjj_sim.judging.goal_conflicts import Conflicts
    from jjj_sim.region import Region
    from jjj_sim.region.goals import Goals

# How persons are counted, in each language: from a million on in millions, from ten thousand on in ten thousands.
_PERSONS = ((1e6, 1e6, "million persons"), (1e4, 1e4, "万人"))
_YEARS = (2013, 2016, 2020, 2022, 2024, 2026, 2028, 2030)
_PAIRS = 6

Row = dict[str, Any]


def show(table: pd.DataFrame, members: int, drawn: bool, region: Region, zh: bool) -> None:
    """Print a block a goal: its state, what binds it, then each indicator with bounds, median, figure and basis.

    `drawn` says whether members have drawn parameters and outside paths, and do not differ in luck alone.
    """
    page.heading(f"2030年目标，{members} 次运行" if zh else f"Goals of 2030, {members} member{'s' * (members != 1)}")
    page.paragraph("* 为必须达到的指标" if zh else "* marks what must be met")
    if members == 1:
        one = "Of one run it says what was met, which is no probability."
        page.paragraph("只有一次运行：只说是否达到，不是概率。" if zh else one)
    else:
        several = "Probability: the share of members, its Monte-Carlo error behind ±, its 90 % interval (Wilson) in ()."
        page.paragraph("概率为达到的运行所占比例，± 为蒙特卡洛误差，括号内为90%区间（Wilson）。" if zh else several)
    if members > 1 and not drawn:
        luck = "All members have the same parameters and outside paths: the probability is of luck alone."
        page.paragraph("各次运行的参数和外部路径相同：概率只反映随机性。" if zh else luck)
    for goal, rows in table.groupby("goal", sort=False):
        whole = _row(rows[rows["threshold"].isna()].iloc[0])
        typer.echo()
        page.heading(f"{goal} {_name(whole, zh)}{'：' if zh else ': '}{_state(whole, zh)}")
        page.paragraph(whole["basis_zh" if zh else "basis"])
        if _given(whole.get("binding")):
            page.paragraph(_binding(whole, members, zh))
        for _, row in rows[rows["threshold"].notna()].iterrows():
            _show_indicator(_row(row), members, region, zh)


def show_path(table: pd.DataFrame, found: Goals, members: int, zh: bool) -> None:
    """Print what the thresholds of 2030 would say in some years: medians, and who meets them."""
    page.heading("逐年：按2030年门槛判断" if zh else "By year, judged by the thresholds of 2030", gap=True)
    years = [y for y in _YEARS if (table["year"] == y).any()]
    chance = ("达到" if zh else "met") if members == 1 else ("概率" if zh else "probability")
    for goal in found.goals:
        for name in (goal, *(i.id for i in found.of(goal))):
            at = {int(r["year"]): _row(r) for _, r in table[table["id"] == name].iterrows()}
            if not at:
                continue
            lines = [["", *map(str, years), ""]]
            title = f"{name} {_name(next(iter(at.values())), zh)}"
            if name != goal:
                i = found.by_id()[name]
                size = max(abs(row["median"]) for row in at.values())
                divisor, unit = _divisor(i.unit, size, zh), word(_unit(i.unit, size, zh), zh)
                bounds = (" 至 " if zh else " to ").join(_digits(b / divisor) for b in i.bounds if math.isfinite(b))
                sign = "" if all(map(math.isfinite, i.bounds)) else "≤ " if math.isinf(i.bounds[0]) else "≥ "
                tail = f"{sign}{bounds}" if i.unit in ("1", "ratio") else f"{sign}{bounds} {unit}"
                title = f"{'* ' if i.mandatory else ''}{title}{'，' if zh else ', '}{tail}"
                medians = [_digits(at[y]["median"] / divisor) if y in at else "" for y in years]
                lines.append(["中位数" if zh else "median", *medians, ""])
            typer.echo()
            page.paragraph(title, 2, 4)
            page.rows([*lines, [chance, *(_chance(at.get(y), zh) for y in years), ""]], 4, range(1, len(years) + 1))


def show_thresholds(table: pd.DataFrame, members: int, zh: bool) -> None:
    """Print what hangs on each threshold."""
    page.heading("概率对门槛的敏感度" if zh else "What hangs on the thresholds", gap=True)
    if members == 1:
        page.paragraph("只有一次运行，没有概率可言。" if zh else "One run has no probability that could hang on them.")
        return
    about = "Probability at the threshold, and at one 5 % lower and higher; then the strictest threshold that one half "
    about += "and eight in ten of the members meet. Persons in millions, other units as above."
    zh_about = "门槛处、门槛下移和上移5%时的概率；以及一半和八成运行能达到的最严门槛。人口以万人计，其他单位同上。"
    page.paragraph(zh_about if zh else about)
    head = ["", "门槛", "-5%", "概率", "+5%", "50%在", "80%在", ""]
    lines = [head if zh else ["", "threshold", "-5 %", "met", "+5 %", "50 % at", "80 % at", ""]]
    for _, r in table.iterrows():
        row = _row(r)
        divisor = _PERSONS[zh][1] if row["unit"] == "persons" else 1.0
        three = [_percent(row[key]) for key in ("probability_lower", "probability", "probability_higher")]
        keys = ("threshold", "threshold_at_50", "threshold_at_80")
        at = [_digits(row[key] / divisor) if _given(row[key]) else "-" for key in keys]
        lines.append([f"{'* ' if row['mandatory'] else '  '}{row['id']}", at[0], *three, *at[1:], ""])
    page.rows(lines, 2, range(1, len(lines[0])))


def show_conflicts(found: Conflicts, goals: Goals, zh: bool) -> None:
    """Print which goals go together over the members, and which stand in one another's way."""
    from jjj_sim.messages import told

    page.heading("目标之间的冲突（各次运行之间）" if zh else "Goals against one another, over the members", gap=True)
    if found.missing is not None:
        page.paragraph(told(found.missing, "zh" if zh else "en"))
        return
    about = "Spearman's correlation of margins, of a goal that of its worst mandatory indicator: below 0 what helps "
    about += f"one harms the other; smaller than {found.chance:.2f} it may be chance. It is of what differs between "
    about += "members, not of what a policy does; -: no difference."
    zh_about = "裕度的秩相关（Spearman），目标取其最差的必须指标；小于0表示此消彼长，绝对值小于 "
    zh_about += f"{found.chance:.2f} 可能出于偶然。它反映各次运行之间的差异，不是政策的作用；- 表示各次运行无差异。"
    page.paragraph(zh_about if zh else about)
    _matrix(found.correlation, lambda v: "-" if math.isnan(v) else f"{v:+.2f}")
    both = "同时达到的运行所占比例（对角线：单独达到）" if zh else "Share of members that meet both; one goal: diagonal"
    page.paragraph(both)
    _matrix(found.together, lambda v: f"{100 * v:.0f} %")
    opposed = found.pairs[found.pairs["correlation"] < 0].head(_PAIRS)
    page.paragraph("不同目标之间最对立的必须指标" if zh else "Mandatory indicators of different goals most opposed")
    names = {i.id: (i.zh if zh else i.en) for i in goals.indicators}
    for _, r in opposed.iterrows():
        page.paragraph(f"{r['correlation']:+.2f}  {names[r['first']]} / {names[r['second']]}", 4, 7)
    if opposed.empty:
        page.paragraph("无" if zh else "none", 4)


def _matrix(table: pd.DataFrame, cell: Any) -> None:
    """Print a square table."""
    head = ["", *map(str, table.columns), ""]
    named = zip(table.index, table.to_numpy(), strict=True)
    lines = [[str(name), *(cell(float(v)) for v in row), ""] for name, row in named]
    page.rows([head, *lines], 4, range(1, len(head)))
    typer.echo()


def _show_indicator(row: Row, members: int, region: Region, zh: bool) -> None:
    area = changes.place(str(row["area"]), region, zh)
    mark, indent = ("* ", 2) if row["mandatory"] else ("", 4)
    page.paragraph(f"{mark}{_name(row, zh)}{'，' if zh else ', '}{area} [{row['id']}]", indent, 2)
    unit = str(row["unit"])
    parts = [_threshold(row, zh)]
    if _given(row["median_2030"]):
        divisor = _divisor(unit, row["median_2030"], zh)
        median, *ends = (_digits(row[key] / divisor) for key in ("median_2030", "low_2030", "high_2030"))
        band = f"（{' 至 '.join(ends)}）" if zh else f" ({' to '.join(ends)})"
        shown = word(_unit(unit, row["median_2030"], zh), zh)
        tail = "" if unit in ("1", "ratio") else f"{'' if zh and members > 1 else ' '}{shown}"
        parts.append(f"{'2030年' if zh else '2030:'} {median}{band if members > 1 else ''}{tail}")
    parts.append(_state(row, zh))
    page.paragraph(("；" if zh else "; ").join(parts), 6)
    latest = ""
    if _given(row["latest"]):
        told, year = amount(row["latest"], unit, zh), f"{row['latest_year']:.0f}"
        latest = f"{year}年公布 {told}；" if zh else f"published {told} ({year}); "
    basis = row["basis_zh" if zh else "basis"]
    kind = word(str(row["kind"]), zh)
    told = kind if basis == kind else f"{kind}{'：' if zh else ': '}{basis}"
    page.paragraph(f"{latest}{told}", 6)
    for key, heads in (("guard", ("other side", "另一侧")), ("why_not", ("not modelled", "未建模"))):
        if text := row[f"{key}_zh" if zh else key]:
            page.paragraph(f"{heads[zh]}{'：' if zh else ': '}{text}", 6)


def _threshold(row: Row, zh: bool) -> str:
    """Return the bounds with their unit: the threshold, then the one of overshooting."""
    unit, low, high = str(row["unit"]), row["bound_low"], row["bound_high"]
    head = "门槛" if zh else "threshold"
    if row["sense"] == "band":
        return f"{head} {_digits_of(low, unit, zh)} {'至' if zh else 'to'} {amount(high, unit, zh)}"
    mine, other = (high, low) if row["sense"] == "<=" else (low, high)
    sign = "≤" if row["sense"] == "<=" else "≥"
    guard = ""
    if _given(other):
        words = ("不低于", "not below") if sign == "≤" else ("不高于", "not above")
        guard = f"，{words[0]} {amount(other, unit, zh)}" if zh else f", {words[1]} {amount(other, unit, zh)}"
    return f"{head} {sign} {amount(mine, unit, zh)}{guard}"


def _state(row: Row, zh: bool) -> str:
    """Return how a goal or an indicator stands; a chance where there are members enough to speak of one."""
    state, chance = word(str(row["status"]), zh), row["probability"]
    if not _given(chance):
        return state
    n, m = int(row["met"]), int(row["members"])
    low, high = (f"{100 * row[key]:.0f}" for key in ("probability_low", "probability_high"))
    if zh:
        return f"{state}，{_percent(chance)} ± {100 * row['probability_error']:.0f}（{m} 次中 {n} 次；{low} 至 {high}）"
    return f"{state}, {_percent(chance)} ± {100 * row['probability_error']:.0f} (in {n} of {m}; {low} to {high})"


def _binding(row: Row, members: int, zh: bool) -> str:
    """Return which indicator stands in the way of a goal, and how often it alone does."""
    name = row["binding_zh" if zh else "binding_en"]
    if members == 1:
        alone = row["binding_alone"] == 1
        return (
            f"卡在：{name}{'（只差这一项）' if alone else '（离门槛最远）'}"
            if zh
            else f"in the way: {name} ({'it alone' if alone else 'the furthest from its bound'})"
        )
    share, alone = _percent(row["binding_share"]), _percent(row["binding_alone"])
    if zh:
        return f"最常卡住的是：{name}（未达到目标的运行中 {share} 未达到这一项，{alone} 只差这一项）"
    return f"most often in the way: {name}, in {share} of the members that fail the goal, alone in {alone}"


def _chance(row: Row | None, zh: bool) -> str:
    """Return the cell of a year: a probability, of one run whether it meets the threshold."""
    if row is None:
        return ""
    if _given(row["probability"]):
        return _percent(row["probability"])
    return (("是", "否") if zh else ("yes", "no"))[row["met"] == 0]


def _divisor(unit: str, size: float, zh: bool) -> float:
    """Return by what values as large as `size` are divided to be shown in `_unit`."""
    least, divisor, _ = _PERSONS[zh]
    return divisor if unit == "persons" and abs(size) >= least else 1.0


def _unit(unit: str, size: float, zh: bool) -> str:
    return unit if _divisor(unit, size, zh) == 1.0 else _PERSONS[zh][2]


def amount(value: float, unit: str, zh: bool) -> str:
    """Return a number with its unit, four digits at most."""
    if not _given(value):
        return "-"
    digits = _digits(value / _divisor(unit, value, zh))
    return digits if unit in ("1", "ratio") else f"{digits} {word(_unit(unit, value, zh), zh)}"


def _digits_of(value: float, unit: str, zh: bool) -> str:
    """Return the number of an amount."""
    return amount(value, unit, zh).partition(" ")[0]


def _digits(value: float) -> str:
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %" if _given(value) else "-"


def _name(row: Row, zh: bool) -> str:
    return str(row["indicator_zh" if zh else "indicator"])


def _row(row: pd.Series[Any]) -> Row:
    return {str(key): value for key, value in row.to_dict().items()}


def _given(value: Any) -> bool:
    import pandas as pd

    return not pd.isna(value)
