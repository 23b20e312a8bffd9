"""Sentences about charts and films."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
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
