"""A comparison on the terminal: ten figures a variant, what members suffice for, goals side by side, warnings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer
from rich.cells import cell_len

from jjj_sim.commands import alarms, page

if TYPE_CHECKING:
    import pandas as pd

    from jjj_sim.comparing.comparison import Comparison
    from jjj_sim.running.result import Result

Row = Mapping[str, Any]
_POINTS = {"percent": "percentage points"}
# English units short enough for a terminal; Chinese ones are.
_SHORT = {
    "million persons": "m",
    "thousand persons": "k",
    "persons": "",
    "billion yuan": "bn",
    "trillion yuan": "tn",
    "percentage points": "pp",
}


def show(found: Comparison, zh: bool, year: int | None = None) -> None:
    """Print the headline of each variant in `year`, what is not clear, the goals, and what else differs."""
    from jjj_sim.comparing.headline import headline
    from jjj_sim.comparing.ranking import goals_beside
    from jjj_sim.comparing.winners import winners

    table, sides = headline(found, year), winners(found, year)
    for variant in dict.fromkeys(table["variant"]):
        _show_variant(found, found.result(str(variant)), table[table["variant"] == variant], zh)
        show_sides(sides[sides["variant"] == variant], zh)
    _show_members(found, table, zh)
    show_goals(found, goals_beside(found), zh)
    for warning in found.warnings:
        typer.echo()
        page.paragraph(f"! {warning}", 0, 2)
    alarms.show(found.manifest, "zh" if zh else "en")


def _show_variant(found: Comparison, variant: Result, rows: pd.DataFrame, zh: bool) -> None:
    """Print the figures that differ in a table, and those that do not in a line."""
    from jjj_sim.comparing.verdict import SAME, SMALL

    year = int(rows["year"].iloc[0])
    names = [_title(r, zh) for r in (variant, found.base)]
    if names[0] == names[1]:
        names = [variant.name, found.base.name]
    page.heading(
        f"{names[0]}：相对{names[1]}的变化，{year}年" if zh else f"{names[0]} less {names[1]}, {year}", gap=True
    )
    told: dict[str, list[str]] = {SAME[0]: [], SMALL[0]: []}
    several = int(found.manifest["members"]) > 1
    middle = ("中位数 [90%区间]" if zh else "median [90 %]") if several else ("差异" if zh else "difference")
    cells = [["", middle, "最大", "同号", ""] if zh else ["", middle, "largest", "one sign", ""]]
    for row in _records(rows):
        if row["verdict"] in told:
            told[row["verdict"]].append(_figure(found, row, zh))
        else:
            cells.append(_cells(found, row, zh, several))
    if len(cells) > 1:
        page.rows(cells, right=(1, 2))
    for (word, word_zh), listed in zip((SAME, SMALL), told.values(), strict=True):
        if listed:
            page.paragraph(f"{word_zh}：{'、'.join(listed)}" if zh else f"{word}: {'; '.join(listed)}", 2, 2)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _cells(found: Comparison, row: Row, zh: bool, several: bool) -> list[str]:
    divisor, name = shown_in(str(row["unit"]), row["peak"], zh)
    if row["unit"] == "1":
        divisor, name = abs(row["base_median"]) / 100.0, "%"
    digits = places(row["median"] / divisor)
    middle, low, high = (signed(row[k] / divisor, digits) for k in ("median", "low", "high"))
    peak = row["peak"] / divisor
    later = "" if row["peak_year"] == row["year"] else f"{row['peak_year']}: {signed(peak, places(peak))}"
    range_ = f" [{low}, {high}]" if several else ""
    number = f"{middle}{range_} {name}".rstrip()
    return [_figure(found, row, zh), number, later, _share(found, row, zh), ""]


def shown_in(unit: str, biggest: float, zh: bool) -> tuple[float, str]:
    """Return what differences in a unit are divided by, and the name of the unit they are then in."""
    from jjj_sim.wording.units import unit_for

    shown = unit_for(_POINTS.get(unit, unit), "zh" if zh else "en", biggest)
    return shown.divisor, shown.name if zh else _SHORT.get(shown.name, shown.name)


def _share(found: Comparison, row: Row, zh: bool) -> str:
    """Return which way the members go, and how many of them."""
    from jjj_sim.comparing.verdict import UNCLEAR

    members = len(found.result(row["variant"]).annual["member"].unique())
    if row["verdict"] == UNCLEAR[0]:
        word = "不明" if zh else "unclear"
    else:
        word = (
            row["verdict_zh"][-2:] if zh and members > 1 else row["verdict_zh"][:2] if zh else row["verdict"].split()[0]
        )
    return f"{word} {row['same_sign_share'] * members:.0f}/{members}"


def _figure(found: Comparison, row: Row, zh: bool) -> str:
    from jjj_sim.indicators import indicators
    from jjj_sim.indicators.areas import total
    from jjj_sim.region.names import names
    from jjj_sim.wording.words import SHORT

    region = found.base.region
    one, place = indicators(region)[row["variable"]], names(region)[row["area"]].short[zh]
    short = SHORT.get(row["variable"], (one.en, one.zh))[zh]
    if row["area"] == total(region):
        return short
    return f"{place}{short}" if zh else f"{short}, {place}"


def _title(result: Result, zh: bool) -> str:
    told = result.manifest
    return str((told.get("title_zh") if zh else None) or told.get("title") or result.name)


def show_sides(table: pd.DataFrame, zh: bool) -> None:
    """Print the largest gains and losses of one variant among those that matter, relative to the base."""
    from jjj_sim.comparing.winners import GAIN, LOSS, leading
    from jjj_sim.wording.words import typeset

    cells, several = [], bool((table["relative_low"] != table["relative_high"]).any())
    for outcome, word, word_zh in ((GAIN, "gain", "受益"), (LOSS, "lose", "受损")):
        for n, row in enumerate(_records(leading(table, outcome))):
            digits = places(row["relative"])
            middle, low, high = (signed(row[k], digits) for k in ("relative", "relative_low", "relative_high"))
            divisor, name = shown_in(row["unit"], row["median"], zh)
            value = row["median"] / divisor
            amount = f"{signed(value, min(places(value), 2))} {name.removesuffix(' a year')}"
            amount = "" if row["unit"] in ("1", "percent") else amount
            who = typeset(f"{row['who_zh']}:{row['measure_zh']}") if zh else f"{row['who']}: {row['measure']}"
            first = "" if n else word_zh if zh else word
            size = f"{middle} [{low}, {high}] %" if several else f"{middle} %"
            cells.append([first, who, size, amount, ""])
    if sum(max((cell_len(row[k]) + 2 for row in cells), default=0) for k in range(4)) > page.width():
        cells = [[*row[:3], ""] for row in cells]
    if cells:
        year = int(table["year"].iloc[0])
        page.heading(f"谁受益、谁受损，{year}年，占基准的%" if zh else f"Who gains and who loses, {year}", gap=True)
        page.rows(cells, right=(2, 3) if len(cells[0]) > 4 else (2,))


def places(value: float) -> int:
    """Return how many decimals show three digits of a number, below zero to round before the point."""
    return 0 if not math.isfinite(value) or value == 0.0 else 2 - math.floor(math.log10(abs(value)))


def signed(value: float, digits: int) -> str:
    """Return a number with its sign, rounded to so many decimals; plain zero where it rounds to it."""
    rounded = round(value, digits)
    return "0" if rounded == 0.0 or not math.isfinite(value) else f"{rounded:+,.{max(digits, 0)}f}"


def _show_members(found: Comparison, table: pd.DataFrame, zh: bool) -> None:
    """Print whether the members suffice, and how many more would halve the intervals of the means."""
    from jjj_sim.comparing.verdict import UNCLEAR

    members = int(found.manifest["members"])
    unclear = table[table["verdict"] == UNCLEAR[0]]
    if members == 1:
        return
    typer.echo()
    fewer = table["saved"].median()
    if fewer == fewer:
        paired = f"Shared luck and draws save members: without, {fewer:,.0f} times as many (median of the figures)."
        page.paragraph(f"随机数与抽样共用：否则需{fewer:,.0f}倍的运行次数（各项中位数）。" if zh else paired, 0, 2)
    if unclear.empty:
        enough = f"{members} members suffice for these verdicts; {3 * members} more would halve the means' intervals."
        page.paragraph(
            f"{members} 次运行足以判断以上各项；再加 {3 * members} 次，均值区间减半。" if zh else enough, 0, 2
        )
        return
    listed = [_figure(found, row, zh) for row in _records(unclear)]
    if zh:
        page.paragraph(f"{members} 次运行不足以判断：{'、'.join(listed)}；再加 {3 * members} 次，均值区间减半。", 0, 2)
    else:
        more = f"{3 * members} more would halve the intervals of the means"
        page.paragraph(f"{members} members do not tell: {'; '.join(listed)}. {more}.", 0, 2)


def show_goals(found: Comparison, table: pd.DataFrame, zh: bool) -> None:
    """Print the chance of each goal in every scenario, as given, with the indicators that `table` has below it."""
    if table.empty:
        return
    members = int(found.manifest["members"])
    tail = "" if members > 1 else "：是否达到" if zh else ", met or not"
    page.heading(("2030年目标" if zh else "Goals of 2030") + tail, gap=True)
    names = list(dict.fromkeys(r.name for r in found.results))
    cells = [["", *names, ""]]
    for id, rows in table.groupby("id", sort=False):
        by_name = rows.set_index("scenario")
        first, said = rows["goal"].iloc[0], rows["indicator_zh" if zh else "indicator"].iloc[0]
        shares = [_chance(by_name["share"].get(name), members, zh) for name in names]
        cells.append([f"{first} {said}" if id == first else f"   {said}", *shares, ""])
    page.rows(cells, right=range(1, len(names) + 1))


def _chance(share: float | None, members: int, zh: bool) -> str:
    if share is None or math.isnan(share):
        return "-"
    if members == 1:
        return ("达到" if share else "未达") if zh else ("met" if share else "not met")
    return f"{share:.0%}"
