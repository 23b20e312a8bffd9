"""The opening is what published policy has made: a scenario, however early it begins, begins after it."""

import numpy as np
import pytest

from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

EARLY = {
    "new area": {"levers.xiongan_investment.path": [["2013Q1", 100.0]]},
    "openness": {"levers.hukou_openness.paths.tianjin": [["2013Q1", 1.0]]},
    "headquarters": {
        "levers.headquarters_moves.events.early": {"quarter": "2013Q1", "jobs": 9000.0, "destination": "xiongan"}
    },
    "land": {"levers.housing_supply.paths.land_xiongan": [["2013Q1", 2.0]]},
}


@pytest.mark.parametrize("case", EARLY)
def test_the_opening_of_a_scenario_is_the_baselines_bit_for_bit(case, twin):
    plain = clock.build(load_scenario("baseline").plan(), 1, twin=True)
    early = clock.build(load_scenario("baseline", **EARLY[case]).plan(), 1, twin=True)
    for name, array in plain.opening.arrays().items():
        np.testing.assert_array_equal(early.opening.arrays()[name], array, err_msg=name)


def test_what_begins_with_the_opening_acts_as_what_begins_a_quarter_later():
    people = []
    for quarter in ("2013Q1", "2013Q2"):
        path = {"levers.xiongan_investment.path": [[quarter, 100.0]]}
        world = clock.build(load_scenario("baseline", **path).plan(), 1, twin=True)
        clock.simulate(world, until=19)
        people.append(world.population[world.region.new_area].sum())
    base = clock.build(load_scenario("baseline").plan(), 1, twin=True)
    clock.simulate(base, until=19)
    first, second = np.array(people) - base.population[base.region.new_area].sum()
    assert second > 20_000
    assert first == pytest.approx(second, rel=0.1)
