"""What of a table was known: by the year of a row, by when a row or a table was known, by what opens the run."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.errors import DataError
from jjj_sim.region.data import TOPICS
from jjj_sim.region.table import Cut, Fixed, Timed, Topic

LABELS = {"zone": ("a", "b")}


class Toys(Topic):
    """Two tables."""

    name = "toys"
    sold = Timed(("zone",), "toys", "toys sold")
    counted = Fixed(("zone",), "toys", "toys counted")


def read(folder, as_of, sold="", counted=""):
    (folder / "toys").mkdir(exist_ok=True)
    rows = [f"{year},{zone},{year - 2000}" for year in (2013, 2014, 2015) for zone in "ab"]
    (folder / "toys" / "sold.csv").write_text("\n".join(["year,zone,value", *rows]), "utf-8")
    (folder / "toys" / "counted.csv").write_text("zone,value\na,1\nb,2\n", "utf-8")
    head = 'unit = "toys"\nsource = "[A]"\n'
    (folder / "toys.toml").write_text(f"[sold]\n{head}{sold}\n[counted]\n{head}{counted}\n", "utf-8")
    problems = []
    return Toys(folder, LABELS, as_of, problems), problems


@pytest.mark.parametrize(
    ("told", "as_of", "years"),
    [
        ("", None, [2013, 2014, 2015]),
        ("", 2014, [2013, 2014]),
        ("known = { 2014 = 2015 }", 2014, [2013]),
        ("known = { 2014 = 2015 }", 2015, [2013, 2014, 2015]),
        ("known = { 2013 = 2015 }\nopening = 'it opens the run'", 2014, [2013, 2014]),
        ("opening = 'it opens the run'", 2010, [2013]),
        ("uncut = 'all of it'", 2010, [2013, 2014, 2015]),
    ],
)
def test_the_years_that_were_known(tmp_path, told, as_of, years):
    toys, problems = read(tmp_path, as_of, told)
    assert problems == []
    assert toys.sold.years == years


def test_what_was_counted_later_was_not_known(tmp_path):
    for as_of, knows in ((None, True), (2020, True), (2019, False)):
        toys, problems = read(tmp_path, as_of, counted="known = 2020")
        assert problems == []
        assert toys.knows("counted") is knows
    with pytest.raises(DataError, match="was not known yet"):
        _ = toys.counted


def test_nothing_known_is_told(tmp_path):
    assert read(tmp_path, 2012)[1] == ["tables/toys/sold.csv: nothing was known by 2012"]


@pytest.mark.parametrize("told", ["known = 'later'", "known = { soon = 2015 }", "uncut = 'all'\nopening = 'first'"])
def test_what_makes_no_sense_is_told(tmp_path, told):
    _, problems = read(tmp_path, 2014, told)
    assert len(problems) == 1
    assert problems[0].startswith("tables/toys.toml: sold")


def test_a_census_in_november_belongs_to_its_year():
    assert Cut(2020).leaves(2020.83, first=False)
    assert not Cut(2019).leaves(2020.83, first=False)


def test_every_table_without_years_tells_when_it_was_known():
    """So that none is left uncut by oversight."""
    import tomllib

    for topic in TOPICS:
        about = tomllib.loads((JJJ.folder / "tables" / f"{topic.name}.toml").read_text("utf-8"))
        for name, declared in topic.declared().items():
            assert declared.timed or "uncut" in about[name] or "known" in about[name], f"{topic.name}/{name}"


def test_what_a_gap_was_filled_from_is_known_when_the_later_year_is():
    people, full = JJJ.tables(2020).people, JJJ.tables().people
    assert people.birth_rate.last == people.death_rate.last == people.net_migration.last == 2019
    assert JJJ.tables(2021).people.birth_rate.years == [y for y in full.birth_rate.years if y <= 2021]
    np.testing.assert_array_equal(JJJ.tables(2021).people.birth_rate.of(2020), full.birth_rate.of(2020))
