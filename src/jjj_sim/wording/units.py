"""Units as people read them: millions in English, ten thousands (万) and hundred millions (亿) in Chinese."""

from __future__ import annotations

from typing import NamedTuple

from jjj_sim.wording.words import Lang, Text, typeset


class Unit(NamedTuple):
    """A unit on an axis: model values are divided by `divisor` before they are drawn under `name`."""

    divisor: float
    name: str


# Base unit -> (from this size on, divisor, name), the largest first, for each language.
_Steps = tuple[tuple[float, float, str], ...]
_SCALED: dict[str, tuple[_Steps, _Steps]] = {
    "persons": (
        ((1e6, 1e6, "million persons"), (1e4, 1e3, "thousand persons"), (0, 1, "persons")),
        ((1e4, 1e4, "万人"), (0, 1, "人")),
    ),
    "bn yuan": (
        ((1e3, 1e3, "trillion yuan"), (0, 1, "billion yuan")),
        ((1e3, 1e3, "万亿元"), (0, 0.1, "亿元")),
    ),
    "bn yuan of 2013": (
        ((1e3, 1e3, "trillion yuan of 2013"), (0, 1, "billion yuan of 2013")),
        ((1e3, 1e3, "万亿元(2013年价)"), (0, 0.1, "亿元(2013年价)")),
    ),
    "units": (
        ((1e6, 1e6, "million units"), (1e4, 1e3, "thousand units"), (0, 1, "units")),
        ((1e4, 1e4, "万家"), (0, 1, "家")),
    ),
    "firms": (((1e4, 1e3, "thousand firms"), (0, 1, "firms")), ((1e4, 1e4, "万家"), (0, 1, "家"))),
    "m2": (
        ((1e8, 1e9, "billion m²"), (1e5, 1e6, "million m²"), (0, 1, "m²")),
        ((1e8, 1e8, "亿平方米"), (1e4, 1e4, "万平方米"), (0, 1, "平方米")),
    ),
    "yuan": (((0, 1, "yuan"),), ((1e4, 1e4, "万元"), (0, 1, "元"))),
    "yuan/person": (
        ((1e4, 1e3, "thousand yuan a head"), (0, 1, "yuan a head")),
        ((1e4, 1e4, "万元/人"), (0, 1, "元/人")),
    ),
    "yuan/year": (
        ((1e4, 1e3, "thousand yuan a year"), (0, 1, "yuan a year")),
        ((1e4, 1e4, "万元/年"), (0, 1, "元/年")),
    ),
    "yuan of 2013/year": (
        ((1e4, 1e3, "thousand yuan of 2013 a year"), (0, 1, "yuan of 2013 a year")),
        ((1e4, 1e4, "万元/年(2013年价)"), (0, 1, "元/年(2013年价)")),
    ),
    "yuan of 2024/year": (
        ((1e4, 1e3, "thousand yuan of 2024 a year"), (0, 1, "yuan of 2024 a year")),
        ((1e4, 1e4, "万元/年(2024年价)"), (0, 1, "元/年(2024年价)")),
    ),
    "yuan/m2": (
        ((1e4, 1e3, "thousand yuan/m²"), (0, 1, "yuan/m²")),
        ((1e4, 1e4, "万元/平方米"), (0, 1, "元/平方米")),
    ),
    "TEU": (
        ((1e6, 1e6, "million TEU"), (1e4, 1e3, "thousand TEU"), (0, 1, "TEU")),
        ((1e4, 1e4, "万标箱"), (0, 1, "标箱")),
    ),
    "t": (
        ((1e8, 1e9, "billion t"), (1e5, 1e6, "million t"), (0, 1, "t")),
        ((1e8, 1e8, "亿吨"), (1e4, 1e4, "万吨"), (0, 1, "吨")),
    ),
    "m3": (
        ((1e9, 1e9, "billion m³"), (1e5, 1e6, "million m³"), (0, 1, "m³")),
        ((1e8, 1e8, "亿立方米"), (1e4, 1e4, "万立方米"), (0, 1, "立方米")),
    ),
    "trips": (
        ((1e6, 1e6, "million trips"), (1e4, 1e3, "thousand trips"), (0, 1, "trips")),
        ((1e8, 1e8, "亿人次"), (1e4, 1e4, "万人次"), (0, 1, "人次")),
    ),
    "passengers": (
        ((1e6, 1e6, "million passengers"), (1e4, 1e3, "thousand passengers"), (0, 1, "passengers")),
        ((1e8, 1e8, "亿人次"), (1e4, 1e4, "万人次"), (0, 1, "人次")),
    ),
    "beds": (
        ((1e4, 1e3, "thousand beds"), (0, 1, "beds")),
        ((1e4, 1e4, "万张床位"), (0, 1, "张床位")),
    ),
    "institutions": (
        ((1e4, 1e3, "thousand institutions"), (0, 1, "institutions")),
        ((1e4, 1e4, "万家"), (0, 1, "家")),
    ),
}
_PLAIN: dict[str, Text] = {
    "percent": ("%", "%"),
    "percent/year": ("% a year", "%/年"),
    "log": ("log", "对数"),
    "2013 = 100": ("2013 = 100", "2013年=100"),
    "percentage points": ("percentage points", "个百分点"),
    "1": ("index", "指数"),
    "km": ("km", "公里"),
    "m": ("m", "米"),
    "index": ("index", "指数"),
    "points": ("points", "分"),
    "sections": ("sections", "个断面"),
    "ug/m3": ("µg/m³", "微克/立方米"),
    "minutes": ("minutes", "分钟"),
    "sites": ("sites", "个"),
    "markets": ("markets", "个"),
    "branches": ("branches", "家"),
    "firms/year": ("firms a year", "家/年"),
    "headquarters": ("headquarters", "家"),
    "items": ("items", "项"),
    "sectors": ("sectors", "个行业"),
    "persons/km2": ("persons/km²", "人/平方公里"),
    "jobs/km2": ("jobs/km²", "个岗位/平方公里"),
    "per 10k units": ("per 10,000 units", "家/万家法人单位"),
    "rank": ("", "位"),
    "ratio": ("times", "倍"),
    "yuan/m2/year": ("yuan/m² a year", "元/平方米·年"),
    "alliances": ("alliances", "个"),
    "schools": ("schools", "所"),
    "universities": ("universities", "所"),
    "per 1000 persons": ("per 1000 residents", "每千人"),
    "region 2013 = 100": ("region in 2013 = 100", "全区域2013年=100"),
}
_A_YEAR: Text = (" a year", "/年")


def unit_for(unit: str, lang: Lang, biggest: float, a_year: bool = False) -> Unit:
    """Return how to show values in the model's `unit` of which the largest is `biggest`.

    `a_year` says that they are flows of a year. A unit without a translation is shown as it is.
    """
    chinese = lang == "zh"
    tail = _A_YEAR[chinese] if a_year else ""
    if unit in _SCALED:
        for size, divisor, name in _SCALED[unit][chinese]:
            if abs(biggest) >= size:
                return Unit(divisor, typeset(name + tail))
    return Unit(1.0, typeset(_PLAIN.get(unit, (unit, unit))[chinese] + tail))


def signed(value: float) -> str:
    """Return a number with its sign, none where it is shown as zero."""
    text = number(value)
    if not any(digit in text for digit in "123456789"):
        return "0"
    return text if value < 0 else f"+{text}"


def number(value: float, digits: int = 3) -> str:
    """Return a number with about so many significant digits, thousands apart, true minus sign."""
    size = abs(value)
    if size >= 10.0 ** (digits - 1) or value == 0:
        text = f"{value:,.0f}"
    else:
        places = next(d for d in range(1, 12) if size >= 10.0 ** (digits - 1 - d) or d == 11)
        text = f"{value:,.{min(places, 4)}f}"
    return text.replace("-", "−")
