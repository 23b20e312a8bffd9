"""What the inversion of migration can be asked for, in hand numbers."""

import numpy as np
import pytest

from jjj_sim.errors import BalanceError
from jjj_sim.processes.migration_limits import newcomers, require_movers

# Two zones, one province each, and the world outside; four groups, one schooling, home in each place.
PROVINCE = np.array([0, 1, 2])


def wakes(by_home_and_place):
    """Who reconsiders, all of the second group."""
    found = np.zeros((4, 1, 3, 3))
    found[1, 0] = by_home_and_place
    return found


HERE = wakes([[50.0, 10.0, 90.0], [20.0, 30.0, 5.0], [40.0, 60.0, 800.0]])


def test_nobody_leaves_who_does_not_reconsider():
    net = np.zeros((2, 4))
    net[:, 1] = [-109.0, -99.0]
    require_movers(net, HERE, ("a", "b"))
    net[1, 1] = -101.0
    with pytest.raises(BalanceError, match=r"101 people of the group 25-44 leave b .* only 100 reconsider"):
        require_movers(net, HERE, ("a", "b"))
    net[1, 1], net[0, 3] = 0.0, -1.0
    with pytest.raises(BalanceError, match=r"1 people of the group 60\+ leave a .* only 0 reconsider"):
        require_movers(net, HERE, ("a", "b"))


def test_newcomers_fill_what_a_provinces_own_people_cannot():
    """Of the 100 of province 0 elsewhere at most 40 come on balance; the other 60 of 130 less 30 asked are not local.

    There reconsider 35 people of province 1 and 860 of the world outside.
    """
    net = np.zeros((2, 4))
    net[0, 1], net[1, 1] = 130.0, -10.0
    asked = np.array([[0.0, 3.0], [10.0, 0.0], [20.0, 4.0]])
    found = newcomers(asked, net, HERE, PROVINCE)
    np.testing.assert_allclose(found[:, 0], [0.0, 10.0 + 60.0 * 35.0 / 895.0, 20.0 + 60.0 * 860.0 / 895.0])
    np.testing.assert_array_equal(found[:, 1], asked[:, 1])
    assert asked[1, 0] == 10.0
