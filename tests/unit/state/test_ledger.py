"""The ledger: from a payer to a payee, in every shape of amount, and always zero in all."""

import numpy as np
import pytest

from jjj_sim.evidence.geography import N_ZONES
from jjj_sim.state.ledger import ACCOUNTS, Ledger

HOUSEHOLDS, FIRMS, LOCAL, CENTRE, OUTSIDE = range(len(ACCOUNTS))


def test_a_number_a_zone_between_zonal_accounts_and_its_sum_at_a_central_one():
    ledger, amount = Ledger(), np.arange(N_ZONES, dtype=float)
    ledger.pay("a", payer="firms", payee="local_gov", amount=amount)
    ledger.pay("b", payer="local_gov", payee="centre", amount=amount)
    np.testing.assert_array_equal(ledger.net[FIRMS], -amount)
    np.testing.assert_array_equal(ledger.net[LOCAL], 0.0)
    assert ledger.net[CENTRE, 0] == amount.sum()
    assert ledger.entries == {"a": amount.sum(), "b": amount.sum()}


def test_a_scalar_goes_through_the_first_column():
    ledger = Ledger()
    ledger.pay("a", payer="rest_of_china", payee="centre", amount=3.0)
    assert (ledger.net[OUTSIDE, 0], ledger.net[CENTRE, 0]) == (-3.0, 3.0)


def test_a_matrix_runs_from_the_payers_zone_to_the_payees():
    ledger, amount = Ledger(), np.zeros((N_ZONES, N_ZONES))
    amount[2, 5], amount[2, 7], amount[5, 2] = 4.0, 1.0, 0.5
    ledger.pay("a", payer="local_gov", payee="local_gov", amount=amount)
    ledger.pay("b", payer="households", payee="firms", amount=amount)
    np.testing.assert_array_equal(ledger.net[LOCAL, [2, 5, 7]], [-4.5, 3.5, 1.0])
    assert ledger.net[HOUSEHOLDS, 2] == -5.0
    assert ledger.net[FIRMS, 5] == 4.0
    assert ledger.net.sum() == pytest.approx(0.0)
    assert ledger.entries["a"] == 5.5
