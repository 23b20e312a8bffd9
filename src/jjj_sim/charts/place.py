"""Charts of places: air, rail and travel, services."""

from __future__ import annotations

from matplotlib.figure import Figure

from jjj_sim.charts.panels import by_area, line
from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import INK, Sheet, plain
from jjj_sim.wording.words import Lang


def pm25(reader: Reader, lang: Lang) -> Figure:
    """Draw yearly means of PM2.5 by region beside the official series."""
    title = {"en": "PM2.5 by region, annual mean", "zh": "各地区PM2.5年均浓度"}[lang]
    note = {
        "en": "The article's figure is lost in the scan; the official series stands in its place. From 2019 it is "
        "measured in the actual state of the air, which lowers it by 5-8 % for the same air.",
        "zh": "文章中的数据在扫描件中缺失,以官方序列代替。2019年起官方改用实况状态,同样空气下读数低5-8%。",
    }[lang]
    return by_area(reader, lang, "pm25", note, title=title, same_scale=True, from_zero=True)


def rail_and_travel(reader: Reader, lang: Lang) -> Figure:
    """Draw the length of high-speed rail and mean travel times."""
    title = {"en": "High-speed rail and travel times", "zh": "高速铁路与出行时间"}[lang]
    sheet = Sheet(reader, lang, title, height=4.0)
    width = (sheet.width - 0.8 - 0.25 - 0.85 - 1.6) / 2
    left = sheet.place(0.8, 0.5, width, sheet.height - 0.85)
    line(sheet, left, "high_speed_rail_length", (reader.total,), named=False, step=True, from_zero=True)
    sheet.heading(left, sheet.say("High-speed rail inside the region", "区域内高铁里程"))
    for p in reader.points("high_speed_rail_length", reader.total):
        if p.article:
            where = (6, -12)
            left.annotate(plain(p.value), (p.year, p.value), where, textcoords="offset points", fontsize=8.5, color=INK)
    right = sheet.place(0.8 + width + 0.85, 0.5, width, sheet.height - 0.85)
    line(sheet, right, "mean_travel_minutes", (*reader.region.areas, reader.total))
    sheet.heading(right, sheet.label("mean_travel_minutes"))
    return sheet.finish(
        sheet.say("Travel time: door to door, weighted by residents at both ends.", "出行时间:门到门,按两端居民加权。")
    )


def services(reader: Reader, lang: Lang) -> Figure:
    """Draw the index of public services by region, and how unequal zones are in it."""
    title = {"en": "Public services and their inequality", "zh": "公共服务水平与差距"}[lang]
    sheet = Sheet(reader, lang, title, height=4.0)
    width = (sheet.width - 0.8 - 0.85 - 3.0) / 2
    left = sheet.place(0.8, 0.5, width, sheet.height - 0.85)
    line(sheet, left, "service_index", (*reader.region.areas, reader.total))
    sheet.heading(left, sheet.say("Index of public services", "公共服务指数"))
    right = sheet.place(0.8 + width + 0.85 + 1.55, 0.5, width, sheet.height - 0.85)
    line(sheet, right, "services_theil", (*reader.provinces, reader.total), from_zero=True)
    sheet.heading(right, sheet.say("Theil index over zones", "各区泰尔指数"))
    return sheet.finish(
        sheet.say("Theil index: 0 when all residents are served alike.", "泰尔指数:全体居民服务水平相同时为0。")
    )
