"""Fixtures that many tests share: small worlds, opened once."""

import copy
import os

import pytest

from jjj_sim import merging, regions
from jjj_sim.draws import member_seed
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

os.environ["JJJ_SIM_STORE"] = "none"  # nothing is kept in a developer's home, and nothing is found there


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


@pytest.fixture(scope="session")
def made_four(tmp_path_factory):
    """The shipped region merged by reporting area into four zones, and what was left out."""
    source = regions.default()
    groups = merging.groups(source, merging.by_column(source, "area"))
    return merging.merge(groups, tmp_path_factory.mktemp("regions") / "four")


@pytest.fixture(scope="session")
def four(made_four):
    """A region of four zones: the capital, the second city, the new area and the rest of their province."""
    return made_four.region


@pytest.fixture(scope="session")
def four_plan(four):
    """The baseline of the region of four zones at 2,000 residents an agent."""
    return load_scenario("baseline", region=four, **{"population.residents_per_agent": 2000}).plan()


@pytest.fixture(scope="session")
def _opened_four(four_plan):
    return {twin: clock.build(four_plan, member_seed(1, 0), twin=twin) for twin in (False, True)}


@pytest.fixture
def world_four(_opened_four):
    """A world of agents on four zones at the opening of 2013Q1."""
    return copy.deepcopy(_opened_four[False])


@pytest.fixture
def twin_four(_opened_four):
    """The twin on four zones at the opening of 2013Q1."""
    return copy.deepcopy(_opened_four[True])
