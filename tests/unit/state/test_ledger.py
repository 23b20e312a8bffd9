"""A payment has a payer and a payee, whoever they are and however it is given."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jjj_sim.evidence.geography import N_ZONES
from jjj_sim.state.ledger import ACCOUNTS, Ledger

amounts = st.one_of(
    st.floats(-1e4, 1e4), st.lists(st.floats(-1e4, 1e4), min_size=N_ZONES, max_size=N_ZONES).map(np.array)
)
payments = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), amounts)


@given(st.lists(payments, max_size=6))
def test_each_payment_is_received_by_whom_it_is_due_and_all_sum_to_zero(paid):
    ledger, gross = Ledger(), 0.0
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


def test_a_zonal_payment_stays_in_its_zone_and_the_centre_pays_the_sum():
    ledger, due = Ledger(), np.arange(1.0, N_ZONES + 1)
    ledger.pay("grant", payer="centre", payee="local_gov", amount=due)
    ledger.pay("works", payer="local_gov", payee="firms", amount=0.5 * due)
    net = dict(zip(ACCOUNTS, ledger.net, strict=True))
    np.testing.assert_array_equal(net["local_gov"], 0.5 * due)
    np.testing.assert_array_equal(net["firms"], 0.5 * due)
    assert net["centre"][0] == -due.sum()
    assert ledger.entries == {"grant": due.sum(), "works": 0.5 * due.sum()}
