"""Sentences about charts and films."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_chart": ("there is no chart {name}.{guess}", "没有图表{name}。{guess}"),
    "no_such_years": (
        "{first}-{last} is no span of years of this result, which has {known}",
        "{first}-{last}不是本结果所含的年份区间，可用年份为{known}",
    ),
    "years_no_span": ("{found} is no span of years such as 2013-2035", "{found}不是形如2013-2035的年份区间"),
    "years_of_what": (
        "only charts of a run or a comparison can be drawn of a part of the years",
        "只有单次运行或对比的图表可以限定年份",
    ),
}
