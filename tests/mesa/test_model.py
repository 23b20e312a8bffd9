"""The region as a Mesa model: steps, reporters, batch runs."""

import mesa
import numpy as np
import pytest

from jjj_sim import RegionModel
from jjj_sim.draws import member_seed
from jjj_sim.errors import ScenarioError
from jjj_sim.regions.jingjinji.statistics.geography import REGION

SMALL = {"population.residents_per_agent": 5000}
TO_2013 = SMALL | {"horizon.end": "2013Q4"}


def test_four_steps_give_four_rows_and_no_record_before_the_first():
    model = RegionModel("baseline", rng=1, **SMALL)
    assert model.datacollector.get_model_vars_dataframe().empty
    for _ in range(4):
        model.step()
    rows = model.datacollector.get_model_vars_dataframe()
    assert list(rows["quarter"]) == ["2013Q1", "2013Q2", "2013Q3", "2013Q4"]
    zones = model.datacollector.get_agent_vars_dataframe()
    assert len(model.agents) == 19
    last = zones.xs(zones.index.get_level_values("Step").max(), level="Step")
    assert last["zone_population"].sum() == pytest.approx(rows["population"].iloc[-1])
    assert last["zone_population"].sum() == model.world.population.sum()
    assert model.steps == 4


def test_it_stops_at_the_horizon():
    model = RegionModel("baseline", rng=1, twin=True, **SMALL, **{"horizon.end": "2013Q4"})
    while model.running:
        model.step()
    assert model.quarter == "2013Q4"
    with pytest.raises(ValueError, match="2013Q4 is reached"):
        model.step()


def test_batch_run_sweeps_dotted_names_and_returns_the_last_record():
    found = mesa.batch_run(
        RegionModel,
        {"rng": 1, "relocation.hazard": [0.0, 0.05], "horizon.end": "2014Q1"} | SMALL,
        display_progress=False,
    )
    assert {row["quarter"] for row in found} == {"2014Q1"}
    assert len(found) == 2 * 19
    firms = {h: {r["zone"]: r["zone_firms"] for r in found if r["relocation.hazard"] == h} for h in (0.0, 0.05)}
    assert firms[0.0] != firms[0.05]


@pytest.mark.parametrize("period", [-1, 1, 3])
def test_rows_of_batch_run_hold_region_and_zones_of_the_quarter_they_name(period):
    model, lived = RegionModel("baseline", rng=1, **TO_2013), {}
    while model.running:
        model.step()
        lived[model.quarter] = {
            "population": model.world.population.copy(),
            "firms": model.world.tables.firm_units.sum(axis=1),
        }
    found = mesa.batch_run(RegionModel, {"rng": 1} | TO_2013, data_collection_period=period, display_progress=False)
    named = {row["quarter"] for row in found}
    assert named == {-1: {"2013Q4"}, 1: set(lived), 3: {"2013Q1", "2013Q4"}}[period]
    assert len(found) == 19 * len(named)
    for row in found:
        for name, zones in lived[row["quarter"]].items():
            assert row[f"zone_{name}"] == zones[REGION.index(row["zone"])]
            assert row[name] == pytest.approx(zones.sum())


def test_no_zone_reporter_has_the_name_of_one_of_the_region():
    collector = RegionModel("baseline", rng=1, **SMALL).datacollector
    assert not set(collector.model_reporters) & set(collector.agent_reporters)


@pytest.mark.parametrize("start", ["abc", "7", 1.0, -1, 2**63, np.int64(-1), [1, 2]])
@pytest.mark.parametrize("word", ["rng", "seed"])
def test_what_is_no_seed_is_a_clear_error(start, word):
    with pytest.raises(ScenarioError, match=r"is not a seed; write a whole number in \[0, 9223372036854775807\]"):
        RegionModel("baseline", **{word: start})


def test_two_seeds_are_one_too_many():
    with pytest.raises(ScenarioError, match="both given"):
        RegionModel("baseline", rng=1, seed=1)


@pytest.mark.parametrize("start", [{"seed": 7}, {"seed": np.int64(7)}, {"rng": np.uint32(7)}])
def test_every_integer_is_a_seed(start):
    assert RegionModel("baseline", **start, **SMALL).world.seed == member_seed(7, 0)


def test_a_generator_gives_the_seed():
    seeds = [RegionModel("baseline", rng=np.random.default_rng(5), **SMALL).world.seed for _ in range(2)]
    assert seeds[0] == seeds[1] != member_seed(5, 0)


def test_the_same_number_gives_the_same_life():
    first, again = (RegionModel("baseline", rng=7, **SMALL) for _ in range(2))
    first.step()
    again.step()
    assert (first.world.people == again.world.people).all()


def test_an_unknown_name_is_a_clear_error():
    with pytest.raises(ScenarioError, match="hazard"):
        RegionModel("baseline", rng=1, **{"relocation.hazrd": 0.1})
