"""Write what the front pages tell: one policy's finding, its picture, and how far to trust the model, in numbers.

    jjj-sim compare baseline open_hukou --scale 1000 --members 50
    python validation/front_page.py [--result results/compare-baseline--open_hukou]

Writes README.md and README.zh.md between their marks and docs/images/finding.png, finding_zh.png. Runs nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from calibration_page import write_page
from errors_page import filled
from images import keep
from jjj_sim.charts.look import WORD, drawn_as
from jjj_sim.charts.reader import Members, Reader
from jjj_sim.charts.sheet import INK, TEXT, Sheet
from jjj_sim.comparing.comparison import Comparison, load
from jjj_sim.reporting import amounts
from jjj_sim.reporting.trust import standing
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, say

ROOT = Path(__file__).resolve().parents[1]
PAGES: dict[Lang, tuple[str, str]] = {"en": ("README.md", "finding.png"), "zh": ("README.zh.md", "finding_zh.png")}
SCENARIO, AREA, BESIDE, YEAR = "open_hukou", "tianjin", "beijing", 2030
# What a place may pay with: the variable, its name, and the sign of the difference that is a cost.
COSTS = (
    ("service_index", ("public services", "公共服务"), -1),
    ("income_per_head", ("income a head", "人均可支配收入"), -1),
    ("rent", ("rents", "租金"), 1),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the comparison and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--result", type=Path, default=ROOT / "results" / f"compare-baseline--{SCENARIO}")
    found = load(parser.parse_args(arguments).result)
    with tempfile.TemporaryDirectory() as folder:
        for lang, (page, name) in PAGES.items():
            write_page(ROOT / page, {f"finding {lang}": finding(found, lang), f"trust {lang}": trust(lang)})
            drawn = Path(folder) / name
            picture(found, lang).savefig(drawn, dpi=150)
            keep(drawn, ROOT / "docs" / "images" / name)
            print(f"{page}, docs/images/{name}")


def finding(found: Comparison, lang: Lang) -> str:
    """Return the paragraph: what the policy does to the people of AREA in YEAR, how sure that is, what it costs."""
    region, members = found.base.region, int(found.base.manifest["members"])
    (people,) = _rows(found, "population")
    place = amounts.place(region, AREA, lang)
    if amounts.unclear(people):
        shown = amounts.shown_in(people, lang)
        ends = amounts.interval(people["low"] / shown.divisor, people["high"] / shown.divisor, lang, sign=True)
        sure = amounts.certainty(people, members, lang)
        told = say(
            (
                f"Residents of {place} in {YEAR}: {sure} (90 % of members: {ends} {shown.name}).",
                f"{YEAR}年{place}常住人口{sure}（90%区间：{ends}{shown.name}）。",
            ),
            lang,
        )
    else:
        told = amounts.sentence(region, people, members, lang)
    scale = f"{int(found.base.manifest['residents_per_agent']):,}"
    title = Reader(found.result(SCENARIO)).title(lang)
    how = say(
        (
            f"`{SCENARIO}` against `{found.base.name}`: {members} members, {scale} residents an agent.",
            f"（`{SCENARIO}`对比`{found.base.name}`，{members}次运行，每个智能体代表{scale}人。）",
        ),
        lang,
    )
    parts = [f"**{title}**{say(('.', '。'), lang)}", told, _costs(found, place, members, lang), how]
    return filled(" ".join(parts)) if lang == "en" else "\n".join(["".join(parts[:2]), *parts[2:]])


def _rows(found: Comparison, variable: str) -> list[dict[str, Any]]:
    """Return the verdict of the policy on a variable of AREA in YEAR, as records with the year under its name."""
    table = found.table.rename(columns={"period": "year"})
    mine = (table["variant"] == SCENARIO) & (table["area"] == AREA) & (table["year"] == YEAR)
    return table[mine & (table["variable"] == variable)].to_dict("records")


def _costs(found: Comparison, place: str, members: int, lang: Lang) -> str:
    """Return what the place pays with, in percent of the base, and how many members agree on the least sure of it."""
    told, agree = [], members
    for variable, name, sign in COSTS:
        (row,) = _rows(found, variable)
        if amounts.unclear(row) or np.sign(row["median"]) != sign:
            continue
        low, middle, high = _relative(found, variable)
        way = say(("higher", "高") if sign > 0 else ("lower", "低"), lang)
        size, ends = amounts.plain(abs(middle), 2), amounts.interval(low, high, lang, sign=True)
        told.append(say((f"{name[0]} {size} % {way} ({ends})", f"{name[1]}{way}{size}%（{ends}）"), lang))
        agree = min(agree, round(row["same_sign_share"] * members))
    if not told:
        return say((f"None of services, income and rents in {place} is clearly worse.", "未见明显代价。"), lang)
    sure = ("all", "全部") if agree == members else (f"at least {agree} of", f"至少{agree}次")
    return say(
        (
            f"What it costs {place}: {', '.join(told)}; on the direction of each, {sure[0]} {members} members agree.",
            f"{place}的代价：{'，'.join(told)}；各项方向在{members}次运行中{sure[1]}一致。",
        ),
        lang,
    )


def _relative(found: Comparison, variable: str) -> tuple[float, float, float]:
    """Return 5, 50 and 95 % of the members' differences, in percent of the base."""
    rows = _differences(found, variable, AREA)
    low, middle, high = 100.0 * np.quantile(rows.loc[rows["period"] == YEAR, "relative"], (0.05, 0.5, 0.95))
    return float(low), float(middle), float(high)


def _differences(found: Comparison, variable: str, area: str) -> pd.DataFrame:
    """Return the policy's differences member by member and year by year."""
    rows = found.differences
    return rows[(rows["variant"] == SCENARIO) & (rows["variable"] == variable) & (rows["area"] == area)]


def picture(found: Comparison, lang: Lang) -> Figure:
    """Draw the difference in residents of AREA and BESIDE over the years, with the 90 % band."""
    reader = Reader(found.result(SCENARIO))
    reader.last_published = 0
    title = reader.title(lang)
    with drawn_as(WORD):
        sheet = Sheet(reader, lang, {"en": f"{title}: change in residents", "zh": f"{title}：常住人口变化"}[lang])
        (ax,) = sheet.axes(1, 1)
        tables = {area: _members(_differences(found, "population", area)) for area in (AREA, BESIDE)}
        moved = [t.years[np.abs(t.values).max(axis=0) > 0.0] for t in tables.values()]
        first = min((int(years[0]) - 1 for years in moved if len(years)), default=YEAR - 1)
        unit = unit_for("persons", lang, max(float(np.abs(t.values).max()) for t in tables.values()))
        for area, table in tables.items():
            shown = table.years >= first
            band = Members(table.years[shown], table.values[:, shown]).band
            key = sheet.say(f"{sheet.area(area)}, median", f"{sheet.area(area)}中位数")
            sheet.band(ax, band, unit, sheet.colour(area), key=key)
        ax.axhline(0, color=INK, linewidth=0.6)
        sheet.years(ax, first, int(max(t.years[-1] for t in tables.values())))
        sheet.values(ax, unit.name)
        ax.tick_params(labelsize=TEXT)
        base = Reader(found.base).short_title(lang)
        return sheet.finish(
            sheet.say(f"Difference from {base}, member by member.", f"相对{base}的变化，逐次配对。"),
        )


def _members(rows: pd.DataFrame) -> Members:
    table = rows.pivot_table(index="member", columns="period", values="difference", observed=True)
    return Members(table.columns.to_numpy(dtype=np.int64), table.to_numpy())


def trust(lang: Lang) -> str:
    """Return three numbers of the validation of this version: published facts, years held out, intervals."""
    told = standing()
    facts, holdout, coverage = told["facts"], told["holdout"], told["coverage"]
    lost = holdout["series"] - holdout["won"]
    if lang == "zh":
        return (
            f"- **已发表的因果结论**：可检验的{facts['asked']}项中{facts['agree']}项一致，"
            f"{facts['disagree']}项不一致，符号相反的{facts['wrong']}项；"
            f"另有{facts['unasked']}项无法用本模型的分区检验（[检验](docs/validation.md)）。\n"
            f"- **留出年份**：{holdout['series']}个序列中，孪生模型（以期望人数代替个体）在{holdout['won']}个上"
            f"优于事先选定的朴素预测，在{lost}个上落败（[校准](docs/calibration.md)）。\n"
            f"- **90%区间**：{coverage['figures']}个留出数据只有{coverage['held']}%落在区间内，应视区间偏窄。\n"
        )
    return "".join(
        filled(line)
        for line in (
            f"- **Published findings on causes:** of {facts['asked']} that can be asked it agrees with "
            f"{facts['agree']}, disagrees with {facts['disagree']}, and has the wrong sign in {facts['wrong']}; "
            f"{facts['unasked']} more cannot be asked of its zones ([validation](docs/validation.md)).",
            "- **Years it never saw:** the twin (expected counts, no luck) beats the naive forecast chosen in advance "
            f"in {holdout['won']} series of {holdout['series']}, and does not in {lost} "
            "([calibration](docs/calibration.md)).",
            f"- **Intervals called 90 %:** they held {coverage['held']} % of {coverage['figures']} figures held out. "
            "Read them as too narrow.",
        )
    )


if __name__ == "__main__":
    main()
