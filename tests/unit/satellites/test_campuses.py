"""Campuses by hand: classes come in autumn as far as there is room, and leave after four years; beds open at once."""

import itertools

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.policy.events import Move
from jjj_sim.satellites.campuses import Campuses

INNER, XIONGAN = map(JJJ.index, ("bj_inner", "xiongan"))
OPENS = quarters.parse("2026Q3")


def move(kind="university", quarter=OPENS, students=36_000.0, beds=0.0):
    return Move("university_hospital_moves", kind, quarter, kind, 1000.0, students, beds, INNER, XIONGAN)


def lived(until, *moves, law=None):
    """What is kept by the quarters lived to `until`."""
    world = world_of(law or Campuses(JJJ, first_phase=0.5, building=4.0))
    world.policy.moves[:] = moves
    found = []
    for t in range(OPENS - 4, quarters.parse(until) + 1):
        world.t = t
        world.processes[0].act(world)
        found.append({name: world.satellites[name].copy() for name in Campuses.keeps})
    return found


def students(found):
    return [float(kept["campus_students"][XIONGAN]) for kept in found]


def test_a_quarter_of_the_room_begins_each_autumn():
    by_quarter = students(lived("2028Q4", move()))
    assert by_quarter[:4] == [0.0] * 4
    assert by_quarter[4:8] == [36_000.0 * 0.5 / 4.0] * 4
    assert by_quarter[8] == pytest.approx(36_000.0 * (0.5 + 0.625) / 4.0)


def test_a_campus_is_full_when_four_classes_came_with_all_room():
    by_quarter = students(lived("2036Q4", move()))
    assert by_quarter[-1] == pytest.approx(36_000.0)
    assert np.all(np.diff(by_quarter) >= 0.0)


def test_what_came_less_what_left_is_the_change():
    found = lived("2036Q4", move())
    for before, after in itertools.pairwise(found):
        change = after["campus_students"] - before["campus_students"]
        np.testing.assert_allclose(change, after["students_came"] - after["students_left"])
    assert found[-2]["students_left"][XIONGAN] > 0.0


def test_what_has_not_moved_has_neither_students_nor_beds():
    never = lived("2028Q4", move(quarter=None), move("hospital", None, 0.0, 600.0))[-1]
    assert not any(array.any() for array in never.values())


def test_beds_open_with_the_house_and_offices_are_neither():
    found = lived("2027Q4", move("hospital", OPENS, 0.0, 600.0), move("headquarters"))
    assert [kept["moved_beds"][XIONGAN] for kept in found[3:5]] == [0.0, 600.0]
    assert found[-1]["campuses_opened"].sum() == 0.0
    assert students(found)[-1] == 0.0
