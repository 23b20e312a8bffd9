"""The scoreboard of goals: what it says of each is what the judge says, and who sets a threshold is told."""

import dataclasses

from jjj_sim import charts
from jjj_sim.charts.reader import Reader
from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goals import goals


def _words(figure):
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def test_every_goal_has_its_chance_and_status(result):
    words = _words(charts.figure(result, "goals_scoreboard"))
    table = goals(Reader(result).readings, in_force(Reader(result).readings))
    wholes = table[(table["id"] == table["goal"]) & table["probability"].notna()]
    assert len(wholes) > 3
    for row in wholes.to_dict("records"):
        assert f"{100 * row['probability']:.0f} % · {row['status']}" in words


def test_indicators_carry_their_bounds_and_the_key_tells_who_sets_them(result):
    figure = charts.figure(result, "goals_scoreboard", "zh")
    assert "2,070–2,300 万人" in _words(figure)  # Beijing: 20.7 to 23 million
    kinds = {text.get_text() for text in figure.legends[0].get_texts()}
    assert {"官方门槛", "由官方数字推算", "本文假设"} <= kinds


def test_of_one_run_there_is_no_probability(result):
    single = dataclasses.replace(result, annual=result.annual[result.annual["member"] == 0])
    words = " ".join(_words(charts.figure(single, "goals_scoreboard")))
    assert "in this run" in words
    assert "% ·" not in words
