"""The points system by hand: who may apply, the odds that answer, the threshold that climbs, and its lever."""

import numpy as np
import pytest
from plans import JJJ, flat, idle
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.policy.registry import levers
from jjj_sim.running import clock
from jjj_sim.satellites.points import Points

BEIJING = 0
INNER = JJJ.index("bj_inner")
COLLEGE, JUNIOR = 2, 0
LOCAL, FROM_HEBEI = JJJ.index("bj_core"), JJJ.index("baoding")
LEVER = levers(JJJ)["points_hukou"]


def lived(law, quota, years=1, *, college=1e6, junior=1e6, age=40, origin=FROM_HEBEI):
    """A world whose capital has non-locals of one age, after `years` lists of `quota` from 2018 on."""
    nothing = idle(LEVER)
    plan = type(nothing)(LEVER.name, path=flat(quota), paths=nothing.paths, shares=nothing.shares)
    world = world_of(law, points_hukou=plan)
    world.people[...] = 0.0
    world.people[INNER, COLLEGE, origin, age], world.people[INNER, JUNIOR, origin, age] = college, junior
    for t in range(quarters.parse("2018Q1"), quarters.parse("2018Q1") + 4 * years):
        world.t = t
        clock.announce(world)
        law.act(world)
    return world.satellites


def test_the_eligible_are_grown_non_locals_and_college_weighs_more():
    law = Points(JJJ, others=0.2)
    assert lived(law, 6000.0)["points_eligible"] == pytest.approx([1.2e6, 0.0, 0.0])
    for nobody in ({"age": 29}, {"age": 60}, {"origin": LOCAL}):
        assert lived(law, 6000.0, **nobody)["points_eligible"].max() == 0.0


def test_applicants_answer_the_odds():
    law = Points(JJJ, rate=0.06, answer=0.5, others=0.0)
    kept = lived(law, 6000.0)
    applicants = 4.0 * kept["points_applicants"][BEIJING]
    odds = 6000.0 / applicants
    assert applicants == pytest.approx(0.06 * 1e6 * (odds / 0.05) ** 0.5)
    assert 4.0 * kept["points_quota"][BEIJING] == pytest.approx(6000.0)


def test_a_higher_quota_draws_applicants_and_still_betters_the_odds():
    law = Points(JJJ)
    few, many = lived(law, 6000.0), lived(law, 12_000.0)
    grown = many["points_applicants"][BEIJING] / few["points_applicants"][BEIJING]
    assert grown == pytest.approx(2.0 ** (0.3 / 1.3))
    assert few["points_threshold"][BEIJING] - many["points_threshold"][BEIJING] == pytest.approx(3.3 * np.log(2.0))


def test_the_threshold_climbs_by_the_gain_less_what_each_list_takes():
    law = Points(JJJ, gain=5.0, spread=3.0)
    first, second, third = (lived(law, 6000.0, years)["points_threshold"][BEIJING] for years in (1, 2, 3))
    assert second - first == pytest.approx(5.0 - 3.0 * np.log(2.0))
    assert third - second == pytest.approx(5.0 - 3.0 * np.log(1.5))


def test_without_a_quota_nobody_applies():
    kept = lived(Points(JJJ), 0.0)
    assert all(kept[name].max() == 0.0 for name in ("points_applicants", "points_admitted", "points_threshold"))


def test_places_are_never_more_than_applicants():
    kept = lived(Points(JJJ), 150_000.0, college=1000.0, junior=0.0)
    assert kept["points_applicants"][BEIJING] == pytest.approx(kept["points_quota"][BEIJING])
