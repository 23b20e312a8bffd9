"""A published figure in words: its name, and what was accepted."""

from __future__ import annotations

from jjj_sim.judging.targets import Target
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, say

_EXACT = ("must be {low}", "应为{low}")
_BETWEEN = ("accepted {low} to {high}", "可接受范围{low}至{high}")
_FROM = ("accepted from {low}", "应不低于{low}")
_TO = ("accepted up to {high}", "应不高于{high}")


def name_of(target: Target, lang: Lang) -> str:
    """Return what a figure is of: label, area and period."""
    comma = ", " if lang == "en" else "，"
    return comma.join(say(text, lang) for text in ((target.en, target.zh), (target.area_en, target.area_zh))) + (
        f", {target.period}" if lang == "en" else f"，{target.period}年"
    ).replace("H1年", "年上半年")


def with_unit(value: float, unit: str, lang: Lang) -> str:
    """Return a value, in the model's `unit`, as people read it."""
    shown = unit_for(unit, lang, value)
    return f"{_four(value / shown.divisor)} {shown.name}".rstrip()


def accepted(target: Target, lang: Lang) -> str:
    """Return what is accepted, in the figure's unit; empty where nothing is said."""
    low, high = target.bounds
    edges = [edge for edge in (low, high) if edge is not None]
    if not edges:
        return ""
    shown = unit_for(target.unit, lang, max(map(abs, edges)))
    told = {k: "" if v is None else _four(v / shown.divisor) for k, v in (("low", low), ("high", high))}
    text = _EXACT if low == high else _FROM if high is None else _TO if low is None else _BETWEEN
    return f"{say(text, lang).format(**told)} {shown.name}".rstrip()


def _four(value: float) -> str:
    """Return a number with four significant digits at most, thousands apart, true minus sign."""
    return f"{float(f'{value:.4g}'):,.10g}".replace("-", "−")
