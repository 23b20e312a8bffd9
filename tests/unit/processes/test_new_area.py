"""The new area: money becomes sites, people at the sites, and a pull, by hand numbers."""

import dataclasses

import numpy as np
import pytest
from plans import JJJ, flat
from stand_ins import make_world, settle

from jjj_sim.policy.plan import Event, LeverPlan

XIONGAN = JJJ.index("xiongan")


def _invest(level, *points):
    return LeverPlan("xiongan_investment", flat(level, *points))


def test_a_quarter_of_investment_by_hand():
    world = make_world(xiongan_investment=_invest(200.0))
    world.tables.construction_deflator = 1.25
    settle(world)
    assert world.tables.new_area_investment == pytest.approx(50.0)
    assert world.tables.new_area_construction == pytest.approx(0.15 * 0.25 * 0.70 * 40.0)
    assert world.tables.new_area_construction_jobs == pytest.approx(4 * 0.25 * 0.70 * 40e9 / 168_000)
    assert world.tables.new_area_public_capital == pytest.approx(1.0)
    assert world.tables.new_area_housing == pytest.approx(4e9 / 7000)
    assert world.stocks.new_area_invested == pytest.approx(50.0)


def test_centre_pays_xiongans_government():
    world = settle(make_world(xiongan_investment=_invest(200.0)))
    assert world.ledger.net[3, 0] == pytest.approx(-50.0)
    assert world.ledger.net[2, XIONGAN] == pytest.approx(50.0)  # what it buys with it is paid in Demand
    assert world.tables.new_area_works == pytest.approx(50.0 * 0.105)


def test_builders_come_fast_and_leave_with_a_hazard():
    world = make_world(xiongan_investment=_invest(0.0, (1, 200.0), (2, 200.0), (3, 0.0)))
    posts = 4 * 0.25 * 0.70 * 50e9 / 168_000
    found = [float(settle(world).memory.new_area_builders) for _ in range(5)]
    expected = [0.0, 0.5, 0.75, 0.75 * 0.75, 0.75 * 0.75**2]
    np.testing.assert_allclose(found, posts * np.array(expected))


def test_pull_counts_resident_builders_relative_to_the_labour_force():
    world = make_world(xiongan_investment=_invest(100.0))
    builders = 0.25 * 0.70 * 100e9 / 168_000
    found = world.tables.settlement_pull
    assert found[XIONGAN] == pytest.approx(2.0 * np.log1p(0.5 * builders / world.tables.labour_force[XIONGAN]))
    assert np.count_nonzero(found) == 1


def test_named_moves_pull_to_the_destination_and_away_from_the_origin():
    core, subcentre = JJJ.index("bj_core"), JJJ.index("bj_subcentre")
    moves = {
        "headquarters_moves": {
            "a": Event(2, {"jobs": 1000.0}, {"origin": "bj_core"}),
            "b": Event(None, {"jobs": 9e9}),
        },
        "university_hospital_moves": {"c": Event(2, {"jobs": 100.0, "students": 4000.0})},
        "subcentre_move": {"d": Event(0, {"jobs": 500.0})},
    }
    world = make_world(**{k: LeverPlan(k, events=v) for k, v in moves.items()})
    process = world.processes[1]
    posts = {t: (setattr(world, "t", t), process.named_posts(world))[1] for t in (1, 2, 12, 40)}
    assert posts[1][XIONGAN] == 0.0
    assert posts[2][XIONGAN] == pytest.approx(0.35 * 5100)
    assert posts[2][core] == pytest.approx(-0.35 * 1000 - 0.385 * 500)  # offices for the sub-centre leave the core
    assert posts[12][XIONGAN] == pytest.approx(0.525 * 5100)
    assert posts[40][XIONGAN] == pytest.approx(0.70 * 5100)
    assert posts[40][subcentre] == pytest.approx(0.70 * 500)
    process.act(world)
    for drawn in (world.tables.posts_drawn, world.tables.settlement_pull):
        assert drawn[core] < 0.0 < drawn[subcentre]


def test_posts_of_offers_pull_as_those_of_named_moves_do():
    core = JJJ.index("bj_core")
    world = make_world()
    process, posts = world.processes[1], np.zeros((21, JJJ.n_zones))
    posts[[0, 10, 20], XIONGAN] = 1000.0
    posts[10, core] = -1000.0
    world.memory.offer_posts = posts
    relative = np.array([(0.35 + 0.525 + 0.70) * 1000.0, -525.0]) / world.tables.labour_force[[XIONGAN, core]]
    process._draw(world)
    np.testing.assert_allclose(world.tables.posts_drawn[[XIONGAN, core]], relative)
    np.testing.assert_allclose(world.tables.settlement_pull[[XIONGAN, core]], 2.0 * np.log1p(relative))


def test_more_investment_never_pulls_less():
    pulls = [
        settle(make_world(xiongan_investment=_invest(level)), 8).tables.settlement_pull[XIONGAN]
        for level in (0.0, 100.0, 200.0, 400.0)
    ]
    assert pulls[0] == 0.0
    assert (np.diff(pulls) > 0.0).all()


def test_a_region_without_a_new_area_builds_none():
    world = make_world(xiongan_investment=_invest(200.0))
    process = world.processes[1]
    process.region = dataclasses.replace(JJJ, roles={})
    process.open(world)
    settle(world, 2)
    assert world.tables.new_area_construction_jobs == world.tables.new_area_housing == 0.0
    assert world.memory.new_area_builders == world.stocks.new_area_invested == 0.0
    assert not world.tables.settlement_pull.any()
