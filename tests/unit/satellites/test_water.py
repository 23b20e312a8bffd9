"""Water by hand: four uses, what is pumped for them, the ground and its springs, works against load, sections."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.satellites.water import Water, fallen

BEIJING, TIANJIN, HEBEI = range(3)
INNER, CHENGDE = map(JJJ.index, ("bj_inner", "chengde"))
HOUSEHOLDS, INDUSTRY, FARMS, ECOLOGY = range(4)
PEOPLE = 1e6


def lived(law, n=1, *, start=0, budget=1.0, industry=1.0, paid=0.0, people=PEOPLE):
    """A world of a million people a zone and the industry of 2013, from quarter `start` on, after `n` quarters."""
    world = world_of(law)
    law.open(world)
    world.people[...] = 0.0
    world.people[:, 0, 0, 30] = people
    t = world.tables
    t.construction_deflator = 1.0
    t.budget_spending = np.full(JJJ.n_zones, budget)
    t.value_added = world.data.output.value_added_2013 / 4.0 * industry
    world.flows.ecological_compensation[INNER, CHENGDE] = paid
    for step in range(n):
        world.t = 0 if step == 0 else start + step
        law.act(world)
    return world


def by_province(values):
    return np.bincount(JJJ.inner_province, weights=values)


def test_the_four_uses_of_2013():
    world = lived(Water(JJJ))
    use, data = 4.0 * world.satellites["water_use"], world.data.water
    assert use[HOUSEHOLDS, INNER] == pytest.approx(data.a_resident.of(2013)[BEIJING] * PEOPLE)
    saved = np.exp(0.08 * 1.5 / 4.0)
    assert by_province(use[INDUSTRY]) == pytest.approx(data.industry_2013 * saved)
    assert by_province(use[FARMS]) == pytest.approx(data.farms.of(2013))
    assert by_province(use[ECOLOGY]) == pytest.approx(data.ecology.of(2013))


def test_industry_saves_early_and_less_later():
    """From the middle of 2013 to that of 2020's last quarter 7.5 years, and two quarters on at the later pace."""
    law = Water(JJJ, saving_early=0.08, saving_late=0.04)
    use = by_province(lived(law, 2, start=quarters.parse("2021Q2")).satellites["water_use"][INDUSTRY]) * 4.0
    expected = np.exp(-0.08 * (32 - 1.5) / 4.0 - 0.04 * 2 / 4.0)
    assert use / lived(law).data.water.industry_2013 == pytest.approx(np.full(3, expected))


def test_what_is_used_is_supplied_and_the_ground_gives_the_rest():
    for start in (0, quarters.parse("2019Q1")):
        world = lived(Water(JJJ), 2, start=start)
        use = by_province(world.satellites["water_use"].sum(axis=0))
        assert world.satellites["water_supply"].sum(axis=0) == pytest.approx(use)
    brought = world.satellites["water_supply"][0]
    assert brought[BEIJING] == pytest.approx(world.data.water.transferred.of(2019)[BEIJING] / 4.0)


def test_little_use_is_not_pumped_and_no_supply_is_below_zero():
    supply = lived(Water(JJJ), 2, start=quarters.parse("2019Q1"), people=0.0).satellites["water_supply"]
    assert supply[2, TIANJIN] == 0.0
    assert (supply >= 0.0).all()


def test_the_ground_falls_by_what_is_pumped_beyond_what_comes():
    world = lived(Water(JJJ, recharge=1.0))
    data, kept = world.data.water, world.satellites
    expected = 24.27 + (kept["water_supply"][2, BEIJING] - 0.25e9) / data.ground[BEIJING]
    assert kept["groundwater_depth"][BEIJING] == pytest.approx(expected)
    assert kept["groundwater_depth"][BEIJING] - 24.27 == pytest.approx(fallen(world)[BEIJING])
    assert kept["groundwater_depth"][TIANJIN] == 0.0


def test_what_rises_above_the_springs_runs_off():
    world = lived(Water(JJJ, recharge=4.0), 80, people=0.0)
    kept = world.satellites
    assert kept["groundwater_depth"][BEIJING] == pytest.approx(7.24)
    net = kept["groundwater_recharged"] - kept["water_supply"][2]
    assert kept["groundwater_spilled"][BEIJING] == pytest.approx(net[BEIJING])


def test_sections_of_the_opening_are_the_published_ones():
    law = Water(JJJ)
    world = world_of(law)
    law.open(world)
    data, kept = world.data.water, world.satellites
    assert 100.0 * kept["water_good"] == pytest.approx(data.good_2013)
    assert 100.0 * kept["water_inferior"] == pytest.approx(data.inferior_2013)
    assert (data.good_2013 + data.inferior_2013 < 100.0).all()


def test_good_sections_go_with_load_over_flow():
    """With no industry and no farms' load twice the people are twice the load."""
    law = Water(JJJ, good=0.9, inferior=2.0, dirt_industry=0.0, dirt_farms=0.0)
    odds = [_odds(lived(law, people=n * PEOPLE).satellites["water_good"]) for n in (1, 2)]
    bad = [_odds(lived(law, people=n * PEOPLE).satellites["water_inferior"]) for n in (1, 2)]
    assert odds[1] - odds[0] == pytest.approx(np.full(3, -0.9 * np.log(2.0)))
    assert bad[1] - bad[0] == pytest.approx(np.full(3, 2.0 * np.log(2.0)))


def _odds(share):
    return np.log(share / (1.0 - share))


def test_works_are_spent_and_wear():
    world = lived(Water(JJJ, part=0.02), budget=2.0)
    spent = 0.02 * 2.0 * np.bincount(JJJ.inner_province)
    first = 4.0 * spent / 0.15
    assert world.satellites["water_works_first"] == pytest.approx(first)
    assert world.satellites["water_works"] == pytest.approx(first * (1.0 - 0.05 / 4.0) + spent)


def test_compensation_cleans_the_water_of_those_who_receive_it_alone():
    law = Water(JJJ)
    without, paid = world_after(law, 0.0), world_after(law, 0.2)
    assert paid["water_good"][HEBEI] > without["water_good"][HEBEI]
    assert paid["water_inferior"][HEBEI] < without["water_inferior"][HEBEI]
    assert paid["water_good"][[BEIJING, TIANJIN]] == pytest.approx(without["water_good"][[BEIJING, TIANJIN]])


def world_after(law, amount):
    """Two years in which from the second quarter on `amount` is paid to a zone upstream."""
    world = lived(law)
    world.flows.ecological_compensation[INNER, CHENGDE] = amount
    for step in range(1, 8):
        world.t = step
        law.act(world)
    return world.satellites


def test_another_set_of_sections_is_a_step_in_what_is_reported_alone():
    before, after = (
        lived(Water(JJJ), 2, start=quarters.parse(quarter) - 1).satellites for quarter in ("2020Q4", "2021Q1")
    )
    assert before["water_good_reported"] == pytest.approx(before["water_good"])
    step = _odds(after["water_good_reported"]) - _odds(after["water_good"])
    assert step == pytest.approx([0.0, np.log(0.444 / 0.556) - np.log(0.55 / 0.45), 0.0])
