"""Tables of travel: minutes by rail and by road in the years that were looked up, the lines, and what each brings."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from jjj_sim.region.records import FLAG, QUARTER, TEXT, YEAR, Records, label, number, optional, word
from jjj_sim.region.table import Timed, Topic

# Stands for a line in the gains that no line explains: faster trains on old lines.
TIMETABLE = "timetable"


class RailLine(NamedTuple):
    """A line of railway. `quarter` is when it opened or is planned to (None: no date); `km` inside the region, as it
    counts towards high-speed kilometres: 0 for a metro and where none is published; `counted_since` the first year
    whose published kilometres include it (None: none does)."""

    id: str
    name_en: str
    name_zh: str
    quarter: int | None
    km: float
    counted_since: int | None


class Gain(NamedTuple):
    """What a line brings to both directions of a pair of zones by `mode`: `minutes` taken off, or where `first` those
    of the first train that the pair ever had. `line` is the id of a line, or TIMETABLE."""

    from_zone: int
    to_zone: int
    mode: str
    line: str
    minutes: float
    first: bool


class Gate(NamedTuple):
    """A line of railway to the rest of the nation, a zone where it leaves the region, and `minutes` of the ride from
    the zone's station over the border."""

    line: str
    zone: int
    minutes: float


class Travel(Topic):
    """Minutes from door to door, and the lines that change them."""

    name: ClassVar[str] = "travel"

    rail = Timed(
        ("zone", "to_zone"),
        "minutes",
        "door to door by rail at the end of the year, empty where there is none",
        lo=0,
        merge="routes",
    )
    road = Timed(("zone", "to_zone"), "minutes", "the same by road; the diagonal inside the zone", lo=0, merge="routes")
    high_speed_km = Timed((), "km", "published high-speed and intercity line at the end of the year", lo=0)
    lines = Records(
        RailLine,
        {
            "id": TEXT,
            "name_en": TEXT,
            "name_zh": TEXT,
            "quarter": optional(QUARTER),
            "km": number(lo=0.0),
            "counted_since": optional(YEAR),
        },
        "lines of railway, open and planned",
    )
    gains = Records(
        Gain,
        {
            "from_zone": label("zone"),
            "to_zone": label("zone"),
            "mode": word("rail", "road"),
            "line": TEXT,
            "minutes": number(),
            "first": FLAG,
        },
        "minutes that each line brings to a pair of zones",
        merge="routes",
    )
    gates = Records(
        Gate,
        {"line": TEXT, "zone": label("zone"), "minutes": number(lo=0.0)},
        "where lines leave the region for the rest of the nation, and the ride over the border",
        merge="routes",
    )

    def check(self, problems: list[str]) -> None:
        """Note lines that are there twice, and gains of lines that are not there."""
        ids = [line.id for line in self.lines]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        problems += [f"tables/travel/lines.csv: {name!r} is there twice" for name in twice]
        unknown = sorted({gain.line for gain in self.gains} - set(ids) - {TIMETABLE})
        problems += [f"tables/travel/gains.csv: {name!r} is no line of lines.csv" for name in unknown]
        unknown = sorted({gate.line for gate in self.gates} - set(ids))
        problems += [f"tables/travel/gates.csv: {name!r} is no line of lines.csv" for name in unknown]
        running = {line.id for line in self.lines if line.quarter is not None and line.quarter <= 0}
        if self.gates and not running & {gate.line for gate in self.gates}:
            problems.append("tables/travel/gates.csv: no line of it runs at the opening")
