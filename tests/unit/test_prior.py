"""Priors against hand numbers: their quantiles, cut at the bounds and never piled up on them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jjj_sim.param import Param
from jjj_sim.prior import LogisticBeta, LogNormal, LogUniform, Normal, Triangular, Uniform

ALL = (
    Normal(1.2, 0.3),
    Uniform(-1.0, 9.0),
    Triangular(0.5, 1.0, 4.0),
    LogNormal(1.0, 0.3),
    LogUniform(0.5, 2.0),
    LogisticBeta(4.0, 6.0),
)


def param(prior, default=1.0, lo=0.0, hi=4.0, **more):
    return Param(default, "1", lo, hi, "", prior, "[A]", **more)


@pytest.mark.parametrize(
    ("prior", "middle"),
    [
        (None, 1.0),
        (Normal(1.2, 0.3), 1.2),
        (Normal(0.05, 0.02), 0.05012),
        (Uniform(0.0, 4.0), 2.0),
        (LogUniform(0.5, 2.0), 1.0),
        (LogNormal(1.0, 0.3), 1.0),
        (Triangular(0.0, 1.0, 4.0), 4.0 - math.sqrt(6.0)),
    ],
)
def test_the_middle_of_each(prior, middle):
    assert param(prior).draw(0.5) == pytest.approx(middle, rel=5e-3)


def test_quantiles_by_hand():
    assert Normal(1.2, 0.3).quantile(0.9772498680518208) == pytest.approx(1.8)
    assert LogNormal(1.37, 0.15).quantile(0.8413447460685429) == pytest.approx(1.37 * math.exp(0.15))
    assert LogUniform(0.5, 2.0).quantile(0.25) == pytest.approx(0.5 * 2.0**0.5)
    assert Triangular(0.0, 1.0, 4.0).quantile(0.25) == pytest.approx(1.0)
    share = 1.0 / (1.0 + math.exp(-LogisticBeta(4.0, 6.0).quantile(0.5)))
    assert share == pytest.approx(0.393, abs=2e-3)


def test_a_prior_is_cut_at_the_bounds_not_piled_up_on_them():
    cut = param(Normal(0.0, 1.0), default=0.5, lo=0.0, hi=1.0)
    draws = [cut.draw((i + 0.5) / 1000) for i in range(1000)]
    assert 0.0 < min(draws) < max(draws) < 1.0
    assert len(set(draws)) == 1000
    half = Normal(0.0, 1.0).quantile(0.25 + 0.5 * 0.8413447460685429)
    assert cut.draw(0.5) == pytest.approx(half)


@given(st.sampled_from(ALL), st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6))
def test_draws_rise_stay_within_bounds_and_invert_the_chance(prior, u, v):
    low, high = sorted((u, v))
    bounded = param(prior, default=1.0, lo=-2.5, hi=2.0)
    assert -2.5 <= bounded.draw(low) <= bounded.draw(high) <= 2.0
    assert prior.chance(prior.quantile(u)) == pytest.approx(u, abs=1e-9)


def test_what_is_told_of_a_prior():
    assert param(None).told() == "fixed"
    assert param(Normal(0.25, 0.1), decides_alone=True).told() == "N(0.25, 0.1), decides alone"
    assert str(LogNormal(1.37, 0.15)) == "log-normal(1.37, log sd 0.15)"
