"""Scores: every parameter in units of its own prior, never outside its bounds."""

import numpy as np
import pytest

from jjj_sim.calibrating.space import HELD, REACH, others, space
from jjj_sim.errors import ScenarioError


def test_scores_and_numbers_go_both_ways(region):
    found = space(region)
    assert found.values(found.default) == pytest.approx([c.default for c in found.coordinates])
    drawn = np.random.default_rng(1).uniform(-REACH, REACH, size=(20, len(found)))
    for values in found.values(drawn):
        for one, x in zip(found.coordinates, values, strict=True):
            assert one.param.lo <= x <= one.param.hi


def test_a_uniform_and_a_normal_by_hand(region):
    wage, trend = space(region, ["labour.wage_speed", "production.offset_secondary"]).coordinates
    assert wage.value(0.0) == pytest.approx(0.3)
    assert wage.value(1.0) == pytest.approx(0.1 + 0.4 * 0.841345, rel=1e-5)
    assert trend.value(1.0) == pytest.approx(2.0, rel=0.02)  # N(0, 2), cut at three sds


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
