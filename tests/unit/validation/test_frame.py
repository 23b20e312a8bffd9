"""The frame of the validation: verdicts, priors, the page. What the model answers is no test's business."""

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from fact import AGREES, CANNOT, DISAGREES, WRONG_SIGN, Experiment, Fact, Results
from jjj_sim.scenario.schema import parameters
from lab import Draw, Series, constant, never, percent, raised
from page import accepted, anchor, first_edition, number, write_page
from priors import hypercube, parameter_draws
from run import BLOCKS, FACTS, experiments

EXPERIMENT = Experiment("test", lambda draw: {})
FACT = Fact(
    name="fact",
    title="Rain makes wet, they say",
    published="+10 %",
    source="[A]",
    unit="%",
    low=5.0,
    high=15.0,
    reason="half either way",
    did="It rained.",
    mechanism="Water falls.",
    miss="Umbrellas.",
    experiment=EXPERIMENT,
    value="wet",
)


def results(*values):
    return Results([{"wet": value, "more": 2.0 * value} for value in values])


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((8.0, 10.0, 20.0), AGREES),
        ((0.0, 1.0, 2.0), DISAGREES),
        ((-3.0, -1.0, 2.0), DISAGREES),
        ((-3.0, -2.0, -1.0), WRONG_SIGN),
        ((math.nan, 10.0, 12.0), AGREES),
        ((math.nan, math.nan), CANNOT),
    ],
)
def test_the_verdict_follows_the_median_and_the_sign_of_the_whole_interval(values, verdict):
    assert FACT.finding(results(*values)).verdict == verdict


def test_a_range_with_both_signs_knows_no_wrong_sign():
    both = replace(FACT, low=-1.0, high=1.0)
    assert both.finding(results(-5.0, -4.0)).verdict == DISAGREES
    below = replace(FACT, low=-math.inf, high=-0.5)
    assert below.finding(results(-5.0, -4.0)).verdict == AGREES
    assert below.finding(results(1.0, 2.0)).verdict == WRONG_SIGN
    assert below.finding(results(0.1, 0.2)).verdict == DISAGREES


def test_a_question_that_cannot_be_put_stays_so_whatever_the_number():
    assert replace(FACT, cannot="no rain").finding(results(10.0)).verdict == CANNOT
    assert replace(FACT, experiment=None).finding(None).verdict == CANNOT


def test_a_finding_counts_the_draws_inside_and_what_lies_beside():
    finding = replace(FACT, beside=(("twice", "more"),)).finding(results(4.0, 10.0, 12.0))
    assert (finding.inside, finding.members) == (2, 3)
    assert finding.beside[0][0] == "twice"
    assert finding.beside[0][2] == 20.0
    assert finding.low == pytest.approx(4.6)
    assert finding.high == pytest.approx(11.8)


def test_a_number_is_traced_to_the_parameter_that_it_follows():
    settings = [{"parameters.a.up": float(k), "parameters.a.other": float(k % 3)} for k in range(12)]
    trials = [{"wet": -2.0 * s["parameters.a.up"]} for s in settings]
    finding = FACT.finding(Results(trials, settings, {"wet": 7.0}))
    assert (finding.driver, finding.default) == ("a.up", 7.0)
    assert finding.rank == pytest.approx(-1.0)
    assert FACT.finding(Results(trials[:5], settings[:5])).driver == ""


def test_draws_are_stratified_keyed_by_name_and_leave_what_is_fixed():
    table = hypercube(["a", "b"], 8)
    for column in table.T:
        assert sorted(column) == pytest.approx((np.arange(8) + 0.5) / 8)
    assert (hypercube(["new", "b"], 8)[:, 1] == table[:, 1]).all()
    free = {
        f"parameters.{process}.{name}" for process, of in parameters().items() for name, p in of.items() if not p.fixed
    }
    draws = parameter_draws(4)
    assert len(draws) == 4
    assert all({".".join(name.split(".")[:3]) for name in draw} == free for draw in draws)


def test_a_series_keeps_quarters_and_flows_summed_over_the_last_axis(twin):
    series = Series()
    twin.flows.arrays()["firms_moved_freely"][2, 3, :] = 1.0
    series.record(twin)
    twin.flows.clear()
    series.record(twin)
    moved = series["flows.firms_moved_freely"]
    assert moved.shape[0] == 2
    assert moved[0, 2, 3] == twin.tables.jobs.shape[1]
    assert series.total("flows.firms_moved_freely", "2013Q1", "2013Q2")[2, 3] == moved[0, 2, 3]
    assert series.at("population", "2013Q2") == pytest.approx(twin.population)
    assert "tables.wage" in series
    assert "tables.location_value" not in series


def test_levers_in_the_form_of_a_file():
    draw = Draw(0, {})
    path = raised("relief_manufacturing", "2015Q1", "2015Q2", 100.0)
    before, after = (
        draw.plan(**levers).levers["relief_manufacturing"] for levers in ({}, {"relief_manufacturing": path})
    )
    added = [after.at(t) - before.at(t) for t in range(48)]
    assert np.flatnonzero(np.round(added, 9)).tolist() == [8, 9]
    assert added[8] == pytest.approx(100.0)
    rail = draw.plan(rail_programme=never("rail_programme")).levers["rail_programme"]
    assert all(event.quarter is None for event in rail.events.values())
    assert draw.plan(negative_list=constant(0.0)).levers["negative_list"].at(40) == 0.0
    assert percent(1.1, 1.0) == pytest.approx(10.0)


def test_every_fact_is_whole_and_named_once():
    assert len({fact.name for fact in FACTS}) == len(FACTS)
    assert len({anchor(fact.title) for fact in FACTS}) == len(FACTS)
    for fact in FACTS:
        assert fact.low <= fact.high
        assert fact.source.startswith(("[L]", "[R]", "[D]")), fact.name
        assert (fact.experiment is None) == (fact.value == ""), fact.name
        if fact.experiment is not None:
            assert fact.unit, fact.name
            assert fact.did, fact.name
            assert fact.mechanism, fact.name
            assert fact.reason, fact.name
    names = [e.name for by_seed in (False, True) for e in experiments(FACTS, by_seed)]
    assert len(set(names)) == len(names)


def test_the_first_edition_is_whole_and_of_facts_that_are_still_asked():
    first = first_edition()
    assert len(first) == 37
    assert set(first) <= {fact.name for fact in FACTS}
    count = Counter(row["verdict"] for row in first.values())
    assert (count[AGREES], count[DISAGREES], count[WRONG_SIGN], count[CANNOT]) == (10, 18, 4, 5)


def test_a_range_that_differs_from_the_first_edition_says_why_and_is_no_wider():
    for fact in FACTS:
        row = first_edition().get(fact.name)
        if row is None or row["accepted"] in ("", accepted(fact)):
            continue
        assert fact.asked_before, fact.name
        if " to " in row["accepted"] and math.isfinite(fact.high - fact.low):
            low, high = map(float, row["accepted"].split(" to "))
            assert fact.high - fact.low <= high - low + 1e-9, fact.name


def test_what_an_experiment_answers_tells_what_the_study_compared():
    own = ("zone_growth", "firm_top_share", "firm_tail")
    assert all(fact.study for fact in FACTS if fact.experiment is not None and fact.name not in own)


def test_the_page_says_what_was_found(tmp_path):
    known = replace(FACT, name=FACTS[0].name, title="A known one", asked_before="another question.")
    odd = replace(FACT, name="odd", title="An odd one", cannot="no rain")
    blocks = {
        "weather": [FACT.finding(results(1.0, 2.0, 3.0)), known.finding(results(10.0))],
        "none": [odd.finding(results(10.0))],
    }
    write_page(tmp_path / "page", blocks, draws=3, tried=4, seeds=0)
    text = (tmp_path / "page.md").read_text("utf-8")
    assert "| [Rain makes wet, they say](#rain-makes-wet-they-say) | +10 % | 5 to 15 |" in text
    assert "2.0 [1.1, 2.9] %" in text
    assert "Umbrellas." in text
    assert "Of the first 4 draws 1 were left out" in text
    assert "0 of 3 draws lie there" in text
    assert "| weather | 2 | 1 of 2 | 0 | 0 | 1 of 1 |" in text
    assert "| none | 1 | 0 of 0 | 0 | 1 | new |" in text
    assert "| all | 3 | 1 | 1 | 0 | 1 |" in text
    assert "Asked before: another question." in text
    assert "agrees (other question)" in text
    assert "Beside it the model shows 10.0" in text
    assert number(FACT.finding(results(-0.01))) == "0.0 [0.0, 0.0] %"
    assert accepted(replace(FACT, high=math.inf)) == "at least 5"


def test_blocks_hold_every_fact_once():
    assert sum(map(len, BLOCKS.values())) == len(FACTS) == len({fact.name for fact in FACTS})
