"""Every policy array is announced by a lever and read by a law; laws know arrays, never levers."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from plans import JJJ, LEVERS, default, flat, make_plan

import jjj_sim
from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.published import published

SOURCE = Path(jjj_sim.__file__).parent
# Arrays that a lever writes whatever its value: neutral is not zero.
NEUTRAL = {
    "abatement_pace": 1.0,
    "steel_capacity": 1000.0,
    "land": 1.0,
    "entitlement": 0.01,
    "research_intensity": 0.1,
    "traffic_capacity": 1.0,
}


def test_no_process_reads_a_lever():
    wrong = [p.name for p in (SOURCE / "processes").glob("*.py") if "levers[" in p.read_text("utf-8")]
    assert wrong == []


def test_every_array_is_announced_and_read():
    announced = {name for lever in LEVERS.values() for name in lever.announces}
    assert announced == set(Policy.fields())
    text = "\n".join(p.read_text("utf-8") for room in ("processes", "populate") for p in (SOURCE / room).glob("*.py"))
    read = set(re.findall(r"\bpolicy\.([a-z_]+)", text))
    assert sorted(set(Policy.fields()) - read) == []


def test_a_lever_writes_what_it_announces_and_nothing_else():
    for name, lever in LEVERS.items():
        usual = default(name)
        raised = replace(usual, path=flat(lever.hi)) if lever.has_path else usual
        written = _written(lever, usual) | _written(lever, raised)
        assert written <= set(lever.announces), name
        assert written or not lever.announces, name


def _written(lever, plan):
    """Names of the arrays that a lever writes under a plan of its own."""
    found = Policy(JJJ.sizes)
    for t in (3, 20, 47, 70):
        lever.announce(_Quarter(make_plan(**{lever.name: plan}), t, found))
    return {name for name, array in found.arrays().items() if array.any()}


def test_levers_at_their_neutral_values_announce_nothing():
    plan = make_plan()
    for t in (0, 30, 71):
        found = Policy(JJJ.sizes)
        for lever in LEVERS.values():
            lever.announce(_Quarter(plan, t, found))
        for name, array in found.arrays().items():
            known = {"equalisation_as_published": 0.4}.get(name, NEUTRAL.get(name, 0.0))
            if name == "equalisation_as_published" or not name.endswith("_as_published"):
                np.testing.assert_array_equal(array, known, err_msg=name)
        assert found.moves == found.lines == []


def test_the_published_mean_is_that_of_the_quarters_whatever_a_scenario_changes():
    plan = make_plan(relief_manufacturing=default("relief_manufacturing"))
    found = published(plan, 0, 7)
    assert float(found.relief_firms) == pytest.approx((288 + 392) / 8)
    assert float(published(replace(plan, published={}), 0, 7).steel_capacity) == 1000.0
    assert float(found.equalisation) == pytest.approx(0.4)


class _Quarter:
    def __init__(self, plan, t, policy):
        self.plan, self.t, self.policy = plan, t, policy
