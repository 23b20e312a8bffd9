"""Counterparts of the article's figures that come from lists of events."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.indicators import area_value
from jjj_sim.running.clock import announce
from jjj_sim.scenario.load import load_scenario
from jjj_sim.state.world import World


def read(name, t, zone):
    """An indicator of a zone in quarter `t` of the baseline, of which nothing has been lived but what levers say."""
    world = World(load_scenario("baseline").plan(), 1, twin=True, processes=[])
    world.t = t
    announce(world)
    return area_value(world, name, np.array([JJJ.index(zone)]))


def test_headquarters_count_from_their_quarter_on():
    quarters = {"2024Q3": 46, "2024Q4": 47, "2025Q4": 51, "2026Q3": 54}
    found = {q: read("soe_headquarters_moved", t, "xiongan") for q, t in quarters.items()}
    assert found == {"2024Q3": 0.0, "2024Q4": 1.0, "2025Q4": 3.0, "2026Q3": 4.0}
    assert read("soe_headquarters_moved", 51, "bj_subcentre") == 0.0


def test_municipal_offices_by_jobs():
    assert read("municipal_offices_moved", 23, "bj_subcentre") == 0.0
    assert read("municipal_offices_moved", 24, "bj_subcentre") == pytest.approx(50.0)
    assert read("municipal_offices_moved", 43, "bj_subcentre") == pytest.approx(100.0)


def test_services_across_provinces_follow_their_path():
    assert read("cross_province_services", 47, "bj_core") == pytest.approx(1053.0)
    assert read("cross_province_services", 4, "bj_core") == 0.0
