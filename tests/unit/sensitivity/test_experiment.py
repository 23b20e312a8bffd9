"""The twin as a function: names and bounds that tools take, the same numbers as the twin itself, clear refusals."""

import numpy as np
import pytest

import jjj_sim as jjj
from jjj_sim.calibrating.twin import lived
from jjj_sim.errors import ScenarioError
from jjj_sim.scenario.posterior import moved

PULL = "new_area.pull"


@pytest.fixture(scope="module")
def experiment():
    return jjj.experiment("baseline", "no_relief", parameters=[PULL], outcomes=["population:xiongan"], year=2014)


def test_problem_is_what_salib_asks_for(experiment):
    assert experiment.problem["num_vars"] == 1
    assert experiment.names == ["parameters_new_area_pull"]
    ((low, high),) = experiment.bounds
    assert low < 2.0 < high


def test_a_sample_follows_the_prior_within_its_bounds():
    points = jjj.sample(64, [PULL], seed=3)
    assert list(points.columns) == [f"parameters.{PULL}"]
    found = jjj.experiment(parameters=[PULL])
    ((low, high),) = found.bounds
    assert points.iloc[:, 0].between(low, high).all()
    coordinate = found.space.coordinates[0]
    below = (points.iloc[:, 0] < coordinate.param.draw(0.5)).mean()
    assert below == pytest.approx(0.5, abs=1 / 32)
    assert points.equals(jjj.sample(64, [PULL], seed=3))


def test_values_are_the_twins_own(experiment):
    base, variant = experiment.twins.scenarios
    own = [
        lived(moved(s, {f"parameters.{PULL}": 3.0}).plan()).year("population", "xiongan", 2014) for s in (base, variant)
    ]
    found = experiment.values([[3.0]])
    assert found.shape == (1, 2)
    np.testing.assert_allclose(found[0], [own[0][0], own[1][0] - own[0][0]], rtol=1e-12)
    called = experiment(parameters_new_area_pull=3.0)
    assert called["population:xiongan"] == found[0, 0]
    assert list(called) == experiment.outcomes


def test_what_it_cannot_take_is_said(experiment):
    with pytest.raises(ScenarioError, match="pull is no argument"):
        experiment(pull=1.0)
    with pytest.raises(ScenarioError, match="2 columns were given; there are 1 parameters"):
        experiment.values([[1.0, 2.0]])
    with pytest.raises(ScenarioError, match="no such parameter"):
        jjj.experiment(parameters=["new_area.pul"])
