"""Travel: minutes by rail and road at the ends of 2013 and 2024, the lines, and what each line brings."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.region.topics.travel import Gain, Gate, RailLine
from jjj_sim.regions.jingjinji.statistics import rail
from jjj_sim.regions.jingjinji.statistics.tables import value

_MINUTES = "timetables and a stated rule for access and roads (travel_time_2013_, travel_time_2024_components)"
ABOUT: dict[str, dict[str, Any]] = {
    "rail": {"source": f"[D] {_MINUTES}"},
    "road": {"source": f"[D] {_MINUTES}; inside a zone as in the tables of best minutes"},
    "high_speed_km": {"source": "[L] published length of the region's high-speed and intercity line, 2013 and 2024"},
    "lines": {
        "source": "[L] [R] opening notices, encyclopaedia pages (rail_lines.csv)",
        "uncut": "lines are planned and dated years before they open; the rail programme says when they do",
    },
    "gains": {
        "source": "[D] minutes gained to 2024 and to 2030, [A] in shares by line, by hand from the course of the lines",
        "uncut": "what a line takes off follows from its course, which is known when it is planned",
    },
    "gates": {
        "source": "[D] kilometres to the border in rail_lines.csv at 243 km/h (rail_gates.csv); lines "
        "to Shandong and Henan, the way to seven eighths of the rest of China's output [R]",
        "uncut": "where a line leaves the region is known when it is planned",
    },
}
_STATES = (2013, 2024)


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    by_rail, by_road = zip(*(rail.travel_components(year) for year in _STATES), strict=True)
    times = np.array(_STATES, dtype=float)
    km = [value("region_series", "hsr_length", "jjj", year) for year in _STATES]
    return {
        "rail": Series("", times, np.stack(by_rail)),
        "road": Series("", times, np.stack(by_road)),
        "high_speed_km": Series("", times, np.array(km)),
        "lines": tuple(_line(line) for line in rail.rail_lines()),
        "gains": tuple(_gain(gain, by_rail[-1]) for gain in rail.rail_gains()),
        "gates": tuple(Gate(*gate) for gate in rail.rail_gates()),
    }


def _line(line: rail.RailLine) -> RailLine:
    """Return a line as the model knows it; one that counted at the end of 2013 counts ever since."""
    counted = dict(zip(_STATES, (line.counted_2013, line.counted_2024), strict=True))
    since = next((year for year in _STATES if counted[year]), None)
    return RailLine(line.id, line.name_en, line.name_zh, line.quarter, line.km, since)


def _gain(gain: rail.Gain, late: Any) -> Gain:
    """Return a gain as the model knows it: the minutes of 2024 by rail where the pair had no train before."""
    first = bool(np.isinf(gain.minutes))
    minutes = float(late[gain.a, gain.b]) if first else gain.minutes
    return Gain(gain.a, gain.b, gain.mode, gain.line, minutes, first)
