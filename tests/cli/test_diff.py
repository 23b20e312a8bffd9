"""`jjj-sim diff`, and what `check` says first: what a scenario changes of what it grew from."""

import json

import pytest
from typer.testing import CliRunner

from jjj_sim import cli
from jjj_sim.scenario import grow, load_scenario
from jjj_sim.scenario.difference import differences

MINE = """
title = "Mine"
title_zh = "我的"
extends = "xiongan_sooner"
[horizon]
end = 2032
[levers.xiongan_investment]
scale = 2.0
from = 2028
[levers.relocation_subsidy]
zones = ["xiongan"]
[levers.headquarters_moves.events]
datang = "2026Q4"
huadian = { quarter = "never", jobs = 500 }
tower = { quarter = 2029, jobs = 300, destination = "baoding" }
[levers.university_hospital_moves.events]
clinic = { quarter = 2029, jobs = 300, beds = 200, kind = "hospital" }
[levers.negative_list.shares]
research = 0.9
[assumptions.births_trend]
shift = 0
from = 2026
[parameters.relocation]
hazard = 0.003
"""


def told(*words: str) -> str:
    """Run a command and return what it prints."""
    result = CliRunner().invoke(cli.app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    return str(path)


def test_every_kind_of_setting_that_differs_is_told_and_nothing_else(mine):
    found = {d.dotted: d for d in differences(load_scenario("xiongan_sooner"), load_scenario(mine))}
    assert set(found) == {
        "horizon.end",
        "levers.xiongan_investment.path",
        "levers.relocation_subsidy.zones",
        "levers.headquarters_moves.events.huadian",
        "levers.headquarters_moves.events.tower",
        "levers.university_hospital_moves.events.clinic",
        "levers.negative_list.shares.research",
        "parameters.relocation.hazard",
    }
    path = found["levers.xiongan_investment.path"]
    assert path.table()["since"] == "2028Q1"
    assert path.first[0][0] == path.second[0][0] == "2028Q1"
    assert path.second[0][1] == pytest.approx(2 * path.first[0][1])
    assert found["levers.headquarters_moves.events.tower"].first is None


def test_a_scenario_differs_in_nothing_from_itself():
    assert differences(load_scenario("no_relief"), load_scenario("no_relief")) == []
    assert "They set the same" in told("diff", "no_relief", "no_relief")
    assert json.loads(told("diff", "no_relief", "no_relief", "--json"))["same"] is True


def test_parameters_by_place_differ_by_place():
    other = load_scenario("baseline", ["demography.college.hebei=0.5"])
    (found,) = differences(load_scenario("baseline"), other)
    assert (found.dotted, found.first, found.second) == ("parameters.demography.college.hebei", 0.4, 0.5)


def test_diff_is_readable_and_json(mine):
    text = told("diff", "xiongan_sooner", mine)
    assert "horizon.end  2030Q4 → 2032Q4" in text
    assert "from 2028Q1" in text
    assert "2026Q4 → never, 1000 → 500 jobs" in text
    assert "new: 2029Q1, headquarters, 300 jobs, bj_inner → baoding" in text
    assert "clinic  new: 2029Q1, hospital, 300 jobs, 200 beds, bj_inner → xiongan" in text
    assert "without bj_core" not in text
    assert "0.0025 → 0.003 (1/quarter)" in text
    report = json.loads(told("diff", "xiongan_sooner", mine, "--json"))
    assert (report["first"], report["second"], report["same"]) == ("xiongan_sooner", "mine", False)
    chinese = told("diff", "xiongan_sooner", mine, "--lang", "zh")
    assert "2028Q1 起" in chinese
    assert "新增：2029Q1，总部，300个岗位，近郊四区(bj_inner) → 保定(baoding)" in chinese.replace("\n" + " " * 8, "")


def test_check_begins_with_what_the_file_changes_of_its_parent(mine):
    text = told("check", mine)
    head = text[: text.index("What was set, in the order of the files")]
    assert text.splitlines()[0] == "mine: Mine"
    assert "What it changes, against xiongan_sooner" in head
    assert "from 2028Q1" in head
    assert "assumptions.births_trend is set to what it was anyway" in head
    assert "datang" not in head
    assert text.index("Levers (* set)") > len(head)
    report = json.loads(told("check", mine, "--json"))
    assert report["base"] == "xiongan_sooner"
    assert {change["name"] for change in report["changes"]} >= {"horizon.end", "levers.xiongan_investment.path"}


def test_what_packages_and_set_change_is_the_scenarios_own(tmp_path):
    (tmp_path / "both.toml").write_text('extends = "xiongan_sooner"\nwith = ["no_relief"]', "utf-8")
    grown = grow(tmp_path / "both.toml", ["relocation.hazard=0.003"])
    assert grown.base.name == "xiongan_sooner"
    assert {d.name for d in differences(grown.base, grown.scenario)} == {
        "relief_manufacturing",
        "relief_markets",
        "relocation",
    }


def test_a_scenario_like_its_base_and_one_without_a_base_are_told(tmp_path):
    (tmp_path / "null.toml").write_text('title = "x"\nextends = "no_relief"\n', "utf-8")
    assert "Nothing: it is the same as no_relief." in told("check", str(tmp_path / "null.toml"))
    assert "没有：它与 no_relief 相同。" in told("check", str(tmp_path / "null.toml"), "--lang", "zh")
    assert "Nothing: it is the same as history and the announced plans." in told("check", "baseline")


def test_check_shows_what_an_event_is_and_where_it_goes():
    text = told("check", "baseline")
    assert "huaneng                  2025Q4, headquarters, 1,000 jobs, bj_core → xiongan" in text
    assert "2023Q4, hospital, 900 jobs, 600 beds, bj_core → xiongan" in text
    assert "second_wave  2023Q4, offices, 12,000 jobs, bj_core → bj_subcentre" in text
