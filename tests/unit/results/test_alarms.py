"""Every alarm rings where it should, and none where all is well."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from jjj_sim.comparing.alarms import of_comparison, settings_apart
from jjj_sim.indicators.areas import places
from jjj_sim.judging.alarms import enough, of_run
from jjj_sim.judging.judge import judge
from jjj_sim.regions import default
from jjj_sim.running.result import Result
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.posterior import draws_of

JJJ = default()
PEOPLE = {"beijing": 21e6, "tianjin": 13e6, "xiongan": 1.2e6, "hebei_official": 73e6}


def _result(name="baseline", members=10, scale=100, goals="met", drawn=None, **told):
    rows = [
        (name, m, year, area, "region", "population", people * (1 - 0.1 * (year == 2014)), "persons")
        for m in range(members)
        for year in (2013, 2014)
        for area, people in PEOPLE.items()
    ]
    columns = ["scenario", "member", "period", "area", "area_kind", "variable", "value", "unit"]
    annual = pd.DataFrame(rows, columns=columns)
    manifest = {"members": members, "twin": False, "draws": "a", "residents_per_agent": scale, "failed": {}}
    manifest |= {"last_quarter": "2014Q4", **told}
    draws = draws_of(JJJ).table.head(members).reset_index(drop=True) if drawn is None else drawn
    found = Result(name, annual, annual.iloc[:0], annual.iloc[:0], manifest, "", draws=draws)
    return dataclasses.replace(found, goals=pd.DataFrame({"status": [goals]}))


def _kinds(alarms):
    return [alarm.kind for alarm in alarms]


def test_nothing_rings_where_all_is_well():
    assert of_run(_result()) == []
    assert of_comparison([_result(), _result("variant")], _differences(1.0), {"variant": ["levers.a"]}) == []


def test_a_lever_set_to_what_it_was_is_told():
    (alarm,) = of_run(_result(), ["levers.relief_markets"])
    assert alarm.told() == {
        "kind": "idle",
        "about": "levers.relief_markets",
        "en": "baseline: levers.relief_markets is set to what it was anyway.",
        "zh": "baseline：levers.relief_markets 与原设定相同，未改变任何结果。",
    }


def test_few_agents_ring_by_place_and_say_which_scale_would_do():
    assert places(JJJ) == ("beijing", "tianjin", "hebei_official", "xiongan")
    (alarm,) = of_run(_result(scale=40_000))  # 1.08 million at the least, 27 agents
    assert (alarm.kind, alarm.about) == ("few_agents", "xiongan")
    assert "residents of 2014 are 27 agents of 40,000" in alarm.said
    assert "--scale 30000 would do" in alarm.said
    assert "雄安" in alarm.said.zh
    assert of_run(_result(scale=36_000)) == []  # thirty
    assert of_run(_result(scale=40_000, twin=True)) == []


@pytest.mark.parametrize(("people", "scale"), [(1.08e6, 30_000), (3e6, 100_000), (2.99e6, 90_000), (20.0, 1)])
def test_the_scale_that_would_do_is_round_and_enough(people, scale):
    assert enough(people) == scale
    assert people < 30 or people / scale >= 30


def test_one_member_is_no_probability_where_goals_were_judged_and_luck_had_a_part():
    assert _kinds(of_run(_result(members=1, goals="met in this run"))) == ["one_member"]
    assert _kinds(of_run(_result(members=1, goals="not met in this run", twin=True))) == ["one_member"]  # a draw
    assert of_run(_result(members=1, goals="not met in this run", twin=True, draws=None)) == []
    assert of_run(_result(members=1, goals="beyond the horizon")) == []


def test_an_estimated_parameter_at_its_bound_rings():
    drawn = draws_of(JJJ).table.head(10).reset_index(drop=True)
    name = "parameters.labour.outside_option"
    drawn.loc[0, name] = 0.949  # the bound is .95
    (alarm,) = of_run(_result(drawn=drawn))
    assert (alarm.kind, alarm.about) == ("at_bound", "labour.outside_option")
    assert "stands at its bound 0.95 in 1 of 10 members" in alarm.said
    twenty = pd.concat([drawn, drawn.iloc[1:], drawn.iloc[1:2]], ignore_index=True)
    assert of_run(_result(members=20, drawn=twenty)) == []  # one in twenty is as a spread has it
    other = drawn.assign(**{name: 0.8, "parameters.demand.home": 0.0})
    assert of_run(_result(drawn=other)) == []  # not estimated
    assert of_run(_result(drawn=drawn, draws=None)) == []


def _differences(*values):
    return pd.DataFrame({"variant": "variant", "difference": np.array(values)})


def test_a_variant_in_which_nothing_differs_names_what_it_sets():
    pair = [_result(), _result("variant")]
    (told,) = of_comparison(pair, _differences(0.0, 0.0), {"variant": ["levers.a", "levers.b"]})
    assert told["kind"] == "no_effect"
    assert told["en"].startswith("variant sets levers.a, levers.b, and nothing recorded up to 2014Q4 differs")
    assert of_comparison(pair, _differences(0.0, 1e-9), {"variant": ["levers.a"]}) == []


def test_a_variant_that_is_its_base_is_told():
    (told,) = of_comparison([_result(), _result("variant")], _differences(0.0), {"variant": []})
    assert told["kind"] == "same_scenario"
    assert "完全相同" in told["zh"]


def test_a_comparison_of_one_member_has_its_own_words_and_says_each_alarm_once():
    told = [alarm.told() for alarm in of_run(_result(members=1, scale=40_000, goals="met in this run"))]
    runs = [_result(n, members=1, alarms=told) for n in ("baseline", "variant")]
    found = of_comparison(runs, _differences(1.0), {"variant": ["levers.a"]})
    assert [alarm["kind"] for alarm in found] == ["few_agents", "one_member"]
    assert "a difference has no interval" in found[1]["en"]


def test_what_scenarios_set_differently_leaves_out_what_no_run_reads():
    base = load_scenario("baseline")
    assert settings_apart(base, load_scenario(base, **{"goals.beijing_population.threshold": 22e6})) == ()
    changed = load_scenario(base, ["levers.relocation_subsidy.path=[['2026Q1', 0.1]]", "migration.reconsider=0.02"])
    assert settings_apart(base, changed) == ("levers.relocation_subsidy", "parameters.migration")


def test_judging_keeps_alarms_in_the_manifest():
    found = judge(_result(), ["levers.relief_markets"])
    assert [alarm["kind"] for alarm in found.manifest["alarms"]] == ["idle"]
