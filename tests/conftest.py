"""Fixtures that many tests share: small worlds, opened once."""

import copy

import pytest

from jjj_sim.draws import member_seed
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario


@pytest.fixture(scope="session")
def plan():
    """The baseline at 2,000 residents an agent."""
    return load_scenario("baseline", **{"population.residents_per_agent": 2000}).plan()


@pytest.fixture(scope="session")
def _opened(plan):
    return {twin: clock.build(plan, member_seed(1, 0), twin=twin) for twin in (False, True)}


@pytest.fixture
def world(_opened):
    """A world of agents at the opening of 2013Q1."""
    return copy.deepcopy(_opened[False])


@pytest.fixture
def twin(_opened):
    """The twin at the opening of 2013Q1."""
    return copy.deepcopy(_opened[True])
