"""The housing market alone settles after a shock, anywhere in the bounds of its parameters."""

import itertools

import numpy as np
import pytest
from economy import economy
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from jjj_sim.processes.housing import Housing

LATE = 4 * 400
BOUNDS = {name: (p.lo, p.hi) for name, p in Housing.parameters().items()}
_OPENED = economy()


def cleared(parameters):
    """The opened economy long after the census, everything but Housing frozen, its market cleared."""
    world, h = _OPENED, Housing(**parameters)
    world.t = LATE
    h.open(world)
    world.tables.xiongan_housing[...] = 0.0
    stocks = world.stocks
    stocks.price_reference = world.tables.house_price / world.tables.national_deflator[3]
    return world, h


def swings(path):
    """How far a path goes from one turning point to the next, in time."""
    steps = np.diff(path)
    turns = np.flatnonzero(steps[1:] * steps[:-1] < 0) + 1
    return np.abs(np.diff(path[turns]))


@limits(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({name: st.floats(lo, hi) for name, (lo, hi) in BOUNDS.items()}), st.booleans())
def test_swings_never_grow(parameters, people):
    world, h = cleared(parameters)
    before = world.people.copy(), world.tables.labour_income.copy()
    try:
        world.tables.labour_income[...] *= 1.1
        if people:
            world.people *= 1.1
        logs = []
        for _ in range(400):
            world.flows.clear()
            h.settle(world)
            logs.append(np.log(world.stocks.fundamental_price))
    finally:
        world.people[...], world.tables.labour_income[...] = before
    logs = np.array(logs)
    assert np.abs(logs[-1] - logs[-101]).max() < 0.05 * np.ptp(logs[:100], axis=0).max()
    for path in logs.T:
        found = swings(path)
        assert all(found[k] <= found[:k].max() for k in range(1, len(found)))


def spectral_radius(adjust, elasticity, inertia, build, eta):
    """Largest root of the recursion of log price, its growth and log stock, builders at work."""
    stock = np.array([build * eta, 0.0, 1.0 - build])
    growth = np.array([-adjust * elasticity, inertia, 0.0]) - adjust * stock
    price = np.array([1.0, 0.0, 0.0]) + growth
    return np.abs(np.linalg.eigvals(np.array([price, growth, stock]))).max()


@pytest.mark.parametrize("eta", [0.05, 1.0, 2.0, 4.0])
def test_the_linear_market_is_stable_at_every_corner(eta):
    corners = itertools.product((0.02, 0.3), (0.8, 1.1), (0.0, 0.6), (0.01, 0.05, 0.15))
    assert max(spectral_radius(*corner, eta) for corner in corners) < 0.995


def test_beyond_the_bound_it_is_not():
    assert spectral_radius(0.3, 0.8, 0.6, 0.15, 5.0) > 1.0
    assert BOUNDS["supply_xiongan"][1] <= 4.0
