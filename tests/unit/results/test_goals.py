"""The goals of 2030 by hand: bounds on both sides, probabilities, what binds, margins."""

import numpy as np
import pandas as pd
import pytest

from jjj_sim.judging.goals import distances, goals, margins, measured, met
from jjj_sim.judging.probability import probability
from jjj_sim.judging.readings import Readings
from jjj_sim.running.result import Result


def _frame(rows):
    return pd.DataFrame(rows, columns=["member", "period", "area", "area_kind", "variable", "value"])


def _readings(rows, scenario=""):
    """Readings of a result that has these rows alone."""
    series = _frame([]).assign(period=pd.Series(dtype=str))
    return Readings(Result("hand", _frame(rows), series, pd.DataFrame(), {}, scenario))


def _capital(core, inner, city, year=2030):
    """Rows of the three populations by which the first goal is judged, a member each."""
    rows = []
    for m, values in enumerate(zip(core, inner, city, strict=True)):
        places = (("bj_core", "zone"), ("bj_inner", "zone"), ("beijing", "region"))
        rows += [(m, year, *place, "population", x) for place, x in zip(places, values, strict=True)]
    return rows


@pytest.fixture
def four():
    """Four members: the last has too many in the six districts, the third in the city."""
    return _readings(_capital([1.7e6] * 4, [9.0e6, 9.0e6, 9.0e6, 9.3e6], [22e6, 22e6, 24e6, 22e6]))


def test_goals_count_members_and_judge_mandatory_ones_together(four):
    table = goals(four).set_index("id")
    assert table.loc["core_population", "probability"] == 1.0
    assert table.loc["six_districts_population", "probability"] == 0.75
    assert table.loc["beijing_population", "status"] == "likely"
    goal = table.loc["G1"]
    assert (goal.probability, goal.status, goal.members, goal.met) == (0.5, "likely", 4, 2)
    assert goal.probability_error == pytest.approx(0.25)
    assert table.loc["wage_integration", "status"] == "not in this result"
    assert table.loc["beijing_hebei_income", "status"] == "not modelled"
    assert table.loc["xiongan_population", "status"] == "not in this result"


def test_a_year_that_was_not_run_is_beyond_the_horizon():
    table = goals(_readings(_capital([1.8e6], [9.1e6], [21e6], year=2025))).set_index("id")
    assert table.loc["core_population", "status"] == "beyond the horizon"
    assert table.loc["G1", "status"] == "beyond the horizon"


def test_a_core_that_empties_beyond_the_plan_has_not_met_it():
    table = goals(_readings(_capital([1.4e6, 1.6e6], [9.0e6] * 2, [22e6] * 2))).set_index("id")
    core = table.loc["core_population"]
    assert (core.bound_low, core.bound_high, core.threshold) == (1.55e6, 1.74e6, "1550000 to 1740000")
    assert core.probability == 0.5
    assert "2050" in core.guard
    assert table.loc["G1"].binding == "core_population"


def test_what_is_met_least_often_binds_and_is_told_by_name():
    core, inner = [1.8e6, 1.8e6, 1.7e6, 1.7e6, 1.7e6], [9.0e6, 9.3e6, 9.3e6, 9.3e6, 9.0e6]
    goal = goals(_readings(_capital(core, inner, [22e6] * 5))).set_index("id").loc["G1"]
    assert goal.probability == pytest.approx(0.2)
    # six districts fail in members 1 (10.1+1.8 = 11.1), 2 and 3; the core in 0 and 1
    assert (goal.binding, goal.binding_en) == ("six_districts_population", "Population of the six central districts")
    assert (goal.binding_share, goal.binding_alone) == (0.75, 0.5)


def test_of_two_that_fail_alike_the_one_further_away_binds():
    # the core .16 and .36 m above its bound over .09 m, the six districts .05 and .35 m over .135 m
    goal = goals(_readings(_capital([1.9e6, 2.1e6], [9.0e6, 9.1e6], [21.0e6, 21.1e6]))).set_index("id").loc["G1"]
    assert (goal.binding, goal.binding_share, goal.binding_alone) == ("core_population", 1.0, 0.0)


def test_one_member_gives_no_probability():
    table = goals(_readings(_capital([1.7e6], [9.0e6], [24e6]))).set_index("id")
    assert np.isnan(table.loc["core_population", "probability"])
    assert table.loc["core_population", "status"] == "met in this run"
    assert table.loc["G1", "status"] == "not met in this run"
    assert table.loc["G1", "binding"] == "beijing_population"


def test_the_interval_is_wilsons():
    found = probability(np.array([True] * 15 + [False] * 5))
    assert found.error == pytest.approx(np.sqrt(0.75 * 0.25 / 20))
    # by hand: z = 1.645, (.75 + .06765) / 1.1353 = .7202; half 1.645 sqrt(.009375 + .0016914) / 1.1353 = .1524
    assert (found.low, found.high) == pytest.approx((0.5678, 0.8726), abs=1e-4)
    everybody = probability(np.ones(20, dtype=bool))
    assert (everybody.error, everybody.high) == (0.0, 1.0)
    assert everybody.low == pytest.approx(1 / (1 + 1.645**2 / 20))


def test_distances_margins_and_who_meets_what(four):
    away = distances(four)
    assert away["beijing_population"].tolist() == [1e6, 1e6, -1e6, 1e6]
    assert away["core_population"].tolist() == pytest.approx([4e4] * 4)
    scaled = margins(four)
    spread = (np.quantile([22e6, 22e6, 24e6, 22e6], 0.95) - 22e6) / 2
    assert scaled["beijing_population"].tolist() == pytest.approx([1e6 / spread] * 2 + [-1e6 / spread, 1e6 / spread])
    assert np.isinf(scaled["core_population"]).all()
    assert scaled["G1"].tolist() == scaled[["six_districts_population", "beijing_population"]].min(axis=1).tolist()
    assert met(four)["G1"].tolist() == [True, True, False, False]
    assert "G2" not in met(four)
    assert measured(four, 2024) == {}


def test_one_run_is_measured_in_parts_of_its_threshold():
    one = _readings(_capital([1.7e6], [9.0e6], [24e6]))
    assert margins(one)["beijing_population"].item() == pytest.approx(-1 / 23)
    assert margins(one, spread={"beijing_population": 5e5})["beijing_population"].item() == pytest.approx(-2.0)


def test_the_worst_zone_and_emissions_a_unit_of_gdp():
    air = [(0, 2030, z, "zone", "pm25", v) for z, v in (("handan", 40.0), ("chengde", 20.0))]
    levels = {"emissions": {2024: 36.0, 2030: 27.0}, "gdp_real": {2024: 9000.0, 2030: 11250.0}}
    rows = [(0, y, "jjj", "total", v, x) for v, by_year in levels.items() for y, x in by_year.items()]
    table = goals(_readings(air + rows)).set_index("id")
    assert table.loc["worst_pm25"].median_2030 == 40.0
    assert table.loc["emission_intensity"].median_2030 == pytest.approx(0.6)


def test_wages_that_come_together_and_growth_above_the_nations():
    rows = [(0, y, "jjj", "total", "wage_dispersion", x) for y, x in ((2013, 0.4), (2030, 0.3))]
    rows += [(0, y, "jjj", "total", "national_gdp_real", x) for y, x in ((2025, 200.0), (2030, 200.0 * 1.04**5))]
    rows += [(0, y, "hebei_official", "official", "gdp_real", x) for y, x in ((2025, 10.0), (2030, 10.0 * 1.05**5))]
    found = measured(_readings(rows))
    assert found["wage_integration"].item() == pytest.approx(0.25)
    assert found["hebei_growth"].item() == pytest.approx(1.0)


def test_a_scenarios_own_threshold_judges_and_says_so():
    rows = _capital([1.7e6] * 2, [9.0e6] * 2, [22e6] * 2)
    text = '[goals.beijing_population]\nthreshold = 21.5e6\nbasis = "water"\n'
    row = goals(_readings(rows, text)).set_index("id").loc["beijing_population"]
    assert (row.probability, row.bound_low, row.bound_high) == (0.0, 20.7e6, 21.5e6)
    assert (row.kind, row.basis, row.basis_zh) == ("set", "water", "water")
