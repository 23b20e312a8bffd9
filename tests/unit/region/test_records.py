"""Tables of rows: what is written reads back, and every fault of a row is told."""

from typing import NamedTuple

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.region.data import labels
from jjj_sim.region.records import FLAG, QUARTER, TEXT, YEAR, Records, label, number, optional, word
from jjj_sim.region.table import Cut, Series
from jjj_sim.region.topics.travel import Gain, Gate, Travel

LABELS = labels(JJJ)


class Stop(NamedTuple):
    name: str
    zone: int
    opened: int | None
    mode: str
    minutes: float
    first: bool
    since: int | None


STOPS = Records(
    Stop,
    {
        "name": TEXT,
        "zone": label("zone"),
        "opened": optional(QUARTER),
        "mode": word("rail", "road"),
        "minutes": number(lo=0.0),
        "first": FLAG,
        "since": optional(YEAR),
    },
    "stops",
)
ROWS = (
    Stop("a", JJJ.index("xiongan"), 31, "rail", 1 / 3, True, 2013),
    Stop("b, later", JJJ.index("handan"), None, "road", 0.0, False, None),
)
GOOD = {"name": "a", "zone": "xiongan", "opened": "2020Q4", "mode": "rail", "minutes": "1", "first": "1", "since": ""}


def read(*rows):
    problems = []
    return STOPS.read(list(rows), LABELS, Cut(), "tables/stops.csv", problems), problems


def test_what_is_written_reads_back_to_the_same_bits(tmp_path):
    import csv

    STOPS.write(tmp_path / "stops.csv", LABELS, ROWS)
    with (tmp_path / "stops.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["zone"] == "xiongan"
    assert rows[0]["opened"] == "2020Q4"
    assert read(*rows) == (ROWS, [])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"zone": "xiongam"}, "line 2: zone: 'xiongam' is not known. Did you mean"),
        ({"opened": "2020"}, "line 2: opened: '2020' is not a quarter"),
        ({"mode": "sea"}, "line 2: mode: 'sea' is not known"),
        ({"minutes": "-1"}, "line 2: minutes: -1 is outside [0, inf]"),
        ({"minutes": "nan"}, "line 2: minutes: nan is outside"),
        ({"first": "yes"}, "line 2: first: 'yes' is not known"),
    ],
)
def test_a_row_that_cannot_be_read_is_told(wrong, told):
    found, problems = read(GOOD | wrong)
    assert found == ()
    assert len(problems) == 1
    assert told in problems[0]


def test_other_columns_are_told():
    assert read({"name": "a"})[1] == [
        "tables/stops.csv: columns name; wanted name, zone, opened, mode, minutes, first, since"
    ]


def test_a_gain_names_a_line_that_is_there():
    travel = JJJ.tables().travel
    ids = {line.id for line in travel.lines}
    assert {gain.line for gain in travel.gains} - ids == {"timetable"}
    other = object.__new__(Travel)
    other._tables = {"lines": (*travel.lines, travel.lines[0]), "gains": (Gain(0, 1, "rail", "hyperloop", 1.0, False),)}
    other._tables["gates"] = (Gate("maglev", 0, 5.0), Gate("xiongan_shangqiu_hsr", 1, 5.0))
    problems = []
    other.check(problems)
    assert problems == [
        "tables/travel/lines.csv: 'qinhuangdao_shenyang_pdl' is there twice",
        "tables/travel/gains.csv: 'hyperloop' is no line of lines.csv",
        "tables/travel/gates.csv: 'maglev' is no line of lines.csv",
        "tables/travel/gates.csv: no line of it runs at the opening",
    ]


def test_a_series_grows_evenly_between_its_years_and_is_held_outside():
    series = Series("", np.array([2010.5, 2020.5, 2022.5]), np.array([[1.0, 4.0], [4.0, 1.0], [1.0, 1.0]]))
    np.testing.assert_allclose(series.along(2015.5), [2.0, 2.0])
    np.testing.assert_allclose(series.along(2021.5), [2.0, 1.0])
    np.testing.assert_array_equal(series.along(2000.0), [1.0, 4.0])
    np.testing.assert_array_equal(series.along(2030.0), [1.0, 1.0])
    np.testing.assert_array_equal(Series("", series.times[:1], series.values[:1]).along(2015.0), [1.0, 4.0])
