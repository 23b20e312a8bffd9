"""Outcomes are what a run reports, for base and variant at the same point; their parameters have words."""

import pandas as pd
import pytest

import jjj_sim
from jjj_sim import regions
from jjj_sim.indicators.areas import total
from jjj_sim.scenario import load_scenario
from jjj_sim.sensitivity import Request, analysis
from jjj_sim.sensitivity.outcomes import outcomes, twins, unit, usual
from jjj_sim.sensitivity.words import WORDS, called

YEAR = 2014


def test_the_usual_outcomes_are_the_regions_and_its_roles():
    assert [o.name for o in usual(regions.default())] == [
        "gdp_nominal:jjj",
        "gdp_nominal:hebei_official",
        "population:beijing",
        "population:xiongan",
        "pm25:jjj",
        "gdp_share_tertiary:jjj",
    ]


def test_a_difference_of_percents_is_in_points():
    region = regions.default()
    share, people = outcomes(region, ["gdp_share_tertiary:jjj", "population:jjj"])
    assert [unit(region, o, kind) for o in (share, people) for kind in ("level", "difference")] == [
        "percent",
        "percentage points",
        "persons",
        "persons",
    ]


def test_every_parameter_and_path_that_is_moved_has_words_and_no_word_is_stale():
    region = regions.default()
    here, held = Request().space([load_scenario("baseline")])
    assert held == ()
    unnamed = [name for name in here.dotted if called(region, name)[0] == name.partition(".")[2]]
    assert unnamed == []
    moved = set(here.names) | {name.rpartition(".")[0] for name in here.names}
    assert set(WORDS) - moved == set()
    assert called(region, "parameters.emissions.plan.beijing") == (
        "clean air plan, Beijing",
        "清洁空气计划，北京",
    )


def test_a_group_or_a_path_can_be_named():
    scenario = [load_scenario("baseline")]
    assert Request(parameters=("assumptions.national_growth", "new_area")).space(scenario)[0].dotted == [
        "parameters.new_area.pull",
        "assumptions.national_growth",
    ]
    assert len(Request(parameters=("assumptions",)).space(scenario)[0]) == 6


def test_twins_read_what_runs_report(four):
    base, lax = load_scenario("baseline", region=four), load_scenario("no_relief", region=four)
    found = outcomes(four, [f"population:{four.areas[0]}", f"gdp_nominal:{total(four)}"])
    model = twins([base, lax], found, YEAR)
    read = model.read({})
    for k, scenario in enumerate((base, lax)):
        run = jjj_sim.run(load_scenario(scenario, **{"horizon.end": f"{YEAR}Q4"}), twin=True)
        annual = run.annual[(run.annual["period"] == YEAR) & (run.annual["area_kind"] != "zone")]
        values = annual.set_index(["variable", "area"])["value"]
        assert [values[o.variable, o.area] for o in found] == pytest.approx(list(read[2 * k : 2 * k + 2]), rel=1e-12)
    assert (read[:2] != read[2:]).all()
    moved = model.read({"parameters.labour.wage_speed": 0.4})
    assert (moved != read).any()


@pytest.mark.slow
def test_an_analysis_has_the_same_bits_at_any_number_of_workers(four, tmp_path):
    asked = Request(parameters=("new_area.pull", "labour.wage_speed"), year=YEAR, trajectories=2, samples=2, top=1)
    one = analysis.analyse("baseline", ["no_relief"], asked, region=four, workers=1)
    two = analysis.analyse("baseline", ["no_relief"], asked, region=four, workers=2, workspace=tmp_path / "work")
    again = analysis.resume(tmp_path / "work", workers=1)
    for other in (two, again):
        for name in ("outcomes", "morris", "sobol", "points"):
            pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    assert again.manifest["runs"] == 0
