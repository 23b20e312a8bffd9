"""The pinned numbers: the twin's baseline by region, six significant digits."""

import json
from pathlib import Path

import numpy as np

from jjj_sim.draws import member_seed
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

FILE = Path(__file__).with_name("baseline.json")
YEARS = (2013, 2020, 2024, 2030)


def measure():
    """Return the year-end numbers of the twin's baseline by year, region and variable."""
    world = clock.build(load_scenario("baseline").plan(), member_seed(1, 0), twin=True)
    found = {}

    def at_close(world):
        if world.t % 4 == 3 and world.year in YEARS:
            found[str(world.year)] = {r: _region(world, REGION.inside(r)) for r in REGION.areas}

    clock.simulate(world, on_quarter=at_close)
    return found


def _region(world, inside):
    t = world.tables
    people = world.population[inside]
    numbers = {
        "population": people.sum(),
        "gdp_nominal_quarter": t.va_nominal[inside].sum(),
        "firms": t.firm_units[inside].sum(),
        "pm25": np.average(t.pm25_year[inside], weights=people),
        "service_index": np.average(t.service_index[inside], weights=people),
        "house_price": np.average(t.house_price[inside], weights=people),
    }
    return {name: float(f"{value:.6g}") for name, value in numbers.items()}


def pinned():
    """Return the committed numbers."""
    return json.loads(FILE.read_text("utf-8"))
