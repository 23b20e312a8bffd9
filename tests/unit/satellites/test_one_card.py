"""Counts of shared services by hand: published points, the line between, held after, moved by items opened."""

from dataclasses import replace

import numpy as np
import pytest
from plans import JJJ, flat, idle
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.indicators import area_value
from jjj_sim.policy.registry import levers
from jjj_sim.satellites.one_card import OneCard


def told(quarter, law=None, items=None, published=1000.0):
    """The counts of a quarter, under so many `items` for those `published`."""
    lever = idle(levers(JJJ)["service_portability"])
    world = world_of(law or OneCard(JJJ), service_portability=replace(lever, path=flat(published)))
    world.policy.portable_services_as_published = published
    world.policy.portable_services = published if items is None else items
    world.t = quarters.parse(quarter)
    world.processes[0].act(world)
    return world


def test_published_points_stand_at_the_ends_of_their_years():
    for quarter, expected in (("2013Q1", 0.0), ("2023Q4", 25.0), ("2024Q4", 44.0), ("2030Q4", 44.0)):
        assert told(quarter).satellites["one_card_services"] == expected
    assert told("2024Q4").satellites["ftz_same_standard_items"] == 230.0
    assert told("2016Q4").satellites["recognising_institutions"] == 132.0
    assert told("2024Q2").satellites["one_card_services"] == pytest.approx(34.5)


def test_counts_move_with_the_items_open_across_provinces():
    base, more, none = (told("2024Q4", items=items) for items in (1000.0, 1500.0, 0.0))
    for name in OneCard.keeps:
        assert more.satellites[name] == pytest.approx(1.5 * base.satellites[name])
        assert none.satellites[name] == 0.0
    apart = told("2024Q4", OneCard(JJJ, together=0.0), items=1500.0)
    assert apart.satellites["one_card_services"] == 44.0


def test_without_published_items_the_paths_stand():
    assert told("2024Q4", published=0.0).satellites["one_card_services"] == 44.0


def test_the_share_open_is_the_cores():
    world = told("2024Q4")
    world.tables.portability = 0.5
    assert area_value(world, "services_open_elsewhere", np.arange(JJJ.n_zones)) == 50.0
