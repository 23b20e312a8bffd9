"""States of the page: what they set, what they refuse, and that a file that was saved comes back as it was."""

import tomllib

import pytest

from jjj_sim import quarters
from jjj_sim.errors import ScenarioError
from jjj_sim.policy.registry import levers
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.difference import differences
from jjj_sim.serving.controls import FIRST, LAST, neutral, questions, sliders
from jjj_sim.serving.moves import moves
from jjj_sim.serving.state import State, read, scenario, written

START = quarters.parse(f"{FIRST}Q1")


@pytest.fixture(scope="module")
def base():
    return load_scenario("baseline")


def test_a_page_at_rest_is_the_base(base):
    made = scenario(base, State())
    assert differences(base, made) == []


def test_every_lever_with_a_path_has_a_slider_in_a_question_of_its_own(base):
    known = {name for name, spec in levers(base.region).items() if spec.has_path}
    assert known <= {slider.lever for slider in sliders(base).values()}
    assert "more" not in {question.id for question in questions(base)}


def test_sliders_reach_both_ends_and_rest_within(base):
    for slider in sliders(base).values():
        for year in (FIRST, LAST):
            assert slider.lo <= neutral(slider, base, year) <= slider.hi, slider.id
        for value in (slider.lo, slider.hi):
            scenario(base, State(FIRST, {slider.id: value}))


def test_a_slider_changes_its_path_from_the_year_on_and_not_before(base):
    made = scenario(base, State(2028, {"hukou_openness.tianjin": 1.0}))
    before, after = (s.levers["hukou_openness"].paths["tianjin"] for s in (base, made))
    assert after.at(quarters.parse("2027Q4")) == before.at(quarters.parse("2027Q4")) < 1.0
    assert after.at(quarters.parse("2028Q1")) == after.at(quarters.parse("2030Q4")) == 1.0


def test_every_date_can_be_set(base):
    names = [name for question in questions(base) for name in question.events]
    dated = [move for name in names for move in moves(base, name)]
    assert len(dated) > 20
    for move in dated:
        assert scenario(base, State(FIRST, {move.id: "never"})).levers[move.lever].events[move.event].quarter is None
        assert scenario(base, State(FIRST, {move.id: 2029})).levers[move.lever].events[move.event].quarter == START + 12


@pytest.mark.parametrize("lang", [0, 1])
def test_what_is_moved_has_a_name_in_both_languages(base, lang):
    for question in questions(base):
        assert question.title[lang]
        for slider in question.sliders:
            assert slider.name[lang]
            assert slider.name[0] != slider.name[1]


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"hukou_openness.tianjin": 1.0},
        {"xiongan_investment": 80.0, "headquarters_moves:datang": 2028, "beijing_population_cap": 0.5},
        {"relief_manufacturing": 120.0, "headquarters_moves:datang": "never"},
    ],
)
@pytest.mark.parametrize("year", [2026, 2029])
def test_a_file_that_was_saved_opens_as_the_same_levers_and_is_the_same_scenario(base, moved, year, tmp_path):
    state = State(year if moved else FIRST, moved)
    text = written(base, "baseline", state)
    back = read(text, "mine.toml", base, "baseline")
    assert dict(back.moved) == moved
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    assert differences(load_scenario(file), scenario(base, state)) == []


def test_levers_lie_on_a_file_that_was_opened(base, tmp_path):
    own = 'extends = "baseline"\ntitle = "Mine"\n[levers.relief_markets]\npath = [["2021Q1", 10.0]]\n'
    state = read(own, "C:\\papers\\mine file.toml", base, "baseline")
    assert (state.moved, state.file, state.file_name) == ({}, own, "mine_file.toml")
    over = State(2027, {"hukou_openness.tianjin": 1.0}, state.file, state.file_name)
    made = scenario(base, over)
    assert made.levers["relief_markets"].path.at(quarters.parse("2022Q1")) == 10.0
    file = tmp_path / "all.toml"
    file.write_text(written(base, "baseline", over), encoding="utf-8")
    assert differences(load_scenario(file), made) == []


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (None, "not a state"),
        ([], "not a state"),
        ({"set": 3}, "not a state"),
        ({"from": 1999}, "from"),
        ({"from": True}, "from"),
        ({"file": "x" * 300_000}, "not a state"),
        ({"set": {"hukou_opennes.tianjin": 1}}, "hukou_openness.tianjin"),
        ({"set": {"hukou_openness.tianjin": 2}}, "0 .. 1"),
        ({"set": {"hukou_openness.tianjin": "a"}}, "0 .. 1"),
        ({"set": {"hukou_openness.tianjin": float("nan")}}, "0 .. 1"),
        ({"set": {"headquarters_moves:datang": 1999}}, "never"),
        ({"set": {"headquarters_moves:datang": True}}, "never"),
    ],
)
def test_what_is_no_state_is_refused_in_words(base, told, problem):
    with pytest.raises(ScenarioError) as refused:
        scenario(base, State.of(told))
    assert problem in str(refused.value)
    assert all(said.zh for said in refused.value.problems)


@pytest.mark.parametrize("text", ["extends = ", "[levers.no_such]\npath = 3\n", 'extends = "../../etc/passwd"\n'])
def test_a_file_that_is_no_scenario_is_refused_by_its_name(base, text):
    with pytest.raises(ScenarioError, match=r"mine\.toml"):
        read(text, "../../mine.toml", base, "baseline")


def test_a_saved_file_is_toml_that_a_reader_understands(base):
    told = tomllib.loads(written(base, "baseline", State(2027, {"hukou_openness.tianjin": 1.0}), "Open"))
    assert told["title"] == "Open"
    assert told["levers"] == {"hukou_openness": {"paths": {"tianjin": [["2027Q1", 1.0]]}, "source": "assumption"}}
