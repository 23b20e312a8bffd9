"""The article's other systems in one picture: a panel each, published figures beside the run's."""

from __future__ import annotations

from matplotlib.figure import Figure

from jjj_sim.charts.panels import unit_of
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.charts.sheet import FAMILY, INK, TEXT, Sheet, wrap
from jjj_sim.wording.words import Lang

# A variable a panel, in the order of the article: knowledge, parks, moving, people, water, steel.
VARIABLES = (
    "ai_firms",
    "hightech_firms",
    "zgc_park_firms_cum",
    "smart_factories_and_digital_workshops",
    "port_containers",
    "port_cargo",
    "rail_passengers",
    "passenger_flow_internal_share",
    "pupils_of_relocated_staff",
    "students_on_moved_campuses",
    "hospital_beds",
    "elder_residents_in_homes",
    "one_card_services",
    "points_odds",
    "congestion_index",
    "water_use",
    "groundwater_depth",
    "water_good_share",
    "steel_grade_a_firms",
    "crude_steel",
)
_COLUMNS = 4


def area_of(reader: Reader, variable: str) -> str:
    """Return the area of which most is published, else the largest that has the variable; "" where none has it."""
    areas = [*reader.region.areas, *reader.provinces, reader.total, *reader.region.ids]
    there = [area for area in dict.fromkeys(areas) if reader.has(variable, area)]
    most = max((len(reader.points(variable, area)) for area in there), default=0)
    if most:
        return next(area for area in there if len(reader.points(variable, area)) == most)
    return max(there, key=lambda area: float(reader.members(variable, area).band.median[-1]), default="")


def systems(reader: Reader, lang: Lang) -> Figure:
    """Draw a panel for each variable that the result has; MissingVariable when it has none."""
    shown = [(variable, area) for variable in VARIABLES if (area := area_of(reader, variable))]
    if not shown:
        raise MissingVariable("annual.parquet has none of the article's other systems")
    rows = -(-len(shown) // _COLUMNS)
    title = {"en": "The article's other systems", "zh": "文章所述其他系统"}[lang]
    sheet = Sheet(reader, lang, title, width=10.4, height=0.75 + 1.95 * rows)
    axes = sheet.axes(len(shown), _COLUMNS, left=0.6, right=0.35, across=0.6, down=1.0, top=0.85, bottom=0.3, tall=0.75)
    for ax, (variable, area) in zip(axes, shown, strict=True):
        band = reader.members(variable, area).band
        points = reader.points(variable, area)
        unit = unit_of(reader, variable, lang, max([float(band.high.max()), *(p.value for p in points)]))
        sheet.band(ax, band, unit, sheet.colour(area))
        sheet.points(ax, points, unit)
        wide = (sheet.size(ax)[0] + 0.35) * 72 / TEXT / 1.05
        lines = [line for told in (sheet.label(variable), sheet.area(area)) for line in wrap(told, wide)]
        ax.set_title("\n".join(lines), fontsize=TEXT, loc="left", color=INK, fontfamily=FAMILY)
        sheet.values(ax, unit.name, bins=4)
        sheet.years(ax, int(band.years[0]), int(band.years[-1]))
    return sheet.finish(
        sheet.say(
            "Of each variable the area of which most is published.",
            "各变量取公布数据最多的地区。",
        )
    )
