"""The shipped scenarios: each differs from its base, tells why in two languages, and moves what it says."""

import functools
import re

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.draws import member_seed
from jjj_sim.indicators import area_value
from jjj_sim.quarters import parse
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario, packages, shipped
from jjj_sim.scenario.load import grow

# What a scenario's reason says that it moves: variable, area, quarter, sign of the difference from its base.
MOVES = {
    "cap_lifted": ("population", "beijing", "2030Q4", 1),
    "compensation": ("ecological_compensation", "hebei", "2030Q4", 1),
    "equal_services": ("service_spending_per_head", "hebei", "2030Q4", 1),
    "everything_together": ("pm25", "jjj", "2030Q4", -1),
    "full_rail": ("mean_travel_minutes", "hebei", "2027Q1", -1),
    "green_steel": ("pm25", "hebei", "2030Q4", -1),
    "high_fertility": ("births", "jjj", "2030Q4", 1),
    "less_congestion": ("mean_travel_minutes", "beijing", "2030Q4", -1),
    "low_fertility": ("births", "jjj", "2030Q4", -1),
    "national_slowdown": ("gdp_real", "jjj", "2030Q4", -1),
    "no_coordination": ("population", "xiongan", "2030Q4", -1),
    "no_rail_after_2013": ("high_speed_rail_length", "jjj", "2024Q4", -1),
    "no_rail_after_2024": ("mean_travel_minutes", "hebei", "2030Q4", 1),
    "no_relief": ("relocated_general_manufacturing_firms", "beijing", "2024Q4", -1),
    "open_hukou": ("registered_population", "tianjin", "2030Q4", 1),
    "parks_and_taxes": ("tax_shared", "beijing", "2030Q4", 1),
    "portability": ("service_index", "beijing", "2030Q4", -1),
    "relief_again": ("relocated_general_manufacturing_firms", "beijing", "2030Q4", 1),
    "technology_push": ("rd_stock", "hebei", "2030Q4", 1),
    "xiongan_slower": ("population", "xiongan", "2030Q4", -1),
    "xiongan_sooner": ("population", "xiongan", "2030Q4", 1),
    "xiongan_without_services": ("service_index", "xiongan", "2030Q4", -1),
}


def test_every_scenario_says_what_it_moves():
    assert sorted([*MOVES, "baseline"]) == sorted(shipped())


@pytest.mark.parametrize("name", MOVES)
def test_a_scenario_differs_from_its_base_and_tells_why(name):
    found = grow(name)
    assert found.scenario.digest != found.base.digest
    assert re.search(r"[一-鿿]", found.scenario.title_zh)
    told = [line for line in shipped()[name].read_text("utf-8").splitlines() if re.match(r"# ", line)]
    chinese = [line for line in told if re.search(r"[一-鿿]", line)]
    assert len(chinese) == 2
    assert len(told) >= 4


@pytest.mark.parametrize("name", packages())
def test_a_package_joins_any_scenario_and_one_of_the_library_uses_it(name, tmp_path):
    assert any(f'"{name}.toml"' in file.read_text("utf-8") for file in shipped().values())
    mine = tmp_path / "mine.toml"
    mine.write_text(f'extends = "baseline"\nwith = ["{name}"]\n', encoding="utf-8")
    assert load_scenario(mine).digest != load_scenario("baseline").digest
    assert not re.search(r"^extends", packages()[name].read_text("utf-8"), re.MULTILINE)


def test_packages_of_the_library_combine(tmp_path):
    mine = tmp_path / "mine.toml"
    names = [name for name in packages() if name != "policies/parks_and_taxes"]
    mine.write_text(f'extends = "baseline"\nwith = {[*names]}\n'.replace("'", '"'), encoding="utf-8")
    combined = load_scenario(mine)
    assert combined.levers["steel_cap"].at(parse("2030Q4")) == 150.0
    assert combined.levers["service_portability"].at(parse("2028Q4")) == 2106.0


@functools.cache
def measured(name):
    """What the quarters asked of it say under a scenario, by variable, area and quarter."""
    asked = {(v, a, q) for v, a, q, _ in MOVES.values()}
    world = clock.build(load_scenario(name).plan(), member_seed(1, 0), twin=True)
    found = {}

    def at_close(world):
        for variable, area, quarter in asked:
            if world.t == parse(quarter):
                zones = np.flatnonzero(JJJ.inside(area)) if area != "jjj" else np.arange(JJJ.n_zones)
                found[variable, area, quarter] = area_value(world, variable, zones)

    clock.simulate(world, on_quarter=at_close)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", MOVES)
def test_a_scenario_moves_what_its_reason_says(name):
    *what, sign = MOVES[name]
    base = grow(name).base.name
    change = measured(name)[tuple(what)] - measured(base)[tuple(what)]
    assert np.sign(change) == sign
    assert abs(change) > 1e-4 * abs(measured(base)[tuple(what)])
