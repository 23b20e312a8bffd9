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
    # films
    "no_variable_to_film": ("there is no variable {name}.{guess}", "没有指标 {name}。{guess}"),
    "not_of_zones": (
        "{name} is not told of every zone, and a film is of zones; population, firms, pm25 and house_price are",
        "指标 {name} 没有全部分区的数据，动画按分区绘制；可用 population、firms、pm25、house_price 等",
    ),
    "base_is_the_measure": (
        "a film of a comparison shows the difference from the base in every year; it takes no other year",
        "对比动画显示各年与基准的差异，不能再指定基年",
    ),
    "no_year_to_film": (
        "{year} is not in the result; it runs from {first} to {last}",
        "结果中没有{year}年；年份为{first}—{last}",
    ),
    "no_ffmpeg": (
        "mp4 needs the program ffmpeg, which is not installed; install it, or ask for --format gif",
        "生成 mp4 需要 ffmpeg 程序，但未安装；请安装，或改用 --format gif（无需其他程序）",
    ),
}
