"""Aims: goals, indicators and own thresholds by name; margins by hand; what is refused and how."""

import numpy as np
import pytest

from jjj_sim import load_scenario
from jjj_sim.errors import ScenarioError
from jjj_sim.reaching.aim import aim_of

BASE = load_scenario("baseline")


def test_a_goal_is_all_its_mandatory_indicators_in_2030():
    aim = aim_of(BASE, "g4", [])
    assert aim.key == "G4"
    assert {w.year for w in aim.wanted} == {2030}
    assert all(w.indicator.mandatory and w.indicator.goal == "G4" for w in aim.wanted)
    assert len(aim.wanted) >= 2


@pytest.mark.parametrize("text", ["PM2.5 in the worst zone", "最差分区PM2.5", "worst"])
def test_an_indicator_is_known_by_name_in_both_languages_and_by_a_part_of_it(text):
    (wanted,) = aim_of(BASE, text, []).wanted
    assert wanted.indicator.en == "PM2.5 in the worst zone"


def test_own_thresholds_are_read_and_join_a_goal():
    aim = aim_of(BASE, "worst", ["pm25:beijing:2028 <= 25", "gdp_share_of_nation:jjj:2029>=8.5e0"])
    first, second, third = aim.wanted
    assert (second.indicator.variable, second.indicator.area, second.year) == ("pm25", "beijing", 2028)
    assert (second.indicator.sense, second.indicator.threshold, second.indicator.unit) == ("<=", 25.0, "ug/m3")
    assert (third.indicator.sense, third.indicator.threshold, third.year) == (">=", 8.5, 2029)
    assert aim.year == 2030 == first.year


def test_thresholds_that_the_scenario_sets_are_those_it_is_judged_by():
    own = load_scenario(BASE, **{"goals.worst_pm25.threshold": 33.0})
    (wanted,) = aim_of(own, "worst_pm25", []).wanted
    assert wanted.indicator.threshold == 33.0
    assert aim_of(BASE, "worst_pm25", []).wanted[0].indicator.threshold == 35.0


def test_margins_are_distances_over_the_size_of_the_threshold():
    aim = aim_of(BASE, None, ["pm25:beijing:2030<=25", "gdp_share_of_nation:jjj:2030>=8"])
    margins = aim.margins(np.array([[20.0, 10.0], [30.0, 6.0]]))
    assert margins == pytest.approx(np.array([[0.2, 0.25], [-0.2, -0.25]]))


@pytest.mark.parametrize(
    ("goal", "targets", "told"),
    [
        (None, [], "nothing to reach"),
        ("G9", [], "no goal and no indicator"),
        ("population", [], "part of several names"),
        ("Income per head, Beijing to Hebei", [], "no reading"),
        (None, ["pm25:beijing<=25"], "variable:area:year<=number"),
        (None, ["pm2:beijing:2030<=25"], "Did you mean pm25"),
        (None, ["pm25:bejing:2030<=25"], "Did you mean beijing"),
    ],
)
def test_what_is_no_aim_is_refused_with_what_is_legal(goal, targets, told):
    with pytest.raises(ScenarioError) as error:
        aim_of(BASE, goal, targets)
    assert told in str(error.value)
    assert error.value.told("zh") != str(error.value)
