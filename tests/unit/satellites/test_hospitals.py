"""Hospital beds by hand: the first year, the capital of services, hospitals that moved."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim.policy.events import Move
from jjj_sim.satellites.hospitals import Hospitals

INNER, URBAN, XIONGAN, HANDAN = map(JJJ.index, ("bj_inner", "tj_urban", "xiongan", "handan"))


def beds(quarter, grown=1.0, law=None, moves=()):
    """Beds of a quarter after the first year, when the capital of services is `grown`."""
    world = world_of(law or Hospitals(JJJ, beds=0.5))
    world.policy.moves[:] = moves
    for world.t in (3, quarter):
        world.stocks.service_capital = 100.0 * (grown if world.t == quarter else 1.0)
        world.processes[0].act(world)
    return world.satellites["hospital_beds"], world.data.hospitals.beds_2013


def test_the_opening_is_published_and_nothing_of_the_hinterland():
    found, opening = beds(4)
    np.testing.assert_allclose(found, opening)
    assert found[JJJ.capital].sum() == pytest.approx(104_034.0)
    assert found[JJJ.role("hinterland")].sum() == 0.0


def test_four_times_the_services_are_twice_the_beds():
    found, opening = beds(20, 4.0)
    np.testing.assert_allclose(found, 2.0 * opening)
    assert beds(20, 0.25)[0][URBAN] == pytest.approx(0.5 * opening[URBAN])


def test_hospitals_bring_their_beds_when_they_have_moved():
    move = Move("university_hospital_moves", "h", 10, "hospital", 900.0, 0.0, 600.0, INNER, XIONGAN)
    assert [beds(t, moves=(move,))[0][XIONGAN] for t in (9, 10)] == [0.0, 600.0]
    found, opening = beds(10, moves=(move,))
    assert found[INNER] == opening[INNER]
