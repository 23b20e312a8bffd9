"""The exponential race and whole numbers due, against hand numbers and closed forms."""

import numpy as np
import pytest

from jjj_sim.draws import Draws
from jjj_sim.laws.race import due_of_flow, due_of_total, prizes, race, taken_share
from jjj_sim.param import Path

LUCK = Draws(11, "race", 3)
IDS = LUCK.child(np.arange(5_000, dtype=np.uint64), 5)
RATE = np.where(np.arange(5_000) < 1_000, 2.0, 0.8)


def test_the_smallest_clocks_win_in_their_order_and_more_places_contain_the_earlier_winners():
    clock = -np.log(LUCK.uniform(IDS, 1)) / RATE
    few, many = (race(IDS, RATE, n, LUCK, 1) for n in (50, 200))
    np.testing.assert_array_equal(few, np.argsort(clock)[:50])
    np.testing.assert_array_equal(few, many[:50])


def test_all_win_where_places_exceed_runners_and_none_without_places():
    assert sorted(race(IDS[:3], RATE[:3], 10, LUCK)) == [0, 1, 2]
    assert len(race(IDS, RATE, 0, LUCK)) == len(race(IDS, RATE, -2, LUCK)) == len(race(IDS[:0], RATE[:0], 4, LUCK)) == 0


def test_who_else_runs_and_in_which_order_changes_nobodys_clock():
    order = np.argsort(IDS)
    np.testing.assert_array_equal(order[race(IDS[order], RATE[order], 90, LUCK)], race(IDS, RATE, 90, LUCK))
    winners = race(IDS, RATE, 90, LUCK)
    left = np.delete(np.arange(len(IDS)), winners[:40])
    np.testing.assert_array_equal(left[race(IDS[left], RATE[left], 50, LUCK)], winners[40:])


def test_an_agent_for_three_wins_three_times_as_often_as_one_for_one():
    first = [race(IDS[k : k + 2], np.array([3, 1], dtype=np.uint16), 1, LUCK)[0] for k in range(0, len(IDS), 2)]
    assert np.mean(first) == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / len(first)))


def test_prizes_are_as_even_as_whole_numbers_can_be():
    assert prizes(20, 7).tolist() == [3, 3, 3, 3, 3, 3, 2]
    assert prizes(4, 4).tolist() == [1, 1, 1, 1]
    assert prizes(4, 0).tolist() == []


def test_chances_meet_the_number_of_places_by_hand():
    # One rate: everybody has the same chance. Two rates: 1 - .5 and 1 - .5^2 at theta = ln 2.
    np.testing.assert_allclose(taken_share(np.array([30.0, 10.0]), np.array([0.7, 0.7]), 8), 0.2)
    np.testing.assert_allclose(taken_share(np.array([40.0, 40.0]), np.array([1.0, 2.0]), 50), [0.5, 0.75])


def test_nobody_of_rate_zero_is_taken_and_all_others_where_places_exceed_them():
    stock, rate = np.array([3.0, 12.0, 5.0]), np.array([2.0, 1.2, 0.0])
    assert taken_share(stock, rate, 7)[2] == 0.0
    assert taken_share(stock, rate, 15).tolist() == [1.0, 1.0, 0.0]
    assert taken_share(stock, rate, 0).tolist() == taken_share(0 * stock, rate, 7).tolist() == [0.0, 0.0, 0.0]


def test_frequencies_of_the_race_are_the_chances():
    chance = taken_share(np.array([1_000.0, 4_000.0]), np.array([2.0, 0.8]), 600)
    first = np.count_nonzero(race(IDS, RATE, 600, LUCK) < 1_000)
    assert first == pytest.approx(1_000 * chance[0], abs=4 * np.sqrt(1_000 * chance[0]))


def test_a_flow_is_due_in_whole_numbers_that_add_up_to_it():
    path = Path(np.arange(8), [72.0, 72, 72, 72, 83.75, 83.75, 83.75, 83.75])
    due = [due_of_flow(path, t) for t in range(8)]
    assert due == [72, 72, 72, 72, 84, 84, 83, 84]
    assert sum(due) == 288 + 335
    assert due_of_flow(None, 3) == 0


def test_a_total_is_due_as_it_grows_and_never_taken_back():
    path = Path([0, 2, 3, 5], [0.0, 5.0, 610.0, 600.0])
    assert [due_of_total(path, t) for t in range(6)] == [0, 2, 3, 605, 0, 0]
    assert due_of_total(Path([0], [4.6]), 0) == 5
    assert due_of_total(None, 3) == 0
