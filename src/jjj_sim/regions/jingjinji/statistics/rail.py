"""High-speed lines, and how much of each pair's faster trains is owed to which line.

The tables of minutes give three states (2013, 2024, 2030), not a timetable. `rail_gains.csv` attaches the
minutes that a pair of zones gained between two states to the lines that brought them, in shares that sum to
one. The rule is by hand, from the course of the lines [A]: a zone that hangs on Beijing by a new line owes
it that line's gain, and the rest of a trip's gain to the line at its other end; Tianjin's side and the
west meet over Tianjin-Baoding, Hengshui and Cangzhou reach the west over Shijiazhuang-Jinan; what no
opened line explains is the `timetable` (faster trains on old lines), which comes in linearly. The North
Three Counties had no train before Beijing-Tangshan: their pairs open with it.

`rail_gates.csv` holds the ride from a zone's station over the region's border by a line to Shandong or Henan, the way
to seven eighths of the rest of China's output [R]; lines to Shanxi, Inner Mongolia and Liaoning lead to those alone and
are not in it. Trains run at 243 km/h, 287 km from Tianjin to Qinhuangdao in 71 minutes [D].
"""

from __future__ import annotations

import csv
import functools
import io
import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import text

STATES = (2013, 2024, 2030)
TIMETABLE = "timetable"
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{2})?")


def rail_line_id(line_en: str) -> str:
    """Return the id of a line from its English name: lower snake case, without what is in parentheses."""
    plain = re.sub(r"\([^)]*\)", " ", line_en)
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


def opening_quarter(opened: str) -> int | None:
    """Return the quarter of an `opened` text (0 is 2013Q1): its last date, the fourth quarter of a bare year.

    "planned 2026-27" ends in 2027; a plan without a year returns None.
    """
    dates = _DATE.findall(opened)
    if not dates:
        return None
    year, month = int(dates[-1][0]), int(dates[-1][1] or 12)
    if month > 12:
        year, month = year - year % 100 + month, 12
    return 4 * (year - FIRST_YEAR) + (month - 1) // 3


class RailLine(NamedTuple):
    """One line. `quarter` is when it opened or is planned to (None: no date); `km` inside the region, as it
    counts towards high-speed kilometres: 0 for a metro and where none is published."""

    id: str
    name_en: str
    name_zh: str
    quarter: int | None
    km: float
    counted_2013: bool
    counted_2024: bool
    from_place: str
    to_place: str
    status: str


@functools.cache
def rail_lines() -> tuple[RailLine, ...]:
    """Return every line of rail_lines.csv, in its order."""
    lines = []
    for row in csv.DictReader(io.StringIO(text("rail_lines"))):
        metro = "metro" in row["status"]
        lines.append(
            RailLine(
                id=rail_line_id(row["line_en"]),
                name_en=row["line_en"],
                name_zh=row["line_zh"],
                quarter=opening_quarter(row["opened"]),
                km=0.0 if metro or not row["km_in_region"] else float(row["km_in_region"]),
                counted_2013=row["counted_2013"] == "1",
                counted_2024=row["counted_2024"] == "1",
                from_place=row["from_place"],
                to_place=row["to_place"],
                status=row["status"],
            )
        )
    return tuple(lines)


@functools.cache
def travel_components(year: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return door-to-door minutes by rail and by road, each (n_zones, n_zones); nan where there is none.

    The diagonal, the time inside a zone, is that of the table of best minutes, under road.
    """
    rail = np.full((N_ZONES, N_ZONES), np.nan)
    road = np.full((N_ZONES, N_ZONES), np.nan)
    for row in csv.DictReader(io.StringIO(text(f"travel_time_{year}_components"))):
        pair = REGION.index(row["from_zone"]), REGION.index(row["to_zone"])
        rail[pair] = float(row["rail_min"]) if row["rail_min"] else np.nan
        road[pair] = float(row["road_min"])
    for row in csv.DictReader(io.StringIO(text(f"travel_time_{year}"))):
        z = REGION.index(row["from\\to"])
        road[z, z] = float(row[REGION.ids[z]])
    if np.isnan(road).any():
        raise DataError(f"travel_time_{year}_components: a pair of zones has no road minutes")
    return rail, road


class Gain(NamedTuple):
    """Minutes that `line` takes off both directions of a pair: `a`, `b` zones, `mode` "rail" or "road"."""

    a: int
    b: int
    mode: str
    line: str
    until: int
    minutes: float


class Gate(NamedTuple):
    """A line, a zone, and the minutes of the ride from its station over the border of the region."""

    line: str
    zone: int
    minutes: float


@functools.cache
def rail_gates() -> tuple[Gate, ...]:
    """Return the gates of rail_gates.csv; DataError when a line is unknown."""
    rows = list(csv.DictReader(io.StringIO(text("rail_gates"))))
    unknown = {row["line"] for row in rows} - {line.id for line in rail_lines()}
    if unknown:
        raise DataError(f"rail_gates: {sorted(unknown)} are no lines of rail_lines")
    return tuple(Gate(row["line"], REGION.index(row["zone"]), float(row["minutes"])) for row in rows)


@functools.cache
def rail_gains() -> tuple[Gain, ...]:
    """Return the gains of rail_gains.csv in minutes; infinite where the pair had no train before.

    DataError when the shares of a pair do not sum to one, or when a line is unknown.
    """
    known = {line.id for line in rail_lines()} | {TIMETABLE}
    state = {y: dict(zip(("rail", "road"), travel_components(y), strict=True)) for y in STATES}
    sums: dict[tuple[int, int, str, int], float] = {}
    gains = []
    for row in csv.DictReader(io.StringIO(text("rail_gains"))):
        a, b = REGION.index(row["from_zone"]), REGION.index(row["to_zone"])
        mode, until, share = row["mode"], int(row["until"]), float(row["share"])
        if row["line"] not in known:
            raise DataError(f"rail_gains: {row['line']} is not a line of rail_lines")
        before, after = state[STATES[STATES.index(until) - 1]][mode][a, b], state[until][mode][a, b]
        minutes = np.inf if np.isnan(before) else share * (before - after)
        gains.append(Gain(a, b, mode, row["line"], until, float(minutes)))
        key = (a, b, mode, until)
        sums[key] = sums.get(key, 0.0) + share
    wrong = [k for k, total in sums.items() if abs(total - 1.0) > 1e-3]
    if wrong:
        raise DataError(f"rail_gains: shares do not sum to one for {wrong}")
    return tuple(gains)
