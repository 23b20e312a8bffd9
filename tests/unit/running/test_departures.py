"""A world that cannot be opened says which parameters are far from their defaults."""

import numpy as np
import pytest

from jjj_sim.errors import BalanceError, OpeningError, ScenarioError
from jjj_sim.processes.migration import Migration
from jjj_sim.processes.relocation import Relocation
from jjj_sim.running import clock
from jjj_sim.running.departures import departures, told
from jjj_sim.scenario import load_scenario
from jjj_sim.state.finite import first_break


def opened(**over):
    return clock.build(load_scenario("baseline", **over).plan(), 1, twin=True)


def test_departures_are_sorted_by_distance_in_units_of_the_bounds():
    plan = load_scenario("baseline", **{"relocation.hazard": 0.0125, "migration.account_years": 4}).plan()
    region = plan.region
    found = departures([Migration(region), Relocation(region)], plan)
    assert [(d.name, d.value) for d in found] == [("migration.account_years", 4.0), ("relocation.hazard", 0.0125)]
    assert found[0].distance == pytest.approx(2 / (Migration.account_years.hi - Migration.account_years.lo))
    assert found[1].distance == pytest.approx(0.1)
    assert told(found).splitlines()[2] == "  * relocation.hazard = 0.0125, by default 0.0025"


def test_a_parameter_that_differs_by_place_departs_in_its_place(plan):
    processes = [type(p)(plan.region) for p in opened().processes]
    keyed = [(p, n, q) for p in processes for n, q in p.parameters().items() if q.by]
    for process, name, parameter in keyed:
        usual = plan.region.keyed[f"{process.name}.{name}"]
        place = next(iter(usual))
        value = parameter.lo if usual[place] != parameter.lo else parameter.hi
        changed = load_scenario("baseline", **{f"{process.name}.{name}.{place}": value}).plan()
        (found,) = departures(processes, changed)
        assert (found.name, found.value, found.default) == (f"{process.name}.{name}.{place}", value, usual[place])


def test_many_departures_are_cut_and_none_is_said():
    plan = load_scenario(
        "baseline", **{f"migration.{n}": Migration.parameters()[n].hi for n in list(Migration.parameters())[:12]}
    ).plan()
    text = told(departures([Migration(plan.region)], plan))
    assert len(text.splitlines()) == 10
    assert text.endswith("more")
    assert "levers" in told([])


def test_an_inversion_that_cannot_settle_names_the_parameters(monkeypatch):
    def unsettled(*_, **__):
        raise BalanceError("the inversion of migration cannot settle: nobody moves")

    monkeypatch.setattr("jjj_sim.processes.migration.invert", unsettled)
    with pytest.raises(OpeningError) as error:
        opened(**{"migration.old": 0.14, "migration.reconsider": 0.026, "relocation.hazard": 0.003})
    assert isinstance(error.value, ScenarioError)
    assert error.value.exit_status == 2
    first, *rest = str(error.value).splitlines()
    assert "the inversion of migration cannot settle" in first
    assert rest == [
        "Far from their defaults, the farthest first:",
        "  * migration.reconsider = 0.026, by default 0.0314531",
        "  * migration.old = 0.14, by default 0.16",
        "  * relocation.hazard = 0.003, by default 0.0025",
    ]


def test_an_account_that_cannot_be_lived_names_the_parameters(monkeypatch):
    def unsettled(*_, **__):
        raise BalanceError("the account of a year did not settle: many")

    monkeypatch.setattr("jjj_sim.processes.migration_account.invert_year", unsettled)
    with pytest.raises(OpeningError, match="the years of the account cannot be lived: the account of a year"):
        opened(**{"migration.old": 0.15})


def test_a_number_that_is_not_finite_names_the_parameters(monkeypatch):
    def spoil(self, world):
        world.opening.amenity = np.full_like(world.opening.amenity, np.nan)

    monkeypatch.setattr(Migration, "open", spoil)
    with pytest.raises(OpeningError, match=r"is nan in .* written by migration.\n.*\n  \* migration.old = 1, by"):
        opened(**{"migration.old": 1.0})


def test_an_opening_that_stumbles_names_the_parameters_when_any_was_moved(monkeypatch):
    def stumble(self, world):
        raise ValueError("need at least one array to stack")

    monkeypatch.setattr(Migration, "open", stumble)
    with pytest.raises(OpeningError, match=r"one array to stack.\nFar from"):
        opened(**{"relocation.hazard": 0.003})
    with pytest.raises(ValueError, match=r"one array to stack$"):
        opened()


def test_every_number_of_a_sound_world_is_finite(world, twin):
    assert first_break(world) is None
    assert first_break(twin) is None
    twin.memory.recent_pm25[2, 5] = np.inf
    place = twin.region.ids[5]
    assert first_break(twin).told(4) == f"memory.recent_pm25 is inf in quarter 2, {place}, 2014Q1, written by emissions"
