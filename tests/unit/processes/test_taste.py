"""What is bought of each sector, and how the nation's structure moves it."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.processes import taste
from jjj_sim.processes.demand import Demand
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS
from jjj_sim.regions.jingjinji.statistics.input_output import final_use, requirements, value_added_ratio

EPS = Demand(JJJ).elasticities()
ONES = np.ones(N_SECTORS)
MADE = taste.technique(JJJ.tables())


def test_neutral_taste_is_the_table():
    use = taste.shares(MADE, ONES)
    np.testing.assert_allclose(use.inputs, requirements())
    np.testing.assert_allclose(use.government, final_use("government_consumption"))
    np.testing.assert_allclose(
        taste.goods(MADE, ONES, ONES, np.array(1.0), 0.5, EPS), final_use("household_consumption")
    )


def test_taste_moves_shares_by_hand_and_leaves_value_added():
    lam = ONES.copy()
    lam[5] = 2.0
    use = taste.shares(MADE, lam)
    i = final_use("capital_formation")
    assert use.investment[5] == pytest.approx(2 * i[5] / (1 + i[5]))
    np.testing.assert_allclose(1 - use.inputs.sum(axis=0), value_added_ratio())
    a = requirements()
    assert use.inputs[5, 3] / use.inputs[1, 3] == pytest.approx(2 * a[5, 3] / a[1, 3])


def test_the_nation_buys_what_it_makes():
    opening = taste.national_value_added(MADE, ONES, ONES)
    growth = np.array([1.2, 1.3, 1.9, 1.4, 1.6, 2.4, 1.6, 1.9, 1.8])
    price = np.array([1.3, 1.0, 0.9, 1.3, 1.2, 1.1, 1.2, 1.3, 1.3])
    added = taste.national_value_added(MADE, growth, price)
    real = float((added / price).sum() / opening.sum())
    lam = ONES
    for _ in range(30):
        lam = taste.renewed(MADE, lam, added, opening, price, real, 0.5, EPS)
    abroad = taste._gap(MADE, ONES, opening, ONES, 1.0, 0.5, EPS) / opening.sum()
    left = taste._gap(MADE, lam, added, price, real, 0.5, EPS) - abroad * added.sum()
    np.testing.assert_allclose(left / added.sum(), 0.0, atol=1e-6)
    assert np.average(lam, weights=added) == pytest.approx(1.0)
    assert lam[5] > 1.0 > lam[1]


def test_nothing_moves_while_the_nation_does_not():
    opening = taste.national_value_added(MADE, ONES, ONES)
    np.testing.assert_allclose(taste.renewed(MADE, ONES, opening, opening, ONES, 1.0, 0.5, EPS), 1.0)
