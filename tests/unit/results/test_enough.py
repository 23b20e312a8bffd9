"""Members until every headline is clear: how many are run, and that they are the members of a fixed number."""

import pandas as pd
import pytest

import jjj_sim as jjj
from jjj_sim.commands.options import members_or_auto
from jjj_sim.comparing import comparison, enough
from jjj_sim.errors import ScenarioError
from jjj_sim.running.result import Result


def _result(name, members, step):
    """Population of a place whose difference is clear once the members are many enough, by `step` and by turns."""
    rows = [
        (name, m, 2030, "beijing", "region", "population", 1e7 + step * (1.0 + 3.0 * (-1) ** m), "persons")
        for m in range(members)
    ]
    columns = ["scenario", "member", "period", "area", "area_kind", "variable", "value", "unit"]
    annual = pd.DataFrame(rows, columns=columns)
    told = {"members": members, "failed": {}, "last_quarter": "2030Q4"}
    return Result(name, annual, annual.iloc[:0], annual.iloc[:0], told, "")


@pytest.fixture
def asked(monkeypatch):
    """What was run, as (scenario, members), with results by hand in place of runs."""
    found = []

    def run(scenario, members, *_, **__):
        found.append((scenario.name, members))
        return _result(scenario.name, members, 0.0 if scenario.name == "baseline" else 1e5)

    monkeypatch.setattr(comparison.judge, "run", run)
    return found


def test_tens_are_added_until_the_mean_is_clear(asked):
    # 1 +- t(.95, n - 1) 3.0 / sqrt(n): of 30 members .95, of 20 already 1.19
    found = enough.until_clear("baseline", "xiongan_sooner")
    assert [members for name, members in asked if name == "baseline"] == [10, 20, 30]
    assert found.manifest["members"] == 30
    assert set(found.table["verdict"]) == {"higher on average"}


def test_no_more_than_the_most_are_run(asked):
    found = enough.until_clear("baseline", "xiongan_sooner", batch=10, most=15)
    assert asked == [("baseline", 10), ("xiongan_sooner", 10), ("baseline", 15), ("xiongan_sooner", 15)]
    assert set(found.table["verdict"]) == {"no clear difference"}


def test_members_are_a_number_or_auto():
    assert (members_or_auto("7"), members_or_auto("auto")) == (7, None)
    for text in ("0", "-1", "many", "2.5"):
        with pytest.raises(ScenarioError, match="a whole number from 1 on, or auto"):
            members_or_auto(text)


@pytest.mark.slow
def test_what_is_added_gives_the_bits_of_so_many_at_once(monkeypatch):
    monkeypatch.setattr(enough, "headline", lambda _: pd.DataFrame({"verdict": ["no clear difference"]}))
    base = jjj.load_scenario("baseline", **{"horizon.end": "2014Q4", "population.residents_per_agent": 20000})
    other = jjj.load_scenario(base, **{"levers.beijing_population_cap.path": [["2014Q3", 0.02]]})
    found, fixed = enough.until_clear(base, other, batch=2, most=3), jjj.compare(base, other, members=3)
    assert found.manifest["members"] == 3
    for one, two in zip(found.results, fixed.results, strict=True):
        pd.testing.assert_frame_equal(one.annual, two.annual, check_exact=True)
        pd.testing.assert_frame_equal(one.flows, two.flows, check_exact=True)
        pd.testing.assert_frame_equal(one.draws, two.draws, check_exact=True)
    pd.testing.assert_frame_equal(found.table, fixed.table, check_exact=True)
