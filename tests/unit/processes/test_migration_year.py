"""The pull of a year: what the account of people asks beyond the drivers of the year."""

import numpy as np
import pytest

from jjj_sim.errors import BalanceError
from jjj_sim.param import Path
from jjj_sim.processes.migration_inversion import Flows, invert_year
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario


def one_zone(people, hazard=0.05):
    """One zone and the world outside, as many people in each, who all choose alike."""
    persons = np.full((1, 1, 1, 1), people)
    return Flows(persons, persons[:, 0], np.full((1, 1, 1), hazard), np.array([0, 1]))


def test_two_places_alike_need_the_inverse_hyperbolic_tangent():
    """Without a cost of moving net = 4 mu N (2 logistic(xi) - 1) = 4 mu N tanh(xi / 2)."""
    xi = invert_year(one_zone(1e6), np.zeros((1, 1, 1, 2)), np.array([5e4]), np.eye(1), moving=0.0, dissimilarity=1.0)
    assert xi[0] == pytest.approx(2.0 * np.arctanh(5e4 / (4 * 0.05 * 1e6)), rel=1e-6)


def test_what_the_drivers_give_is_not_asked_again():
    base = np.zeros((1, 1, 1, 2))
    base[..., 0] = 0.3
    net = np.array([4 * 0.05 * 1e6 * np.tanh(0.15)])
    xi = invert_year(one_zone(1e6), base, net, np.eye(1), moving=0.0, dissimilarity=1.0)
    assert xi[0] == pytest.approx(0.0, abs=1e-6)


def test_more_than_all_who_reconsider_cannot_come():
    with pytest.raises(BalanceError, match="account of a year did not settle"):
        invert_year(one_zone(1e6), np.zeros((1, 1, 1, 2)), np.array([3e5]), np.eye(1), moving=0.0, dissimilarity=1.0)


def test_a_rate_rises_from_nothing_in_the_first_quarter():
    np.testing.assert_allclose(Path([0, 2], [0.4, 0.8]).risen(4), [0.0, 0.15, 0.35, 0.55])


def test_the_assumed_pull_of_the_rest_of_china_does_not_move_history_and_moves_what_follows():
    """The account is what it is: a stronger pull outside asks for more that holds people here, until it ends."""

    def people(rate):
        plan = load_scenario("baseline", **{"assumptions.roc_pull.path": [["2013Q1", rate]]}).plan()
        world, found = clock.build(plan, 1, twin=True), {}
        clock.simulate(world, on_quarter=lambda w: found.__setitem__(w.t, w.population.sum()))
        return found

    weak, strong = people(0.0), people(0.02)
    assert strong[43] == pytest.approx(weak[43], rel=2e-3)  # 2023Q4
    assert strong[71] < weak[71] - 200_000
