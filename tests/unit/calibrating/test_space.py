"""Scores: every parameter in units of its own prior, never outside its bounds."""

import numpy as np
import pytest

from jjj_sim.calibrating.space import HELD, others, space
from jjj_sim.errors import ScenarioError


def test_scores_and_numbers_go_both_ways(region):
    found = space(region)
    assert found.values(found.default) == pytest.approx([c.default for c in found.coordinates])
    low, high = found.bounds
    for one, least, most in zip(found.coordinates, low, high, strict=True):
        assert one.value(most) == pytest.approx(one.param.hi)
        assert one.value(most + 1) == one.param.hi
        assert one.param.lo <= one.value(least) < one.value(most)
    drawn = found.prior_points(32, seed=1)
    assert found.inside(drawn).all()
    assert np.median(drawn, axis=0) == pytest.approx(np.zeros(len(found)), abs=0.1)
    assert drawn.std(axis=0) == pytest.approx(found.prior_sd, rel=0.2)


def test_a_uniform_a_normal_and_a_log_normal_by_hand(region):
    wage, trend, flow = space(
        region, ["labour.wage_speed", "production.offset_secondary", "innovation.opening_flow"]
    ).coordinates
    assert wage.value(0.0) == pytest.approx(0.3)
    assert wage.value(1.0) == pytest.approx(0.3 + 0.4 * 0.341345, rel=1e-5)
    assert wage.prior_sd == pytest.approx(0.2887 / 0.3413, rel=1e-3)
    assert trend.value(1.0) == pytest.approx(2.0, rel=0.02)  # N(0, 2), cut at three sds
    assert flow.value(1.0) / flow.value(0.0) == pytest.approx(np.exp(0.3), rel=0.1)  # log-normal, cut at 4 and 9


def test_the_prior_itself_weighs(region):
    wage, trend = space(region, ["labour.wage_speed", "production.offset_secondary"]).coordinates
    assert wage.penalty(1.2) == pytest.approx(wage.penalty(-0.3))
    assert wage.penalty(2.0) == np.inf
    spread = trend.value(1.0)
    assert trend.penalty(1.5) - trend.penalty(0.0) == pytest.approx((1.5 * spread / 2.0) ** 2, rel=1e-3)


def test_a_parameter_by_place_stands_for_its_places(region):
    assert space(region, ["emissions.plan"]).names == ["emissions.plan.beijing"]


def test_the_others_are_all_with_a_prior_but_those_held(region):
    here = space(region)
    rest = others(region, here)
    assert not set(here.names) & set(rest.names)
    assert "migration.moving" in rest.names
    assert not [n for n in rest.names if n.startswith(HELD)]


def test_what_cannot_be_estimated_is_told_with_the_nearest(region):
    with pytest.raises(ScenarioError, match=r"labour.wage_sped.*Did you mean labour.wage_speed"):
        space(region, ["labour.wage_sped"])
    with pytest.raises(ScenarioError, match=r"migration.distance: no parameter with a prior"):
        space(region, ["migration.distance"])
    with pytest.raises(ScenarioError, match="twice"):
        space(region, ["labour.wage_speed", "labour.wage_speed"])
