"""The housing market alone settles after a shock, anywhere in the bounds of its parameters."""

import itertools

import numpy as np
import pytest
from economy import economy
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from plans import JJJ

from damping_housing import awake, settles
from jjj_sim.processes.housing import Housing

LATE = 4 * 400
BOUNDS = {name: (p.lo, p.hi) for name, p in Housing.parameters().items() if not p.by}
DEFAULTS = {name: p.default for name, p in Housing.parameters().items() if not p.by}
ETA = Housing.parameters()["supply"]
SUPPLY = st.fixed_dictionaries({place: st.floats(ETA.lo, ETA.hi) for place in JJJ.keyed["housing.supply"]})
SHORT_OF_LAND = DEFAULTS | {"rent_elasticity": 0.8125, "adjustment": 0.0234375, "quota": BOUNDS["quota"][0]}
_OPENED = economy()


def cleared(parameters):
    """The opened economy long after the census, everything but Housing frozen, its market cleared."""
    world, h = _OPENED, Housing(JJJ, **parameters)
    world.t = LATE
    h.open(world)
    world.tables.new_area_housing[...] = 0.0
    world.memory.price_reference = world.tables.house_price / world.tables.construction_deflator
    return world, h


@limits(max_examples=60, deadline=None, derandomize=True)
@example(
    DEFAULTS | {"rent_elasticity": 0.8125, "adjustment": 0.0234375, "inertia": 0.0, "quota": BOUNDS["quota"][0]}, False
)
@given(
    st.fixed_dictionaries({name: st.floats(lo, hi) for name, (lo, hi) in BOUNDS.items()} | {"supply": SUPPLY}),
    st.booleans(),
)
def test_prices_settle_or_follow_the_stock_one_way_and_swings_never_grow(parameters, people):
    world, h = cleared(parameters)
    before = world.people.copy(), world.tables.labour_income.copy()
    try:
        world.tables.labour_income[...] *= 1.1
        if people:
            world.people *= 1.1
        logs = []
        for _ in range(400):
            world.flows.clear()
            h.act(world)
            logs.append(np.log(world.prices.fundamental_price))
    finally:
        world.people[...], world.tables.labour_income[...] = before
    assert settles(np.array(logs), drift=parameters["quota"] / parameters["rent_elasticity"])


@pytest.mark.parametrize("eta", [0.05, 1.0, 2.0, 4.0])
def test_the_linear_market_is_stable_at_every_corner(eta):
    corners = itertools.product((0.02, 0.3), (0.8, 1.1), (0.0, 0.6), (0.01, 0.05, 0.15))
    assert max(awake(*corner, eta) for corner in corners) < 0.995


def test_beyond_the_bound_it_is_not():
    assert awake(0.3, 0.8, 0.6, 0.15, 5.0) > 1.0
    assert ETA.hi <= 4.0
