"""Where migration ends when nothing else changes: the limits of its chain, in closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jjj_sim.draws import Draws
from jjj_sim.laws.choice import choice_probabilities, pair_probabilities
from jjj_sim.regions.jingjinji.statistics.geography import N_EDUCATION, N_ZONES, REGION, ROC
from jjj_sim.state.residents import BAND_OF_AGE

PLACES = ROC + 1
ADULTS = np.flatnonzero(BAND_OF_AGE == 2)
utilities = st.lists(st.floats(-4, 4), min_size=PLACES, max_size=PLACES).map(np.array)


def stationary(p):
    """The distribution that a chain with rows p leaves as it is."""
    system = np.vstack([p.T - np.eye(len(p)), np.ones(len(p))])
    return np.linalg.lstsq(system, np.append(np.zeros(len(p)), 1.0), rcond=None)[0]


@given(utilities, st.lists(st.floats(0, 5), min_size=PLACES**2, max_size=PLACES**2), st.floats(0, 4))
def test_the_chain_of_a_logit_has_the_stationary_shares_of_detailed_balance(v, costs, moving):
    w = np.exp(v)
    free = stationary(choice_probabilities(v, 0.0, 1.0, REGION.province))
    np.testing.assert_allclose(free, w / w.sum(), rtol=1e-8, atol=1e-12)
    one_cost = w * (w + np.exp(-moving) * (w.sum() - w))
    found = stationary(choice_probabilities(v, moving, 1.0, REGION.province))
    np.testing.assert_allclose(found, one_cost / one_cost.sum(), rtol=1e-8, atol=1e-12)
    c = np.reshape(costs, (PLACES, PLACES))
    c = (c + c.T) / 2.0
    np.fill_diagonal(c, 0.0)
    paired = w * (np.exp(-c) @ w)
    found = stationary(pair_probabilities(v - c, 1.0, REGION.province))
    np.testing.assert_allclose(found, paired / paired.sum(), rtol=1e-8, atol=1e-12)


def closed_region(twin, moving):
    """Migration of adults of 25-44 alone, no nests, the border shut, unequal zones by class; and w = exp V."""
    process = next(p for p in twin.processes if p.name == "migration")
    process.dissimilarity, process.moving, process.reconsider = 1.0, moving, 0.1
    utility = np.zeros((4, N_EDUCATION, (N_ZONES + 1), PLACES))
    ids = np.arange(N_EDUCATION * (N_ZONES + 1), dtype=np.uint64)
    utility[:] = Draws(3, "chains", 0).normal(ids[:, None], 2 * np.arange(PLACES)).reshape(utility.shape[1:])
    utility[..., ROC] = -np.inf
    table = process.table(twin)
    choice = choice_probabilities(utility, moving, 1.0, REGION.province)
    table = table._replace(utility=utility, choice=choice, moving=moving, dissimilarity=1.0)
    table = table._replace(arrivals=0.0 * table.arrivals, conversion=np.zeros(N_ZONES))
    twin.people[...] = 0.0
    return process, table, np.exp(utility[1, :, :, :N_ZONES]).transpose(2, 0, 1)


def shares(twin):
    """Shares of zones in each class, (n_zones, n_education, n_origins)."""
    people = twin.people[..., ADULTS].sum(axis=3)
    return people / people.sum(axis=0)


def test_without_costs_the_twin_forgets_where_people_were_at_the_rate_of_reconsidering(twin):
    process, table, w = closed_region(twin, 0.0)
    twin.people[0, :, :, ADULTS] = 1.0
    limit, start = w / w.sum(axis=0), shares(twin)
    mu = process.hazards()[1][:, None]
    for quarter in range(1, 9):
        process.expect(twin, table)
        expected = limit + (1.0 - mu) ** quarter * (start - limit)
        np.testing.assert_allclose(shares(twin), expected, rtol=1e-10, atol=1e-14)
    assert 0.05 < mu.min() < mu.max() < 0.2


@pytest.mark.parametrize("moving", [1.0, 2.5])
def test_with_a_cost_of_moving_the_twin_rests_at_detailed_balance(twin, moving):
    process, table, w = closed_region(twin, moving)
    weight = w * (w + np.exp(-moving) * (w.sum(axis=0) - w))
    rest = weight / weight.sum(axis=0)
    twin.people[..., ADULTS] = 1e3 * rest[..., None]
    process.expect(twin, table)
    np.testing.assert_allclose(shares(twin), rest, rtol=1e-12)
    twin.people[1:, :, :, ADULTS] = 0.0
    for _ in range(400):
        process.expect(twin, table)
    np.testing.assert_allclose(shares(twin), rest, rtol=0.02)
    assert twin.flows.moves[:, ROC].sum() == 0.0
