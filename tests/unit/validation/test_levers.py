"""The page of the levers: every lever has a step that a scenario takes, and the questions are scenarios too."""

import numpy as np
import pytest

from jjj_sim.policy.registry import levers as declared
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from lab import Draw, raised
from lever_questions import QUESTIONS
from lever_steps import BEGIN, END, STEPS, inside
from levers import HORIZON, response, undecided
from page import table


def test_every_lever_of_the_region_has_one_step():
    assert sorted(step.lever for step in STEPS) == sorted(declared(REGION))


@pytest.mark.parametrize("step", STEPS, ids=[step.lever for step in STEPS])
def test_a_step_changes_its_lever_from_its_beginning_and_no_other(step):
    draw = Draw(0, {})
    plain = draw.plan(**HORIZON).levers
    taken = draw.plan(**HORIZON, **{step.lever: step.setting(np.full((N_ZONES, N_ZONES), 90.0))}).levers
    assert step.zones.any()
    assert step.place
    assert taken[step.lever] != plain[step.lever]
    for name, plan in taken.items():
        if plan.path is not None:
            before = [plan.path.at(t) - plain[name].path.at(t) for t in range(parse(BEGIN))]
            assert before == pytest.approx([0.0] * len(before)), name


def test_a_question_is_a_scenario():
    for question in QUESTIONS:
        plan = Draw(0, {}).plan(**HORIZON, **question.levers)
        assert plan.end == parse(END)


def test_a_raised_path_is_as_before_outside_its_quarters():
    plain = Draw(0, {}).plan().levers["xiongan_investment"]
    more = raised("xiongan_investment", "2021Q1", "2022Q4", 20.0)
    path = Draw(0, {}).plan(xiongan_investment=more).levers["xiongan_investment"]
    added = np.array([path.at(t) - plain.at(t) for t in range(72)])
    a, b = parse("2021Q1"), parse("2022Q4")
    assert added[a : b + 1] == pytest.approx(20.0)
    assert np.delete(added, np.arange(a, b + 1)) == pytest.approx(0.0)


def test_a_response_counts_an_area_in_thousands_and_billions():
    class Fixed:
        def __init__(self, more: float) -> None:
            self.more = more

        def at(self, name: str, quarter: str) -> np.ndarray:
            return np.full(N_ZONES, 1000.0 + self.more)

        def total(self, name: str, first: str, last: str) -> np.ndarray:
            return self.at(name, last)[:, None]

    got = response(Fixed(0.0), Fixed(100.0), inside("tianjin"))
    assert got["people"] == pytest.approx([0.2] * 3)
    assert got["gdp"] == pytest.approx([200.0] * 3)
    assert got["price"] == pytest.approx([10.0] * 3)


def test_only_what_no_data_decide_is_drawn():
    draws = undecided(3)
    assert len(draws) == 3
    assert draws[0]
    assert all(name.startswith("parameters.") for name in draws[0])


def test_a_table_keeps_bars_out_of_its_cells():
    assert table(("a", "b"), [("x|y", 1)]) == "| a | b |\n| --- | --- |\n| x\\|y | 1 |\n"
