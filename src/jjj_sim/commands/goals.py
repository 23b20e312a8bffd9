"""`jjj-sim goals`: progress to the goals of 2030."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import changes, options, page
from jjj_sim.commands.units import word

if TYPE_CHECKING:
    import pandas as pd

    from jjj_sim.region import Region

# How persons are counted, in each language: from a million on in millions, from ten thousand on in ten thousands.
_PERSONS = ((1e6, 1e6, "million persons"), (1e4, 1e4, "万人"))


def goals(
    folder: Annotated[Path, typer.Argument(metavar="RESULT", help="a result folder")],
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """Show the goals of 2030: thresholds with their basis, and the chance of meeting them."""
    from jjj_sim.running.result import load

    zh = options.language(lang) == "zh"
    result = load(folder)
    table = result.goals
    if json_:
        typer.echo(json.dumps(json.loads(table.to_json(orient="records")), ensure_ascii=False, indent=2))
        return
    _show(table, result.manifest["members"], result.region, zh)


def _show(table: pd.DataFrame, members: int, region: Region, zh: bool) -> None:
    """Print a block a goal: its state, then each indicator with threshold, median, latest figure and basis."""
    page.heading(f"2030年目标，{members} 次运行" if zh else f"Goals of 2030, {members} member{'s' * (members != 1)}")
    page.paragraph("* 为必须达到的指标" if zh else "* marks what must be met")
    label = "indicator_zh" if zh else "indicator"
    for goal, rows in table.groupby("goal", sort=False):
        whole = rows[rows["threshold"].isna()].iloc[0]
        typer.echo()
        page.heading(f"{goal} {whole[label]}{'：' if zh else ': '}{_state(whole, members, zh)}")
        judged, modelled = len(rows[rows["mandatory"] & rows["threshold"].notna()]), str(whole["basis"])
        n = re.search(r"\d+", modelled)
        told = f"必须达到的 {judged} 项一起判断，其中 {n[0] if n else 0} 项已建模"
        page.paragraph(told if zh else modelled)
        for row in rows[rows["threshold"].notna()].to_dict("records"):
            _show_indicator({str(key): value for key, value in row.items()}, label, members, region, zh)


def _show_indicator(row: dict[str, Any], label: str, members: int, region: Region, zh: bool) -> None:
    area = changes.place(str(row["area"]), region, zh)
    mark, indent = ("* ", 2) if row["mandatory"] else ("", 4)
    page.paragraph(f"{mark}{row[label]}{'，' if zh else ', '}{area}", indent, 2)
    unit = str(row["unit"])
    parts = [f"{'门槛' if zh else 'threshold'} {threshold(str(row['threshold']), unit, zh)}"]
    if _given(row["median_2030"]):
        median = f"{'2030年' if zh else '2030:'} {amount(row['median_2030'], unit, zh)}"
        ends = [amount(row[key], unit, zh) for key in ("low_2030", "high_2030")]
        parts.append(median + (f" ({ends[0]} {'至' if zh else 'to'} {ends[1]})" if members > 1 else ""))
    parts.append(_state(row, members, zh))
    page.paragraph(("；" if zh else "; ").join(parts), 6)
    latest = ""
    if _given(row["latest"]):
        told, year = amount(row["latest"], unit, zh), f"{row['latest_year']:.0f}"
        latest = f"{year}年公布 {told}；" if zh else f"published {told} ({year}); "
    page.paragraph(f"{latest}{'依据' if zh else 'basis'} {word(str(row['basis']), zh)}", 6)


def _state(row: Any, members: int, zh: bool) -> str:
    """Return how a goal stands; a chance where there are members enough to speak of one."""
    chance = row["probability"]
    if not _given(chance):
        return word(str(row["status"]), zh)
    if members == 1:
        met = chance > 0
        return (
            ("这次运行达到" if met else "这次运行未达到")
            if zh
            else ("met in this run" if met else "not met in this run")
        )
    state = word(str(row["status"]), zh)
    n = round(chance * members)
    return f"{state}（{members} 次中 {n} 次）" if zh else f"{state} (in {n} of {members})"


def threshold(text: str, unit: str, zh: bool) -> str:
    """Return a threshold with its unit, as people count."""
    text = text.replace("<=", "≤").replace(">=", "≥").replace(" to ", " 至 " if zh else " to ")
    numbers = re.findall(r"-?\d[\d.e+]*", text)
    for number in numbers[:-1]:
        text = text.replace(number, amount(float(number), unit, zh).partition(" ")[0], 1)
    head, _, tail = text.rpartition(numbers[-1])
    return f"{head}{amount(float(numbers[-1]), unit, zh)}{tail}"


def amount(value: float, unit: str, zh: bool) -> str:
    """Return a number with its unit, four digits at most."""
    least, divisor, name = _PERSONS[zh]
    if unit == "persons" and abs(value) >= least:
        value, unit = value / divisor, name
    digits = f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
    return digits if unit in ("1", "ratio") else f"{digits} {word(unit, zh)}"


def _given(value: Any) -> bool:
    return value is not None and not (isinstance(value, float) and math.isnan(value))
