"""Steel by hand: the curve of grade A and its lever, what it spares, output under the cap and the change of count."""

import numpy as np
import pytest
from plans import JJJ, flat, idle
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.policy.registry import levers
from jjj_sim.running import clock
from jjj_sim.satellites.steel import Steel

URBAN, TANGSHAN, HANDAN = map(JJJ.index, ("tj_urban", "tangshan", "handan"))
MAKERS = JJJ.in_role("steel")


def lived(law, quarter, *, grown=1.0, cap=1e3, pace=1.0, saved=0.0, emitted=1.0):
    """A world that lived from 2019Q1 to `quarter`, the opening before it."""
    world = world_of(law)
    world.policy.steel_capacity, world.policy.abatement_pace = cap, pace
    world.tables.emissions_by_source[MAKERS] = 1.0
    law.act(world)
    world.tables.emissions_by_source[MAKERS] = emitted
    world.tables.value_added = world.data.output.value_added_2013 / 4.0 * grown
    world.memory.material_saving = saved
    first = quarters.parse("2019Q1")
    for t in range(min(first, quarters.parse(quarter)), quarters.parse(quarter) + 1):
        world.t = t
        law.act(world)
    return world


def test_half_are_of_grade_a_at_the_midpoint():
    kept = lived(Steel(JJJ, midpoint=2022.0), "2021Q4").satellites
    assert float(kept["steel_clock"]) == pytest.approx(3.0)
    assert kept["steel_grade_a"][[TANGSHAN, HANDAN, URBAN]] == pytest.approx([0.5, 0.5, 0.0])


def test_none_is_graded_before_2019():
    assert lived(Steel(JJJ), "2018Q4").satellites["steel_grade_a"].max() == 0.0


def test_stricter_standards_bring_grade_a_sooner():
    shares = [lived(Steel(JJJ), "2022Q4", pace=m).satellites["steel_grade_a"][TANGSHAN] for m in (0.5, 1.0, 1.5)]
    assert shares == sorted(shares)
    assert shares[2] == pytest.approx(1.0 / (1.0 + np.exp(-2.7 * (2019.0 + 6.0 - 2023.75))))


def test_the_lever_moves_the_clock():
    """As the lever announces it, through the policy of the quarter."""
    lever = levers(JJJ)["emission_standards"]
    plan = idle(lever)
    plan = type(plan)(lever.name, path=flat(2.0), paths=plan.paths, shares=plan.shares)
    world = world_of(Steel(JJJ), emission_standards=plan)
    world.t = quarters.parse("2020Q1")
    clock.announce(world)
    world.processes[0].act(world)
    assert float(world.satellites["steel_clock"]) == pytest.approx(2.0 / 4.0)


def test_grade_a_spares_what_would_be_emitted_without_it():
    """With all firms of grade A 30 % of what steel would emit: .6 of the sector's emissions in Tangshan."""
    kept = lived(Steel(JJJ, cut=0.3, midpoint=2020.0, pace=6.0), "2030Q4", emitted=0.5).satellites
    assert kept["steel_spared"][TANGSHAN] == pytest.approx(0.5 * 0.6 * 0.3 / 0.7)
    assert kept["steel_fallen"][[TANGSHAN, URBAN]] == pytest.approx([0.5, 0.0])


def test_steel_goes_with_output_less_material_saved():
    world = lived(Steel(JJJ), "2020Q1", grown=1.5, saved=0.3)
    made = 4.0 * world.satellites["crude_steel"]
    assert made == pytest.approx(world.data.steel.made_2013 * 1.5 * np.exp(-0.3))


def test_what_is_beyond_the_cap_is_not_made_by_graded_firms():
    world = lived(Steel(JJJ), "2024Q1", grown=1.5, cap=200.0)
    made = 4.0 * world.satellites["crude_steel"]
    assert made[[TANGSHAN, HANDAN]].sum() == pytest.approx(200e6)
    assert made[URBAN] == pytest.approx(22.9e6 * 1.5)


def test_the_count_of_2018_adds_what_was_made_before():
    before, after = (lived(Steel(JJJ), q).satellites["crude_steel"][TANGSHAN] for q in ("2017Q4", "2018Q1"))
    assert after / before == pytest.approx(23729.85 / 19122)
