"""The twin of a reach: a run taken up where levers begin to move is a run from the beginning, bit for bit."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from jjj_sim import load_scenario, quarters
from jjj_sim.calibrating.twin import lived
from jjj_sim.reaching import twin as module
from jjj_sim.reaching.aim import aim_of
from jjj_sim.reaching.moves import laid, moves_of
from jjj_sim.reaching.twin import DRAW, Twin, draws
from jjj_sim.scenario import posterior


@pytest.fixture(scope="module")
def twin():
    base = load_scenario("baseline", **{"horizon.end": "2015Q4"})
    aim = aim_of(base, None, ["pm25:jjj:2015<=60", "gdp_nominal:jjj:2015>=6000"])
    names = ["emission_standards", "steel_cap", "xiongan_investment", "relief_manufacturing", "technology_subsidy"]
    return Twin(
        base,
        aim,
        moves_of(base, names, "2014Q3", quarters.parse("2015Q4")),
        ({}, {"parameters.labour.common_bias": 0.2}),
    )


def test_it_reads_what_a_run_from_the_beginning_has(twin):
    strengths = [0.5, -0.9, 0.3, 0.1, 0.2]
    found = twin.read({DRAW: 0, **dict(zip([m.name for m in twin.moves], strengths, strict=True))})
    whole = lived(laid(twin.scenario, twin.moves, strengths).plan())
    assert found.tolist() == twin.aim.read(whole)[0].tolist()
    still = twin.read({DRAW: 0, **dict.fromkeys([m.name for m in twin.moves], 0.0)})
    assert still.tolist() == twin.aim.read(lived(twin.scenario.plan()))[0].tolist()
    assert np.all(still != found)


def test_what_decides_a_reading_is_in_its_stamp(twin):
    other = replace(twin, draws=twin.draws[:1])
    assert other.stamp != twin.stamp
    assert replace(twin, aim=aim_of(twin.scenario, "G4", [])).stamp != twin.stamp
    assert Twin(twin.scenario, twin.aim, twin.moves, twin.draws).stamp == twin.stamp


def test_draws_are_those_of_the_first_members_where_the_region_has_a_posterior(twin, monkeypatch):
    table = pd.DataFrame(
        {"parameters.labour.common_bias": [0.1, 0.2, 0.3], "assumptions.national_growth": [0.5, 0.0, -0.5]}
    )
    monkeypatch.setattr(module, "draws_of", lambda _: posterior.Draws(table, "", {}))
    found = draws(twin.scenario.region, 2, 1)
    assert found.posterior
    assert [draw["parameters.labour.common_bias"] for draw in found.draws] == [0.1, 0.2]


def test_draws_of_the_priors_are_the_same_for_the_same_seed_and_can_be_laid(twin, monkeypatch):
    monkeypatch.setattr(module, "draws_of", lambda _: None)
    region = twin.scenario.region
    first, again, other = (draws(region, 4, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert not first.posterior
    assert len({tuple(draw.values()) for draw in first.draws}) == 4
    posterior.drawn(twin.scenario, first.draws[0])
