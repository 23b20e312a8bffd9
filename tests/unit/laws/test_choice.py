"""The nested logit over places: hand numbers, limits, and draws against chances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import softmax

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choice_probabilities, choose, inclusive_value, nests, outside_probabilities
from jjj_sim.laws.choice import pair_probabilities as of_pairs

PROVINCE = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 3])
N_PLACES = len(PROVINCE)
ROC = N_PLACES - 1
N = 30_000
LUCK = Draws(11, "choice", 3)
IDS = LUCK.child(np.arange(N, dtype=np.uint64), 5)
VALUE = np.sin(np.arange(N_PLACES) * 1.7)
utilities = st.lists(st.floats(-5, 5), min_size=N_PLACES, max_size=N_PLACES).map(np.array)


def probabilities(v, moving, dissimilarity, queue=0.0):
    return choice_probabilities(v, moving, dissimilarity, PROVINCE, queue)


def pair_probabilities(value, dissimilarity):
    return of_pairs(value, dissimilarity, PROVINCE)


def chosen(value, dissimilarity, i=1):
    """What everybody in `i` chooses."""
    return choose(np.tile(value, (N, 1)), np.full(N, i), IDS, LUCK, dissimilarity, PROVINCE)


def shares(value, dissimilarity, i=1):
    return np.bincount(chosen(value, dissimilarity, i), minlength=N_PLACES) / N


def test_nests_are_the_own_province_and_the_others_without_the_own_place_and_the_rest_of_china():
    own, other = nests(PROVINCE)
    assert np.flatnonzero(own[0]).tolist() == [1, 2]
    assert np.flatnonzero(other[0]).tolist() == [3, 4, 5, 6, 7, 8, 9]
    assert not own[ROC].any()
    assert np.flatnonzero(other[ROC]).tolist() == list(range(ROC))
    assert np.all(own.sum(axis=1) + other.sum(axis=1) == np.where(np.arange(N_PLACES) < ROC, ROC - 1, ROC))


def test_five_places_by_hand():
    # Weights of someone in place 0: staying e^1; its province, one place, e^(0 - c); two other zones, one nest,
    # S^r e^-c with S = e^(.2/r) + e^(.4/r), of which each takes its part of S; the rest of China e^(-1 - c).
    province, v, c, r = np.array([0, 0, 1, 1, 3]), np.array([1.0, 0.0, 0.2, 0.4, -1.0]), 0.5, 0.8
    nest = np.exp(0.2 / r) + np.exp(0.4 / r)
    weight = np.array([np.e, np.exp(-c), 0.0, 0.0, np.exp(-1.0 - c)])
    weight[2:4] = nest**r * np.exp(-c) * np.exp(np.array([0.2, 0.4]) / r) / nest
    expected = weight / weight.sum()
    np.testing.assert_allclose(choice_probabilities(v, c, r, province)[0], expected, rtol=1e-12)
    cost = c * (1.0 - np.eye(5))
    np.testing.assert_allclose(of_pairs(v - cost, r, province)[0], expected, rtol=1e-12)


def test_the_inclusive_value_by_hand():
    inside = 0.7 * np.log(np.exp(1.0 / 0.7) + np.exp(0.5 / 0.7))
    value = np.array([-np.inf, 1.0, 0.5, 0.3])
    assert inclusive_value(value, 0.7) == pytest.approx(np.log(np.exp(inside) + np.exp(0.3)))


@given(utilities, st.floats(0, 4), st.floats(0.4, 1.0), st.floats(-50, 50))
def test_rows_sum_to_one_and_a_constant_changes_nothing(v, moving, dissimilarity, constant):
    p = probabilities(v, moving, dissimilarity)
    assert p.min() >= 0
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(probabilities(v + constant, moving, dissimilarity), p, rtol=1e-9, atol=1e-14)


@given(utilities, st.floats(0, 4))
def test_at_dissimilarity_one_it_is_the_plain_logit(v, moving):
    plain = softmax(v[None, :] - moving * (1 - np.eye(N_PLACES)), axis=1)
    np.testing.assert_allclose(probabilities(v, moving, 1.0), plain, rtol=1e-10)


@given(utilities, st.floats(0.4, 1.0))
def test_ratios_inside_a_nest_do_not_depend_on_other_places(v, dissimilarity):
    p = probabilities(v, 1.0, dissimilarity)
    np.testing.assert_allclose(p[0, 3] / p[0, 8], np.exp((v[3] - v[8]) / dissimilarity), rtol=1e-8)


@given(utilities, st.sets(st.integers(0, ROC), min_size=1, max_size=ROC), st.floats(0.4, 1.0), st.integers(0, 2**32))
def test_a_prohibited_place_is_never_chosen_and_the_others_share_it_as_before(v, prohibited, dissimilarity, seed):
    gone = np.isin(np.arange(N_PLACES), list(prohibited))
    left = np.where(gone, -np.inf, v)
    before, after = (probabilities(u, 2.0, dissimilarity) for u in (v, left))
    assert np.all(after[:, gone] == 0.0)
    np.testing.assert_allclose(after.sum(axis=1), 1.0, rtol=1e-12)
    own, other = nests(PROVINCE)
    for i, nest in ((0, own[0]), (0, other[0]), (7, own[7])):
        kept = nest & ~gone
        if kept.any():
            ratios = [p[i, kept] / p[i, kept].sum() for p in (before, after)]
            np.testing.assert_allclose(*ratios, rtol=1e-8)
    ids = np.arange(200, dtype=np.uint64)
    i = np.full(len(ids), int(np.flatnonzero(~gone)[0]) % ROC)
    draws = Draws(seed, "prohibited", 0)
    assert not gone[choose(np.tile(left, (len(ids), 1)), i, ids, draws, dissimilarity, PROVINCE)].any()


@given(utilities, st.floats(0, 4), st.floats(0.4, 1.0))
def test_costs_by_pair_are_the_same_choice(v, moving, dissimilarity):
    cost = moving * (1.0 - np.eye(N_PLACES))
    p = pair_probabilities(v - cost, dissimilarity)
    np.testing.assert_allclose(p[:ROC], probabilities(v, moving, dissimilarity)[:ROC], rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-12)


@pytest.mark.parametrize("dissimilarity", [0.5, 0.7, 1.0])
def test_frequencies_are_the_nested_probabilities(dissimilarity):
    cost = np.where(np.arange(N_PLACES) == 1, 0.0, 1.0)
    p = probabilities(VALUE, 1.0, dissimilarity)[1]
    np.testing.assert_allclose(shares(VALUE - cost, dissimilarity), p, atol=4 * np.sqrt(0.25 / N))


def test_without_nests_it_is_the_plain_logit():
    np.testing.assert_allclose(pair_probabilities(np.tile(VALUE, (N_PLACES, 1)), 1.0)[1], softmax(VALUE))
    plain = np.argmax(VALUE + LUCK.gumbel(IDS, N_PLACES, 8), axis=1)
    np.testing.assert_array_equal(chosen(VALUE, 1.0), plain)


def test_those_who_must_leave_never_stay_in_their_province():
    value = np.where(PROVINCE == 0, -np.inf, VALUE)
    p = outside_probabilities(value, 0.7)
    assert p.sum() == pytest.approx(1.0)
    assert np.all(p[np.isinf(value)] == 0)
    np.testing.assert_allclose(shares(value, 0.7), p, atol=4 * np.sqrt(0.25 / N))


def test_adding_a_constant_changes_the_inclusive_value_by_it_and_no_choice():
    assert inclusive_value(VALUE + 2.5, 0.7) == pytest.approx(inclusive_value(VALUE, 0.7) + 2.5)
    np.testing.assert_allclose(outside_probabilities(VALUE + 2.5, 0.7), outside_probabilities(VALUE, 0.7))


@pytest.mark.parametrize("better", [2, 7, ROC])
def test_a_better_place_gains_choosers_and_reshuffles_nobody_else(better):
    raised = VALUE.copy()
    raised[better] += 0.4
    before, after = chosen(VALUE, 0.7), chosen(raised, 0.7)
    changed = before != after
    assert changed.any()
    assert np.all(after[changed] == better)


def test_a_queue_keeps_newcomers_out_and_leaves_residents_alone():
    v, queue = np.zeros(N_PLACES), np.zeros(N_PLACES)
    queue[3] = np.log(4.0)
    free, queued = probabilities(v, 1.0, 1.0), probabilities(v, 1.0, 1.0, queue)
    np.testing.assert_array_equal(probabilities(v, 1.0, 1.0, np.zeros(N_PLACES)), free)
    np.testing.assert_allclose(queued[3], free[3])
    others = np.arange(N_PLACES) != 3
    odds = (queued[others, 3] / queued[others, ROC]) / (free[others, 3] / free[others, ROC])
    np.testing.assert_allclose(odds[:-1], 0.25)
