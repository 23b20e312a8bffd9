"""Charts of places: air, rail and travel, services."""

from __future__ import annotations

from matplotlib.figure import Figure

from jjj_sim.charts.panels import by_area, line, names_room
from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import INK, TEXT, Sheet, plain
from jjj_sim.wording.words import Lang


def pm25(reader: Reader, lang: Lang) -> Figure:
    """Draw yearly means of PM2.5 by region beside the official series."""
    title = {"en": "PM2.5 by region, annual mean", "zh": "各地区PM2.5年均浓度"}[lang]
    note = {
        "en": "From 2019 the official series is measured in the actual state of the air, which reads 5-8 % lower for "
        "the same air.",
        "zh": "2019年起官方改按实况状态监测，同样空气下读数低5%—8%。",
    }[lang]
    return by_area(reader, lang, "pm25", note, title=title, same_scale=True, from_zero=True)


def rail_and_travel(reader: Reader, lang: Lang) -> Figure:
    """Draw the length of high-speed rail and mean travel times."""
    title = {"en": "High-speed rail and travel times", "zh": "高速铁路与出行时间"}[lang]
    sheet = Sheet(reader, lang, title, height=4.0)
    room = names_room([sheet.area(a) for a in (*reader.region.areas, reader.total)])
    left, right = sheet.axes(2, 2, across=0.75, right=room)
    line(sheet, left, "high_speed_rail_length", (reader.total,), named=False, step=True, from_zero=True)
    sheet.heading(left, sheet.say("High-speed rail inside the region", "区域内高铁里程"))
    for p in reader.points("high_speed_rail_length", reader.total):
        if p.article:
            where = (6, -12)
            left.annotate(
                plain(p.value), (p.year, p.value), where, textcoords="offset points", fontsize=TEXT, color=INK
            )
    line(sheet, right, "mean_travel_minutes", (*reader.region.areas, reader.total))
    sheet.heading(right, sheet.label("mean_travel_minutes"))
    return sheet.finish(
        sheet.say(
            "Travel time: door to door, weighted by residents at both ends.", "出行时间：门到门，按两端居民加权。"
        )
    )


def services(reader: Reader, lang: Lang) -> Figure:
    """Draw the index of public services by region, and how unequal zones are in it."""
    title = {"en": "Public services and their inequality", "zh": "公共服务水平与差距"}[lang]
    sheet = Sheet(reader, lang, title, height=4.0)
    room = names_room([sheet.area(a) for a in (*reader.region.areas, *reader.provinces, reader.total)])
    left, right = sheet.axes(2, 2, across=0.5 + room, right=room)
    line(sheet, left, "service_index", (*reader.region.areas, reader.total))
    sheet.heading(left, sheet.say("Index", "服务指数"))
    line(sheet, right, "services_theil", (*reader.provinces, reader.total), from_zero=True)
    sheet.heading(right, sheet.say("Inequality between zones, Theil", "分区间泰尔指数"))
    return sheet.finish(
        sheet.say(
            "Index: services per resident, the region's mean at the opening of 2013 is 1. Theil index: 0 when all "
            "residents are served alike.",
            "服务指数：居民人均公共服务水平，以2013年初全区域平均为1。泰尔指数：全体居民服务水平相同时为0。",
        )
    )
