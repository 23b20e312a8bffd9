"""Ports by hand: containers by output near and far, feeder lines, bulk barred from the pilot's port, cargo as both."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.satellites.ports import Ports

BINHAI, TANGSHAN = map(JJJ.index, ("tj_binhai", "tangshan"))


def lived(law, grown, quarters_lived, start=0):
    """A world of one port each side, whose output and the nation's are `grown` after the first year."""
    world = world_of(law)
    t = world.tables
    for step in range(quarters_lived):
        factor = 1.0 if step < 4 else grown
        t.national_real_gdp, t.value_added = factor, np.full_like(t.value_added, factor)
        world.t = step if step < 4 else start + step
        law.act(world)
    return world


def yearly(world, name, zone):
    return 4.0 * float(world.satellites[name][zone])


def test_the_first_year_is_the_published_one():
    world = lived(Ports(JJJ), 1.0, 3)
    data = world.data.ports
    assert yearly(world, "port_containers", BINHAI) == pytest.approx(data.containers_2013[BINHAI])
    assert yearly(world, "port_cargo", BINHAI) == pytest.approx(data.cargo_2013[BINHAI])
    assert yearly(world, "port_containers", TANGSHAN) == pytest.approx(data.containers_2013[TANGSHAN])


def test_containers_go_with_output_near_and_far():
    world = lived(Ports(JJJ, containers=0.95, trade_share=0.6), 1.5, 8)
    assert yearly(world, "port_containers", BINHAI) == pytest.approx(13.01e6 * 1.5**0.95, rel=1e-9)


def test_feeder_lines_bring_containers_to_the_other_ports_alone():
    world = lived(Ports(JJJ, feeders=0.85, feeder_years=2.0), 1.0, 8)
    years = (7 - 2) / 4
    expected = world.data.ports.containers_2013[TANGSHAN] * np.exp(0.85 * (1.0 - np.exp(-years / 2.0)))
    assert yearly(world, "port_containers", TANGSHAN) == pytest.approx(expected)
    assert yearly(world, "port_containers", BINHAI) == pytest.approx(13.01e6)


def test_barred_bulk_leaves_the_pilots_port_and_none_is_lost():
    since = quarters.parse("2017Q2")
    before, after = lived(Ports(JJJ), 1.0, 8), lived(Ports(JJJ, feeders=0.0), 1.0, 8, start=since)
    bulk = 501e6 - 10.0 * 13.01e6
    assert yearly(after, "port_cargo", BINHAI) == pytest.approx(501e6 - 0.22 * bulk)
    assert 4.0 * after.satellites["port_cargo"].sum() == pytest.approx(after.data.ports.cargo_2013.sum())
    assert yearly(before, "port_cargo", BINHAI) == pytest.approx(501e6)


def test_more_output_is_more_of_everything():
    less, more = (lived(Ports(JJJ), grown, 8) for grown in (1.1, 1.2))
    for name in ("port_containers", "port_cargo"):
        assert (more.satellites[name][[BINHAI, TANGSHAN]] > less.satellites[name][[BINHAI, TANGSHAN]]).all()
