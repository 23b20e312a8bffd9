"""Write the pages of the founding article, figure by figure, from a result's folder.

    jjj-sim run baseline --members 40
    python validation/article_page.py [--result results/baseline]

Writes docs/article.md and docs/article.zh.md whole: each figure with its sentence, its id, how the model treats it, the
model's value and the status. What is said of each variable stands in article.csv beside this file; a variable that
nothing is said of, or one said to be produced that a run does not have, is an error. Runs nothing.
"""

from __future__ import annotations

import argparse
import csv
import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from calibration_page import table
from jjj_sim.errors import DataError
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.scorecard import scorecard
from jjj_sim.judging.targets import Target, article
from jjj_sim.running.result import Result, load
from jjj_sim.wording.terms import word
from jjj_sim.wording.units import unit_for

ROOT = Path(__file__).resolve().parents[1]
PRODUCED, OBSERVED, INPUT, CONTEXT = "produced", "observed", "input", "context"
COLON = (": ", "：")
WORDS = {
    PRODUCED: ("produced", "模型产生"),
    OBSERVED: ("produced, observed through an equation", "模型产生，经观测方程"),
    INPUT: ("input", "输入"),
    CONTEXT: ("context", "背景"),
}
COLUMNS = (
    ("sentence", "id", "published", "model", "status", "how the model treats it"),
    ("文章原句", "编号", "公布", "模型", "状态", "如何处理"),
)
EN = """# Every figure of the article

[中文](article.zh.md)

The founding article, a newspaper round table on coordinated development, has {all} figures. The model **produces
{produced}** ({observed} through an equation of how they were observed), **{input} are input**, so that to show them
again is accounting and no skill, and {context} are context, each with the reason. Of those that have an accepted range
and are judged, {inside} lie inside and {outside} outside.

Model: median and 90 % of {members} members (`jjj-sim run baseline --members {members}`). Accepted ranges and sources:
`evidence.csv` of the result; what was known before and what was set by looking: the page of each law; series and errors
of the article's other systems: [systems](systems.md).
"""
ZH = """# 文章中的每一个数字

[English](article.md)

《京津冀协同发展》圆桌文章共有{all}个数字。其中**{produced}个由模型产生**（{observed}个经观测方程），**{input}个是输入**
（再现它们只是核算，不证明模型），{context}个仅作背景，并说明原因。有可接受区间并参与判断的，{inside}个落在区间内，
{outside}个在区间外。

模型值为{members}个成员的中位数和90%区间（`jjj-sim run baseline --members {members}`）。可接受区间与出处见结果文件夹的
`evidence.csv`；哪些数据事先已知、哪些看过结果后设定，见各规律页；其他系统的公布序列与误差见[systems](systems.md)。
"""
STATUS = {
    "inside": ("inside", "区间内"),
    "outside": ("**outside**", "**区间外**"),
    "as input": ("as input", "与输入一致"),
    "context": ("shown", "仅列示"),
    "not modelled": ("no value", "无数值"),
}


class Treated(NamedTuple):
    """How a variable is treated, one of WORDS, the page of its law, "" where there is none, how or why in words."""

    how: str
    page: str
    en: str
    zh: str


@functools.cache
def treated() -> Mapping[str, Treated]:
    """Return how each variable of the article is treated, of article.csv beside this file."""
    with (Path(__file__).parent / "article.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("variable"): Treated(**row) for row in csv.DictReader(file)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the folder and write both pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--result", type=Path, default=ROOT / "results" / "baseline")
    found = load(parser.parse_args(arguments).result)
    result = replace(found, evidence=scorecard(Readings(found)))  # as the region's figures are today
    for lang, file in (("en", "article.md"), ("zh", "article.zh.md")):
        (ROOT / "docs" / file).write_text(page(result, lang), encoding="utf-8")
    print(f"docs/article.md, docs/article.zh.md: {counted(article(result.region))}")


def treatment(target: Target) -> str:
    """Return how the model treats a figure; one that drives a run is input, whatever its variable is elsewhere."""
    how = treated()[target.variable].how
    return INPUT if target.role == "drive" and how == PRODUCED else how


def counted(found: Sequence[Target]) -> dict[str, int]:
    """Return how many figures are treated how."""
    return {how: sum(treatment(target) == how for target in found) for how in WORDS}


def page(result: Result, lang: str) -> str:
    """Return the page in a language; DataError where a figure said to be produced has no value."""
    found, zh = article(result.region), lang == "zh"
    evidence = result.evidence.set_index("id")
    n = counted(found)
    told = {
        "all": len(found),
        "produced": n[PRODUCED] + n[OBSERVED],
        **{how: n[how] for how in (OBSERVED, INPUT, CONTEXT)},
        **{status: sum(evidence.loc[t.id, "status"] == status for t in found) for status in ("inside", "outside")},
        "members": result.manifest["members"],
    }
    head = (ZH if zh else EN).format(**told)
    columns = COLUMNS[zh]
    return head + "\n" + table(columns, [_row(target, evidence.loc[target.id], zh) for target in found])


def _row(target: Target, found: pd.Series, zh: bool) -> tuple[str, ...]:
    """Return the cells of a figure."""
    said, how = treated()[target.variable], treatment(target)
    valued = bool(np.isfinite(float(found["model_median"]))) if pd.notna(found["model_median"]) else False
    if how != CONTEXT and not valued:
        raise DataError(f"{target.id}: {target.variable} is said to be {how}, and the result has no such value")
    printed = "" if target.printed is None else f"{target.printed:g} {_unit(target.printed_unit, zh)}"
    model = ""
    if valued:
        unit = unit_for(target.unit, "zh" if zh else "en", float(found["model_median"]))
        cells = (float(found[c]) / unit.divisor for c in ("model_median", "model_low", "model_high"))
        middle, low, high = (_number(cell) for cell in cells)
        model = f"{middle} {unit.name}" if low == high else f"{middle} [{low}, {high}] {unit.name}"
    words = (said.zh if zh else said.en) or target.why_not
    law = f" ([{said.page}](processes/{said.page}.md))" if said.page else ""
    told = f"{WORDS[how][zh]}{COLON[zh]}{words}{law}"
    return (target.quote_zh, f"`{target.id}`", printed, model, STATUS[str(found["status"])][zh], told)


def _unit(unit: str, zh: bool) -> str:
    return word(unit, zh)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    main()
