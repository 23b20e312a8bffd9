"""Shapley's shares by hand: they add up, do not depend on names, and split what two do only together."""

import numpy as np
import pytest

from jjj_sim.attributing import shapley


def game(n, worth):
    """Every set of players with what `worth` says of its members, as an outcome of one number."""
    return {s: np.array([worth({i for i in range(n) if s >> i & 1})]) for s in shapley.coalitions(n)}


def test_players_that_do_not_meet_get_what_each_does():
    value = game(3, lambda s: 10.0 + sum((1.0, -2.0, 5.0)[i] for i in s))
    assert shapley.shares(value, 3)[:, 0] == pytest.approx([1.0, -2.0, 5.0])
    assert all(both[0] == pytest.approx(0.0) for both in shapley.interactions(value, 3).values())


def test_what_two_do_only_together_is_halved():
    """v = 1 for player 0, and 6 more where 1 and 2 meet: 1, 3, 3; together 6 for the pair and nothing else."""
    value = game(3, lambda s: (0 in s) + 6.0 * ({1, 2} <= s))
    assert shapley.shares(value, 3)[:, 0] == pytest.approx([1.0, 3.0, 3.0])
    together = shapley.interactions(value, 3)
    assert {pair: both[0] for pair, both in together.items()} == pytest.approx({(0, 1): 0, (0, 2): 0, (1, 2): 6})


def test_the_glove_game():
    """Two left gloves and a right one: 1/6, 1/6 and 2/3 (the textbook's numbers)."""
    value = game(3, lambda s: float(2 in s and bool(s & {0, 1})))
    assert shapley.shares(value, 3)[:, 0] == pytest.approx([1 / 6, 1 / 6, 2 / 3])


@pytest.mark.parametrize("n", [1, 2, 4, 6])
def test_shares_add_up_whatever_the_outcome(n):
    luck = np.random.default_rng(n)
    value = {s: luck.normal(size=(3, 2)) * 1e6 for s in shapley.coalitions(n)}
    whole = value[(1 << n) - 1] - value[0]
    np.testing.assert_allclose(shapley.shares(value, n).sum(axis=0), whole, rtol=1e-12)


def test_all_orders_give_the_exact_shares():
    luck = np.random.default_rng(1)
    value = {s: luck.normal(size=2) for s in shapley.coalitions(3)}
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]
    np.testing.assert_allclose(shapley.sampled_shares(value, orders), shapley.shares(value, 3), rtol=1e-12)


def test_some_orders_add_up_and_need_few_sets():
    orders = shapley.some_orders(9, 6, seed=3)
    assert len(orders) == 6
    assert orders[1] == orders[0][::-1]
    assert shapley.some_orders(9, 6, seed=3) == orders
    sets = shapley.chains(orders)
    assert sets[0] == 0
    assert (1 << 9) - 1 in sets
    assert len(sets) == len(set(sets)) <= 2 + 6 * 8
    luck = np.random.default_rng(1)
    value = {s: luck.normal(size=2) for s in sets}
    whole = value[(1 << 9) - 1] - value[0]
    np.testing.assert_allclose(shapley.sampled_shares(value, orders).sum(axis=0), whole, rtol=1e-12)
