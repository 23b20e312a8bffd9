"""Thresholds of goals in a scenario: they judge, and decide no run."""

import shutil
import tomllib

import pytest
from plans import JJJ
from typer.testing import CliRunner

from jjj_sim import cli
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.messages import Sentence
from jjj_sim.region import load
from jjj_sim.region.goals import declared
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.difference import differences
from jjj_sim.scenario.schema import json_schema

MINE = """
title = "Mine"
extends = "baseline"
[goals.beijing_population]
threshold = 22e6
basis = "water"
"""
GOAL = """
[goals.G1]
en = "One"
zh = "一"
"""
INDICATOR = """
[[indicators]]
goal = "G1"
en = "Air of all, mean"
zh = "空气"
area = "jjj"
sense = "<="
threshold = 30.0
unit = "ug/m3"
basis = "a plan"
mandatory = true
"""
BY = Sentence("mine", "我的")


def told(*words):
    """Run a command and return what it prints."""
    result = CliRunner().invoke(cli.app, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    return path


def test_a_threshold_is_kept_logged_and_no_part_of_the_digest(mine, tmp_path):
    base, found = load_scenario("baseline"), load_scenario(mine)
    assert found.goals == {"beijing_population": {"threshold": 22e6, "basis": "water"}}
    assert found.digest == base.digest
    assert "mine.toml: goals.beijing_population.threshold = 22000000 (was 23000000)" in found.overrides
    (tmp_path / "again.toml").write_text(found.to_toml(), "utf-8")
    again = load_scenario(tmp_path / "again.toml")
    assert (again.goals, again.overrides, again.digest) == (found.goals, found.overrides, found.digest)
    assert "goals" not in tomllib.loads(base.to_toml())


def test_a_child_keeps_what_it_does_not_set_but_not_the_basis_of_another_number(mine, tmp_path):
    child = tmp_path / "child.toml"
    child.write_text('extends = "mine.toml"\n[goals.beijing_population]\nlower = 21e6\n', "utf-8")
    found = load_scenario(child)
    assert found.goals["beijing_population"] == {"threshold": 22e6, "lower": 21e6}
    assert load_scenario(found, ["goals.pm25.threshold=28"]).goals.keys() == {"beijing_population", "pm25"}


def test_diff_and_check_tell_it_in_both_languages(mine):
    (found,) = differences(load_scenario("baseline"), load_scenario(mine))
    assert (found.dotted, found.first, found.second) == ("goals.beijing_population.threshold", 23e6, 22e6)
    assert "threshold  23,000,000 → 22,000,000" in told("diff", "baseline", mine)
    assert "threshold 22,000,000 (default 23,000,000)" in told("check", mine)
    assert "北京常住人口 goals.beijing_population（人）：threshold 22,000,000" in told("check", mine, "--lang", "zh")


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("goals.beijng_population.threshold=1", "no such goal indicator. Did you mean goals.beijing_population?"),
        ("goals.beijing_population.upper=1", "no such key. There are threshold, lower, basis."),
        ("goals.tertiary_share.threshold=80", "goals.tertiary_share: the lower bound 80 is not below the upper 73."),
        ("goals.pm25.threshold=low", "goals.pm25.threshold = 'low' is not a number"),
        ("beijing_population.threshold=1", "Did you mean goals.beijing_population.threshold?"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_legal(setting, problem):
    with pytest.raises(ScenarioError) as caught:
        load_scenario("baseline", [setting])
    assert problem in str(caught.value)


def test_only_what_is_set_has_the_basis_of_the_setting():
    core = declared(JJJ).changed({"core_population": {"lower": 1.6e6}}, BY).by_id()["core_population"]
    assert (core.bounds, core.kind, core.guard, core.guard_zh) == ((1.6e6, 1.74e6), "derived", "mine", "我的")
    core = declared(JJJ).changed({"core_population": {"threshold": 1.8e6}}, BY).by_id()["core_population"]
    assert (core.bounds, core.kind, core.basis, core.guard[:9]) == ((1.55e6, 1.8e6), "set", "mine", "core plan")


def test_the_schema_describes_every_bound():
    goal = json_schema(JJJ)["$defs"]["goal_core_population"]["properties"]
    assert goal["lower"]["description"].endswith("Default: 1550000.")
    assert goal["threshold"]["description"].startswith("At most. Population of the core districts")


@pytest.fixture
def folder(tmp_path):
    """The shipped region without tables and goals."""
    for name in ("region.toml", "zones.csv"):
        shutil.copy(JJJ.folder / name, tmp_path / name)
    return tmp_path


def test_an_indicator_without_an_id_is_called_by_its_name(folder):
    (folder / "goals.toml").write_text(GOAL + INDICATOR, "utf-8")
    (found,) = declared(load(folder)).indicators
    assert (found.id, found.kind, found.bounds[1]) == ("air_of_all_mean", "assumption", 30.0)


def test_bounds_and_ids_that_make_no_sense_are_told(folder):
    (folder / "goals.toml").write_text(GOAL + INDICATOR + "upper = 40.0\n" + INDICATOR, "utf-8")
    with pytest.raises(DataError, match="<= has threshold and lower, not upper") as caught:
        declared(load(folder))
    assert "'air_of_all_mean' is no id: each has its own" in str(caught.value)
