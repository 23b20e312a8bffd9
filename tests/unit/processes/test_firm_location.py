"""The nested draw that all moving firms share, against its probabilities and its limits."""

import numpy as np
import pytest
from scipy.special import softmax

from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY, ROC
from jjj_sim.processes.firm_location import choose, inclusive_value, outside_probabilities
from jjj_sim.processes.nested_logit import pair_probabilities

N = 30_000
LUCK = Draws(11, "firm_location", 3)
IDS = LUCK.child(np.arange(N, dtype=np.uint64), 5)
VALUE = np.sin(np.arange(ROC + 1) * 1.7)
INNER = np.full(N, 1)


def shares(value, dissimilarity):
    j = choose(np.tile(value, (N, 1)), INNER, IDS, LUCK, dissimilarity)
    return np.bincount(j, minlength=ROC + 1) / N


@pytest.mark.parametrize("dissimilarity", [0.5, 0.7, 1.0])
def test_frequencies_are_the_nested_probabilities(dissimilarity):
    p = pair_probabilities(np.tile(VALUE, (ROC + 1, 1)), dissimilarity)[1]
    np.testing.assert_allclose(shares(VALUE, dissimilarity), p, atol=4 * np.sqrt(0.25 / N))


def test_without_nests_it_is_the_plain_logit():
    np.testing.assert_allclose(pair_probabilities(np.tile(VALUE, (ROC + 1, 1)), 1.0)[1], softmax(VALUE))
    j = choose(np.tile(VALUE, (N, 1)), INNER, IDS, LUCK, 1.0)
    np.testing.assert_array_equal(j, np.argmax(VALUE + LUCK.gumbel(IDS, ROC + 1, 8), axis=1))


def test_those_who_must_leave_never_stay_in_their_province():
    value = np.where(np.append(GEOGRAPHY.in_region("beijing"), False), -np.inf, VALUE)
    p = outside_probabilities(value, 0.7)
    assert p.sum() == pytest.approx(1.0)
    assert np.all(p[np.isinf(value)] == 0)
    np.testing.assert_allclose(shares(value, 0.7), p, atol=4 * np.sqrt(0.25 / N))


def test_adding_a_constant_changes_the_inclusive_value_by_it_and_no_choice():
    assert inclusive_value(VALUE + 2.5, 0.7) == pytest.approx(inclusive_value(VALUE, 0.7) + 2.5)
    np.testing.assert_allclose(outside_probabilities(VALUE + 2.5, 0.7), outside_probabilities(VALUE, 0.7))


def test_a_better_place_gains_choosers_and_reshuffles_nobody_else():
    raised = VALUE.copy()
    raised[9] += 0.4
    before = choose(np.tile(VALUE, (N, 1)), INNER, IDS, LUCK, 0.7)
    after = choose(np.tile(raised, (N, 1)), INNER, IDS, LUCK, 0.7)
    changed = before != after
    assert changed.any()
    assert np.all(after[changed] == 9)
