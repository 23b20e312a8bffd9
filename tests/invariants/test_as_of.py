"""A run as of a year has seen nothing later: altering every later row of the region's tables moves no bit of it."""

import csv
import shutil
import tomllib

import numpy as np
import pytest
from plans import JJJ

from jjj_sim import balance
from jjj_sim.draws import member_seed
from jjj_sim.quarters import label
from jjj_sim.region import load
from jjj_sim.region.data import TOPICS
from jjj_sim.region.table import Fixed
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

YEARS = (2013, 2014, 2015, 2018, 2020, 2023)
# What the model reads of a region's folder; halving keeps shares below one and rates above zero.
FILES = ("region.toml", "zones.csv", "parameters.toml")
ALTERED = 0.5


def altered(folder, year):
    """Write a copy of the region into `folder` in which all that was known after `year` is another number."""
    for name in FILES:
        shutil.copy(JJJ.folder / name, folder / name)
    for name in ("tables", "policy"):
        shutil.copytree(JJJ.folder / name, folder / name)
    return sum(_alter(folder / "tables", topic, year) for topic in TOPICS)


def _alter(tables, topic, year):
    """Alter the later rows of a topic's tables; return how many."""
    about = tomllib.loads((tables / f"{topic.name}.toml").read_text("utf-8"))
    return sum(
        _alter_table(tables / topic.name / f"{name}.csv", declared, about[name], year)
        for name, declared in topic.declared().items()
        if not about[name].get("uncut")
    )


def _alter_table(path, declared, own, year):
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    known, altered = own.get("known", {}), 0
    for row in rows:
        if isinstance(known, int) or isinstance(declared, Fixed):
            later = isinstance(known, int) and known > year
        else:
            later = int(max(float(row[0]), known.get(row[0], 0))) > year
            later &= not (own.get("opening") and row[0] == rows[0][0])
        if later and row[-1]:
            row[-1] = repr(ALTERED * float(row[-1]))
            altered += 1
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
    return altered


def lived(region, as_of):
    """Return the twin of the baseline at the end of 2030 after every quarter's identities held."""
    plan = load_scenario("baseline", region=region).plan(as_of=as_of)
    world, residuals = clock.build(plan, member_seed(1, 0), twin=True), balance.Residuals()
    for _ in range(plan.end + 1):
        clock.step(world, residuals)
        world.t += 1
    assert label(world.t - 1) == "2030Q4"
    return world


@pytest.fixture(scope="module")
def now():
    return lived(JJJ, None)


@pytest.mark.parametrize("year", YEARS)
def test_nothing_later_is_seen_and_the_run_lives_to_its_end(tmp_path, year, now):
    assert altered(tmp_path, year) > 200
    original, copy = lived(JJJ, year).state(), lived(load(tmp_path), year).state()
    for name, array in original.items():
        np.testing.assert_array_equal(copy[name], array, err_msg=name)
        assert np.isfinite(array).all() or array.dtype.kind != "f", name
    assert not np.array_equal(original["people"], now.people)


def test_with_all_knowledge_what_was_altered_shows(tmp_path, now):
    altered(tmp_path, 2020)
    assert not np.array_equal(lived(load(tmp_path), 2024).people, now.people)
