"""The region as a Mesa model: steps, reporters, batch runs."""

import mesa
import pytest

from jjj_sim import RegionModel
from jjj_sim.errors import ScenarioError

SMALL = {"population.residents_per_agent": 5000}


def test_four_steps_give_four_rows_and_no_record_before_the_first():
    model = RegionModel("baseline", rng=1, **SMALL)
    assert model.datacollector.get_model_vars_dataframe().empty
    for _ in range(4):
        model.step()
    rows = model.datacollector.get_model_vars_dataframe()
    assert list(rows["quarter"]) == ["2013Q1", "2013Q2", "2013Q3", "2013Q4"]
    zones = model.datacollector.get_agent_vars_dataframe()
    assert len(model.agents) == 19
    last = zones.xs(4, level="Step")
    assert last["population"].sum() == pytest.approx(rows["population"].iloc[-1])
    assert last["population"].sum() == model.world.population.sum()


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
    firms = {h: {r["zone"]: r["firms"] for r in found if r["relocation.hazard"] == h} for h in (0.0, 0.05)}
    assert firms[0.0] != firms[0.05]


def test_the_same_number_gives_the_same_life():
    first, again = (RegionModel("baseline", rng=7, **SMALL) for _ in range(2))
    first.step()
    again.step()
    assert (first.world.people == again.world.people).all()


def test_an_unknown_name_is_a_clear_error():
    with pytest.raises(ScenarioError, match="hazard"):
        RegionModel("baseline", rng=1, **{"relocation.hazrd": 0.1})
