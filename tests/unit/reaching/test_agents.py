"""What members with agents say of a probability, by hand."""

import numpy as np
import pytest

from jjj_sim.reaching.agents import Agents


def agents(k, n, before=0):
    met = np.arange(n) < k
    return Agents(None, None, np.arange(n) < before, met, None)


def test_they_confirm_do_not_or_leave_it_open():
    assert agents(16, 20).says(0.8) == "confirmed"
    assert agents(15, 20).says(0.8) == "within the error"
    assert agents(8, 20).says(0.8) == "not confirmed"
    assert agents(1, 1).says(0.8) == "one member"


def test_they_tell_share_error_and_interval():
    told = agents(17, 20, before=4).told(0.8)
    assert (told["members"], told["met"], told["met_before"]) == (20, 17, 4)
    assert told["share"] == 0.85
    assert told["error"] == pytest.approx((0.85 * 0.15 / 20) ** 0.5)
    assert told["low"] < 0.8 < 0.85 < told["high"]
    assert agents(1, 1).told(0.8)["share"] is None
