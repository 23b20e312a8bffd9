"""Moves of levers: paths by hand, the ends of the law, what cannot be moved."""

import pytest

from jjj_sim import load_scenario, quarters
from jjj_sim.errors import ScenarioError
from jjj_sim.reaching.moves import laid, moves_of

LAST = quarters.parse("2030Q4")
PATH = [["2024Q1", 100.0], ["2026Q1", 200.0], ["2028Q1", 400.0]]


@pytest.fixture(scope="module")
def base():
    return load_scenario("baseline", **{"levers.steel_cap.path": PATH})


def test_a_strength_is_a_share_of_the_room_to_the_end(base):
    (move,) = moves_of(base, ["steel_cap"], "2026Q1", LAST)
    assert (move.lo, move.hi) == (0.0, 1000.0)
    up, down = move.moved(0.25), move.moved(-0.25)
    at = [quarters.parse(q) for q in ("2024Q1", "2025Q4", "2026Q1", "2027Q1", "2028Q1", "2030Q4")]
    # 200 + .25 x 800 = 400; 300 + .25 x 700 = 475; 400 + .25 x 600 = 550. Downwards .75 of each.
    assert [up.at(t) for t in at] == pytest.approx([100.0, 187.5, 400.0, 475.0, 550.0, 550.0])
    assert [down.at(t) for t in at] == pytest.approx([100.0, 187.5, 150.0, 225.0, 300.0, 300.0])
    assert move.moved(1.0).at(at[2]) == 1000.0
    assert move.moved(-1.0).at(at[-1]) == 0.0
    assert move.moved(0.0) is base.levers["steel_cap"].path


def test_a_move_from_the_middle_of_a_slope_leaves_what_was_before(base):
    (move,) = moves_of(base, ["steel_cap"], "2027Q1", LAST)
    moved = move.moved(0.5)
    assert moved.at(quarters.parse("2026Q4")) == pytest.approx(275.0)
    assert moved.at(quarters.parse("2027Q1")) == pytest.approx(650.0)


def test_a_scenario_is_laid_as_a_file_would_be(base):
    moves = moves_of(base, ["levers.steel_cap", "emission_standards.paths.clean_heating"], "2026Q1", LAST)
    assert [move.name for move in moves] == ["steel_cap", "emission_standards.clean_heating"]
    changed = laid(base, moves, [-0.5, 1.0])
    t = quarters.parse("2030Q1")
    assert changed.levers["steel_cap"].at(t) == pytest.approx(200.0)
    assert changed.levers["emission_standards"].at(t, "clean_heating") == 1.0
    assert changed.levers["emission_standards"].path == base.levers["emission_standards"].path
    assert laid(base, moves, [0.0, 0.0]).digest == base.digest


@pytest.mark.parametrize(
    ("given", "since", "told"),
    [
        (["steel_cup"], "2026Q1", "Did you mean steel_cap"),
        (["rail_programme"], "2026Q1", "dated events, which cannot be scaled; levers with a path are"),
        (["rd_intensity"], "2026Q1", "rd_intensity.beijing"),
        (["emission_standards.clean"], "2026Q1", "Did you mean emission_standards.clean_heating"),
        (["steel_cap.key"], "2026Q1", "steel_cap has no path key"),
        ([], "2026Q1", "there is no lever"),
        (["steel_cap", "levers.steel_cap"], "2026Q1", "steel_cap is named twice"),
        (["steel_cap"], "2031Q1", "outside [2013Q2, 2030Q4]"),
        (["steel_cap"], "2013Q1", "outside [2013Q2, 2030Q4]"),
        (["steel_cap"], "soon", "not a quarter"),
    ],
)
def test_what_cannot_be_moved_is_refused_with_what_can(base, given, since, told):
    with pytest.raises(ScenarioError) as error:
        moves_of(base, given, since, LAST)
    assert told in str(error.value)
