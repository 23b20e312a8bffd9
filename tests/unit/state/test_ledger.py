"""The ledger: from a payer to a payee, in every shape of amount, and always zero in all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES
from jjj_sim.state.ledger import ACCOUNTS, Ledger

HOUSEHOLDS, FIRMS, LOCAL, CENTRE, OUTSIDE = range(len(ACCOUNTS))


def test_a_number_a_zone_between_zonal_accounts_and_its_sum_at_a_central_one():
    ledger, amount = Ledger(N_ZONES), np.arange(N_ZONES, dtype=float)
    ledger.pay("a", payer="firms", payee="local_gov", amount=amount)
    ledger.pay("b", payer="local_gov", payee="centre", amount=amount)
    np.testing.assert_array_equal(ledger.net[FIRMS], -amount)
    np.testing.assert_array_equal(ledger.net[LOCAL], 0.0)
    assert ledger.net[CENTRE, 0] == amount.sum()
    assert ledger.entries == {"a": amount.sum(), "b": amount.sum()}


def test_a_scalar_goes_through_the_first_column():
    ledger = Ledger(N_ZONES)
    ledger.pay("a", payer="rest_of_china", payee="centre", amount=3.0)
    assert (ledger.net[OUTSIDE, 0], ledger.net[CENTRE, 0]) == (-3.0, 3.0)


def test_a_matrix_runs_from_the_payers_zone_to_the_payees():
    ledger, amount = Ledger(N_ZONES), np.zeros((N_ZONES, N_ZONES))
    amount[2, 5], amount[2, 7], amount[5, 2] = 4.0, 1.0, 0.5
    ledger.pay("a", payer="local_gov", payee="local_gov", amount=amount)
    ledger.pay("b", payer="households", payee="firms", amount=amount)
    np.testing.assert_array_equal(ledger.net[LOCAL, [2, 5, 7]], [-4.5, 3.5, 1.0])
    assert ledger.net[HOUSEHOLDS, 2] == -5.0
    assert ledger.net[FIRMS, 5] == 4.0
    assert ledger.net.sum() == pytest.approx(0.0)
    assert ledger.entries["a"] == 5.5


def numbers(n):
    return st.lists(st.floats(-1e4, 1e4), min_size=n, max_size=n).map(np.array)


AMOUNTS = st.one_of(st.floats(-1e4, 1e4), numbers(N_ZONES), numbers(N_ZONES).map(lambda x: np.outer(x, x[::-1]) / 1e4))
PAYMENTS = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), AMOUNTS)


@given(st.lists(PAYMENTS, max_size=6))
def test_each_payment_is_received_by_whom_it_is_due_and_all_sum_to_zero(paid):
    ledger, gross = Ledger(N_ZONES), 0.0
    for what, payer, payee, amount in paid:
        before = ledger.net.copy()
        ledger.pay(what, payer=payer, payee=payee, amount=amount)
        change, total = ledger.net - before, float(np.sum(amount))
        gross += np.abs(amount).sum()
        if payer != payee:
            np.testing.assert_allclose(change[ACCOUNTS.index(payee)].sum(), total, atol=1e-8)
            np.testing.assert_allclose(change[ACCOUNTS.index(payer)].sum(), -total, atol=1e-8)
        np.testing.assert_allclose(change.sum(), 0.0, atol=1e-8)
    assert abs(ledger.net.sum()) <= 1e-12 * max(gross, 1.0)
    np.testing.assert_allclose(sum(ledger.entries.values()), sum(np.sum(p[3]) for p in paid), atol=1e-8)
    ledger.clear()
    assert not ledger.net.any()
    assert not ledger.entries
