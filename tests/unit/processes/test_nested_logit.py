"""The nested logit shared by residents and firms."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY, ROC
from jjj_sim.processes.firm_location import choose
from jjj_sim.processes.nested_logit import OTHER, OWN, choice_probabilities, pair_probabilities

utilities = st.lists(st.floats(-5, 5), min_size=ROC + 1, max_size=ROC + 1).map(np.array)


@given(utilities, st.floats(0, 4), st.floats(0.4, 1.0), st.floats(-50, 50))
def test_rows_sum_to_one_and_a_constant_changes_nothing(v, moving, dissimilarity, constant):
    p = choice_probabilities(v, moving, dissimilarity)
    assert p.min() >= 0
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-12)
    np.testing.assert_allclose(choice_probabilities(v + constant, moving, dissimilarity), p, rtol=1e-9, atol=1e-14)


@given(utilities, st.floats(0, 4))
def test_at_dissimilarity_one_it_is_the_plain_logit(v, moving):
    cost = moving * (1 - np.eye(ROC + 1))
    e = np.exp(v[None, :] - cost)
    np.testing.assert_allclose(choice_probabilities(v, moving, 1.0), e / e.sum(axis=1, keepdims=True), rtol=1e-10)


@given(utilities, st.floats(0.4, 1.0))
def test_ratios_inside_a_nest_do_not_depend_on_other_places(v, dissimilarity):
    p = choice_probabilities(v, 1.0, dissimilarity)
    core, tj, hd = (GEOGRAPHY.index(z) for z in ("bj_core", "tj_urban", "handan"))
    expected = np.exp((v[tj] - v[hd]) / dissimilarity)
    np.testing.assert_allclose(p[core, tj] / p[core, hd], expected, rtol=1e-8)


@given(utilities, st.sets(st.integers(0, ROC), min_size=1, max_size=ROC), st.floats(0.4, 1.0), st.integers(0, 2**32))
def test_a_prohibited_place_is_never_chosen_and_the_others_share_it_as_before(v, prohibited, dissimilarity, seed):
    gone = np.isin(np.arange(ROC + 1), list(prohibited))
    left = np.where(gone, -np.inf, v)
    before, after = (choice_probabilities(u, 2.0, dissimilarity) for u in (v, left))
    assert np.all(after[:, gone] == 0.0)
    np.testing.assert_allclose(after.sum(axis=1), 1.0, rtol=1e-12)
    for i, nest in ((0, OWN[0]), (0, OTHER[0]), (7, OWN[7])):
        kept = nest & ~gone
        if kept.any():
            ratios = [p[i, kept] / p[i, kept].sum() for p in (before, after)]
            np.testing.assert_allclose(*ratios, rtol=1e-8)
    ids = np.arange(200, dtype=np.uint64)
    i = np.full(len(ids), int(np.flatnonzero(~gone)[0]) % ROC)
    chosen = choose(np.tile(left, (len(ids), 1)), i, ids, Draws(seed, "prohibited", 0), dissimilarity)
    assert not gone[chosen].any()


@given(utilities, st.floats(0, 4), st.floats(0.4, 1.0))
def test_costs_by_pair_are_the_same_choice(v, moving, dissimilarity):
    cost = moving * (1.0 - np.eye(ROC + 1))
    p = pair_probabilities(v - cost, dissimilarity)
    np.testing.assert_allclose(p[:ROC], choice_probabilities(v, moving, dissimilarity)[:ROC], rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(p.sum(axis=1), 1.0, rtol=1e-12)


def test_argmax_over_the_mixture_draws_the_nested_probabilities():
    rng_ids = np.arange(200_000, dtype=np.uint64)
    draws = Draws(5, "test", 1)
    v = np.linspace(-0.5, 0.9, ROC + 1)
    i, lam, moving = GEOGRAPHY.index("tj_urban"), 0.6, 1.0
    g = draws.gumbel(rng_ids, ROC + 1, 8)
    own, other = draws.log_stable(rng_ids, 40, lam), draws.log_stable(rng_ids, 42, lam)
    u = v - moving + lam * (g + np.where(OWN[i], own[:, None], other[:, None]))
    u[:, ROC] = v[ROC] - moving + g[:, ROC]
    u[:, i] = v[i] + g[:, i]
    share = np.bincount(u.argmax(axis=1), minlength=ROC + 1) / len(rng_ids)
    expected = choice_probabilities(v, moving, lam)[i]
    assert np.abs(share - expected).max() < 5 * np.sqrt(0.25 / len(rng_ids))
    assert OTHER[i].sum() == ROC - 2


def test_an_improved_place_gains_choosers_and_reshuffles_nobody_else():
    ids = np.arange(50_000, dtype=np.uint64)
    draws = Draws(5, "test", 2)
    v, lam, j = np.zeros(ROC + 1), 0.6, 7
    lift = np.where(OTHER[0], draws.log_stable(ids, 42, lam)[:, None], draws.log_stable(ids, 40, lam)[:, None])
    noise = lam * (draws.gumbel(ids, ROC + 1, 8) + lift)
    before = np.argmax(v + noise, axis=1)
    v[j] += 0.5
    after = np.argmax(v + noise, axis=1)
    assert np.all((after == before) | (after == j))
    assert np.count_nonzero(after == j) > np.count_nonzero(before == j)


def test_a_queue_keeps_newcomers_out_and_leaves_residents_alone():
    v = np.zeros(ROC + 1)
    queue = np.zeros(ROC + 1)
    queue[3] = np.log(4.0)
    free, queued = choice_probabilities(v, 1.0, 1.0), choice_probabilities(v, 1.0, 1.0, queue)
    np.testing.assert_array_equal(choice_probabilities(v, 1.0, 1.0, np.zeros(ROC + 1)), free)
    np.testing.assert_allclose(queued[3], free[3])
    others = np.arange(ROC + 1) != 3
    odds = (queued[others, 3] / queued[others, ROC]) / (free[others, 3] / free[others, ROC])
    np.testing.assert_allclose(odds[:-1], 0.25)
