"""The summary of a run on the terminal: areas in a few years, what was published, what was missed. Fits 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import typer

from jjj_sim.commands import page

if TYPE_CHECKING:
    from jjj_sim.running.result import Result
    from jjj_sim.wording.words import Lang

_NAME, _CELL, _BESIDE = 24, 9, 20
_SIGNS = {"approx": "", "eq": "", "gt": "> ", "ge": "≥ ", "lt": "< "}
_MARKS = {
    "*": ("* figure of the founding article", "* 文章数据"),
    "?": ("? not looked up, or of low confidence", "? 未查到原文或可信度较低"),
}
_STATUS = {
    "inside": ("inside", "区间内"),
    "as input": ("as input", "同输入"),
    "outside": ("outside", "区间外"),
    "context": ("context", "仅供参考"),
    "not modelled": ("not modelled", "未建模"),
}


def show(result: Result, lang: Lang) -> None:
    """Print the summary."""
    zh = lang == "zh"
    page.paragraph(_title(result, zh), 0)
    typer.echo()
    marks = set()
    for line in _table(result, lang):
        marks |= {mark for mark in _MARKS if f"{mark} (" in line}
        typer.echo(line)
    if marks:
        page.paragraph(("；" if zh else "; ").join(_MARKS[mark][zh] for mark in sorted(marks)), 2)
    typer.echo()
    for text, indent in _verdict(result, lang):
        page.paragraph(text, indent, 2)
    page.paragraph(_accounts(result.manifest["largest_residuals"], zh), 0)


def _title(result: Result, zh: bool) -> str:
    m = result.manifest
    title = m.get("title_zh" if zh else "title") or result.name
    n = m["members"]
    if zh:
        return f"{result.name}：{title}（{n}次运行，种子{m['seed']}{'，中位数' * (n != 1)}）"
    return f"{result.name}: {title} ({n} member{'s' * (n != 1)}, seed {m['seed']}{', median' * (n != 1)})"


def _table(result: Result, lang: Lang) -> Iterator[str]:
    """Yield the lines of the table: a heading per variable, a row per area."""
    from jjj_sim.judging.summary import YEARS, lines, rows
    from jjj_sim.region.names import names
    from jjj_sim.wording.units import unit_for
    from jjj_sim.wording.words import label, say

    called = names(result.region)
    head = "已公布" if lang == "zh" else "published"
    yield page.padded("", _NAME) + "".join(str(y).rjust(_CELL) for y in YEARS) + page.padded(head, _BESIDE, right=True)
    found = iter(rows(result))
    for line in lines(result.region):
        mine = [next(found) for _ in line.areas]
        sizes = [abs(value) for row in mine for value in row["median"].values() if value]
        if not sizes:
            continue
        unit = unit_for(mine[0]["unit"], lang, min(sizes))
        decimals = _decimals(min(sizes) / unit.divisor)
        named = label(result.region, line.variable, lang)
        yield f"{named}（{unit.name}）" if lang == "zh" else f"{named}, {unit.name}"
        for row in mine:
            values = (row["median"].get(str(year)) for year in YEARS)
            cells = ["-" if value is None else f"{value / unit.divisor:,.{decimals}f}" for value in values]
            name = page.padded("  " + say(called[row["area"]].short, lang), _NAME)
            beside = _beside(row["published"], unit.divisor, decimals)
            yield (name + "".join(cell.rjust(_CELL) for cell in cells) + beside).rstrip()


def _decimals(size: float) -> int:
    """Return how many decimals a table needs whose smallest value is so large, to tell three digits of it."""
    return 0 if size >= 100.0 else 1 if size >= 10.0 else 2


def _beside(published: dict[str, Any] | None, divisor: float, decimals: int) -> str:
    """Return the published figure with its mark and last year."""
    if published is None:
        return ""
    mark = "*" if published["article"] else "" if published["confidence"] == "high" else "?"
    number = f"{_SIGNS[published['comparator']]}{float(published['published']) / divisor:,.{decimals}f}"
    return f"{number}{mark} ({str(published['period'])[-4:]})".rjust(_BESIDE)


def _verdict(result: Result, lang: Lang) -> Iterator[tuple[str, int]]:
    """Yield how many figures are inside, those of the article that are outside, and how far to indent each."""
    from jjj_sim.judging.targets import targets
    from jjj_sim.wording.figures import accepted, name_of, with_unit

    if result.evidence.empty:
        return
    zh = lang == "zh"
    article = {t.id: t for t in targets(result.region) if t.article}
    mine = result.evidence["id"].isin(list(article))
    yield ("文章数据：" if zh else "The article's figures: ") + _counts(result.evidence[mine]["status"], zh), 0
    for row in result.evidence[mine & (result.evidence["status"] == "outside")].to_dict("records"):
        target = article[row["id"]]
        told = with_unit(float(row["model_median"]), str(row["unit"]), lang)
        parts = name_of(target, lang), told, accepted(target, lang)
        yield ("{}：{}，{}" if zh else "{}: {}; {}").format(*parts), 2
    series = result.evidence[~mine]
    if len(series):
        yield ("公布序列：" if zh else "Published series: ") + _counts(series["status"], zh), 0
        yield "逐项见 evidence.csv" if zh else "One by one: evidence.csv", 2


def _counts(statuses: Iterable[str], zh: bool) -> str:
    """Return how many figures have each status."""
    found = list(statuses)
    comma = "，" if zh else ", "
    return comma.join(f"{_STATUS[s][zh]} {found.count(s)}" for s in _STATUS if s in found)


def _accounts(residuals: dict[str, float], zh: bool) -> str:
    """Return how many identities held in every quarter, and the largest relative residual."""
    largest = max(residuals.values(), default=0.0)
    if zh:
        return f"核算恒等式：{len(residuals)}项每季度均成立，最大相对残差{largest:.0e}"
    return f"Accounts: {len(residuals)} identities held in every quarter, largest relative residual {largest:.0e}"
